using System.Runtime.CompilerServices;

namespace Mu.Core.Heap;

/// <summary>
/// One byte for each line: whether it is in use and where its first object starts. States are ordered so that marking is a minimum:
/// 0–31 an object's header is at that word and no known one before it; <see cref="Covered"/>; <see cref="Allocated"/>; <see cref="Free"/>.
/// There are two tables: the one that describes memory as the mutator sees it, and the one that a collection builds; they swap.
/// </summary>
internal readonly unsafe struct LineTable(byte* biased)
{
    /// <summary>Part of a live object that begins in an earlier line; none is known to begin here.</summary>
    public const byte Covered = 32;

    /// <summary>Handed to a mutator since the last collection; where objects begin is found by walking from the hole's start.</summary>
    public const byte Allocated = 33;

    /// <summary>Not in use.</summary>
    public const byte Free = 0xFF;

    /// <summary>The state of a line. The table's pointer is biased so that a line's number is its index.</summary>
    public ref byte this[Line line]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref biased[line.Number];
    }

    /// <summary>Whether the state says that an object starts in the line, and where.</summary>
    public static bool HasStart(byte state) => state < Covered;

    /// <summary>The states of a block's lines.</summary>
    public Span<byte> Of(Block block) => new(biased + block.FirstLine.Number, Block.Lines);

    /// <summary>Marks the lines of an object exactly: header at <paramref name="start"/>, <paramref name="size"/> bytes with header.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Mark(ulong start, ulong size)
    {
        byte* state = biased + (start >> Line.Shift);
        byte word = Line.WordIndex(start);
        if (word < *state) *state = word;
        byte* last = biased + ((start + size - 1) >> Line.Shift);
        while (state != last)
        {
            state++;
            if (*state > Covered) *state = Covered;
        }
    }
}
