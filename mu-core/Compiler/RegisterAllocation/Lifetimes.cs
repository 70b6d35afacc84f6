using Mu.Core.Compiler.Lir;

namespace Mu.Core.Compiler.RegisterAllocation;

/// <summary>What the scan has to know of all virtual registers: ranges, uses, hints; and of the machine registers: where they are taken or destroyed.</summary>
internal sealed class Lifetimes(Linearisation code, LiveSets liveness)
{
    public readonly Linearisation Code = code;
    public readonly LiveSets Liveness = liveness;
    public readonly int[] Definition = liveness.Definition;

    /// <summary>Ranges of virtual register v, ascending: from RangeFirst[v] to RangeFirst[v + 1].</summary>
    public LiveRange[] Ranges = [];
    public int[] RangeFirst = [];

    /// <summary>Uses of virtual register v, ascending: from UseFirst[v] to UseFirst[v + 1].</summary>
    public UsePosition[] Uses = [];
    public int[] UseFirst = [];

    /// <summary>By use: the position of the first one from there on, of the same virtual register, that needs a register; int.MaxValue if none does.</summary>
    public int[] NextNeed = [];

    /// <summary>Position of the definition: where the first place holds the value.</summary>
    public readonly int[] DefinitionPosition = new int[liveness.Definition.Length];

    /// <summary>The fixed register of the definition, or -1.</summary>
    public readonly sbyte[] DefinitionFixed = new sbyte[liveness.Definition.Length];

    /// <summary>The instruction to repeat, if that is better than a slot.</summary>
    public readonly LirInstruction?[] Rematerialise = new LirInstruction?[liveness.Definition.Length];

    /// <summary>By virtual register: others that it would like to share a register with.</summary>
    public IntPool Related = new(liveness.Definition.Length);

    /// <summary>By file * 16 + register: where instructions take it for themselves, ascending.</summary>
    public readonly List<LiveRange>[] Fixed = new List<LiveRange>[32];

    /// <summary>Positions that destroy all registers, ascending: what begins before and ends after is in the frame.</summary>
    public readonly List<int> Clobbers = [];

    /// <summary>By instruction: index into <see cref="SafepointLive"/> and count, for safepoints.</summary>
    public readonly Dictionary<int, (int First, int Count)> Safepoints = [];

    /// <summary>References that live across safepoints.</summary>
    public int[] SafepointLive = new int[64];

    public RegClass ClassOf(int vreg) => Code.Function.ClassOf(vreg);

    public RegClass FileOf(int vreg) => ClassOf(vreg).File();

    /// <summary>The first use in [from, to) that needs a register, or int.MaxValue.</summary>
    public int NextRegisterUse(int vreg, int from, int to)
    {
        int u = FirstUseAt(vreg, from);
        if (u == UseFirst[vreg + 1]) return int.MaxValue;
        int use = NextNeed[u];
        return use < to ? use : int.MaxValue;
    }

    /// <summary>The last use of any kind in [from, to), or -1.</summary>
    public int LastUse(int vreg, int from, int to)
    {
        int u = FirstUseAt(vreg, to) - 1;
        return u >= UseFirst[vreg] && Uses[u].Position >= from ? Uses[u].Position : -1;
    }

    public int FirstUseAt(int vreg, int from)
    {
        int low = UseFirst[vreg], high = UseFirst[vreg + 1];
        while (low < high)
        {
            int middle = (low + high) >> 1;
            if (Uses[middle].Position < from) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    /// <summary>The first range that ends after a position, or RangeFirst[vreg + 1].</summary>
    public int FirstRangeEndingAfter(int vreg, int position)
    {
        int low = RangeFirst[vreg], high = RangeFirst[vreg + 1];
        while (low < high)
        {
            int middle = (low + high) >> 1;
            if (Ranges[middle].End <= position) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    /// <summary>The first clobber strictly inside the interval, or int.MaxValue.</summary>
    public int NextClobber(LiveInterval interval)
    {
        int last = RangeFirst[interval.VReg + 1];
        for (int r = FirstRangeEndingAfter(interval.VReg, interval.Start); r < last && Ranges[r].Start < interval.End; r++)
        {
            int start = Math.Max(Ranges[r].Start, interval.Start);
            int clobber = ClobberAfter(start);
            if (clobber < Math.Min(Ranges[r].End, interval.End)) return clobber;
            // No clobber before the next one: jump to the range that may hold it.
            if (clobber == int.MaxValue) return clobber;
            int candidate = FirstRangeEndingAfter(interval.VReg, clobber);
            if (candidate > r + 1) r = candidate - 1;
        }

        return int.MaxValue;
    }

    public int ClobberAfter(int position)
    {
        int i = Clobbers.BinarySearch(position + 1);
        if (i < 0) i = ~i;
        return i < Clobbers.Count ? Clobbers[i] : int.MaxValue;
    }

    /// <summary>The last clobber before a position, or -1.</summary>
    public int ClobberBefore(int position)
    {
        int i = Clobbers.BinarySearch(position);
        if (i < 0) i = ~i;
        return i > 0 ? Clobbers[i - 1] : -1;
    }
}
