using Mu.Core.Api;

namespace Mu.RPython.Command;

/// <summary>What the command was asked to do. Options end at the program: what follows is the program's.</summary>
internal sealed record CommandLine
{
    private const string Usage = """
        usage: murpy [options] program.py [args]       compile and run
               murpy [options] program.mub [args]      run what was saved
               murpy build [options] program.py -o program.mub
                                                       compile and save
          --engine=jit|interpreter           how the micro VM runs code
          --gc-stress                        collect and move objects at every opportunity
          --dump=flow|types|ir|asm FUNCTION  show a function (a part of its name, or "all") instead of running
          --stats                            lines, functions, and times of compilation on standard error
          --help, --version
        """;

    public string Program { get; private set; } = "";

    public string[] Arguments { get; private set; } = [];

    /// <summary>The file to save the compiled program in; empty when it is to run.</summary>
    public string SaveAs { get; private set; } = "";

    /// <summary>What to show of functions: flow, types, ir or asm; empty for nothing.</summary>
    public string Dump { get; private set; } = "";

    /// <summary>The functions to show: a part of their names, or "all".</summary>
    public string Function { get; private set; } = "";

    public EngineKind Engine { get; private set; }

    public bool Stresses { get; private set; }

    public bool ShowsStatistics { get; private set; }

    private string answer = "";

    /// <summary>The command line; null after telling what is wrong with it.</summary>
    public static CommandLine? Parse(string[] args)
    {
        var line = new CommandLine();
        bool builds = args is ["build", ..];
        int i = builds ? 1 : 0;
        for (; i < args.Length && args[i].StartsWith('-'); i++)
            if (line.Option(args, ref i) is { } wrong) return Wrong(wrong);
        if (line.answer.Length > 0) return line;
        if (i == args.Length) return Wrong("the program is missing");
        line.Program = args[i];
        line.Arguments = args[(i + 1)..];
        if (!builds) return line;
        if (line.Arguments is not ["-o", var target]) return Wrong("build takes a program and -o with the file to save it in");
        if (line.Dump.Length > 0) return Wrong("build shows no functions");
        line.Arguments = [];
        line.SaveAs = target;
        return line;
    }

    private static CommandLine? Wrong(string message)
    {
        Console.Error.WriteLine($"murpy: {message}\n{Usage}");
        return null;
    }

    /// <summary>Takes an option; what is wrong with it, or null.</summary>
    private string? Option(string[] args, ref int at)
    {
        string option = args[at];
        switch (option)
        {
            case "--engine=jit": Engine = EngineKind.Jit; break;
            case "--engine=interpreter": Engine = EngineKind.Interpreter; break;
            case "--gc-stress": Stresses = true; break;
            case "--stats": ShowsStatistics = true; break;
            case "--dump=flow" or "--dump=types" or "--dump=ir" or "--dump=asm":
                if (at + 1 == args.Length) return $"{option} needs a FUNCTION to show";
                Dump = option["--dump=".Length..];
                Function = args[++at];
                break;
            case "--help": answer = Usage; break;
            case "--version": answer = $"murpy {typeof(CommandLine).Assembly.GetName().Version?.ToString(3)}"; break;
            default: return $"unknown option {option}";
        }
        return null;
    }

    /// <summary>Does it; the exit code.</summary>
    public int Run()
    {
        if (answer.Length == 0) return new ProgramRun(this).Run();
        Console.WriteLine(answer);
        return 0;
    }
}
