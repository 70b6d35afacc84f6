using System.Buffers.Text;

namespace Mu.Lua.Text.Format;

/// <summary><c>%d %i %u %o %x %X</c>, as C99 7.19.6.1 has them.</summary>
internal static class IntegerFormat
{
    private const int MaxOctalDigits = 22;
    private const int MaxPrecision = 99;

    /// <summary>Adds an integer.</summary>
    public static void Write(in FormatSpec spec, long value, ByteBuffer to)
    {
        Span<byte> digits = stackalloc byte[MaxOctalDigits];
        ReadOnlySpan<byte> prefix = default;
        int length;
        switch (spec.Conversion)
        {
            case (byte)'d' or (byte)'i':
                prefix = Field.Sign(spec, value < 0);
                Utf8Formatter.TryFormat(value < 0 ? 0 - (ulong)value : (ulong)value, digits, out length);
                break;
            case (byte)'u':
                Utf8Formatter.TryFormat((ulong)value, digits, out length);
                break;
            case (byte)'o':
                length = WriteOctal((ulong)value, digits);
                break;
            case (byte)'x' or (byte)'X':
                bool upper = spec.Conversion == 'X';
                Utf8Formatter.TryFormat((ulong)value, digits, out length, upper ? 'X' : 'x');
                if (value != 0 && spec.Has(FormatFlags.Alternate)) prefix = upper ? "0X"u8 : "0x"u8;
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(spec));
        }
        if (spec.Precision < 0 && !(spec.Conversion == 'o' && spec.Has(FormatFlags.Alternate)))
            Field.Write(spec, prefix, digits[..length], mayZeroPad: true, to);
        else
            WritePrecise(spec, prefix, digits[..length], to);
    }

    // A precision is the least number of digits and stops zero padding; zero with precision 0 has no digits; # gives octals one leading zero.
    private static void WritePrecise(in FormatSpec spec, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> digits, ByteBuffer to)
    {
        bool isZero = digits is [(byte)'0'];
        if (isZero && spec.Precision == 0) digits = default;
        int least = spec.Precision;
        if (spec.Conversion == 'o' && spec.Has(FormatFlags.Alternate) && digits is not [(byte)'0', ..])
            least = Math.Max(least, digits.Length + 1);
        Span<byte> body = stackalloc byte[MaxPrecision];
        int zeros = Math.Max(0, least - digits.Length);
        body[..zeros].Fill((byte)'0');
        digits.CopyTo(body[zeros..]);
        Field.Write(spec, prefix, body[..(zeros + digits.Length)], mayZeroPad: spec.Precision < 0, to);
    }

    private static int WriteOctal(ulong value, Span<byte> to)
    {
        int length = 1;
        for (ulong rest = value >> 3; rest != 0; rest >>= 3) length++;
        for (int i = length - 1; i >= 0; i--, value >>= 3) to[i] = (byte)('0' + (value & 7));
        return length;
    }
}
