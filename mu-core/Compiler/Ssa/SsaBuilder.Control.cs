using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Compiler.Ssa;

/// <summary>Branches, calls and whatever else leaves the function and may come back.</summary>
internal sealed partial class SsaBuilder
{
    private void TranslateBranch(Branch2Instruction i)
    {
        if (i.Condition is IntConstant constant) Jump(i.Destinations[constant.Value != 0 ? 0 : 1]);
        else SsaGraph.Terminate(current, Terminator(SsaOp.Branch, Get(i.Condition)), Edge(i.Destinations[0]), Edge(i.Destinations[1]));
    }

    private void TranslateSwitch(SwitchInstruction i)
    {
        if (i.OperandType.IsWideInt || Array.Exists(i.Keys, k => k is not (IntConstant or NullConstant or TagRefConstant)))
        {
            CompareKeys(i);
            return;
        }

        var shape = IntShape.Of(i.OperandType);
        SsaNode word = ZeroWord(Get(i.Operands[0]), shape);
        var keys = new long[i.Keys.Length];
        for (int k = 0; k < keys.Length; k++)
            keys[k] = i.Keys[k] switch
            {
                IntConstant c => (long)c.Value,
                NullConstant => 0,
                GlobalValue other => (long)((TagRefConstant)other).Word,
            };
        SsaNode node = Terminator(SsaOp.Switch, word);
        node.Aux = keys;
        SsaGraph.Terminate(current, node, Array.ConvertAll(i.Destinations, d => Edge(d)));
    }

    /// <summary>Keys of two words, and keys that are addresses: one comparison after the other.</summary>
    private void CompareKeys(SwitchInstruction i)
    {
        List<SsaNode> value = PartsOf(i.Operands[0]);
        for (int k = 0; k < i.Keys.Length; k++)
        {
            List<SsaNode> key = PartsOf(i.Keys[k]);
            SsaNode isEqual = EmitCmp(Cond.Eq, 64, value[0], key[0]);
            if (key.Count > 1) isEqual = EmitBool(BinaryOp.And, isEqual, EmitCmp(Cond.Eq, 64, value[1], key[1]));
            SsaBlock next = NewPart(current.IsCold);
            SsaEdge found = Edge(i.Destinations[k + 1]);
            SsaGraph.Terminate(current, Terminator(SsaOp.Branch, isEqual), found, new SsaEdge(current, next, SsaNode.None));
            current = next;
        }

        Jump(i.Destinations[0]);
    }

    private void TranslateControl(Instruction instruction)
    {
        switch (instruction)
        {
            case ReturnInstruction:
                End(SsaOp.Return, GetAll(instruction.Operands));
                break;
            case ThrowInstruction i:
                End(SsaOp.Throw, Get(i.Exception));
                break;
            case TailCallInstruction:
                End(SsaOp.TailCall, GetAll(instruction.Operands));
                break;
            case CallInstruction:
                Calling(instruction, SsaOp.Call, GetAll(instruction.Operands));
                break;
            case CCallInstruction { Convention: NativeConvention.Default } i:
                TranslateNativeCall(i);
                break;
            case CCallInstruction i:
                SsaNode call = graph.NewNode(SsaOp.CCall, ValueKind.None, GetAll(i.Operands));
                call.Code = (byte)i.Convention;
                Calling(instruction, call);
                break;
            case TrapInstruction:
                Calling(instruction, SsaOp.Trap, SsaNode.None);
                break;
            case NewThreadInstruction i:
                TranslateNewThread(i);
                break;
            case SwapStackInstruction i:
                TranslateSwapStack(i);
                break;
        }
    }

    /// <summary>Native code has integers in the low bits of a word; a narrow one is extended, since compilers differ in who has to do it.</summary>
    private SsaNode AsNative(Value value) => value.Type is IntType { Bits: not 64 } narrow ? ZeroWord(Get(value), new IntShape(narrow.Bits)) : Get(value);

    private SsaNode FromNative(MuType type, SsaNode word) => type is IntType { Bits: 1 } ? EmitBool(BinaryOp.And, word, graph.Constant(ValueKind.Bool, 1))
        : type is IntType t && new IntShape(t.Bits).IsJustified ? FromLow(word, new IntShape(t.Bits)) : word;

    private void End(SsaOp op, params SsaNode[] args) => SsaGraph.Terminate(current, Terminator(op, args));

    private void TranslateSwapStack(SwapStackInstruction i)
    {
        byte throws = i.Clause.Exception is null ? (byte)0 : (byte)1;
        if (i.KillsOld)
        {
            SsaNode kill = Terminator(SsaOp.SwapStackKill, GetAll(i.Operands));
            kill.Code = throws;
            SsaGraph.Terminate(current, kill);
            return;
        }

        SsaNode node = graph.NewNode(SsaOp.SwapStack, ValueKind.None, GetAll(i.Operands));
        node.Code = throws;
        Calling(i, node);
    }

    /// <summary>The values are put into the thread's context where a resumed stack would find them; the new thread takes them from there. Nothing else can use those words in between.</summary>
    private void TranslateNewThread(NewThreadInstruction i)
    {
        SsaNode stack = Get(i.Stack), local = i.HasThreadLocal ? Get(i.Operands[1]) : graph.Constant(ValueKind.Ref, 0);
        if (i.Clause.Exception is { } exception)
        {
            RuntimeOrFail(i, RuntimeEntry.NewThreadThrow, stack, local, Get(exception));
            return;
        }

        SsaNode[] values = Array.ConvertAll(GetAll(i.Clause.Operands), v => v.IsFloat ? AsBits(v) : v);
        int[] offsets = environment.ArgumentOffsets(Array.ConvertAll(GetAll(i.Clause.Operands), v => v.IsFloat));
        for (int k = 0; k < values.Length; k++) Emit(SsaOp.StoreContext, ValueKind.None, values[k]).Imm = offsets[k];
        RuntimeOrFail(i, RuntimeEntry.NewThread, stack, local);
    }

    /// <summary>A runtime function that makes an object: its result 0 takes the exceptional edge.</summary>
    private void RuntimeOrFail(Instruction i, RuntimeEntry entry, params SsaNode[] args)
    {
        SsaNode node = graph.NewNode(SsaOp.RuntimeCall, ValueKind.None, args);
        node.Aux = entry;
        node.Source = i;
        node.KeepAlives = GetAll(i.KeepAlives);
        Emit(node);
        SetResults(i, node);
        FailWithNull(EmitCmp(Cond.Eq, 64, Get(i.Result), graph.Constant(ValueKind.Ref, 0)), i);
        GoOn(i);
    }

    private void Runtime(Instruction i, RuntimeEntry entry, params SsaNode[] args)
    {
        SsaNode node = graph.NewNode(SsaOp.RuntimeCall, ValueKind.None, args);
        node.Aux = entry;
        Calling(i, node);
    }

    private void Calling(Instruction i, SsaOp op, SsaNode[] args) => Calling(i, graph.NewNode(op, ValueKind.None, args));

    /// <summary>An operation that may come back with results or with an exception.</summary>
    private void Calling(Instruction i, SsaNode node)
    {
        Calling(i, node, i.HasExceptionClause ? i.ExceptionalDestination : null);
        if (i.HasExceptionClause) Jump(i.NormalDestination!);
    }

    /// <summary>The same with an exceptional destination or without; what follows normally is up to the caller.</summary>
    private void Calling(Instruction i, SsaNode node, Destination? exceptional)
    {
        node.Source = i;
        node.KeepAlives = GetAll(i.KeepAlives);
        if (exceptional is null)
        {
            Emit(node);
            SetResults(i, node);
            return;
        }

        SsaBlock normal = NewPart(current.IsCold), landing = NewPart(cold: true);
        SsaGraph.Terminate(current, node, new SsaEdge(current, normal, SsaNode.None), new SsaEdge(current, landing, SsaNode.None) { IsExceptional = true });
        current = landing;
        SsaNode exception = Emit(SsaOp.Landing, ValueKind.Ref);
        Jump(exceptional, exception);
        current = normal;
        SetResults(i, node);
    }

    private void WatchpointBranch(int id, SsaEdge disabled, SsaEdge enabled)
    {
        SsaNode branch = Terminator(SsaOp.WatchpointBranch);
        branch.Imm = id;
        SsaGraph.Terminate(current, branch, disabled, enabled);
    }

    /// <summary>A branch, and a trap out of line.</summary>
    private void TranslateWatchpoint(WatchpointInstruction i)
    {
        SsaBlock trapping = NewPart(cold: true);
        WatchpointBranch(i.WatchpointId, Edge(i.Destinations[0]), new SsaEdge(current, trapping, SsaNode.None));
        current = trapping;
        Calling(i, graph.NewNode(SsaOp.Trap, ValueKind.None), i.Destinations.Length > 2 ? i.Destinations[2] : null);
        Jump(i.Destinations[1]);
    }

    private void SetResults(Instruction i, SsaNode node)
    {
        if (i is CCallInstruction { Convention: NativeConvention.Default } native)
        {
            SetNativeResult(native, node);
            return;
        }

        int index = 0;
        var kinds = new List<ValueKind>();
        foreach (InstructionResult result in i.Results)
        {
            kinds.Clear();
            Scalars.AddKinds(result.Type, kinds);
            var parts = new List<SsaNode>(kinds.Count);
            foreach (ValueKind kind in kinds) parts.Add(Project(node, index++, kind));
            Set(result, parts);
        }
    }
}
