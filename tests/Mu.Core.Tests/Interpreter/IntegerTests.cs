using System.Numerics;
using System.Text;
using Mu.Core.IR;
using Xunit;

namespace Mu.Core.Tests.Interpreter;

/// <summary>Every integer operation, many widths, corner values, against arithmetic on big integers.</summary>
public sealed class IntegerTests
{
    private static readonly int[] Widths = [1, 2, 3, 6, 7, 8, 9, 15, 16, 17, 24, 31, 32, 33, 40, 48, 51, 52, 53, 63, 64];

    private static readonly BinaryOp[] Operations =
    [
        BinaryOp.Add, BinaryOp.Sub, BinaryOp.Mul, BinaryOp.SDiv, BinaryOp.SRem, BinaryOp.UDiv, BinaryOp.URem,
        BinaryOp.Shl, BinaryOp.LShr, BinaryOp.AShr, BinaryOp.And, BinaryOp.Or, BinaryOp.Xor,
    ];

    private static readonly CompareOp[] Comparisons =
    [
        CompareOp.Eq, CompareOp.Ne, CompareOp.Sge, CompareOp.Sgt, CompareOp.Sle, CompareOp.Slt, CompareOp.Uge, CompareOp.Ugt, CompareOp.Ule, CompareOp.Ult,
    ];

    public static TheoryData<TestedEngine, BinaryOp> EnginesAndOperations
    {
        get
        {
            var data = new TheoryData<TestedEngine, BinaryOp>();
            foreach (TestedEngine engine in Enum.GetValues<TestedEngine>())
                foreach (BinaryOp op in Operations) data.Add(engine, op);
            return data;
        }
    }

    [Theory, MemberData(nameof(EnginesAndOperations))]
    public void Binary_operations_and_their_flags_agree_with_exact_arithmetic(TestedEngine engine, BinaryOp op)
    {
        bool arithmetic = op is BinaryOp.Add or BinaryOp.Sub or BinaryOp.Mul, divides = op is BinaryOp.SDiv or BinaryOp.SRem or BinaryOp.UDiv or BinaryOp.URem;
        string flags = arithmetic ? "[#N #Z #C #V]" : "[#N #Z]", names = arithmetic ? "%n %z %c %v" : "%n %z", types = arithmetic ? "int<1> int<1> int<1> int<1>" : "int<1> int<1>";
        var text = new StringBuilder();
        foreach (int width in Widths)
            text.Append($".funcdef @f{width} <(int<{width}> int<{width}>) -> (int<{width}> {types})> {{ %entry(<int<{width}>> %a <int<{width}>> %b): "
                + $"(%r {names}) = {op.ToString().ToUpperInvariant()} {flags} <int<{width}>> %a %b RET (%r {names}) }}\n");
        using TestMachine machine = TestMachine.With(engine, text.ToString());
        foreach (int width in Widths)
        {
            Function function = machine.Function($"f{width}");
            foreach (ulong a in Corners(width))
                foreach (ulong b in Corners(width))
                {
                    RunResult result = machine.Run(function, a, b);
                    if (divides && b == 0)
                    {
                        Assert.Equal(Mu.Core.Threads.MuOutcome.Uncaught, result.Outcome);
                        continue;
                    }

                    ulong[] expected = Expected(op, width, a, b)[..result.Words.Length];
                    Assert.True(expected.SequenceEqual(result.Words), $"{op} int<{width}> {a:x} {b:x}: {string.Join(' ', result.Words)}, not {string.Join(' ', expected)}");
                }
        }
    }

    [Theory, MemberData(nameof(TestMachine.Engines), MemberType = typeof(TestMachine))]
    public void Comparisons_agree_with_exact_arithmetic(TestedEngine engine)
    {
        var text = new StringBuilder();
        string results = string.Join(' ', Comparisons.Select(c => $"%{c}")), types = string.Join(' ', Comparisons.Select(_ => "int<1>"));
        foreach (int width in Widths)
        {
            text.Append($".funcdef @f{width} <(int<{width}> int<{width}>) -> ({types})> {{ %entry(<int<{width}>> %a <int<{width}>> %b): ");
            foreach (CompareOp op in Comparisons) text.Append($"%{op} = {op.ToString().ToUpperInvariant()} <int<{width}>> %a %b ");
            text.Append($"RET ({results}) }}\n");
        }

        using TestMachine machine = TestMachine.With(engine, text.ToString());
        foreach (int width in Widths)
            foreach (ulong a in Corners(width))
                foreach (ulong b in Corners(width))
                {
                    BigInteger x = Signed(a, width), y = Signed(b, width);
                    bool[] expected = [a == b, a != b, x >= y, x > y, x <= y, x < y, a >= b, a > b, a <= b, a < b];
                    ulong[] actual = machine.CallAll($"f{width}", a, b);
                    Assert.True(expected.Select(e => e ? 1UL : 0).SequenceEqual(actual), $"int<{width}> {a:x} {b:x}: {string.Join(' ', actual)}");
                }
    }

    [Theory, MemberData(nameof(TestMachine.Engines), MemberType = typeof(TestMachine))]
    public void Widths_are_converted_by_truncation_zero_and_sign_extension(TestedEngine engine)
    {
        var text = new StringBuilder();
        foreach (int from in Widths)
            foreach (int to in Widths)
            {
                if (from == to) continue;
                string ops = from > to ? "%x = TRUNC {0} %a %y = TRUNC {0} %a" : "%x = ZEXT {0} %a %y = SEXT {0} %a";
                text.Append($".funcdef @f{from}_{to} <(int<{from}>) -> (int<{to}> int<{to}>)> {{ %entry(<int<{from}>> %a): "
                    + string.Format(ops, $"<int<{from}> int<{to}>>") + " RET (%x %y) }\n");
            }

        using TestMachine machine = TestMachine.With(engine, text.ToString());
        foreach (int from in Widths)
            foreach (int to in Widths)
                foreach (ulong a in Corners(from))
                {
                    if (from == to) continue;
                    ulong zero = Wrap(a, to), sign = Wrap(Signed(a, from), to);
                    ulong[] expected = from > to ? [zero, zero] : [zero, sign];
                    Assert.Equal(expected, machine.CallAll($"f{from}_{to}", a));
                }
    }

    [Theory, MemberData(nameof(TestMachine.Engines), MemberType = typeof(TestMachine))]
    public void Memory_keeps_every_width_and_its_neighbours(TestedEngine engine)
    {
        var text = new StringBuilder();
        foreach (int width in Widths)
            text.Append($".typedef @s{width} = struct<int<{width}> int<{width}> int<{width}>>\n"
                + $".funcdef @f{width} <(int<{width}> int<{width}> int<{width}>) -> (int<{width}> int<{width}> int<{width}>)> {{ %entry(<int<{width}>> %a <int<{width}>> %b <int<{width}>> %c): "
                + $"%o = NEW <@s{width}> %i = GETIREF <@s{width}> %o %p = GETFIELDIREF <@s{width} 0> %i %q = GETFIELDIREF <@s{width} 1> %i %r = GETFIELDIREF <@s{width} 2> %i "
                + $"STORE <int<{width}>> %p %a STORE <int<{width}>> %r %c STORE <int<{width}>> %q %b "
                + $"%x = LOAD <int<{width}>> %p %y = LOAD <int<{width}>> %q %z = LOAD <int<{width}>> %r RET (%x %y %z) }}\n");
        using TestMachine machine = TestMachine.With(engine, text.ToString());
        foreach (int width in Widths)
            foreach (ulong a in Corners(width))
                foreach (ulong b in Corners(width)) Assert.Equal([a, b, a], machine.CallAll($"f{width}", a, b, a));
    }

    [Theory, MemberData(nameof(TestMachine.Engines), MemberType = typeof(TestMachine))]
    public void Division_by_zero_takes_the_exceptional_edge_with_null(TestedEngine engine)
    {
        using TestMachine machine = TestMachine.With(engine, """
            .typedef @i64 = int<64>
            .const @MINUS <@i64> = -1
            .const @ZERO <@i64> = 0
            .const @NIL <ref<void>> = NULL
            .funcdef @f <(@i64 @i64) -> (@i64)> {
                %entry(<@i64> %a <@i64> %b): %q = UDIV <@i64> %a %b EXC(%fine(%q) %bad())
                %fine(<@i64> %q): RET %q
                %bad() [%e]: %null = EQ <ref<void>> %e @NIL %r = SELECT <int<1> @i64> %null @MINUS @ZERO RET %r
            }
            """);
        Assert.Equal(7UL, machine.Call("f", 21, 3));
        Assert.Equal(ulong.MaxValue, machine.Call("f", 21, 0));
    }

    private static ulong[] Expected(BinaryOp op, int width, ulong a, ulong b)
    {
        BigInteger x = Signed(a, width), y = Signed(b, width), limit = BigInteger.One << (width - 1), modulus = BigInteger.One << width;
        int count = (int)(b % (ulong)BitOperations.RoundUpToPowerOf2((uint)width));
        ulong result = op switch
        {
            BinaryOp.Add => Wrap(x + y, width),
            BinaryOp.Sub => Wrap(x - y, width),
            BinaryOp.Mul => Wrap(x * y, width),
            BinaryOp.SDiv => Wrap(BigInteger.Divide(x, y), width),
            BinaryOp.SRem => Wrap(BigInteger.Remainder(x, y), width),
            BinaryOp.UDiv => Wrap(new BigInteger(a) / b, width),
            BinaryOp.URem => Wrap(new BigInteger(a) % b, width),
            BinaryOp.Shl => Wrap(new BigInteger(a) << count, width),
            BinaryOp.LShr => Wrap(new BigInteger(a) >> count, width),
            BinaryOp.AShr => Wrap(x >> count, width),
            BinaryOp.And => a & b,
            BinaryOp.Or => a | b,
            _ => a ^ b,
        };
        (BigInteger signed, BigInteger unsigned) = op switch
        {
            BinaryOp.Add => (x + y, new BigInteger(a) + b),
            BinaryOp.Sub => (x - y, new BigInteger(a) - b),
            _ => (x * y, new BigInteger(a) * b),
        };
        return [result, Bit(Signed(result, width) < 0), Bit(result == 0), Bit(unsigned < 0 || unsigned >= modulus), Bit(signed < -limit || signed >= limit)];
    }

    private static ulong Bit(bool b) => b ? 1UL : 0;

    private static BigInteger Signed(ulong value, int width) => value >> (width - 1) == 0 ? value : new BigInteger(value) - (BigInteger.One << width);

    private static ulong Wrap(BigInteger value, int width) => (ulong)(value & ((BigInteger.One << width) - 1));

    private static ulong[] Corners(int width)
    {
        ulong mask = ulong.MaxValue >> (64 - width);
        ulong[] values = [0, 1, 2, 3, 5, (ulong)width, mask, mask - 1, mask >> 1, (mask >> 1) + 1, (mask >> 1) + 2, 0x5555_5555_5555_5555, 0xB504_F333_F9DE_6484];
        return [.. values.Select(v => v & mask).Distinct()];
    }
}
