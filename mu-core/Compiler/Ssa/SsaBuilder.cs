using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Compiler.Ssa;

/// <summary>
/// Builds the graph from Mu IR. IR values are local to their blocks, so that a block of IR is translated by itself; what its parameters really are is found
/// out afterwards (<see cref="RedundantParameters"/>).
/// </summary>
internal sealed partial class SsaBuilder
{
    private readonly SsaGraph graph;
    private readonly ICompilationEnvironment environment;
    private readonly SsaBlock[] blocks;
    /// <summary>The scalars of IR values; a value's Slot is the index of its first one.</summary>
    private readonly List<SsaNode> scalars = [];
    private SsaBlock current = null!;
    private Instruction? source;

    private SsaBuilder(FunctionVersion version, ICompilationEnvironment environment)
    {
        graph = new SsaGraph(version);
        this.environment = environment;
        blocks = new SsaBlock[version.Blocks.Count];
    }

    public static SsaGraph Build(FunctionVersion version, ICompilationEnvironment environment)
    {
        var builder = new SsaBuilder(version, environment);
        SsaBlock? before = IsBranchedTo(version.Blocks[0]) ? builder.graph.NewBlock() : null;
        builder.MakeBlocks(hasEntry: before is not null);
        if (before is not null) builder.EnterLoop(before);
        for (int i = 0; i < version.Blocks.Count; i++) builder.Translate(version.Blocks[i], builder.blocks[i]);
        return builder.graph;
    }

    private void MakeBlocks(bool hasEntry)
    {
        List<BasicBlock> irBlocks = graph.Version.Blocks;
        for (int i = 0; i < blocks.Length; i++)
        {
            irBlocks[i].Slot = i;
            SsaBlock block = blocks[i] = graph.NewBlock(irBlocks[i].IsCold);
            block.Unit = i;
            // The function's own parameters come as the calling convention has them.
            foreach (BlockParameter parameter in irBlocks[i].Parameters) AddParams(block, parameter, mayPack: i > 0 || hasEntry);
            if (irBlocks[i].ExceptionParameter is { } exception) AddParams(block, exception, mayPack: false);
        }
    }

    private static bool IsBranchedTo(BasicBlock entry) =>
        entry.Version.Blocks.Exists(block => block.Terminator is { } end && Array.Exists(end.Destinations, destination => destination.Target == entry));

    /// <summary>The graph's entry has no predecessors, since its parameters are where the caller has put them: an entry that is branched to gets a block before it.</summary>
    private void EnterLoop(SsaBlock before)
    {
        before.Unit = UnitCopier.NoUnit;
        current = before;
        var arguments = new List<SsaNode>();
        foreach (BlockParameter parameter in graph.Version.Blocks[0].Parameters)
        {
            var kinds = new List<ValueKind>();
            Scalars.AddKinds(parameter.Type, kinds);
            List<SsaNode> parts = kinds.ConvertAll(kind => graph.AddParam(before, kind));
            arguments.AddRange(VectorShape.Of(parameter.Type) is { } shape ? Pack(parts, shape) : parts);
        }

        SsaGraph.Terminate(before, graph.NewNode(SsaOp.Jump, ValueKind.None), new SsaEdge(before, blocks[0], [.. arguments]));
    }

    private void AddParams(SsaBlock block, BlockParameter parameter, bool mayPack)
    {
        parameter.Slot = scalars.Count;
        if (parameter.Type.IsWord)
        {
            scalars.Add(graph.AddParam(block, Scalars.KindOf(parameter.Type)));
            return;
        }

        if (mayPack && VectorShape.Of(parameter.Type) is { } shape)
        {
            var chunks = new SsaNode[shape.Chunks];
            for (int c = 0; c < chunks.Length; c++) chunks[c] = graph.AddParam(block, ValueKind.V128);
            SetPacked(parameter, shape.LaneBytes, chunks);
            return;
        }

        var kinds = new List<ValueKind>();
        Scalars.AddKinds(parameter.Type, kinds);
        foreach (ValueKind kind in kinds) scalars.Add(graph.AddParam(block, kind));
    }

    private void Translate(BasicBlock irBlock, SsaBlock block)
    {
        current = block;
        foreach (Instruction instruction in irBlock.Instructions)
        {
            source = instruction;
            Translate(instruction);
        }
    }

    private void Translate(Instruction instruction)
    {
        switch (instruction)
        {
            case BinaryInstruction i: TranslateBinary(i); break;
            case CompareInstruction i: TranslateCompare(i); break;
            case ConvertInstruction i: TranslateConvert(i); break;
            case SelectInstruction i: TranslateSelect(i); break;
            case ExtractValueInstruction or InsertValueInstruction or ExtractElementInstruction or InsertElementInstruction or ShuffleVectorInstruction: TranslateAggregate(instruction); break;
            case BranchInstruction i: Jump(i.Destinations[0]); break;
            case Branch2Instruction i: TranslateBranch(i); break;
            case SwitchInstruction i: TranslateSwitch(i); break;
            case CallInstruction or TailCallInstruction or ReturnInstruction or ThrowInstruction or TrapInstruction or CCallInstruction
                or SwapStackInstruction or NewThreadInstruction: TranslateControl(instruction); break;
            case CommonInstruction i: TranslateCommon(i); break;
            case WatchpointBranchInstruction i: WatchpointBranch(i.WatchpointId, Edge(i.Destinations[0]), Edge(i.Destinations[1])); break;
            case WatchpointInstruction i: TranslateWatchpoint(i); break;
            default: TranslateMemory(instruction); break;
        }
    }

    // Values

    private SsaNode Get(Value value) => value is LocalValue local ? scalars[local.Slot] : GlobalNode((GlobalValue)value);

    private void GetAll(Value value, List<SsaNode> into)
    {
        if (value is LocalValue local)
        {
            if (GetUnpacked(local, into)) return;
            int n = Scalars.Count(value.Type);
            for (int i = 0; i < n; i++) into.Add(scalars[local.Slot + i]);
        }
        else if (value is CompositeConstant composite)
        {
            foreach (GlobalValue element in composite.Elements) GetAll(element, into);
        }
        else if (value is IntConstant { Type.IsWideInt: true } wide)
        {
            into.Add(Const64((long)wide.Value));
            into.Add(Const64((long)wide.High));
        }
        else
        {
            into.Add(GlobalNode((GlobalValue)value));
        }
    }

    private List<SsaNode> PartsOf(Value value)
    {
        var parts = new List<SsaNode>();
        GetAll(value, parts);
        return parts;
    }

    private SsaNode[] GetAll(ReadOnlySpan<Value> values)
    {
        var nodes = new List<SsaNode>(values.Length);
        foreach (Value value in values) GetAll(value, nodes);
        return [.. nodes];
    }

    private SsaNode GlobalNode(GlobalValue value) => value switch
    {
        IntConstant c => c.Type is IntType t ? graph.Constant(Scalars.KindOf(t), new IntShape(t.Bits).Encode(c.Value)) : graph.Constant(ValueKind.I64, (long)c.Value),
        DoubleConstant c => graph.FloatConstant(ValueKind.F64, BitConverter.DoubleToInt64Bits(c.Value)),
        FloatConstant c => graph.FloatConstant(ValueKind.F32, BitConverter.SingleToUInt32Bits(c.Value)),
        NullConstant c => graph.Constant(Scalars.KindOf(c.Type), 0),
        TagRefConstant c => graph.Constant(ValueKind.Tag, (long)c.Word),
        Function or GlobalCell or ExternConstant or ExposedFunction => graph.Symbol(value, ValueKind.I64),
        _ => throw new NotSupportedException($"constant {value} is not supported by the code generator"),
    };

    private void Set(LocalValue result, SsaNode node)
    {
        result.Slot = scalars.Count;
        scalars.Add(node);
    }

    private void Set(LocalValue result, List<SsaNode> nodes)
    {
        result.Slot = scalars.Count;
        scalars.AddRange(nodes);
    }

    // Nodes

    private SsaNode Emit(SsaNode node)
    {
        node.Source = source;
        return SsaGraph.Append(current, node);
    }

    private SsaNode Emit(SsaOp op, ValueKind kind, params SsaNode[] args) => Emit(graph.NewNode(op, kind, args));

    /// <summary>An integer operation of a width.</summary>
    private SsaNode EmitInt(SsaOp op, byte width, SsaNode a, SsaNode b)
    {
        SsaNode node = graph.NewNode(op, width == 64 ? ValueKind.I64 : ValueKind.I32, a, b);
        node.Width = width;
        return Emit(node);
    }

    private SsaNode EmitInt64(SsaOp op, SsaNode a, long b) => EmitInt(op, 64, a, Const64(b));

    private SsaNode EmitExtend(SsaOp op, SsaNode value, int bits)
    {
        if (bits >= 64) return value;
        SsaNode node = graph.NewNode(op, ValueKind.I64, value);
        node.Imm = bits;
        node.Width = 64;
        return Emit(node);
    }

    private SsaNode EmitCmp(Cond cond, byte width, SsaNode a, SsaNode b)
    {
        SsaNode node = graph.NewNode(SsaOp.Cmp, ValueKind.Bool, a, b);
        node.Cond = cond;
        node.Width = width;
        return Emit(node);
    }

    private SsaNode EmitSelect(SsaNode condition, SsaNode ifTrue, SsaNode ifFalse) => Emit(SsaOp.Select, Join(ifTrue, ifFalse), condition, ifTrue, ifFalse);

    /// <summary>
    /// The kind of a choice. An internal reference to the beginning of an object is the node of the object's reference, and one to memory of the frame is a number: next to any other, it is an
    /// internal reference to the collector.
    /// </summary>
    private static ValueKind Join(SsaNode a, SsaNode b)
    {
        if (a.Kind == b.Kind || IsNull(b)) return a.Kind;
        if (IsNull(a)) return b.Kind;
        return IsAddress(a.Kind) || IsAddress(b.Kind) ? ValueKind.IRef : a.Kind;
    }

    private static bool IsNull(SsaNode node) => node is { IsConst: true, Imm: 0 };

    private static bool IsAddress(ValueKind kind) => kind is ValueKind.Ref or ValueKind.IRef;

    private SsaNode Const64(long value) => graph.Constant(ValueKind.I64, value);

    private SsaNode Const32(int value) => graph.Constant(ValueKind.I32, value);

    // Edges

    private SsaEdge Edge(Destination destination, SsaNode? exception = null)
    {
        var args = new List<SsaNode>(destination.Arguments.Length + 1);
        foreach (Value argument in destination.Arguments)
            if (VectorShape.Of(argument.Type) is { } shape) args.AddRange(ChunksOf(argument, shape));
            else GetAll(argument, args);
        if (destination.Target.ExceptionParameter is not null) args.Add(exception ?? graph.Constant(ValueKind.Ref, 0));
        return new SsaEdge(current, blocks[destination.Target.Slot], [.. args]);
    }

    private SsaNode Terminator(SsaOp op, params SsaNode[] args)
    {
        SsaNode node = graph.NewNode(op, ValueKind.None, args);
        node.Source = source;
        return node;
    }

    private void Jump(Destination destination, SsaNode? exception = null) =>
        SsaGraph.Terminate(current, Terminator(SsaOp.Jump), Edge(destination, exception));

    /// <summary>A further block of what comes from the IR block at hand.</summary>
    private SsaBlock NewPart(bool cold)
    {
        SsaBlock block = graph.NewBlock(cold);
        block.Unit = current.Unit;
        return block;
    }

    /// <summary>Splits the current block: goes to a new cold block when the condition is 1, else on in a new block, which becomes the current one.</summary>
    private SsaBlock BranchToCold(SsaNode condition)
    {
        SsaBlock cold = NewPart(cold: true), next = NewPart(current.IsCold);
        SsaGraph.Terminate(current, Terminator(SsaOp.Branch, condition), new SsaEdge(current, cold, SsaNode.None), new SsaEdge(current, next, SsaNode.None));
        current = next;
        return cold;
    }

    /// <summary>Goes to the instruction's exceptional destination with NULL when the condition is 1; throws NULL if it has none.</summary>
    private void FailWithNull(SsaNode condition, Instruction instruction)
    {
        SsaBlock cold = BranchToCold(condition), next = current;
        current = cold;
        if (instruction.ExceptionalDestination is { } destination) Jump(destination);
        else SsaGraph.Terminate(current, Terminator(SsaOp.Throw, graph.Constant(ValueKind.Ref, 0)));
        current = next;
    }

    /// <summary>Goes on at the normal destination of an instruction that ends its block by an EXC clause.</summary>
    private void GoOn(Instruction instruction)
    {
        if (instruction.NormalDestination is { } destination) Jump(destination);
    }
}
