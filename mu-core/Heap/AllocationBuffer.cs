namespace Mu.Core.Heap;

/// <summary>
/// A mutator's bump allocation state: the first two words of its thread context, so that compiled code reaches them through r15.
/// Memory in [Cursor, Limit) is zero and belongs to this mutator alone. A collection empties it (both words 0).
/// </summary>
internal struct AllocationBuffer
{
    /// <summary>Where the next object's header goes.</summary>
    public ulong Cursor;

    /// <summary>End of the hole of free lines.</summary>
    public ulong Limit;
}
