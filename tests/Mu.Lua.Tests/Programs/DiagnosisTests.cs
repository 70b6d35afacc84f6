using System.Text.Json;
using Mu.Tests.Commands;
using Xunit;

namespace Mu.Lua.Tests.Programs;

/// <summary>What the command tells of a program: --dump, --stats and --profile. The program's own output stays what it is.</summary>
public sealed class DiagnosisTests : IDisposable
{
    private const string Program = """
        local function fib(n) if n < 2 then return n end return fib(n - 1) + fib(n - 2) end
        local account = { balance = 0, add = function(self, n) self.balance = self.balance + n end }
        for i = 1, 5000 do account:add(i) end
        local s = 0
        for i = 1, 3000000 do s = s + i % 7 end
        print(account.balance, coroutine.wrap(function() return fib(20) end)(), s)
        """;

    private const string Output = "12502500\t6765\t8999997\n";

    private readonly string folder = Directory.CreateTempSubdirectory("mulua").FullName;

    public DiagnosisTests() => File.WriteAllText(Path.Combine(folder, "p.lua"), Program);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private CommandRun Run(params string[] options) => LuaProcess.Run(folder, [.. options, "p.lua"]);

    [Fact]
    public void A_function_is_printed_at_each_stage()
    {
        CommandRun run = Run("--dump=ast,ir,ssa,lir,ra,asm", "fib");
        Assert.Equal(0, run.ExitCode);
        Assert.EndsWith(Output, run.Output, StringComparison.Ordinal);
        foreach (string stage in (string[])["ast", "ir", "ssa", "lir", "ra", "asm"])
            Assert.Contains($"=== {stage} of fib (p.lua:1) compact", run.Output, StringComparison.Ordinal);
        Assert.Contains("=== asm of fib (p.lua:1) specialized", run.Output, StringComparison.Ordinal);
        Assert.Contains("Condition: Binary Less 1:", run.Output, StringComparison.Ordinal);
        Assert.Contains(".funcsig", run.Output, StringComparison.Ordinal);
        Assert.Contains(" ret", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("of main chunk", run.Output, StringComparison.Ordinal);
    }

    [Theory, InlineData("add", "add (p.lua:2)"), InlineData("2", "add (p.lua:2)"), InlineData("p.lua:1", "fib (p.lua:1)"), InlineData("main", "main chunk (p.lua:0) specialized from a loop on")]
    public void Functions_are_named_in_several_ways(string name, string title)
    {
        CommandRun run = Run("--dump=ast", name);
        Assert.Contains($"=== ast of {title}", run.Output, StringComparison.Ordinal);
        Assert.EndsWith(Output, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_printed_is_told()
    {
        CommandRun run = Run("--dump=ast", "nothing");
        Assert.Equal(("mulua: no function 'nothing' has been called\n", Output), (run.Error, run.Output));
        run = Run("--dump=bytecode", "fib");
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("mulua: unknown stage 'bytecode'", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Statistics_are_told_at_the_end()
    {
        CommandRun run = Run("--stats", "-e", "collectgarbage()");
        Assert.Equal(Output, run.Output);
        Assert.Matches(@"parsing: +\d+ chunks in [\d.]+ ms", run.Error);
        Assert.Matches(@"translation: +\d+ compact, \d+ recording, [1-9]\d* specialised functions, [1-9]\d* loops in [\d.]+ ms", run.Error);
        Assert.Matches(@"machine code: +[1-9]\d* functions in [\d.]+ ms, [1-9]\d* KB", run.Error);
        Assert.Matches(@"collector: +[1-9]\d* collections in", run.Error);
        // Three accesses of a field in each of some five thousand calls; a place is found once, and the first calls run in code without caches.
        var caches = System.Text.RegularExpressions.Regex.Match(run.Error, @"inline caches: (\d+) uses, (\d+) hits");
        long uses = long.Parse(caches.Groups[1].ValueSpan), hits = long.Parse(caches.Groups[2].ValueSpan);
        Assert.InRange(uses, 14000, 15500);
        Assert.InRange(hits, uses - 100, uses - 1);
    }

    [Theory, InlineData(""), InlineData("os.exit(0, false)")]
    public void A_profile_says_where_the_time_went(string end)
    {
        File.AppendAllText(Path.Combine(folder, "p.lua"), "\n" + end);
        CommandRun run = Run("--profile", "out.json");
        Assert.Equal(Output, run.Output);
        using var profile = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "out.json")));
        JsonElement root = profile.RootElement, samples = root.GetProperty("profiles")[0];
        Assert.Equal("https://www.speedscope.app/file-format-schema.json", root.GetProperty("$schema").GetString());
        Assert.Equal(("sampled", "microseconds"), (samples.GetProperty("type").GetString(), samples.GetProperty("unit").GetString()));
        JsonElement[] frames = [.. root.GetProperty("shared").GetProperty("frames").EnumerateArray()];
        Assert.Contains(frames, frame => frame.GetProperty("name").GetString() == "main chunk" && frame.GetProperty("file").GetString() == "p.lua");
        JsonElement[] stacks = [.. samples.GetProperty("samples").EnumerateArray()];
        long[] weights = [.. samples.GetProperty("weights").EnumerateArray().Select(weight => weight.GetInt64())];
        Assert.NotEmpty(stacks);
        Assert.Equal(stacks.Length, weights.Length);
        Assert.Equal(samples.GetProperty("endValue").GetInt64(), weights.Sum());
        Assert.All(stacks, stack => Assert.Equal("main chunk", frames[stack[0].GetInt32()].GetProperty("name").GetString()));
    }
}
