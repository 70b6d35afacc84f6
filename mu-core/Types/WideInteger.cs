using System.Numerics;

namespace Mu.Core.Types;

/// <summary>Operations on int&lt;128&gt; that machine code does not do inline, for both engines.</summary>
internal static class WideInteger
{
    /// <summary>MIN / -1 is MIN. The divisor is not 0.</summary>
    public static UInt128 SignedDivide(UInt128 a, UInt128 b) => b == UInt128.MaxValue ? UInt128.Zero - a : (UInt128)((Int128)a / (Int128)b);

    /// <summary>The sign is the dividend's. The divisor is not 0.</summary>
    public static UInt128 SignedRemainder(UInt128 a, UInt128 b) => b == UInt128.MaxValue ? 0 : (UInt128)((Int128)a % (Int128)b);

    /// <summary>Whether the unsigned product needs more than 128 bits.</summary>
    public static bool MultiplyCarries(UInt128 a, UInt128 b) => b != 0 && a > UInt128.MaxValue / b;

    /// <summary>Whether the signed product needs more than 128 bits.</summary>
    public static bool MultiplyOverflows(UInt128 a, UInt128 b)
    {
        BigInteger exact = (BigInteger)(Int128)a * (BigInteger)(Int128)b;
        return exact < (BigInteger)Int128.MinValue || exact > (BigInteger)Int128.MaxValue;
    }

    /// <summary>Toward zero, saturating, 0 for NaN. Exact for floats too.</summary>
    public static UInt128 FromDouble(double value, bool signed)
    {
        if (double.IsNaN(value)) return 0;
        double whole = Math.Truncate(value), limit = Math.ScaleB(1, signed ? 127 : 128);
        if (whole >= limit) return signed ? (UInt128)Int128.MaxValue : UInt128.MaxValue;
        if (whole < 0 && !signed) return 0;
        if (whole < -limit) return (UInt128)Int128.MinValue;
        UInt128 magnitude = Magnitude(Math.Abs(whole));
        return whole < 0 ? UInt128.Zero - magnitude : magnitude;
    }

    /// <summary>To double, rounded once.</summary>
    public static double ToDouble(UInt128 value, bool signed)
    {
        bool negative = signed && (Int128)value < 0;
        (ulong top, int exponent) = Leading(negative ? UInt128.Zero - value : value);
        double magnitude = Math.ScaleB(top <= long.MaxValue ? (long)top : (double)Halved(top) * 2, exponent);
        return negative ? -magnitude : magnitude;
    }

    /// <summary>To float, rounded once: the way over double would round twice.</summary>
    public static float ToSingle(UInt128 value, bool signed)
    {
        bool negative = signed && (Int128)value < 0;
        (ulong top, int exponent) = Leading(negative ? UInt128.Zero - value : value);
        float magnitude = MathF.ScaleB(top <= long.MaxValue ? (long)top : (float)Halved(top) * 2, exponent);
        return negative ? -magnitude : magnitude;
    }

    private static UInt128 Magnitude(double whole)
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(whole);
        int exponent = (int)(bits >> 52) - 1075;
        if (whole < 1) return 0;
        UInt128 mantissa = (bits & 0xF_FFFF_FFFF_FFFF) | 1UL << 52;
        return exponent >= 0 ? mantissa << exponent : mantissa >> -exponent;
    }

    /// <summary>The leading 64 bits, the lowest of them sticky, and what they are to be scaled by.</summary>
    private static (ulong Top, int Exponent) Leading(UInt128 value)
    {
        int shift = 64 - (int)UInt128.LeadingZeroCount(value);
        if (shift <= 0) return ((ulong)value, 0);
        ulong top = (ulong)(value >> shift);
        bool isExact = value << (128 - shift) == 0;
        return (isExact ? top : top | 1, shift);
    }

    /// <summary>Half the value with the lost bit kept sticky, so that rounding the half is rounding the whole.</summary>
    private static long Halved(ulong value) => (long)((value >> 1) | (value & 1));
}
