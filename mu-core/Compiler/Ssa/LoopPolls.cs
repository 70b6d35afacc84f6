namespace Mu.Core.Compiler.Ssa;

/// <summary>Puts a safepoint poll at the start of every loop, so that a running thread can be stopped. A loop header that is a landing or whose loop always calls has one all the same.</summary>
internal static class LoopPolls
{
    public static void Insert(SsaGraph graph)
    {
        foreach (SsaBlock block in graph.Blocks)
        {
            if (!HasBackEdge(block)) continue;
            SsaNode poll = graph.NewNode(SsaOp.Poll, ValueKind.None);
            poll.Block = block;
            poll.Imm = SourceTagOf(block);
            block.Nodes.Insert(block.IsLanding ? 1 : 0, poll);
        }
    }

    /// <summary>Where a loop is in the client's source: what the first of its nodes that comes from an instruction says.</summary>
    private static int SourceTagOf(SsaBlock block)
    {
        foreach (SsaNode node in block.Nodes)
            if (node.Source is { SourceTag: not 0 and var tag }) return tag;
        return block.Terminator.Source?.SourceTag ?? 0;
    }

    private static bool HasBackEdge(SsaBlock block)
    {
        foreach (SsaEdge edge in block.Predecessors)
            if (ControlFlow.IsBackEdge(edge)) return true;
        return false;
    }
}
