namespace Mu.Core.Compiler.RegisterAllocation;

/// <summary>A binary heap of intervals in holes, by the position where each one's next range starts. Open to walks over its nodes: the children of n are 2n + 1 and 2n + 2.</summary>
internal sealed class WaitingIntervals
{
    private (int Key, LiveInterval Interval)[] nodes = new (int, LiveInterval)[16];

    public int Count { get; private set; }

    public LiveInterval this[int node] => nodes[node].Interval;

    public int Key(int node) => nodes[node].Key;

    public void Add(LiveInterval interval, int key)
    {
        if (Count == nodes.Length) Array.Resize(ref nodes, 2 * Count);
        int node = Count++;
        for (; node > 0 && nodes[(node - 1) >> 1].Key > key; node = (node - 1) >> 1) nodes[node] = nodes[(node - 1) >> 1];
        nodes[node] = (key, interval);
    }

    public LiveInterval Pop()
    {
        LiveInterval first = nodes[0].Interval;
        (int Key, LiveInterval Interval) last = nodes[--Count];
        nodes[Count] = default;
        if (Count == 0) return first;
        int node = 0;
        for (int child; (child = 2 * node + 1) < Count; node = child)
        {
            if (child + 1 < Count && nodes[child + 1].Key < nodes[child].Key) child++;
            if (nodes[child].Key >= last.Key) break;
            nodes[node] = nodes[child];
        }

        nodes[node] = last;
        return first;
    }
}
