using System.Globalization;
using System.Numerics;
using System.Text;
using Mu.RPython.Objects;

namespace Mu.RPython.Syntax;

/// <summary>The values of literals (Language Reference, section 2.4). A str is a .NET string of which each character is a byte.</summary>
internal static class Literals
{
    public static object Integer(string text)
    {
        bool isLong = text[^1] is 'l' or 'L';
        string digits = isLong ? text[..^1] : text;
        BigInteger value;
        if (digits.Length > 1 && digits[0] == '0')
            value = char.ToLowerInvariant(digits[1]) switch
            {
                'x' => BigInteger.Parse("0" + digits[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture),
                'o' => InBase(digits.AsSpan(2), 8),
                'b' => InBase(digits.AsSpan(2), 2),
                _ => InBase(digits, 8),
            };
        else value = BigInteger.Parse(digits, CultureInfo.InvariantCulture);
        return HostNumbers.Normalize(value);
    }

    /// <summary>A float, or a complex number without real part.</summary>
    public static object Float(string text) =>
        text[^1] is 'j' or 'J' ? new Complex(0, double.Parse(text.AsSpan(..^1), CultureInfo.InvariantCulture)) : (object)double.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>A string literal with prefix and quotes: a string or a <see cref="PyUnicode"/>.</summary>
    public static object String(string text)
    {
        int quote = text.IndexOfAny(['\'', '"']);
        string prefix = text[..quote].ToLowerInvariant();
        int width = text.Length - quote >= 6 && text[quote] == text[quote + 1] && text[quote] == text[quote + 2] ? 3 : 1;
        string body = text[(quote + width)..^width];
        bool isUnicode = prefix.Contains('u', StringComparison.Ordinal);
        if (isUnicode) body = Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(body));
        body = body.Replace("\r\n", "\n", StringComparison.Ordinal);
        if (!prefix.Contains('r', StringComparison.Ordinal)) body = Unescape(body, isUnicode);
        return isUnicode ? new PyUnicode(body) : body;
    }

    /// <summary>Adjacent literals are one.</summary>
    public static object Join(object[] parts)
    {
        if (parts.Length == 1) return parts[0];
        string joined = string.Concat(parts.Select(p => p.ToString()));
        return parts.Any(p => p is PyUnicode) ? new PyUnicode(joined) : joined;
    }

    private static BigInteger InBase(ReadOnlySpan<char> digits, int radix)
    {
        var value = BigInteger.Zero;
        foreach (char c in digits) value = value * radix + (c - '0');
        return value;
    }

    private static string Unescape(string text, bool isUnicode)
    {
        if (!text.Contains('\\', StringComparison.Ordinal)) return text;
        var result = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                result.Append(text[i]);
                continue;
            }
            char c = text[++i];
            switch (c)
            {
                case '\n': break;
                case 'a': result.Append('\a'); break;
                case 'b': result.Append('\b'); break;
                case 'f': result.Append('\f'); break;
                case 'n': result.Append('\n'); break;
                case 'r': result.Append('\r'); break;
                case 't': result.Append('\t'); break;
                case 'v': result.Append('\v'); break;
                case '\\' or '\'' or '"': result.Append(c); break;
                case 'x' when IsHex(text, i + 1, 2): Hex(2); break;
                case 'u' when isUnicode && IsHex(text, i + 1, 4): Hex(4); break;
                case 'U' when isUnicode && IsHex(text, i + 1, 8): Hex(8); break;
                case >= '0' and <= '7':
                    int value = 0, digits = 0;
                    for (; digits < 3 && i + digits < text.Length && text[i + digits] is >= '0' and <= '7'; digits++) value = value * 8 + (text[i + digits] - '0');
                    i += digits - 1;
                    result.Append((char)(value & 0xFF));
                    break;
                default: result.Append('\\').Append(c); break;
            }

            void Hex(int count)
            {
                int code = int.Parse(text.AsSpan(i + 1, count), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                if (count == 8) result.Append(char.ConvertFromUtf32(code));
                else result.Append((char)code);
                i += count;
            }
        }
        return result.ToString();
    }

    private static bool IsHex(string text, int start, int count) => start + count <= text.Length && text.AsSpan(start, count).IndexOfAnyExcept("0123456789abcdefABCDEF") < 0;
}
