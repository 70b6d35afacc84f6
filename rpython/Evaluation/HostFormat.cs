using System.Globalization;
using System.Text;
using Mu.RPython.Objects;

namespace Mu.RPython.Evaluation;

/// <summary>The % operator of strings, and numbers as text with format specifications.</summary>
internal static partial class HostFormat
{
    public static string Format(Evaluator e, string format, object arguments)
    {
        var items = arguments is PyTuple t ? t.Items : [arguments];
        var result = new StringBuilder();
        int next = 0;
        for (int i = 0; i < format.Length; i++)
        {
            if (format[i] != '%')
            {
                result.Append(format[i]);
                continue;
            }
            int start = ++i;
            object? named = null;
            if (i < format.Length && format[i] == '(')
            {
                int close = format.IndexOf(')', i);
                named = HostItems.Get(e, arguments, format[(i + 1)..close]);
                start = i = close + 1;
            }
            while (i < format.Length && "-+ #0123456789.l".Contains(format[i], StringComparison.Ordinal)) i++;
            if (i == format.Length) throw Evaluator.Raise("ValueError", "incomplete format");
            if (format[i] == '%') result.Append('%');
            else
            {
                if (named is null && next >= items.Length) throw Evaluator.Raise("TypeError", "not enough arguments for format string");
                result.Append(One(e, format[start..i], format[i], named ?? items[next++]));
            }
        }
        return result.ToString();
    }

    private static string One(Evaluator e, string specification, char type, object value)
    {
        int precision = -1, width = 0;
        string flags = new([.. specification.TakeWhile(c => "-+ #0".Contains(c, StringComparison.Ordinal))]);
        string rest = specification[flags.Length..].Replace("l", "", StringComparison.Ordinal);
        int dot = rest.IndexOf('.', StringComparison.Ordinal);
        if (dot >= 0) precision = dot + 1 < rest.Length ? int.Parse(rest.AsSpan(dot + 1), CultureInfo.InvariantCulture) : 0;
        string widthText = dot >= 0 ? rest[..dot] : rest;
        if (widthText.Length > 0) width = int.Parse(widthText, CultureInfo.InvariantCulture);
        string text = type switch
        {
            's' => e.ToStr(value) is var s && precision >= 0 && precision < s.Length ? s[..precision] : e.ToStr(value),
            'r' => e.ToRepr(value),
            'c' => value is string c ? c : ((char)(long)value).ToString(),
            'd' or 'i' or 'u' => HostNumbers.ToBig(value).ToString(CultureInfo.InvariantCulture),
            'x' => Radix(value, 16, flags.Contains('#', StringComparison.Ordinal) ? "0x" : ""),
            'X' => Radix(value, 16, flags.Contains('#', StringComparison.Ordinal) ? "0x" : "").ToUpperInvariant(),
            'o' => Radix(value, 8, flags.Contains('#', StringComparison.Ordinal) ? "0" : ""),
            'f' or 'F' => HostNumbers.ToDouble(value).ToString("F" + (precision < 0 ? 6 : precision), CultureInfo.InvariantCulture),
            'g' or 'G' => HostText.Float(HostNumbers.ToDouble(value), precision < 0 ? 6 : precision) is var g && g.EndsWith(".0", StringComparison.Ordinal) ? g[..^2] : HostText.Float(HostNumbers.ToDouble(value), precision < 0 ? 6 : precision),
            'e' => Exponent(HostNumbers.ToDouble(value), precision < 0 ? 6 : precision),
            _ => throw Evaluator.Raise("ValueError", $"unsupported format character '{type}'"),
        };
        bool isNumber = "diufFgGe".Contains(type, StringComparison.Ordinal);
        if (isNumber && text[0] != '-' && flags.Contains('+', StringComparison.Ordinal)) text = "+" + text;
        else if (isNumber && text[0] != '-' && flags.Contains(' ', StringComparison.Ordinal)) text = " " + text;
        if (text.Length >= width) return text;
        if (flags.Contains('-', StringComparison.Ordinal)) return text.PadRight(width);
        if (!flags.Contains('0', StringComparison.Ordinal) || type is 's' or 'r' or 'c') return text.PadLeft(width);
        int sign = text[0] is '-' or '+' or ' ' ? 1 : 0;
        return text[..sign] + text[sign..].PadLeft(width - sign, '0');
    }

    public static string Radix(object value, int radix, string prefix)
    {
        var n = HostNumbers.ToBig(value);
        bool negative = n.Sign < 0;
        n = System.Numerics.BigInteger.Abs(n);
        var digits = new StringBuilder();
        do
        {
            digits.Insert(0, "0123456789abcdef"[(int)(n % radix)]);
            n /= radix;
        }
        while (!n.IsZero);
        return (negative ? "-" : "") + prefix + digits;
    }

    private static string Exponent(double value, int precision)
    {
        string text = value.ToString($"e{precision}", CultureInfo.InvariantCulture);
        int at = text.IndexOf('e', StringComparison.Ordinal);
        return $"{text[..(at + 2)]}{int.Parse(text.AsSpan(at + 2), CultureInfo.InvariantCulture):00}";
    }
}
