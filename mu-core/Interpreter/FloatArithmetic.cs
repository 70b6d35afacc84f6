using Mu.Core.IR;

namespace Mu.Core.Interpreter;

/// <summary>Floating-point operations. Which NaN comes out of NaNs is the platform's choice.</summary>
internal static class FloatArithmetic
{
    /// <summary>An operation on double; C#'s % is C's fmod.</summary>
    public static double Apply(BinaryOp op, double a, double b) => op switch
    {
        BinaryOp.FAdd => a + b,
        BinaryOp.FSub => a - b,
        BinaryOp.FMul => a * b,
        BinaryOp.FDiv => a / b,
        BinaryOp.FRem => a % b,
        _ => throw new NotSupportedException($"{op} on double"),
    };

    /// <summary>An operation on float, rounded to float.</summary>
    public static float Apply(BinaryOp op, float a, float b) => op switch
    {
        BinaryOp.FAdd => a + b,
        BinaryOp.FSub => a - b,
        BinaryOp.FMul => a * b,
        BinaryOp.FDiv => a / b,
        BinaryOp.FRem => a % b,
        _ => throw new NotSupportedException($"{op} on float"),
    };

    /// <summary>A comparison; of floats too, since their extension to double is exact.</summary>
    public static bool Compare(CompareOp op, double a, double b)
    {
        bool unordered = double.IsNaN(a) || double.IsNaN(b);
        return op switch
        {
            CompareOp.FFalse => false,
            CompareOp.FTrue => true,
            CompareOp.FUno => unordered,
            CompareOp.FUeq => unordered || a == b,
            CompareOp.FUne => unordered || a != b,
            CompareOp.FUgt => unordered || a > b,
            CompareOp.FUge => unordered || a >= b,
            CompareOp.FUlt => unordered || a < b,
            CompareOp.FUle => unordered || a <= b,
            CompareOp.FOrd => !unordered,
            CompareOp.FOeq => !unordered && a == b,
            CompareOp.FOne => !unordered && a != b,
            CompareOp.FOgt => !unordered && a > b,
            CompareOp.FOge => !unordered && a >= b,
            CompareOp.FOlt => !unordered && a < b,
            CompareOp.FOle => !unordered && a <= b,
            _ => throw new NotSupportedException($"{op} on floating point"),
        };
    }

    /// <summary>To an n-bit integer: toward zero, saturating, 0 for NaN. Exact for floats too.</summary>
    public static ulong ToInteger(double value, int bits, bool signed)
    {
        if (double.IsNaN(value)) return 0;
        double whole = Math.Truncate(value), limit = Math.ScaleB(1, signed ? bits - 1 : bits);
        if (whole >= limit) return signed ? IntWord.Mask(bits) >> 1 : IntWord.Mask(bits);
        if (!signed) return whole <= 0 ? 0 : (ulong)whole;
        return whole < -limit ? 1UL << (bits - 1) : (ulong)(long)whole & IntWord.Mask(bits);
    }

    /// <summary>From an unsigned integer, rounded once.</summary>
    public static double ToDouble(ulong value) => value <= long.MaxValue ? (double)(long)value : (double)Halved(value) * 2;

    /// <summary>From an unsigned integer, rounded once: the way over double would round twice.</summary>
    public static float ToSingle(ulong value) => value <= long.MaxValue ? (float)(long)value : (float)Halved(value) * 2;

    /// <summary>Half the value with the lost bit kept sticky, so that rounding the half is rounding the whole.</summary>
    private static long Halved(ulong value) => (long)((value >> 1) | (value & 1));
}
