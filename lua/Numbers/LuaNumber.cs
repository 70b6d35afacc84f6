using System.Globalization;

namespace Mu.Lua.Numbers;

/// <summary>Text to number, as <c>lua_stringtonumber</c> of PUC Lua 5.4 (lobject.c) does it.</summary>
internal static class LuaNumber
{
    /// <summary>Reads a whole numeral, blanks around it allowed; false when the text is not one.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out bool isInteger, out long integer, out double real)
    {
        real = 0;
        text = Trim(text);
        isInteger = TryParseInteger(text, out integer);
        return isInteger || TryParseReal(text, out real);
    }

    /// <summary>The C locale's <c>isspace</c>.</summary>
    public static bool IsSpace(byte c) => c == ' ' || (c >= 9 && c <= 13);

    /// <summary>The value of a hexadecimal digit, or -1.</summary>
    public static int HexDigit(byte c) => c switch
    {
        >= (byte)'0' and <= (byte)'9' => c - '0',
        >= (byte)'a' and <= (byte)'f' => c - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => c - 'A' + 10,
        _ => -1,
    };

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text)
    {
        while (text.Length > 0 && IsSpace(text[0])) text = text[1..];
        while (text.Length > 0 && IsSpace(text[^1])) text = text[..^1];
        return text;
    }

    private static bool TakeSign(ref ReadOnlySpan<byte> text)
    {
        if (text.Length == 0 || (text[0] != '-' && text[0] != '+')) return false;
        bool negative = text[0] == '-';
        text = text[1..];
        return negative;
    }

    private static bool IsHex(ReadOnlySpan<byte> text) => text.Length > 1 && text[0] == '0' && (text[1] | 32) == 'x';

    // Hexadecimal integers wrap around; decimal ones that do not fit become floats.
    private static bool TryParseInteger(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        bool negative = TakeSign(ref text);
        bool hex = IsHex(text);
        if (hex) text = text[2..];
        if (text.Length == 0) return false;
        ulong sum = 0;
        foreach (byte c in text)
        {
            int digit = HexDigit(c);
            if (digit < 0 || (!hex && digit > 9)) return false;
            if (hex)
            {
                sum = (sum << 4) | (uint)digit;
                continue;
            }
            ulong limit = (ulong)long.MaxValue;
            if (sum > limit / 10 || (sum == limit / 10 && (ulong)digit > limit % 10 + (negative ? 1u : 0u))) return false;
            sum = sum * 10 + (uint)digit;
        }
        value = (long)(negative ? 0 - sum : sum);
        return true;
    }

    private static bool TryParseReal(ReadOnlySpan<byte> text, out double value)
    {
        ReadOnlySpan<byte> digits = text;
        bool negative = TakeSign(ref digits);
        if (IsHex(digits)) return TryParseHexReal(digits[2..], negative, out value);
        value = 0;
        // Only digits, one point and an exponent: this keeps out "inf", "nan" and the blanks .NET would take.
        foreach (byte c in digits)
            if (c is not ((>= (byte)'0' and <= (byte)'9') or (byte)'.' or (byte)'e' or (byte)'E' or (byte)'+' or (byte)'-')) return false;
        if (digits.Length == 0 || digits[0] is (byte)'+' or (byte)'-') return false;
        return double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture, out value);
    }

    // The mantissa keeps 64 bits; what falls off to the right is kept as a sticky bit, so the one rounding is correct.
    private static bool TryParseHexReal(ReadOnlySpan<byte> text, bool negative, out double value)
    {
        value = 0;
        ulong mantissa = 0;
        long exponent = 0;
        bool any = false, point = false, sticky = false;
        int i = 0;
        for (; i < text.Length; i++)
        {
            if (text[i] == '.' && !point) { point = true; continue; }
            int digit = HexDigit(text[i]);
            if (digit < 0) break;
            any = true;
            if (mantissa >> 60 == 0) mantissa = (mantissa << 4) | (uint)digit;
            else { sticky |= digit != 0; exponent += 4; }
            if (point) exponent -= 4;
        }
        if (!any) return false;
        if (i < text.Length && !TryParseBinaryExponent(text[i..], ref exponent)) return false;
        if (sticky) mantissa |= 1;
        value = Scale(mantissa, exponent);
        if (negative) value = -value;
        return true;
    }

    private static bool TryParseBinaryExponent(ReadOnlySpan<byte> text, ref long exponent)
    {
        if ((text[0] | 32) != 'p') return false;
        text = text[1..];
        bool negative = TakeSign(ref text);
        if (text.Length == 0) return false;
        long power = 0;
        foreach (byte c in text)
        {
            if (c is < (byte)'0' or > (byte)'9') return false;
            power = Math.Min(power * 10 + (c - '0'), 1L << 40);
        }
        exponent += negative ? -power : power;
        return true;
    }

    // mantissa * 2^exponent rounded once, to nearest even, also where the result is subnormal.
    private static double Scale(ulong mantissa, long exponent)
    {
        if (mantissa == 0) return 0;
        int bits = 64 - System.Numerics.BitOperations.LeadingZeroCount(mantissa);
        long top = exponent + bits;
        if (top > 1024) return double.PositiveInfinity;
        if (top < -1080) return 0;
        long drop = Math.Max(bits - 53, -1074 - exponent);
        if (drop > 0)
        {
            UInt128 wide = mantissa, unit = UInt128.One << (int)drop, rest = wide & (unit - 1), half = unit >> 1;
            wide >>= (int)drop;
            if (rest > half || (rest == half && (wide & 1) != 0)) wide++;
            mantissa = (ulong)wide;
            exponent += drop;
        }
        return Math.ScaleB((double)mantissa, (int)exponent);
    }
}
