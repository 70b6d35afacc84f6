namespace Mu.Lua.Syntax;

/// <summary>The bytes that a string token stands for (manual, section 3.1).</summary>
internal static class StringLiteral
{
    /// <summary>Decodes a token with its quotes or brackets; false when an escape is malformed.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> token, out byte[] value)
    {
        if (token[0] == '[')
        {
            value = DecodeLong(token);
            return true;
        }
        var body = token[1..^1];
        if (body.IndexOf((byte)'\\') >= 0)
            return TryDecodeEscapes(body, out value);
        value = body.ToArray();
        return true;
    }

    private static byte[] DecodeLong(ReadOnlySpan<byte> token)
    {
        var bracket = token[1..].IndexOf((byte)'[') + 2;
        var body = token[bracket..^bracket];
        var result = new List<byte>(body.Length);
        var start = body.Length > 0 && body[0] is (byte)'\n' or (byte)'\r' ? LineBreak(body, 0) : 0;
        for (var i = start; i < body.Length;)
        {
            if (body[i] is (byte)'\n' or (byte)'\r')
            {
                result.Add((byte)'\n');
                i += LineBreak(body, i);
            }
            else
            {
                result.Add(body[i++]);
            }
        }
        return [.. result];
    }

    /// <summary>CR LF and LF CR are one line break.</summary>
    private static int LineBreak(ReadOnlySpan<byte> text, int at) =>
        at + 1 < text.Length && text[at + 1] is (byte)'\n' or (byte)'\r' && text[at + 1] != text[at] ? 2 : 1;

    private static bool TryDecodeEscapes(ReadOnlySpan<byte> body, out byte[] value)
    {
        var result = new List<byte>(body.Length);
        value = [];
        for (var i = 0; i < body.Length;)
        {
            if (body[i] != '\\')
            {
                result.Add(body[i++]);
                continue;
            }
            var length = Escape(body[(i + 1)..], result);
            if (length == 0)
                return false;
            i += 1 + length;
        }
        value = [.. result];
        return true;
    }

    /// <summary>Decodes what follows a backslash; the number of bytes read, 0 when it is no escape.</summary>
    private static int Escape(ReadOnlySpan<byte> text, List<byte> result)
    {
        var first = text[0];
        var simple = "abfnrtv\\\"'".IndexOf((char)first, StringComparison.Ordinal);
        if (simple >= 0)
        {
            result.Add((byte)"\a\b\f\n\r\t\v\\\"'"[simple]);
            return 1;
        }
        switch (first)
        {
            case (byte)'\n' or (byte)'\r':
                result.Add((byte)'\n');
                return LineBreak(text, 0);
            case (byte)'z':
                var end = 1;
                while (end < text.Length && text[end] is (byte)' ' or (>= 9 and <= 13))
                    end++;
                return end;
            case (byte)'x':
                if (text.Length < 3 || !char.IsAsciiHexDigit((char)text[1]) || !char.IsAsciiHexDigit((char)text[2]))
                    return 0;
                result.Add((byte)((HexValue(text[1]) << 4) + HexValue(text[2])));
                return 3;
            case (byte)'u':
                return CodePoint(text, result);
            default:
                return Decimal(text, result);
        }
    }

    private static int HexValue(byte digit) => Convert.ToInt32(((char)digit).ToString(), 16);

    private static int Decimal(ReadOnlySpan<byte> text, List<byte> result)
    {
        int value = 0, length = 0;
        while (length < 3 && length < text.Length && char.IsAsciiDigit((char)text[length]))
            value = value * 10 + text[length++] - '0';
        if (length == 0 || value > 255)
            return 0;
        result.Add((byte)value);
        return length;
    }

    private static int CodePoint(ReadOnlySpan<byte> text, List<byte> result)
    {
        if (text.Length < 2 || text[1] != '{')
            return 0;
        ulong value = 0;
        var i = 2;
        for (; i < text.Length && char.IsAsciiHexDigit((char)text[i]); i++)
        {
            value = (value << 4) + (ulong)HexValue(text[i]);
            if (value > 0x7FFFFFFF)
                return 0;
        }
        if (i == 2 || i == text.Length || text[i] != '}')
            return 0;
        AddUtf8((uint)value, result);
        return i + 1;
    }

    /// <summary>UTF-8 as it was first defined, up to six bytes for 31 bits (luaO_utf8esc).</summary>
    private static void AddUtf8(uint value, List<byte> result)
    {
        if (value < 0x80)
        {
            result.Add((byte)value);
            return;
        }
        Span<byte> bytes = stackalloc byte[6];
        var count = 0;
        uint firstLimit = 0x3F;
        do
        {
            bytes[count++] = (byte)(0x80 | (value & 0x3F));
            value >>= 6;
            firstLimit >>= 1;
        }
        while (value > firstLimit);
        result.Add((byte)((~firstLimit << 1) | value));
        while (count > 0)
            result.Add(bytes[--count]);
    }
}
