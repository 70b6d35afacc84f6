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
        var repeat = new Option<int>("--repeat") { Description = "Runs of each program on each engine.", DefaultValueFactory = _ => 5 };
        var filter = new Option<string>("--filter") { Description = "Only programs whose name matches this regular expression.", DefaultValueFactory = _ => "" };
        var peers = new Option<string>("--peers") { Description = "Comma-separated peers to look for on PATH.", DefaultValueFactory = _ => "lua5.4,luajit" };
        var commands = new Option<string[]>("--command") { Description = "A further engine, NAME=COMMAND; may be given again." };
        var noMulua = new Option<bool>("--no-mulua") { Description = "Compare the peers alone." };
        var timeout = new Option<double>("--timeout") { Description = "Seconds after which a run is stopped.", DefaultValueFactory = _ => 60 };
        var output = new Option<DirectoryInfo?>("--out") { Description = "Folder for the CSV file and the plot (bench/results)." };
        repeat.Validators.Add(r => { if (r.GetValue(repeat) < 1) r.AddError("--repeat must be at least 1."); });
        timeout.Validators.Add(r => { if (r.GetValue(timeout) <= 0) r.AddError("--timeout must be more than 0."); });

        var command = new RootCommand("Runs the Lua benchmark programs on mulua and on its peers, side by side.")
        {
            root, repeat, filter, peers, commands, noMulua, timeout, output,
        };
        command.SetAction(parsed =>
        {
            try
            {
                var rootPath = parsed.GetValue(root)!.FullName;
                var engines = Engine.Find(
                    parsed.GetValue(noMulua) ? null : Path.Combine(rootPath, "mulua"),
                    parsed.GetValue(peers)!.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
                    parsed.GetValue(commands) ?? []);
                var programs = FindPrograms(Path.Combine(rootPath, "bench", "lua"), parsed.GetValue(filter)!);
                var outPath = parsed.GetValue(output)?.FullName ?? Path.Combine(rootPath, "bench", "results");
                return Run(engines, programs, parsed.GetValue(repeat), TimeSpan.FromSeconds(parsed.GetValue(timeout)), outPath);
            }
            catch (BenchException e)
            {
                Console.Error.WriteLine($"bench: {e.Message}");
                return 2;
            }
        });
        return command.Parse(args).Invoke();
    }

    private static int Run(IReadOnlyList<Engine> engines, IReadOnlyList<string> programs, int repeat, TimeSpan timeout, string outPath)
    {
        var comparisons = new List<Comparison>();
        foreach (var program in programs)
        {
            if (!Console.IsErrorRedirected)
                Console.Error.Write($"\r\u001b[K{Path.GetFileNameWithoutExtension(program)} ({comparisons.Count + 1}/{programs.Count})");
            comparisons.Add(Comparison.Run(program, engines, repeat, timeout));
        }
        if (!Console.IsErrorRedirected)
            Console.Error.Write("\r\u001b[K");
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = 160; // a file has no width of its own; 80 would wrap the table
            AnsiConsole.Profile.Capabilities.Ansi = false;
            AnsiConsole.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
        }

        var baseline = Math.Max(0, engines.ToList().FindIndex(e => e.Name == "lua5.4"));
        AnsiConsole.Write(ResultTable.Of(comparisons, engines, baseline));
        var problems = ResultTable.Problems(comparisons);
        foreach (var line in problems)
            Console.WriteLine(line);
        Directory.CreateDirectory(outPath);
        File.WriteAllText(Path.Combine(outPath, "lua.csv"), CsvReport.Of(comparisons, baseline));
        File.WriteAllText(Path.Combine(outPath, "lua.svg"), RatioPlot.Of(comparisons, engines, baseline));
        Console.WriteLine($"Written: {Path.Combine(outPath, "lua.csv")} and lua.svg");
        return problems.Count == 0 ? 0 : 1;
    }

    private static List<string> FindPrograms(string folder, string filter)
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
        var found = Directory.GetFiles(folder, "*.lua")
            .Where(path => pattern.IsMatch(Path.GetFileNameWithoutExtension(path)))
            .Order(StringComparer.Ordinal).ToList();
        return found.Count > 0 ? found : throw new BenchException($"no program in {folder} matches '{filter}'");
    }
}
