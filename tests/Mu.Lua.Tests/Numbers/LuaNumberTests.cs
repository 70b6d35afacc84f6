// Expected values come from the reference implementation, Lua 5.4.
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Mu.Lua.Numbers;
using Xunit;

namespace Mu.Lua.Tests.Numbers;

public sealed class LuaNumberTests
{
    public static TheoryData<string, string, string> Numerals => new()
    {
        { "0", "integer", "0" },
        { "1", "integer", "1" },
        { "-1", "integer", "-1" },
        { " 10 ", "integer", "10" },
        { "\u00097\u000a", "integer", "7" },
        { "\u000b8\u000c", "integer", "8" },
        { "0x10", "integer", "16" },
        { "0X1f", "integer", "31" },
        { "-0xff", "integer", "-255" },
        { "0xffffffffffffffff", "integer", "-1" },
        { "0x1ffffffffffffffff", "integer", "-1" },
        { "9223372036854775807", "integer", "9223372036854775807" },
        { "9223372036854775808", "float", "43e0000000000000" },
        { "-9223372036854775808", "integer", "-9223372036854775808" },
        { "-9223372036854775809", "float", "c3e0000000000000" },
        { "1e1", "float", "4024000000000000" },
        { "1E+2", "float", "4059000000000000" },
        { "1e-3", "float", "3f50624dd2f1a9fc" },
        { ".5", "float", "3fe0000000000000" },
        { "5.", "float", "4014000000000000" },
        { "-.5e1", "float", "c014000000000000" },
        { ".", "none", "" },
        { "", "none", "" },
        { "  ", "none", "" },
        { "-", "none", "" },
        { "+", "none", "" },
        { "+5", "integer", "5" },
        { "--5", "none", "" },
        { "0x", "none", "" },
        { "0x.", "none", "" },
        { "0x.8", "float", "3fe0000000000000" },
        { "0x1p4", "float", "4030000000000000" },
        { "0x1.8p1", "float", "4008000000000000" },
        { "0xA.8p-1", "float", "4015000000000000" },
        { "0x1p", "none", "" },
        { "0x1p+", "none", "" },
        { "0x.1p-1074", "float", "0000000000000000" },
        { "0x1p-1074", "float", "0000000000000001" },
        { "0x1p-1075", "float", "0000000000000000" },
        { "0x1.8p-1075", "float", "0000000000000001" },
        { "0x1p1023", "float", "7fe0000000000000" },
        { "0x1p1024", "float", "7ff0000000000000" },
        { "0x1.fffffffffffff8p0", "float", "4000000000000000" },
        { "0x1.fffffffffffff7p0", "float", "3fffffffffffffff" },
        { "0x123456789abcdef01.8", "float", "43f23456789abcdf" },
        { "inf", "none", "" },
        { "nan", "none", "" },
        { "INF", "none", "" },
        { "NaN", "none", "" },
        { "1e400", "float", "7ff0000000000000" },
        { "-1e400", "float", "fff0000000000000" },
        { "1e-400", "float", "0000000000000000" },
        { "4.9e-324", "float", "0000000000000001" },
        { "2.2250738585072014e-308", "float", "0010000000000000" },
        { "1e", "none", "" },
        { "1e+", "none", "" },
        { "1 2", "none", "" },
        { "1_0", "none", "" },
        { "0b1", "none", "" },
        { "1f", "none", "" },
        { "0x1g", "none", "" },
        { "1..2", "none", "" },
        { "1.2.3", "none", "" },
        { "e5", "none", "" },
        { "- 1", "none", "" },
        { "0x-1", "none", "" },
        { "00012", "integer", "12" },
        { "-0", "integer", "0" },
        { "-0.0", "float", "8000000000000000" },
        { "0e0", "float", "0000000000000000" },
        { "123456789012345678901234567890", "float", "45f8ee90ff6c373e" },
        { "0.1e1", "float", "3ff0000000000000" },
        { "1e5 x", "none", "" },
        { "1p4", "none", "" },
        { "0x1e5", "integer", "485" },
        { "0x1E+5", "none", "" },
    };

    public static TheoryData<ulong, string> Floats => new()
    {
        { 0x0000000000000000UL, "0.0" },
        { 0x8000000000000000UL, "-0.0" },
        { 0x3ff0000000000000UL, "1.0" },
        { 0xbff0000000000000UL, "-1.0" },
        { 0x3fb999999999999aUL, "0.1" },
        { 0x3fe0000000000000UL, "0.5" },
        { 0x3fd5555555555555UL, "0.33333333333333" },
        { 0xbfe5555555555555UL, "-0.66666666666667" },
        { 0x42d6bcc41e900000UL, "1e+14" },
        { 0x430c6bf526340000UL, "1e+15" },
        { 0x4341c37937e08000UL, "1e+16" },
        { 0x42d6bcc41e8fffc0UL, "99999999999999.0" },
        { 0x42dc12218377de40UL, "1.2345678901234e+14" },
        { 0x54b249ad2594c37dUL, "1e+100" },
        { 0xab2bff2ee48e0530UL, "-1e-100" },
        { 0x0000000000000001UL, "4.9406564584125e-324" },
        { 0x7fefffffffffffffUL, "1.7976931348623e+308" },
        { 0x4340000000000000UL, "9.007199254741e+15" },
        { 0x43e0000000000000UL, "9.2233720368548e+18" },
        { 0xc3e0000000000000UL, "-9.2233720368548e+18" },
        { 0x400921fb54442d11UL, "3.1415926535898" },
        { 0x3f1a36e2eb1c432dUL, "0.0001" },
        { 0x3ee4f8b588e368f1UL, "1e-05" },
        { 0x3f202e85be180b74UL, "0.00012345678901235" },
        { 0x40c81cd6e63c53d7UL, "12345.678901235" },
        { 0x3fefffffffffffa6UL, "0.99999999999999" },
        { 0x3feffffffffffff7UL, "1.0" },
        { 0x42a2309ce53fffe6UL, "9999999999999.9" },
        { 0x42d6bcc41e8fffe0UL, "1e+14" },
        { 0x3fe0008000000000UL, "0.50006103515625" },
        { 0x3ff0008000000000UL, "1.0001220703125" },
        { 0x3ff0004000000000UL, "1.0000610351562" },
        { 0x40c0000002000000UL, "8192.0000610352" },
        { 0x7ff0000000000000UL, "inf" },
        { 0xfff0000000000000UL, "-inf" },
        { 0xfff8000000000000UL, "-nan" },
        { 0x7ff8000000000000UL, "nan" },
        { 0x3efa36e2eb1c432dUL, "2.5e-05" },
        { 0x444b1ae4d6e2ef50UL, "1e+21" },
        { 0x419d6f3454800000UL, "123456789.125" },
        { 0x3dfd9aed90822209UL, "4.3081217803957e-10" },
        { 0x3cea71b5a5f5df67UL, "2.9358935263827e-15" },
        { 0x40a07b89b5ee8fb9UL, "2109.7689661551" },
        { 0xc0732738e1876077UL, "-306.45138695604" },
        { 0xbb7b93c551516989UL, "-3.6498159448252e-22" },
        { 0xc3cfbcbe41a65262UL, "-4.5738237999399e+18" },
        { 0x3d9256e6dd165426UL, "4.1699104711619e-12" },
        { 0xc35aba5c21c88b1cUL, "-3.0093017044102e+16" },
        { 0xbc247b11d867e9b8UL, "-5.551315984646e-19" },
        { 0x3c7f4cca92e4c5c5UL, "2.7148392935569e-17" },
        { 0x415aabdf1213e98fUL, "6991740.2824654" },
        { 0x3ecd510c7ef2b27cUL, "3.4948106911375e-06" },
        { 0x4327585e356a9e81UL, "3.2855430553475e+15" },
        { 0x400c14cf82a3900dUL, "3.5101614195028" },
        { 0x43a7c17b7969feb5UL, "8.5589254738853e+17" },
        { 0x412e6c7363068747UL, "996921.69340918" },
        { 0x3dab3255f70354fdUL, "1.2367592817188e-11" },
        { 0xc2989416d95a2776UL, "-6756079392393.9" },
        { 0x42c4938fcf2fc848UL, "45248010936209.0" },
        { 0xbb9414687db8a2bbUL, "-1.0630114943679e-21" },
        { 0xbd911a6c46f292d2UL, "-3.8888207832366e-12" },
        { 0xbe95c1695db42920UL, "-3.2418242108867e-07" },
        { 0xc1cf2b49565a33b3UL, "-1045861036.7047" },
        { 0x3ce3ee2aa3ba8252UL, "2.2127120278407e-15" },
        { 0xbeffce8c73d2ee2cUL, "-3.0333357462038e-05" },
        { 0x42fa8374f947e56eUL, "4.6643048851004e+14" },
        { 0xc1c2a2af72c3c9c1UL, "-625303269.52959" },
        { 0x3e316e2126230969UL, "4.0582831281175e-09" },
        { 0xc27e48efc6ddc3c5UL, "-2081163079132.2" },
        { 0xbdfe3aabe2677e14UL, "-4.3989254114677e-10" },
        { 0x3ee3834b9909c2c4UL, "9.3044625668349e-06" },
        { 0xc02e3b4527b44e79UL, "-15.115761986504" },
        { 0xc0e09188f39033d6UL, "-33932.279731847" },
        { 0x411912f639139eecUL, "410813.55573891" },
        { 0x40b311c3e6fa6f9eUL, "4881.7652431986" },
        { 0x3ec8a62f9fde9df7UL, "2.9384093513556e-06" },
        { 0x40975c261278f0b3UL, "1495.0371798417" },
        { 0x3d56baed094e82deUL, "3.230152769295e-13" },
        { 0x3ea032abe27d3849UL, "4.8273608841701e-07" },
        { 0xc2c4f4191128d95dUL, "-46077250261427.0" },
        { 0xc2eb15afced2577eUL, "-2.3823966264185e+14" },
        { 0xc08a7477ffd8d0b6UL, "-846.55859345805" },
        { 0xbe6659e38d6f5d08UL, "-4.1632220941225e-08" },
        { 0x3c7fd02117cd95b7UL, "2.7593383271709e-17" },
        { 0xbd608cdb74e6e3ebUL, "-4.7038564738107e-13" },
        { 0x3cb483c2cd674242UL, "2.8469853138968e-16" },
        { 0x3d39688c0fca9d22UL, "9.0268724661204e-14" },
        { 0xbc4529c9422954e5UL, "-2.2945216918029e-18" },
        { 0x3bea11c3cb4e0c55UL, "4.4163270980935e-20" },
        { 0x3c355cc614856946UL, "1.1580578869653e-18" },
        { 0x4274afbcdc491a24UL, "1421563774097.6" },
        { 0xc0fd540834c3d75cUL, "-120128.51288208" },
        { 0xc187122a3fbcc8a0UL, "-48383303.96718" },
        { 0xbbd23c5403a19f95UL, "-1.544620225548e-20" },
        { 0x41ab210bd7503155UL, "227575275.65663" },
        { 0x40e5b17bb0e3e14aUL, "44427.865343037" },
        { 0xc094ea36ccca5d65UL, "-1338.5535155887" },
        { 0xc1baf415a32a9408UL, "-452203939.16632" },
        { 0x3dfbda3168535b74UL, "4.0530454715125e-10" },
        { 0x43e162be18373235UL, "1.0022181260616e+19" },
        { 0x4078dae63fe90000UL, "397.68121329322" },
        { 0x40ec2ecbb0e08000UL, "57718.365341425" },
        { 0x416c99dc487a0000UL, "14995170.264893" },
        { 0x40f77de4dcc30000UL, "96222.303896904" },
        { 0x41ddc018e57d8000UL, "1996514197.9609" },
        { 0x422ce83234408000UL, "62077344288.25" },
        { 0x41fc4c6f85504000UL, "7596341333.0156" },
        { 0x40007e3488524000UL, "2.0616236353017" },
        { 0x41fb737e4af68000UL, "7368860847.4062" },
        { 0x416b188c13928000UL, "14206048.611633" },
        { 0x409fd66cf7dfa000UL, "2037.6064143125" },
        { 0x41dcfc3c86edc000UL, "1945170459.7148" },
        { 0x3ffcf82e88d74000UL, "1.8105912537903" },
        { 0x40081aae5e870000UL, "3.0130278954457" },
        { 0x41f85b3bb1938000UL, "6538115865.2188" },
        { 0x3fe6004ca1772000UL, "0.68753654037664" },
        { 0x422f3a680cae8000UL, "67061941847.25" },
        { 0x422e160698364000UL, "64609274907.125" },
        { 0x408f81f6cd200000UL, "1008.2455084324" },
        { 0x41b97663c6780000UL, "427189190.46875" },
        { 0x417e880ce6180000UL, "32014542.380859" },
        { 0x41e91e8e2a0f0000UL, "3371462992.4688" },
        { 0x41099b8c67908000UL, "209777.55056858" },
        { 0x41c728370c4b4000UL, "777023000.58789" },
        { 0x3fee05ce93634000UL, "0.93820885454807" },
        { 0x417854450e150000UL, "25510992.880127" },
        { 0x41680664d5000000UL, "12596006.65625" },
        { 0x4077838fffe50000UL, "376.22265614942" },
        { 0x407a93a7e55f0000UL, "425.2284902297" },
        { 0x40a1b6b1a4f04000UL, "2267.3469615057" },
    };

    public static TheoryData<long, long, long, long> Divisions => new()
    {
        { 7, 3, 2, 1 },
        { 7, -3, -3, -2 },
        { 7, 1, 7, 0 },
        { 7, -1, -7, 0 },
        { 7, long.MinValue, -1, -9223372036854775801 },
        { 7, 9223372036854775807, 0, 7 },
        { -7, 3, -3, 2 },
        { -7, -3, 2, -1 },
        { -7, 1, -7, 0 },
        { -7, -1, 7, 0 },
        { -7, long.MinValue, 0, -7 },
        { -7, 9223372036854775807, -1, 9223372036854775800 },
        { 0, 3, 0, 0 },
        { 0, -3, 0, 0 },
        { 0, 1, 0, 0 },
        { 0, -1, 0, 0 },
        { 0, long.MinValue, 0, 0 },
        { 0, 9223372036854775807, 0, 0 },
        { 1, 3, 0, 1 },
        { 1, -3, -1, -2 },
        { 1, 1, 1, 0 },
        { 1, -1, -1, 0 },
        { 1, long.MinValue, -1, -9223372036854775807 },
        { 1, 9223372036854775807, 0, 1 },
        { long.MinValue, 3, -3074457345618258603, 1 },
        { long.MinValue, -3, 3074457345618258602, -2 },
        { long.MinValue, 1, long.MinValue, 0 },
        { long.MinValue, -1, long.MinValue, 0 },
        { long.MinValue, long.MinValue, 1, 0 },
        { long.MinValue, 9223372036854775807, -2, 9223372036854775806 },
        { 9223372036854775807, 3, 3074457345618258602, 1 },
        { 9223372036854775807, -3, -3074457345618258603, -2 },
        { 9223372036854775807, 1, 9223372036854775807, 0 },
        { 9223372036854775807, -1, -9223372036854775807, 0 },
        { 9223372036854775807, long.MinValue, -1, -1 },
        { 9223372036854775807, 9223372036854775807, 1, 0 },
    };

    [Theory, MemberData(nameof(Numerals))]
    public void Numerals_are_read_as_lua_reads_them(string text, string kind, string expected)
    {
        bool read = LuaNumber.TryParse(Encoding.Latin1.GetBytes(text), out bool isInteger, out long integer, out double real);
        Assert.Equal(kind, !read ? "none" : isInteger ? "integer" : "float");
        if (read) Assert.Equal(expected, isInteger ? integer.ToString() : BitConverter.DoubleToUInt64Bits(real).ToString("x16"));
    }

    [Theory, MemberData(nameof(Floats))]
    public void Floats_are_written_as_lua_writes_them(ulong bits, string expected)
        => Assert.Equal(expected, Write(BitConverter.UInt64BitsToDouble(bits)));

    [Theory, MemberData(nameof(Divisions))]
    public void Integer_division_floors(long a, long b, long quotient, long rest)
    {
        Assert.Equal(quotient, LuaArithmetic.FloorDivide(a, b));
        Assert.Equal(rest, LuaArithmetic.Modulo(a, b));
    }

    [Theory]
    [InlineData(5.5, -2.0, -0.5), InlineData(-5.5, 2.0, 0.5), InlineData(5.0, double.PositiveInfinity, 5.0)]
    [InlineData(-5.0, double.PositiveInfinity, double.PositiveInfinity), InlineData(5.0, 0.0, double.NaN)]
    public void Float_remainder_has_the_sign_of_the_divisor(double a, double b, double rest)
        => Assert.Equal(rest, LuaArithmetic.Modulo(a, b));

    [Theory]
    [InlineData(1, 63, long.MinValue), InlineData(1, 64, 0), InlineData(-1, -1, long.MaxValue), InlineData(-1, -63, 1), InlineData(1, long.MinValue, 0)]
    public void Shifts_are_logical_and_go_both_ways(long value, long count, long expected)
        => Assert.Equal(expected, LuaArithmetic.ShiftLeft(value, count));

    [Fact]
    public void Mixed_comparison_is_exact_where_a_conversion_would_round()
    {
        const double two63 = 9223372036854775808.0, two53 = 9007199254740992.0;
        Assert.True(LuaArithmetic.Less(long.MaxValue, two63));
        Assert.False(LuaArithmetic.LessOrEqual(two63, long.MaxValue));
        Assert.True(LuaArithmetic.Less(two53, (1L << 53) + 1));
        Assert.False(LuaArithmetic.AreEqual((1L << 53) + 1, two53));
        Assert.False(LuaArithmetic.Less(1, double.NaN) || LuaArithmetic.LessOrEqual(double.NaN, 1));
    }

    [Fact]
    public void Every_integer_survives_printing_and_reading() => Prop.ForAll<long>(value =>
    {
        Span<byte> text = stackalloc byte[LuaNumberText.MaxLength];
        int length = LuaNumberText.Write(value, text);
        return LuaNumber.TryParse(text[..length], out bool isInteger, out long back, out _) && isInteger && back == value;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_printed_float_is_read_back_within_its_14_digits() => Prop.ForAll<double>(value =>
    {
        if (!double.IsFinite(value)) return true;
        byte[] text = Encoding.ASCII.GetBytes(Write(value));
        bool read = LuaNumber.TryParse(text, out bool isInteger, out _, out double back);
        return read && !isInteger && Math.Abs(back - value) <= Math.Abs(value) * 1e-13;
    }).QuickCheckThrowOnFailure();

    private static string Write(double value)
    {
        Span<byte> text = stackalloc byte[LuaNumberText.MaxLength];
        return Encoding.ASCII.GetString(text[..LuaNumberText.Write(value, text)]);
    }
}
