using Mu.Core.Compiler;
using Mu.Core.Compiler.Ssa;
using Mu.Core.IR;
using Xunit;

namespace Mu.Core.Tests.Compiler;

/// <summary>Tests of indices that earlier tests make needless, and such as look alike and are not.</summary>
public sealed class IntegerOrdersTests
{
    /// <summary>A loop over %i from <paramref name="from"/>, as long as %i &lt; %n, with the test of an index against a length in it; out of bounds gives -1, else the sum of the indices.</summary>
    private static string Loop(string from, string step, string test = "SLT <@i64> %i %n", string index = "%i", string length = "%n") => $$"""
        .const @M5 <@i64> = -5 .const @C1 <@i64> = 1 .const @C2 <@i64> = 2 .const @C3 <@i64> = 3
        .funcdef @f <(@i64) -> (@i64)> {
          %entry(<@i64> %n):
            BRANCH %head({{from}} %n @K0)
          %head(<@i64> %i <@i64> %n <@i64> %sum):
            %goesOn = {{test}}
            BRANCH2 %goesOn %body(%i %n %sum) %done(%sum)
          %body(<@i64> %i <@i64> %n <@i64> %sum):
            %inside = ULT <@i64> {{index}} {{length}}
            BRANCH2 %inside %good(%i %n %sum) %done(@M1)
          %good(<@i64> %i <@i64> %n <@i64> %sum):
            %newSum = ADD <@i64> %sum %i
            %next = ADD <@i64> %i {{step}}
            BRANCH %head(%next %n %newSum)
          %done(<@i64> %r):
            RET %r
        }
        """;

    private static int UnsignedTests(string text)
    {
        using var jit = new Jit();
        SsaGraph graph = FunctionCompiler.BuildGraph(Jit.Read(text).Versions[0], jit.Generator.Environment);
        return graph.Blocks.SelectMany(b => b.Nodes).Count(n => n.Op == SsaOp.Cmp && n.Cond is Cond.Ult or Cond.Uge or Cond.Ugt or Cond.Ule);
    }

    private static long Run(string text, long n)
    {
        using var jit = new Jit();
        return (long)jit.Call(jit.Load(text)["f"], n);
    }

    [Theory]
    [InlineData("@K0")]
    [InlineData("@C3")]
    public void A_counter_below_the_length_is_inside(string from) => Assert.Equal(0, UnsignedTests(Loop(from, "@C1")));

    [Theory]
    [InlineData("@M5", "@C1", -1)]
    [InlineData("@K0", "@C2", 20)]
    [InlineData("@K0", "@C1", 45)]
    public void What_is_no_counter_from_zero_by_one_is_tested(string from, string step, long expected)
    {
        string text = Loop(from, step);
        Assert.Equal(from == "@K0" && step == "@C1" ? 0 : 1, UnsignedTests(text));
        Assert.Equal(expected, Run(text, 10));
    }

    [Fact]
    public void A_loop_that_ends_elsewhere_tests_its_index()
    {
        string text = Loop("@K0", "@C1", test: "NE <@i64> %i %n");
        Assert.Equal(1, UnsignedTests(text));
        Assert.Equal(45, Run(text, 10));
        Assert.Equal(0, Run(text, 0));
    }

    [Fact]
    public void Another_length_is_tested()
    {
        string text = Loop("@K0", "@C1", length: "@C3");
        Assert.Equal(1, UnsignedTests(text));
        Assert.Equal(-1, Run(text, 10));
        Assert.Equal(3, Run(text, 3));
    }

    /// <summary>Both tests of an index in the order in which programs write them.</summary>
    private const string Assertion = """
        .funcdef @f <(@i64 @i64) -> (@i64)> {
          %entry(<@i64> %i <@i64> %n):
            %positive = SGE <@i64> %i @K0
            BRANCH2 %positive %next(%i %n) %no()
          %next(<@i64> %i <@i64> %n):
            %below = SLT <@i64> %i %n
            BRANCH2 %below %index(%i %n) %no()
          %index(<@i64> %i <@i64> %n):
            %inside = ULT <@i64> %i %n
            BRANCH2 %inside %again(%i) %no()
          %again(<@i64> %i):
            %negative = SLT <@i64> %i @K0
            BRANCH2 %negative %no() %yes(%i)
          %yes(<@i64> %i):
            RET %i
          %no():
            RET @M1
        }
        """;

    [Fact]
    public void What_an_assertion_has_tested_is_known()
    {
        using var jit = new Jit();
        SsaGraph graph = FunctionCompiler.BuildGraph(Jit.Read(Assertion).Versions[0], jit.Generator.Environment);
        Assert.Equal(2, graph.Blocks.SelectMany(b => b.Nodes).Count(n => n.Op == SsaOp.Cmp));
        Function f = jit.Load(Assertion)["f"];
        Assert.Equal(4, (long)jit.Call(f, 4, 5));
        Assert.Equal(-1, (long)jit.Call(f, 5, 5));
        Assert.Equal(-1, (long)jit.Call(f, -1, 5));
        Assert.Equal(-1, (long)jit.Call(f, 4, -5));
    }
}
