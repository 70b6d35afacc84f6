using System.Text;
using Mu.Core.IR;
using Xunit;

namespace Mu.Core.Tests.Interpreter;

/// <summary>Floating point: arithmetic, comparisons with NaN, saturating conversions.</summary>
public sealed class FloatTests
{
    private static readonly double[] Doubles =
    [
        0.0, -0.0, 1, -1, 0.5, 1.5, -2.5, 3, 7.25, 1e300, -1e300, double.Epsilon, double.MaxValue, double.PositiveInfinity, double.NegativeInfinity, double.NaN,
        2147483647, 2147483648, -2147483649, 4294967295.5, 4294967296, 9.2233720368547748e18, 9.2233720368547758e18, 1.8446744073709552e19, -9.3e18, 127.9, 128, 255.99, -0.9,
    ];

    private static readonly string[] Comparisons =
        ["FFALSE", "FTRUE", "FUNO", "FUEQ", "FUNE", "FUGT", "FUGE", "FULT", "FULE", "FORD", "FOEQ", "FONE", "FOGT", "FOGE", "FOLT", "FOLE"];

    private static readonly string[] Arithmetic = ["FADD", "FSUB", "FMUL", "FDIV", "FREM"];

    [Theory, MemberData(nameof(TestMachine.Engines), MemberType = typeof(TestMachine))]
    public void Arithmetic_on_doubles_is_that_of_ieee_754(TestedEngine engine)
    {
        using TestMachine machine = TestMachine.With(engine, Text(Arithmetic, "double", "double"));
        foreach (double a in Doubles)
            foreach (double b in Doubles)
            {
                double[] expected = [a + b, a - b, a * b, a / b, a % b];
                ulong[] actual = machine.CallAll("f", Bits(a), Bits(b));
                for (int i = 0; i < expected.Length; i++) AssertSame(expected[i], BitConverter.UInt64BitsToDouble(actual[i]), $"{Arithmetic[i]} {a} {b}");
            }
    }

    [Theory, MemberData(nameof(TestMachine.Engines), MemberType = typeof(TestMachine))]
    public void Arithmetic_on_floats_is_rounded_to_float(TestedEngine engine)
    {
        using TestMachine machine = TestMachine.With(engine, Text(Arithmetic, "float", "float"));
        foreach (float a in Doubles.Select(d => (float)d))
            foreach (float b in Doubles.Select(d => (float)d))
            {
                float[] expected = [a + b, a - b, a * b, a / b, a % b];
                ulong[] actual = machine.CallAll("f", BitConverter.SingleToUInt32Bits(a), BitConverter.SingleToUInt32Bits(b));
                for (int i = 0; i < expected.Length; i++) AssertSame(expected[i], BitConverter.UInt32BitsToSingle((uint)actual[i]), $"{Arithmetic[i]} {a} {b}");
            }
    }

    [Theory, MemberData(nameof(TestMachine.Engines), MemberType = typeof(TestMachine))]
    public void Comparisons_know_nan(TestedEngine engine)
    {
        using TestMachine machine = TestMachine.With(engine, Text(Comparisons, "double", "int<1>"));
        foreach (double a in Doubles)
            foreach (double b in Doubles)
            {
                bool nan = double.IsNaN(a) || double.IsNaN(b);
                bool[] expected =
                [
                    false, true, nan, nan || a == b, nan || a != b, nan || a > b, nan || a >= b, nan || a < b, nan || a <= b,
                    !nan, a == b, !nan && a != b, a > b, a >= b, a < b, a <= b,
                ];
                Assert.Equal(expected.Select(e => e ? 1UL : 0), machine.CallAll("f", Bits(a), Bits(b)));
            }
    }

    [Theory, MemberData(nameof(TestMachine.Engines), MemberType = typeof(TestMachine))]
    public void Conversions_to_integers_saturate_and_make_nan_zero(TestedEngine engine)
    {
        int[] widths = [1, 7, 8, 16, 31, 32, 33, 52, 63, 64];
        var text = new StringBuilder();
        foreach (string type in new[] { "double", "float" })
            foreach (int width in widths)
                text.Append($".funcdef @{type}{width} <({type}) -> (int<{width}> int<{width}>)> {{ %entry(<{type}> %a): "
                    + $"%s = FPTOSI <{type} int<{width}>> %a %u = FPTOUI <{type} int<{width}>> %a RET (%s %u) }}\n");
        using TestMachine machine = TestMachine.With(engine, text.ToString());
        foreach (int width in widths)
            foreach (double d in Doubles)
            {
                ulong mask = ulong.MaxValue >> (64 - width);
                Int128 min = -(Int128.One << (width - 1)), max = (Int128.One << (width - 1)) - 1;
                Int128 whole(double v) => double.IsNaN(v) ? 0 : Int128.CreateSaturating(Math.Truncate(v));
                ulong[] expected(double v) => [(ulong)Int128.Clamp(whole(v), min, max) & mask, (ulong)Int128.Clamp(whole(v), 0, mask)];
                Assert.Equal(expected(d), machine.CallAll($"double{width}", Bits(d)));
                Assert.Equal(expected((float)d), machine.CallAll($"float{width}", BitConverter.SingleToUInt32Bits((float)d)));
            }
    }

    [Theory, MemberData(nameof(TestMachine.Engines), MemberType = typeof(TestMachine))]
    public void Conversions_from_integers_round_once(TestedEngine engine)
    {
        int[] widths = [1, 8, 17, 32, 52, 64];
        var text = new StringBuilder();
        foreach (int width in widths)
            text.Append($".funcdef @f{width} <(int<{width}>) -> (double double float float)> {{ %entry(<int<{width}>> %a): "
                + $"%a1 = SITOFP <int<{width}> double> %a %a2 = UITOFP <int<{width}> double> %a %a3 = SITOFP <int<{width}> float> %a %a4 = UITOFP <int<{width}> float> %a RET (%a1 %a2 %a3 %a4) }}\n");
        using TestMachine machine = TestMachine.With(engine, text.ToString());
        foreach (int width in widths)
            foreach (ulong corner in new ulong[] { 0, 1, 0x7F, 0x80, 0xFFFF_FFFF, 0x8000_0000_0000_0000, ulong.MaxValue, 0x8000_0080_0000_0001, 0x4000_0040_0000_0001, 0x7FFF_FFFF_FFFF_FFFF, 0xFFFF_FF80_0000_0001 })
            {
                ulong mask = ulong.MaxValue >> (64 - width), u = corner & mask;
                long s = (long)(u << (64 - width)) >> (64 - width);
                ulong[] actual = machine.CallAll($"f{width}", u);
                Assert.Equal([Bits(s), Bits((double)u), BitConverter.SingleToUInt32Bits(s), BitConverter.SingleToUInt32Bits(NearestFloat(u))], actual);
            }
    }

    [Theory, MemberData(nameof(TestMachine.Engines), MemberType = typeof(TestMachine))]
    public void Floats_and_doubles_convert_and_bits_are_kept_by_bitcasts(TestedEngine engine)
    {
        using TestMachine machine = TestMachine.With(engine, """
            .funcdef @f <(double float) -> (float double int<64> int<32> double float)> {
                %entry(<double> %d <float> %f):
                    %a = FPTRUNC <double float> %d
                    %b = FPEXT <float double> %f
                    %c = BITCAST <double int<64>> %d
                    %e = BITCAST <float int<32>> %f
                    %g = BITCAST <int<64> double> %c
                    %h = BITCAST <int<32> float> %e
                    RET (%a %b %c %e %g %h)
            }
            .funcdef @functions <(double) -> (double double double double double)> {
                %entry(<double> %d):
                    %a = COMMINST @uvm.ext.fp.sqrt <double> (%d)
                    %b = COMMINST @uvm.ext.fp.floor <double> (%d)
                    %c = COMMINST @uvm.ext.fp.ceil <double> (%d)
                    %e = COMMINST @uvm.ext.fp.trunc <double> (%d)
                    %g = COMMINST @uvm.ext.fp.abs <double> (%d)
                    RET (%a %b %c %e %g)
            }
            """);
        foreach (double d in Doubles.Where(x => !double.IsNaN(x)))
        {
            uint f = BitConverter.SingleToUInt32Bits((float)d);
            Assert.Equal([f, Bits((float)d), Bits(d), f, Bits(d), f], machine.CallAll("f", Bits(d), f));
            double[] expected = [Math.Sqrt(d), Math.Floor(d), Math.Ceiling(d), Math.Truncate(d), Math.Abs(d)];
            ulong[] actual = machine.CallAll("functions", Bits(d));
            for (int i = 0; i < 5; i++) AssertSame(expected[i], BitConverter.UInt64BitsToDouble(actual[i]), $"function {i} of {d}");
        }
    }

    private static string Text(string[] operations, string operand, string result)
    {
        var text = new StringBuilder($".funcdef @f <({operand} {operand}) -> ({string.Join(' ', operations.Select(_ => result))})> {{ %entry(<{operand}> %a <{operand}> %b): ");
        foreach (string op in operations) text.Append($"%r{op} = {op} <{operand}> %a %b ");
        return text.Append($"RET ({string.Join(' ', operations.Select(o => "%r" + o))}) }}").ToString();
    }

    private static ulong Bits(double value) => BitConverter.DoubleToUInt64Bits(value);

    /// <summary>Which NaN a NaN is does not matter.</summary>
    private static void AssertSame(double expected, double actual, string what) =>
        Assert.True(double.IsNaN(expected) ? double.IsNaN(actual) : Bits(expected) == Bits(actual), $"{what}: {actual}, not {expected}");

    /// <summary>Round to nearest even by exact comparison of the distances.</summary>
    private static float NearestFloat(ulong value)
    {
        float candidate = (float)(double)value;
        System.Numerics.BigInteger distance(float f) => System.Numerics.BigInteger.Abs(new System.Numerics.BigInteger(f) - value);
        float[] near = [MathF.BitDecrement(candidate), candidate, MathF.BitIncrement(candidate)];
        return near.OrderBy(distance).ThenBy(f => BitConverter.SingleToUInt32Bits(f) & 1).First();
    }
}
