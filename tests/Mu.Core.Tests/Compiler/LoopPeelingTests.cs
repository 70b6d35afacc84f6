using Mu.Core.Compiler;
using Mu.Core.Compiler.Ssa;
using Mu.Core.IR;
using Xunit;

namespace Mu.Core.Tests.Compiler;

/// <summary>What is left of loops whose first turn has code of its own (that they are right is shown by the random programs, half of which are compiled so).</summary>
public sealed class LoopPeelingTests
{
    private static List<SsaNode> LoopOf(string change, string read = "LOAD")
    {
        using var jit = new Jit();
        Bundle bundle = Jit.Read($$"""
            .typedef @cell = struct<@i64 @f64 @i64>
            .typedef @row = hybrid<@i64 @i64>
            .typedef @rcell = ref<@cell>
            .funcdef @f <(@tr @i64) -> (@i64)> {
              %entry(<@tr> %t <@i64> %n):
                BRANCH %loop(%t %n @K0)
              %loop(<@tr> %t <@i64> %n <@i64> %sum):
                %isRef = COMMINST @uvm.tr64.is_ref (%t)
                BRANCH2 %isRef %body(%t %n %sum) %done(%sum)
              %body(<@tr> %t <@i64> %n <@i64> %sum):
                %void = COMMINST @uvm.tr64.to_ref (%t)
                %object = REFCAST <@rv @rcell> %void
                %cell = GETIREF <@cell> %object
                %value = GETFIELDIREF <@cell 0> %cell
                %other = GETFIELDIREF <@cell 1> %cell
                %x = {{read}} <@i64> %value
                {{change}}
                %newSum = ADD <@i64> %sum %x
                %newN = SUB <@i64> %n @K1
                %more = SGT <@i64> %newN @K0
                BRANCH2 %more %loop(%t %newN %newSum) %done(%newSum)
              %done(<@i64> %sum):
                RET %sum
            }
            """);
        FunctionVersion version = bundle.Versions[0];
        version.PeelsLoops = true;
        SsaGraph graph = FunctionCompiler.BuildGraph(version, jit.Generator.Environment);
        return [.. graph.Blocks.Where(b => b.LoopDepth > 0).SelectMany(b => b.Nodes)];
    }

    [Fact]
    public void What_the_first_turn_has_tested_and_loaded_is_known_in_the_others()
    {
        List<SsaNode> loop = LoopOf("");
        Assert.DoesNotContain(loop, n => n.Op is SsaOp.Load or SsaOp.TagToRef or SsaOp.TagIsRef);
        Assert.Equal(2, loop.Count(n => n.Op is SsaOp.Add or SsaOp.Sub));
    }

    [Fact]
    public void A_store_of_another_kind_changes_nothing() =>
        Assert.DoesNotContain(LoopOf("%d = SITOFP <@i64 @f64> %n\n STORE <@f64> %other %d"), n => n.Op == SsaOp.Load);

    [Fact]
    public void A_store_of_the_kind_has_it_loaded_each_time() => Assert.Single(LoopOf("STORE <@i64> %value %n"), n => n.Op == SsaOp.Store);

    [Fact]
    public void A_location_that_is_stored_to_through_another_reference_is_loaded_each_time() =>
        Assert.Single(LoopOf("%fresh = NEW <@cell>\n %i = GETIREF <@cell> %fresh\n %j = GETFIELDIREF <@cell 0> %i\n STORE <@i64> %j %n"), n => n.Op == SsaOp.Load);

    [Fact]
    public void A_field_at_another_offset_of_another_reference_is_another_location() =>
        Assert.DoesNotContain(LoopOf("%fresh = NEW <@cell>\n %i = GETIREF <@cell> %fresh\n %j = GETFIELDIREF <@cell 2> %i\n STORE <@i64> %j %n"), n => n.Op == SsaOp.Load);

    [Fact]
    public void An_element_of_a_hybrid_is_no_field() =>
        Assert.DoesNotContain(LoopOf("%row = NEWHYBRID <@row @i64> %n\n %i = GETIREF <@row> %row\n %j = GETVARPARTIREF <@row> %i\n STORE <@i64> %j %n"), n => n.Op == SsaOp.Load);

    [Fact]
    public void A_field_of_a_hybrid_may_be_one_of_a_struct() =>
        Assert.Single(LoopOf("%row = NEWHYBRID <@row @i64> %n\n %i = GETIREF <@row> %row\n %j = GETFIELDIREF <@row 0> %i\n STORE <@i64> %j %n"), n => n.Op == SsaOp.Load);

    [Fact]
    public void An_atomic_load_is_done_each_time() => Assert.Single(LoopOf("", "LOAD RELAXED"), n => n.Op == SsaOp.Load);
}
