using System.Text;
using Mu.Core.IR;

namespace Mu.Core.Text;

/// <summary>The text of an instruction, without results and without the clauses that stand after all instructions.</summary>
internal static class InstructionText
{
    public static string Of(Instruction instruction, BodyPrinter p) => instruction switch
    {
        BinaryInstruction i => $"{Word(i.Op)} {Flags(i.Flags)}<{p.Type(i.OperandType)}> {p.Values(i.Operands)}",
        CompareInstruction i => $"{Word(i.Op)} <{p.Type(i.OperandType)}> {p.Values(i.Operands)}",
        ConvertInstruction i => $"{Word(i.Op)} <{p.Type(i.From)} {p.Type(i.To)}> {p.Values(i.Operands)}",
        SelectInstruction i => $"SELECT <{p.Type(i.ConditionType)} {p.Type(i.ValueType)}> {p.Values(i.Operands)}",
        ExtractValueInstruction i => $"EXTRACTVALUE <{p.Type(i.StructType)} {i.Index}> {p.Values(i.Operands)}",
        InsertValueInstruction i => $"INSERTVALUE <{p.Type(i.StructType)} {i.Index}> {p.Values(i.Operands)}",
        ExtractElementInstruction i => $"EXTRACTELEMENT <{p.Type(i.SequenceType)} {p.Type(i.IndexType)}> {p.Values(i.Operands)}",
        InsertElementInstruction i => $"INSERTELEMENT <{p.Type(i.SequenceType)} {p.Type(i.IndexType)}> {p.Values(i.Operands)}",
        ShuffleVectorInstruction i => $"SHUFFLEVECTOR <{p.Type(i.VectorType)} {p.Type(i.MaskType)}> {p.Values(i.Operands)}",
        _ => Memory(instruction, p) ?? Control(instruction, p) ?? throw new InvalidOperationException($"no text form of {instruction.GetType().Name}"),
    };

    private static string? Memory(Instruction instruction, BodyPrinter p) => instruction switch
    {
        NewInstruction i => $"NEW <{p.Type(i.AllocatedType)}>",
        AllocaInstruction i => $"ALLOCA <{p.Type(i.AllocatedType)}>",
        NewHybridInstruction i => $"NEWHYBRID <{p.Type(i.AllocatedType)} {p.Type(i.LengthType)}> {p.Value(i.Length)}",
        AllocaHybridInstruction i => $"ALLOCAHYBRID <{p.Type(i.AllocatedType)} {p.Type(i.LengthType)}> {p.Value(i.Length)}",
        GetIRefInstruction i => $"GETIREF <{p.Type(i.ReferentType)}> {p.Values(i.Operands)}",
        GetFieldIRefInstruction i => $"GETFIELDIREF {Pointer(i.IsPointer)}<{p.Type(i.LocationType)} {i.Index}> {p.Values(i.Operands)}",
        GetElemIRefInstruction i => $"GETELEMIREF {Pointer(i.IsPointer)}<{p.Type(i.LocationType)} {p.Type(i.IndexType)}> {p.Values(i.Operands)}",
        ShiftIRefInstruction i => $"SHIFTIREF {Pointer(i.IsPointer)}<{p.Type(i.ElementType)} {p.Type(i.OffsetType)}> {p.Values(i.Operands)}",
        GetVarPartIRefInstruction i => $"GETVARPARTIREF {Pointer(i.IsPointer)}<{p.Type(i.LocationType)}> {p.Values(i.Operands)}",
        LoadInstruction i => $"LOAD {Pointer(i.IsPointer)}{AccessOrder(i.Order)}<{p.Type(i.LocationType)}> {p.Values(i.Operands)}",
        StoreInstruction i => $"STORE {Pointer(i.IsPointer)}{AccessOrder(i.Order)}<{p.Type(i.LocationType)}> {p.Values(i.Operands)}",
        CompareExchangeInstruction i =>
            $"CMPXCHG {Pointer(i.IsPointer)}{(i.IsWeak ? "WEAK " : "")}{Order(i.SuccessOrder)} {Order(i.FailureOrder)} <{p.Type(i.LocationType)}> {p.Values(i.Operands)}",
        AtomicRmwInstruction i => $"ATOMICRMW {Pointer(i.IsPointer)}{Order(i.Order)} {Word(i.Op)} <{p.Type(i.LocationType)}> {p.Values(i.Operands)}",
        FenceInstruction i => $"FENCE {Order(i.Order)}",
        _ => null,
    };

    private static string? Control(Instruction instruction, BodyPrinter p) => instruction switch
    {
        BranchInstruction i => $"BRANCH {p.Destination(i.Destinations[0])}",
        Branch2Instruction i => $"BRANCH2 {p.Value(i.Condition)} {p.Destination(i.Destinations[0])} {p.Destination(i.Destinations[1])}",
        SwitchInstruction i => Switch(i, p),
        CallInstruction i => $"CALL <{p.Signature(i.Signature)}> {p.Value(i.Callee)} ({p.Values(i.Arguments.ToArray())})",
        TailCallInstruction i => $"TAILCALL <{p.Signature(i.Signature)}> {p.Value(i.Callee)} ({p.Values(i.Arguments.ToArray())})",
        CCallInstruction i =>
            $"CCALL #{Word(i.Convention)} <{p.Type(i.CalleeType)} {p.Signature(i.Signature)}> {p.Value(i.Callee)} ({p.Values(i.Arguments.ToArray())})",
        ReturnInstruction i => $"RET ({p.Values(i.Operands)})",
        ThrowInstruction i => $"THROW {p.Value(i.Exception)}",
        TrapInstruction i => $"TRAP <{p.Types(i.Results.Select(r => r.Type))}>",
        WatchpointInstruction i => Watchpoint(i, p),
        WatchpointBranchInstruction i => $"WPBRANCH {i.WatchpointId} {p.Destination(i.Destinations[0])} {p.Destination(i.Destinations[1])}",
        SwapStackInstruction i =>
            $"SWAPSTACK {p.Value(i.Swappee)} {(i.ReturnTypes is { } types ? $"RET_WITH <{p.Types(types)}>" : "KILL_OLD")} {NewStack(i.Clause, p)}",
        NewThreadInstruction i =>
            $"NEWTHREAD {p.Value(i.Stack)} {(i.HasThreadLocal ? $"THREADLOCAL({p.Value(i.Operands[1])}) " : "")}{NewStack(i.Clause, p)}",
        CommonInstruction i => Common(i, p),
        _ => null,
    };

    private static string Word<T>(T op) where T : struct, Enum => op.ToString().ToUpperInvariant();

    private static string Pointer(bool isPointer) => isPointer ? "PTR " : "";

    private static string Order(MemoryOrder order) => order switch
    {
        MemoryOrder.NotAtomic => "NOT_ATOMIC",
        MemoryOrder.AcqRel => "ACQ_REL",
        MemoryOrder.SeqCst => "SEQ_CST",
        _ => Word(order),
    };

    private static string AccessOrder(MemoryOrder order) => order == MemoryOrder.NotAtomic ? "" : Order(order) + " ";

    private static string Flags(StatusFlags flags)
    {
        if (flags == StatusFlags.None) return "";
        var all = new[] { StatusFlags.N, StatusFlags.Z, StatusFlags.C, StatusFlags.V };
        return $"[{string.Join(' ', all.Where(f => (flags & f) != 0).Select(f => $"#{f}"))}] ";
    }

    private static string Switch(SwitchInstruction i, BodyPrinter p)
    {
        var text = new StringBuilder($"SWITCH <{p.Type(i.OperandType)}> {p.Value(i.Operands[0])} {p.Destination(i.Destinations[0])} {{");
        for (int k = 0; k < i.Keys.Length; k++) text.Append($"\n      {p.Value(i.Keys[k])} {p.Destination(i.Destinations[k + 1])}");
        return text.Append(" }").ToString();
    }

    private static string Watchpoint(WatchpointInstruction i, BodyPrinter p)
    {
        string exceptional = i.Destinations.Length > 2 ? $" WPEXC({p.Destination(i.Destinations[2])})" : "";
        return $"WATCHPOINT {i.WatchpointId} <{p.Types(i.Results.Select(r => r.Type))}> {p.Destination(i.Destinations[0])} {p.Destination(i.Destinations[1])}{exceptional}";
    }

    private static string NewStack(NewStackClause clause, BodyPrinter p) => clause.Exception is { } exception
        ? $"THROW_EXC {p.Value(exception)}"
        : $"PASS_VALUES <{p.Types(clause.PassTypes)}> ({p.Values(clause.Values)})";

    private static string Common(CommonInstruction i, BodyPrinter p)
    {
        var text = new StringBuilder($"COMMINST @{CommonSignature.NameOf(i.Op)}");
        if (i.Flags.Length > 0) text.Append($" [{string.Join(' ', i.Flags.Select(f => "#" + f))}]");
        if (i.Types.Length > 0) text.Append($" <{p.Types(i.Types)}>");
        if (i.Signatures.Length > 0) text.Append($" <[{p.Signatures(i.Signatures)}]>");
        if (i.Operands.Length > 0) text.Append($" ({p.Values(i.Operands)})");
        return text.ToString();
    }
}
