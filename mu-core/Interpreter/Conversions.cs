using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Interpreter;

internal sealed partial class Decoder
{
    private Operation DecodeConvert(ConvertInstruction i) =>
        FlatValue.Lane(i.From).IsWideInt || FlatValue.Lane(i.To).IsWideInt
            ? new WideConvertOperation(i.Op, FlatValue.Lane(i.From), FlatValue.Lane(i.To), FlatValue.Lanes(i.From), Operand(i.Operand))
            : new ConvertOperation(i.Op, FlatValue.Lane(i.From), FlatValue.Lane(i.To), FlatValue.Lanes(i.From), Operand(i.Operand));
}

/// <summary>Conversions.</summary>
internal sealed class ConvertOperation(ConvertOp op, MuType from, MuType to, int lanes, int operand) : Operation
{
    private readonly int fromBits = IntWord.BitsOf(from), toBits = IntWord.BitsOf(to);

    /// <inheritdoc/>
    public override bool Execute(InterpreterThread thread, Frame frame)
    {
        for (int i = 0; i < lanes; i++) frame.Words[ResultSlot + i] = Convert(frame.Get(operand, i));
        return true;
    }

    private ulong Convert(ulong word) => op switch
    {
        ConvertOp.Trunc or ConvertOp.PtrCast => word & IntWord.Mask(toBits),
        ConvertOp.ZExt or ConvertOp.Bitcast or ConvertOp.RefCast => word,
        ConvertOp.SExt => (ulong)IntWord.Signed(word, fromBits) & IntWord.Mask(toBits),
        ConvertOp.FPTrunc => BitConverter.SingleToUInt32Bits((float)BitConverter.UInt64BitsToDouble(word)),
        ConvertOp.FPExt => BitConverter.DoubleToUInt64Bits(BitConverter.UInt32BitsToSingle((uint)word)),
        ConvertOp.FPToSI => FloatArithmetic.ToInteger(AsDouble(word), toBits, signed: true),
        ConvertOp.FPToUI => FloatArithmetic.ToInteger(AsDouble(word), toBits, signed: false),
        ConvertOp.SIToFP when to.Kind == TypeKind.Double => BitConverter.DoubleToUInt64Bits(IntWord.Signed(word, fromBits)),
        ConvertOp.SIToFP => BitConverter.SingleToUInt32Bits(IntWord.Signed(word, fromBits)),
        ConvertOp.UIToFP when to.Kind == TypeKind.Double => BitConverter.DoubleToUInt64Bits(FloatArithmetic.ToDouble(word)),
        ConvertOp.UIToFP => BitConverter.SingleToUInt32Bits(FloatArithmetic.ToSingle(word)),
        _ => throw new NotSupportedException($"conversion {op}"),
    };

    private double AsDouble(ulong word) =>
        from.Kind == TypeKind.Double ? BitConverter.UInt64BitsToDouble(word) : BitConverter.UInt32BitsToSingle((uint)word);
}
