using System.Buffers;

namespace Mu.Core.Compiler.RegisterAllocation;

/// <summary>Rows of ints, one behind the other in one array.</summary>
internal readonly struct IntTable(int[] first, int[] values)
{
    public ReadOnlySpan<int> this[int row] => values.AsSpan(first[row], first[row + 1] - first[row]);

    /// <summary>Where a row begins in an array that runs parallel to all rows.</summary>
    public int First(int row) => first[row];

    public int Count => values.Length;
}

/// <summary>Pairs of a row and a value in the order in which they are found, to be sorted into rows at the end. Written once from front to back, which lists per row would not be.</summary>
internal sealed class PairBuffer(int capacity)
{
    private long[] pairs = ArrayPool<long>.Shared.Rent(capacity);
    private int count;

    public void Add(int row, int value)
    {
        if (count == pairs.Length) Grow();
        pairs[count++] = (long)row << 32 | (uint)value;
    }

    /// <summary>The values by row, in the order in which they were added; the buffer is not usable afterwards.</summary>
    public IntTable ToTable(int rows)
    {
        var first = new int[rows + 1];
        ReadOnlySpan<long> all = pairs.AsSpan(0, count);
        foreach (long pair in all) first[(pair >> 32) + 1]++;
        for (int r = 0; r < rows; r++) first[r + 1] += first[r];
        var next = (int[])first.Clone();
        var values = new int[count];
        foreach (long pair in all) values[next[pair >> 32]++] = (int)pair;
        ArrayPool<long>.Shared.Return(pairs);
        pairs = [];
        return new IntTable(first, values);
    }

    private void Grow()
    {
        long[] larger = ArrayPool<long>.Shared.Rent(2 * pairs.Length);
        pairs.AsSpan(0, count).CopyTo(larger);
        ArrayPool<long>.Shared.Return(pairs);
        pairs = larger;
    }
}
