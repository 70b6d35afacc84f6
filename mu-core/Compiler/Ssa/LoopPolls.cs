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
            block.Nodes.Insert(block.IsLanding ? 1 : 0, poll);
        }
    }

    private static bool HasBackEdge(SsaBlock block)
    {
        foreach (SsaEdge edge in block.Predecessors)
            if (ControlFlow.IsBackEdge(edge)) return true;
        return false;
    }
}
