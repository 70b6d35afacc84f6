using Mu.Tests.Commands;
using Xunit;

namespace Mu.Lua.Tests.Programs;

/// <summary>Every program of tests/programs/lua has the output of PUC Lua 5.4, in each mode of the command.</summary>
public abstract class ProgramTests
{
    /// <summary>Runs a program; the list of known failures of the mode is exact, so a program that has come right fails until it is taken off.</summary>
    private protected static void Check(string name, KnownFailures known, params string[] options)
    {
        CommandRun run = LuaProcess.Run(ProgramFolder.Folder, [.. options, name + ".lua"]);
        string? difference = Difference(run, ProgramFolder.Expected(name), ProgramFolder.ExpectedErrors(name));
        if (!known.Contains(name)) Assert.True(difference is null, $"{name}.lua {string.Join(' ', options)}: {difference}");
        else Assert.True(difference is not null, $"{name}.lua {string.Join(' ', options)} is right now: take it off {known}");
    }

    private static string? Difference(CommandRun run, string expected, string expectedErrors)
    {
        if (run.Output != expected) return $"{TextDifference.First(run.Output, expected)}\nstandard error: {run.Error}";
        if (run.ExitCode != 0) return $"exit code {run.ExitCode}, standard error: {run.Error}";
        return run.Error == expectedErrors ? null : $"standard error is\n{run.Error}\ninstead of\n{expectedErrors}";
    }
}

/// <summary>The programs, as data of a theory.</summary>
public sealed class AllPrograms : TheoryData<string>
{
    public AllPrograms() => AddRange([.. ProgramFolder.Names]);
}

public sealed class CompiledProgramTests : ProgramTests
{
    [Theory, ClassData(typeof(AllPrograms))]
    public void Output_is_that_of_Lua(string name) => Check(name, KnownFailures.Compiled);

    [Fact]
    public void The_lists_name_programs_that_exist() =>
        Assert.Empty(KnownFailures.AllNames.Concat(InterpretedPrograms.TooSlow).Concat(StressedPrograms.Chosen).Except(ProgramFolder.Names));
}

/// <summary>With functions that are hot at once, so that every program runs through both tiers and enters new code in the middle of loops.</summary>
public sealed class HotProgramTests : ProgramTests
{
    [Theory, ClassData(typeof(AllPrograms))]
    public void Output_is_that_of_Lua_in_the_second_tier(string name) => Check(name, KnownFailures.Compiled, "--hot=3");

    [Theory, InlineData("closures"), InlineData("errors"), InlineData("inheritance"), InlineData("prog_structures"), InlineData("varargs")]
    public void Output_is_that_of_Lua_in_the_second_tier_when_objects_move(string name) => Check(name, KnownFailures.Stressed, "--hot=3", "--gc-stress");

    [Theory, InlineData("arith_integer"), InlineData("close_const"), InlineData("for_generic"), InlineData("prog_json"), InlineData("tables")]
    public void Output_is_that_of_Lua_in_the_second_tier_of_the_interpreter(string name) => Check(name, KnownFailures.Interpreted, "--hot=2", "--engine=interpreter");
}

public sealed class InterpretedProgramTests : ProgramTests
{
    [Theory, ClassData(typeof(InterpretedPrograms))]
    public void Output_is_that_of_Lua(string name) => Check(name, KnownFailures.Interpreted, "--engine=interpreter");
}

public sealed class StressedProgramTests : ProgramTests
{
    [Theory, ClassData(typeof(StressedPrograms))]
    public void Output_is_that_of_Lua_when_objects_move_at_every_opportunity(string name) => Check(name, KnownFailures.Stressed, "--gc-stress");
}

/// <summary>All programs that the interpreter runs in a few seconds.</summary>
public sealed class InterpretedPrograms : TheoryData<string>
{
    /// <summary>Programs that take the interpreter long: millions of calls each.</summary>
    public static readonly string[] TooSlow = [];

    public InterpretedPrograms() => AddRange([.. ProgramFolder.Names.Except(TooSlow)]);
}

/// <summary>A third of the programs: those that allocate objects of all kinds, and keep them in frames, coroutines, handlers, upvalues and runtime functions. (Not weak_tables: its finalisers run in the order of collections.)</summary>
public sealed class StressedPrograms : TheoryData<string>
{
    public static readonly string[] Chosen =
    [
        "close_const", "closures", "coroutine_reuse", "coroutines", "errors", "for_generic", "inheritance", "lib_gsub_calls", "lib_load", "lib_sort", "lib_tostring",
        "meta_index", "meta_misc", "meta_tables", "producer_consumer", "prog_json", "prog_structures", "string_gsub", "string_library", "table_builtins", "table_keys", "table_library", "tables", "vararg_lists", "varargs",
    ];

    public StressedPrograms() => AddRange(Chosen);
}
