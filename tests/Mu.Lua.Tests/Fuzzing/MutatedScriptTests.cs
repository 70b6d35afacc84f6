using System.Globalization;
using System.Text;
using Mu.Core.Api;
using Mu.Lua.Tests.Programs;
using Xunit;

namespace Mu.Lua.Tests.Fuzzing;

/// <summary>
/// No script brings the process down or keeps it longer than its limits: scripts made from the programs in tests/programs/lua end, or end with an error. <c>LUA_MUTANTS</c> is the number of scripts,
/// <c>LUA_MUTANT_SEED</c> the first one's, and <c>LUA_MUTANT_FILE</c> a file that holds the script which is running, should the process end.
/// </summary>
public sealed class MutatedScriptTests
{
    /// <summary>A script that is not ended by then, though its time was over long ago, hangs. There is one more second for finalisers, when the state ends.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private const string Preparation = "for _, name in ipairs { 'open', 'popen', 'lines', 'output', 'input', 'tmpfile', 'close' } do io[name] = nil end io.stderr, io.stdin, io.stdout = nil";

    [Fact]
    public void Every_script_ends()
    {
        int count = Setting("LUA_MUTANTS", 30), first = Setting("LUA_MUTANT_SEED", 1);
        string? file = Environment.GetEnvironmentVariable("LUA_MUTANT_FILE");
        var mutator = new ScriptMutator([.. ProgramFolder.Names.Select(name => File.ReadAllText(Path.Combine(ProgramFolder.Folder, name + ".lua"), Encoding.Latin1))]);
        var failures = new List<string>();
        for (int seed = first; seed < first + count; seed++)
        {
            byte[] script = Encoding.Latin1.GetBytes(mutator.Make(seed));
            if (file != null) File.WriteAllBytes(file, script);
            int number = seed;
            string? failure = null;
            var thread = new Thread(() => failure = FailureOf(script, number)) { IsBackground = true };
            thread.Start();
            if (!thread.Join(Patience)) Assert.Fail($"{string.Join('\n', failures)}\nseed {seed} hangs");
            if (failure != null) failures.Add($"seed {seed}: {failure}");
        }
        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    /// <summary>What went wrong other than an error that the host expects; null when nothing did.</summary>
    private static string? FailureOf(byte[] script, int seed)
    {
        var options = new LuaOptions
        {
            Libraries = LuaLibraries.Sandbox | LuaLibraries.Debug | LuaLibraries.Io,
            Limits = new LuaLimits { Memory = 100 << 20, Time = TimeSpan.FromMilliseconds(300) },
            Engine = seed % 8 == 0 ? EngineKind.Interpreter : EngineKind.Jit,
            HotRuns = seed % 3 == 0 ? 3 : null,
            StressesCollector = seed % 16 == 1,
            Output = Stream.Null,
            Error = Stream.Null,
            Input = Stream.Null,
        };
        try
        {
            using var lua = new LuaState(options);
            lua.Run(Preparation, "=preparation");
            try
            {
                lua.Load(script, "=mutant").Call();
            }
            catch (LuaException)
            {
                // Most scripts have errors, of syntax or others.
            }
            return lua.InternalError?.ToString();
        }
        catch (LuaException)
        {
            // Finalisers of the state's end are interrupted too.
            return null;
        }
        catch (Exception e)
        {
            return e.ToString();
        }
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int value) ? value : otherwise;
}
