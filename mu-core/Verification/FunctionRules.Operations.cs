using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Verification;

/// <summary>Arithmetic, comparisons, conversions, SELECT, parts of composite values.</summary>
internal sealed partial class FunctionRules
{
    /// <summary>Checks the instruction by its kind. False if its results cannot be worked with.</summary>
    private bool CheckOperation() => instruction switch
    {
        BinaryInstruction i => CheckBinary(i),
        CompareInstruction i => CheckCompare(i),
        ConvertInstruction i => CheckConvert(i),
        LoadInstruction i => CheckLoad(i),
        StoreInstruction i => CheckStore(i),
        GetFieldIRefInstruction i => CheckGetField(i),
        GetElemIRefInstruction i => CheckGetElement(i),
        ShiftIRefInstruction i => CheckShift(i),
        GetVarPartIRefInstruction i => CheckGetVarPart(i),
        GetIRefInstruction i => CheckGetIRef(i),
        BranchInstruction => true,
        Branch2Instruction i => Expect(i.Condition, IntType.I1, "condition"),
        CommonInstruction i => CheckCommon(i),
        CallInstruction i => CheckCall(i),
        SelectInstruction i => CheckSelect(i),
        ReturnInstruction i => CheckReturn(i),
        SwitchInstruction i => CheckSwitch(i),
        NewInstruction i => CheckAllocation(i.AllocatedType),
        NewHybridInstruction i => CheckAllocation(i.AllocatedType, i.LengthType, i.Length),
        AllocaInstruction i => CheckAllocation(i.AllocatedType),
        AllocaHybridInstruction i => CheckAllocaHybrid(i),
        CCallInstruction i => CheckNativeCall(i),
        TailCallInstruction i => CheckTailCall(i),
        ThrowInstruction i => CheckThrow(i),
        TrapInstruction i => AreResultValues(i),
        CompareExchangeInstruction i => CheckCompareExchange(i),
        AtomicRmwInstruction i => CheckAtomicRmw(i),
        FenceInstruction i => CheckFence(i),
        SwapStackInstruction i => CheckSwapStack(i),
        NewThreadInstruction i => CheckNewThread(i),
        ExtractValueInstruction i => CheckField(i.StructType, i.Index, i.Operands, inserts: false),
        InsertValueInstruction i => CheckField(i.StructType, i.Index, i.Operands, inserts: true),
        ExtractElementInstruction i => CheckElement(i.SequenceType, i.IndexType, i.Operands, inserts: false),
        InsertElementInstruction i => CheckElement(i.SequenceType, i.IndexType, i.Operands, inserts: true),
        ShuffleVectorInstruction i => CheckShuffle(i),
        WatchpointInstruction i => CheckWatchpointId(i.WatchpointId) & AreResultValues(i),
        WatchpointBranchInstruction i => CheckWatchpointId(i.WatchpointId),
        _ => throw new InvalidOperationException($"no rules for {instruction.GetType().Name}"),
    };

    private bool CheckBinary(BinaryInstruction i)
    {
        if (!IsValue(i.OperandType)) return false;
        bool isFloat = i.Op is >= BinaryOp.FAdd and <= BinaryOp.FRem;
        if (!isFloat && i.Op is not (>= BinaryOp.Add and <= BinaryOp.Xor)) findings.Add($"there is no binary operation {(int)i.Op}");
        MuType lane = Lane(i.OperandType);
        if (isFloat ? !lane.IsFloatingPoint : lane.Kind != TypeKind.Int)
            findings.Add($"{InstructionText.Operation(i)} takes {(isFloat ? "float or double" : "an int")}, found {EntityText.Of(i.OperandType)}");
        if (i.Flags != StatusFlags.None) CheckFlags(i, isFloat);
        Expect(i.Left, i.OperandType, "left operand");
        Expect(i.Right, i.OperandType, "right operand");
        return true;
    }

    private void CheckFlags(BinaryInstruction i, bool isFloat)
    {
        bool isSum = i.Op is BinaryOp.Add or BinaryOp.Sub or BinaryOp.Mul;
        StatusFlags allowed = isFloat || i.OperandType.Kind == TypeKind.Vector ? StatusFlags.None
            : isSum ? StatusFlags.N | StatusFlags.Z | StatusFlags.C | StatusFlags.V : StatusFlags.N | StatusFlags.Z;
        if ((i.Flags & ~allowed) != 0) findings.Add($"{InstructionText.Operation(i)} on {EntityText.Of(i.OperandType)} does not give the status flag {i.Flags & ~allowed}");
    }

    private bool CheckCompare(CompareInstruction i)
    {
        if (!IsValue(i.OperandType)) return false;
        MuType lane = Lane(i.OperandType);
        string? expected = i.Op switch
        {
            CompareOp.Eq or CompareOp.Ne => lane.IsEqComparable ? null : "an int, a pointer, a ref, an iref or an opaque reference",
            >= CompareOp.Sge and <= CompareOp.Slt => lane.Kind == TypeKind.Int ? null : "an int",
            >= CompareOp.Uge and <= CompareOp.Ult => lane.IsUltComparable ? null : "an int, a pointer or an iref",
            >= CompareOp.FFalse and <= CompareOp.FOle => lane.IsFloatingPoint ? null : "float or double",
            _ => "another operation",
        };
        if (expected is not null) findings.Add($"{InstructionText.Operation(i)} takes {expected}, found {EntityText.Of(i.OperandType)}");
        Expect(i.Left, i.OperandType, "left operand");
        Expect(i.Right, i.OperandType, "right operand");
        return true;
    }

    private bool CheckConvert(ConvertInstruction i)
    {
        if (!(IsValue(i.From) & IsValue(i.To))) return false;
        ulong fromLength = i.From is SequenceType { Kind: TypeKind.Vector } f ? f.Length : 0, toLength = i.To is SequenceType { Kind: TypeKind.Vector } t ? t.Length : 0;
        if (fromLength != toLength || !Conversions.IsLegal(i.Op, Lane(i.From), Lane(i.To)))
            findings.Add($"{InstructionText.Operation(i)} does not convert {EntityText.Of(i.From)} to {EntityText.Of(i.To)}");
        Expect(i.Operand, i.From, "operand");
        return true;
    }

    private bool CheckSelect(SelectInstruction i)
    {
        if (!(IsValue(i.ConditionType) & IsValue(i.ValueType))) return false;
        bool isElementWise = i.ConditionType is SequenceType { Kind: TypeKind.Vector } c && i.ValueType is SequenceType { Kind: TypeKind.Vector } v && v.Length == c.Length;
        if (Lane(i.ConditionType) is not IntType { Bits: 1 } || (i.ConditionType.Kind == TypeKind.Vector && !isElementWise))
            findings.Add($"SELECT by {EntityText.Of(i.ConditionType)}: expected int<1>, or a vector of it with as many elements as the values");
        Expect(i.Condition, i.ConditionType, "condition");
        Expect(i.IfTrue, i.ValueType, "value");
        Expect(i.IfFalse, i.ValueType, "value");
        return true;
    }

    private bool CheckField(StructType type, int index, Value[] operands, bool inserts)
    {
        if (!IsValue(type)) return false;
        Expect(operands[0], type, "struct");
        if ((uint)index >= (uint)type.Fields.Count)
        {
            findings.Add($"{EntityText.Of(type)} has no field {index}");
            return inserts;
        }
        if (inserts) Expect(operands[1], type.Fields[index], "value");
        return true;
    }

    private bool CheckElement(SequenceType type, MuType indexType, Value[] operands, bool inserts)
    {
        if (!IsValue(type)) return false;
        Expect(operands[0], type, "sequence");
        ExpectInteger(operands[1], indexType, "index");
        if (inserts) Expect(operands[2], type.Element, "value");
        return true;
    }

    private bool CheckShuffle(ShuffleVectorInstruction i)
    {
        if (!(IsValue(i.VectorType) & IsValue(i.MaskType))) return false;
        if (i.VectorType.Kind != TypeKind.Vector) findings.Add($"SHUFFLEVECTOR takes vectors, found {EntityText.Of(i.VectorType)}");
        if (i.MaskType is not { Kind: TypeKind.Vector, Element: IntType { Bits: 32 } }) findings.Add($"a mask is a vector of int<32>, found {EntityText.Of(i.MaskType)}");
        Expect(i.Operands[0], i.VectorType, "vector");
        Expect(i.Operands[1], i.VectorType, "vector");
        Expect(i.Operands[2], i.MaskType, "mask");
        if (i.Operands[2] is not Constant) findings.Add("a mask is a constant");
        return true;
    }
}
