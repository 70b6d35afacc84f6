using System.Diagnostics;
using Mu.Core.Api;
using Mu.Core.Images;
using Mu.Core.IR;
using Mu.Core.Text;
using Mu.RPython.Annotation;
using Mu.RPython.Compilation;
using Mu.RPython.Runtime;

namespace Mu.RPython.Command;

/// <summary>What the command was asked to do. Options end at the program: what follows is the program's.</summary>
internal sealed class CommandLine
{
    private const string Usage = """
        usage: murpy [options] program.py [args]       compile and run
               murpy [options] program.mub [args]      run what was saved
               murpy build program.py -o program.mub   compile and save
          --engine=jit|interpreter           how the micro VM runs code
          --gc-stress                        collect and move objects at every opportunity
          --dump=flow|types|ir|asm FUNCTION  show a function (a part of its name, or "all") instead of running
          --stats                            lines, functions and times on standard error
          --help, --version
        """;

    private string program = "";
    private string[] arguments = [];
    private EngineKind engine;
    private bool stresses, shows;
    private string dump = "", function = "", saveAs = "", answer = "";

    public static CommandLine? Parse(string[] args)
    {
        if (args is ["build", var source, "-o", var target]) return new CommandLine { program = source, saveAs = target };
        var line = new CommandLine();
        int i = 0;
        for (; i < args.Length && args[i].StartsWith('-'); i++)
            switch (args[i])
            {
                case "--engine=jit": line.engine = EngineKind.Jit; break;
                case "--engine=interpreter": line.engine = EngineKind.Interpreter; break;
                case "--gc-stress": line.stresses = true; break;
                case "--stats": line.shows = true; break;
                case "--dump=flow" or "--dump=types" or "--dump=ir" or "--dump=asm" when i + 1 < args.Length:
                    line.dump = args[i]["--dump=".Length..];
                    line.function = args[++i];
                    break;
                case "--help": return new CommandLine { answer = Usage };
                case "--version": return new CommandLine { answer = $"murpy {typeof(CommandLine).Assembly.GetName().Version?.ToString(3)}" };
                default:
                    Console.Error.WriteLine($"murpy: unknown option {args[i]}\n{Usage}");
                    return null;
            }
        if (i == args.Length)
        {
            Console.Error.WriteLine(Usage);
            return null;
        }
        line.program = args[i];
        line.arguments = args[(i + 1)..];
        return line;
    }

    /// <summary>Compiles and runs; the exit code.</summary>
    public int Run()
    {
        if (answer.Length > 0)
        {
            Console.WriteLine(answer);
            return 0;
        }
        if (!File.Exists(program))
        {
            Console.Error.WriteLine($"murpy: {program}: No such file");
            return 2;
        }
        var options = new MuVMOptions { Engine = engine, CollectorStress = stresses };
        if (saveAs.Length == 0 && SavedProgram.IsSaved(program)) return RunSaved(options);
        var clock = Stopwatch.StartNew();
        using var progress = new ProgressLine(clock);
        var compiler = new ProgramCompiler(program, arguments, progress.Show);
        var compiled = compiler.Compile();
        progress.Dispose();
        if (dump.Length > 0 && dump != "asm") Dump(compiler);
        foreach (string error in compiler.Errors) Console.Error.WriteLine(error);
        if (shows) Console.Error.WriteLine($"murpy: {compiler.SourceLines} lines, {compiler.Functions.Count} functions annotated, {compiler.Lowered.Count} lowered, {clock.ElapsedMilliseconds} ms");
        if (compiled is null) return 1;
        if (dump.Length > 0 && dump != "asm") return 0;
        try
        {
            return Run(compiled, options);
        }
        catch (NativeLibraryException e)
        {
            Console.Error.WriteLine($"murpy: {program}: {e.Message}");
            return 1;
        }
    }

    private int Run(CompiledProgram compiled, MuVMOptions options)
    {
        if (saveAs.Length > 0 && compiled.Natives.FirstOrDefault(NativeLibraries.HasSources) is { } native)
        {
            Console.Error.WriteLine($"murpy: {program}: a program with C sources of its own ({native.Name}) cannot be saved");
            return 1;
        }
        using var machine = new RPythonMachine(compiled, options, Debugger.IsAttached || Environment.GetEnvironmentVariable("MURPY_VERIFY") is not null);
        if (saveAs.Length > 0) return Save(machine);
        if (dump.Length == 0) return machine.Run([program, .. arguments]);
        machine.Disassemble(compiled.Bundle.Versions, function, Console.Out);
        return 0;
    }

    private int RunSaved(MuVMOptions options)
    {
        try
        {
            using var file = File.OpenRead(program);
            using var machine = new RPythonMachine(file, options);
            return machine.Run([program, .. arguments]);
        }
        catch (MuImageException e)
        {
            Console.Error.WriteLine($"murpy: {program}: {e.Message}");
            return 1;
        }
    }

    /// <summary>Written whole or not at all.</summary>
    private int Save(RPythonMachine machine)
    {
        using var contents = new MemoryStream();
        machine.Save(contents);
        File.WriteAllBytes(saveAs, contents.ToArray());
        return 0;
    }

    private void Dump(ProgramCompiler compiler)
    {
        foreach (var f in compiler.Functions)
        {
            if (function != "all" && !f.Name.Contains(function, StringComparison.Ordinal)) continue;
            if (dump == "ir") DumpIr(compiler, f);
            else Console.WriteLine(f.Graph.Dump(dump == "types"));
        }
    }

    private static void DumpIr(ProgramCompiler compiler, AnnotatedFunction f)
    {
        if (!compiler.Lowered.TryGetValue(f, out var lowered)) return;
        var bundle = new Bundle();
        bundle.Functions.Add(lowered);
        bundle.Versions.AddRange(compiler.Bundle!.Versions.Where(v => v.Function == lowered));
        Console.WriteLine(UirPrinter.Print(bundle));
    }
}
