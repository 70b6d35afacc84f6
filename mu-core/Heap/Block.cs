namespace Mu.Core.Heap;

/// <summary>A block of 128 lines: the unit in which Immix takes memory, defragments it and gives it back.</summary>
internal readonly record struct Block(ulong Start)
{
    /// <summary>log2 of the size.</summary>
    public const int Shift = 15;

    /// <summary>Size in bytes.</summary>
    public const ulong Size = 1UL << Shift;

    /// <summary>Lines in a block.</summary>
    public const int Lines = (int)(Size / Line.Size);

    /// <summary>The block that contains an address.</summary>
    public static Block Containing(ulong address) => new(address & ~(Size - 1));

    /// <summary>Its end.</summary>
    public ulong End => Start + Size;

    /// <summary>Its first line.</summary>
    public Line FirstLine => Line.Containing(Start);
}

/// <summary>A block's side metadata.</summary>
internal struct BlockInfo
{
    /// <summary>Holds objects, or may.</summary>
    public bool InUse;

    /// <summary>Its objects move away in this collection.</summary>
    public bool Candidate;

    /// <summary>Its memory was written since the operating system gave it.</summary>
    public bool Dirty;

    /// <summary>Holes of free lines that are left: the measure of fragmentation.</summary>
    public byte Holes;

    /// <summary>Lines live after the last collection, or handed out since.</summary>
    public byte UsedLines;
}
