namespace Mu.Core.Heap;

/// <summary>What a collection does with the blocks before and after marking.</summary>
internal sealed unsafe partial class ImmixSpace
{
    private const ulong Poison = 0xDEAD_BEEF_DEAD_BEEF;

    /// <summary>Bytes in lines in use after the last collection.</summary>
    public ulong LiveBytes { get; private set; }

    /// <summary>Bytes of free lines in partly used blocks after the last collection.</summary>
    public ulong FragmentedBytes { get; private set; }

    /// <summary>Clears the table that marking fills, and closes the allocation in holes.</summary>
    public void Prepare()
    {
        recyclable.Clear();
        nextLine = Block.Lines;
        for (ulong start = Start; start < freshBlock; start += Block.Size)
            if (InfoOf(start).InUse) NewLines.Of(new Block(start)).Fill(LineTable.Free);
    }

    /// <summary>All blocks in use are to be emptied (stress mode).</summary>
    public void SelectAll()
    {
        for (ulong start = Start; start < freshBlock; start += Block.Size)
            if (InfoOf(start).InUse) InfoOf(start).Candidate = true;
    }

    /// <summary>
    /// Selects the most fragmented blocks, as long as what lives in them fits <paramref name="room"/> bytes: a histogram of used lines by number of
    /// holes, summed from the top (section 3.2 of the paper). True if there is any.
    /// </summary>
    public bool SelectFragmented(ulong room)
    {
        Span<ulong> used = stackalloc ulong[Block.Lines];
        used.Clear();
        for (ulong start = Start; start < freshBlock; start += Block.Size)
            if (InfoOf(start) is { InUse: true, UsedLines: > 0 } info) used[info.Holes] += info.UsedLines * Line.Size;
        int least = Block.Lines;
        for (ulong sum = 0; least > 1; least--)
        {
            sum += used[least - 1];
            if (sum > room) break;
        }
        bool any = false;
        for (ulong start = Start; start < freshBlock; start += Block.Size)
        {
            ref BlockInfo info = ref InfoOf(start);
            if (!info.InUse || info.UsedLines == 0 || info.Holes < least) continue;
            info.Candidate = any = true;
        }
        return any;
    }

    /// <summary>Makes the marked state the current one: finds free blocks and holes, returns memory beyond <paramref name="keepFree"/> bytes.</summary>
    public void Sweep(ulong keepFree, bool poison)
    {
        (Lines, NewLines) = (NewLines, Lines);
        (LiveBytes, FragmentedBytes) = (0, 0);
        for (ulong start = Start; start < freshBlock; start += Block.Size)
            if (InfoOf(start).InUse) Sweep(new Block(start), poison);
        ReleaseFree(keepFree);
    }

    private void Sweep(Block block, bool poison)
    {
        ref BlockInfo info = ref InfoOf(block.Start);
        Span<byte> states = Lines.Of(block);
        int free = states.Count(LineTable.Free);
        (info.Candidate, info.Dirty, info.UsedLines) = (false, true, (byte)(Block.Lines - free));
        info.Holes = free == 0 ? (byte)0 : CountHoles(states);
        LiveBytes += info.UsedLines * Line.Size;
        if (poison) PoisonFree(block, states);
        if (free == Block.Lines)
        {
            info.InUse = false;
            BlocksInUse--;
            freeBlocks.Add(block.Start);
            return;
        }
        FragmentedBytes += (ulong)free * Line.Size;
        if (free >= LeastRecyclableLines) recyclable.Add(block.Start);
    }

    private static byte CountHoles(ReadOnlySpan<byte> states)
    {
        byte holes = 0;
        bool inside = false;
        foreach (byte state in states)
        {
            if (state == LineTable.Free && !inside) holes++;
            inside = state == LineTable.Free;
        }
        return holes;
    }

    private static void PoisonFree(Block block, ReadOnlySpan<byte> states)
    {
        for (int i = 0; i < states.Length; i++)
            if (states[i] == LineTable.Free)
                new Span<ulong>((void*)(block.Start + (ulong)i * Line.Size), (int)Line.Size / 8).Fill(Poison);
    }

    /// <summary>The list is used from its end, so the blocks at its beginning are those that will be missed least.</summary>
    private void ReleaseFree(ulong keepFree)
    {
        int keep = (int)Math.Min(keepFree >> Block.Shift, int.MaxValue);
        for (int i = 0; i < freeBlocks.Count - keep; i++)
        {
            ref BlockInfo info = ref InfoOf(freeBlocks[i]);
            if (!info.Dirty) continue;
            Mapping.Release(freeBlocks[i], Block.Size);
            info.Dirty = false;
        }
    }
}
