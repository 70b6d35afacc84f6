namespace Mu.Core.Compiler.Ssa;

/// <summary>Goes around blocks that only jump on, folds branches with one outcome, and joins a block with its only successor.</summary>
internal static class JumpThreading
{
    public static void Run(SsaGraph graph)
    {
        bool folded = false;
        foreach (SsaBlock block in graph.Blocks) folded |= FoldBranch(graph, block);
        // A loop that nothing enters any more would be joined with itself, and its parameters be their own values.
        if (folded) ControlFlow.Order(graph);
        foreach (SsaBlock block in graph.Blocks)
            foreach (SsaEdge edge in block.Successors) Thread(graph, edge);
        foreach (SsaBlock block in graph.Blocks) Join(graph, block);
    }

    private static bool FoldBranch(SsaGraph graph, SsaBlock block)
    {
        int taken;
        switch (block.Terminator.Op)
        {
            case SsaOp.Branch when block.Terminator.Args[0] is { IsConst: true } c:
                taken = c.Imm != 0 ? 0 : 1;
                break;
            case SsaOp.Branch when SameEdges(block.Successors[0], block.Successors[1]):
                taken = 0;
                break;
            case SsaOp.Switch when block.Terminator.Args[0] is { IsConst: true } c:
                taken = Array.IndexOf((long[])block.Terminator.Aux!, c.Imm) + 1;
                break;
            default:
                return false;
        }

        for (int i = 0; i < block.Successors.Length; i++)
            if (i != taken) block.Successors[i].To.Predecessors.Remove(block.Successors[i]);
        block.Successors = [block.Successors[taken]];
        SsaNode jump = graph.NewNode(SsaOp.Jump, ValueKind.None);
        jump.Block = block;
        jump.Source = block.Terminator.Source;
        block.Terminator = jump;
        return true;
    }

    private static bool SameEdges(SsaEdge a, SsaEdge b) => a.To == b.To && a.Args.AsSpan().SequenceEqual(b.Args);

    private static void Thread(SsaGraph graph, SsaEdge edge)
    {
        // A chain of empty blocks may be a loop; its length bounds the walk.
        for (int steps = 0; steps < 64 && !edge.IsExceptional; steps++)
        {
            SsaBlock via = edge.To;
            if (via == graph.Entry || via.Nodes.Count > 0 || via.Terminator.Op != SsaOp.Jump || via.Successors[0].To == via || !ParamsStayInside(via)) return;
            SsaEdge onward = via.Successors[0];
            via.Predecessors.Remove(edge);
            edge.To.Predecessors.Remove(edge);
            edge.Args = Array.ConvertAll(onward.Args, a => Substitute(a, via, edge.Args));
            edge.To = onward.To;
            edge.To.Predecessors.Add(edge);
        }
    }

    private static SsaNode Substitute(SsaNode arg, SsaBlock via, SsaNode[] args)
    {
        int index = arg.Op == SsaOp.Param && arg.Block == via ? via.Params.IndexOf(arg) : -1;
        return index < 0 ? arg : args[index];
    }

    /// <summary>Whether the block's parameters are used by its own jump alone: a use elsewhere needs the block to stay.</summary>
    private static bool ParamsStayInside(SsaBlock block)
    {
        foreach (SsaNode param in block.Params)
        {
            int uses = 0;
            foreach (SsaNode arg in block.Successors[0].Args)
                if (arg == param) uses++;
            if (uses != param.UseCount) return false;
        }

        return true;
    }

    private static void Join(SsaGraph graph, SsaBlock block)
    {
        while (block.Terminator.Op == SsaOp.Jump && block.Successors[0].To is var next && next.Predecessors.Count == 1 && next != block && next != graph.Entry && !next.IsLanding)
        {
            for (int i = 0; i < next.Params.Count; i++) next.Params[i].Forward = block.Successors[0].Args[i];
            foreach (SsaNode node in next.Nodes) SsaGraph.Append(block, node);
            next.Nodes.Clear();
            next.Params.Clear();
            block.Terminator = next.Terminator;
            block.Terminator.Block = block;
            block.Successors = next.Successors;
            block.IsCold |= next.IsCold;
            foreach (SsaEdge edge in block.Successors) edge.From = block;
            next.Predecessors.Clear();
            next.Successors = [];
            next.Terminator = graph.NewNode(SsaOp.Unreachable, ValueKind.None);
        }
    }
}
