namespace Mu.Core.Compiler.Ssa;

/// <summary>Gives every edge from a block with several successors to one with several predecessors a block of its own, where values can be moved.</summary>
internal static class CriticalEdges
{
    public static void Split(SsaGraph graph)
    {
        int count = graph.Blocks.Count;
        for (int i = 0; i < count; i++)
        {
            SsaBlock block = graph.Blocks[i];
            if (block.Successors.Length < 2) continue;
            foreach (SsaEdge edge in block.Successors)
                if (edge.To.Predecessors.Count > 1 || edge.To == graph.Entry) SplitEdge(graph, edge);
        }
    }

    private static void SplitEdge(SsaGraph graph, SsaEdge edge)
    {
        SsaBlock target = edge.To, middle = graph.NewBlock(edge.From.IsCold || target.IsCold);
        target.Predecessors.Remove(edge);
        SsaNode jump = graph.NewNode(SsaOp.Jump, ValueKind.None);
        SsaGraph.Terminate(middle, jump, new SsaEdge(middle, target, edge.Args));
        edge.To = middle;
        edge.Args = SsaNode.None;
        middle.Predecessors.Add(edge);
    }
}
