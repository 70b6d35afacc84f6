namespace Mu.Core.Tests.Differential;

/// <summary>
/// A random program as a list of numbers: each number decides one instruction among what is possible at its place. Any part may be left out, and what remains is a well-formed
/// program still: that makes shrinking simple.
/// </summary>
internal sealed record Genes(IReadOnlyList<FunctionGenes> Functions)
{
    public static Genes Random(int seed)
    {
        var random = new Random(seed);
        return new Genes([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => FunctionGenes.Random(random))]);
    }

    /// <summary>Programs with something left out, the most first.</summary>
    public IEnumerable<Genes> Smaller()
    {
        for (int f = 1; f < Functions.Count; f++) yield return new Genes([.. Functions.Where((_, i) => i != f)]);
        for (int f = 0; f < Functions.Count; f++)
            foreach (FunctionGenes smaller in Functions[f].Smaller())
                yield return new Genes([.. Functions.Select((g, i) => i == f ? smaller : g)]);
    }
}

/// <summary>A function's blocks.</summary>
internal sealed record FunctionGenes(IReadOnlyList<BlockGenes> Blocks)
{
    public static FunctionGenes Random(Random random) => new([.. Enumerable.Range(0, random.Next(1, 7)).Select(_ => BlockGenes.Random(random))]);

    public IEnumerable<FunctionGenes> Smaller()
    {
        for (int b = 0; b < Blocks.Count && Blocks.Count > 1; b++) yield return new FunctionGenes([.. Blocks.Where((_, i) => i != b)]);
        for (int b = 0; b < Blocks.Count; b++)
            foreach (BlockGenes smaller in Blocks[b].Smaller())
                yield return new FunctionGenes([.. Blocks.Select((g, i) => i == b ? smaller : g)]);
    }
}

/// <summary>A block: its instructions, and how it ends.</summary>
internal sealed record BlockGenes(IReadOnlyList<int> Body, int End)
{
    public static BlockGenes Random(Random random) => new([.. Enumerable.Range(0, random.Next(0, 14)).Select(_ => random.Next())], random.Next());

    public IEnumerable<BlockGenes> Smaller()
    {
        if (Body.Count > 3)
        {
            yield return this with { Body = [.. Body.Take(Body.Count / 2)] };
            yield return this with { Body = [.. Body.Skip(Body.Count / 2)] };
        }

        for (int i = 0; i < Body.Count; i++) yield return this with { Body = [.. Body.Where((_, k) => k != i)] };
    }
}
