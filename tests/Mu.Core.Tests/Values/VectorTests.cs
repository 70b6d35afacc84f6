using Mu.Core.Tests.Interpreter;
using Xunit;

namespace Mu.Core.Tests.Values;

/// <summary>Vectors on both engines: operations are those of the lanes.</summary>
public sealed class VectorTests
{
    public static TheoryData<TestedEngine> Engines => TestMachine.Engines;

    private static ulong F(float value) => BitConverter.SingleToUInt32Bits(value);

    private static ulong D(double value) => BitConverter.DoubleToUInt64Bits(value);

    private static ulong[] Floats(params float[] values) => Array.ConvertAll(values, F);

    [Theory, MemberData(nameof(Engines))]
    public void Integer_vectors_compute_lane_by_lane(TestedEngine engine)
    {
        using TestMachine machine = TestMachine.With(engine, """
            .typedef @v = vector<int<32> 4> .typedef @m = vector<int<1> 4>
            .funcdef @add <(@v @v) -> (@v)> { %e(<@v> %a <@v> %b): %r = ADD <@v> %a %b RET %r }
            .funcdef @shl <(@v @v) -> (@v)> { %e(<@v> %a <@v> %b): %r = SHL <@v> %a %b RET %r }
            .funcdef @max <(@v @v) -> (@v)> { %e(<@v> %a <@v> %b): %c = SGT <@v> %a %b %r = SELECT <@m @v> %c %a %b RET %r }
            .funcdef @div <(@v @v) -> (@v)> { %e(<@v> %a <@v> %b): %r = SDIV <@v> %a %b EXC(%n(%r) %x(%b)) %n(<@v> %r): RET %r %x(<@v> %b): RET %b }
            """);
        Assert.Equal([11UL, 22UL, 0UL, 3UL], machine.CallAll("add", 1, 2, 0xFFFF_FFFF, 1, 10, 20, 1, 2));
        Assert.Equal([2UL, 0x8000_0000UL, 5UL, 20UL], machine.CallAll("shl", 1, 1, 5, 5, 1, 31, 32, 34));
        Assert.Equal([7UL, 5UL, 0UL, 4UL], machine.CallAll("max", 7, 0xFFFF_FFFF, 0, 4, 3, 5, 0x8000_0000, 4));
        Assert.Equal([5UL, 0xFFFF_FFFEUL, 1UL, 0UL], machine.CallAll("div", 10, 0xFFFF_FFFA, 3, 1, 2, 3, 3, 2));
        Assert.Equal([2UL, 3UL, 0UL, 2UL], machine.CallAll("div", 10, 6, 3, 1, 2, 3, 0, 2));
    }

    [Theory, MemberData(nameof(Engines))]
    public void Floating_point_vectors_compute_lane_by_lane(TestedEngine engine)
    {
        using TestMachine machine = TestMachine.With(engine, """
            .typedef @f4 = vector<float 4> .typedef @d2 = vector<double 2> .typedef @f8 = vector<float 8> .typedef @d4 = vector<double 4> .typedef @b2 = vector<int<1> 2>
            .funcdef @add <(@f4 @f4) -> (@f4)> { %e(<@f4> %a <@f4> %b): %r = FADD <@f4> %a %b RET %r }
            .funcdef @mul <(@d2 @d2) -> (@d2)> { %e(<@d2> %a <@d2> %b): %r = FMUL <@d2> %a %b RET %r }
            .funcdef @div <(@d4 @d4) -> (@d4)> { %e(<@d4> %a <@d4> %b): %r = FDIV <@d4> %a %b RET %r }
            .funcdef @sub <(@f8) -> (@f8)> { %e(<@f8> %a): %t = FADD <@f8> %a %a %r = FSUB <@f8> %t %a RET %r }
            .funcdef @rem <(@d2 @d2) -> (@d2)> { %e(<@d2> %a <@d2> %b): %r = FREM <@d2> %a %b RET %r }
            .funcdef @lt <(@d2 @d2) -> (@b2)> { %e(<@d2> %a <@d2> %b): %r = FOLT <@d2> %a %b RET %r }
            """);
        Assert.Equal(Floats(5, 7, 9, 11.5f), machine.CallAll("add", [.. Floats(1, 2, 3, 4), .. Floats(4, 5, 6, 7.5f)]));
        Assert.Equal([D(6), D(-2)], machine.CallAll("mul", D(2), D(0.5), D(3), D(-4)));
        Assert.Equal([D(0.5), D(2), D(double.PositiveInfinity), D(1)], machine.CallAll("div", D(1), D(4), D(1), D(3), D(2), D(2), D(0), D(3)));
        Assert.Equal(Floats(1, 2, 3, 4, 5, 6, 7, 8), machine.CallAll("sub", Floats(1, 2, 3, 4, 5, 6, 7, 8)));
        Assert.Equal([D(1.5), D(-1)], machine.CallAll("rem", D(5.5), D(-5), D(2), D(4)));
        Assert.Equal([1UL, 0UL], machine.CallAll("lt", D(1), D(double.NaN), D(2), D(1)));
    }

    [Theory, MemberData(nameof(Engines))]
    public void Elements_are_read_written_and_shuffled(TestedEngine engine)
    {
        using TestMachine machine = TestMachine.With(engine, """
            .typedef @v = vector<int<32> 4> .typedef @m = vector<int<32> 6> .typedef @r = vector<float 6> .typedef @f = vector<float 4> .typedef @i32 = int<32> .typedef @i64 = int<64>
            .const @0 <@i32> = 0 .const @1 <@i32> = 1 .const @3 <@i32> = 3 .const @4 <@i32> = 4 .const @7 <@i32> = 7 .const @2L <@i64> = 2
            .const @MASK <@m> = {@7 @0 @4 @3 @3 @1}
            .funcdef @get <(@v @i64) -> (@i32)> { %e(<@v> %a <@i64> %i): %r = EXTRACTELEMENT <@v @i64> %a %i RET %r }
            .funcdef @get2 <(@v) -> (@i32)> { %e(<@v> %a): %r = EXTRACTELEMENT <@v @i64> %a @2L RET %r }
            .funcdef @put <(@v @i64 @i32) -> (@v)> { %e(<@v> %a <@i64> %i <@i32> %x): %r = INSERTELEMENT <@v @i64> %a %i %x RET %r }
            .funcdef @mix <(@f @f) -> (@r)> { %e(<@f> %a <@f> %b): %r = SHUFFLEVECTOR <@f @m> %a %b @MASK RET %r }
            """);
        for (ulong i = 0; i < 4; i++) Assert.Equal(10 + i, machine.Call("get", 10, 11, 12, 13, i));
        Assert.Equal(12UL, machine.Call("get2", 10, 11, 12, 13));
        Assert.Equal([10UL, 99UL, 12UL, 13UL], machine.CallAll("put", 10, 11, 12, 13, 1, 99));
        Assert.Equal(Floats(8, 1, 5, 4, 4, 2), machine.CallAll("mix", Floats(1, 2, 3, 4, 5, 6, 7, 8)));
    }

    [Theory, MemberData(nameof(Engines))]
    public void Conversions_are_those_of_the_lanes(TestedEngine engine)
    {
        using TestMachine machine = TestMachine.With(engine, """
            .typedef @i2 = vector<int<32> 2> .typedef @b2 = vector<int<8> 2> .typedef @f2 = vector<float 2> .typedef @d2 = vector<double 2> .typedef @w2 = vector<int<128> 2>
            .funcdef @a <(@i2) -> (@b2)> { %e(<@i2> %a): %r = TRUNC <@i2 @b2> %a RET %r }
            .funcdef @b <(@b2) -> (@w2)> { %e(<@b2> %a): %r = SEXT <@b2 @w2> %a RET %r }
            .funcdef @c <(@i2) -> (@d2)> { %e(<@i2> %a): %r = SITOFP <@i2 @d2> %a RET %r }
            .funcdef @d <(@d2) -> (@i2)> { %e(<@d2> %a): %f = FPTRUNC <@d2 @f2> %a %r = FPTOSI <@f2 @i2> %f RET %r }
            .funcdef @e <(@f2) -> (@i2)> { %e(<@f2> %a): %r = BITCAST <@f2 @i2> %a RET %r }
            """);
        Assert.Equal([0xF0UL, 1UL], machine.CallAll("a", 0xABCD_EFF0, 0x101));
        Assert.Equal([unchecked((ulong)-16), ulong.MaxValue, 5UL, 0UL], machine.CallAll("b", 0xF0, 5));
        Assert.Equal([D(-1), D(7)], machine.CallAll("c", 0xFFFF_FFFF, 7));
        Assert.Equal([2UL, 0xFFFF_FFFDUL], machine.CallAll("d", D(2.75), D(-3.5)));
        Assert.Equal([F(1.5f), F(-2)], machine.CallAll("e", F(1.5f), F(-2)));
    }

    [Theory, MemberData(nameof(Engines))]
    public void Vectors_have_their_image_in_memory(TestedEngine engine)
    {
        using TestMachine machine = TestMachine.With(engine, """
            .typedef @v = vector<float 4> .typedef @s = struct<int<32> @v int<8>> .typedef @f = float .typedef @h = hybrid<int<64> @v> .typedef @i64 = int<64>
            .const @1 <@i64> = 1 .const @2 <@i64> = 2
            .global @cell <@s>
            .funcdef @main <(@v) -> (@f @v)> {
              %e(<@v> %a):
                %p = GETFIELDIREF <@s 1> @cell
                STORE <@v> %p %a
                %e0 = REFCAST <iref<@v> iref<array<@f 4>>> %p
                %e2 = GETELEMIREF <array<@f 4> @i64> %e0 @2
                %x = LOAD <@f> %e2
                %o = NEWHYBRID <@h @i64> @2
                %oi = GETIREF <@h> %o
                %first = GETVARPARTIREF <@h> %oi
                %second = SHIFTIREF <@v @i64> %first @1
                STORE <@v> %second %a
                %b = LOAD <@v> %second
                RET (%x %b)
            }
            """);
        Assert.Equal([F(3), .. Floats(1, 2, 3, 4)], machine.CallAll("main", Floats(1, 2, 3, 4)));
    }

    [Theory, MemberData(nameof(Engines))]
    public void Atomic_operations_take_floating_point_and_odd_widths(TestedEngine engine)
    {
        using TestMachine machine = TestMachine.With(engine, """
            .typedef @d = double .typedef @f = float .typedef @i1 = int<1>
            .funcdef @fp <(@d @d) -> (@d @i1 @d @i1 @d)> {
              %e(<@d> %a <@d> %b):
                %p = ALLOCA <@d>
                %zero = ATOMICRMW SEQ_CST XCHG <@d> %p %a
                (%x %no) = CMPXCHG SEQ_CST SEQ_CST <@d> %p %b %b
                (%y %yes) = CMPXCHG WEAK ACQ_REL RELAXED <@d> %p %a %b
                %z = LOAD SEQ_CST <@d> %p
                RET (%x %no %y %yes %z)
            }
            .funcdef @single <(@f @f) -> (@f @i1 @f)> {
              %e(<@f> %a <@f> %b):
                %p = ALLOCA <@f>
                STORE RELEASE <@f> %p %a
                (%x %yes) = CMPXCHG SEQ_CST SEQ_CST <@f> %p %a %b
                %y = ATOMICRMW SEQ_CST XCHG <@f> %p %a
                RET (%x %yes %y)
            }
            """);
        Assert.Equal([D(1.5), 0UL, D(1.5), 1UL, D(-2)], machine.CallAll("fp", D(1.5), D(-2)));
        Assert.Equal([F(1.5f), 1UL, F(-2)], machine.CallAll("single", F(1.5f), F(-2)));
        (string Op, Func<ulong, ulong, ulong, ulong> Result)[] ops =
        [
            ("XCHG", (_, b, _) => b), ("ADD", (a, b, _) => a + b), ("SUB", (a, b, _) => a - b), ("AND", (a, b, _) => a & b), ("NAND", (a, b, _) => ~(a & b)), ("OR", (a, b, _) => a | b),
            ("XOR", (a, b, _) => a ^ b), ("UMAX", (a, b, _) => Math.Max(a, b)), ("UMIN", (a, b, _) => Math.Min(a, b)),
            ("MAX", (a, b, sign) => (a ^ sign) > (b ^ sign) ? a : b), ("MIN", (a, b, sign) => (a ^ sign) < (b ^ sign) ? a : b),
        ];
        int[] widths = [1, 5, 8, 13, 16, 31, 32, 33, 52, 63, 64];
        foreach (int bits in widths)
            machine.Load(string.Concat(ops.Select(o => $".funcdef @{o.Op}{bits} <(int<{bits}> int<{bits}>) -> (int<{bits}> int<{bits}>)> {{ %e(<int<{bits}>> %a <int<{bits}>> %b): %p = ALLOCA <int<{bits}>> "
                + $"STORE <int<{bits}>> %p %a %x = ATOMICRMW SEQ_CST {o.Op} <int<{bits}>> %p %b %y = LOAD <int<{bits}>> %p RET (%x %y) }}\n")));
        foreach ((string op, Func<ulong, ulong, ulong, ulong> result) in ops)
            foreach (int bits in widths)
            {
                ulong mask = ulong.MaxValue >> (64 - bits), sign = 1UL << (bits - 1);
                foreach (ulong a in (ulong[])[0, 1, 0x5A5A_5A5A_5A5A_5A5A & mask, mask, sign])
                    foreach (ulong b in (ulong[])[0, 1, 0x3C3C_3C3C_3C3C_3C3C & mask, mask, sign])
                        Assert.Equal((op, bits, a, result(a, b, sign) & mask), (op, bits, machine.CallAll($"{op}{bits}", a, b) is var r ? r[0] : 0, r[1]));
            }
    }

    [Theory, MemberData(nameof(Engines))]
    public void Switch_takes_addresses_as_keys(TestedEngine engine)
    {
        using TestMachine machine = TestMachine.With(engine, """
            .typedef @i64 = int<64> .typedef @c = iref<@i64> .typedef @fn = funcref<() -> ()>
            .const @1 <@i64> = 1 .const @2 <@i64> = 2 .const @3 <@i64> = 3 .const @NIL <@fn> = NULL
            .global @x <@i64> .global @y <@i64>
            .funcdef @g <() -> ()> { %e(): RET () } .funcdef @h <() -> ()> { %e(): RET () }
            .funcdef @cell <(@c) -> (@i64)> { %e(<@c> %p): SWITCH <@c> %p %n() { @x %a() @y %b() } %a(): RET @1 %b(): RET @2 %n(): RET @3 }
            .funcdef @func <(@fn) -> (@i64)> { %e(<@fn> %p): SWITCH <@fn> %p %n() { @NIL %a() @h %b() } %a(): RET @1 %b(): RET @2 %n(): RET @3 }
            .funcdef @cells <() -> (@i64 @i64 @i64)> { %e(): %o = ALLOCA <@i64> %a = CALL <(@c) -> (@i64)> @cell (@x) %b = CALL <(@c) -> (@i64)> @cell (@y) %c = CALL <(@c) -> (@i64)> @cell (%o) RET (%a %b %c) }
            .funcdef @funcs <() -> (@i64 @i64 @i64)> { %e(): %a = CALL <(@fn) -> (@i64)> @func (@NIL) %b = CALL <(@fn) -> (@i64)> @func (@h) %c = CALL <(@fn) -> (@i64)> @func (@g) RET (%a %b %c) }
            """);
        Assert.Equal([1UL, 2UL, 3UL], machine.CallAll("cells"));
        Assert.Equal([1UL, 2UL, 3UL], machine.CallAll("funcs"));
    }
}
