using Mu.Core.Compiler.Lir;

namespace Mu.Core.Compiler.RegisterAllocation;

/// <summary>
/// Gives a place in the frame to each virtual register that is ever there; lifetimes that do not meet share places. Vectors have places of two slots of their own, so that two places are
/// either the same or apart.
/// </summary>
internal sealed class SlotColouring
{
    /// <summary>How many slots are tried before a new one is taken: keeps huge functions linear.</summary>
    private const int MaxTries = 48;
    private readonly Lifetimes lifetimes;
    private readonly Places places;
    private readonly List<List<int>> holders = [];
    private readonly int firstSlot;
    /// <summary>Slots of a place.</summary>
    private readonly int size;

    private SlotColouring(Places places, int size)
    {
        this.size = size;
        this.places = places;
        lifetimes = places.Lifetimes;
        firstSlot = lifetimes.Code.Function.SlotCount;
    }

    public static void Run(Places places)
    {
        Run(places, 1);
        Run(places, 2);
    }

    private static void Run(Places places, int size)
    {
        var colouring = new SlotColouring(places, size);
        var vregs = new List<int>();
        for (int v = 0; v < places.Slot.Length; v++)
            if (colouring.NeedsSlot(v)) vregs.Add(v);
        Lifetimes lifetimes = places.Lifetimes;
        vregs.Sort((a, b) => lifetimes.Ranges[lifetimes.RangeFirst[a]].Start.CompareTo(lifetimes.Ranges[lifetimes.RangeFirst[b]].Start));
        foreach (int vreg in vregs) colouring.Colour(vreg);
        lifetimes.Code.Function.SlotCount = colouring.firstSlot + colouring.holders.Count * size;
    }

    private bool NeedsSlot(int vreg)
    {
        if (lifetimes.Rematerialise[vreg] is not null || lifetimes.ClassOf(vreg).Slots() != size) return false;
        for (int i = places.First[vreg]; i < places.First[vreg + 1]; i++)
            if (places.Intervals[i].Register < 0) return true;
        return false;
    }

    private void Colour(int vreg)
    {
        int tries = 4;
        for (int node = lifetimes.Related.Heads[vreg]; node >= 0 && tries > 0; node = lifetimes.Related.Next(node), tries--)
        {
            int related = lifetimes.Related.Value(node);
            if (places.Slot[related] < firstSlot || lifetimes.ClassOf(related).Slots() != size) continue;
            int wanted = (places.Slot[related] - firstSlot) / size;
            if (IsFree(wanted, vreg))
            {
                Take(wanted, vreg);
                return;
            }
        }

        for (int s = Math.Max(0, holders.Count - MaxTries); s < holders.Count; s++)
        {
            if (!IsFree(s, vreg)) continue;
            Take(s, vreg);
            return;
        }

        holders.Add([]);
        Take(holders.Count - 1, vreg);
    }

    private void Take(int slot, int vreg)
    {
        holders[slot].Add(vreg);
        places.Slot[vreg] = firstSlot + slot * size;
    }

    private bool IsFree(int slot, int vreg)
    {
        List<int> list = holders[slot];
        int start = lifetimes.Ranges[lifetimes.RangeFirst[vreg]].Start;
        for (int i = list.Count - 1; i >= 0; i--)
        {
            if (lifetimes.Ranges[lifetimes.RangeFirst[list[i] + 1] - 1].End <= start)
            {
                list[i] = list[^1];
                list.RemoveAt(list.Count - 1);
            }
            else if (Meet(list[i], vreg))
            {
                // The next one to ask meets the same holder, most likely.
                (list[i], list[^1]) = (list[^1], list[i]);
                return false;
            }
        }

        return true;
    }

    private bool Meet(int a, int b)
    {
        LiveRange[] ranges = lifetimes.Ranges;
        int i = lifetimes.RangeFirst[a], lastA = lifetimes.RangeFirst[a + 1], lastB = lifetimes.RangeFirst[b + 1];
        int j = lifetimes.RangeFirst[b];
        i = lifetimes.FirstRangeEndingAfter(a, ranges[j].Start);
        while (i < lastA && j < lastB)
        {
            if (Math.Max(ranges[i].Start, ranges[j].Start) < Math.Min(ranges[i].End, ranges[j].End)) return true;
            if (ranges[i].End <= ranges[j].End) i++;
            else j++;
        }

        return false;
    }
}
