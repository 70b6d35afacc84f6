using Mu.Core.Types;

namespace Mu.Core.Compiler.Ssa;

/// <summary>
/// Global value numbering over the dominator tree with simplification on the way (Briggs, Cooper and Simpson, "Value numbering", 1997: dominator-based technique). What a branch
/// has decided is known in the blocks that its edge dominates.
/// </summary>
internal sealed class ValueNumbering
{
    private readonly SsaGraph graph;
    private readonly PureNodeTable table;
    private readonly Facts facts;
    private readonly Simplifier simplifier;
    private readonly KnownMemory memory = new();
    private List<SsaNode> output = [];
    private SsaBlock current = null!;

    private ValueNumbering(SsaGraph graph)
    {
        this.graph = graph;
        table = new PureNodeTable();
        facts = new Facts();
        simplifier = new Simplifier(graph, facts, Emit);
    }

    public static void Run(SsaGraph graph)
    {
        MarkFlagged(graph);
        new ValueNumbering(graph).Walk();
        foreach (SsaBlock block in graph.Blocks) RedundantParameters.ResolveUses(block);
    }

    /// <summary>An operation whose flags are used must stay the operation that it is.</summary>
    private static void MarkFlagged(SsaGraph graph)
    {
        foreach (SsaBlock block in graph.Blocks)
            foreach (SsaNode node in block.Nodes) node.Mark = 0;
        foreach (SsaBlock block in graph.Blocks)
            foreach (SsaNode node in block.Nodes)
                if (node.Op is SsaOp.Overflow or SsaOp.Carry) node.Args[0].Mark = 1;
    }

    private void Walk()
    {
        var stack = new Stack<(SsaBlock Block, int TableMark, int FactMark, int OrderMark)>();
        stack.Push((graph.Entry, -1, -1, -1));
        while (stack.TryPop(out (SsaBlock Block, int TableMark, int FactMark, int OrderMark) top))
        {
            if (top.TableMark >= 0)
            {
                table.Rewind(top.TableMark);
                facts.Rewind(top.FactMark);
                facts.Orders.Rewind(top.OrderMark);
                continue;
            }

            stack.Push((top.Block, table.Count, facts.Count, facts.Orders.Count));
            Visit(top.Block);
            foreach (SsaBlock child in top.Block.Dominated) stack.Push((child, -1, -1, -1));
        }
    }

    private void Visit(SsaBlock block)
    {
        current = block;
        LearnFromEdge(block);
        memory.Enter(block);
        output = new List<SsaNode>(block.Nodes.Count);
        foreach (SsaNode node in block.Nodes)
        {
            Resolve(node.Args);
            Resolve(node.KeepAlives);
            SsaNode? replacement = simplifier.Simplify(node);
            if (replacement is null) replacement = node.IsPure ? table.FindOrAdd(node) : Known(node);
            if (replacement is null || replacement == node) output.Add(node);
            else node.Forward = replacement.Resolve();
        }

        Resolve(block.Terminator.Args);
        Resolve(block.Terminator.KeepAlives);
        simplifier.SimplifyBranch(block);
        memory.Leave(block);
        foreach (SsaEdge edge in block.Successors) Resolve(edge.Args);
        block.Nodes.Clear();
        block.Nodes.AddRange(output);
    }

    private void LearnFromEdge(SsaBlock block)
    {
        if (block.Predecessors.Count != 1) return;
        SsaBlock from = block.Predecessors[0].From;
        if (from.Terminator.Op != SsaOp.Branch || from.Successors[0].To == from.Successors[1].To) return;
        facts.Learn(from.Terminator.Args[0], from.Successors[0].To == block);
    }

    private void Resolve(SsaNode[] args)
    {
        for (int i = 0; i < args.Length; i++)
        {
            SsaNode arg = args[i].Resolve();
            if (arg.Kind == ValueKind.Bool && !arg.IsConst && facts.Known(arg) is { } value) arg = graph.Constant(ValueKind.Bool, value ? 1 : 0);
            args[i] = arg;
        }
    }

    /// <summary>What memory is known to hold. A load of 32 bits clears the upper half of its word, which others may rely on; what was stored need not have it clear.</summary>
    private SsaNode? Known(SsaNode node)
    {
        SsaNode? known = memory.Access(node)?.Resolve();
        if (known is null || node is not { Op: SsaOp.Load, Kind: ValueKind.I32 } || known.Op == SsaOp.Load) return known;
        SsaNode extended = graph.NewNode(SsaOp.Zext, ValueKind.I64, known);
        (extended.Imm, extended.Width, extended.Source) = (32, 64, node.Source);
        return Emit(extended);
    }

    /// <summary>A node that the simplifier makes, before the one that it works on.</summary>
    private SsaNode Emit(SsaNode node)
    {
        node.Block = current;
        if (simplifier.Simplify(node) is { } simpler) return simpler;
        SsaNode known = table.FindOrAdd(node);
        if (known == node) output.Add(node);
        return known;
    }
}

/// <summary>Pure nodes by operation and arguments, with scopes.</summary>
internal sealed class PureNodeTable
{
    private int[] buckets = new int[256];
    private readonly List<(SsaNode Node, int Hash, int Next)> entries = [];

    public int Count => entries.Count;

    public SsaNode FindOrAdd(SsaNode node)
    {
        int hash = Hash(node);
        for (int e = buckets[hash & (buckets.Length - 1)] - 1; e >= 0; e = entries[e].Next)
            if (entries[e].Hash == hash && Same(entries[e].Node, node)) return entries[e].Node;
        if (entries.Count > buckets.Length) Grow();
        ref int bucket = ref buckets[hash & (buckets.Length - 1)];
        entries.Add((node, hash, bucket - 1));
        bucket = entries.Count;
        return node;
    }

    /// <summary>Forgets what was added since the count was <paramref name="count"/>.</summary>
    public void Rewind(int count)
    {
        for (int i = entries.Count - 1; i >= count; i--) buckets[entries[i].Hash & (buckets.Length - 1)] = entries[i].Next + 1;
        entries.RemoveRange(count, entries.Count - count);
    }

    private void Grow()
    {
        buckets = new int[buckets.Length * 4];
        for (int i = 0; i < entries.Count; i++)
        {
            (SsaNode node, int hash, _) = entries[i];
            ref int bucket = ref buckets[hash & (buckets.Length - 1)];
            entries[i] = (node, hash, bucket - 1);
            bucket = i + 1;
        }
    }

    private static int Hash(SsaNode node)
    {
        uint h = ((uint)node.Op << 16) ^ ((uint)node.Kind << 24) ^ ((uint)node.Code << 8) ^ node.Width ^ ((uint)node.Scale << 12) ^ (uint)(node.Imm * 31);
        foreach (SsaNode arg in node.Args) h = (h ^ (uint)arg.Id) * 0x9E3779B1;
        return (int)(h ^ (h >> 15));
    }

    private static bool Same(SsaNode a, SsaNode b) =>
        a.Op == b.Op && a.Kind == b.Kind && a.Width == b.Width && a.Code == b.Code && a.Scale == b.Scale && a.Imm == b.Imm && a.Args.AsSpan().SequenceEqual(b.Args);
}
