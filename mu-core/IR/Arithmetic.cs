using System.Numerics;
using Mu.Core.Types;

namespace Mu.Core.IR;

/// <summary>A binary operation; integer or FP, scalar or vector. With status flags it has one more int&lt;1&gt; result for each, in the order N, Z, C, V.</summary>
public sealed class BinaryInstruction : Instruction
{
    /// <summary>A binary operation on two values of <paramref name="operandType"/>.</summary>
    public BinaryInstruction(BinaryOp op, MuType operandType, Value left, Value right, StatusFlags flags = StatusFlags.None) : base(left, right)
    {
        Op = op;
        OperandType = operandType;
        Flags = flags;
        var types = new MuType[1 + BitOperations.PopCount((uint)flags)];
        types[0] = operandType;
        Array.Fill(types, IntType.I1, 1, types.Length - 1);
        Results = MakeResults(types.AsSpan());
    }

    /// <summary>The operation.</summary>
    public BinaryOp Op { get; }

    /// <summary>Type of operands and result.</summary>
    public MuType OperandType { get; }

    /// <summary>Status flags asked for.</summary>
    public StatusFlags Flags { get; }

    /// <summary>Left operand.</summary>
    public Value Left => Operands[0];

    /// <summary>Right operand.</summary>
    public Value Right => Operands[1];

    /// <summary>The result that holds one status flag.</summary>
    public InstructionResult FlagResult(StatusFlags flag) =>
        (Flags & flag) != 0 ? Results[1 + BitOperations.PopCount((uint)Flags & ((uint)flag - 1))] : throw new ArgumentException($"flag {flag} was not asked for");

    /// <summary>Whether the operation divides integers: it can then fail and have an EXC clause.</summary>
    public bool IsIntegerDivision => Op is BinaryOp.SDiv or BinaryOp.SRem or BinaryOp.UDiv or BinaryOp.URem;
}

/// <summary>A comparison; gives int&lt;1&gt;, or a vector of it.</summary>
public sealed class CompareInstruction : Instruction
{
    /// <summary>A comparison of two values of <paramref name="operandType"/>.</summary>
    public CompareInstruction(CompareOp op, MuType operandType, Value left, Value right) : base(left, right)
    {
        Op = op;
        OperandType = operandType;
        MuType result = operandType is SequenceType { Kind: TypeKind.Vector } v ? new SequenceType(TypeKind.Vector, IntType.I1, v.Length) : IntType.I1;
        Results = MakeResults(result);
    }

    /// <summary>The comparison.</summary>
    public CompareOp Op { get; }

    /// <summary>Type of the operands.</summary>
    public MuType OperandType { get; }

    /// <summary>Left operand.</summary>
    public Value Left => Operands[0];

    /// <summary>Right operand.</summary>
    public Value Right => Operands[1];
}

/// <summary>A conversion.</summary>
public sealed class ConvertInstruction : Instruction
{
    /// <summary>Converts a value from one type to another.</summary>
    public ConvertInstruction(ConvertOp op, MuType from, MuType to, Value operand) : base(operand)
    {
        Op = op;
        From = from;
        To = to;
        Results = MakeResults(to);
    }

    /// <summary>The conversion.</summary>
    public ConvertOp Op { get; }

    /// <summary>Type of the operand.</summary>
    public MuType From { get; }

    /// <summary>Type of the result.</summary>
    public MuType To { get; }

    /// <summary>The operand.</summary>
    public Value Operand => Operands[0];
}

/// <summary>SELECT: one of two values by an int&lt;1&gt; (or element-wise by a vector of it).</summary>
public sealed class SelectInstruction : Instruction
{
    /// <summary>Selects <paramref name="ifTrue"/> when the condition is 1.</summary>
    public SelectInstruction(MuType conditionType, MuType type, Value condition, Value ifTrue, Value ifFalse) : base(condition, ifTrue, ifFalse)
    {
        ConditionType = conditionType;
        ValueType = type;
        Results = MakeResults(type);
    }

    /// <summary>Type of the condition.</summary>
    public MuType ConditionType { get; }

    /// <summary>Type of the values.</summary>
    public MuType ValueType { get; }

    /// <summary>The condition.</summary>
    public Value Condition => Operands[0];

    /// <summary>Value for 1.</summary>
    public Value IfTrue => Operands[1];

    /// <summary>Value for 0.</summary>
    public Value IfFalse => Operands[2];
}

/// <summary>EXTRACTVALUE: reads a field of a struct value.</summary>
public sealed class ExtractValueInstruction : Instruction
{
    /// <summary>Reads field <paramref name="index"/>.</summary>
    public ExtractValueInstruction(StructType type, int index, Value aggregate) : base(aggregate)
    {
        StructType = type;
        Index = index;
        Results = MakeResults(index >= 0 && index < type.Fields.Count ? type.Fields[index] : SimpleType.Void);
    }

    /// <summary>The struct type.</summary>
    public StructType StructType { get; }

    /// <summary>The field.</summary>
    public int Index { get; }
}

/// <summary>INSERTVALUE: a struct value with one field replaced.</summary>
public sealed class InsertValueInstruction : Instruction
{
    /// <summary>Replaces field <paramref name="index"/>.</summary>
    public InsertValueInstruction(StructType type, int index, Value aggregate, Value value) : base(aggregate, value)
    {
        StructType = type;
        Index = index;
        Results = MakeResults(type);
    }

    /// <summary>The struct type.</summary>
    public StructType StructType { get; }

    /// <summary>The field.</summary>
    public int Index { get; }
}

/// <summary>EXTRACTELEMENT: reads an element of an array or vector value.</summary>
public sealed class ExtractElementInstruction : Instruction
{
    /// <summary>Reads the element at an (unsigned) index.</summary>
    public ExtractElementInstruction(SequenceType type, MuType indexType, Value aggregate, Value index) : base(aggregate, index)
    {
        SequenceType = type;
        IndexType = indexType;
        Results = MakeResults(type.Element);
    }

    /// <summary>The array or vector type.</summary>
    public SequenceType SequenceType { get; }

    /// <summary>Type of the index.</summary>
    public MuType IndexType { get; }
}

/// <summary>INSERTELEMENT: an array or vector value with one element replaced.</summary>
public sealed class InsertElementInstruction : Instruction
{
    /// <summary>Replaces the element at an (unsigned) index.</summary>
    public InsertElementInstruction(SequenceType type, MuType indexType, Value aggregate, Value index, Value value) : base(aggregate, index, value)
    {
        SequenceType = type;
        IndexType = indexType;
        Results = MakeResults(type);
    }

    /// <summary>The array or vector type.</summary>
    public SequenceType SequenceType { get; }

    /// <summary>Type of the index.</summary>
    public MuType IndexType { get; }
}

/// <summary>SHUFFLEVECTOR: elements of two vectors chosen by a constant mask.</summary>
public sealed class ShuffleVectorInstruction : Instruction
{
    /// <summary>Chooses elements of the concatenation of two vectors.</summary>
    public ShuffleVectorInstruction(SequenceType type, SequenceType maskType, Value left, Value right, Value mask) : base(left, right, mask)
    {
        VectorType = type;
        MaskType = maskType;
        Results = MakeResults(new SequenceType(TypeKind.Vector, type.Element, maskType.Length));
    }

    /// <summary>The operands' type.</summary>
    public SequenceType VectorType { get; }

    /// <summary>The mask's type.</summary>
    public SequenceType MaskType { get; }
}
