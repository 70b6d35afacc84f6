using System.Globalization;
using Mu.Core.Tests.Generation;
using Mu.Lua.Tests.Programs;
using Mu.Tests.Commands;
using Xunit;

namespace Mu.Lua.Tests.Differential;

/// <summary>
/// Random programs tell the same in the interpreter, as compiled code, and as code that is specialised at once, with objects that move too; and what PUC's Lua tells, where it is installed.
/// <c>LUA_FUZZ_PROGRAMS</c> is the number of programs and <c>LUA_FUZZ_SEED</c> the first one's.
/// </summary>
public sealed class RandomProgramDifferenceTests
{
    private const int AtOnce = 50;

    private static readonly string[][] Modes = [["--engine=interpreter"], [], ["--hot=3"], ["--hot=2", "--gc-stress"]];

    [Fact]
    public void Every_way_to_run_a_program_tells_the_same()
    {
        int count = Setting("LUA_FUZZ_PROGRAMS", AtOnce), first = Setting("LUA_FUZZ_SEED", 1);
        for (int seed = first; seed < first + count; seed += AtOnce)
        {
            byte[][] programs = [.. Enumerable.Range(seed, Math.Min(AtOnce, first + count - seed)).Select(s => Choices.Random(s, 60 + s % 50 * 10))];
            int number = FirstDifference(programs);
            if (number < 0) continue;
            byte[] least = ChoiceShrinker.Shrink(programs[number], c => FirstDifference([c]) >= 0, attempts: 150);
            Assert.Fail($"seed {seed + number}:\n{string.Join("\n", Tell([least]).Select(told => string.Join('\n', told)))}\n{RandomProgram.Make(least)}");
        }
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int value) ? value : otherwise;

    /// <summary>The index of the first program of which not all tell the same; −1 when there is none.</summary>
    private static int FirstDifference(byte[][] programs)
    {
        string[][] told = Tell(programs);
        for (int i = 0; i < programs.Length; i++)
            if (told.Any(mode => mode[i] != told[0][i])) return i;
        return -1;
    }

    /// <summary>What the programs tell, for every mode.</summary>
    private static string[][] Tell(byte[][] programs)
    {
        string folder = Directory.CreateTempSubdirectory("mulua-programs").FullName;
        try
        {
            string driver = Path.Combine(folder, "driver.lua");
            using (var source = typeof(RandomProgramDifferenceTests).Assembly.GetManifestResourceStream("driver.lua")!)
            using (var file = File.Create(driver)) source.CopyTo(file);
            for (int i = 0; i < programs.Length; i++) File.WriteAllText(Path.Combine(folder, $"{i + 1}.lua"), RandomProgram.Make(programs[i]));
            string[] arguments = [driver, folder, programs.Length.ToString(CultureInfo.InvariantCulture)];
            var told = Modes.Select(mode => Sections(LuaProcess.Run(folder, [.. mode, .. arguments]), programs.Length)).ToList();
            if (LuaProcess.RunReference(folder, arguments) is { } reference) told.Add(Sections(reference, programs.Length));
            return [.. told];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>What each program told; how the process ended is that of the first that told nothing.</summary>
    private static string[] Sections(CommandRun run, int count)
    {
        string[] parts = run.Output.Split("## ");
        string end = $"exit code {run.ExitCode}\n{run.Error}";
        return [.. Enumerable.Range(1, count).Select(i => i < parts.Length ? parts[i] : i == parts.Length ? end : "")];
    }
}
