namespace Mu.Core.Compiler.Ssa;

/// <summary>Reverse postorder, dominators and loops.</summary>
internal static class ControlFlow
{
    /// <summary>Drops unreachable blocks, puts the others in reverse postorder, and finds dominators and loops.</summary>
    public static void Order(SsaGraph graph)
    {
        foreach (SsaBlock block in graph.Blocks) block.Order = -1;
        var postorder = new List<SsaBlock>(graph.Blocks.Count);
        Visit(graph.Entry, postorder);
        postorder.Reverse();
        graph.Blocks.Clear();
        graph.Blocks.AddRange(postorder);
        for (int i = 0; i < postorder.Count; i++) postorder[i].Order = i;
        foreach (SsaBlock block in postorder)
        {
            block.Predecessors.RemoveAll(e => e.From.Order < 0);
            block.Dominated.Clear();
            block.Dominator = null;
            block.LoopHeader = null;
            block.LoopBody = null;
            block.LoopDepth = 0;
        }

        FindDominators(graph);
        FindLoops(graph);
        foreach (SsaBlock block in postorder) block.LoopDepth = Math.Max(block.LoopDepth, block.CopiedDepth);
    }

    private static void Visit(SsaBlock entry, List<SsaBlock> postorder)
    {
        var stack = new Stack<(SsaBlock Block, int Next)>();
        entry.Order = 0;
        stack.Push((entry, 0));
        while (stack.TryPop(out (SsaBlock Block, int Next) top))
        {
            // Successors from last to first, so that the first one (the normal one) follows its block in reverse postorder.
            if (top.Next == top.Block.Successors.Length)
            {
                postorder.Add(top.Block);
                continue;
            }

            stack.Push((top.Block, top.Next + 1));
            SsaBlock next = top.Block.Successors[^(top.Next + 1)].To;
            if (next.Order >= 0) continue;
            next.Order = 0;
            stack.Push((next, 0));
        }
    }

    /// <summary>
    /// Cooper, Harvey and Kennedy, "A simple, fast dominance algorithm" (2001). Predecessors from the last one on, which mostly is the deepest: the join behind a long chain of conditions meets the chain's
    /// blocks one by one then, instead of walking up the whole chain from each.
    /// </summary>
    private static void FindDominators(SsaGraph graph)
    {
        List<SsaBlock> blocks = graph.Blocks;
        blocks[0].Dominator = blocks[0];
        bool changed = true;
        while (changed)
        {
            changed = false;
            for (int i = 1; i < blocks.Count; i++)
            {
                SsaBlock? best = null;
                List<SsaEdge> predecessors = blocks[i].Predecessors;
                for (int k = predecessors.Count - 1; k >= 0; k--)
                    if (predecessors[k].From is { Dominator: not null } from) best = best is null ? from : Intersect(best, from);
                if (best == blocks[i].Dominator) continue;
                blocks[i].Dominator = best;
                changed = true;
            }
        }

        blocks[0].Dominator = null;
        blocks[0].DominatorDepth = 0;
        for (int i = 1; i < blocks.Count; i++)
        {
            blocks[i].Dominator!.Dominated.Add(blocks[i]);
            blocks[i].DominatorDepth = blocks[i].Dominator!.DominatorDepth + 1;
        }
    }

    private static SsaBlock Intersect(SsaBlock a, SsaBlock b)
    {
        while (a != b)
        {
            while (a.Order > b.Order) a = a.Dominator!;
            while (b.Order > a.Order) b = b.Dominator!;
        }

        return a;
    }

    public static bool Dominates(SsaBlock a, SsaBlock b)
    {
        while (b.DominatorDepth > a.DominatorDepth) b = b.Dominator!;
        return a == b;
    }

    /// <summary>Natural loops, inner ones first, so that a block keeps the innermost header.</summary>
    private static void FindLoops(SsaGraph graph)
    {
        var work = new Stack<SsaBlock>();
        for (int i = graph.Blocks.Count - 1; i >= 0; i--)
        {
            SsaBlock header = graph.Blocks[i];
            foreach (SsaEdge edge in header.Predecessors)
                if (edge.From.Order >= i && Dominates(header, edge.From)) work.Push(edge.From);
            if (work.Count == 0) continue;
            CollectLoop(header, work);
        }
    }

    /// <summary>Walks backward from the latches. Loops inside are already known; the walk passes over them by their headers.</summary>
    private static void CollectLoop(SsaBlock header, Stack<SsaBlock> work)
    {
        var body = new List<SsaBlock> { header };
        var seen = new HashSet<SsaBlock> { header };
        while (work.TryPop(out SsaBlock? block))
        {
            if (!seen.Add(block)) continue;
            body.Add(block);
            foreach (SsaEdge edge in block.Predecessors) work.Push(edge.From);
        }

        header.LoopBody = body;
        foreach (SsaBlock block in body)
        {
            block.LoopDepth++;
            block.LoopHeader ??= header;
        }
    }

    /// <summary>Whether control may go around: the target comes no later than the source in reverse postorder.</summary>
    public static bool IsBackEdge(SsaEdge edge) => edge.To.Order <= edge.From.Order;
}
