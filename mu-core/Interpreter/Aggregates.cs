using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Interpreter;

internal sealed partial class Decoder
{
    private SelectOperation DecodeSelect(SelectInstruction i)
    {
        int lanes = FlatValue.Lanes(i.ConditionType), words = FlatValue.Words(i.ValueType);
        return new SelectOperation(lanes, words / lanes, Operand(i.Condition), Operand(i.IfTrue), Operand(i.IfFalse));
    }

    private PartOperation DecodeExtractValue(ExtractValueInstruction i) =>
        new(Operand(i.Operands[0]), FlatValue.FieldOffset(i.StructType, i.Index), FlatValue.Words(i.StructType.Fields[i.Index]));

    private ReplaceOperation DecodeInsertValue(InsertValueInstruction i) =>
        new(FlatValue.Words(i.StructType), FlatValue.Words(i.StructType.Fields[i.Index]), FlatValue.FieldOffset(i.StructType, i.Index),
            null, 1, Operand(i.Operands[0]), Operand(i.Operands[1]));

    private ElementOperation DecodeExtractElement(ExtractElementInstruction i) =>
        new(Operand(i.Operands[0]), Operand(i.Operands[1]), FlatValue.Words(i.SequenceType.Element), i.SequenceType.Length);

    private ReplaceOperation DecodeInsertElement(InsertElementInstruction i) =>
        new(FlatValue.Words(i.SequenceType), FlatValue.Words(i.SequenceType.Element), 0, Operand(i.Operands[1]), i.SequenceType.Length, Operand(i.Operands[0]),
            Operand(i.Operands[2]));

    private ShuffleOperation DecodeShuffle(ShuffleVectorInstruction i) =>
        new(FlatValue.Lanes(i.VectorType), FlatValue.Lanes(i.MaskType), FlatValue.Words(i.VectorType.Element), Operand(i.Operands[0]), Operand(i.Operands[1]),
            Operand(i.Operands[2]));
}

/// <summary>SELECT, of whole values or lane by lane.</summary>
internal sealed class SelectOperation(int lanes, int laneWords, int condition, int ifTrue, int ifFalse) : Operation
{
    /// <inheritdoc/>
    public override bool Execute(InterpreterThread thread, Frame frame)
    {
        for (int i = 0; i < lanes * laneWords; i++)
            frame.Words[ResultSlot + i] = frame.Get(frame.Get(condition, i / laneWords) != 0 ? ifTrue : ifFalse, i);
        return true;
    }
}

/// <summary>EXTRACTVALUE: some of a value's words.</summary>
internal sealed class PartOperation(int aggregate, int offset, int words) : Operation
{
    /// <inheritdoc/>
    public override bool Execute(InterpreterThread thread, Frame frame)
    {
        for (int i = 0; i < words; i++) frame.Words[ResultSlot + i] = frame.Get(aggregate, offset + i);
        return true;
    }
}

/// <summary>EXTRACTELEMENT.</summary>
internal sealed class ElementOperation(int aggregate, int index, int words, ulong length) : Operation
{
    /// <inheritdoc/>
    public override bool Execute(InterpreterThread thread, Frame frame)
    {
        ulong element = ReplaceOperation.Check(frame.Get(index), length, this);
        for (int i = 0; i < words; i++) frame.Words[ResultSlot + i] = frame.Get(aggregate, (int)element * words + i);
        return true;
    }
}

/// <summary>INSERTVALUE and INSERTELEMENT: a copy with some words replaced.</summary>
internal sealed class ReplaceOperation(int words, int partWords, int offset, int? index, ulong length, int aggregate, int value) : Operation
{
    /// <inheritdoc/>
    public override bool Execute(InterpreterThread thread, Frame frame)
    {
        int start = index is { } i ? (int)Check(frame.Get(i), length, this) * partWords : offset;
        for (int w = 0; w < words; w++)
            frame.Words[ResultSlot + w] = w >= start && w < start + partWords ? frame.Get(value, w - start) : frame.Get(aggregate, w);
        return true;
    }

    /// <summary>An index in range.</summary>
    public static ulong Check(ulong index, ulong length, Operation operation) =>
        index < length ? index : throw new MuExecutionException($"{operation.Describe()}: index {index} of {length} elements");
}

/// <summary>SHUFFLEVECTOR.</summary>
internal sealed class ShuffleOperation(int lanes, int maskLanes, int laneWords, int left, int right, int mask) : Operation
{
    /// <inheritdoc/>
    public override bool Execute(InterpreterThread thread, Frame frame)
    {
        for (int m = 0; m < maskLanes; m++)
        {
            int lane = (int)ReplaceOperation.Check(frame.Get(mask, m), 2 * (ulong)lanes, this);
            for (int i = 0; i < laneWords; i++)
                frame.Words[ResultSlot + m * laneWords + i] = frame.Get(lane < lanes ? left : right, lane % lanes * laneWords + i);
        }

        return true;
    }
}
