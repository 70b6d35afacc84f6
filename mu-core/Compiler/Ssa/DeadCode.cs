namespace Mu.Core.Compiler.Ssa;

/// <summary>Drops what nothing needs, parameters with their arguments included, and counts the uses of what stays.</summary>
internal static class DeadCode
{
    public static void Remove(SsaGraph graph)
    {
        var live = new bool[graph.NodeCount];
        var work = new Stack<SsaNode>();
        foreach (SsaBlock block in graph.Blocks)
        {
            foreach (SsaNode node in block.Nodes)
                if (!node.IsRemovable && node.Op != SsaOp.Landing) Mark(node, live, work);
            Mark(block.Terminator, live, work);
        }

        foreach (SsaNode param in graph.Entry.Params) Mark(param, live, work);
        while (work.TryPop(out SsaNode? node))
        {
            foreach (SsaNode arg in node.Args) Mark(arg, live, work);
            foreach (SsaNode arg in node.KeepAlives) Mark(arg, live, work);
            if (node.Op == SsaOp.Param) MarkArguments(node, live, work);
        }

        foreach (SsaBlock block in graph.Blocks) Sweep(block, live);
        CountUses(graph);
    }

    private static void Mark(SsaNode node, bool[] live, Stack<SsaNode> work)
    {
        if (live[node.Id]) return;
        live[node.Id] = true;
        work.Push(node);
    }

    private static void MarkArguments(SsaNode param, bool[] live, Stack<SsaNode> work)
    {
        int index = param.Block!.Params.IndexOf(param);
        foreach (SsaEdge edge in param.Block.Predecessors) Mark(edge.Args[index], live, work);
    }

    private static void Sweep(SsaBlock block, bool[] live)
    {
        int kept = 0;
        for (int i = 0; i < block.Params.Count; i++)
        {
            if (!live[block.Params[i].Id]) continue;
            foreach (SsaEdge edge in block.Predecessors) edge.Args[kept] = edge.Args[i];
            block.Params[kept++] = block.Params[i];
        }

        if (kept < block.Params.Count)
        {
            block.Params.RemoveRange(kept, block.Params.Count - kept);
            foreach (SsaEdge edge in block.Predecessors) Array.Resize(ref edge.Args, kept);
        }

        foreach (SsaNode node in block.Nodes)
            if (node.Op == SsaOp.Proj && !live[node.Id]) node.Args[0].Projections![node.Imm] = null;
        block.Nodes.RemoveAll(n => !live[n.Id] && n.Op != SsaOp.Landing);
    }

    private static void CountUses(SsaGraph graph)
    {
        foreach (SsaBlock block in graph.Blocks)
        {
            foreach (SsaNode param in block.Params) param.UseCount = 0;
            foreach (SsaNode node in block.Nodes) node.UseCount = 0;
        }

        foreach (SsaBlock block in graph.Blocks)
        {
            foreach (SsaNode node in block.Nodes) Count(node);
            Count(block.Terminator);
            foreach (SsaEdge edge in block.Successors)
                foreach (SsaNode arg in edge.Args) arg.UseCount++;
        }
    }

    private static void Count(SsaNode node)
    {
        foreach (SsaNode arg in node.Args) arg.UseCount++;
        foreach (SsaNode arg in node.KeepAlives) arg.UseCount++;
    }
}
