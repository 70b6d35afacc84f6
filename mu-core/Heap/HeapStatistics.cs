namespace Mu.Core.Heap;

/// <summary>What a heap has done so far.</summary>
/// <param name="Collections">Number of collections.</param>
/// <param name="AllocatedBytes">Memory handed to mutators, whole buffers and large objects.</param>
/// <param name="LiveBytes">Live lines and large objects after the last collection.</param>
/// <param name="HeapBytes">Blocks and large-object pages in use now.</param>
/// <param name="EvacuatedBytes">Bytes of all objects ever moved.</param>
/// <param name="LastPause">Duration of the last collection.</param>
/// <param name="LongestPause">Duration of the longest one.</param>
/// <param name="TotalPause">Duration of all.</param>
internal readonly record struct HeapStatistics(
    long Collections, ulong AllocatedBytes, ulong LiveBytes, ulong HeapBytes, ulong EvacuatedBytes,
    TimeSpan LastPause, TimeSpan LongestPause, TimeSpan TotalPause);
