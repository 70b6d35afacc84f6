namespace Mu.Core.Compiler.RegisterAllocation;

/// <summary>Linked lists of ints in one array, each with its head in <see cref="Heads"/>.</summary>
internal struct IntPool(int lists)
{
    public readonly int[] Heads = Filled(lists);
    private (int Value, int Next)[] nodes = new (int, int)[Math.Max(16, 2 * lists)];
    private int count;

    public void Push(int list, int value)
    {
        if (count == nodes.Length) Array.Resize(ref nodes, 2 * count);
        nodes[count] = (value, Heads[list]);
        Heads[list] = count++;
    }

    public readonly int Value(int node) => nodes[node].Value;

    public readonly int Next(int node) => nodes[node].Next;

    private static int[] Filled(int length)
    {
        var heads = new int[length];
        Array.Fill(heads, -1);
        return heads;
    }
}
