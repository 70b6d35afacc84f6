using Mu.Core.Compiler;
using Mu.Core.Compiler.Ssa;
using Mu.Core.IR;
using Mu.Core.Types;
using Xunit;

namespace Mu.Core.Tests.Compiler;

/// <summary>Known memory, division by constants, sinking.</summary>
public sealed class CleanUpTests
{
    private static SsaGraph GraphOf(Jit jit, string text) =>
        FunctionCompiler.BuildGraph(Jit.Read(text).Versions.Single(v => v.Function.Name == "f"), jit.Generator.Environment);

    [Fact]
    public void Division_by_constants_is_exact()
    {
        var random = new Random(7);
        foreach (long d in (long[])[2, 3, 4, 5, 6, 7, 10, 13, 64, 100, 641, 1 << 20, 1_000_000_007, 1L << 40, (1L << 62) - 1, 1L << 62, long.MaxValue - 1, long.MaxValue])
        {
            using var own = new Jit();
            string text = $$"""
                .const @D <@i64> = {{d}}
                .funcdef @f <(@i64) -> (@i64 @i64)> {
                  %entry(<@i64> %x):
                    %q = SDIV <@i64> %x @D
                    %r = SREM <@i64> %x @D
                    RET (%q %r)
                }
                """;
            Function f = own.Load(text)["f"];
            long[] fixedValues = [0, 1, -1, d, -d, d - 1, 1 - d, unchecked(d + 1), unchecked(2 * d), long.MinValue, long.MaxValue, long.MinValue + 1, 12345678901234567];
            foreach (long x in fixedValues.Concat(Enumerable.Range(0, 200).Select(_ => random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64))))
            {
                Assert.Equal((ulong)(x / d), own.Call(f, x));
                Assert.Equal((ulong)(x % d), own.Result(f, 1));
            }

            Assert.DoesNotContain(GraphOf(own, text).Blocks.SelectMany(b => b.Nodes), n => n.Op is SsaOp.SDiv or SsaOp.SRem);
        }
    }

    private const string Table = """
        .typedef @h = hybrid<@tr> .typedef @t = struct<ref<@h> @i64 @tr>
        .const @T5 <@tr> = tagref int 5
        .funcdef @f <(@tr) -> (@tr @tr @i64)> {
          %entry(<@tr> %x):
            %o = NEW <@t>
            %a = NEWHYBRID <@h @i64> @K8
            %i = GETIREF <@t> %o
            %p = GETFIELDIREF <@t 0> %i
            %c = GETFIELDIREF <@t 1> %i
            %m = GETFIELDIREF <@t 2> %i
            STORE <ref<@h>> %p %a
            STORE <@i64> %c @K8
            BRANCH %use(%o %x)
          %use(<ref<@t>> %o <@tr> %x):
            %i = GETIREF <@t> %o
            %p = GETFIELDIREF <@t 0> %i
            %c = GETFIELDIREF <@t 1> %i
            %m = GETFIELDIREF <@t 2> %i
            %a = LOAD <ref<@h>> %p
            %ai = GETIREF <@h> %a
            %e0 = GETVARPARTIREF <@h> %ai
            %e1 = SHIFTIREF <@tr @i64> %e0 @K1
            STORE <@tr> %e1 %x
            %xi = COMMINST @uvm.tr64.to_int (%x)
            %yi = ADD <@i52> %xi %xi
            %y = COMMINST @uvm.tr64.from_int (%yi)
            STORE <@tr> %e0 %y
            STORE <@tr> %m @T5
            %a2 = LOAD <ref<@h>> %p
            %a2i = GETIREF <@h> %a2
            %f0 = GETVARPARTIREF <@h> %a2i
            %f1 = SHIFTIREF <@tr @i64> %f0 @K1
            %r0 = LOAD <@tr> %f0
            %r1 = LOAD <@tr> %f1
            %n = LOAD <@i64> %c
            RET (%r0 %r1 %n)
        }
        """;

    [Fact]
    public void What_was_stored_is_not_loaded()
    {
        using var jit = new Jit();
        Function f = jit.Load(Table)["f"];
        Assert.Equal(TagRef64.FromInt(42), jit.Call(f, TagRef64.FromInt(21)));
        Assert.Equal((TagRef64.FromInt(21), 8UL), (jit.Result(f, 1), jit.Result(f, 2)));
        IEnumerable<SsaNode> loads = GraphOf(jit, Table).Blocks.SelectMany(b => b.Nodes).Where(n => n.Op == SsaOp.Load);
        // Stores of tagged values reach no reference and no integer; of themselves, the last may have reached the one before.
        Assert.InRange(loads.Count(), 0, 2);
    }

    /// <summary>The same cell through two irefs, and through atomics and calls.</summary>
    [Fact]
    public void A_store_through_another_name_is_seen()
    {
        using var jit = new Jit();
        Function f = jit.Load("""
            .funcdef @set <(@n64 @i64) -> ()> { %entry(<@n64> %p <@i64> %x): STORE <@i64> %p %x RET () }
            .funcdef @g <(@n64 @n64 @i64) -> (@i64 @i64 @i64 @i64)> {
              %entry(<@n64> %p <@n64> %q <@i64> %x):
                STORE <@i64> %p @K1
                STORE <@i64> %q %x
                %a = LOAD <@i64> %p
                CALL <(@n64 @i64) -> ()> @set (%p @K7)
                %b = LOAD <@i64> %p
                %old = ATOMICRMW SEQ_CST ADD <@i64> %q @K1
                %c = LOAD <@i64> %p
                STORE SEQ_CST <@i64> %q @K10
                %d = LOAD <@i64> %p
                RET (%a %b %c %d)
            }
            .funcdef @f <(@i64) -> (@i64 @i64 @i64 @i64)> {
              %entry(<@i64> %x):
                %o = NEW <@i64>
                %i = GETIREF <@i64> %o
                (%a %b %c %d) = CALL <(@n64 @n64 @i64) -> (@i64 @i64 @i64 @i64)> @g (%i %i %x)
                RET (%a %b %c %d)
            }
            """)["f"];
        Assert.Equal(5UL, jit.Call(f, 5L));
        Assert.Equal((7UL, 8UL, 10UL), (jit.Result(f, 1), jit.Result(f, 2), jit.Result(f, 3)));
    }

    [Fact]
    public void A_box_for_the_exit_alone_is_made_at_the_exit()
    {
        using var jit = new Jit();
        const string text = """
            .const @H <@f64> = 0.5d
            .funcdef @f <(@i64 @f64) -> (@tr)> {
              %entry(<@i64> %n <@f64> %x): BRANCH %loop(%n %x)
              %loop(<@i64> %n <@f64> %x):
                %y = FMUL <@f64> %x @H
                %t = COMMINST @uvm.tr64.from_fp (%y)
                %m = SUB <@i64> %n @K1
                %more = SGT <@i64> %m @K0
                BRANCH2 %more %loop(%m %y) %end(%t)
              %end(<@tr> %t): RET %t
            }
            """;
        Assert.Equal(TagRef64.FromDouble(0.25), jit.CallText(text, 5L, 8.0));
        Assert.DoesNotContain(GraphOf(jit, text).Blocks.Where(b => b.LoopDepth > 0).SelectMany(b => b.Nodes), n => n.Op == SsaOp.TagFromFp);
    }

    [Fact]
    public void Two_constants_that_differ_in_one_bit_are_one_comparison()
    {
        using var jit = new Jit();
        const string text = """
            .const @NIL <@tr> = tagref null 0 .const @FALSE <@tr> = tagref null 1
            .funcdef @f <(@tr) -> (@i64 @i1 @i1)> {
              %entry(<@tr> %x):
                %n = COMMINST @uvm.ext.tr64.eq (%x @NIL)
                %f = COMMINST @uvm.ext.tr64.eq (%x @FALSE)
                %one = OR <@i64> @K1 @K1
                %both = OR <@i1> %n %f
                %k = EQ <@i64> %one @K1
                %nn = XOR <@i1> %n %k
                %nf = XOR <@i1> %f %k
                %neither = AND <@i1> %nn %nf
                BRANCH2 %both %no(%both %neither) %yes(%both %neither)
              %no(<@i1> %a <@i1> %b): RET (@K0 %a %b)
              %yes(<@i1> %a <@i1> %b): RET (@K1 %a %b)
            }
            """;
        Function f = jit.Load(text)["f"];
        foreach (ulong x in (ulong[])[TagRef64.FromRef(0, 0), TagRef64.FromRef(0, 1), TagRef64.FromRef(0, 2), TagRef64.FromRef(0, 3), TagRef64.FromRef(8, 0), TagRef64.FromInt(0), 0, 1UL << 63])
        {
            bool isFalse = x == TagRef64.FromRef(0, 0) || x == TagRef64.FromRef(0, 1);
            Assert.Equal(isFalse ? 0UL : 1UL, jit.Call(f, x));
            Assert.Equal((isFalse ? 1UL : 0UL, isFalse ? 0UL : 1UL), (jit.Result(f, 1) & 1, jit.Result(f, 2) & 1));
        }

        Assert.DoesNotContain(GraphOf(jit, text).Blocks.SelectMany(b => b.Nodes), n => n.Op == SsaOp.Or);
    }
}
