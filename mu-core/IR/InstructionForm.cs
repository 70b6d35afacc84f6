using Mu.Core.Types;

namespace Mu.Core.IR;

/// <summary>The classes of instructions, numbered for files: a number is never used again for something else.</summary>
internal enum InstructionKind : byte
{
    Binary = 1, Compare, Convert, Select,
    ExtractValue, InsertValue, ExtractElement, InsertElement, ShuffleVector,
    New, NewHybrid, Alloca, AllocaHybrid,
    GetIRef, GetFieldIRef, GetElemIRef, ShiftIRef, GetVarPartIRef,
    Load, Store, CompareExchange, AtomicRmw, Fence,
    Branch, Branch2, Switch, Call, TailCall, Return, Throw, Trap, Watchpoint, WatchpointBranch, CCall,
    SwapStack, NewThread, Common,
}

/// <summary>
/// What an instruction has besides values and destinations, in one form for all kinds: operation, flags, orders and indices as numbers, and the types and signatures that its text names.
/// <see cref="InstructionMaker"/> goes the other way.
/// </summary>
/// <param name="Kind">Its class.</param>
/// <param name="Numbers">What is a number, an enumeration or a truth value.</param>
/// <param name="Types">Types and signatures.</param>
/// <param name="Flags">Flags of a common instruction.</param>
internal readonly record struct InstructionForm(InstructionKind Kind, long[] Numbers, Entity[] Types, string[] Flags)
{
    private static readonly string[] NoFlags = [];

    /// <summary>Whether two instructions have equal forms.</summary>
    public static bool Equal(Instruction a, Instruction b)
    {
        InstructionForm left = Of(a), right = Of(b);
        return left.Kind == right.Kind && left.Numbers.AsSpan().SequenceEqual(right.Numbers) && left.Flags.AsSpan().SequenceEqual(right.Flags)
            && left.Types.Length == right.Types.Length && left.Types.Zip(right.Types).All(p => SameType(p.First, p.Second));
    }

    private static bool SameType(Entity a, Entity b) => (a, b) switch
    {
        (MuType x, MuType y) => TypeEquality.Equal(x, y),
        (FunctionSignature x, FunctionSignature y) => TypeEquality.Equal(x, y),
        _ => false,
    };

    /// <summary>The form of an instruction.</summary>
    public static InstructionForm Of(Instruction instruction) => instruction switch
    {
        BinaryInstruction i => Make(InstructionKind.Binary, [(long)i.Op, (long)i.Flags], [i.OperandType]),
        CompareInstruction i => Make(InstructionKind.Compare, [(long)i.Op], [i.OperandType]),
        ConvertInstruction i => Make(InstructionKind.Convert, [(long)i.Op], [i.From, i.To]),
        SelectInstruction i => Make(InstructionKind.Select, [], [i.ConditionType, i.ValueType]),
        ExtractValueInstruction i => Make(InstructionKind.ExtractValue, [i.Index], [i.StructType]),
        InsertValueInstruction i => Make(InstructionKind.InsertValue, [i.Index], [i.StructType]),
        ExtractElementInstruction i => Make(InstructionKind.ExtractElement, [], [i.SequenceType, i.IndexType]),
        InsertElementInstruction i => Make(InstructionKind.InsertElement, [], [i.SequenceType, i.IndexType]),
        ShuffleVectorInstruction i => Make(InstructionKind.ShuffleVector, [], [i.VectorType, i.MaskType]),
        NewInstruction i => Make(InstructionKind.New, [], [i.AllocatedType]),
        AllocaInstruction i => Make(InstructionKind.Alloca, [], [i.AllocatedType]),
        NewHybridInstruction i => Make(InstructionKind.NewHybrid, [], [i.AllocatedType, i.LengthType]),
        AllocaHybridInstruction i => Make(InstructionKind.AllocaHybrid, [], [i.AllocatedType, i.LengthType]),
        GetIRefInstruction i => Make(InstructionKind.GetIRef, [], [i.ReferentType]),
        GetFieldIRefInstruction i => Make(InstructionKind.GetFieldIRef, [Number(i.IsPointer), i.Index], [i.LocationType]),
        GetElemIRefInstruction i => Make(InstructionKind.GetElemIRef, [Number(i.IsPointer)], [i.LocationType, i.IndexType]),
        ShiftIRefInstruction i => Make(InstructionKind.ShiftIRef, [Number(i.IsPointer)], [i.ElementType, i.OffsetType]),
        GetVarPartIRefInstruction i => Make(InstructionKind.GetVarPartIRef, [Number(i.IsPointer)], [i.LocationType]),
        LoadInstruction i => Make(InstructionKind.Load, [Number(i.IsPointer), (long)i.Order], [i.LocationType]),
        StoreInstruction i => Make(InstructionKind.Store, [Number(i.IsPointer), (long)i.Order], [i.LocationType]),
        CompareExchangeInstruction i =>
            Make(InstructionKind.CompareExchange, [Number(i.IsPointer), Number(i.IsWeak), (long)i.SuccessOrder, (long)i.FailureOrder], [i.LocationType]),
        AtomicRmwInstruction i => Make(InstructionKind.AtomicRmw, [Number(i.IsPointer), (long)i.Order, (long)i.Op], [i.LocationType]),
        FenceInstruction i => Make(InstructionKind.Fence, [(long)i.Order], []),
        _ => OfControl(instruction),
    };

    private static InstructionForm OfControl(Instruction instruction) => instruction switch
    {
        BranchInstruction => Make(InstructionKind.Branch, [], []),
        Branch2Instruction => Make(InstructionKind.Branch2, [], []),
        ReturnInstruction => Make(InstructionKind.Return, [], []),
        ThrowInstruction => Make(InstructionKind.Throw, [], []),
        TrapInstruction i => Make(InstructionKind.Trap, [], [.. i.Results.Select(r => r.Type)]),
        SwitchInstruction i => Make(InstructionKind.Switch, [], [i.OperandType]),
        CallInstruction i => Make(InstructionKind.Call, [], [i.Signature]),
        TailCallInstruction i => Make(InstructionKind.TailCall, [], [i.Signature]),
        CCallInstruction i => Make(InstructionKind.CCall, [(long)i.Convention], [i.CalleeType, i.Signature]),
        WatchpointInstruction i => Make(InstructionKind.Watchpoint, [i.WatchpointId], [.. i.Results.Select(r => r.Type)]),
        WatchpointBranchInstruction i => Make(InstructionKind.WatchpointBranch, [i.WatchpointId], []),
        SwapStackInstruction i => Make(InstructionKind.SwapStack, [i.ReturnTypes?.Length ?? -1, Number(i.Clause.Exception is not null)], [.. i.ReturnTypes ?? [], .. i.Clause.PassTypes]),
        NewThreadInstruction i => Make(InstructionKind.NewThread, [Number(i.HasThreadLocal), Number(i.Clause.Exception is not null)], [.. i.Clause.PassTypes]),
        CommonInstruction i => new InstructionForm(InstructionKind.Common, [(long)i.Op, i.Types.Length], [.. i.Types, .. i.Signatures], i.Flags),
        _ => throw new InvalidOperationException($"unknown instruction {instruction.GetType().Name}"),
    };

    private static InstructionForm Make(InstructionKind kind, long[] numbers, Entity[] types) => new(kind, numbers, types, NoFlags);

    private static long Number(bool value) => value ? 1 : 0;
}
