using Mu.Core.Compiler.Lir;

namespace Mu.Core.Compiler.RegisterAllocation;

/// <summary>Hints, and what happens when all registers are taken.</summary>
internal sealed partial class LinearScan
{
    /// <summary>A register that saves a move, if it is free as long as is wanted; else -1.</summary>
    private int Hint(LiveInterval current, int limit)
    {
        int vreg = current.VReg, found;
        if (current.Start == lifetimes.DefinitionPosition[vreg] && (found = Acceptable(current, limit, lifetimes.DefinitionFixed[vreg])) >= 0) return found;
        if ((found = Acceptable(current, limit, lastRegister[vreg])) >= 0) return found;
        if ((found = Acceptable(current, limit, FixedUse(vreg, current.Start, limit + 1))) >= 0) return found;
        int tries = 8;
        for (int node = lifetimes.Related.Heads[vreg]; node >= 0 && tries > 0; node = lifetimes.Related.Next(node), tries--)
        {
            int other = lifetimes.Related.Value(node);
            int wanted = lastRegister[other] >= 0 ? lastRegister[other] : FixedUse(other, 0, int.MaxValue);
            if ((found = Acceptable(current, limit, wanted)) >= 0) return found;
        }

        return -1;
    }

    private int Acceptable(LiveInterval current, int limit, int register) =>
        register >= 0 && target.Allocatable(lifetimes.FileOf(current.VReg)).IndexOf((byte)register) >= 0 && freeUntil[register] >= limit ? register : -1;

    /// <summary>The register of the first fixed use, looking at few uses.</summary>
    private int FixedUse(int vreg, int from, int to)
    {
        int u = lifetimes.FirstUseAt(vreg, from), last = Math.Min(u + 8, lifetimes.UseFirst[vreg + 1]);
        for (; u < last && lifetimes.Uses[u].Position < to; u++)
            if (lifetimes.Uses[u].Hint >= 0) return lifetimes.Uses[u].Hint;
        return -1;
    }

    /// <summary>Takes the register whose holder is used last, or leaves the interval in the frame until it needs one.</summary>
    private void TakeBlocked(LiveInterval current, int firstUse, int limit)
    {
        int registerClass = (int)lifetimes.FileOf(current.VReg), start = current.Start;
        ReadOnlySpan<byte> registers = target.Allocatable((RegClass)registerClass);
        foreach (byte r in registers)
        {
            int slot = registerClass * 16 + r;
            blockedAt[r] = FixedIntersection(current, slot, limit);
            int used = int.MaxValue;
            if (active[slot] is { } holder) used = lifetimes.NextRegisterUse(holder.VReg, start, holder.End);
            usedAt[r] = FirstUseAfterMeeting(current, inactive[slot], 0, blockedAt[r], used);
        }

        // The register must be ours until the uses in the first instruction that needs it are over.
        int instructionEnd = (firstUse & ~3) + 4;
        int lastNeed = firstUse;
        for (int use; (use = lifetimes.NextRegisterUse(current.VReg, lastNeed + 1, Math.Min(instructionEnd, current.End))) != int.MaxValue;) lastNeed = use;
        bool mustHave = (firstUse & ~3) <= start;
        int best = -1;
        foreach (byte r in registers)
        {
            if (mustHave && (blockedAt[r] <= lastNeed || usedAt[r] < instructionEnd)) continue;
            if (blockedAt[r] <= start || usedAt[r] <= start) continue;
            if (best < 0 || Math.Min(usedAt[r], blockedAt[r]) > Math.Min(usedAt[best], blockedAt[best])) best = r;
        }

        if (!mustHave && (best < 0 || usedAt[best] <= firstUse || blockedAt[best] <= lastNeed))
        {
            ToFrame(current, start);
            return;
        }

        if (best < 0) throw new InvalidOperationException($"v{current.VReg} finds no register at {start}: {code.Instructions[firstUse >> 2]} needs more than there are");
        int end = blockedAt[best];
        if (end < current.End)
        {
            int cut = end & ~3;
            if (end != limit && cut <= lastNeed) cut = end;
            Cut(current, end == limit ? end : cut);
        }

        Evict(current, registerClass * 16 + best);
        Assign(current, best);
    }

    /// <summary>Among the waiting intervals that meet the current one before a limit: the first use that needs the register.</summary>
    private int FirstUseAfterMeeting(LiveInterval current, WaitingIntervals waiting, int node, int limit, int used)
    {
        // Uses come after meetings, so who waits for something later than the first use known does not matter.
        while (node < waiting.Count && waiting.Key(node) < Math.Min(limit, used))
        {
            LiveInterval other = waiting[node];
            int meeting = Intersection(current, other, limit);
            if (meeting != int.MaxValue) used = Math.Min(used, lifetimes.NextRegisterUse(other.VReg, meeting, other.End));
            used = FirstUseAfterMeeting(current, waiting, 2 * node + 1, limit, used);
            node = 2 * node + 2;
        }

        return used;
    }

    private void Evict(LiveInterval current, int slot)
    {
        if (active[slot] is { } holder)
        {
            active[slot] = null;
            LeaveRegister(holder, current.Start);
        }

        EvictWaiting(current, inactive[slot], 0);
    }

    /// <summary>Those in a hole now look for a place again after it; they leave the heap when the scan comes to what they waited for.</summary>
    private void EvictWaiting(LiveInterval current, WaitingIntervals waiting, int node)
    {
        while (node < waiting.Count && waiting.Key(node) < current.End)
        {
            LiveInterval other = waiting[node];
            if (Intersection(current, other, int.MaxValue) != int.MaxValue) Cut(other, current.Start);
            EvictWaiting(current, waiting, 2 * node + 1);
            node = 2 * node + 2;
        }
    }

    /// <summary>The active interval goes to the frame before a position; outside of loops, if it is not used in between.</summary>
    private void LeaveRegister(LiveInterval interval, int position)
    {
        int latest = position & ~3;
        if (lifetimes.NextRegisterUse(interval.VReg, Math.Max(latest, interval.Start), position) != int.MaxValue) latest = position;
        if (interval.Start >= latest)
        {
            ToFrame(interval, position);
            return;
        }

        int lastUse = lifetimes.LastUse(interval.VReg, interval.Start, latest);
        int earliest = (Math.Max(interval.Start, lastUse) + 4) & ~3;
        int at = earliest < latest && (latest & 3) == 0 ? BestSplit(earliest, latest) : latest;
        int resume = SkipHole(interval, at);
        var rest = new LiveInterval(interval.VReg, resume, interval.End);
        interval.End = at;
        Result.Add(rest);
        ToFrame(rest, position);
    }
}
