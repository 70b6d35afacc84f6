using System.Buffers.Text;

namespace Mu.Lua.Text.Format;

/// <summary><c>%s</c>, <c>%c</c> and <c>%p</c>.</summary>
internal static class TextFormat
{
    /// <summary>Adds a string; false when modifiers meet a zero byte, where C's strings end ("string contains zeros").</summary>
    public static bool TryWriteString(in FormatSpec spec, ReadOnlySpan<byte> text, ByteBuffer to)
    {
        if (!spec.IsPlain)
        {
            if (text.Contains((byte)0)) return false;
            if (spec.Precision >= 0 && spec.Precision < text.Length) text = text[..spec.Precision];
        }
        Field.Write(spec, default, text, mayZeroPad: false, to);
        return true;
    }

    /// <summary>Adds the byte that is the low end of an integer.</summary>
    public static void WriteCharacter(in FormatSpec spec, long code, ByteBuffer to)
    {
        byte character = (byte)code;
        Field.Write(spec, default, new ReadOnlySpan<byte>(ref character), mayZeroPad: false, to);
    }

    /// <summary>Adds an address, or "(null)" for a value that has none.</summary>
    public static void WritePointer(in FormatSpec spec, ulong address, ByteBuffer to)
    {
        if (address == 0)
        {
            Field.Write(spec, default, "(null)"u8, mayZeroPad: false, to);
            return;
        }
        Span<byte> digits = stackalloc byte[16];
        Utf8Formatter.TryFormat(address, digits, out int length, 'x');
        Field.Write(spec, "0x"u8, digits[..length], mayZeroPad: false, to);
    }
}
