using System.CommandLine;
using Mu.Core.Api;
using Mu.Core.Text;
using Mu.Core.Verification;

namespace Mu.Tool;

/// <summary>The command line of <c>mu</c>: bundles in text form are run, verified, printed in the canonical form, and disassembled.</summary>
internal static class MuCommand
{
    /// <summary>Runs the command; gives the exit code: 0, or 1 when something is wrong with a file or a program.</summary>
    public static int Run(string[] args, TextWriter output, TextWriter errors)
    {
        var root = new RootCommand("The Mu micro virtual machine: runs, verifies, prints and disassembles Mu IR (.uir), and makes boot images.")
        {
            RunCommand(output), VerifyCommand(output), PrintCommand(output), DisassembleCommand(output), ImageCommand(),
        };
        // Names of functions begin with @, which is not to mean a file of arguments.
        ParseResult line = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var configuration = new InvocationConfiguration { Output = output, Error = errors, EnableDefaultExceptionHandler = false };
        try
        {
            return line.Invoke(configuration);
        }
        catch (Exception failure) when (Actions.IsReported(failure))
        {
            // What is wrong with a text says where it is; everything else, who complains.
            errors.WriteLine(failure is UirException or MalformedBundleException ? failure.Message : $"mu: {failure.Message}");
            return 1;
        }
    }

    private static Argument<FileInfo> File() => new("file") { Description = "a bundle in text form (.uir), or a boot image" };

    private static Option<Dialect> DialectOption() =>
        new("--dialect") { Description = "the text form: mu, or zebu for names without sigils and constants in the place of values", DefaultValueFactory = _ => Dialect.Mu };

    private static Command RunCommand(TextWriter output)
    {
        Argument<FileInfo> file = File();
        var words = new Argument<string[]>("call")
        {
            Description = "the function, as @name (default: @main; the @ may be left out), and its arguments: 12 -0x10 2.5 +inf true null; aggregates as {1 2}",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var engine = new Option<EngineKind>("--engine") { Description = "what runs the program", DefaultValueFactory = _ => EngineKind.Jit };
        var stress = new Option<bool>("--gc-stress") { Description = "collect and move objects at every safepoint" };
        var verifyHeap = new Option<bool>("--verify-heap") { Description = "check every reference of the heap after each collection" };
        var heap = new Option<ulong?>("--max-heap") { Description = "most megabytes of the heap" };
        var hail = new Option<FileInfo[]>("--hail") { Description = "HAIL scripts to load before the call", Arity = ArgumentArity.OneOrMore };
        var watchpoints = new Option<int[]>("--watchpoint") { Description = "enable a watchpoint", Arity = ArgumentArity.OneOrMore };
        var statistics = new Option<bool>("--gc-statistics") { Description = "print what the collector has done, to standard error" };
        Option<Dialect> dialect = DialectOption();
        var command = new Command("run", "Loads a bundle and calls a function; prints its results.") { file, words, engine, stress, verifyHeap, heap, hail, watchpoints, statistics, dialect };
        // Negative numbers are arguments and no options.
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(line =>
        {
            string[] call = [.. line.GetValue(words) ?? [], .. line.UnmatchedTokens];
            if (Array.Find(call, IsOption) is { } unknown) throw new ArgumentException($"mu run has no option {unknown}; mu run --help shows those that there are");
            var options = new MuVMOptions
            {
                Engine = line.GetValue(engine), CollectorStress = line.GetValue(stress), VerifyHeap = line.GetValue(verifyHeap), MaxHeap = line.GetValue(heap) is { } megabytes ? megabytes << 20 : null,
            };
            Actions.Run(line.GetValue(file)!, line.GetValue(dialect), call, options, line.GetValue(hail) ?? [], line.GetValue(watchpoints) ?? [], output,
                line.GetValue(statistics) ? line.InvocationConfiguration.Error : null);
            return 0;
        });
        return command;
    }

    /// <summary>No argument of a function looks like this.</summary>
    private static bool IsOption(string token) => token.StartsWith("--", StringComparison.Ordinal) || token.Length > 1 && token[0] == '-' && char.IsLetter(token[1]) && token != "-inf";

    private static Command VerifyCommand(TextWriter output)
    {
        var files = new Argument<FileInfo[]>("files") { Description = "bundles in text form (.uir); later ones may refer to earlier ones", Arity = ArgumentArity.OneOrMore };
        Option<Dialect> dialect = DialectOption();
        var command = new Command("verify", "Says whether bundles are well-formed, and what is wrong with them.") { files, dialect };
        command.SetAction(line => Actions.Verify(line.GetValue(files)!, line.GetValue(dialect), output) ? 0 : 1);
        return command;
    }

    private static Command PrintCommand(TextWriter output)
    {
        Argument<FileInfo> file = File();
        Option<Dialect> dialect = DialectOption();
        var command = new Command("print", "Prints a bundle in the canonical text form.") { file, dialect };
        command.SetAction(line => Actions.Print(line.GetValue(file)!, line.GetValue(dialect), output));
        return command;
    }

    private static Command DisassembleCommand(TextWriter output)
    {
        Argument<FileInfo> file = File();
        var function = new Argument<string?>("function") { Description = "one function, as @name; all if left out", Arity = ArgumentArity.ZeroOrOne };
        var stage = new Option<string>("--stage") { Description = "asm, or an earlier stage: ssa, lir (before register allocation), ra (after it)", DefaultValueFactory = _ => "asm" };
        stage.AcceptOnlyFromAmong("asm", "ssa", "lir", "ra");
        var command = new Command("disasm", "Prints the machine code of functions.") { file, function, stage };
        command.SetAction(line => Actions.Disassemble(line.GetValue(file)!, line.GetValue(function), line.GetValue(stage)!, output));
        return command;
    }

    private static Command ImageCommand()
    {
        var files = new Argument<FileInfo[]>("files") { Description = "bundles in text form (.uir), HAIL scripts (.hail) and boot images; later ones may refer to earlier ones", Arity = ArgumentArity.OneOrMore };
        var image = new Option<FileInfo>("--output", "-o") { Description = "the file to write", Required = true };
        var prepare = new Option<string?>("--call") { Description = "a function without parameters that is called first, as @name: what it leaves in global cells is in the image" };
        var primordial = new Option<string?>("--primordial") { Description = "the function with which whoever runs the image begins, as @name (default: @main)" };
        var engine = new Option<EngineKind>("--engine") { Description = "what runs the function", DefaultValueFactory = _ => EngineKind.Jit };
        var command = new Command("image", "Writes code, global cells and the objects that they reach into one file, which mu run goes on from.") { files, image, prepare, primordial, engine };
        command.SetAction(line =>
            Actions.MakeImage(line.GetValue(files)!, line.GetValue(image)!, line.GetValue(prepare), line.GetValue(primordial), new MuVMOptions { Engine = line.GetValue(engine) }));
        return command;
    }
}
