using Mu.Core.Compiler.Lir;

namespace Mu.Core.Compiler.RegisterAllocation;

/// <summary>A part of a virtual register's lifetime that is in one place: a window over its ranges, so that splitting copies nothing.</summary>
internal sealed class LiveInterval(int vreg, int start, int end)
{
    public readonly int VReg = vreg;
    public int Start = start;
    public int End = end;
    /// <summary>The register, or -1: in the frame, or nowhere if it is rematerialised.</summary>
    public int Register = -1;
    /// <summary>The first range that does not end before the scan's position.</summary>
    public int Range;

    public override string ToString() => $"v{VReg}[{Start},{End}) r{Register}";
}

/// <summary>Part of a lifetime.</summary>
internal readonly record struct LiveRange(int Start, int End);

/// <summary>A place where a virtual register is used, as the allocator cares.</summary>
internal readonly record struct UsePosition(int Position, bool NeedsRegister, sbyte Hint);
