using System.Buffers.Text;

namespace Mu.Lua.Text.Format;

/// <summary><c>%a</c> and <c>%A</c> as glibc writes them: normal numbers begin with 1, subnormal ones with 0.</summary>
internal static class HexRealFormat
{
    private const int MantissaBits = 52;
    private const int MantissaDigits = MantissaBits / 4;
    private const int MinExponent = -1022;

    // "1.", 99 digits, "p-1074".
    private const int MaxBody = 110;

    /// <summary>Adds a finite float that is not negative, after its sign.</summary>
    public static void Write(in FormatSpec spec, ReadOnlySpan<byte> sign, double value, ByteBuffer to)
    {
        bool upper = spec.Conversion == 'A';
        Span<byte> prefix = stackalloc byte[3], body = stackalloc byte[MaxBody];
        sign.CopyTo(prefix);
        prefix[sign.Length] = (byte)'0';
        prefix[sign.Length + 1] = (byte)(upper ? 'X' : 'x');
        int length = WriteBody(spec, value, upper, body);
        Field.Write(spec, prefix[..(sign.Length + 2)], body[..length], mayZeroPad: true, to);
    }

    /// <summary>A float with all its digits, as <c>%a</c>.</summary>
    public static void WritePlain(double value, ByteBuffer to)
        => RealFormat.Write(new FormatSpec { Conversion = (byte)'a', Precision = -1, IsPlain = true }, value, to);

    private static int WriteBody(in FormatSpec spec, double value, bool upper, Span<byte> body)
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(value);
        int power = (int)(bits >> MantissaBits);
        ulong mantissa = bits & ((1UL << MantissaBits) - 1);
        if (power != 0) mantissa |= 1UL << MantissaBits;
        int exponent = value == 0 ? 0 : power == 0 ? MinExponent : power - 1023;
        int count = spec.Precision;
        if (count < 0) count = mantissa << 12 == 0 ? 0 : MantissaDigits - (System.Numerics.BitOperations.TrailingZeroCount(mantissa) / 4);
        else if (count < MantissaDigits) mantissa = Round(mantissa, MantissaBits - 4 * count);
        body[0] = (byte)('0' + (mantissa >> MantissaBits));
        int at = 1;
        if (count > 0 || spec.Has(FormatFlags.Alternate)) body[at++] = (byte)'.';
        ReadOnlySpan<byte> digits = upper ? "0123456789ABCDEF"u8 : "0123456789abcdef"u8;
        for (int i = 0; i < count; i++, mantissa <<= 4) body[at++] = digits[(int)(mantissa >> (MantissaBits - 4)) & 15];
        body[at++] = (byte)(upper ? 'P' : 'p');
        body[at++] = (byte)(exponent < 0 ? '-' : '+');
        Utf8Formatter.TryFormat(Math.Abs(exponent), body[at..], out int length);
        return at + length;
    }

    // Clears the low bits, half to even.
    private static ulong Round(ulong mantissa, int low)
    {
        ulong half = 1UL << (low - 1), rest = mantissa & ((half << 1) - 1), cut = mantissa - rest;
        bool isOdd = (cut >> low & 1) != 0;
        return rest > half || (rest == half && isOdd) ? cut + (half << 1) : cut;
    }
}
