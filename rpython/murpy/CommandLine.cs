using System.Diagnostics;
using Mu.Core.Api;
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
        usage: murpy [options] program.py [args]
          --engine=jit|interpreter           how the micro VM runs code
          --gc-stress                        collect and move objects at every opportunity
          --dump=flow|types|ir FUNCTION      show a function (a part of its name, or "all") instead of running
          --stats                            lines, functions and times on standard error
        """;

    private string program = "";
    private string[] arguments = [];
    private EngineKind engine;
    private bool stresses, shows;
    private string dump = "", function = "";

    public static CommandLine? Parse(string[] args)
    {
        var line = new CommandLine();
        int i = 0;
        for (; i < args.Length && args[i].StartsWith('-'); i++)
            switch (args[i])
            {
                case "--engine=jit": line.engine = EngineKind.Jit; break;
                case "--engine=interpreter": line.engine = EngineKind.Interpreter; break;
                case "--gc-stress": line.stresses = true; break;
                case "--stats": line.shows = true; break;
                case "--dump=flow" or "--dump=types" or "--dump=ir" when i + 1 < args.Length:
                    line.dump = args[i]["--dump=".Length..];
                    line.function = args[++i];
                    break;
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
        if (!File.Exists(program))
        {
            Console.Error.WriteLine($"murpy: {program}: No such file");
            return 2;
        }
        var clock = Stopwatch.StartNew();
        var compiler = new ProgramCompiler(program, arguments);
        var compiled = compiler.Compile();
        if (dump.Length > 0) Dump(compiler);
        foreach (string error in compiler.Errors) Console.Error.WriteLine(error);
        if (shows) Console.Error.WriteLine($"murpy: {compiler.SourceLines} lines, {compiler.Functions.Count} functions annotated, {compiler.Lowered.Count} lowered, {clock.ElapsedMilliseconds} ms");
        if (compiled is null) return 1;
        if (dump.Length > 0) return 0;
        // The main program may nest deeply; the machine's own stacks are Mu's.
        using var machine = new RPythonMachine(compiled, new MuVMOptions { Engine = engine, CollectorStress = stresses }, Debugger.IsAttached || Environment.GetEnvironmentVariable("MURPY_VERIFY") is not null);
        return machine.Run();
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
