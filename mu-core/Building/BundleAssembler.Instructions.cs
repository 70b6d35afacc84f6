using Mu.Core.IR;

namespace Mu.Core.Building;

/// <summary>What the operands of each instruction on a builder mean (<see cref="BuilderSignature"/>).</summary>
internal sealed partial class BundleAssembler
{
    /// <summary>The parts of an instruction to be: symbols of results, destinations and clauses; the rest as it will be.</summary>
    private readonly record struct InstructionParts(InstructionForm Form, int[] Results, Value[] Operands, int[] Destinations, GlobalValue[] Keys, int Exception, int KeepAlive);

    private InstructionParts PartsOf(BuilderNode n) => n.Op switch
    {
        CommonOp.BuilderNewBinary => Simple(InstructionKind.Binary, n, [n.Number(2), 0], [3], [4, 5], exception: 6),
        CommonOp.BuilderNewBinaryWithStatus =>
            Make(InstructionKind.Binary, [n.Number(3), n.Number(4)], Types(n, 5), [n.Symbol(1), .. n.Symbols(2)], Operands(n, 6, 7), [], n.Symbol(8)),
        CommonOp.BuilderNewCompare => Simple(InstructionKind.Compare, n, [n.Number(2)], [3], [4, 5]),
        CommonOp.BuilderNewConvert => Simple(InstructionKind.Convert, n, [n.Number(2)], [3, 4], [5]),
        CommonOp.BuilderNewSelect => Simple(InstructionKind.Select, n, [], [2, 3], [4, 5, 6]),
        CommonOp.BuilderNewExtractValue => Simple(InstructionKind.ExtractValue, n, [n.Number(3)], [2], [4]),
        CommonOp.BuilderNewInsertValue => Simple(InstructionKind.InsertValue, n, [n.Number(3)], [2], [4, 5]),
        CommonOp.BuilderNewExtractElement => Simple(InstructionKind.ExtractElement, n, [], [2, 3], [4, 5]),
        CommonOp.BuilderNewInsertElement => Simple(InstructionKind.InsertElement, n, [], [2, 3], [4, 5, 6]),
        CommonOp.BuilderNewShuffleVector => Simple(InstructionKind.ShuffleVector, n, [], [2, 3], [4, 5, 6]),
        >= CommonOp.BuilderNewNew and <= CommonOp.BuilderNewFence => MemoryPartsOf(n),
        >= CommonOp.BuilderNewBranch and <= CommonOp.BuilderNewThrow => ControlPartsOf(n),
        _ => OtherPartsOf(n),
    };

    private InstructionParts MemoryPartsOf(BuilderNode n) => n.Op switch
    {
        CommonOp.BuilderNewNew => Simple(InstructionKind.New, n, [], [2], [], exception: 3),
        CommonOp.BuilderNewAlloca => Simple(InstructionKind.Alloca, n, [], [2], [], exception: 3),
        CommonOp.BuilderNewNewHybrid => Simple(InstructionKind.NewHybrid, n, [], [2, 3], [4], exception: 5),
        CommonOp.BuilderNewAllocaHybrid => Simple(InstructionKind.AllocaHybrid, n, [], [2, 3], [4], exception: 5),
        CommonOp.BuilderNewGetIRef => Simple(InstructionKind.GetIRef, n, [], [2], [3]),
        CommonOp.BuilderNewGetFieldIRef => Simple(InstructionKind.GetFieldIRef, n, [n.Number(2), n.Number(4)], [3], [5]),
        CommonOp.BuilderNewGetElemIRef => Simple(InstructionKind.GetElemIRef, n, [n.Number(2)], [3, 4], [5, 6]),
        CommonOp.BuilderNewShiftIRef => Simple(InstructionKind.ShiftIRef, n, [n.Number(2)], [3, 4], [5, 6]),
        CommonOp.BuilderNewGetVarPartIRef => Simple(InstructionKind.GetVarPartIRef, n, [n.Number(2)], [3], [4]),
        CommonOp.BuilderNewLoad => Simple(InstructionKind.Load, n, [n.Number(2), n.Number(3)], [4], [5], exception: 6),
        CommonOp.BuilderNewStore => Make(InstructionKind.Store, [n.Number(1), n.Number(2)], Types(n, 3), [], Operands(n, 4, 5), [], n.Symbol(6)),
        CommonOp.BuilderNewCompareExchange => Make(InstructionKind.CompareExchange, [n.Number(3), n.Number(4), n.Number(5), n.Number(6)], Types(n, 7), [n.Symbol(1), n.Symbol(2)],
            Operands(n, 8, 9, 10), [], n.Symbol(11)),
        CommonOp.BuilderNewAtomicRmw => Simple(InstructionKind.AtomicRmw, n, [n.Number(2), n.Number(3), n.Number(4)], [5], [6, 7], exception: 8),
        _ => Make(InstructionKind.Fence, [n.Number(1)], [], [], [], []),
    };

    private InstructionParts ControlPartsOf(BuilderNode n) => n.Op switch
    {
        CommonOp.BuilderNewBranch => Make(InstructionKind.Branch, [], [], [], [], [n.Symbol(1)]),
        CommonOp.BuilderNewBranch2 => Make(InstructionKind.Branch2, [], [], [], Operands(n, 1), [n.Symbol(2), n.Symbol(3)]),
        CommonOp.BuilderNewSwitch => Make(InstructionKind.Switch, [], Types(n, 1), [], Operands(n, 2), [n.Symbol(3), .. n.Symbols(5)]) with { Keys = Array.ConvertAll(n.Symbols(4), Global) },
        CommonOp.BuilderNewCall => Make(InstructionKind.Call, [], [Signature(n.Symbol(2))], n.Symbols(1), [Value(n.Symbol(3)), .. Values(n.Symbols(4))], [], n.Symbol(5), n.Symbol(6)),
        CommonOp.BuilderNewTailCall => Make(InstructionKind.TailCall, [], [Signature(n.Symbol(1))], [], [Value(n.Symbol(2)), .. Values(n.Symbols(3))], []),
        CommonOp.BuilderNewReturn => Make(InstructionKind.Return, [], [], [], Values(n.Symbols(1)), []),
        _ => Make(InstructionKind.Throw, [], [], [], Operands(n, 1), []),
    };

    private InstructionParts OtherPartsOf(BuilderNode n) => n.Op switch
    {
        CommonOp.BuilderNewTrap => Make(InstructionKind.Trap, [], TypesOf(n.Symbols(2)), n.Symbols(1), [], [], n.Symbol(3), n.Symbol(4)),
        CommonOp.BuilderNewWatchpoint => Make(InstructionKind.Watchpoint, [n.Number(1)], TypesOf(n.Symbols(3)), n.Symbols(2), [],
            [n.Symbol(4), n.Symbol(5), .. n.Symbol(6) is var thrown and not 0 ? [thrown] : Array.Empty<int>()], 0, n.Symbol(7)),
        CommonOp.BuilderNewWatchpointBranch => Make(InstructionKind.WatchpointBranch, [n.Number(1)], [], [], [], [n.Symbol(2), n.Symbol(3)]),
        CommonOp.BuilderNewCCall => Make(InstructionKind.CCall, [n.Number(2)], [Type(n.Symbol(3)), Signature(n.Symbol(4))], n.Symbols(1), [Value(n.Symbol(5)), .. Values(n.Symbols(6))], [],
            n.Symbol(7), n.Symbol(8)),
        CommonOp.BuilderNewNewThread => NewThread(n),
        CommonOp.BuilderNewSwapStack => SwapStack(n),
        CommonOp.BuilderNewCommon => Common(n),
        _ => throw new IRBuilderException($"{n} is no instruction"),
    };

    private InstructionParts NewThread(BuilderNode n)
    {
        BuilderNode clause = Node(n.Symbol(4), "clause");
        Value[] local = n.Symbol(3) is var symbol and not 0 ? [Value(symbol)] : [];
        return Make(InstructionKind.NewThread, [local.Length, Throws(clause)], PassedTypes(clause), [n.Symbol(1)], [Value(n.Symbol(2)), .. local, .. Passed(clause)], [], n.Symbol(5));
    }

    private InstructionParts SwapStack(BuilderNode n)
    {
        BuilderNode current = Node(n.Symbol(3), "clause"), next = Node(n.Symbol(4), "clause");
        bool kills = current.Op == CommonOp.BuilderNewCurrentStackKillOld;
        if (!kills && current.Op != CommonOp.BuilderNewCurrentStackReturnWith) throw new IRBuilderException($"{current} is no clause for the current stack");
        Entity[] kept = kills ? [] : TypesOf(current.Symbols(1));
        return Make(InstructionKind.SwapStack, [kills ? -1 : kept.Length, Throws(next)], [.. kept, .. PassedTypes(next)], n.Symbols(1), [Value(n.Symbol(2)), .. Passed(next)], [], n.Symbol(5), n.Symbol(6));
    }

    private InstructionParts Common(BuilderNode n)
    {
        Entity[] types = TypesOf(n.Symbols(4)), signatures = Array.ConvertAll(n.Symbols(5), Signature);
        if (n.Words(3).Any(flag => flag != 0)) throw new IRBuilderException($"{n}: a flag that is not 0");
        var form = new InstructionForm(InstructionKind.Common, [n.Number(2), types.Length], [.. types, .. signatures], Array.ConvertAll(n.Words(3), _ => "DEFAULT"));
        return new InstructionParts(form, n.Symbols(1), Values(n.Symbols(6)), [], [], n.Symbol(7), n.Symbol(8));
    }

    private static long Throws(BuilderNode clause) => clause.Op switch
    {
        CommonOp.BuilderNewNewStackThrow => 1,
        CommonOp.BuilderNewNewStackPassValues => 0,
        _ => throw new IRBuilderException($"{clause} is no clause for a new stack"),
    };

    private Entity[] PassedTypes(BuilderNode clause) => Throws(clause) != 0 ? [] : TypesOf(clause.Symbols(1));

    private Value[] Passed(BuilderNode clause) => Throws(clause) != 0 ? Operands(clause, 1) : Values(clause.Symbols(2));

    /// <summary>An instruction with one result, whose symbol is operand 1.</summary>
    private InstructionParts Simple(InstructionKind kind, BuilderNode n, long[] numbers, int[] types, int[] operands, int exception = -1) =>
        Make(kind, numbers, Types(n, types), [n.Symbol(1)], Operands(n, operands), [], exception < 0 ? 0 : n.Symbol(exception));

    private static InstructionParts Make(InstructionKind kind, long[] numbers, Entity[] types, int[] results, Value[] operands, int[] destinations, int exception = 0, int keepAlive = 0) =>
        new(new InstructionForm(kind, numbers, types, []), results, operands, destinations, [], exception, keepAlive);

    private Entity[] Types(BuilderNode n, params int[] places) => Array.ConvertAll(places, Entity (place) => Type(n.Symbol(place)));

    private Value[] Operands(BuilderNode n, params int[] places) => Array.ConvertAll(places, place => Value(n.Symbol(place)));
}
