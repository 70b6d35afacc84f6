using Mu.Core.Compiler.Lir;

namespace Mu.Core.Compiler.RegisterAllocation;

/// <summary>
/// Linear scan with splitting and lifetime holes (Wimmer and Mössenböck, "Optimized Interval Splitting in a Linear Scan Register Allocator", VEE 2005).
/// Instead of an interval that takes all registers at calls, an interval is cut at the first call inside it before it gets a register.
/// </summary>
internal sealed partial class LinearScan
{
    private readonly Lifetimes lifetimes;
    private readonly Linearisation code;
    private readonly ILirTarget target;
    private readonly PriorityQueue<LiveInterval, long> split = new();
    private readonly List<LiveInterval> initial = [];
    /// <summary>By class * 16 + register: the interval that has the register at the scan's position.</summary>
    private readonly LiveInterval?[] active = new LiveInterval?[32];
    /// <summary>By class * 16 + register: those that have the register and are in a hole, soonest to return first.</summary>
    private readonly WaitingIntervals[] inactive = new WaitingIntervals[32];
    /// <summary>By class * 16 + register: the first range of <see cref="Lifetimes.Fixed"/> that ends after the scan's position.</summary>
    private readonly int[] fixedCursor = new int[32];
    private readonly sbyte[] lastRegister;
    private readonly int[] freeUntil = new int[16], usedAt = new int[16], blockedAt = new int[16];

    /// <summary>All intervals, in no order.</summary>
    public readonly List<LiveInterval> Result = [];

    private LinearScan(Lifetimes lifetimes, ILirTarget target)
    {
        this.lifetimes = lifetimes;
        this.target = target;
        code = lifetimes.Code;
        for (int i = 0; i < inactive.Length; i++) inactive[i] = new WaitingIntervals();
        lastRegister = new sbyte[code.Function.VRegCount];
        Array.Fill(lastRegister, (sbyte)-1);
    }

    public static List<LiveInterval> Run(Lifetimes lifetimes, ILirTarget target)
    {
        var scan = new LinearScan(lifetimes, target);
        scan.MakeInitial();
        scan.Scan();
        return scan.Result;
    }

    /// <summary>
    /// One interval for the hot part of a lifetime, and one for each stretch in cold code: so a slow path's needs (mostly a call) never reach the fast path,
    /// and intervals do not stay inactive, to be looked at again and again, from the hot code to the end.
    /// </summary>
    private void MakeInitial()
    {
        int coldStart = code.Start(code.FirstCold);
        for (int v = 0; v < code.Function.VRegCount; v++)
        {
            int r = lifetimes.RangeFirst[v], last = lifetimes.RangeFirst[v + 1];
            if (r == last) continue;
            int start = lifetimes.Ranges[r].Start, end = -1;
            for (; r < last && lifetimes.Ranges[r].Start < coldStart; r++) end = Math.Min(lifetimes.Ranges[r].End, coldStart);
            if (end >= 0) initial.Add(new LiveInterval(v, start, end));
            if (end == coldStart && lifetimes.Ranges[r - 1].End > coldStart) initial.Add(new LiveInterval(v, coldStart, lifetimes.Ranges[r - 1].End));
            for (; r < last; r++) initial.Add(new LiveInterval(v, lifetimes.Ranges[r].Start, lifetimes.Ranges[r].End));
        }

        initial.Sort(static (a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : a.VReg.CompareTo(b.VReg));
    }

    private void Scan()
    {
        int next = 0;
        while (next < initial.Count || split.Count > 0)
        {
            LiveInterval current = split.Count > 0 && (next == initial.Count || split.Peek().Start <= initial[next].Start) ? split.Dequeue() : initial[next++];
            Result.Add(current);
            current.Range = lifetimes.FirstRangeEndingAfter(current.VReg, current.Start);
            Expire((int)lifetimes.FileOf(current.VReg), current.Start);
            Place(current);
        }
    }

    private void Queue(LiveInterval interval) => split.Enqueue(interval, (long)interval.Start << 32 | (uint)interval.VReg);

    private void Expire(int registerClass, int position)
    {
        foreach (byte r in target.Allocatable((RegClass)registerClass))
        {
            int slot = registerClass * 16 + r;
            if (active[slot] is { } holder && !(holder.End > position && Covers(holder, position)))
            {
                active[slot] = null;
                Wait(holder, slot, position);
            }

            WaitingIntervals waiting = inactive[slot];
            while (waiting.Count > 0 && waiting.Key(0) <= position)
            {
                LiveInterval interval = waiting.Pop();
                if (interval.End <= position) continue;
                if (Covers(interval, position)) active[slot] = interval;
                else Wait(interval, slot, position);
            }

            List<LiveRange> taken = lifetimes.Fixed[slot];
            int cursor = fixedCursor[slot];
            while (cursor < taken.Count && taken[cursor].End <= position) cursor++;
            fixedCursor[slot] = cursor;
        }
    }

    /// <summary>An interval in a hole, its range being the next one, waits for that.</summary>
    private void Wait(LiveInterval interval, int slot, int position)
    {
        if (interval.End <= position) return;
        int next = lifetimes.Ranges[interval.Range].Start;
        if (next < interval.End) inactive[slot].Add(interval, next);
    }

    private bool Covers(LiveInterval interval, int position)
    {
        LiveRange[] ranges = lifetimes.Ranges;
        while (ranges[interval.Range].End <= position) interval.Range++;
        return ranges[interval.Range].Start <= position;
    }

    private void Place(LiveInterval current)
    {
        int vreg = current.VReg, start = current.Start;
        if ((start & 3) == 2 && start != lifetimes.DefinitionPosition[vreg])
        {
            ToFrame(current, start);
            return;
        }

        int clobber = lifetimes.NextClobber(current);
        int firstUse = lifetimes.NextRegisterUse(vreg, start, current.End);
        int limit = current.End;
        if (clobber != int.MaxValue)
        {
            limit = clobber & ~3;
            if (lifetimes.NextRegisterUse(vreg, Math.Max(start, limit), clobber) != int.MaxValue) limit = clobber;
            bool isUsedBefore = limit > start && lifetimes.LastUse(vreg, start, limit) >= 0;
            if (!isUsedBefore)
            {
                ToFrame(current, start);
                return;
            }
        }

        if (TakeFree(current, limit)) return;
        if (firstUse == int.MaxValue) ToFrame(current, start);
        else TakeBlocked(current, firstUse, limit);
    }

    /// <summary>A register that is free for long enough, or at least for a while; false if there is none.</summary>
    private bool TakeFree(LiveInterval current, int limit)
    {
        int registerClass = (int)lifetimes.FileOf(current.VReg);
        ReadOnlySpan<byte> registers = target.Allocatable((RegClass)registerClass);
        int best = -1;
        foreach (byte r in registers)
        {
            int slot = registerClass * 16 + r;
            freeUntil[r] = 0;
            if (active[slot] is not null) continue;
            int free = FixedIntersection(current, slot, limit);
            if (free > current.Start) free = FirstMeeting(current, inactive[slot], 0, free);
            freeUntil[r] = free;
            if (free <= current.Start) continue;
            if (best < 0 || freeUntil[r] > freeUntil[best]) best = r;
        }

        int hint = Hint(current, limit);
        if (hint >= 0) best = hint;
        if (best < 0) return false;
        int end = freeUntil[best];
        if (end < current.End)
        {
            end = end == limit ? end : Gap(current, end);
            if (end <= current.Start) return false;
            // Not worth it if the register is lost again before it is needed.
            if (end < limit && lifetimes.LastUse(current.VReg, current.Start, end) < 0) return false;
            Cut(current, end);
        }

        Assign(current, best);
        return true;
    }

    private static int Gap(LiveInterval current, int position) => Math.Max(position & ~3, current.Start);

    private void Assign(LiveInterval current, int register)
    {
        current.Register = register;
        lastRegister[current.VReg] = (sbyte)register;
        active[(int)lifetimes.FileOf(current.VReg) * 16 + register] = current;
    }

    /// <summary>Puts what follows a position back into the queue.</summary>
    private void Cut(LiveInterval current, int position)
    {
        int resume = SkipHole(current, position);
        if (resume < current.End) Queue(new LiveInterval(current.VReg, resume, current.End));
        current.End = position;
    }

    private int SkipHole(LiveInterval interval, int position) => SkipHole(interval.VReg, position);

    private int SkipHole(int vreg, int position)
    {
        int r = lifetimes.FirstRangeEndingAfter(vreg, position);
        return r == lifetimes.RangeFirst[vreg + 1] ? int.MaxValue : Math.Max(position, lifetimes.Ranges[r].Start);
    }

    /// <summary>Leaves the interval in the frame until its next use that needs a register, at or after a position.</summary>
    private void ToFrame(LiveInterval current, int from)
    {
        current.Register = -1;
        int use = lifetimes.NextRegisterUse(current.VReg, from, current.End);
        if (use == int.MaxValue) return;
        int earliest = (from + 4) & ~3;
        int clobber = lifetimes.ClobberBefore(use);
        if (clobber >= from) earliest = Math.Max(earliest, (clobber + 4) & ~3);
        int latest = use & ~3;
        if (latest < earliest) throw new InvalidOperationException($"v{current.VReg} must be in a register at {use}, and there is none");
        Cut(current, BestSplit(earliest, latest));
    }

    /// <summary>A position as late as possible in the least deep loop between two positions (Wimmer and Mössenböck, 4.1).</summary>
    private int BestSplit(int earliest, int latest)
    {
        const int MaxBlocks = 64;
        int last = code.BlockAt(latest);
        int best = latest, bestDepth = code.Depth(last);
        for (int b = last, n = 0; n < MaxBlocks && bestDepth > 0 && code.Start(b) >= earliest && b > 0; b--, n++)
        {
            // The boundary at b's start counts as part of the block before.
            if (code.Depth(b - 1) >= bestDepth || code.Depth(b - 1) < 0) continue;
            bestDepth = code.Depth(b - 1);
            best = code.Start(b);
        }

        return best;
    }

    private int Intersection(LiveInterval a, LiveInterval b, int limit)
    {
        LiveRange[] ranges = lifetimes.Ranges;
        int i = a.Range, j = b.Range, lastA = lifetimes.RangeFirst[a.VReg + 1], lastB = lifetimes.RangeFirst[b.VReg + 1];
        int from = Math.Max(a.Start, b.Start), to = Math.Min(Math.Min(a.End, b.End), limit);
        while (i < lastA && j < lastB)
        {
            int start = Math.Max(from, Math.Max(ranges[i].Start, ranges[j].Start));
            if (start >= to) break;
            if (start < Math.Min(ranges[i].End, ranges[j].End)) return start;
            if (ranges[i].End <= ranges[j].End) i++;
            else j++;
        }

        return int.MaxValue;
    }

    /// <summary>
    /// Where an interval first meets one of those that wait, or the limit. A subtree of the heap that waits for a later position than the first meeting known is
    /// left alone: so the thousands that return long after a short interval cost nothing.
    /// </summary>
    private int FirstMeeting(LiveInterval current, WaitingIntervals waiting, int node, int limit)
    {
        while (node < waiting.Count && waiting.Key(node) < limit)
        {
            limit = Math.Min(limit, Intersection(current, waiting[node], limit));
            limit = FirstMeeting(current, waiting, 2 * node + 1, limit);
            node = 2 * node + 2;
        }

        return limit;
    }

    /// <summary>Where an interval first meets an instruction that has the register for itself, or the limit.</summary>
    private int FixedIntersection(LiveInterval current, int slot, int limit)
    {
        List<LiveRange> taken = lifetimes.Fixed[slot];
        int i = fixedCursor[slot], r = current.Range, last = lifetimes.RangeFirst[current.VReg + 1];
        int to = Math.Min(limit, current.End);
        while (i < taken.Count && r < last)
        {
            LiveRange range = lifetimes.Ranges[r];
            int start = Math.Max(current.Start, Math.Max(taken[i].Start, range.Start));
            if (start >= to) break;
            if (start < Math.Min(taken[i].End, range.End)) return start;
            if (taken[i].End <= range.End) i++;
            else r++;
        }

        return limit;
    }
}
