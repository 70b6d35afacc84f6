namespace Mu.Lua.Text.Patterns;

/// <summary>The replacement string of <c>gsub</c>: <c>%0</c>–<c>%9</c> and <c>%%</c>.</summary>
internal static class Replacement
{
    /// <summary>
    /// Appends the replacement of one match. False leaves the error, with its index, in the two out parameters.
    /// </summary>
    public static bool TryExpand(ref PatternMatcher matcher, ReadOnlySpan<byte> replacement,
        int matchStart, int matchEnd, ByteBuffer to, out PatternError error, out int errorIndex)
    {
        error = PatternError.None;
        errorIndex = 0;
        while (true)
        {
            int escape = replacement.IndexOf((byte)'%');
            if (escape < 0) break;
            to.Append(replacement[..escape]);
            byte c = escape + 1 < replacement.Length ? replacement[escape + 1] : (byte)0;
            if (c == '%') to.Append((byte)'%');
            else if (c == '0') to.Append(matcher.Source[matchStart..matchEnd]);
            else if (c is >= (byte)'1' and <= (byte)'9')
            {
                if (!TryWriteCapture(ref matcher, c - '1', matchStart, matchEnd, to, out error, out errorIndex)) return false;
            }
            else
            {
                error = PatternError.InvalidEscapeInReplacement;
                return false;
            }
            replacement = replacement[(escape + 2)..];
        }
        to.Append(replacement);
        return true;
    }

    private static bool TryWriteCapture(ref PatternMatcher matcher, int index,
        int matchStart, int matchEnd, ByteBuffer to, out PatternError error, out int errorIndex)
    {
        bool there = matcher.TryGetCapture(index, matchStart, matchEnd, out Capture capture);
        error = matcher.Error;
        errorIndex = matcher.ErrorIndex;
        if (!there) return false;
        if (capture.Length == Capture.Position)
        {
            Span<byte> number = stackalloc byte[Numbers.LuaNumberText.MaxLength];
            to.Append(number[..Numbers.LuaNumberText.Write(capture.Start + 1L, number)]);
        }
        else to.Append(matcher.Source.Slice(capture.Start, capture.Length));
        return true;
    }
}
