using Mu.Core.Heap;

namespace Mu.Core.Api;

/// <summary>What the collector has done so far.</summary>
/// <param name="Collections">Number of collections.</param>
/// <param name="AllocatedBytes">Memory handed out: whole allocation buffers and large objects.</param>
/// <param name="LiveBytes">What lived after the last collection.</param>
/// <param name="HeapBytes">What the heap takes now.</param>
/// <param name="MovedBytes">Objects moved.</param>
/// <param name="LastPause">Duration of the last collection.</param>
/// <param name="LongestPause">Duration of the longest one.</param>
/// <param name="TotalPause">Duration of all.</param>
public sealed record CollectorStatistics(
    long Collections, ulong AllocatedBytes, ulong LiveBytes, ulong HeapBytes, ulong MovedBytes, TimeSpan LastPause, TimeSpan LongestPause, TimeSpan TotalPause)
{
    internal static CollectorStatistics Of(HeapStatistics s) =>
        new(s.Collections, s.AllocatedBytes, s.LiveBytes, s.HeapBytes, s.EvacuatedBytes, s.LastPause, s.LongestPause, s.TotalPause);

    /// <summary>One line for people.</summary>
    public override string ToString() => FormattableString.Invariant($"{Collections} collections in {TotalPause.TotalMilliseconds:F1} ms (longest {LongestPause.TotalMilliseconds:F1}), ")
        + $"{AllocatedBytes >> 10} KB allocated, {LiveBytes >> 10} KB live, {HeapBytes >> 10} KB in use, {MovedBytes >> 10} KB moved";
}
