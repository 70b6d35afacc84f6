using Mu.Core.Heap;
using Mu.Core.IR;
using Mu.Core.Threads;
using Xunit;

namespace Mu.Core.Tests.Compiler;

/// <summary>Allocation, frame memory, atomics, copies.</summary>
public sealed class MemoryTests
{
    [Theory, InlineData("NEWHYBRID <@h @i64> %n", "")]
    [InlineData("ALLOCAHYBRID <@h @i64> %n", "i")]
    public void Allocation_without_memory_takes_its_exceptional_edge_with_null(string allocation, string i)
    {
        using var jit = new Jit(new HeapOptions { MaxHeap = 16 << 20 });
        Function f = jit.Load($$"""
            .typedef @h = hybrid<@i8>
            .funcdef @f <(@i64) -> (@i64)> {
              %entry(<@i64> %n):
                %o = {{allocation}} EXC(%fine(%o %n) %out(%n))
              %fine(<{{i}}ref<@h>> %o <@i64> %n): RET @K1
              %out(<@i64> %n) [%exc]:
                %null = EQ <@rv> %exc @N
                %w = ZEXT <@i1 @i64> %null
                %r = ADD <@i64> %w %n
                RET %r
            }
            .const @N <@rv> = NULL
            """)["f"];
        Assert.Equal(1UL, jit.Call(f, 100L));
        Assert.Equal((1UL << 40) + 1, jit.Call(f, 1L << 40));
        Assert.Equal(ulong.MaxValue - 1, jit.Call(f, -3L));
        Assert.Equal((64UL << 20) + 1, jit.Call(f, 64L << 20));
    }

    [Fact]
    public void A_list_that_fills_memory_ends_at_the_exceptional_edge_of_NEW()
    {
        using var jit = new Jit(new HeapOptions { MaxHeap = 8 << 20 });
        ulong nodes = jit.CallText("""
            .typedef @node = struct<@rn @i64 @i64> .typedef @rn = ref<@node> .const @N <@rn> = NULL
            .funcdef @f <() -> (@i64)> {
              %entry(): BRANCH %more(@N @K0)
              %more(<@rn> %list <@i64> %n): %o = NEW <@node> EXC(%link(%o %list %n) %out(%n))
              %link(<@rn> %o <@rn> %list <@i64> %n):
                %i = GETIREF <@node> %o
                %p = GETFIELDIREF <@node 0> %i
                STORE <@rn> %p %list
                %m = ADD <@i64> %n @K1
                BRANCH %more(%o %m)
              %out(<@i64> %n) [%exc]: RET %n
            }
            """);
        Assert.InRange(nodes, 100_000UL, 8UL << 15);
    }

    /// <summary>Each turn writes into its own cell, which must be 0 before, and reads that of the turn before.</summary>
    [Theory, InlineData(false), InlineData(true)]
    public void Frame_memory_in_a_loop_is_fresh_and_zero(bool stress)
    {
        using var jit = new Jit(new HeapOptions { MaxHeap = 64 << 20, Stress = stress });
        Assert.Equal(45UL, jit.CallText("""
            .funcdef @f <(@i64) -> (@i64)> {
              %entry(<@i64> %n):
                %first = ALLOCA <@i64>
                BRANCH %loop(%n @K0 %first)
              %loop(<@i64> %n <@i64> %sum <@n64> %before):
                %c = ALLOCA <@i64>
                %zero = LOAD <@i64> %c
                STORE <@i64> %c %n
                %g1 = NEW <@i64>
                %old = LOAD <@i64> %before
                %s1 = ADD <@i64> %sum %old
                %s2 = ADD <@i64> %s1 %zero
                %m = SUB <@i64> %n @K1
                %more = SGE <@i64> %m @K0
                BRANCH2 %more %loop(%m %s2 %c) %end(%s2 %c)
              %end(<@i64> %s <@n64> %c):
                %last = LOAD <@i64> %c
                %r = ADD <@i64> %s %last
                RET %r
            }
            """, 9L));
    }

    /// <summary>References in frame memory, plain and tagged, follow moving objects; so does what an iref reaches into.</summary>
    [Fact]
    public void Frame_memory_is_scanned_by_the_collector()
    {
        using var jit = new Jit(new HeapOptions { MaxHeap = 64 << 20, Stress = true });
        Assert.Equal(12UL, jit.CallText("""
            .typedef @s = struct<@i64 @r64 @tr> .typedef @i6 = int<6> .const @T5 <@i6> = 5
            .funcdef @f <(@i64) -> (@i64)> {
              %entry(<@i64> %n):
                %a = ALLOCA <@s>
                %o = NEW <@i64>
                %i = GETIREF <@i64> %o
                STORE <@i64> %i %n
                %p = GETFIELDIREF <@s 1> %a
                STORE <@r64> %p %o
                %o2 = NEW <@i64>
                %i2 = GETIREF <@i64> %o2
                STORE <@i64> %i2 @K7
                %v = REFCAST <@r64 @rv> %o2
                %t = COMMINST @uvm.tr64.from_ref (%v @T5)
                %q = GETFIELDIREF <@s 2> %a
                STORE <@tr> %q %t
                %g2 = NEW <@i64>
                %g3 = NEW <@i64>
                %o3 = LOAD <@r64> %p
                %i3 = GETIREF <@i64> %o3
                %x = LOAD <@i64> %i3
                %t2 = LOAD <@tr> %q
                %w = COMMINST @uvm.tr64.to_ref (%t2)
                %w2 = REFCAST <@rv @r64> %w
                %same = EQ <@r64> %w2 %o2
                %i4 = GETIREF <@i64> %w2
                %g4 = NEW <@i64>
                %y = LOAD <@i64> %i4
                %sum = ADD <@i64> %x %y
                %e = ZEXT <@i1 @i64> %same
                %r = MUL <@i64> %sum %e
                RET %r
            }
            """, 5L));
    }

    [Fact]
    public void Hybrids_of_the_frame_are_zero_and_hold_references()
    {
        using var jit = new Jit(new HeapOptions { MaxHeap = 64 << 20, Stress = true });
        Function f = jit.Load("""
            .typedef @h = hybrid<@i64 @r64>
            .funcdef @f <(@i64 @i64) -> (@i64)> {
              %entry(<@i64> %n <@i64> %x):
                %a = ALLOCAHYBRID <@h @i64> %n
                %v = GETVARPARTIREF <@h> %a
                %last = SUB <@i64> %n @K1
                %p = SHIFTIREF <@r64 @i64> %v %last
                %o = NEW <@i64>
                %i = GETIREF <@i64> %o
                STORE <@i64> %i %x
                STORE <@r64> %p %o
                %g5 = NEW <@i64>
                %o2 = LOAD <@r64> %p
                %i2 = GETIREF <@i64> %o2
                %r = LOAD <@i64> %i2
                RET %r
            }
            """)["f"];
        foreach (long n in (long[])[1, 3, 100, 5000]) Assert.Equal((ulong)n + 7, jit.Call(f, n, n + 7));
    }

    [Fact]
    public void Copies_may_overlap()
    {
        using var jit = new Jit();
        Function f = jit.Load("""
            .typedef @h = hybrid<@i64>
            .funcdef @f <(@i64 @i64 @i64 @i64) -> (@i64)> {
              %entry(<@i64> %to <@i64> %from <@i64> %n <@i64> %at):
                %o = NEWHYBRID <@h @i64> @K64
                %i = GETIREF <@h> %o
                %v = GETVARPARTIREF <@h> %i
                BRANCH %fill(%v @K0 %to %from %n %at)
              %fill(<@n64> %v <@i64> %k <@i64> %to <@i64> %from <@i64> %n <@i64> %at):
                %p = SHIFTIREF <@i64 @i64> %v %k
                STORE <@i64> %p %k
                %k1 = ADD <@i64> %k @K1
                %more = ULT <@i64> %k1 @K64
                BRANCH2 %more %fill(%v %k1 %to %from %n %at) %copy(%v %to %from %n %at)
              %copy(<@n64> %v <@i64> %to <@i64> %from <@i64> %n <@i64> %at):
                %a = SHIFTIREF <@i64 @i64> %v %to
                %b = SHIFTIREF <@i64 @i64> %v %from
                COMMINST @uvm.ext.memcpy <@i64> (%a %b %n)
                %p = SHIFTIREF <@i64 @i64> %v %at
                %r = LOAD <@i64> %p
                RET %r
            }
            .const @K64 <@i64> = 64
            """)["f"];
        foreach ((long to, long from, long n) in ((long, long, long)[])[(0, 1, 63), (1, 0, 63), (5, 3, 2), (3, 5, 2), (10, 20, 0), (0, 32, 32), (7, 0, 40), (9, 9, 3), (1, 0, 4), (0, 1, 5)])
            for (long at = 0; at < 64; at++)
                Assert.Equal((ulong)(at >= to && at < to + n ? at - to + from : at), jit.Call(f, to, from, n, at));
    }

    [Theory, InlineData("@i64", "ADD", 5L, 3L, 8L), InlineData("@i64", "SUB", 5L, 7L, -2L), InlineData("@i64", "AND", 12L, 10L, 8L), InlineData("@i64", "NAND", 12L, 10L, ~8L)]
    [InlineData("@i64", "OR", 12L, 10L, 14L), InlineData("@i64", "XOR", 12L, 10L, 6L), InlineData("@i64", "MAX", -5L, 3L, 3L), InlineData("@i64", "MIN", -5L, 3L, -5L)]
    [InlineData("@i64", "UMAX", -5L, 3L, -5L), InlineData("@i64", "UMIN", -5L, 3L, 3L), InlineData("@i64", "XCHG", 5L, 3L, 3L), InlineData("@i32", "MAX", -5L, 3L, 3L)]
    [InlineData("@i32", "UMIN", -5L, 3L, 3L), InlineData("@i32", "ADD", -1L, 3L, 2L), InlineData("@i8", "ADD", 250L, 10L, 4L), InlineData("@i16", "UMAX", 7L, 65535L, 65535L)]
    [InlineData("@i52", "XCHG", 5L, -3L, -3L), InlineData("int<20>", "XCHG", 5L, 1000L, 1000L)]
    public void Atomic_operations_give_the_old_value_and_store_the_new_one(string type, string op, long start, long operand, long expected)
    {
        using var jit = new Jit();
        string narrow = type == "@i64" ? "" : "TRUNC <@i64 T> ", wide = type == "@i64" ? "OR <@i64> W @K0" : "ZEXT <T @i64> W";
        string To(string name) => (narrow == "" ? $"OR <@i64> %{name} @K0" : $"{narrow} %{name}").Replace("T>", type + ">", StringComparison.Ordinal);
        string From(string name) => wide.Replace("<T ", $"<{type} ", StringComparison.Ordinal).Replace("W", "%" + name, StringComparison.Ordinal);
        Function f = jit.Load($$"""
            .funcdef @f <(@i64 @i64) -> (@i64 @i64)> {
              %entry(<@i64> %a <@i64> %b):
                %x = {{To("a")}}
                %y = {{To("b")}}
                %o = NEW <{{type}}>
                %i = GETIREF <{{type}}> %o
                STORE SEQ_CST <{{type}}> %i %x
                %old = ATOMICRMW SEQ_CST {{op}} <{{type}}> %i %y
                FENCE SEQ_CST
                %new = LOAD SEQ_CST <{{type}}> %i
                %r = {{From("old")}}
                %s = {{From("new")}}
                RET (%r %s)
            }
            """)["f"];
        int bits = type switch { "@i64" => 64, "@i32" => 32, "@i16" => 16, "@i8" => 8, "@i52" => 52, _ => 20 };
        ulong mask = ulong.MaxValue >> (64 - bits);
        Assert.Equal((ulong)start & mask, jit.Call(f, start, operand));
        Assert.Equal((ulong)expected & mask, jit.Result(f, 1));
    }

    [Theory, InlineData("@i64"), InlineData("@i32"), InlineData("@i8"), InlineData("@i52"), InlineData("int<20>"), InlineData("int<6>")]
    public void Compare_exchange_succeeds_only_on_the_expected_value(string type)
    {
        using var jit = new Jit();
        string To(string name) => type == "@i64" ? $"OR <@i64> %{name} @K0" : $"TRUNC <@i64 {type}> %{name}";
        string From(string name) => type == "@i64" ? $"OR <@i64> %{name} @K0" : $"ZEXT <{type} @i64> %{name}";
        Function f = jit.Load($$"""
            .funcdef @f <(@i64 @i64 @i64) -> (@i64 @i64 @i64)> {
              %entry(<@i64> %a <@i64> %b <@i64> %c):
                %x = {{To("a")}}
                %y = {{To("b")}}
                %z = {{To("c")}}
                %o = NEW <{{type}}>
                %i = GETIREF <{{type}}> %o
                STORE <{{type}}> %i %x
                (%old %ok) = CMPXCHG SEQ_CST SEQ_CST <{{type}}> %i %y %z
                %new = LOAD <{{type}}> %i
                %r = {{From("old")}}
                %s = {{From("new")}}
                %t = ZEXT <@i1 @i64> %ok
                RET (%r %t %s)
            }
            """)["f"];
        Assert.Equal(5UL, jit.Call(f, 5L, 5L, 9L));
        Assert.Equal((1UL, 9UL), (jit.Result(f, 1), jit.Result(f, 2)));
        Assert.Equal(5UL, jit.Call(f, 5L, 6L, 9L));
        Assert.Equal((0UL, 5UL), (jit.Result(f, 1), jit.Result(f, 2)));
    }

    [Fact]
    public void Floating_point_and_references_are_exchanged()
    {
        using var jit = new Jit(new HeapOptions { MaxHeap = 64 << 20, Stress = true });
        Function f = jit.Load("""
            .typedef @s = struct<@f64 @f32 @r64>
            .funcdef @f <(@f64 @f32) -> (@f64 @f32 @f64 @i64)> {
              %entry(<@f64> %a <@f32> %b):
                %o = NEW <@s>
                %i = GETIREF <@s> %o
                %d = GETFIELDIREF <@s 0> %i
                %e = GETFIELDIREF <@s 1> %i
                %p = GETFIELDIREF <@s 2> %i
                %d0 = ATOMICRMW SEQ_CST XCHG <@f64> %d %a
                %d1 = ATOMICRMW SEQ_CST XCHG <@f64> %d %d0
                %e0 = ATOMICRMW SEQ_CST XCHG <@f32> %e %b
                %e1 = ATOMICRMW SEQ_CST XCHG <@f32> %e %e0
                %n = NEW <@i64>
                %q = GETIREF <@i64> %n
                STORE <@i64> %q @K7
                %x0 = ATOMICRMW SEQ_CST XCHG <@r64> %p %n
                %g6 = NEW <@i64>
                (%x1 %ok) = CMPXCHG SEQ_CST SEQ_CST <@r64> %p %n %x0
                %q1 = GETIREF <@i64> %x1
                %seven = LOAD <@i64> %q1
                %w = ZEXT <@i1 @i64> %ok
                %r = ADD <@i64> %seven %w
                RET (%d1 %e1 %d0 %r)
            }
            """)["f"];
        Assert.Equal(BitConverter.DoubleToUInt64Bits(1.5), jit.Call(f, 1.5, 2.5f));
        Assert.Equal(BitConverter.SingleToUInt32Bits(2.5f), (uint)jit.Result(f, 1));
        Assert.Equal((0UL, 8UL), (jit.Result(f, 2), jit.Result(f, 3)));
    }

    [Fact]
    public void Struct_and_array_values_are_taken_apart_and_put_together()
    {
        using var jit = new Jit();
        Assert.Equal(1234567UL, jit.CallText("""
            .typedef @in = struct<@i64 @f64> .typedef @a = array<@i64 3> .typedef @s = struct<@i8 @in @a>
            .const @Z8 <@i8> = 0 .const @ZD <@f64> = 0.0d .const @ZI <@in> = {@K0 @ZD} .const @ZA <@a> = {@K0 @K0 @K0} .const @ZS <@s> = {@Z8 @ZI @ZA}
            .const @K100 <@i64> = 100 .const @K1000 <@i64> = 1000 .const @K4 <@i64> = 4
            .funcdef @id <(@s) -> (@s)> { %entry(<@s> %x): RET %x }
            .funcdef @f <(@i64) -> (@i64)> {
              %entry(<@i64> %one):
                %a1 = INSERTELEMENT <@a @i64> @ZA %one @K1000
                %a2 = INSERTELEMENT <@a @i64> %a1 @K2 @K7
                %s1 = INSERTVALUE <@s 2> @ZS %a2
                %i1 = INSERTVALUE <@in 0> @ZI @K100
                %s2 = INSERTVALUE <@s 1> %s1 %i1
                %o = NEW <@s>
                %r = GETIREF <@s> %o
                STORE <@s> %r %s2
                %s3 = LOAD <@s> %r
                %s4 = CALL <(@s) -> (@s)> @id (%s3)
                %a3 = EXTRACTVALUE <@s 2> %s4
                %i3 = EXTRACTVALUE <@s 1> %s4
                %thousand = EXTRACTELEMENT <@a @i64> %a3 %one
                %seven = EXTRACTELEMENT <@a @i64> %a3 @K2
                %hundred = EXTRACTVALUE <@in 0> %i3
                %t1 = MUL <@i64> %thousand @K1234
                %t2 = MUL <@i64> %hundred @K5
                %t3 = MUL <@i64> %seven @K8
                %u1 = ADD <@i64> %t1 %t2
                %u2 = ADD <@i64> %u1 %t3
                %u3 = ADD <@i64> %u2 @K11
                RET %u3
            }
            .const @K1234 <@i64> = 1234 .const @K5 <@i64> = 5 .const @K11 <@i64> = 11
            """, 1L));
    }
}
