namespace Mu.Core.Compiler.Ssa;

/// <summary>
/// Tests of one integer for equality with one constant after the other, with nothing between them, become one SWITCH: the way that languages without a switch write an interpreter's dispatch.
/// (As RPython's translator/backendopt/merge_if_blocks.py does, and LLVM's SimplifyCFG.)
/// </summary>
internal static class SwitchFormation
{
    /// <summary>Tests below which a chain stays one: it has the likely case first, and a jump through a table costs as much as three well predicted branches.</summary>
    private const int FewestTests = 5;

    private readonly record struct Test(SsaNode Value, byte Width, long Key, SsaEdge Equal, SsaEdge Other);

    public static void Run(SsaGraph graph)
    {
        bool changed = false;
        foreach (SsaBlock block in graph.Blocks) changed |= Form(graph, block);
        if (!changed) return;
        ControlFlow.Order(graph);
        DeadCode.Remove(graph);
    }

    private static bool Form(SsaGraph graph, SsaBlock head)
    {
        if (TestOf(head) is not { } first) return false;
        var keys = new List<long> { first.Key };
        var edges = new List<SsaEdge> { first.Equal };
        SsaEdge other = first.Other;
        while (NextTest(head, other) is { } test && test.Value == first.Value && test.Width == first.Width && !keys.Contains(test.Key))
        {
            keys.Add(test.Key);
            edges.Add(test.Equal);
            other = test.Other;
        }

        if (keys.Count < FewestTests) return false;
        edges.Insert(0, other);
        Replace(graph, head, first, [.. keys], edges);
        return true;
    }

    private static Test? TestOf(SsaBlock block)
    {
        if (block.Terminator is not { Op: SsaOp.Branch, Args: [{ Op: SsaOp.Cmp, Cond: Cond.Eq or Cond.Ne } compare] }) return null;
        if (compare.Args[0] is not { IsConst: false, Kind: ValueKind.I32 or ValueKind.I64 } value || !compare.Args[1].IsConst) return null;
        long key = compare.Is64 ? compare.Args[1].Imm : (uint)compare.Args[1].Imm;
        int equal = compare.Cond == Cond.Eq ? 0 : 1;
        return new(value, compare.Width, key, block.Successors[equal], block.Successors[1 - equal]);
    }

    /// <summary>The test that an edge leads to, in a block that has nothing else. Others may lead there too: they go on doing so.</summary>
    private static Test? NextTest(SsaBlock head, SsaEdge edge)
    {
        SsaBlock block = edge.To;
        if (block == head || block.IsCold != head.IsCold || block.IsLoopHeader || block.Params.Count > 0) return null;
        return TestOf(block) is { } test && block.Nodes.TrueForAll(n => n == block.Terminator.Args[0] && n.UseCount == 1) ? test : null;
    }

    private static void Replace(SsaGraph graph, SsaBlock head, Test first, long[] keys, List<SsaEdge> edges)
    {
        SsaNode value = first.Value;
        if (first.Width == 32)
        {
            value = graph.NewNode(SsaOp.Zext, ValueKind.I64, value);
            (value.Imm, value.Width) = (32, 64);
            SsaGraph.Append(head, value);
        }

        foreach (SsaEdge edge in head.Successors) edge.To.Predecessors.Remove(edge);
        SsaNode node = graph.NewNode(SsaOp.Switch, ValueKind.None, value);
        (node.Aux, node.Source) = (keys, head.Terminator.Source);
        SsaGraph.Terminate(head, node, [.. edges.Select(e => new SsaEdge(head, e.To, [.. e.Args]))]);
    }
}
