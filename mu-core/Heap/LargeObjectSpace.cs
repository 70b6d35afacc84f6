using System.Numerics;
using System.Runtime.CompilerServices;

namespace Mu.Core.Heap;

/// <summary>
/// The space of objects too large for blocks: whole pages, never moved. Free extents sit in bins by log2 of their pages and are rebuilt from the gaps
/// between live objects at each sweep. Callers hold the heap's lock, or have stopped the world.
/// </summary>
internal sealed unsafe class LargeObjectSpace : IDisposable
{
    /// <summary>The header is the second word of the first page, so the payload is aligned to 16.</summary>
    private const ulong HeaderOffset = 8;
    private const int Probes = 8;
    private readonly Mapping memory, firstPages;
    private readonly NativeList<Extent> objects = new();
    private readonly NativeList<Extent>[] dirtyBins = MakeBins(), cleanBins = MakeBins();
    private ulong fresh;

    /// <summary>A space of this much address range.</summary>
    public LargeObjectSpace(ulong reserve)
    {
        memory = Mapping.Reserve(reserve);
        firstPages = Mapping.Reserve(reserve / Mapping.PageSize * sizeof(uint));
        fresh = Start;
    }

    /// <summary>Start of the address range.</summary>
    public ulong Start => memory.Address;

    /// <summary>Size of the address range.</summary>
    public ulong Size => memory.Size;

    /// <summary>Bytes of pages in use.</summary>
    public ulong UsedBytes { get; private set; }

    /// <summary>Bytes of pages that an object of this size (with header) takes.</summary>
    public static ulong Footprint(ulong size) => (HeaderOffset + size + Mapping.PageSize - 1) & ~(Mapping.PageSize - 1);

    /// <summary>Takes zeroed pages for an object of <paramref name="size"/> bytes with header; gives the header's address, or 0.</summary>
    public ulong Allocate(ulong size)
    {
        ulong footprint = Footprint(size);
        // Pages with old contents first: to clear them costs less than to touch pages that the operating system must find and clear.
        if (!TryTakeFree(dirtyBins, footprint, out ulong start) && !TryTakeFree(cleanBins, footprint, out start))
        {
            if (footprint > Start + Size - fresh) return 0;
            start = fresh;
            fresh += footprint;
        }
        objects.Add(new Extent(start, footprint, true));
        NoteFirstPage(start, footprint);
        UsedBytes += footprint;
        return start + HeaderOffset;
    }

    /// <summary>The object whose pages contain the word before a location, or 0.</summary>
    public ulong FindObject(ulong location)
    {
        ulong target = location - ObjectHeader.Size;
        if (target < Start || target >= fresh) return 0;
        uint first = FirstPages[(target - Start) / Mapping.PageSize];
        return first == 0 ? 0 : Start + (first - 1UL) * Mapping.PageSize + HeaderOffset + ObjectHeader.Size;
    }

    /// <summary>Frees what is not marked. Of the free pages about <paramref name="keepFree"/> bytes stay for reuse, the rest is given back.</summary>
    public void Sweep(ulong epoch, ulong keepFree)
    {
        int live = 0;
        for (int i = 0; i < objects.Count; i++)
        {
            Extent each = objects[i];
            if ((*(ulong*)(each.Start + HeaderOffset) & ObjectHeader.MarkMask) == epoch) objects[live++] = each;
            else Free(each);
        }
        objects.Truncate(live);
        CollectGaps(keepFree);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        memory.Dispose();
        firstPages.Dispose();
        objects.Dispose();
        foreach (NativeList<Extent> bin in dirtyBins) bin.Dispose();
        foreach (NativeList<Extent> bin in cleanBins) bin.Dispose();
    }

    private uint* FirstPages => (uint*)firstPages.Address;

    private static NativeList<Extent>[] MakeBins()
    {
        var bins = new NativeList<Extent>[64];
        for (int i = 0; i < bins.Length; i++) bins[i] = new NativeList<Extent>();
        return bins;
    }

    private static int BinOf(ulong bytes) => BitOperations.Log2(bytes / Mapping.PageSize);

    private void NoteFirstPage(ulong start, ulong footprint)
    {
        ulong page = (start - Start) / Mapping.PageSize;
        new Span<uint>(FirstPages + page, (int)(footprint / Mapping.PageSize)).Fill((uint)page + 1);
    }

    private void Free(Extent dead)
    {
        UsedBytes -= dead.Bytes;
        ulong page = (dead.Start - Start) / Mapping.PageSize;
        new Span<uint>(FirstPages + page, (int)(dead.Bytes / Mapping.PageSize)).Clear();
    }

    private bool TryTakeFree(NativeList<Extent>[] bins, ulong footprint, out ulong start)
    {
        int first = BinOf(footprint);
        for (int b = first; b < bins.Length; b++)
        {
            NativeList<Extent> bin = bins[b];
            for (int i = bin.Count - 1, probes = 0; i >= 0 && probes < Probes; i--, probes++)
            {
                Extent extent = bin[i];
                if (extent.Bytes < footprint) continue;
                bin[i] = bin[bin.Count - 1];
                bin.Truncate(bin.Count - 1);
                start = extent.Start;
                if (extent.Dirty) Clear(start, footprint);
                if (extent.Bytes > footprint) AddFree(new Extent(start + footprint, extent.Bytes - footprint, extent.Dirty));
                return true;
            }
        }
        start = 0;
        return false;
    }

    private static void Clear(ulong start, ulong bytes)
    {
        const ulong step = 1UL << 30;
        for (ulong done = 0; done < bytes; done += step)
            Unsafe.InitBlock((void*)(start + done), 0, (uint)Math.Min(step, bytes - done));
    }

    private void AddFree(Extent extent) => (extent.Dirty ? dirtyBins : cleanBins)[BinOf(extent.Bytes)].Add(extent);

    private void CollectGaps(ulong keepFree)
    {
        foreach (NativeList<Extent> bin in dirtyBins) bin.Clear();
        foreach (NativeList<Extent> bin in cleanBins) bin.Clear();
        objects.Span.Sort(static (a, b) => a.Start.CompareTo(b.Start));
        ulong end = Start;
        for (int i = 0; i < objects.Count; i++)
        {
            AddGap(end, objects[i].Start, ref keepFree);
            end = objects[i].Start + objects[i].Bytes;
        }
        AddGap(end, fresh, ref keepFree);
    }

    /// <summary>The first part of the gap stays as it is as long as pages may be kept; the rest reads as zero again.</summary>
    private void AddGap(ulong start, ulong end, ref ulong keepFree)
    {
        ulong kept = Math.Min(end - start, keepFree & ~(Mapping.PageSize - 1)), released = end - start - kept;
        keepFree -= kept;
        if (kept > 0) AddFree(new Extent(start, kept, true));
        if (released == 0) return;
        Mapping.Release(start + kept, released);
        AddFree(new Extent(start + kept, released, false));
    }

    /// <summary>A run of pages.</summary>
    private readonly record struct Extent(ulong Start, ulong Bytes, bool Dirty);
}
