using System.Runtime.InteropServices;

namespace Mu.Core.Compiler.Code;

/// <summary>
/// The native word pair that a function's callers go through; its address is the function's <c>funcref</c>. It never moves, and it lies within rip-relative reach of all code.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FunctionCell
{
    /// <summary>Where a call goes: the newest version's code, or the lazy stub.</summary>
    public ulong Entry;

    /// <summary>Id of the function in the <see cref="FunctionTable"/>.</summary>
    public ulong FunctionId;
}
