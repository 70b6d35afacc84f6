using Mu.Core.Compiler;
using Mu.Core.Compiler.Ssa;
using Mu.Core.IR;
using Mu.Core.Types;
using Xunit;

namespace Mu.Core.Tests.Compiler;

/// <summary>Loops over tagged values: what hot code knows of them, and what happens when something else comes in.</summary>
public sealed class LoopKindsTests
{
    /// <summary>s = s + step, n times, as a dynamic language has it: integers or doubles inline, anything else by a call that gives NULL with tag 1, or 1000 more at <c>%odd</c>.</summary>
    private const string Sum = """
        .const @I1 <@i52> = 1 .const @T1 <@tr> = tagref int 1 .const @TD <@tr> = tagref double 0.5d .const @T1000 <@tr> = tagref double 1000.0d
        .funcdef @slow <(@tr @tr) -> (@tr)> {
          %entry(<@tr> %a <@tr> %b):
            %i = COMMINST @uvm.tr64.is_int (%a)
            BRANCH2 %i %from(%a) %same(%a)
          %from(<@tr> %a): RET @T1000
          %same(<@tr> %a): RET %a
        }
        .funcdef @f <(@i64 @tr @tr) -> (@tr)> {
          %entry(<@i64> %n <@tr> %start <@tr> %step):
            %i = COMMINST @uvm.tr64.is_int (%start)
            BRANCH2 %i %check(%n %start %step) %odd(%n %start %step)
          %check(<@i64> %n <@tr> %s <@tr> %step): BRANCH %loop(%n %s %step)
          %odd(<@i64> %n <@tr> %s <@tr> %step) COLD: BRANCH %loop(%n %s %step)
          %loop(<@i64> %n <@tr> %s <@tr> %step):
            %i = COMMINST @uvm.tr64.is_int (%s)
            %j = COMMINST @uvm.tr64.is_int (%step)
            %both = AND <@i1> %i %j
            BRANCH2 %both %ints(%n %s %step) %notints(%n %s %step)
          %ints(<@i64> %n <@tr> %s <@tr> %step):
            %a = COMMINST @uvm.tr64.to_int (%s)
            %b = COMMINST @uvm.tr64.to_int (%step)
            (%o %c) = ADD [#V] <@i52> %a %b
            BRANCH2 %c %call(%n %s %step) %intdone(%n %o %step)
          %intdone(<@i64> %n <@i52> %c <@tr> %step):
            %t = COMMINST @uvm.tr64.from_int (%c)
            BRANCH %next(%n %t %step)
          %notints(<@i64> %n <@tr> %s <@tr> %step):
            %i = COMMINST @uvm.tr64.is_fp (%s)
            %j = COMMINST @uvm.tr64.is_fp (%step)
            %both = AND <@i1> %i %j
            BRANCH2 %both %doubles(%n %s %step) %call(%n %s %step)
          %doubles(<@i64> %n <@tr> %s <@tr> %step):
            %a = COMMINST @uvm.tr64.to_fp (%s)
            %b = COMMINST @uvm.tr64.to_fp (%step)
            %c = FADD <@f64> %a %b
            %t = COMMINST @uvm.tr64.from_fp (%c)
            BRANCH %next(%n %t %step)
          %call(<@i64> %n <@tr> %s <@tr> %step) COLD:
            %t = CALL <(@tr @tr) -> (@tr)> @slow (%s %step)
            BRANCH %next(%n %t %step)
          %next(<@i64> %n <@tr> %s <@tr> %step):
            %m = SUB <@i64> %n @K1
            %more = SGT <@i64> %m @K0
            BRANCH2 %more %loop(%m %s %step) %end(%s)
          %end(<@tr> %s): RET %s
        }
        """;

    private static ulong Expected(long n, ulong s, ulong step)
    {
        do
        {
            if (TagRef64.IsInt(s) && TagRef64.IsInt(step) && TagRef64.ToInt(s) + TagRef64.ToInt(step) is >= -(1L << 51) and < 1L << 51 and var sum) s = TagRef64.FromInt(sum);
            else if (TagRef64.IsDouble(s) && TagRef64.IsDouble(step)) s = TagRef64.FromDouble(TagRef64.ToDouble(s) + TagRef64.ToDouble(step));
            else if (TagRef64.IsInt(s)) s = TagRef64.FromDouble(1000);
        }
        while (--n > 0);
        return s;
    }

    [Fact]
    public void Sums_go_on_in_the_generic_copy()
    {
        using var jit = new Jit();
        Function f = jit.Load(Sum)["f"];
        ulong[] values =
        [
            TagRef64.FromInt(0), TagRef64.FromInt(7), TagRef64.FromInt(-1), TagRef64.FromInt((1L << 51) - 3), TagRef64.FromInt(-(1L << 51)),
            TagRef64.FromDouble(0.5), TagRef64.FromDouble(double.NaN), TagRef64.FromDouble(-1e300), TagRef64.FromRef(0, 1), TagRef64.FromRef(0, 63),
        ];
        foreach (ulong start in values)
            foreach (ulong step in values)
                foreach (long n in (long[])[1, 2, 5, 50]) Assert.Equal(Expected(n, start, step), jit.Call(f, n, start, step));
    }

    private static SsaGraph GraphOf(Jit jit, string text) =>
        FunctionCompiler.BuildGraph(Jit.Read(text).Versions.Single(v => v.Function.Name == "f"), jit.Generator.Environment);

    /// <summary>Nodes in loops of hot code, without the generic copy.</summary>
    private static IEnumerable<SsaNode> HotLoopNodes(SsaGraph graph) => graph.Blocks.Where(b => b is { IsCold: false, LoopHeader: not null, CopiedDepth: 0 }).SelectMany(b => b.Nodes);

    /// <summary>The first loop adds 1 to 0 for ever but for overflow, which comes back by a call: no test of a kind is left in it.</summary>
    [Fact]
    public void A_loop_over_integers_tests_no_kinds()
    {
        using var jit = new Jit();
        string text = Sum.Replace("BRANCH %loop(%n %s %step)\n  %odd", "BRANCH %loop(%n @T1 @T1)\n  %odd", StringComparison.Ordinal);
        Assert.NotEqual(Sum, text);
        SsaGraph graph = GraphOf(jit, text);
        Assert.NotEmpty(HotLoopNodes(graph));
        Assert.DoesNotContain(HotLoopNodes(graph), n => n.Op is SsaOp.TagIsInt or SsaOp.TagIsRef or SsaOp.TagIsFp);
    }

    [Fact]
    public void A_loop_over_doubles_keeps_them_unboxed()
    {
        using var jit = new Jit();
        string text = Sum.Replace("BRANCH %loop(%n %s %step)\n  %odd", "BRANCH %loop(%n @TD @TD)\n  %odd", StringComparison.Ordinal);
        SsaGraph graph = GraphOf(jit, text);
        Assert.Contains(graph.Blocks, b => b.IsLoopHeader && b.Params.Exists(p => p.Kind == ValueKind.F64));
        Assert.DoesNotContain(HotLoopNodes(graph), n => n.Op is SsaOp.TagIsInt or SsaOp.TagIsRef or SsaOp.TagIsFp or SsaOp.TagToFp);
        Assert.Equal(TagRef64.FromDouble(50.5), jit.CallText(text, 100L, TagRef64.FromInt(1), 0L));
    }
}
