using System.Runtime.CompilerServices;
using Mu.Core.IR;

namespace Mu.Core.Interpreter;

/// <summary>
/// The reference interpreter (docs/interpreter.md): what the threads of one micro VM share. It decodes each function version once.
/// </summary>
internal sealed class ReferenceInterpreter : IDisposable
{
    private readonly ConditionalWeakTable<FunctionVersion, VersionCode> codes = [];

    /// <summary>An interpreter for a micro VM. Install <see cref="Stacks"/> as the heap's stack scanner.</summary>
    public ReferenceInterpreter(IInterpreterHost host, long stackBytes = 8L << 20)
    {
        Host = host;
        StackBytes = stackBytes;
        Stacks = new StackTable(host);
    }

    /// <summary>The micro VM.</summary>
    public IInterpreterHost Host { get; }

    /// <summary>Bytes of frames from which on a call is a stack overflow.</summary>
    public long StackBytes { get; }

    /// <summary>The stacks.</summary>
    public StackTable Stacks { get; }

    /// <summary>The decoded form of a version.</summary>
    public VersionCode CodeOf(FunctionVersion version) =>
        codes.TryGetValue(version, out VersionCode? code) ? code : codes.GetValue(version, v => Decoder.Decode(v, Host));

    /// <inheritdoc/>
    public void Dispose() => Stacks.Dispose();
}
