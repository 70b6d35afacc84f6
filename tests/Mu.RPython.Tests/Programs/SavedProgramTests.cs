using Mu.Tests.Commands;
using Xunit;

namespace Mu.RPython.Tests.Programs;

/// <summary>murpy build saves a program that another process runs, on both engines; what is no saved program is refused.</summary>
public sealed class SavedProgramTests
{
    [Theory]
    [InlineData("prebuilt_objects")]
    [InlineData("exceptions_hierarchy")]
    [InlineData("uncaught_exception")]
    [InlineData("rlib")]
    [InlineData("native_functions")]
    public void Saved_program_does_what_the_program_does(string name)
    {
        string folder = Directory.CreateTempSubdirectory("murpy").FullName;
        try
        {
            string saved = Path.Combine(folder, "p.mub");
            CommandRun build = RPythonProcess.Run(ProgramFolder.Folder, ["build", name + ".py", "-o", saved]);
            Assert.True(build.ExitCode == 0, build.Error);
            foreach (string engine in (string[])["jit", "interpreter"])
            {
                CommandRun run = RPythonProcess.Run(ProgramFolder.Folder, ["--engine=" + engine, saved]);
                Assert.True($"{run.Output}exit code {run.ExitCode}\n" == ProgramFolder.Expected(name), run.Output + run.Error);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Arguments_are_those_of_the_run_and_not_of_the_build()
    {
        string folder = Directory.CreateTempSubdirectory("murpy").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "p.py"), "def entry_point(argv):\n  print argv[1:]\n  return len(argv)\n");
            Assert.Equal(0, RPythonProcess.Run(folder, ["build", "p.py", "-o", "p.mub"]).ExitCode);
            CommandRun run = RPythonProcess.Run(folder, ["p.mub", "one", "zwölf"]);
            Assert.Equal("[one, zw\u00c3\u00b6lf]\n", run.Output);
            Assert.Equal(3, run.ExitCode);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("murpy program 1\n0\nrubbish")]
    [InlineData("murpy program 3\n")]
    [InlineData("murpy program 3\n\0\0\0\0\0\0\0\0rubbish")]
    [InlineData("murpy program 3\n\u0007\0\0\0")]
    [InlineData("murpy program 3\nxxxxxxxxxx")]
    public void Damaged_files_are_refused(string contents)
    {
        string folder = Directory.CreateTempSubdirectory("murpy").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "p.mub"), contents);
            CommandRun run = RPythonProcess.Run(folder, ["p.mub"]);
            Assert.Equal(1, run.ExitCode);
            Assert.StartsWith("murpy: p.mub: ", run.Error);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Saved_program_needs_no_C_compiler()
    {
        string folder = Directory.CreateTempSubdirectory("murpy").FullName;
        try
        {
            Assert.Equal(0, RPythonProcess.Run(ProgramFolder.Folder, ["build", "native_functions.py", "-o", Path.Combine(folder, "p.mub")]).ExitCode);
            var none = ("CC", "no-such-compiler");
            CommandRun compiled = RPythonProcess.Run(ProgramFolder.Folder, ["native_functions.py"], variables: none);
            Assert.Equal(1, compiled.ExitCode);
            Assert.Contains("no C compiler 'no-such-compiler'", compiled.Error);
            Assert.Equal(0, RPythonProcess.Run(folder, ["p.mub"], variables: none).ExitCode);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
