using System.Globalization;

namespace Mu.Lua.Syntax;

/// <summary>Numbers in source (lobject.c: l_str2int, l_str2d): decimal integers that overflow are floats, hexadecimal ones wrap.</summary>
internal static class NumericLiteral
{
    /// <summary>Null for text that is no number; else a boxed <see cref="long"/> or <see cref="double"/> as an expression.</summary>
    public static Expression? Parse(SourcePosition at, ReadOnlySpan<byte> text)
    {
        if (text.Length > 1 && text[1] is (byte)'x' or (byte)'X')
            return ParseHex(at, text[2..]);
        if (text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0 && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var integer))
            return new IntegerExpression(at, integer);
        const NumberStyles style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(text, style, CultureInfo.InvariantCulture, out var number) ? new FloatExpression(at, number) : null;
    }

    private static Expression? ParseHex(SourcePosition at, ReadOnlySpan<byte> text)
    {
        ulong wrapped = 0, mantissa = 0;
        int exponent = 0, digits = 0, i = 0;
        bool point = false, sticky = false;
        for (; i < text.Length; i++)
        {
            if (text[i] == '.' && !point)
            {
                point = true;
                continue;
            }
            if (!char.IsAsciiHexDigit((char)text[i]))
                break;
            var digit = (ulong)(text[i] <= '9' ? text[i] - '0' : (text[i] | 0x20) - 'a' + 10);
            digits++;
            wrapped = (wrapped << 4) + digit;
            if (mantissa >> 59 == 0)
                mantissa = (mantissa << 4) + digit;
            else
                (sticky, exponent) = (sticky || digit != 0, exponent + 4);
            if (point)
                exponent -= 4;
        }
        if (digits == 0)
            return null;
        if (i == text.Length && !point)
            return new IntegerExpression(at, (long)wrapped);
        if (i < text.Length)
        {
            if ((text[i] | 0x20) != 'p' || !TryExponent(text[(i + 1)..], out var power))
                return null;
            exponent += power;
        }
        // More bits than a double holds, the lost ones folded into the last: the conversion rounds once, and rightly.
        return new FloatExpression(at, Math.ScaleB((double)(sticky ? mantissa | 1 : mantissa), exponent));
    }

    private static bool TryExponent(ReadOnlySpan<byte> text, out int power)
    {
        const int enough = 100_000_000;
        var negative = text.Length > 0 && text[0] == '-';
        var digits = text.Length > 0 && text[0] is (byte)'-' or (byte)'+' ? text[1..] : text;
        power = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit))
                return false;
            power = Math.Min(power * 10 + digit - '0', enough);
        }
        if (negative)
            power = -power;
        return digits.Length > 0;
    }
}
