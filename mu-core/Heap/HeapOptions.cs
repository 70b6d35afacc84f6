namespace Mu.Core.Heap;

/// <summary>Sizes and policies of a heap.</summary>
internal sealed record HeapOptions
{
    /// <summary>Bytes of blocks and large objects beyond which allocation fails. Default: three quarters of the machine's memory.</summary>
    public ulong MaxHeap { get; init; } = (ulong)GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4 * 3;

    /// <summary>Address space for small and medium objects; only what is used takes memory.</summary>
    public ulong BlockSpaceReserve { get; init; } = 64UL << 30;

    /// <summary>Address space for large objects.</summary>
    public ulong LargeSpaceReserve { get; init; } = 64UL << 30;

    /// <summary>The least allocation volume between two collections.</summary>
    public ulong MinimumThreshold { get; init; } = 32UL << 20;

    /// <summary>Allocation volume between two collections as a multiple of what lived after the last one (like Lua's pause, 1.0 ≙ 200).</summary>
    public double GrowthFactor { get; init; } = 1.0;

    /// <summary>Check every reference after each collection; a wrong one ends the run with <see cref="HeapCorruptionException"/>.</summary>
    public bool Verify { get; init; }

    /// <summary>Collect at (nearly) every slow path, move everything that is not pinned, poison what was vacated.</summary>
    public bool Stress { get; init; }

    /// <summary>In stress mode: collect at every n-th slow path or safepoint.</summary>
    public int StressInterval { get; init; } = 1;
}
