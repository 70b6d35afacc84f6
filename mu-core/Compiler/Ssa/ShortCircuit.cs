using Mu.Core.Types;

namespace Mu.Core.Compiler.Ssa;

/// <summary>
/// A branch on a conjunction or disjunction becomes two branches, each of which fuses with its comparison; computed as a word, the condition would need both outcomes as words first.
/// The test for a double, "neither integer nor reference", becomes the test for an exponent that no box has, and a second one behind it for infinities and NaN.
/// </summary>
internal sealed class ShortCircuit
{
    /// <summary>The exponent bits of a box (Types/TagRef64.cs): all ones in integers, references, infinities and NaN.</summary>
    private const long ExponentBits = 0xFFE;

    /// <summary>Where infinities and NaN have zeros, and integers or references do not.</summary>
    private const long BoxBits = 0x2001;

    private readonly SsaGraph graph;

    private ShortCircuit(SsaGraph graph) => this.graph = graph;

    public static void Run(SsaGraph graph)
    {
        var pass = new ShortCircuit(graph);
        for (int i = 0; i < graph.Blocks.Count; i++) pass.Split(graph.Blocks[i]);
        DeadCode.Remove(graph);
        ControlFlow.Order(graph);
    }

    /// <summary>Splits until the block's branch is a plain one; the blocks that this makes come up later.</summary>
    private void Split(SsaBlock block)
    {
        while (block.Terminator.Op == SsaOp.Branch)
        {
            SsaNode condition = block.Terminator.Args[0];
            if (condition.Kind != ValueKind.Bool || condition.Args.Length != 2) return;
            SsaNode a = condition.Args[0], b = condition.Args[1];
            if (condition.Op == SsaOp.Xor && b.IsConstOf(1)) Exchange(block, a);
            else if (condition.Op == SsaOp.And && IsDoubleTest(a, b)) SplitDoubleTest(block, a.Args[0].Args[0]);
            else if (condition.Op == SsaOp.And && AreConditions(a, b)) SplitBranch(block, a, b, decided: 1);
            else if (condition.Op == SsaOp.Or && AreConditions(a, b)) SplitBranch(block, a, b, decided: 0);
            else return;
        }
    }

    private static bool AreConditions(SsaNode a, SsaNode b) => a.Kind == ValueKind.Bool && b.Kind == ValueKind.Bool;

    private static void Exchange(SsaBlock block, SsaNode opposite)
    {
        block.Terminator.Args[0] = opposite;
        (block.Successors[0], block.Successors[1]) = (block.Successors[1], block.Successors[0]);
    }

    /// <summary>Edge <paramref name="decided"/> (0: true, 1: false) is taken when the first condition says so, else the second decides.</summary>
    private void SplitBranch(SsaBlock block, SsaNode first, SsaNode second, int decided)
    {
        SsaBlock more = graph.NewBlock(block.IsCold);
        MoveBranch(block, more, second);
        block.Terminator = NewBranch(block, first);
        SsaEdge[] edges = new SsaEdge[2];
        edges[decided] = CopyOf(more.Successors[decided], block);
        edges[1 - decided] = new SsaEdge(block, more, SsaNode.None);
        Connect(block, edges);
    }

    private static bool IsDoubleTest(SsaNode a, SsaNode b) =>
        a is { Op: SsaOp.Xor } && b is { Op: SsaOp.Xor } && a.Args[1].IsConstOf(1) && b.Args[1].IsConstOf(1)
        && (a.Args[0].Op, b.Args[0].Op) is (SsaOp.TagIsInt, SsaOp.TagIsRef) or (SsaOp.TagIsRef, SsaOp.TagIsInt) && a.Args[0].Args[0] == b.Args[0].Args[0];

    private void SplitDoubleTest(SsaBlock block, SsaNode value)
    {
        SsaBlock rest = graph.NewBlock(cold: true);
        MoveBranch(block, rest, Test(rest, Cond.Eq, Int32(rest, SsaOp.And, value, BoxBits)));
        // Two more than all ones in bits 1 to 11 are zeros there.
        block.Terminator = NewBranch(block, Test(block, Cond.Ne, Int32(block, SsaOp.And, Int32(block, SsaOp.Add, value, 2), ExponentBits)));
        Connect(block, CopyOf(rest.Successors[0], block), new SsaEdge(block, rest, SsaNode.None));
    }

    private SsaNode Int32(SsaBlock block, SsaOp op, SsaNode value, long constant)
    {
        SsaNode node = graph.NewNode(op, ValueKind.I32, value, graph.Constant(ValueKind.I32, constant));
        node.Width = 32;
        return SsaGraph.Append(block, node);
    }

    private SsaNode Test(SsaBlock block, Cond cond, SsaNode value)
    {
        SsaNode node = graph.NewNode(SsaOp.Cmp, ValueKind.Bool, value, graph.Constant(ValueKind.I32, 0));
        node.Width = 32;
        node.Cond = cond;
        return SsaGraph.Append(block, node);
    }

    /// <summary>Gives the block's edges to another one, under another condition.</summary>
    private void MoveBranch(SsaBlock from, SsaBlock to, SsaNode condition)
    {
        to.Terminator = NewBranch(to, condition);
        to.Terminator.Source = from.Terminator.Source;
        to.Successors = from.Successors;
        foreach (SsaEdge edge in to.Successors) edge.From = to;
    }

    private SsaNode NewBranch(SsaBlock block, SsaNode condition)
    {
        SsaNode branch = graph.NewNode(SsaOp.Branch, ValueKind.None, condition);
        branch.Block = block;
        return branch;
    }

    private static SsaEdge CopyOf(SsaEdge edge, SsaBlock from) => new(from, edge.To, (SsaNode[])edge.Args.Clone());

    private static void Connect(SsaBlock block, params SsaEdge[] edges)
    {
        block.Successors = edges;
        foreach (SsaEdge edge in edges) edge.To.Predecessors.Add(edge);
    }
}
