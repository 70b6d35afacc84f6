using Mu.Tests.Commands;
using Xunit;

namespace Mu.RPython.Tests.Programs;

/// <summary>What the command says of its command line, and what it shows.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("murpy: --dump=asm needs a FUNCTION to show", "--dump=asm")]
    [InlineData("murpy: unknown option --engine=fast", "--engine=fast", "sieve.py")]
    [InlineData("murpy: the program is missing", "--stats")]
    [InlineData("murpy: build takes a program and -o with the file to save it in", "build", "sieve.py")]
    [InlineData("murpy: build shows no functions", "build", "--dump=ir", "all", "sieve.py", "-o", "x.mub")]
    [InlineData("murpy: nosuch.py: No such file", "nosuch.py")]
    public void What_is_wrong_is_told_and_the_exit_code_is_2(string message, params string[] arguments)
    {
        CommandRun run = RPythonProcess.Run(ProgramFolder.Folder, arguments);
        Assert.StartsWith(message + "\n", run.Error);
        Assert.Equal("", run.Output);
        Assert.Equal(2, run.ExitCode);
    }

    [Fact]
    public void Options_behind_the_program_are_the_programs() => Assert.Equal("303 4 1\n", RPythonProcess.Run(ProgramFolder.Folder, ["sieve.py", "--stats"]).Output);

    [Theory]
    [InlineData("flow", "Call(<built-in function len>")]
    [InlineData("types", "argv0: list of str")]
    [InlineData("ir", ".funcdef")]
    [InlineData("asm", "mov ")]
    public void Functions_are_shown(string form, string part)
    {
        CommandRun run = RPythonProcess.Run(ProgramFolder.Folder, ["--dump=" + form, "entry_point", "sieve.py"]);
        Assert.Contains(part, run.Output);
        Assert.DoesNotContain("168 4 1", run.Output);
    }

    [Theory]
    [InlineData]
    [InlineData("--engine=interpreter")]
    public void An_exception_that_nobody_catches_is_shown_with_the_calls_that_led_to_it(params string[] options)
    {
        string folder = Directory.CreateTempSubdirectory("murpy").FullName;
        try
        {
            const string Source = "def deep(l, n):\n  if n == 0:\n    return l[n + 5]\n  return deep(l, n - 1) + 1\ndef small(l):\n  try:\n    return deep(l, 2)\n  except KeyError:\n    return 5\ndef entry_point(argv):\n  print small([len(argv)])\n  return 0\n";
            File.WriteAllText(Path.Combine(folder, "p.py"), Source);
            CommandRun run = RPythonProcess.Run(folder, [.. options, "p.py"]);
            const string Expected = """
                RPython traceback:
                  File "p.py", line 11, in entry_point
                  File "p.py", line 7, in small
                  File "p.py", line 4, in deep
                  File "p.py", line 4, in deep
                  File "p.py", line 3, in deep
                Fatal RPython error: IndexError

                """;
            Assert.Equal(Expected, run.Error.Replace(folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal));
            Assert.Equal(134, run.ExitCode);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Statistics_name_the_phases() =>
        Assert.Matches(@"^murpy: \d+ lines, \d+ functions annotated, \d+ lowered\nmurpy: \d+ ms, \d+ ms for 1,000 lines: import \d+, annotate \d+, lower \d+, load \d+\n$",
            RPythonProcess.Run(ProgramFolder.Folder, ["--stats", "sieve.py"]).Error);

    [Fact]
    public void Temporary_folders_are_gone_at_the_end()
    {
        string folder = Directory.CreateTempSubdirectory("murpy").FullName;
        try
        {
            string temporary = Directory.CreateDirectory(Path.Combine(folder, "tmp")).FullName;
            const string Source = "import os\nfrom rpython.tool.udir import udir\nplace = str(udir)\ndef entry_point(argv):\n  print os.path.isdir(place)\n  if len(argv) > 1: os._exit(3)\n  return 0\n";
            File.WriteAllText(Path.Combine(folder, "p.py"), Source);
            foreach (string[] arguments in (string[][])[["p.py"], ["p.py", "x"]])
            {
                CommandRun run = RPythonProcess.Run(folder, arguments, variables: ("TMPDIR", temporary));
                Assert.Equal("1\n", run.Output);
                Assert.Empty(Directory.GetFileSystemEntries(temporary, "murpy*"));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
