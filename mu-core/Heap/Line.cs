namespace Mu.Core.Heap;

/// <summary>
/// A line of an Immix block: the unit in which memory is reclaimed (Blackburn and McKinley, PLDI 2008). Identified by its number in the address space,
/// address / 256.
/// </summary>
internal readonly record struct Line(ulong Number)
{
    /// <summary>log2 of the size.</summary>
    public const int Shift = 8;

    /// <summary>Size in bytes.</summary>
    public const ulong Size = 1UL << Shift;

    /// <summary>The line that contains an address.</summary>
    public static Line Containing(ulong address) => new(address >> Shift);

    /// <summary>Its first byte.</summary>
    public ulong Start => Number << Shift;

    /// <summary>The index in words of an address in its line.</summary>
    public static byte WordIndex(ulong address) => (byte)((address & (Size - 1)) >> 3);
}
