using Mu.Core.Compiler;
using Mu.Core.Compiler.Ssa;
using Mu.Core.IR;
using Xunit;

namespace Mu.Core.Tests.Compiler;

/// <summary>Chains of comparisons become one SWITCH, and mean what they meant.</summary>
public sealed class SwitchFormationTests
{
    /// <summary>Tests %x for the keys one after the other; key number k gives k, none gives -1.</summary>
    private static string Chain(string type, params long[] keys)
    {
        var text = new System.Text.StringBuilder();
        for (int k = 0; k < keys.Length; k++)
            text.AppendLine($".const @K{k}x <@{type}> = {keys[k]} .const @R{k} <@i64> = {k}");
        text.AppendLine($".const @None <@i64> = -1 .funcdef @f <(@{type}) -> (@i64)> {{ %entry(<@{type}> %x): BRANCH %t0(%x)");
        for (int k = 0; k < keys.Length; k++)
        {
            string next = k + 1 < keys.Length ? $"%t{k + 1}(%x)" : "%none()";
            text.AppendLine($"%t{k}(<@{type}> %x): %c = {(k % 2 == 0 ? "EQ" : "NE")} <@{type}> %x @K{k}x BRANCH2 %c {(k % 2 == 0 ? $"%r{k}() {next}" : $"{next} %r{k}()")}");
            text.AppendLine($"%r{k}(): RET @R{k}");
        }

        return text.Append("%none(): RET @None }").ToString();
    }

    private static SsaGraph GraphOf(string text)
    {
        using var jit = new Jit();
        return FunctionCompiler.BuildGraph(Jit.Read(text).Versions[0], jit.Generator.Environment);
    }

    [Theory]
    [InlineData("i64")]
    [InlineData("i32")]
    [InlineData("i8")]
    public void A_chain_of_equalities_is_a_switch(string type)
    {
        string text = Chain(type, 3, 1, 4, 15, 9, 2, 6);
        SsaGraph graph = GraphOf(text);
        Assert.Contains(graph.Blocks, b => b.Terminator.Op == SsaOp.Switch && ((long[])b.Terminator.Aux!).Length == 7);
        Assert.DoesNotContain(graph.Blocks, b => b.Terminator.Op == SsaOp.Branch);
    }

    [Theory]
    [InlineData("i64", new[] { 3L, 1, 4, 15, 9, 2, 6 })]
    [InlineData("i64", new[] { -3L, 1, -4, 15, 9, -2, 6 })]
    [InlineData("i64", new[] { long.MinValue, long.MaxValue, 0, 1L << 40, -(1L << 40), 77 })]
    [InlineData("i64", new[] { 5L, 6, 5, 7, 8, 9, 6, 10 })]
    [InlineData("i32", new[] { 3L, -1, 4, int.MinValue, int.MaxValue, 2, 6 })]
    [InlineData("i8", new[] { 3L, -1, 4, -128, 127, 2, 6 })]
    public void It_finds_the_first_key_that_is_equal(string type, long[] keys)
    {
        using var jit = new Jit();
        Function f = jit.Load(Chain(type, keys))["f"];
        IEnumerable<long> values = keys.SelectMany(k => new[] { k, k + 1, k - 1, k ^ 0x40 });
        if (type == "i64") values = values.Concat(keys.SelectMany(k => new[] { k + (1L << 32), k ^ long.MinValue }));
        foreach (long value in values)
        {
            long x = type switch { "i8" => (sbyte)value, "i32" => (int)value, _ => value };
            Assert.Equal(Array.IndexOf(keys, x), (long)jit.Call(f, x));
        }
    }

    [Fact]
    public void A_few_tests_stay_a_chain() => Assert.DoesNotContain(GraphOf(Chain("i64", 1, 2, 3, 4)).Blocks, b => b.Terminator.Op == SsaOp.Switch);

    [Fact]
    public void A_test_that_others_lead_to_is_passed_by_and_stays()
    {
        // Key 2 counts only with the flag; without it the tests go on at the next one.
        const string Text = """
            .const @K1x <@i64> = 1 .const @K2x <@i64> = 2 .const @K3x <@i64> = 3 .const @K4x <@i64> = 4 .const @K5x <@i64> = 5 .const @K6x <@i64> = 6 .const @None <@i64> = -1
            .funcdef @f <(@i64 @i64) -> (@i64)> {
              %entry(<@i64> %x <@i64> %flag):
                %c = EQ <@i64> %x @K1x
                BRANCH2 %c %one(@K1x) %second(%x %flag)
              %second(<@i64> %x <@i64> %flag):
                %c = EQ <@i64> %x @K2x
                BRANCH2 %c %guarded(%x %flag) %third(%x)
              %guarded(<@i64> %x <@i64> %flag):
                %c = NE <@i64> %flag @K0
                BRANCH2 %c %one(@K2x) %third(%x)
              %third(<@i64> %x):
                %c = EQ <@i64> %x @K3x
                BRANCH2 %c %one(@K3x) %fourth(%x)
              %fourth(<@i64> %x):
                %c = EQ <@i64> %x @K4x
                BRANCH2 %c %one(@K4x) %fifth(%x)
              %fifth(<@i64> %x):
                %c = EQ <@i64> %x @K5x
                BRANCH2 %c %one(@K5x) %last(%x)
              %last(<@i64> %x):
                %c = EQ <@i64> %x @K6x
                BRANCH2 %c %one(@K6x) %one(@None)
              %one(<@i64> %r):
                RET %r
            }
            """;
        Assert.Contains(GraphOf(Text).Blocks, b => b.Terminator.Op == SsaOp.Switch);
        using var jit = new Jit();
        Function f = jit.Load(Text)["f"];
        long[] with = [-1, 1, 2, 3, 4, 5, 6], without = [-1, 1, -1, 3, 4, 5, 6];
        for (int x = 0; x < 7; x++)
        {
            Assert.Equal(with[x], (long)jit.Call(f, x, 1));
            Assert.Equal(without[x], (long)jit.Call(f, x, 0));
        }
    }
}
