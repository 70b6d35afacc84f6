using Mu.Core.Compiler.Lir;

namespace Mu.Core.Compiler.RegisterAllocation;

/// <summary>Where each virtual register is at each position: the scan's intervals in order, and frame slots.</summary>
internal sealed class Places
{
    public readonly Lifetimes Lifetimes;
    /// <summary>Intervals of virtual register v, ascending: from First[v] to First[v + 1].</summary>
    public readonly LiveInterval[] Intervals;
    public readonly int[] First;
    /// <summary>The intervals' starts, for searching.</summary>
    private readonly int[] starts;
    /// <summary>By virtual register: the interval that was asked for last.</summary>
    private readonly int[] last;
    /// <summary>By virtual register: its frame slot, or -1.</summary>
    public readonly int[] Slot;

    public Places(Lifetimes lifetimes, List<LiveInterval> intervals)
    {
        Lifetimes = lifetimes;
        int vregs = lifetimes.Definition.Length;
        First = new int[vregs + 1];
        Intervals = new LiveInterval[intervals.Count];
        foreach (LiveInterval interval in intervals) First[interval.VReg + 1]++;
        for (int v = 0; v < vregs; v++) First[v + 1] += First[v];
        var next = (int[])First.Clone();
        foreach (LiveInterval interval in intervals) Intervals[next[interval.VReg]++] = interval;
        for (int v = 0; v < vregs; v++)
            if (First[v + 1] - First[v] > 1) Intervals.AsSpan(First[v], First[v + 1] - First[v]).Sort(static (a, b) => a.Start.CompareTo(b.Start));
        starts = new int[Intervals.Length];
        for (int i = 0; i < starts.Length; i++) starts[i] = Intervals[i].Start;
        last = First.AsSpan(0, vregs).ToArray();
        Slot = new int[vregs];
        Array.Fill(Slot, -1);
    }

    public bool IsAnywhere(int vreg) => First[vreg] != First[vreg + 1];

    public Location Of(LiveInterval interval) => interval.Register >= 0 ? Location.Register(interval.Register)
        : Slot[interval.VReg] >= 0 ? Location.Slot(Slot[interval.VReg]) : Location.None;

    /// <summary>None if the value has to be rematerialised.</summary>
    public Location At(int vreg, int position)
    {
        int low = First[vreg], high = First[vreg + 1];
        // In order of the code, the same interval is asked for again and again.
        int hint = last[vreg];
        if (position >= starts[hint])
        {
            if (hint + 1 == high || position < starts[hint + 1]) high = (low = hint) + 1;
            else low = hint + 1;
        }
        else high = hint;

        while (high - low > 1)
        {
            int middle = (low + high) >> 1;
            if (starts[middle] <= position) low = middle;
            else high = middle;
        }

        last[vreg] = low;
        LiveInterval found = Intervals[low];
        if (position < found.Start || position >= found.End) throw new InvalidOperationException($"v{vreg} is nowhere at {position}");
        return Of(found);
    }

    /// <summary>At the end of a block, with a terminator's fixed results still in their registers.</summary>
    public Location AtEnd(int block, int vreg)
    {
        Linearisation code = Lifetimes.Code;
        if (Lifetimes.DefinitionFixed[vreg] >= 0 && Lifetimes.Definition[vreg] == code.Terminator(block)) return Location.Register(Lifetimes.DefinitionFixed[vreg]);
        return At(vreg, code.End(block) - 1);
    }
}
