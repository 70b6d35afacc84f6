using System.Numerics;
using System.Text;
using Mu.Core.Tests.Interpreter;
using Xunit;

namespace Mu.Core.Tests.Values;

/// <summary>int&lt;128&gt; on both engines, against arithmetic on big integers.</summary>
public sealed class WideIntegerTests
{
    private static readonly BigInteger Modulus = BigInteger.One << 128;
    private static readonly UInt128[] Corners =
    [
        0, 1, 2, 7, 63, 64, 65, 127, ulong.MaxValue, (UInt128)ulong.MaxValue + 1, UInt128.MaxValue, UInt128.MaxValue - 1, UInt128.MaxValue >> 1, UInt128.One << 127,
        new UInt128(0x1234_5678_9ABC_DEF0, 0xFEDC_BA98_7654_3210), UInt128.MaxValue - 41, new UInt128(3, 1UL << 63),
    ];

    public static TheoryData<TestedEngine> Engines => TestMachine.Engines;

    private static BigInteger Signed(UInt128 value) => (BigInteger)(Int128)value;

    private static UInt128 Wrap(BigInteger value) => (UInt128)(((value % Modulus) + Modulus) % Modulus);

    private static ulong Low(UInt128 value) => (ulong)value;

    private static ulong High(UInt128 value) => (ulong)(value >> 64);

    private static UInt128 Join(ulong[] words) => new(words[1], words[0]);

    private static BigInteger? Exact(string op, UInt128 a, UInt128 b)
    {
        int count = (int)(b & 127);
        return op switch
        {
            "ADD" => (BigInteger)a + b,
            "SUB" => (BigInteger)a - b,
            "MUL" => (BigInteger)a * b,
            "SDIV" => b == 0 ? null : BigInteger.Divide(Signed(a), Signed(b)),
            "SREM" => b == 0 ? null : BigInteger.Remainder(Signed(a), Signed(b)),
            "UDIV" => b == 0 ? null : BigInteger.Divide(a, b),
            "UREM" => b == 0 ? null : BigInteger.Remainder(a, b),
            "SHL" => (BigInteger)a << count,
            "LSHR" => (BigInteger)a >> count,
            "ASHR" => Signed(a) >> count,
            "AND" => a & b,
            "OR" => a | b,
            _ => a ^ b,
        };
    }

    [Theory, MemberData(nameof(Engines))]
    public void Arithmetic_of_128_bits_agrees_with_exact_arithmetic(TestedEngine engine)
    {
        string[] ops = ["ADD", "SUB", "MUL", "SDIV", "SREM", "UDIV", "UREM", "SHL", "LSHR", "ASHR", "AND", "OR", "XOR"];
        var text = new StringBuilder(".typedef @w = int<128>\n");
        foreach (string op in ops)
            text.Append($".funcdef @{op} <(@w @w) -> (@w)> {{ %e(<@w> %a <@w> %b): %r = {op} <@w> %a %b {(op.Contains("DIV") || op.EndsWith("REM") ? "EXC(%n(%r) %x())" : "BRANCH %n(%r)")} "
                + "%n(<@w> %r): RET %r %x(): RET @M1 }\n");
        text.Append(".const @M1 <@w> = -1\n");
        using TestMachine machine = TestMachine.With(engine, text.ToString());
        foreach (string op in ops)
            foreach (UInt128 a in Corners)
                foreach (UInt128 b in Corners)
                {
                    UInt128 expected = Exact(op, a, b) is { } exact ? Wrap(exact) : UInt128.MaxValue;
                    Assert.Equal((op, a, b, expected), (op, a, b, Join(machine.CallAll(op, Low(a), High(a), Low(b), High(b)))));
                }
    }

    [Theory, MemberData(nameof(Engines))]
    public void Status_flags_of_128_bits_are_those_of_exact_results(TestedEngine engine)
    {
        string[] ops = ["ADD", "SUB", "MUL"];
        string text = string.Concat(ops.Select(op => $".funcdef @{op} <(int<128> int<128>) -> (int<1> int<1> int<1> int<1>)> {{ %e(<int<128>> %a <int<128>> %b): (%r %n %z %c %v) = {op} [#N #Z #C #V] <int<128>> %a %b RET (%n %z %c %v) }}\n"));
        using TestMachine machine = TestMachine.With(engine, text);
        foreach (string op in ops)
            foreach (UInt128 a in Corners)
                foreach (UInt128 b in Corners)
                {
                    BigInteger unsigned = Exact(op, a, b)!.Value, x = Signed(a), y = Signed(b), signed = op switch { "ADD" => x + y, "SUB" => x - y, _ => x * y };
                    UInt128 result = Wrap(unsigned);
                    bool[] expected = [(Int128)result < 0, result == 0, unsigned < 0 || unsigned >= Modulus, signed < (BigInteger)Int128.MinValue || signed > (BigInteger)Int128.MaxValue];
                    bool[] found = [.. machine.CallAll(op, Low(a), High(a), Low(b), High(b)).Select(f => f != 0)];
                    Assert.Equal((op, a, b, string.Join(' ', expected)), (op, a, b, string.Join(' ', found)));
                }
    }

    [Theory, MemberData(nameof(Engines))]
    public void Comparisons_of_128_bits_look_at_both_words(TestedEngine engine)
    {
        (string Name, Func<UInt128, UInt128, bool> Holds)[] ops =
        [
            ("EQ", (a, b) => a == b), ("NE", (a, b) => a != b), ("SLT", (a, b) => (Int128)a < (Int128)b), ("SLE", (a, b) => (Int128)a <= (Int128)b),
            ("SGT", (a, b) => (Int128)a > (Int128)b), ("SGE", (a, b) => (Int128)a >= (Int128)b),
            ("ULT", (a, b) => a < b), ("ULE", (a, b) => a <= b), ("UGT", (a, b) => a > b), ("UGE", (a, b) => a >= b),
        ];
        string text = string.Concat(ops.Select(op => $".funcdef @{op.Name} <(int<128> int<128>) -> (int<1>)> {{ %e(<int<128>> %a <int<128>> %b): %r = {op.Name} <int<128>> %a %b RET %r }}\n"));
        using TestMachine machine = TestMachine.With(engine, text);
        foreach ((string name, Func<UInt128, UInt128, bool> holds) in ops)
            foreach (UInt128 a in Corners)
                foreach (UInt128 b in Corners)
                    Assert.Equal((name, a, b, holds(a, b)), (name, a, b, machine.Call(name, Low(a), High(a), Low(b), High(b)) != 0));
    }

    [Theory, MemberData(nameof(Engines))]
    public void Conversions_to_and_from_128_bits(TestedEngine engine)
    {
        using TestMachine machine = TestMachine.With(engine, """
            .typedef @w = int<128> .typedef @d = double .typedef @f = float .typedef @odd = int<17> .typedef @p = uptr<void>
            .funcdef @trunc <(@w) -> (@odd)> { %e(<@w> %a): %r = TRUNC <@w @odd> %a RET %r }
            .funcdef @sext <(@odd) -> (@w)> { %e(<@odd> %a): %r = SEXT <@odd @w> %a RET %r }
            .funcdef @zext <(@odd) -> (@w)> { %e(<@odd> %a): %r = ZEXT <@odd @w> %a RET %r }
            .funcdef @sd <(@w) -> (@d)> { %e(<@w> %a): %r = SITOFP <@w @d> %a RET %r }
            .funcdef @ud <(@w) -> (@d)> { %e(<@w> %a): %r = UITOFP <@w @d> %a RET %r }
            .funcdef @uf <(@w) -> (@f)> { %e(<@w> %a): %r = UITOFP <@w @f> %a RET %r }
            .funcdef @ds <(@d) -> (@w)> { %e(<@d> %a): %r = FPTOSI <@d @w> %a RET %r }
            .funcdef @du <(@d) -> (@w)> { %e(<@d> %a): %r = FPTOUI <@d @w> %a RET %r }
            .funcdef @fs <(@f) -> (@w)> { %e(<@f> %a): %r = FPTOSI <@f @w> %a RET %r }
            .funcdef @ptr <(@w) -> (@w)> { %e(<@w> %a): %p = PTRCAST <@w @p> %a %r = PTRCAST <@p @w> %p RET %r }
            """);
        Assert.Equal(0x1_DEF0UL, machine.Call("trunc", 0x9ABB_DEF0 | 0x10000, 7));
        Assert.Equal([0xFFFF_FFFF_FFFF_0001, ulong.MaxValue], machine.CallAll("sext", 0x1_0001));
        Assert.Equal([0x1_0001UL, 0UL], machine.CallAll("zext", 0x1_0001));
        Assert.Equal([5UL, 0UL], machine.CallAll("ptr", 5, 9));
        foreach (UInt128 a in Corners)
        {
            Assert.Equal((a, Rounded(Signed(a))), (a, BitConverter.UInt64BitsToDouble(machine.Call("sd", Low(a), High(a)))));
            Assert.Equal((a, Rounded(a)), (a, BitConverter.UInt64BitsToDouble(machine.Call("ud", Low(a), High(a)))));
        }

        // Just above the middle of two floats: rounding to double first would give the tie.
        UInt128 sticky = (UInt128.One << 100) + (UInt128.One << 76) + 1;
        Assert.Equal(MathF.ScaleB(1 + MathF.ScaleB(1, -23), 100), BitConverter.UInt32BitsToSingle((uint)machine.Call("uf", Low(sticky), High(sticky))));
        foreach (double d in (double[])[0, -0.9, 1.5, -1.5, 1e19, -1e30, 1e38, 2e38, -2e38, 4e38, double.NaN, double.PositiveInfinity, double.NegativeInfinity])
        {
            ulong bits = BitConverter.DoubleToUInt64Bits(d);
            Assert.Equal((d, Saturated(d, (BigInteger)Int128.MinValue, (BigInteger)Int128.MaxValue)), (d, Join(machine.CallAll("ds", bits))));
            Assert.Equal((d, Saturated(d, 0, Modulus - 1)), (d, Join(machine.CallAll("du", bits))));
        }

        Assert.Equal(Wrap(-(BigInteger)(1 << 24)), Join(machine.CallAll("fs", BitConverter.SingleToUInt32Bits(-16777216f))));
    }

    private static UInt128 Saturated(double value, BigInteger least, BigInteger most)
    {
        if (double.IsNaN(value)) return 0;
        if (double.IsInfinity(value)) return Wrap(value > 0 ? most : least);
        return Wrap(BigInteger.Clamp((BigInteger)Math.Truncate(value), least, most));
    }

    /// <summary>To the nearest double, ties to even.</summary>
    private static double Rounded(BigInteger value)
    {
        BigInteger magnitude = BigInteger.Abs(value);
        int shift = Math.Max(0, (int)magnitude.GetBitLength() - 53);
        BigInteger top = magnitude >> shift, rest = magnitude - (top << shift), half = shift == 0 ? 1 : BigInteger.One << (shift - 1);
        if (shift > 0 && (rest > half || (rest == half && !top.IsEven))) top++;
        return Math.ScaleB((double)top, shift) * value.Sign;
    }

    [Theory, MemberData(nameof(Engines))]
    public void Values_of_128_bits_go_through_memory_calls_switches_and_selections(TestedEngine engine)
    {
        using TestMachine machine = TestMachine.With(engine, """
            .typedef @w = int<128> .typedef @pair = struct<int<8> @w> .typedef @many = hybrid<@w @w> .typedef @i64 = int<64>
            .const @BIG <@w> = 0x123456789abcdef0fedcba9876543210 .const @ZERO <@w> = 0 .const @NEG <@w> = -3
            .const @N <@i64> = 4 .const @THREE <@i64> = 3 .const @ONE <@i64> = 1 .const @TWO <@i64> = 2 .const @WIDE3 <@w> = 3
            .global @cell <@pair>
            .funcdef @through <(@w @w) -> (@w @w)> {
              %e(<@w> %a <@w> %b):
                %f = GETFIELDIREF <@pair 1> @cell
                STORE <@w> %f %a
                %h = NEWHYBRID <@many @i64> @N
                %i = GETIREF <@many> %h
                %first = GETFIELDIREF <@many 0> %i
                STORE <@w> %first %b
                %v = GETVARPARTIREF <@many> %i
                %third = SHIFTIREF <@w @w> %v @WIDE3
                %x = LOAD <@w> %f
                STORE <@w> %third %x
                %y = LOAD <@w> %third
                %z = LOAD <@w> %first
                (%p %q) = CALL <(@w @w) -> (@w @w)> @swap (%y %z)
                RET (%p %q)
            }
            .funcdef @swap <(@w @w) -> (@w @w)> { %e(<@w> %a <@w> %b): RET (%b %a) }
            .funcdef @which <(@w) -> (@i64)> {
              %e(<@w> %a): SWITCH <@w> %a %other() { @BIG %one() @NEG %two() @ZERO %three() }
              %one(): RET @ONE
              %two(): RET @TWO
              %three(): RET @THREE
              %other(): RET @N
            }
            .funcdef @choose <(int<1> @w) -> (@w)> { %e(<int<1>> %c <@w> %a): %r = SELECT <int<1> @w> %c %a @NEG RET %r }
            .funcdef @huge <(@w) -> (@i64)> {
              %e(<@w> %n): %h = NEWHYBRID <@many @w> %n EXC(%ok() %bad())
              %ok(): RET @ONE
              %bad(): RET @TWO
            }
            """);
        Assert.Equal([3UL, 4UL, 1UL, 2UL], machine.CallAll("through", 1, 2, 3, 4));
        Assert.Equal(1UL, machine.Call("which", 0xfedcba9876543210, 0x123456789abcdef0));
        Assert.Equal(2UL, machine.Call("which", unchecked((ulong)-3), ulong.MaxValue));
        Assert.Equal(3UL, machine.Call("which", 0, 0));
        Assert.Equal(4UL, machine.Call("which", 0, 1));
        Assert.Equal([8UL, 9UL], machine.CallAll("choose", 1, 8, 9));
        Assert.Equal([unchecked((ulong)-3), ulong.MaxValue], machine.CallAll("choose", 0, 8, 9));
        Assert.Equal(1UL, machine.Call("huge", 3, 0));
        Assert.Equal(2UL, machine.Call("huge", 3, 1));
    }
}
