namespace Mu.Lua.Text.Format;

/// <summary>Lays out sign, radix prefix, padding and digits in the width of a conversion.</summary>
internal static class Field
{
    /// <summary>Adds prefix and body; zeros of the <c>0</c> flag stand between the two.</summary>
    public static void Write(in FormatSpec spec, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> body, bool mayZeroPad, ByteBuffer to)
    {
        int padding = Math.Max(0, spec.Width - prefix.Length - body.Length);
        Span<byte> field = to.Extend(prefix.Length + body.Length + padding);
        if (padding == 0 || spec.Has(FormatFlags.Left))
        {
            prefix.CopyTo(field);
            body.CopyTo(field[prefix.Length..]);
            field[(field.Length - padding)..].Fill((byte)' ');
        }
        else if (mayZeroPad && spec.Has(FormatFlags.Zero))
        {
            prefix.CopyTo(field);
            field.Slice(prefix.Length, padding).Fill((byte)'0');
            body.CopyTo(field[(prefix.Length + padding)..]);
        }
        else
        {
            field[..padding].Fill((byte)' ');
            prefix.CopyTo(field[padding..]);
            body.CopyTo(field[(padding + prefix.Length)..]);
        }
    }

    /// <summary>The sign that goes before a number.</summary>
    public static ReadOnlySpan<byte> Sign(scoped in FormatSpec spec, bool isNegative)
        => isNegative ? "-"u8 : spec.Has(FormatFlags.Plus) ? "+"u8 : spec.Has(FormatFlags.Blank) ? " "u8 : default;
}
