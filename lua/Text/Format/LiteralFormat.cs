using Mu.Lua.Numbers;

namespace Mu.Lua.Text.Format;

/// <summary><c>%q</c>: strings and numbers as the Lua reader takes them back (addquoted and quotefloat of lstrlib.c).</summary>
internal static class LiteralFormat
{
    /// <summary>Adds a quoted string.</summary>
    public static void Write(ReadOnlySpan<byte> text, ByteBuffer to)
    {
        to.Append((byte)'"');
        for (int i = 0; i < text.Length; i++)
        {
            byte c = text[i];
            if (c is (byte)'"' or (byte)'\\' or (byte)'\n')
            {
                to.Append((byte)'\\');
                to.Append(c);
            }
            else if (c is < 32 or 127)
            {
                // A digit after the escape would be read as part of it.
                bool needsThree = i + 1 < text.Length && text[i + 1] is >= (byte)'0' and <= (byte)'9';
                to.Append((byte)'\\');
                if (needsThree || c >= 100) to.Append((byte)('0' + c / 100));
                if (needsThree || c >= 10) to.Append((byte)('0' + c / 10 % 10));
                to.Append((byte)('0' + c % 10));
            }
            else to.Append(c);
        }
        to.Append((byte)'"');
    }

    /// <summary>Adds an integer; the least one has no decimal literal.</summary>
    public static void Write(long value, ByteBuffer to)
    {
        if (value == long.MinValue)
        {
            to.Append("0x8000000000000000"u8);
            return;
        }
        Span<byte> digits = stackalloc byte[LuaNumberText.MaxLength];
        to.Append(digits[..LuaNumberText.Write(value, digits)]);
    }

    /// <summary>Adds a float in hexadecimal, which loses nothing.</summary>
    public static void Write(double value, ByteBuffer to)
    {
        if (double.IsNaN(value)) to.Append("(0/0)"u8);
        else if (double.IsInfinity(value)) to.Append(value > 0 ? "1e9999"u8 : "-1e9999"u8);
        else HexRealFormat.WritePlain(value, to);
    }
}
