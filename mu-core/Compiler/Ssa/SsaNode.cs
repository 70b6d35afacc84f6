using Mu.Core.IR;

namespace Mu.Core.Compiler.Ssa;

/// <summary>A value or an effect. What <see cref="Imm"/>, <see cref="Width"/>, <see cref="Cond"/> and <see cref="Aux"/> mean stands at the operation.</summary>
internal sealed class SsaNode
{
    public static readonly SsaNode[] None = [];

    public int Id;
    public SsaOp Op;
    public ValueKind Kind;
    /// <summary>32 or 64 for integer operations; bytes for memory accesses.</summary>
    public byte Width;
    /// <summary>A condition, an order or an operation code.</summary>
    public byte Code;
    /// <summary>Scale of a Lea's index.</summary>
    public byte Scale;
    /// <summary>Of a Load or Store: where in its object the location is.</summary>
    public ObjectPart Part;
    public long Imm;
    public SsaNode[] Args = None;
    /// <summary>Values that introspection can read while the frame stops here.</summary>
    public SsaNode[] KeepAlives = None;
    public object? Aux;
    public SsaBlock? Block;
    /// <summary>The instruction that it comes from, for call sites.</summary>
    public Instruction? Source;
    /// <summary>The node that took this one's place.</summary>
    public SsaNode? Forward;
    public int UseCount;
    /// <summary>Nodes for the results of an operation that has several, by result number; null entries are not used.</summary>
    public SsaNode?[]? Projections;
    /// <summary>For a parameter that is a tagref64: what it is known never to hold.</summary>
    public TagKinds Excluded;
    /// <summary>A number free for the pass that works on the graph at the moment.</summary>
    public int Mark;

    public Cond Cond
    {
        get => (Cond)Code;
        set => Code = (byte)value;
    }

    public bool Is64 => Width == 64;

    public bool IsConst => Op == SsaOp.Const;

    public bool IsConstant => Op is SsaOp.Const or SsaOp.FloatConst or SsaOp.VectorConst or SsaOp.Symbol;

    public bool IsConstOf(long value) => Op == SsaOp.Const && Imm == value;

    public bool IsFloat => Kind is ValueKind.F32 or ValueKind.F64;

    /// <summary>Follows replacements to the node that stands for this one.</summary>
    public SsaNode Resolve()
    {
        SsaNode n = this;
        while (n.Forward is { } next)
        {
            if (next.Forward is { } far) n.Forward = far;
            n = next;
        }
        return n;
    }

    /// <summary>Same arguments, same result, no effect: may be shared, moved and dropped.</summary>
    public bool IsPure => Op is >= SsaOp.Add and <= SsaOp.TagToTag or SsaOp.Lea;

    /// <summary>May be dropped when its result is not used.</summary>
    public bool IsRemovable => IsPure || Op is SsaOp.Load or SsaOp.Context or SsaOp.LoadContext or SsaOp.Proj or SsaOp.Alloca or SsaOp.New;

    public override string ToString() => $"v{Id}";
}

/// <summary>An edge with the values that it passes to the parameters of its target.</summary>
internal sealed class SsaEdge(SsaBlock from, SsaBlock to, SsaNode[] args)
{
    public SsaBlock From = from;
    public SsaBlock To = to;
    public SsaNode[] Args = args;
    /// <summary>The edge to a landing block: taken by the unwinder.</summary>
    public bool IsExceptional;

    /// <summary>Leads the edge to another block with the same parameters.</summary>
    public void Redirect(SsaBlock target)
    {
        To.Predecessors.Remove(this);
        To = target;
        target.Predecessors.Add(this);
    }
}

/// <summary>A basic block.</summary>
internal sealed class SsaBlock
{
    public int Id;
    public readonly List<SsaNode> Params = [];
    public readonly List<SsaNode> Nodes = [];
    public readonly List<SsaEdge> Predecessors = [];
    public SsaEdge[] Successors = [];
    public SsaNode Terminator = null!;
    public bool IsCold;
    /// <summary>Blocks that come from one block of IR have the same number. Before the first clean-up they use values of one another, and no others'.</summary>
    public int Unit;
    /// <summary>Depth of the loop that the block was copied from: a copy of a loop with several entries is in no natural loop, but runs as often.</summary>
    public int CopiedDepth;
    /// <summary>Number in reverse postorder; -1 when unreachable.</summary>
    public int Order = -1;
    public SsaBlock? Dominator;
    public int DominatorDepth;
    public readonly List<SsaBlock> Dominated = [];
    /// <summary>Header of the innermost loop around the block (the block itself for a header).</summary>
    public SsaBlock? LoopHeader;
    public int LoopDepth;
    /// <summary>Of a header: the blocks of its loop, those of inner loops included; none for others.</summary>
    public List<SsaBlock>? LoopBody;

    public bool IsLoopHeader => LoopHeader == this;

    /// <summary>Where an exception lands.</summary>
    public bool IsLanding => Nodes.Count > 0 && Nodes[0].Op == SsaOp.Landing;

    public override string ToString() => $"b{Id}";
}
