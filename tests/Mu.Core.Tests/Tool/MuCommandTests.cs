using Mu.Core.Tests.Text;
using Mu.Tool;
using Xunit;

namespace Mu.Core.Tests.Tool;

/// <summary>The mu command, in this process.</summary>
public sealed class MuCommandTests
{
    private static string Program(string name) => Path.Combine(ProgramFiles.Root, "tests", "programs", "uir", name);

    private static (int Code, string Output, string Errors) Run(params string[] args)
    {
        using StringWriter output = new(), errors = new();
        int code = MuCommand.Run(args, output, errors);
        return (code, output.ToString().ReplaceLineEndings("\n"), errors.ToString().ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("fib.uir", "6765\n", "20")]
    [InlineData("vectors.uir", "6\n2\n9\n", "@mixed")]
    [InlineData("vectors.uir", "6\n2\n9\n", "mixed")]
    [InlineData("vectors.uir", "-100\n", "@total", "{1 2 -3", "-100}")]
    [InlineData("common_instructions.uir", "1.5\n2\n3\n2\n2.25\n", "@floats", "2.25")]
    [InlineData("common_instructions.uir", "0\n-3\n-2\n-2\n2.5\n", "@floats", "-2.5")]
    [InlineData("pointers.uir", "591751049\n4886718345\n", "@cast", "0x123456789")]
    public void Run_prints_the_results_of_a_function(string file, string expected, params string[] call)
    {
        foreach (string[] options in (string[][])[[], ["--engine", "interpreter"], ["--gc-stress", "--verify-heap", "--max-heap", "32"]])
            Assert.Equal((0, expected, ""), Run(["run", Program(file), .. call, .. options]));
    }

    [Fact]
    public void An_image_of_a_prepared_heap_runs()
    {
        string text = Path.GetTempFileName(), image = Path.GetTempFileName(), again = Path.GetTempFileName();
        try
        {
            File.WriteAllText(text, Images.ImageProgram.Text);
            foreach (string engine in (string[])["jit", "interpreter"])
            {
                Assert.Equal((0, "", ""), Run("image", text, "-o", image, "--call", "@build", "--primordial", "@check", "--engine", engine));
                Assert.Equal((0, "", ""), Run("image", image, "-o", again));
                foreach (string file in (string[])[image, again])
                {
                    Assert.Equal((0, $"{Images.ImageProgram.Sum}\n", ""), Run("run", file, "--engine", engine));
                    Assert.Equal((0, "42\n", ""), Run("run", file, "@twice", "21", "--engine", engine));
                }
            }

            File.WriteAllBytes(image, File.ReadAllBytes(image)[..^3]);
            (int code, _, string errors) = Run("run", image);
            Assert.True(code == 1 && errors.StartsWith("mu: the image is damaged", StringComparison.Ordinal) && errors.Count(c => c == '\n') == 1, errors);
        }
        finally
        {
            foreach (string file in (string[])[text, image, again]) File.Delete(file);
        }
    }

    [Fact]
    public void Run_enables_watchpoints_and_prints_statistics()
    {
        Assert.Equal((0, "103\n", ""), Run("run", Program("watchpoints.uir"), "@branch", "3", "--watchpoint", "7"));
        Assert.Contains("collections in", Run("run", Program("fib.uir"), "3", "--gc-statistics").Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no such file", "mu: Could not find file", "run", "absent.uir")]
    [InlineData("uncaught", "mu: uncaught ", "run", "exception_uncaught.uir", "1")]
    [InlineData("trap", "mu: TRAP without a trap handler", "run", "watchpoints.uir", "@trap", "1", "--watchpoint", "8")]
    [InlineData("function", "mu: the bundle has no function @g: it has @", "run", "fib.uir", "@g")]
    [InlineData("missing", "mu: argument 0 is missing", "run", "fib.uir")]
    [InlineData("surplus", "mu: @main takes 1 arguments; 2 is too much", "run", "fib.uir", "1", "2")]
    [InlineData("word", "mu: argument 0: expected an integer of 64 bits, found abc", "run", "fib.uir", "abc")]
    [InlineData("fraction", "mu: argument 0: expected an integer of 64 bits, found 1.5", "run", "fib.uir", "1.5")]
    [InlineData("number", "mu: argument 0: expected a number, found x", "run", "common_instructions.uir", "floats", "x")]
    [InlineData("option", "mu: mu run has no option --engin", "run", "fib.uir", "5", "--engin", "jit")]
    [InlineData("short option", "mu: mu run has no option -x", "run", "fib.uir", "5", "-x")]
    [InlineData("range", "mu: argument 0: 1000 does not fit int<8>", "run", "narrow_ints.uir", "1000")]
    public void What_is_wrong_is_told_in_one_line(string what, string message, params string[] args)
    {
        args[1] = Program(args[1]);
        (int code, string output, string errors) = Run(args);
        Assert.Equal((what, 1, ""), (what, code, output));
        Assert.StartsWith(message, errors, StringComparison.Ordinal);
        Assert.Single(errors.TrimEnd().Split('\n'));
    }

    [Fact]
    public void What_is_wrong_with_a_bundle_has_file_line_and_column()
    {
        string broken = Path.GetTempFileName();
        File.WriteAllText(broken, """
            .typedef @i32 = int<32>
            .funcdef @main <(int<64>) -> (int<64>)> {
              %entry(<int<64>> %x):
                %y = ADD <@i32> %x %x
                RET %y
            }
            .typedef @wide = int<65>
            """);
        string at = Path.GetFileName(broken);
        string[] expected =
        [
            $"{at}:7:10: @wide: an int has 1 to 64 bits, or 128",
            $"{at}:4:10: @main.v0.entry, instruction 0 (ADD): left operand @main.v0.entry.x: expected @i32, found int<64>",
            $"{at}:4:10: @main.v0.entry, instruction 0 (ADD): right operand @main.v0.entry.x: expected @i32, found int<64>",
            $"{at}:5:5: @main.v0.entry, instruction 1 (RET): returned value @main.v0.entry.y: expected int<64>, found @i32",
        ];
        string text = string.Join('\n', expected) + "\n";
        Assert.Equal((1, "", text), Run("run", broken, "1"));
        Assert.Equal((1, "", text), Run("disasm", broken));
        Assert.Equal((1, text, ""), Run("verify", broken));
        File.WriteAllBytes(broken, [1, 0, 2]);
        Assert.Equal((1, "", $"mu: {at} is no text; expected a bundle in text form\n"), Run("verify", broken));
        File.Delete(broken);
    }

    [Fact]
    public void An_image_is_disassembled_and_is_no_text()
    {
        string image = Path.GetTempFileName();
        Assert.Equal(0, Run("image", Program("fib.uir"), "-o", image).Code);
        Assert.Contains("== asm main", Run("disasm", image).Output, StringComparison.Ordinal);
        foreach (string command in (string[])["verify", "print"])
            Assert.Equal((1, "", $"mu: {Path.GetFileName(image)} is a boot image, which is run and disassembled; expected a bundle in text form\n"), Run(command, image));
        File.Delete(image);
    }

    [Fact]
    public void Verify_names_what_is_wrong_with_each_file()
    {
        string broken = Path.GetTempFileName();
        File.WriteAllText(broken, ".typedef @t = struct<@t>\n.typedef @u = int<65>\n");
        (int code, string output, _) = Run("verify", Program("fib.uir"), broken);
        File.WriteAllText(broken, ".typedef ?\n");
        (int syntax, string unreadable, _) = Run("verify", broken);
        File.Delete(broken);
        Assert.Equal((1, 1), (code, syntax));
        Assert.Contains("fib.uir: well-formed\n", output, StringComparison.Ordinal);
        Assert.Contains("@t contains itself by value", output, StringComparison.Ordinal);
        Assert.Contains("an int has 1 to 64 bits, or 128", output, StringComparison.Ordinal);
        Assert.Contains(":1:10:", unreadable, StringComparison.Ordinal);
    }

    [Fact]
    public void Print_gives_the_canonical_form_and_disasm_each_stage()
    {
        Assert.Contains(".funcdef @main VERSION", Run("print", Program("fib.uir")).Output, StringComparison.Ordinal);
        Assert.Contains("imul ", Run("disasm", Program("int128.uir"), "@factorial").Output, StringComparison.Ordinal);
        Assert.Contains("== ssa factorial", Run("disasm", Program("int128.uir"), "@factorial", "--stage", "ssa").Output, StringComparison.Ordinal);
        Assert.Contains("== ra parts", Run("disasm", Program("int128.uir"), "--stage", "ra").Output, StringComparison.Ordinal);
        Assert.NotEqual(0, Run("disasm", Program("fib.uir"), "--stage", "nothing").Code);
    }
}
