namespace Mu.Lua.Text.Strings;

/// <summary>The index arithmetic of <c>string.sub</c>, <c>byte</c> and <c>find</c> (lstrlib.c), and byte-wise order.</summary>
internal static class StringRange
{
    /// <summary>posrelatI: a start position, clipped to 1 or more.</summary>
    public static long Start(long position, long length)
        => position > 0 ? position : position == 0 || position < -length ? 1 : length + position + 1;

    /// <summary>getendpos: an end position, clipped to the length.</summary>
    public static long End(long position, long length)
        => position > length ? length : position >= 0 ? position : position < -length ? 0 : length + position + 1;

    /// <summary>The part of a string between two Lua positions.</summary>
    public static ReadOnlySpan<byte> Sub(ReadOnlySpan<byte> text, long from, long to)
    {
        from = Start(from, text.Length);
        to = End(to, text.Length);
        return from > to ? default : text[(int)(from - 1)..(int)to];
    }

    /// <summary>l_strcmp in the C locale.</summary>
    public static int Compare(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) => a.SequenceCompareTo(b);
}
