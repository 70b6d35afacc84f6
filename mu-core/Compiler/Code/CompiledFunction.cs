using Mu.Core.IR;

namespace Mu.Core.Compiler.Code;

/// <summary>Machine code of one function version.</summary>
internal sealed class CompiledFunction
{
    /// <summary>The version; null for hand-written code.</summary>
    public FunctionVersion? Version { get; init; }

    /// <summary>The function.</summary>
    public required Function Function { get; init; }

    /// <summary>Address of the code.</summary>
    public required ulong Start { get; init; }

    /// <summary>Bytes of the code.</summary>
    public required int Size { get; init; }

    /// <summary>The places of watchpoints.</summary>
    public WatchpointPatch[] Watchpoints { get; init; } = [];

    /// <summary>Where calls enter, as a distance from the code.</summary>
    public int EntryOffset { get; init; }

    /// <summary>The call sites.</summary>
    public required CallSite[] CallSites { get; init; }

    /// <summary>Where calls enter.</summary>
    public ulong Entry => Start + (ulong)EntryOffset;
}
