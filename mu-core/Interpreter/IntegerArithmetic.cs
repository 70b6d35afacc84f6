using Mu.Core.IR;

namespace Mu.Core.Interpreter;

/// <summary>Integer operations of 1 to 64 bits on zero-extended words.</summary>
internal static class IntegerArithmetic
{
    /// <summary>The result. A divisor is not 0.</summary>
    public static ulong Apply(BinaryOp op, int bits, ulong a, ulong b)
    {
        int count = IntWord.ShiftCount(b, bits);
        ulong result = op switch
        {
            BinaryOp.Add => a + b,
            BinaryOp.Sub => a - b,
            BinaryOp.Mul => a * b,
            BinaryOp.SDiv => SignedDivide(IntWord.Signed(a, bits), IntWord.Signed(b, bits)),
            BinaryOp.SRem => SignedRemainder(IntWord.Signed(a, bits), IntWord.Signed(b, bits)),
            BinaryOp.UDiv => a / b,
            BinaryOp.URem => a % b,
            BinaryOp.Shl => count >= bits ? 0 : a << count,
            BinaryOp.LShr => count >= bits ? 0 : a >> count,
            BinaryOp.AShr => (ulong)(IntWord.Signed(a, bits) >> Math.Min(count, 63)),
            BinaryOp.And => a & b,
            BinaryOp.Or => a | b,
            BinaryOp.Xor => a ^ b,
            _ => throw new NotSupportedException($"{op} on integers"),
        };
        return result & IntWord.Mask(bits);
    }

    /// <summary>One status flag of an operation with its result.</summary>
    public static bool Flag(StatusFlags flag, BinaryOp op, int bits, ulong a, ulong b, ulong result) => flag switch
    {
        StatusFlags.N => (result >> (bits - 1) & 1) != 0,
        StatusFlags.Z => result == 0,
        StatusFlags.C => Carry(op, bits, a, b),
        _ => Overflow(op, bits, a, b),
    };

    /// <summary>The exact unsigned result is outside 0 … 2^n - 1; for SUB that is a borrow.</summary>
    private static bool Carry(BinaryOp op, int bits, ulong a, ulong b) => op switch
    {
        BinaryOp.Add => (UInt128)a + b > IntWord.Mask(bits),
        BinaryOp.Sub => a < b,
        BinaryOp.Mul => (UInt128)a * b > IntWord.Mask(bits),
        _ => throw new NotSupportedException($"status flag C of {op}"),
    };

    /// <summary>The exact signed result is outside -2^(n-1) … 2^(n-1) - 1.</summary>
    private static bool Overflow(BinaryOp op, int bits, ulong a, ulong b)
    {
        Int128 x = IntWord.Signed(a, bits), y = IntWord.Signed(b, bits);
        Int128 exact = op switch
        {
            BinaryOp.Add => x + y,
            BinaryOp.Sub => x - y,
            BinaryOp.Mul => x * y,
            _ => throw new NotSupportedException($"status flag V of {op}"),
        };
        Int128 limit = Int128.One << (bits - 1);
        return exact < -limit || exact >= limit;
    }

    /// <summary>MIN / -1 is MIN, where the processor traps.</summary>
    private static ulong SignedDivide(long a, long b) => b == -1 ? 0 - (ulong)a : (ulong)(a / b);

    private static ulong SignedRemainder(long a, long b) => b == -1 ? 0 : (ulong)(a % b);

    /// <summary>A comparison of integers, references or pointers.</summary>
    public static bool Compare(CompareOp op, int bits, ulong a, ulong b)
    {
        long x = IntWord.Signed(a, bits), y = IntWord.Signed(b, bits);
        return op switch
        {
            CompareOp.Eq => a == b,
            CompareOp.Ne => a != b,
            CompareOp.Sge => x >= y,
            CompareOp.Sgt => x > y,
            CompareOp.Sle => x <= y,
            CompareOp.Slt => x < y,
            CompareOp.Uge => a >= b,
            CompareOp.Ugt => a > b,
            CompareOp.Ule => a <= b,
            CompareOp.Ult => a < b,
            _ => throw new NotSupportedException($"{op} on integers"),
        };
    }
}
