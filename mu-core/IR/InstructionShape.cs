using Mu.Core.Types;

namespace Mu.Core.IR;

/// <summary>What an instruction has besides values and destinations: operation, flags, orders, indices, and the types that its text names.</summary>
internal static class InstructionShape
{
    /// <summary>Whether two instructions of one class have equal shapes.</summary>
    public static bool Equal(Instruction a, Instruction b)
    {
        (object[] left, Entity[] leftTypes) = Of(a);
        (object[] right, Entity[] rightTypes) = Of(b);
        return left.SequenceEqual(right) && leftTypes.Length == rightTypes.Length && leftTypes.Zip(rightTypes).All(p => SameType(p.First, p.Second));
    }

    private static bool SameType(Entity a, Entity b) => (a, b) switch
    {
        (MuType x, MuType y) => TypeEquality.Equal(x, y),
        (FunctionSignature x, FunctionSignature y) => TypeEquality.Equal(x, y),
        _ => false,
    };

    private static (object[] Parts, Entity[] Types) Of(Instruction instruction) => instruction switch
    {
        BinaryInstruction i => ([i.Op, i.Flags], [i.OperandType]),
        CompareInstruction i => ([i.Op], [i.OperandType]),
        ConvertInstruction i => ([i.Op], [i.From, i.To]),
        SelectInstruction i => ([], [i.ConditionType, i.ValueType]),
        ExtractValueInstruction i => ([i.Index], [i.StructType]),
        InsertValueInstruction i => ([i.Index], [i.StructType]),
        ExtractElementInstruction i => ([], [i.SequenceType, i.IndexType]),
        InsertElementInstruction i => ([], [i.SequenceType, i.IndexType]),
        ShuffleVectorInstruction i => ([], [i.VectorType, i.MaskType]),
        NewInstruction i => ([], [i.AllocatedType]),
        AllocaInstruction i => ([], [i.AllocatedType]),
        NewHybridInstruction i => ([], [i.AllocatedType, i.LengthType]),
        AllocaHybridInstruction i => ([], [i.AllocatedType, i.LengthType]),
        GetIRefInstruction i => ([], [i.ReferentType]),
        GetFieldIRefInstruction i => ([i.IsPointer, i.Index], [i.LocationType]),
        GetElemIRefInstruction i => ([i.IsPointer], [i.LocationType, i.IndexType]),
        ShiftIRefInstruction i => ([i.IsPointer], [i.ElementType, i.OffsetType]),
        GetVarPartIRefInstruction i => ([i.IsPointer], [i.LocationType]),
        LoadInstruction i => ([i.IsPointer, i.Order], [i.LocationType]),
        StoreInstruction i => ([i.IsPointer, i.Order], [i.LocationType]),
        CompareExchangeInstruction i => ([i.IsPointer, i.IsWeak, i.SuccessOrder, i.FailureOrder], [i.LocationType]),
        AtomicRmwInstruction i => ([i.IsPointer, i.Order, i.Op], [i.LocationType]),
        FenceInstruction i => ([i.Order], []),
        _ => Control(instruction),
    };

    private static (object[] Parts, Entity[] Types) Control(Instruction instruction) => instruction switch
    {
        BranchInstruction or Branch2Instruction or ReturnInstruction or ThrowInstruction or TrapInstruction => ([], []),
        SwitchInstruction i => ([], [i.OperandType]),
        CallInstruction i => ([], [i.Signature]),
        TailCallInstruction i => ([], [i.Signature]),
        CCallInstruction i => ([i.Convention], [i.CalleeType, i.Signature]),
        WatchpointInstruction i => ([i.WatchpointId], []),
        WatchpointBranchInstruction i => ([i.WatchpointId], []),
        SwapStackInstruction i => ([i.KillsOld, i.Clause.Exception is null], [.. i.ReturnTypes ?? [], .. i.Clause.PassTypes]),
        NewThreadInstruction i => ([i.HasThreadLocal, i.Clause.Exception is null], i.Clause.PassTypes),
        CommonInstruction i => ([i.Op, .. i.Flags], [.. i.Types, .. i.Signatures]),
        _ => throw new InvalidOperationException($"unknown instruction {instruction.GetType().Name}"),
    };
}
