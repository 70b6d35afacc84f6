using System.Globalization;
using System.Numerics;
using Antlr4.Runtime;

namespace Mu.Core.Text;

/// <summary>Numbers of the text form: decimal, octal with a leading 0, hexadecimal with 0x, signed; FP with a suffix f or d.</summary>
internal static class Literals
{
    public static BigInteger Integer(string text)
    {
        bool negative = text[0] == '-';
        string digits = text.TrimStart('+', '-');
        BigInteger value;
        if (digits.StartsWith("0x", StringComparison.Ordinal)) value = BigInteger.Parse("0" + digits[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        else if (digits.Length > 1 && digits[0] == '0') value = Octal(digits);
        else value = BigInteger.Parse(digits, CultureInfo.InvariantCulture);
        return negative ? -value : value;
    }

    public static ulong Unsigned(IToken token, SyntaxErrors errors)
    {
        BigInteger value = Integer(token.Text);
        if (value >= 0 && value <= ulong.MaxValue) return (ulong)value;
        errors.Add(token, $"{token.Text} is not in 0 to 2^64-1");
        return 1;
    }

    public static int Index(IToken token, SyntaxErrors errors)
    {
        BigInteger value = Integer(token.Text);
        if (value >= 0 && value <= int.MaxValue) return (int)value;
        errors.Add(token, $"{token.Text} is not in 0 to 2^31-1");
        return 0;
    }

    public static double Double(string text) => text[..^1] switch
    {
        "nan" => double.NaN,
        "+inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        var digits => double.Parse(digits, CultureInfo.InvariantCulture),
    };

    public static float Single(string text) => text[..^1] switch
    {
        "nan" => float.NaN,
        "+inf" => float.PositiveInfinity,
        "-inf" => float.NegativeInfinity,
        var digits => float.Parse(digits, CultureInfo.InvariantCulture),
    };

    private static BigInteger Octal(string digits)
    {
        BigInteger value = 0;
        foreach (char digit in digits) value = value * 8 + (digit - '0');
        return value;
    }
}
