using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Interpreter;

internal sealed partial class Decoder
{
    private Operation DecodeBinary(BinaryInstruction i)
    {
        MuType lane = FlatValue.Lane(i.OperandType);
        int lanes = FlatValue.Lanes(i.OperandType), left = Operand(i.Left), right = Operand(i.Right);
        if (lane.IsFloatingPoint) return new FloatBinaryOperation(i.Op, lane.Kind == TypeKind.Double, lanes, left, right);
        if (i.Flags != StatusFlags.None && lanes != 1) throw new NotSupportedException($"status flags of {i.OperandType}");
        StatusFlags[] flags = [.. new[] { StatusFlags.N, StatusFlags.Z, StatusFlags.C, StatusFlags.V }.Where(f => (i.Flags & f) != 0)];
        if (lane.IsWideInt) return new WideBinaryOperation(i.Op, i.IsIntegerDivision, lanes, left, right, flags);
        return new IntegerBinaryOperation(i.Op, i.IsIntegerDivision, IntWord.BitsOf(lane), lanes, left, right, flags);
    }

    private Operation DecodeCompare(CompareInstruction i)
    {
        MuType lane = FlatValue.Lane(i.OperandType);
        if (lane.IsWideInt) return new WideCompareOperation(i.Op, FlatValue.Lanes(i.OperandType), Operand(i.Left), Operand(i.Right));
        return new CompareOperation(i.Op, lane, FlatValue.Lanes(i.OperandType), Operand(i.Left), Operand(i.Right));
    }
}

/// <summary>Integer operations, with their status flags behind the result.</summary>
internal sealed class IntegerBinaryOperation(BinaryOp op, bool divides, int bits, int lanes, int left, int right, StatusFlags[] flags) : Operation
{
    /// <inheritdoc/>
    public override bool Execute(InterpreterThread thread, Frame frame)
    {
        for (int i = 0; i < lanes; i++)
        {
            ulong a = frame.Get(left, i), b = frame.Get(right, i);
            if (divides && b == 0) return Fail(thread, frame);
            ulong result = frame.Words[ResultSlot + i] = IntegerArithmetic.Apply(op, bits, a, b);
            for (int f = 0; f < flags.Length; f++)
                frame.Words[ResultSlot + lanes + f] = IntegerArithmetic.Flag(flags[f], op, bits, a, b, result) ? 1UL : 0;
        }

        return Finish(frame);
    }
}

/// <summary>FP operations.</summary>
internal sealed class FloatBinaryOperation(BinaryOp op, bool isDouble, int lanes, int left, int right) : Operation
{
    /// <inheritdoc/>
    public override bool Execute(InterpreterThread thread, Frame frame)
    {
        for (int i = 0; i < lanes; i++)
        {
            ulong a = frame.Get(left, i), b = frame.Get(right, i);
            frame.Words[ResultSlot + i] = isDouble
                ? BitConverter.DoubleToUInt64Bits(FloatArithmetic.Apply(op, BitConverter.UInt64BitsToDouble(a), BitConverter.UInt64BitsToDouble(b)))
                : BitConverter.SingleToUInt32Bits(FloatArithmetic.Apply(op, BitConverter.UInt32BitsToSingle((uint)a), BitConverter.UInt32BitsToSingle((uint)b)));
        }

        return Finish(frame);
    }
}

/// <summary>Comparisons.</summary>
internal sealed class CompareOperation(CompareOp op, MuType type, int lanes, int left, int right) : Operation
{
    private readonly int bits = IntWord.BitsOf(type);

    /// <inheritdoc/>
    public override bool Execute(InterpreterThread thread, Frame frame)
    {
        for (int i = 0; i < lanes; i++) frame.Words[ResultSlot + i] = Holds(frame.Get(left, i), frame.Get(right, i)) ? 1UL : 0;
        return true;
    }

    private bool Holds(ulong a, ulong b) => type.Kind switch
    {
        TypeKind.Float => FloatArithmetic.Compare(op, BitConverter.UInt32BitsToSingle((uint)a), BitConverter.UInt32BitsToSingle((uint)b)),
        TypeKind.Double => FloatArithmetic.Compare(op, BitConverter.UInt64BitsToDouble(a), BitConverter.UInt64BitsToDouble(b)),
        _ => IntegerArithmetic.Compare(op, bits, a, b),
    };
}
