using System.Runtime.CompilerServices;

namespace Mu.Lua.Text.Format;

/// <summary><c>%e %f %g</c> and their capitals, as C99 7.19.6.1 has them.</summary>
internal static class RealFormat
{
    private const int DefaultPrecision = 6;

    // Digits, point and exponent, or digits with leading zeros.
    private const int MaxBody = DecimalDigits.MaxLength + 16;

    /// <summary>Adds a float, with the hexadecimal conversions too.</summary>
    public static void Write(in FormatSpec spec, double value, ByteBuffer to)
    {
        ReadOnlySpan<byte> sign = Field.Sign(spec, double.IsNegative(value));
        if (!double.IsFinite(value)) WriteSpecial(spec, sign, value, to);
        else if ((spec.Conversion | 0x20) == 'a') HexRealFormat.Write(spec, sign, Math.Abs(value), to);
        else WriteFinite(spec, sign, Math.Abs(value), to);
    }

    private static void WriteSpecial(in FormatSpec spec, ReadOnlySpan<byte> sign, double value, ByteBuffer to)
    {
        bool upper = (spec.Conversion & 0x20) == 0;
        ReadOnlySpan<byte> name = double.IsNaN(value) ? (upper ? "NAN"u8 : "nan"u8) : upper ? "INF"u8 : "inf"u8;
        Field.Write(spec, sign, name, mayZeroPad: false, to);
    }

    [SkipLocalsInit]
    private static void WriteFinite(in FormatSpec spec, ReadOnlySpan<byte> sign, double value, ByteBuffer to)
    {
        Span<byte> body = stackalloc byte[MaxBody];
        int precision = spec.Precision < 0 ? DefaultPrecision : spec.Precision;
        int length = (spec.Conversion | 0x20) switch
        {
            'f' => Fixed(value, precision, spec.Has(FormatFlags.Alternate), body),
            'e' => Scientific(value, precision, spec, body),
            'g' => General(value, Math.Max(precision, 1), spec, body),
            _ => throw new ArgumentOutOfRangeException(nameof(spec)),
        };
        Field.Write(spec, sign, body[..length], mayZeroPad: true, to);
    }

    private static int Fixed(double value, int precision, bool keepsPoint, Span<byte> body)
    {
        int length = DecimalDigits.Fixed(value, precision, body);
        if (length <= precision)
        {
            int zeros = precision + 1 - length;
            body[..length].CopyTo(body[zeros..]);
            body[..zeros].Fill((byte)'0');
            length = precision + 1;
        }
        return precision > 0 || keepsPoint ? InsertPoint(body, length, length - precision) : length;
    }

    private static int Scientific(double value, int precision, in FormatSpec spec, Span<byte> body)
    {
        int exponent = DecimalDigits.Significant(value, precision + 1, body);
        return FinishScientific(body, precision + 1, exponent, spec);
    }

    private static int FinishScientific(Span<byte> body, int count, int exponent, in FormatSpec spec)
    {
        int length = count > 1 || spec.Has(FormatFlags.Alternate) ? InsertPoint(body, count, 1) : count;
        return length + WriteExponent((byte)('E' | (spec.Conversion & 0x20)), exponent, body[length..]);
    }

    // Scientific for exponents below -4 or from the precision on; # keeps trailing zeros.
    private static int General(double value, int precision, in FormatSpec spec, Span<byte> body)
    {
        int exponent = DecimalDigits.Significant(value, precision, body);
        int count = precision;
        bool keepsZeros = spec.Has(FormatFlags.Alternate);
        if (!keepsZeros)
            while (count > 1 && body[count - 1] == '0') count--;
        if (exponent < -4 || exponent >= precision) return FinishScientific(body, count, exponent, spec);
        if (exponent < 0)
        {
            body[..count].CopyTo(body[-exponent..]);
            body[..-exponent].Fill((byte)'0');
            return InsertPoint(body, count - exponent, 1);
        }
        // The digits cut off before the point were zeros.
        count = Math.Max(count, exponent + 1);
        return count > exponent + 1 || keepsZeros ? InsertPoint(body, count, exponent + 1) : count;
    }

    private static int InsertPoint(Span<byte> body, int length, int at)
    {
        body[at..length].CopyTo(body[(at + 1)..]);
        body[at] = (byte)'.';
        return length + 1;
    }

    // At least two digits.
    private static int WriteExponent(byte letter, int exponent, Span<byte> to)
    {
        to[0] = letter;
        to[1] = (byte)(exponent < 0 ? '-' : '+');
        int size = Math.Abs(exponent), at = 2;
        if (size >= 100) to[at++] = (byte)('0' + size / 100);
        to[at++] = (byte)('0' + size / 10 % 10);
        to[at++] = (byte)('0' + size % 10);
        return at;
    }
}
