using Mu.Tests.Commands;
using Xunit;

namespace Mu.RPython.Tests.Programs;

/// <summary>Every program of tests/programs/rpython has its expected output in each mode of the command. The last line of the expectation is the exit code.</summary>
public sealed class ProgramTests
{
    /// <summary>Programs that allocate objects of all kinds.</summary>
    private static readonly string[] Stressed = ["classes", "exceptions", "lists", "strings", "dicts", "generators", "prebuilt_objects", "trees", "native_functions", "threads", "bigints"];

    public static TheoryData<string> All => [.. ProgramFolder.Names];

    public static TheoryData<string> ForStress => [.. Stressed];

    [Theory, MemberData(nameof(All))]
    public void Output_is_as_expected(string name) => Check(name);

    [Theory, MemberData(nameof(ForStress))]
    public void Output_is_as_expected_when_objects_move_at_every_opportunity(string name) => Check(name, "--gc-stress");

    internal static void Check(string name, params string[] options)
    {
        CommandRun run = RPythonProcess.Run(ProgramFolder.Folder, [.. options, name + ".py"]);
        string output = $"{run.Output}exit code {run.ExitCode}\n";
        Assert.True(output == ProgramFolder.Expected(name), $"{name}.py {string.Join(' ', options)}: {TextDifference.First(output, ProgramFolder.Expected(name))}\nstandard error: {run.Error}");
    }
}

/// <summary>The same in the micro VM's interpreter; a class of its own, so that both run side by side.</summary>
public sealed class InterpretedProgramTests
{
    public static TheoryData<string> All => ProgramTests.All;

    [Theory, MemberData(nameof(All))]
    public void Output_is_as_expected_in_the_interpreter(string name) => ProgramTests.Check(name, "--engine=interpreter");
}
