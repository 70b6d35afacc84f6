using System.Buffers.Text;
using Mu.Lua.Text.Format;

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
        int exponent = DecimalDigits.Significant(Math.Abs(value), Digits, digits);
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
