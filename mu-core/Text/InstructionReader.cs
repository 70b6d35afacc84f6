using Antlr4.Runtime;
using Antlr4.Runtime.Tree;
using Mu.Core.IR;
using Mu.Core.Types;
using static Mu.Core.Generated.MuIRParser;

namespace Mu.Core.Text;

/// <summary>Makes an instruction, without the clauses that stand after all of them. Null where the text names something that no instruction can be made of.</summary>
internal sealed class InstructionReader(BodyReader body)
{
    public Instruction? Read(OperationContext context) => context switch
    {
        BinaryContext c => new BinaryInstruction(Enum.Parse<BinaryOp>(c.BINOP().GetText(), true), body.Type(c.type()), V(c.value(0)), V(c.value(1)), Status(c.FLAG())),
        CompareContext c => new CompareInstruction(Enum.Parse<CompareOp>(c.COMPARE().GetText(), true), body.Type(c.type()), V(c.value(0)), V(c.value(1))),
        ConvertContext c => new ConvertInstruction(Enum.Parse<ConvertOp>(c.CONVERT().GetText(), true), body.Type(c.type(0)), body.Type(c.type(1)), V(c.value())),
        SelectContext c => new SelectInstruction(body.Type(c.type(0)), body.Type(c.type(1)), V(c.value(0)), V(c.value(1)), V(c.value(2))),
        BranchContext c => new BranchInstruction(body.Destination(c.destination())),
        Branch2Context c => new Branch2Instruction(V(c.value()), body.Destination(c.destination(0)), body.Destination(c.destination(1))),
        SwitchContext c => new SwitchInstruction(body.Type(c.type()), V(c.value()), body.Destination(c.destination()),
            Array.ConvertAll(c.switchCase(), k => (body.Global(k.GLOBAL().Symbol), body.Destination(k.destination())))),
        CallContext { op.Text: "CALL" } c => new CallInstruction(body.Signature(c.signatureRef()), V(c.value()), Arguments(c.arguments())),
        CallContext c => new TailCallInstruction(body.Signature(c.signatureRef()), V(c.value()), Arguments(c.arguments())),
        ReturnContext c => new ReturnInstruction(c.value() is { } single ? [V(single)] : Arguments(c.arguments())),
        ThrowContext c => new ThrowInstruction(V(c.value())),
        TrapContext c => new TrapInstruction(body.Types(c.typeList())),
        // Arguments of a watchpoint's destinations may be its results: the body's reader adds them.
        WatchpointContext c => new WatchpointInstruction(Index(c.INT()), body.Types(c.typeList()), new Destination(body.Target(c.destination(0))),
            new Destination(body.Target(c.destination(1))), c.destination(2) is { } exceptional ? new Destination(body.Target(exceptional)) : null),
        WatchpointBranchContext c => new WatchpointBranchInstruction(Index(c.INT()), body.Destination(c.destination(0)), body.Destination(c.destination(1))),
        CCallContext c => ReadCCall(c),
        SwapStackContext c => new SwapStackInstruction(V(c.value()), c.typeList() is { } types ? body.Types(types) : null, Clause(c.newStack())),
        NewThreadContext c => new NewThreadInstruction(V(c.value(0)), c.value(1) is { } local ? V(local) : null, Clause(c.newStack())),
        CommonContext c => ReadCommon(c),
        FenceContext c => new FenceInstruction(Order(c.ORDER())),
        _ => ReadMemory(context) ?? ReadAggregate(context),
    };

    private Instruction? ReadMemory(OperationContext context) => context switch
    {
        NewContext { op.Text: "NEW" } c => new NewInstruction(body.Type(c.type())),
        NewContext c => new AllocaInstruction(body.Type(c.type())),
        NewHybridContext { op.Text: "NEWHYBRID" } c => Is<HybridType>(c.type(0)) is { } h ? new NewHybridInstruction(h, body.Type(c.type(1)), V(c.value())) : null,
        NewHybridContext c => Is<HybridType>(c.type(0)) is { } h ? new AllocaHybridInstruction(h, body.Type(c.type(1)), V(c.value())) : null,
        GetIRefContext c => new GetIRefInstruction(body.Type(c.type()), V(c.value())),
        GetFieldIRefContext c => new GetFieldIRefInstruction(c.PTR() is not null, body.Type(c.type()), Index(c.INT()), V(c.value())),
        GetElemIRefContext c => Is<SequenceType>(c.type(0)) is { } s
            ? new GetElemIRefInstruction(c.PTR() is not null, s, body.Type(c.type(1)), V(c.value(0)), V(c.value(1))) : null,
        ShiftIRefContext c => new ShiftIRefInstruction(c.PTR() is not null, body.Type(c.type(0)), body.Type(c.type(1)), V(c.value(0)), V(c.value(1))),
        GetVarPartIRefContext c => Is<HybridType>(c.type()) is { } h ? new GetVarPartIRefInstruction(c.PTR() is not null, h, V(c.value())) : null,
        LoadContext c => new LoadInstruction(c.PTR() is not null, Order(c.ORDER()), body.Type(c.type()), V(c.value())),
        StoreContext c => new StoreInstruction(c.PTR() is not null, Order(c.ORDER()), body.Type(c.type()), V(c.value(0)), V(c.value(1))),
        CompareExchangeContext c => new CompareExchangeInstruction(c.PTR() is not null, c.weak is not null, Order(c.ORDER(0)), Order(c.ORDER(1)),
            body.Type(c.type()), V(c.value(0)), V(c.value(1)), V(c.value(2))),
        AtomicRmwContext c => Atomic(c),
        _ => null,
    };

    private Instruction? ReadAggregate(OperationContext context) => context switch
    {
        ExtractValueContext c => Is<StructType>(c.type()) is { } s ? new ExtractValueInstruction(s, Index(c.INT()), V(c.value())) : null,
        InsertValueContext c => Is<StructType>(c.type()) is { } s ? new InsertValueInstruction(s, Index(c.INT()), V(c.value(0)), V(c.value(1))) : null,
        ExtractElementContext c => Is<SequenceType>(c.type(0)) is { } s ? new ExtractElementInstruction(s, body.Type(c.type(1)), V(c.value(0)), V(c.value(1))) : null,
        InsertElementContext c => Is<SequenceType>(c.type(0)) is { } s
            ? new InsertElementInstruction(s, body.Type(c.type(1)), V(c.value(0)), V(c.value(1)), V(c.value(2))) : null,
        ShuffleVectorContext c => Is<SequenceType>(c.type(0)) is { } s && Is<SequenceType>(c.type(1)) is { } m
            ? new ShuffleVectorInstruction(s, m, V(c.value(0)), V(c.value(1)), V(c.value(2))) : null,
        _ => null,
    };

    private Value V(ValueContext context) => body.Value(context);

    private Value[] Arguments(ArgumentsContext? context) => context is null ? [] : body.Values(context.value());

    private int Index(ITerminalNode literal) => Literals.Index(literal.Symbol, body.Errors);

    private static MemoryOrder Order(ITerminalNode? order) =>
        order is null ? MemoryOrder.NotAtomic : Enum.Parse<MemoryOrder>(order.GetText().Replace("_", "", StringComparison.Ordinal), true);

    private T? Is<T>(TypeContext context) where T : MuType
    {
        MuType type = body.Type(context);
        if (type is T expected) return expected;
        body.Errors.Add(context.Start, $"{type} does not fit here: found {type.Describe()}, expected a {typeof(T).Name.Replace("Type", "", StringComparison.Ordinal).ToLowerInvariant()} type");
        return null;
    }

    private StatusFlags Status(ITerminalNode[] flags)
    {
        StatusFlags all = StatusFlags.None;
        foreach (ITerminalNode flag in flags)
        {
            if (Enum.TryParse(flag.GetText()[1..], out StatusFlags one) && one is StatusFlags.N or StatusFlags.Z or StatusFlags.C or StatusFlags.V) all |= one;
            else body.Errors.Add(flag.Symbol, $"found {flag.GetText()}, expected #N, #Z, #C or #V");
        }
        return all;
    }

    private NewStackClause Clause(NewStackContext context) => context.typeList() is { } types
        ? NewStackClause.PassValues(body.Types(types), Arguments(context.arguments()))
        : NewStackClause.ThrowException(V(context.value()));

    private AtomicRmwInstruction? Atomic(AtomicRmwContext context)
    {
        IToken op = (context.RMWOP() ?? context.BINOP()).Symbol;
        if (Enum.TryParse(op.Text, true, out AtomicRmwOp known))
            return new AtomicRmwInstruction(context.PTR() is not null, Order(context.ORDER()), known, body.Type(context.type()), V(context.value(0)), V(context.value(1)));
        body.Errors.Add(op, $"found {op.Text}, expected an operation of ATOMICRMW");
        return null;
    }

    private CCallInstruction? ReadCCall(CCallContext context)
    {
        IToken flag = context.FLAG().Symbol;
        if (flag.Text is "#DEFAULT" or "#RUNTIME")
        {
            NativeConvention convention = flag.Text == "#RUNTIME" ? NativeConvention.Runtime : NativeConvention.Default;
            return new CCallInstruction(convention, body.Type(context.type()), body.Signature(context.signatureRef()), V(context.value()), Arguments(context.arguments()));
        }
        body.Errors.Add(flag, $"found {flag.Text}, expected #DEFAULT or #RUNTIME");
        return null;
    }

    private CommonInstruction? ReadCommon(CommonContext context)
    {
        IToken name = context.GLOBAL().Symbol;
        if (CommonSignature.TryParse(name.Text[1..], out CommonOp op))
        {
            return new CommonInstruction(op, Array.ConvertAll(context.FLAG(), f => f.GetText()[1..]), context.typeList() is { } types ? body.Types(types) : [],
                Array.ConvertAll(context.signatureRef(), body.Signature), Arguments(context.arguments()));
        }
        body.Errors.Add(name, $"{name.Text} is no common instruction");
        return null;
    }
}
