namespace Mu.Core.Compiler.Ssa;

/// <summary>
/// The order of blocks in the code: hot ones in reverse postorder with loops in one piece, a loop's test at its end where that saves a jump, cold ones behind. Blocks that
/// end in a throw or trap, and landings, are cold.
/// </summary>
internal static class Layout
{
    public static void Run(SsaGraph graph)
    {
        SpreadCold(graph);
        var order = new List<SsaBlock>(graph.Blocks.Count);
        var placed = new HashSet<SsaBlock>();
        foreach (SsaBlock block in graph.Blocks)
            if (!block.IsCold || block == graph.Entry) Place(block, order, placed);
        RotateLoops(order);
        foreach (SsaBlock block in graph.Blocks)
            if (placed.Add(block)) order.Add(block);
        graph.Blocks.Clear();
        graph.Blocks.AddRange(order);
    }

    private static void Place(SsaBlock block, List<SsaBlock> order, HashSet<SsaBlock> placed)
    {
        if (placed.Add(block)) order.Add(block);
    }

    /// <summary>A block that only leads to cold ones, or is only reached from them, is cold.</summary>
    public static void SpreadCold(SsaGraph graph)
    {
        foreach (SsaBlock block in graph.Blocks)
            if (block.Terminator.Op is SsaOp.Throw or SsaOp.Unreachable or SsaOp.ThreadExit || block.IsLanding) block.IsCold = true;
        for (int i = graph.Blocks.Count - 1; i >= 0; i--)
        {
            SsaBlock block = graph.Blocks[i];
            if (block.Successors.Length > 0 && Array.TrueForAll(block.Successors, e => e.To.IsCold)) block.IsCold = true;
        }

        foreach (SsaBlock block in graph.Blocks)
            if (block.Predecessors.Count > 0 && block.Predecessors.TrueForAll(e => e.From.IsCold)) block.IsCold = true;
        graph.Entry.IsCold = false;
    }

    /// <summary>
    /// A loop whose header leaves it by one edge of a branch and whose last block jumps back: the header goes behind that block. The way in jumps once; each turn is one jump shorter.
    /// </summary>
    private static void RotateLoops(List<SsaBlock> order)
    {
        for (int i = order.Count - 1; i > 0; i--)
        {
            SsaBlock header = order[i];
            if (!header.IsLoopHeader || header.Terminator.Op != SsaOp.Branch || !Leaves(header)) continue;
            int last = i;
            while (last + 1 < order.Count && IsInLoop(order[last + 1], header)) last++;
            if (last == i || order[last].Terminator.Op != SsaOp.Jump || order[last].Successors[0].To != header) continue;
            order.RemoveAt(i);
            order.Insert(last, header);
        }
    }

    private static bool Leaves(SsaBlock header) =>
        IsInLoop(header.Successors[0].To, header) != IsInLoop(header.Successors[1].To, header);

    private static bool IsInLoop(SsaBlock block, SsaBlock header)
    {
        for (SsaBlock? h = block.LoopHeader; h is not null; h = h.Dominator?.LoopHeader)
        {
            if (h == header) return true;
            if (h.LoopDepth <= header.LoopDepth) return false;
        }

        return false;
    }
}
