using System.Runtime.CompilerServices;

namespace Mu.Core.Heap;

/// <summary>
/// The space of small and medium objects: blocks of lines, reclaimed by marking lines, defragmented by copying
/// (Blackburn and McKinley, "Immix", PLDI 2008). Hands out holes; who allocates in them is not its business.
/// Callers hold the heap's lock, or have stopped the world.
/// </summary>
internal sealed unsafe partial class ImmixSpace : IDisposable
{
    private const int LeastRecyclableLines = 4;
    private readonly Mapping memory, lineStates, otherLineStates, blockInfos;
    private readonly HeapTypeTable types;
    private readonly NativeList<ulong> freeBlocks = new(), recyclable = new();
    private readonly int mostHoleLines;
    private ulong freshBlock;
    private Block current;
    private int nextLine = Block.Lines;

    /// <summary>A space of this much address range. In stress mode holes are at most <paramref name="mostHoleLines"/> long.</summary>
    public ImmixSpace(ulong reserve, HeapTypeTable types, int mostHoleLines)
    {
        const ulong hugePage = 2UL << 20;
        this.types = types;
        this.mostHoleLines = mostHoleLines;
        memory = Mapping.Reserve(reserve, hugePage);
        memory.PreferHugePages();
        lineStates = Mapping.Reserve(reserve >> Line.Shift);
        otherLineStates = Mapping.Reserve(reserve >> Line.Shift);
        blockInfos = Mapping.Reserve((reserve >> Block.Shift) * (ulong)sizeof(BlockInfo));
        Lines = Table(lineStates);
        NewLines = Table(otherLineStates);
        freshBlock = Start;
    }

    /// <summary>Start of the address range.</summary>
    public ulong Start => memory.Address;

    /// <summary>Size of the address range.</summary>
    public ulong Size => memory.Size;

    /// <summary>Line states as of the last collection and the allocation since.</summary>
    public LineTable Lines { get; private set; }

    /// <summary>Line states that the running collection builds from the live objects.</summary>
    public LineTable NewLines { get; private set; }

    /// <summary>Blocks in use.</summary>
    public ulong BlocksInUse { get; private set; }

    /// <summary>The side metadata of the block that contains an address.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref BlockInfo InfoOf(ulong address) => ref ((BlockInfo*)blockInfos.Address)[(address - Start) >> Block.Shift];

    /// <summary>
    /// Takes the next hole of zeroed free lines: first from partly used blocks, then a free block if the caller allows one more.
    /// </summary>
    public bool TryTakeHole(bool mayTakeBlock, out ulong start, out ulong end)
    {
        while (true)
        {
            if (TryTakeHoleInCurrent(out start, out end)) return true;
            if (recyclable.TryPop(out ulong block)) current = new Block(block);
            else if (!mayTakeBlock || !TryTakeFreeBlock(out current)) return false;
            nextLine = 0;
        }
    }

    /// <summary>Takes a whole free block: for overflow allocation and for copying.</summary>
    public bool TryTakeWholeBlock(out ulong start, out ulong end)
    {
        (start, end) = (0, 0);
        if (!TryTakeFreeBlock(out Block block)) return false;
        (start, end) = (block.Start, block.End);
        Occupy(Lines.Of(block));
        Zero(block, start, end);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        memory.Dispose();
        lineStates.Dispose();
        otherLineStates.Dispose();
        blockInfos.Dispose();
        freeBlocks.Dispose();
        recyclable.Dispose();
    }

    private LineTable Table(Mapping states) => new((byte*)states.Address - (Start >> Line.Shift));

    private bool TryTakeHoleInCurrent(out ulong start, out ulong end)
    {
        (start, end) = (0, 0);
        if (nextLine >= Block.Lines) return false;
        Span<byte> rest = Lines.Of(current)[nextLine..];
        int first = rest.IndexOf(LineTable.Free);
        if (first < 0)
        {
            nextLine = Block.Lines;
            return false;
        }
        rest = rest[first..];
        int length = rest.IndexOfAnyExcept(LineTable.Free);
        if (length < 0) length = rest.Length;
        length = Math.Min(length, mostHoleLines);
        Occupy(rest[..length]);
        start = current.Start + (ulong)(nextLine + first) * Line.Size;
        end = start + (ulong)length * Line.Size;
        nextLine += first + length;
        ref BlockInfo info = ref InfoOf(start);
        info.UsedLines += (byte)length;
        if (info.Holes > 0) info.Holes--;
        Zero(current, start, end);
        return true;
    }

    /// <summary>Allocation in a hole is contiguous: the first object starts with its first line.</summary>
    private static void Occupy(Span<byte> hole)
    {
        hole.Fill(LineTable.Allocated);
        hole[0] = 0;
    }

    private void Zero(Block block, ulong start, ulong end)
    {
        if (InfoOf(block.Start).Dirty) Unsafe.InitBlock((void*)start, 0, (uint)(end - start));
    }

    private bool TryTakeFreeBlock(out Block block)
    {
        if (freeBlocks.TryPop(out ulong start)) block = new Block(start);
        else if (freshBlock < Start + Size)
        {
            block = new Block(freshBlock);
            freshBlock += Block.Size;
        }
        else
        {
            block = default;
            return false;
        }
        ref BlockInfo info = ref InfoOf(block.Start);
        (info.InUse, info.Candidate, info.Holes, info.UsedLines) = (true, false, 0, 0);
        Lines.Of(block).Fill(LineTable.Free);
        NewLines.Of(block).Fill(LineTable.Free);
        BlocksInUse++;
        return true;
    }
}
