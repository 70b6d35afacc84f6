using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Interpreter;

/// <summary>Integer operations of 128 bits, with their status flags behind the result.</summary>
internal sealed class WideBinaryOperation(BinaryOp op, bool divides, int lanes, int left, int right, StatusFlags[] flags) : Operation
{
    /// <inheritdoc/>
    public override bool Execute(InterpreterThread thread, Frame frame)
    {
        for (int i = 0; i < lanes; i++)
        {
            UInt128 a = frame.GetWide(left, i), b = frame.GetWide(right, i);
            if (divides && b == 0) return Fail(thread, frame);
            UInt128 result = Apply(a, b);
            frame.SetWide(ResultSlot, i, result);
            for (int f = 0; f < flags.Length; f++) frame.Words[ResultSlot + 2 * lanes + f] = Flag(flags[f], a, b, result) ? 1UL : 0;
        }

        return Finish(frame);
    }

    private UInt128 Apply(UInt128 a, UInt128 b)
    {
        int count = (int)(b & 127);
        return op switch
        {
            BinaryOp.Add => a + b,
            BinaryOp.Sub => a - b,
            BinaryOp.Mul => a * b,
            BinaryOp.SDiv => WideInteger.SignedDivide(a, b),
            BinaryOp.SRem => WideInteger.SignedRemainder(a, b),
            BinaryOp.UDiv => a / b,
            BinaryOp.URem => a % b,
            BinaryOp.Shl => a << count,
            BinaryOp.LShr => a >> count,
            BinaryOp.AShr => (UInt128)((Int128)a >> count),
            BinaryOp.And => a & b,
            BinaryOp.Or => a | b,
            BinaryOp.Xor => a ^ b,
            _ => throw new NotSupportedException($"{op} on integers"),
        };
    }

    private bool Flag(StatusFlags flag, UInt128 a, UInt128 b, UInt128 result) => flag switch
    {
        StatusFlags.N => (Int128)result < 0,
        StatusFlags.Z => result == 0,
        StatusFlags.C => op switch { BinaryOp.Add => result < a, BinaryOp.Sub => a < b, _ => WideInteger.MultiplyCarries(a, b) },
        _ => op switch
        {
            BinaryOp.Add => (Int128)((a ^ result) & (b ^ result)) < 0,
            BinaryOp.Sub => (Int128)((a ^ b) & (a ^ result)) < 0,
            _ => WideInteger.MultiplyOverflows(a, b),
        },
    };
}

/// <summary>Comparisons of int&lt;128&gt;.</summary>
internal sealed class WideCompareOperation(CompareOp op, int lanes, int left, int right) : Operation
{
    /// <inheritdoc/>
    public override bool Execute(InterpreterThread thread, Frame frame)
    {
        for (int i = 0; i < lanes; i++) frame.Words[ResultSlot + i] = Holds(frame.GetWide(left, i), frame.GetWide(right, i)) ? 1UL : 0;
        return true;
    }

    private bool Holds(UInt128 a, UInt128 b) => op switch
    {
        CompareOp.Eq => a == b,
        CompareOp.Ne => a != b,
        CompareOp.Sge => (Int128)a >= (Int128)b,
        CompareOp.Sgt => (Int128)a > (Int128)b,
        CompareOp.Sle => (Int128)a <= (Int128)b,
        CompareOp.Slt => (Int128)a < (Int128)b,
        CompareOp.Uge => a >= b,
        CompareOp.Ugt => a > b,
        CompareOp.Ule => a <= b,
        CompareOp.Ult => a < b,
        _ => throw new NotSupportedException($"{op} on integers"),
    };
}

/// <summary>Conversions from or to int&lt;128&gt;.</summary>
internal sealed class WideConvertOperation(ConvertOp op, MuType from, MuType to, int lanes, int operand) : Operation
{
    private readonly int fromBits = IntWord.BitsOf(from), toBits = IntWord.BitsOf(to);

    /// <inheritdoc/>
    public override bool Execute(InterpreterThread thread, Frame frame)
    {
        for (int i = 0; i < lanes; i++)
        {
            UInt128 result = Convert(from.IsWideInt ? frame.GetWide(operand, i) : frame.Get(operand, i));
            if (to.IsWideInt) frame.SetWide(ResultSlot, i, result);
            else frame.Words[ResultSlot + i] = (ulong)result;
        }

        return true;
    }

    private UInt128 Convert(UInt128 value) => op switch
    {
        ConvertOp.Trunc or ConvertOp.PtrCast when !to.IsWideInt => (ulong)value & IntWord.Mask(toBits),
        ConvertOp.Trunc or ConvertOp.PtrCast or ConvertOp.ZExt => value,
        ConvertOp.SExt => from.IsWideInt ? value : (UInt128)(Int128)IntWord.Signed((ulong)value, fromBits),
        ConvertOp.FPToSI => WideInteger.FromDouble(AsDouble((ulong)value), signed: true),
        ConvertOp.FPToUI => WideInteger.FromDouble(AsDouble((ulong)value), signed: false),
        ConvertOp.SIToFP or ConvertOp.UIToFP => ToFloat(value, op == ConvertOp.SIToFP),
        _ => throw new NotSupportedException($"conversion {op}"),
    };

    private ulong ToFloat(UInt128 value, bool signed) => to.Kind == TypeKind.Double
        ? BitConverter.DoubleToUInt64Bits(WideInteger.ToDouble(value, signed))
        : BitConverter.SingleToUInt32Bits(WideInteger.ToSingle(value, signed));

    private double AsDouble(ulong word) =>
        from.Kind == TypeKind.Double ? BitConverter.UInt64BitsToDouble(word) : BitConverter.UInt32BitsToSingle((uint)word);
}
