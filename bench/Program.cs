using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using Spectre.Console;

namespace Mu.Bench;

/// <summary>The command line: which programs run on which engines, and where the results go.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var root = new Option<DirectoryInfo>("--root")
        {
            Description = "Root of the repository.",
            DefaultValueFactory = _ => new DirectoryInfo(Environment.CurrentDirectory),
        };
        var suites = new Option<string>("--suite") { Description = "lua or rpython: which programs.", DefaultValueFactory = _ => "lua" };
        suites.AcceptOnlyFromAmong("lua", "rpython");
        var repeat = new Option<int>("--repeat") { Description = "Runs of each program on each engine.", DefaultValueFactory = _ => 5 };
        var filter = new Option<string>("--filter") { Description = "Only programs whose name matches this regular expression.", DefaultValueFactory = _ => "" };
        var peers = new Option<string>("--peers") { Description = "Comma-separated peers to look for on PATH (lua5.4,luajit or pypy3,python3).", DefaultValueFactory = _ => "" };
        var commands = new Option<string[]>("--command") { Description = "A further engine, NAME=COMMAND; may be given again." };
        var noMulua = new Option<bool>("--no-mulua") { Description = "Compare the peers alone." };
        var timeout = new Option<double>("--timeout") { Description = "Seconds after which a run is stopped.", DefaultValueFactory = _ => 60 };
        var output = new Option<DirectoryInfo?>("--out") { Description = "Folder for the CSV file and the plot (bench/results)." };
        repeat.Validators.Add(r => { if (r.GetValue(repeat) < 1) r.AddError("--repeat must be at least 1."); });
        timeout.Validators.Add(r => { if (r.GetValue(timeout) <= 0) r.AddError("--timeout must be more than 0."); });

        var command = new RootCommand("Runs the benchmark programs on mulua or murpy and on the peers, side by side.")
        {
            root, suites, repeat, filter, peers, commands, noMulua, timeout, output,
        };
        command.SetAction(parsed =>
        {
            try
            {
                var rootPath = parsed.GetValue(root)!.FullName;
                var suite = parsed.GetValue(suites) == "rpython" ? Suite.RPython : Suite.Lua;
                var engines = Engine.Find(
                    parsed.GetValue(noMulua) ? null : Path.Combine(rootPath, suite.Command),
                    (parsed.GetValue(peers) is { Length: > 0 } chosen ? chosen : suite.Peers).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
                    parsed.GetValue(commands) ?? []);
                if (!parsed.GetValue(noMulua)) engines[0].Prepare(suite.VersionOption);
                var programs = FindPrograms(Path.Combine(rootPath, "bench", suite.Name), suite.Extension, parsed.GetValue(filter)!);
                var outPath = parsed.GetValue(output)?.FullName ?? Path.Combine(rootPath, "bench", "results");
                return Run(suite, engines, programs, parsed.GetValue(repeat), TimeSpan.FromSeconds(parsed.GetValue(timeout)), outPath);
            }
            catch (BenchException e)
            {
                Console.Error.WriteLine($"bench: {e.Message}");
                return 2;
            }
        });
        return command.Parse(args).Invoke();
    }

    private static int Run(Suite suite, IReadOnlyList<Engine> engines, IReadOnlyList<string> programs, int repeat, TimeSpan timeout, string outPath)
    {
        var comparisons = new List<Comparison>();
        foreach (var program in programs)
        {
            if (!Console.IsErrorRedirected)
                Console.Error.Write($"\r\u001b[K{Path.GetFileNameWithoutExtension(program)} ({comparisons.Count + 1}/{programs.Count})");
            comparisons.Add(Comparison.Run(program, engines, suite.Reference, repeat, timeout));
        }
        if (!Console.IsErrorRedirected)
            Console.Error.Write("\r\u001b[K");
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = 160; // a file has no width of its own; 80 would wrap the table
            AnsiConsole.Profile.Capabilities.Ansi = false;
            AnsiConsole.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
        }

        var baseline = Math.Max(0, engines.ToList().FindIndex(e => e.Name == suite.Reference));
        AnsiConsole.Write(ResultTable.Of(comparisons, engines, baseline));
        var problems = ResultTable.Problems(comparisons);
        foreach (var line in problems)
            Console.WriteLine(line);
        Directory.CreateDirectory(outPath);
        File.WriteAllText(Path.Combine(outPath, $"{suite.Name}.csv"), CsvReport.Of(comparisons, baseline));
        File.WriteAllText(Path.Combine(outPath, $"{suite.Name}.svg"), RatioPlot.Of(comparisons, engines, baseline));
        Console.WriteLine($"Written: {Path.Combine(outPath, $"{suite.Name}.csv")} and {suite.Name}.svg");
        return problems.Count == 0 ? 0 : 1;
    }

    private static List<string> FindPrograms(string folder, string extension, string filter)
    {
        if (!Directory.Exists(folder))
            throw new BenchException($"no such folder: {folder}");
        Regex pattern;
        try
        {
            pattern = new Regex(filter);
        }
        catch (ArgumentException e)
        {
            throw new BenchException($"--filter: {e.Message}");
        }
        var found = Directory.GetFiles(folder, $"*.{extension}")
            .Where(path => pattern.IsMatch(Path.GetFileNameWithoutExtension(path)))
            .Order(StringComparer.Ordinal).ToList();
        return found.Count > 0 ? found : throw new BenchException($"no program in {folder} matches '{filter}'");
    }
}
