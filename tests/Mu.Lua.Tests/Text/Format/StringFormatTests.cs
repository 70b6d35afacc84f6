// Expected values come from the reference implementation, Lua 5.4.
using System.Globalization;
using System.Numerics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Mu.Lua.Numbers;
using Mu.Lua.Text;
using Mu.Lua.Text.Format;
using Xunit;

namespace Mu.Lua.Tests.Text.Format;

public sealed class StringFormatTests
{
    /// <summary>Format, argument, and the result or "!" and the error.</summary>
    public static TheoryData<string, object, string> Rows => new()
    {
        { "%d", 42L, "42" },
        { "%5d|", -42L, "  -42|" },
        { "%-5d|", 42L, "42   |" },
        { "%05d", -42L, "-0042" },
        { "%+d", 7L, "+7" },
        { "% d", 7L, " 7" },
        { "%.5d", -7L, "-00007" },
        { "%8.3d|", 7L, "     007|" },
        { "%08.3d|", 7L, "     007|" },
        { "%.0d|", 0L, "|" },
        { "%i", long.MinValue, "-9223372036854775808" },
        { "%u", -1L, "18446744073709551615" },
        { "%x", 255L, "ff" },
        { "%X", 255L, "FF" },
        { "%02x", 10L, "0a" },
        { "%#x", 255L, "0xff" },
        { "%#x", 0L, "0" },
        { "%#o", 8L, "010" },
        { "%#o", 0L, "0" },
        { "%#.0o", 0L, "0" },
        { "%#05o|", 8L, "00010|" },
        { "%o", -1L, "1777777777777777777777" },
        { "%#010x", 48879L, "0x0000beef" },
        { "%.3x", 5L, "005" },
        { "%c", 65L, "A" },
        { "%5c|", 65L, "    A|" },
        { "%-5c|", 65L, "A    |" },
        { "%f", 3.1415899999999999, "3.141590" },
        { "%.2f", 0.125, "0.12" },
        { "%.2f", 0.375, "0.38" },
        { "%.0f", 0.5, "0" },
        { "%.0f", 1.5, "2" },
        { "%.0f", 2.5, "2" },
        { "%#.0f", 3.0, "3." },
        { "%5.1f|", 2.25, "  2.2|" },
        { "%-8.2f|", 0.33333333333333331, "0.33    |" },
        { "%08.2f", -0.33333333333333331, "-0000.33" },
        { "%+.1f", 0.050000000000000003, "+0.1" },
        { "%.20f", 0.10000000000000001, "0.10000000000000000555" },
        { "%.99f", 4.9406564584124654e-324, "0.000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000" },
        { "%.3f", 1e+22, "10000000000000000000000.000" },
        { "%.1f", 9.2233720368547758e+18, "9223372036854775808.0" },
        { "%.0f", 1.0000000000000001e+300, "1000000000000000052504760255204420248704468581108159154915854115511802457988908195786371375080447864043704443832883878176942523235360430575644792184786706982848387200926575803737830233794788090059368953234970799945081119038967640880074652742780142494579258788820056842838115669472196386865459400540160" },
        { "%f", double.PositiveInfinity, "inf" },
        { "%010f|", double.NegativeInfinity, "      -inf|" },
        { "%.2f", -0.0, "-0.00" },
        { "%.2f", -0.001, "-0.00" },
        { "%e", 12345.678, "1.234568e+04" },
        { "%.0e", 15.0, "2e+01" },
        { "%.0e", 25.0, "2e+01" },
        { "%#.0e", 1.0, "1.e+00" },
        { "%.3E", 9999.8999999999996, "1.000E+04" },
        { "%e", 0.0, "0.000000e+00" },
        { "%.15e", 4.9406564584124654e-324, "4.940656458412465e-324" },
        { "%e", 1e+100, "1.000000e+100" },
        { "%.50e", 1e-300, "1.00000000000000002505909183520875968569614680770371e-300" },
        { "%E", double.PositiveInfinity, "INF" },
        { "%g", 0.10000000000000001, "0.1" },
        { "%g", 100000.0, "100000" },
        { "%g", 1000000.0, "1e+06" },
        { "%g", 999999.5, "1e+06" },
        { "%g", 0.0001, "0.0001" },
        { "%g", 1.0000000000000001e-05, "1e-05" },
        { "%#g", 1.0, "1.00000" },
        { "%.0g", 0.5, "0.5" },
        { "%.3g", 1234.5, "1.23e+03" },
        { "%.14g", 3.14159265358979, "3.1415926535898" },
        { "%.17g", 0.10000000000000001, "0.10000000000000001" },
        { "%.14g", 9007199254740992.0, "9.007199254741e+15" },
        { "%10.3g|", 1e-10, "     1e-10|" },
        { "%G", 1e-10, "1E-10" },
        { "%g", 0.0, "0" },
        { "%.4g", 9.9995999999999992, "10" },
        { "%.5g", 9.9999599999999997, "10" },
        { "%.40g", 9.9999999999999992e+22, "99999999999999991611392" },
        { "%g", 4.9406564584124654e-324, "4.94066e-324" },
        { "%g", 1.7976931348623157e+308, "1.79769e+308" },
        { "%a", 1.0, "0x1p+0" },
        { "%a", 0.10000000000000001, "0x1.999999999999ap-4" },
        { "%a", 0.0, "0x0p+0" },
        { "%a", 4.9406564584124654e-324, "0x0.0000000000001p-1022" },
        { "%A", 255.5, "0X1.FFP+7" },
        { "%.0a", 1.5, "0x2p+0" },
        { "%.0a", 2.5, "0x1p+1" },
        { "%.3a", 1.9990000000000001, "0x1.ffcp+0" },
        { "%#.0a", 1.0, "0x1.p+0" },
        { "%+20a|", -0.5, "             -0x1p-1|" },
        { "%020a", 0.10000000000000001, "0x1.999999999999ap-4" },
        { "%.20a", 1.1000000000000001, "0x1.199999999999a0000000p+0" },
        { "%.1a", 1.96875, "0x2.0p+0" },
        { "%a", double.NegativeInfinity, "-inf" },
        { "%s", "text", "text" },
        { "%10s|", "text", "      text|" },
        { "%-10s|", "text", "text      |" },
        { "%.2s|", "text", "te|" },
        { "%5.1s|", "text", "    t|" },
        { "%.0s|", "text", "|" },
        { "%.s|", "text", "|" },
        { "%s", "a\u0000b", "a\u0000b" },
        { "%5s", "a\u0000b", "!string contains zeros" },
        { "%q", "a \"b\" \\ \n\u000d\u00001\u0000z\u007f", "\"a \\\"b\\\" \\\\ \\\n\\13\\0001\\0z\\127\"" },
        { "%q", 1L, "1" },
        { "%q", long.MinValue, "0x8000000000000000" },
        { "%q", 0.5, "0x1p-1" },
        { "%q", 2.0, "0x1p+1" },
        { "%q", double.PositiveInfinity, "1e9999" },
        { "%q", double.NegativeInfinity, "-1e9999" },
        { "%q", double.NaN, "(0/0)" },
        { "a%%b%dc%%", 1L, "a%b1c%" },
        { "%y", 1L, "!invalid conversion '%y' to 'format'" },
        { "%", 1L, "!invalid conversion '%' to 'format'" },
        { "%5", 1L, "!invalid conversion '%5' to 'format'" },
        { "%F", 1.0, "!invalid conversion '%F' to 'format'" },
        { "%10q", "x", "!specifier '%q' cannot have modifiers" },
        { "%#d", 1L, "!invalid conversion specification: '%#d'" },
        { "% x", 1L, "!invalid conversion specification: '% x'" },
        { "%+u", 1L, "!invalid conversion specification: '%+u'" },
        { "%123d", 1L, "!invalid conversion specification: '%123d'" },
        { "%1.100d", 1L, "!invalid conversion specification: '%1.100d'" },
        { "%05c", 1L, "!invalid conversion specification: '%05c'" },
        { "%5.2c", 1L, "!invalid conversion specification: '%5.2c'" },
        { "%05s", "x", "!invalid conversion specification: '%05s'" },
        { "%5.", 1L, "!invalid conversion '%5.' to 'format'" },
        { "%0-+ #0-+ #0-+ #0-+ #05d", 1L, "!invalid format (too long)" },
        { "%.3.3d", 1L, "!invalid conversion specification: '%.3.3d'" },
        { "%5-d", 1L, "!invalid conversion specification: '%5-d'" },
        { "%\u0000", 1L, "!invalid conversion '%' to 'format'" },
    };

    [Theory, MemberData(nameof(Rows))]
    public void An_argument_is_formatted_as_by_the_reference(string format, object argument, string expected)
        => Assert.Equal(expected, Format(format, argument));

    [Fact]
    public void A_plain_string_may_hold_zeros_and_bytes_of_any_value()
    {
        var to = new ByteBuffer();
        var reader = new FormatReader("<%s>"u8);
        Assert.True(reader.MoveNext(to));
        Assert.True(TextFormat.TryWriteString(reader.Current, [0, 200, 255], to));
        Assert.False(reader.MoveNext(to));
        Assert.Equal([(byte)'<', 0, 200, 255, (byte)'>'], to.Written.ToArray());
    }

    [Theory]
    [InlineData("%p", 0x1234abcd, "0x1234abcd")]
    [InlineData("%12p|", 0xff, "        0xff|")]
    [InlineData("%-8p|", 0, "(null)  |")]
    public void Pointers_are_hexadecimal_and_null_has_a_name(string format, long address, string expected)
    {
        var to = new ByteBuffer();
        var reader = new FormatReader(Encoding.Latin1.GetBytes(format));
        while (reader.MoveNext(to)) TextFormat.WritePointer(reader.Current, (ulong)address, to);
        Assert.Equal(expected, Encoding.Latin1.GetString(to.Written));
    }

    [Fact]
    public void Seventeen_digits_and_hexadecimal_lose_nothing()
        => Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll<long>(bits =>
        {
            double value = BitConverter.Int64BitsToDouble(bits * 0x5851f42d4c957f2d);
            return !double.IsFinite(value) || (Reads(Format("%.17g", value), value) && Reads(Format("%a", value), value)
                && Reads(Format("%.17e", value), value));
        }));

    [Fact]
    public void Fixed_digits_are_the_exact_value_rounded_half_to_even()
        => Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll<int, byte, byte>((mantissa, shift, places) =>
        {
            // mantissa / 2^shift is exact as a double; so is the expected quotient.
            int scale = shift % 60, precision = places % 30;
            double value = mantissa / Math.Pow(2, scale);
            BigInteger product = BigInteger.Abs(mantissa) * BigInteger.Pow(10, precision), unit = BigInteger.One << scale;
            BigInteger quotient = BigInteger.DivRem(product, unit, out BigInteger rest);
            int order = (rest * 2).CompareTo(unit);
            if (order > 0 || (order == 0 && !quotient.IsEven)) quotient++;
            string digits = quotient.ToString(CultureInfo.InvariantCulture).PadLeft(precision + 1, '0');
            string expected = (mantissa < 0 ? "-" : "") + digits[..^precision] + (precision > 0 ? "." + digits[^precision..] : "");
            return Format($"%.{precision}f", value) == expected;
        }));

    [Fact]
    public void A_width_is_reached_and_only_padding_is_added()
        => Check.One(Config.QuickThrowOnFailure, Prop.ForAll<long, byte>((value, size) =>
        {
            int width = size % 99 + 1;
            string plain = value.ToString(CultureInfo.InvariantCulture);
            return Format($"%{width}d", value) == plain.PadLeft(width) && Format($"%-{width}d", value) == plain.PadRight(width);
        }));

    [Theory]
    [InlineData("%d items")]
    [InlineData("%5d")]
    [InlineData("%02x")]
    [InlineData("%.2f")]
    [InlineData("%5.1f")]
    [InlineData("%g")]
    [InlineData("%.14g")]
    public void Common_conversions_allocate_nothing(string format)
    {
        byte[] text = Encoding.Latin1.GetBytes(format);
        var to = new ByteBuffer();
        Run(text, to);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) Run(text, to);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        static void Run(byte[] text, ByteBuffer to)
        {
            to.Clear();
            var reader = new FormatReader(text);
            while (reader.MoveNext(to))
                if (reader.Current.Conversion is (byte)'d' or (byte)'x') IntegerFormat.Write(reader.Current, 1234567, to);
                else RealFormat.Write(reader.Current, 1234.56789, to);
        }
    }

    private static bool Reads(string text, double value)
        => LuaNumber.TryParse(Encoding.ASCII.GetBytes(text), out bool isInteger, out long integer, out double real)
            && (isInteger ? integer : real) == value;

    private static string Format(string format, object argument)
    {
        var to = new ByteBuffer();
        var reader = new FormatReader(Encoding.Latin1.GetBytes(format));
        while (reader.MoveNext(to))
        {
            FormatSpec spec = reader.Current;
            if (spec.Problem != FormatProblem.None) return "!" + reader.ProblemText;
            if (!Write(spec, argument, to)) return "!" + FormatProblemText.ContainsZeros;
        }
        return Encoding.Latin1.GetString(to.Written);
    }

    private static bool Write(FormatSpec spec, object argument, ByteBuffer to)
    {
        switch (((char)spec.Conversion, argument))
        {
            case ('q', long value): LiteralFormat.Write(value, to); break;
            case ('q', double value): LiteralFormat.Write(value, to); break;
            case ('q', string value): LiteralFormat.Write(Encoding.Latin1.GetBytes(value), to); break;
            case ('c', long value): TextFormat.WriteCharacter(spec, value, to); break;
            case ('s', string value): return TextFormat.TryWriteString(spec, Encoding.Latin1.GetBytes(value), to);
            case (_, long value): IntegerFormat.Write(spec, value, to); break;
            case (_, double value): RealFormat.Write(spec, value, to); break;
            default: throw new ArgumentException($"no {spec.Conversion} of {argument}", nameof(argument));
        }
        return true;
    }
}
