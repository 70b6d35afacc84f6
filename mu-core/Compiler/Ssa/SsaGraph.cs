using Mu.Core.IR;

namespace Mu.Core.Compiler.Ssa;

/// <summary>The graph of one function version: blocks in goto-with-values form whose nodes may use any node of a dominating block.</summary>
internal sealed class SsaGraph(FunctionVersion version)
{
    private readonly ConstantTable constants = new();
    private int nodeCount;
    private int blockCount;

    public FunctionVersion Version { get; } = version;

    /// <summary>The blocks; the entry first. In reverse postorder after <see cref="ControlFlow"/>.</summary>
    public List<SsaBlock> Blocks { get; } = [];

    public SsaBlock Entry => Blocks[0];

    /// <summary>Upper bound of node numbers.</summary>
    public int NodeCount => nodeCount;

    public int BlockCount => blockCount;

    public SsaBlock NewBlock(bool cold = false)
    {
        var block = new SsaBlock { Id = blockCount++, IsCold = cold };
        Blocks.Add(block);
        return block;
    }

    public SsaNode NewNode(SsaOp op, ValueKind kind, params SsaNode[] args) => new() { Id = nodeCount++, Op = op, Kind = kind, Args = args };

    public SsaNode Constant(ValueKind kind, long value) => constants.Intern(this, SsaOp.Const, kind, value, null);

    public SsaNode FloatConstant(ValueKind kind, long bits) => constants.Intern(this, SsaOp.FloatConst, kind, bits, null);

    public SsaNode VectorConstant(UInt128 value) => constants.Intern(this, SsaOp.VectorConst, ValueKind.V128, 0, value);

    public SsaNode Symbol(object entity, ValueKind kind) => constants.Intern(this, SsaOp.Symbol, kind, 0, entity);

    public SsaNode AddParam(SsaBlock block, ValueKind kind)
    {
        SsaNode node = NewNode(SsaOp.Param, kind);
        node.Block = block;
        block.Params.Add(node);
        return node;
    }

    public static SsaNode Append(SsaBlock block, SsaNode node)
    {
        node.Block = block;
        block.Nodes.Add(node);
        return node;
    }

    /// <summary>Ends a block.</summary>
    public static void Terminate(SsaBlock block, SsaNode terminator, params SsaEdge[] edges)
    {
        terminator.Block = block;
        block.Terminator = terminator;
        block.Successors = edges;
        foreach (SsaEdge edge in edges) edge.To.Predecessors.Add(edge);
    }

    /// <summary>One node for each constant of the function.</summary>
    private sealed class ConstantTable
    {
        private readonly Dictionary<(SsaOp, ValueKind, long, object?), SsaNode> table = [];

        public SsaNode Intern(SsaGraph graph, SsaOp op, ValueKind kind, long value, object? entity)
        {
            if (table.TryGetValue((op, kind, value, entity), out SsaNode? node)) return node;
            node = graph.NewNode(op, kind);
            node.Imm = value;
            node.Aux = entity;
            table.Add((op, kind, value, entity), node);
            return node;
        }
    }
}
