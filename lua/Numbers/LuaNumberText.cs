using System.Buffers.Text;
using System.Globalization;
using System.Numerics;

namespace Mu.Lua.Numbers;

/// <summary>Number to text as <c>tostring</c> gives it: <c>%d</c>, and <c>%.14g</c> with ".0" where it would look like an integer.</summary>
internal static class LuaNumberText
{
    /// <summary>A buffer of this size holds any number.</summary>
    public const int MaxLength = 32;

    private const int Digits = 14;

    /// <summary>Writes an integer; returns the length.</summary>
    public static int Write(long value, Span<byte> to)
    {
        Utf8Formatter.TryFormat(value, to, out int length);
        return length;
    }

    /// <summary>Writes a float; returns the length.</summary>
    public static int Write(double value, Span<byte> to)
    {
        if (!double.IsFinite(value)) return WriteSpecial(value, to);
        if (Math.Abs(value) < 1e14 && value == Math.Truncate(value)) return WriteIntegral(value, to);
        Span<byte> digits = stackalloc byte[Digits];
        int exponent = RoundedDigits(Math.Abs(value), digits);
        int count = Digits;
        while (count > 1 && digits[count - 1] == '0') count--;
        int at = 0;
        if (value < 0) to[at++] = (byte)'-';
        at += exponent is < -4 or >= Digits
            ? WriteScientific(digits[..count], exponent, to[at..])
            : WriteFixed(digits[..count], exponent, to[at..]);
        return at;
    }

    // printf writes the sign of a NaN; 0/0 on x86 has it set.
    private static int WriteSpecial(double value, Span<byte> to)
    {
        ReadOnlySpan<byte> text = double.IsNaN(value)
            ? (double.IsNegative(value) ? "-nan"u8 : "nan"u8)
            : (value < 0 ? "-inf"u8 : "inf"u8);
        text.CopyTo(to);
        return text.Length;
    }

    private static int WriteIntegral(double value, Span<byte> to)
    {
        int at = 0;
        if (double.IsNegative(value)) to[at++] = (byte)'-';
        at += Write((long)Math.Abs(value), to[at..]);
        ".0"u8.CopyTo(to[at..]);
        return at + 2;
    }

    // 17 digits, correctly rounded, decide the 14 unless the tail is exactly a half: then the exact value does.
    private static int RoundedDigits(double value, Span<byte> digits)
    {
        Span<byte> text = stackalloc byte[32];
        value.TryFormat(text, out int length, "E16", CultureInfo.InvariantCulture);
        Utf8Parser.TryParse(text[19..length], out int exponent, out _);
        digits[0] = text[0];
        text.Slice(2, Digits - 1).CopyTo(digits[1..]);
        ReadOnlySpan<byte> tail = text.Slice(1 + Digits, 3);
        int order = tail.SequenceCompareTo("500"u8);
        bool up = order > 0 || (order == 0 && TieRoundsUp(value, digits, exponent));
        return up ? Increment(digits, exponent) : exponent;
    }

    private static int Increment(Span<byte> digits, int exponent)
    {
        int i = digits.Length - 1;
        while (i >= 0 && digits[i] == '9') digits[i--] = (byte)'0';
        if (i >= 0)
        {
            digits[i]++;
            return exponent;
        }
        digits[0] = (byte)'1';
        return exponent + 1;
    }

    // Compares the exact value with digits + one half of the last place.
    private static bool TieRoundsUp(double value, ReadOnlySpan<byte> digits, int exponent)
    {
        Utf8Parser.TryParse(digits, out long prefix, out _);
        long bits = BitConverter.DoubleToInt64Bits(value);
        int power = (int)(bits >> 52);
        BigInteger left = power == 0 ? bits : (bits & ((1L << 52) - 1)) | (1L << 52);
        int binary = Math.Max(power, 1) - 1075, decimalPower = exponent - (Digits - 1);
        left *= 2;
        BigInteger right = prefix * 2 + 1;
        if (binary >= 0) left <<= binary; else right <<= -binary;
        if (decimalPower >= 0) right *= BigInteger.Pow(10, decimalPower); else left *= BigInteger.Pow(10, -decimalPower);
        int order = left.CompareTo(right);
        return order > 0 || (order == 0 && (prefix & 1) != 0);
    }

    private static int WriteScientific(ReadOnlySpan<byte> digits, int exponent, Span<byte> to)
    {
        int at = 0;
        to[at++] = digits[0];
        if (digits.Length > 1)
        {
            to[at++] = (byte)'.';
            digits[1..].CopyTo(to[at..]);
            at += digits.Length - 1;
        }
        to[at++] = (byte)'e';
        to[at++] = (byte)(exponent < 0 ? '-' : '+');
        int size = Math.Abs(exponent);
        if (size < 10) to[at++] = (byte)'0';
        return at + Write(size, to[at..]);
    }

    private static int WriteFixed(ReadOnlySpan<byte> digits, int exponent, Span<byte> to)
    {
        int at = 0;
        if (exponent < 0)
        {
            "0."u8.CopyTo(to);
            at = 2;
            for (int i = -1; i > exponent; i--) to[at++] = (byte)'0';
            digits.CopyTo(to[at..]);
            return at + digits.Length;
        }
        for (int i = 0; i < Math.Max(digits.Length, exponent + 1); i++)
        {
            if (i == exponent + 1) to[at++] = (byte)'.';
            to[at++] = i < digits.Length ? digits[i] : (byte)'0';
        }
        if (digits.Length <= exponent + 1)
        {
            ".0"u8.CopyTo(to[at..]);
            at += 2;
        }
        return at;
    }
}
