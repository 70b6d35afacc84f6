using System.Runtime.InteropServices;
using Mu.Core.Heap;
using Mu.Core.Threads;
using Xunit;

namespace Mu.Core.Tests.Interpreter;

/// <summary>Objects, hybrids, aggregates, atomics, tagged references, native calls, under ordinary collection and under stress.</summary>
public sealed unsafe class MemoryTests
{
    private const string Prelude = """
        .typedef @i64 = int<64>
        .typedef @i32 = int<32>
        .typedef @i8 = int<8>
        .typedef @i1 = int<1>
        .typedef @rv = ref<void>
        .const @ZERO <@i64> = 0
        .const @ONE <@i64> = 1
        .const @TWO <@i64> = 2
        .typedef @node = struct<@noder @i64>
        .typedef @noder = ref<@node>
        .const @NONODE <@noder> = NULL
        .funcsig @unary = (@i64) -> (@i64)

        """;

    [Theory, MemberData(nameof(TestMachine.EnginesAndModes), MemberType = typeof(TestMachine))]
    public void A_list_survives_moving(TestedEngine engine, bool stress)
    {
        using TestMachine machine = TestMachine.With(engine, Prelude + """
            .funcdef @main <@unary> {
                %entry(<@i64> %n): BRANCH %build(%n @NONODE)
                %build(<@i64> %n <@noder> %list):
                    %o = NEW <@node> %i = GETIREF <@node> %o %p = GETFIELDIREF <@node 0> %i %q = GETFIELDIREF <@node 1> %i
                    STORE <@noder> %p %list STORE <@i64> %q %n
                    %n1 = SUB <@i64> %n @ONE %z = EQ <@i64> %n1 @ZERO
                    BRANCH2 %z %sum(%o @ZERO) %build(%n1 %o)
                %sum(<@noder> %list <@i64> %sum):
                    %garbage = NEW <@node>
                    %i = GETIREF <@node> %list %p = GETFIELDIREF <@node 0> %i %q = GETFIELDIREF <@node 1> %i
                    %next = LOAD <@noder> %p %v = LOAD <@i64> %q %s = ADD <@i64> %sum %v
                    %end = EQ <@noder> %next @NONODE
                    BRANCH2 %end %done(%s) %sum(%next %s)
                %done(<@i64> %r): RET %r
            }
            """, stress);
        Assert.Equal(20100UL, machine.Call("main", 200));
    }

    [Theory, MemberData(nameof(TestMachine.EnginesAndModes), MemberType = typeof(TestMachine))]
    public void Hybrids_have_lengths_and_move_under_irefs(TestedEngine engine, bool stress)
    {
        using TestMachine machine = TestMachine.With(engine, Prelude + """
            .typedef @h = hybrid<@i64 @i32>
            .funcdef @main <(@i64) -> (@i64 @i32 @i64)> {
                %entry(<@i64> %n):
                    %o = NEWHYBRID <@h @i64> %n
                    %i = GETIREF <@h> %o %fixed = GETFIELDIREF <@h 0> %i %first = GETVARPARTIREF <@h> %i
                    STORE <@i64> %fixed %n
                    BRANCH %fill(%o %first %n @ZERO)
                %fill(<ref<@h>> %o <iref<@i32>> %at <@i64> %n <@i64> %k):
                    %garbage = NEW <@node>
                    %k32 = TRUNC <@i64 @i32> %k
                    STORE <@i32> %at %k32
                    %next = SHIFTIREF <@i32 @i64> %at @ONE
                    %k1 = ADD <@i64> %k @ONE %end = EQ <@i64> %k1 %n
                    BRANCH2 %end %done(%o) %fill(%o %next %n %k1)
                %done(<ref<@h>> %o):
                    %i = GETIREF <@h> %o %fixed = GETFIELDIREF <@h 0> %i %first = GETVARPARTIREF <@h> %i
                    %last = SHIFTIREF <@i32 @i64> %first @TWO
                    COMMINST @uvm.ext.memcpy <@i32> (%first %last @TWO)
                    %len = COMMINST @uvm.ext.hybrid_length <@h> (%o)
                    %f = LOAD <@i64> %fixed %l = LOAD <@i32> %first
                    RET (%len %l %f)
            }
            """, stress);
        Assert.Equal([100UL, 2, 100], machine.CallAll("main", 100));
        Assert.Equal([3000UL, 2, 3000], machine.CallAll("main", 3000));
    }

    [Theory, MemberData(nameof(TestMachine.Engines), MemberType = typeof(TestMachine))]
    public void Allocation_that_can_never_succeed_takes_the_exceptional_edge(TestedEngine engine)
    {
        using TestMachine machine = TestMachine.With(engine, Prelude + """
            .typedef @bytes = hybrid<@i8>
            .funcdef @main <@unary> {
                %entry(<@i64> %n): %o = NEWHYBRID <@bytes @i64> %n EXC(%fine() %full())
                %fine(): RET @ONE
                %full(): RET @TWO
            }
            """);
        Assert.Equal(1UL, machine.Call("main", 100));
        Assert.Equal(2UL, machine.Call("main", 1UL << 40));
        Assert.Equal(2UL, machine.Call("main", ulong.MaxValue));
        Assert.Equal(1UL, machine.Call("main", 1 << 20));
    }

    [Theory, MemberData(nameof(TestMachine.EnginesAndModes), MemberType = typeof(TestMachine))]
    public void Aggregates_are_values(TestedEngine engine, bool stress)
    {
        using TestMachine machine = TestMachine.With(engine, Prelude + """
            .typedef @pair = struct<@i64 @noder>
            .typedef @arr = array<@pair 3>
            .typedef @box = struct<@arr>
            .const @P <@pair> = {@ONE @NONODE}
            .const @A <@arr> = {@P @P @P}
            .funcdef @id <(@arr) -> (@arr)> { %entry(<@arr> %a): %g = NEW <@node> RET %a }
            .funcdef @main <(@i64) -> (@i64 @i64 @i64)> {
                %entry(<@i64> %n):
                    %o = NEW <@node> %oi = GETIREF <@node> %o %ov = GETFIELDIREF <@node 1> %oi STORE <@i64> %ov %n
                    %p = EXTRACTELEMENT <@arr @i64> @A @ONE
                    %p1 = INSERTVALUE <@pair 0> %p %n
                    %p2 = INSERTVALUE <@pair 1> %p1 %o
                    %a = INSERTELEMENT <@arr @i64> @A @TWO %p2
                    %b = NEW <@box> %bi = GETIREF <@box> %b %ba = GETFIELDIREF <@box 0> %bi
                    STORE <@arr> %ba %a
                    %c = LOAD <@arr> %ba
                    %d = CALL <(@arr) -> (@arr)> @id (%c)
                    %q = EXTRACTELEMENT <@arr @i64> %d @TWO
                    %v = EXTRACTVALUE <@pair 0> %q
                    %r = EXTRACTVALUE <@pair 1> %q
                    %ri = GETIREF <@node> %r %rv = GETFIELDIREF <@node 1> %ri %w = LOAD <@i64> %rv
                    %e = EXTRACTELEMENT <@arr @i64> %d @ZERO %x = EXTRACTVALUE <@pair 0> %e
                    RET (%v %w %x)
            }
            """, stress);
        Assert.Equal([77UL, 77, 1], machine.CallAll("main", 77));
    }

    [Theory, MemberData(nameof(TestMachine.EnginesAndModes), MemberType = typeof(TestMachine))]
    public void Alloca_memory_holds_references(TestedEngine engine, bool stress)
    {
        using TestMachine machine = TestMachine.With(engine, Prelude + """
            .funcdef @main <@unary> {
                %entry(<@i64> %n):
                    %m = ALLOCA <@node> %mp = GETFIELDIREF <@node 0> %m %mv = GETFIELDIREF <@node 1> %m
                    %zero = LOAD <@i64> %mv
                    %o = NEW <@node> %oi = GETIREF <@node> %o %ov = GETFIELDIREF <@node 1> %oi STORE <@i64> %ov %n
                    STORE <@noder> %mp %o
                    %g1 = NEW <@node> %g2 = NEW <@node>
                    %l = LOAD <@noder> %mp %li = GETIREF <@node> %l %lv = GETFIELDIREF <@node 1> %li %v = LOAD <@i64> %lv
                    %r = ADD <@i64> %v %zero
                    RET %r
            }
            """, stress);
        Assert.Equal(5UL, machine.Call("main", 5));
    }

    [Theory, MemberData(nameof(TestMachine.Engines), MemberType = typeof(TestMachine))]
    public void Weak_references_are_cleared_when_nothing_else_refers(TestedEngine engine)
    {
        using TestMachine machine = TestMachine.With(engine, Prelude + """
            .typedef @wn = weakref<@node>
            .global @weak <@wn>
            .global @strong <@noder>
            .funcdef @make <() -> ()> {
                %entry(): %o = NEW <@node> STORE <@wn> @weak %o STORE <@noder> @strong %o RET ()
            }
            .funcdef @drop <() -> ()> { %entry(): STORE <@noder> @strong @NONODE RET () }
            .funcdef @alive <() -> (@i1)> { %entry(): %o = LOAD <@wn> @weak %n = NE <@noder> %o @NONODE RET %n }
            """);
        machine.CallAll("make");
        machine.Machine.Heap.Collect();
        Assert.Equal(1UL, machine.Call("alive"));
        machine.CallAll("drop");
        machine.Machine.Heap.Collect();
        Assert.Equal(0UL, machine.Call("alive"));
    }

    [Theory, MemberData(nameof(TestMachine.Engines), MemberType = typeof(TestMachine))]
    public void Atomic_operations_give_the_old_value(TestedEngine engine)
    {
        string[] operations = ["XCHG", "ADD", "SUB", "AND", "NAND", "OR", "XOR", "MAX", "MIN", "UMAX", "UMIN"];
        foreach (int width in new[] { 32, 64 })
        {
            ulong mask = ulong.MaxValue >> (64 - width);
            string type = $"int<{width}>";
            using TestMachine machine = TestMachine.With(engine, $".global @cell <{type}>\n"
                + string.Concat(operations.Select(op => $".funcdef @{op} <({type} {type}) -> ({type} {type})> {{ %entry(<{type}> %a <{type}> %b): "
                    + $"STORE SEQ_CST <{type}> @cell %a %old = ATOMICRMW SEQ_CST {op} <{type}> @cell %b %new = LOAD ACQUIRE <{type}> @cell RET (%old %new) }}\n"))
                + $".funcdef @cas <({type} {type} {type}) -> ({type} int<1> {type})> {{ %entry(<{type}> %a <{type}> %b <{type}> %c): "
                + $"STORE RELEASE <{type}> @cell %a (%old %ok) = CMPXCHG ACQ_REL ACQUIRE <{type}> @cell %b %c FENCE SEQ_CST %new = LOAD RELAXED <{type}> @cell RET (%old %ok %new) }}");
            foreach (ulong a in new ulong[] { 0, 1, 5, mask, mask >> 1, (mask >> 1) + 1 })
                foreach (ulong b in new ulong[] { 0, 1, 7, mask, mask >> 1, (mask >> 1) + 1 })
                {
                    long x = (long)(a << (64 - width)), y = (long)(b << (64 - width));
                    ulong[] expected = [b, a + b, a - b, a & b, ~(a & b), a | b, a ^ b, x >= y ? a : b, x <= y ? a : b, Math.Max(a, b), Math.Min(a, b)];
                    for (int i = 0; i < operations.Length; i++) Assert.Equal([a, expected[i] & mask], machine.CallAll(operations[i], a, b));
                    Assert.Equal([a, a == b ? 1UL : 0, a == b ? 3 : a], machine.CallAll("cas", a, b, 3));
                }
        }
    }

    [Theory, MemberData(nameof(TestMachine.EnginesAndModes), MemberType = typeof(TestMachine))]
    public void Tagged_references_hold_doubles_integers_and_references(TestedEngine engine, bool stress)
    {
        using TestMachine machine = TestMachine.With(engine, Prelude + """
            .typedef @t = tagref64
            .typedef @holder = struct<@t>
            .const @TAG <int<6>> = 42
            .funcdef @kinds <(@t) -> (@i1 @i1 @i1)> {
                %entry(<@t> %x): %a = COMMINST @uvm.tr64.is_fp (%x) %b = COMMINST @uvm.tr64.is_int (%x) %c = COMMINST @uvm.tr64.is_ref (%x) RET (%a %b %c)
            }
            .funcdef @doubles <(double) -> (double @i1 @i1 @i1)> {
                %entry(<double> %d): %x = COMMINST @uvm.tr64.from_fp (%d) (%a %b %c) = CALL <(@t) -> (@i1 @i1 @i1)> @kinds (%x) %r = COMMINST @uvm.tr64.to_fp (%x) RET (%r %a %b %c)
            }
            .funcdef @ints <(int<52>) -> (int<52> @i1 @i1 @i1)> {
                %entry(<int<52>> %d): %x = COMMINST @uvm.tr64.from_int (%d) (%a %b %c) = CALL <(@t) -> (@i1 @i1 @i1)> @kinds (%x) %r = COMMINST @uvm.tr64.to_int (%x) RET (%r %a %b %c)
            }
            .funcdef @refs <(@i64) -> (@i64 int<6> @i1 @i1 @i1)> {
                %entry(<@i64> %n):
                    %o = NEW <@node> %i = GETIREF <@node> %o %p = GETFIELDIREF <@node 1> %i STORE <@i64> %p %n
                    %v = REFCAST <@noder @rv> %o
                    %x = COMMINST @uvm.tr64.from_ref (%v @TAG)
                    %h = NEW <@holder> %hi = GETIREF <@holder> %h %hp = GETFIELDIREF <@holder 0> %hi STORE <@t> %hp %x
                    %g = NEW <@node>
                    %y = LOAD <@t> %hp
                    (%a %b %c) = CALL <(@t) -> (@i1 @i1 @i1)> @kinds (%y)
                    %w = COMMINST @uvm.tr64.to_ref (%y) %tag = COMMINST @uvm.tr64.to_tag (%x)
                    %u = REFCAST <@rv @noder> %w %ui = GETIREF <@node> %u %up = GETFIELDIREF <@node 1> %ui %r = LOAD <@i64> %up
                    RET (%r %tag %a %b %c)
            }
            """, stress);
        foreach (double d in new[] { 0.0, -0.0, 1.5, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, double.Epsilon })
            Assert.Equal([BitConverter.DoubleToUInt64Bits(d), 1, 0, 0], machine.CallAll("doubles", BitConverter.DoubleToUInt64Bits(d)));
        Assert.True(double.IsNaN(BitConverter.UInt64BitsToDouble(machine.CallAll("doubles", BitConverter.DoubleToUInt64Bits(double.NaN))[0])));
        foreach (ulong i in new ulong[] { 0, 1, 0xF_FFFF_FFFF_FFFF, 0x8_0000_0000_0000, 0x5_5555_5555_5555 }) Assert.Equal([i, 0, 1, 0], machine.CallAll("ints", i));
        Assert.Equal([9UL, 42, 0, 0, 1], machine.CallAll("refs", 9));
    }

    [Theory, MemberData(nameof(TestMachine.Engines), MemberType = typeof(TestMachine))]
    public void Native_functions_are_called_by_both_conventions(TestedEngine engine)
    {
        ulong native = (ulong)(delegate* unmanaged<long, double, int, double, long, long, long, long, double>)&Weigh;
        ulong runtime = (ulong)(delegate* unmanaged<ThreadContext*, ulong, ulong, TwoWords>)&Pair;
        using TestMachine machine = TestMachine.With(engine, Prelude + $$"""
            .typedef @fp = ufuncptr<(@i64 double @i32 double @i64 @i64 @i64 @i64) -> (double)>
            .const @WEIGH <@fp> = {{native}}
            .funcdef @weigh <(@i64 double @i32 double @i64 @i64 @i64 @i64) -> (double)> {
                %entry(<@i64> %a <double> %b <@i32> %c <double> %d <@i64> %e <@i64> %f <@i64> %g <@i64> %h):
                    %r = CCALL #DEFAULT <@fp (@i64 double @i32 double @i64 @i64 @i64 @i64) -> (double)> @WEIGH (%a %b %c %d %e %f %g %h) RET %r
            }
            .typedef @rp = ufuncptr<(int<52> @i64) -> (@i64 @i64)>
            .const @PAIR <@rp> = {{runtime}}
            .funcdef @pair <(int<52> @i64) -> (@i64 @i64)> {
                %entry(<int<52>> %a <@i64> %b): (%r %s) = CCALL #RUNTIME <@rp (int<52> @i64) -> (@i64 @i64)> @PAIR (%a %b) RET (%r %s)
            }
            """);
        Assert.Equal(BitConverter.DoubleToUInt64Bits(1 + 2 * 2.5 + 3 * -3 + 4 * 0.25 + 5 * 5 + 6 * 6 + 7 * 7 + 8 * 8),
            machine.Call("weigh", 1, BitConverter.DoubleToUInt64Bits(2.5), 0xFFFF_FFFD, BitConverter.DoubleToUInt64Bits(0.25), 5, 6, 7, 8));
        Assert.Equal([(5UL << 12) + 1, (ulong)machine.Thread.Context + 2], machine.CallAll("pair", 5, 2));
    }

    [Theory, MemberData(nameof(TestMachine.Engines), MemberType = typeof(TestMachine))]
    public void Pinned_objects_stay_and_null_takes_the_exceptional_edge(TestedEngine engine)
    {
        using TestMachine machine = TestMachine.With(engine, Prelude + """
            .typedef @word = struct<@i64>
            .funcdef @pin <@unary> {
                %entry(<@i64> %n):
                    %o = NEW <@word> %p = COMMINST @uvm.native.pin <ref<@word>> (%o)
                    %q = GETFIELDIREF PTR <@word 0> %p
                    %g = NEW <@node>
                    STORE PTR <@i64> %q %n
                    %i = GETIREF <@word> %o %f = GETFIELDIREF <@word 0> %i %v = LOAD <@i64> %f
                    COMMINST @uvm.native.unpin <ref<@word>> (%o)
                    RET %v
            }
            .const @NOWHERE <iref<@i64>> = NULL
            .funcdef @null <() -> (@i64)> {
                %entry(): %v = LOAD <@i64> @NOWHERE EXC(%fine(%v) %bad())
                %fine(<@i64> %v): RET %v
                %bad(): RET @TWO
            }
            """, stress: true);
        Assert.Equal(31UL, machine.Call("pin", 31));
        Assert.Equal(2UL, machine.Call("null"));
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct TwoWords
    {
        public ulong First, Second;
    }

    [UnmanagedCallersOnly]
    private static double Weigh(long a, double b, int c, double d, long e, long f, long g, long h) => a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f + 7 * g + 8 * h;

    [UnmanagedCallersOnly]
    private static TwoWords Pair(ThreadContext* context, ulong a, ulong b) => new() { First = a + 1, Second = (ulong)context + b };
}
