using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Mu.Lua.Text.Format;

/// <summary>
/// Decimal digits of a finite double that is not negative, exact and rounded half to even at any place. 128 bits hold every product that
/// common numbers and precisions need; the rest takes big integers.
/// </summary>
internal static class DecimalDigits
{
    /// <summary>A buffer of this size holds the digits of any double with 99 of them after the point.</summary>
    public const int MaxLength = 420;

    // 2^53 * 10^22 is below 2^127.
    private const int MaxFastPower = 22;

    // 10^19 is the last power of ten below 2^64.
    private const int MaxFastDigits = 19;

    // Integers below 2^64.
    private const int MaxFastShift = 11;

    private static readonly UInt128[] s_powers = Powers();

    /// <summary>Digits of value * 10^<paramref name="places"/> as an integer; returns their number, at least 1.</summary>
    public static int Fixed(double value, int places, Span<byte> digits)
    {
        Split(value, out ulong mantissa, out int exponent);
        if (exponent <= 0 ? places <= MaxFastPower : exponent <= MaxFastShift && places <= MaxFastDigits)
        {
            UInt128 scaled = ScaleUp(mantissa, exponent, places, out _);
            if (scaled <= ulong.MaxValue)
            {
                Utf8Formatter.TryFormat((ulong)scaled, digits, out int length);
                return length;
            }
        }
        return WriteBig(Scale(mantissa, exponent, places, out _), digits);
    }

    /// <summary>The first <paramref name="count"/> significant digits; returns the decimal exponent of the first one. Zero has exponent 0.</summary>
    public static int Significant(double value, int count, Span<byte> digits)
    {
        if (value == 0)
        {
            digits[..count].Fill((byte)'0');
            return 0;
        }
        Split(value, out ulong mantissa, out int exponent);
        int decimalExponent = (int)Math.Floor(Math.Log10(value));
        return count <= MaxFastDigits && TryFast(mantissa, exponent, count, ref decimalExponent, digits)
            ? decimalExponent
            : Exact(mantissa, exponent, count, decimalExponent, digits);
    }

    private static void Split(double value, out ulong mantissa, out int exponent)
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(value);
        int power = (int)(bits >> 52);
        mantissa = bits & ((1UL << 52) - 1);
        if (power != 0) mantissa |= 1UL << 52;
        exponent = Math.Max(power, 1) - 1075;
    }

    private static UInt128[] Powers()
    {
        var powers = new UInt128[MaxFastPower + 1];
        powers[0] = 1;
        for (int i = 1; i < powers.Length; i++) powers[i] = powers[i - 1] * 10;
        return powers;
    }

    // mantissa * 2^exponent * 10^power, cut and rounded. Needs 0 <= power <= MaxFastPower and a result below 2^128.
    private static UInt128 ScaleUp(ulong mantissa, int exponent, int power, out UInt128 truncated)
    {
        UInt128 product = mantissa * s_powers[power];
        if (exponent >= 0) return truncated = product << exponent;
        // The product is below half of 2^128.
        if (exponent <= -128) return truncated = 0;
        truncated = product >> -exponent;
        UInt128 rest = product - (truncated << -exponent), half = UInt128.One << (-exponent - 1);
        return rest > half || (rest == half && (truncated & 1) != 0) ? truncated + 1 : truncated;
    }

    // The estimate of the exponent may be one off, which shows in the size of the result.
    private static bool TryFast(ulong mantissa, int exponent, int count, ref int decimalExponent, Span<byte> digits)
    {
        for (int tries = 0; tries < 2; tries++)
        {
            int power = count - 1 - decimalExponent;
            if (power is < 0 or > MaxFastPower || exponent > MaxFastShift) return false;
            UInt128 scaled = ScaleUp(mantissa, exponent, power, out UInt128 truncated);
            if (truncated < s_powers[count - 1]) decimalExponent--;
            else if (truncated >= s_powers[count]) decimalExponent++;
            else
            {
                // Rounding up 99...9 moves the first digit.
                if (scaled == s_powers[count])
                {
                    scaled = s_powers[count - 1];
                    decimalExponent++;
                }
                Utf8Formatter.TryFormat((ulong)scaled, digits, out _);
                return true;
            }
        }
        return false;
    }

    private static int Exact(ulong mantissa, int exponent, int count, int decimalExponent, Span<byte> digits)
    {
        BigInteger least = BigInteger.Pow(10, count - 1), limit = least * 10;
        while (true)
        {
            BigInteger scaled = Scale(mantissa, exponent, count - 1 - decimalExponent, out BigInteger truncated);
            if (truncated < least) decimalExponent--;
            else if (truncated >= limit) decimalExponent++;
            else
            {
                bool carries = scaled == limit;
                WriteBig(carries ? least : scaled, digits);
                return carries ? decimalExponent + 1 : decimalExponent;
            }
        }
    }

    // mantissa * 2^exponent * 10^power, cut and rounded.
    private static BigInteger Scale(ulong mantissa, int exponent, int power, out BigInteger truncated)
    {
        BigInteger numerator = mantissa, denominator = BigInteger.One;
        if (exponent >= 0) numerator <<= exponent; else denominator <<= -exponent;
        if (power >= 0) numerator *= BigInteger.Pow(10, power); else denominator *= BigInteger.Pow(10, -power);
        truncated = BigInteger.DivRem(numerator, denominator, out BigInteger rest);
        int order = (rest * 2).CompareTo(denominator);
        return order > 0 || (order == 0 && !truncated.IsEven) ? truncated + 1 : truncated;
    }

    private static int WriteBig(BigInteger value, Span<byte> digits)
        => Encoding.ASCII.GetBytes(value.ToString(CultureInfo.InvariantCulture), digits);
}
