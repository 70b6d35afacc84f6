namespace Mu.Lua.Text.Utf8;

/// <summary>One UTF-8 sequence of up to six bytes, as lutf8lib.c reads and writes it.</summary>
internal static class Utf8Sequence
{
    /// <summary>A buffer of this size holds any sequence.</summary>
    public const int MaxLength = 6;

    /// <summary>Writes a code below 2^31 (the caller has raised "value out of range" otherwise); returns the length.</summary>
    public static int Encode(uint code, Span<byte> to)
    {
        if (code < 0x80)
        {
            to[0] = (byte)code;
            return 1;
        }
        int length = 2;
        while (length < MaxLength && code >> (5 * length + 1) != 0) length++;
        for (int i = length - 1; i > 0; i--, code >>= 6) to[i] = (byte)(0x80 | (code & 0x3f));
        to[0] = (byte)((0xff00 >> length) | (int)code);
        return length;
    }

    /// <summary>Length of the valid sequence at the start of the text, or 0. Strict refuses surrogates and codes past 10FFFF.</summary>
    public static int Decode(ReadOnlySpan<byte> text, bool strict, out uint code)
    {
        code = 0;
        if (text.Length == 0) return 0;
        byte first = text[0];
        code = first;
        if (first < 0x80) return 1;
        int length = System.Numerics.BitOperations.LeadingZeroCount((uint)(byte)~first) - 24;
        if (length is < 2 or > MaxLength || length > text.Length) return 0;
        code = first & (0x7fu >> length);
        for (int i = 1; i < length; i++)
        {
            if (!IsContinuation(text[i])) return 0;
            code = (code << 6) | (text[i] & 0x3fu);
        }
        // The shortest sequence is the only valid one.
        uint least = length == 2 ? 0x80u : 1u << (5 * length - 4);
        if (code < least) return 0;
        return strict && (code > 0x10ffff || code is >= 0xd800 and <= 0xdfff) ? 0 : length;
    }

    /// <summary>Whether a byte continues a sequence.</summary>
    public static bool IsContinuation(byte c) => (c & 0xc0) == 0x80;

    /// <summary>
    /// <c>utf8.len</c> over offsets [<paramref name="from"/>, <paramref name="last"/>] (from 0): the count, or -1 and the offset of the bad byte.
    /// </summary>
    public static long Count(ReadOnlySpan<byte> text, int from, int last, bool strict, out int invalidAt)
    {
        long count = 0;
        for (invalidAt = -1; from <= last; count++)
        {
            int length = Decode(text[from..], strict, out _);
            if (length == 0)
            {
                invalidAt = from;
                return -1;
            }
            from += length;
        }
        return count;
    }
}
