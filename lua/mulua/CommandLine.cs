using Mu.Lua.Diagnostics;
using Mu.Lua.Runtime;

namespace Mu.Lua.Command;

/// <summary>What to do before the script, in the order given: -e chunks and -l modules.</summary>
internal readonly record struct Preliminary(bool IsModule, string Text);

/// <summary>
/// The command line of <c>lua</c> (lua.c's collectargs), with our own long options. Its grammar (options end at the script, whose arguments are its own; options may carry
/// their value attached) is written out here because it is a fixed one of lua.c's that general option parsers do not have.
/// </summary>
internal sealed record CommandLine
{
    public List<Preliminary> Preliminaries { get; } = [];

    public bool IsInteractive { get; private set; }

    public bool ShowsVersion { get; private set; }

    public bool IgnoresEnvironment { get; private set; }

    public bool WarningsOn { get; private set; }

    public bool UsesInterpreter { get; private set; }

    public bool StressesCollector { get; private set; }

    public bool ShowsStatistics { get; private set; }

    /// <summary>The file for a profile; null for none.</summary>
    public string? Profile { get; private set; }

    /// <summary>The stages to print, separated by commas, and the function; null for none.</summary>
    public (string Stages, string Function)? Dump { get; private set; }

    public int HotRuns { get; private set; } = LuaRuntime.UsualHotRuns;

    /// <summary>Index of the script in the arguments; their number when there is none.</summary>
    public int Script { get; private set; }

    /// <summary>What is wrong with the command line; null if nothing.</summary>
    public string? Error { get; private set; }

    public static CommandLine Parse(IReadOnlyList<string> args)
    {
        var line = new CommandLine();
        int i = 0;
        for (; i < args.Count && args[i].StartsWith('-') && args[i] != "-" && line.Error is null; i++)
        {
            if (args[i] == "--")
            {
                i++;
                break;
            }
            i = args[i].StartsWith("--", StringComparison.Ordinal) ? line.TakeLong(args, i) : line.TakeShort(args, i);
        }
        line.Script = i;
        return line;
    }

    private int TakeShort(IReadOnlyList<string> args, int i)
    {
        string option = args[i];
        switch (option[1])
        {
            case 'i' when option.Length == 2: IsInteractive = ShowsVersion = true; return i;
            case 'v' when option.Length == 2: ShowsVersion = true; return i;
            case 'E' when option.Length == 2: IgnoresEnvironment = true; return i;
            case 'W' when option.Length == 2: WarningsOn = true; return i;
            case 'e' or 'l':
            {
                bool isAttached = option.Length > 2;
                if (!isAttached && (i + 1 >= args.Count || args[i + 1].StartsWith('-')))
                {
                    Error = $"'{option}' needs argument";
                    return i;
                }
                Preliminaries.Add(new(option[1] == 'l', isAttached ? option[2..] : args[i + 1]));
                return isAttached ? i : i + 1;
            }
            default:
                Error = $"unrecognized option '{option}'";
                return i;
        }
    }

    private int TakeLong(IReadOnlyList<string> args, int i)
    {
        switch (args[i])
        {
            case "--engine=jit": break;
            case "--engine=interpreter": UsesInterpreter = true; break;
            case "--stats": ShowsStatistics = true; break;
            case "--profile" when i + 1 < args.Count: Profile = args[++i]; break;
            case var option when option.StartsWith("--dump=", StringComparison.Ordinal): return TakeDump(args, i);
            case "--gc-stress": StressesCollector = true; break;
            case var option when option.StartsWith("--hot=", StringComparison.Ordinal) && int.TryParse(option.AsSpan(6), out int runs) && runs > 0: HotRuns = runs; break;
            default: Error = $"unrecognized option '{args[i]}'"; break;
        }
        return i;
    }

    private int TakeDump(IReadOnlyList<string> args, int i)
    {
        string stages = args[i]["--dump=".Length..];
        if (stages.Split(',').FirstOrDefault(stage => !FunctionDumps.Stages.Contains(stage)) is { } unknown)
            Error = $"unknown stage '{unknown}' in '{args[i]}': there are {string.Join(", ", FunctionDumps.Stages)}";
        else if (i + 1 >= args.Count) Error = $"'{args[i]}' needs the name of a function";
        else Dump = (stages, args[++i]);
        return i;
    }

    public const string Usage = """
        usage: mulua [options] [script [args]]
        Available options are:
          -e stat   execute string 'stat'
          -i        enter interactive mode after executing 'script'
          -l mod    require library 'mod' into global 'mod'
          -l g=mod  require library 'mod' into global 'g'
          -v        show version information
          -E        ignore environment variables
          -W        turn warnings on
          --        stop handling options
          -         stop handling options and execute stdin
          --engine=jit|interpreter   how the micro VM runs code
          --gc-stress                collect and move objects at every opportunity
          --hot=N                    runs of a function after which it is compiled again, for what it has been given (4000)
          --dump=STAGES FUNCTION     print what becomes of a function: ast, ir, ssa, lir, ra, asm; by name, LINE, FILE:LINE, main or '*'
          --stats                    tell what was compiled and collected, on standard error
          --profile FILE             write where the time went, as a profile for speedscope
        """;
}
