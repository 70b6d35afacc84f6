namespace Mu.Bench;

/// <summary>Something that runs a program: a name for the table and the command that gets the program's path appended.</summary>
internal sealed record Engine(string Name, IReadOnlyList<string> Command)
{
    /// <summary>Our command (unless its path is null), the peers found on PATH, and the commands given as NAME=COMMAND, in this order.</summary>
    public static List<Engine> Find(string? ownPath, IEnumerable<string> peers, IEnumerable<string> commands)
    {
        var engines = new List<Engine>();
        if (ownPath is not null)
        {
            if (!File.Exists(ownPath))
                throw new BenchException($"{ownPath} does not exist: build it first, or compare the peers alone with --no-mulua");
            engines.Add(new Engine(Path.GetFileName(ownPath), [ownPath]));
        }
        foreach (var peer in peers)
        {
            if (OnPath(peer) is { } path)
                engines.Add(new Engine(peer, [path]));
            else
                Console.Error.WriteLine($"bench: {peer} is not on PATH, left out");
        }
        foreach (var text in commands)
        {
            var (name, words) = text.Split('=', 2) is [{ Length: > 0 } n, { Length: > 0 } c]
                ? (n, c.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                : throw new BenchException($"--command wants NAME=COMMAND, not '{text}'");
            words[0] = OnPath(words[0]) ?? throw new BenchException($"--command {name}: {words[0]} not found");
            engines.Add(new Engine(name, words));
        }
        if (engines.Select(e => e.Name).Distinct().Count() != engines.Count)
            throw new BenchException("two engines have the same name");
        return engines.Count > 0 ? engines : throw new BenchException("no engine to run");
    }

    /// <summary>Runs the command untimed with an option that makes it do nothing: the launcher builds what is not up to date.</summary>
    public void Prepare(string option)
    {
        var run = ChildProcess.Measure([.. Command, option], TimeSpan.FromMinutes(10));
        if (run.ExitCode != 0) throw new BenchException($"{Name} {option}: exit code {run.ExitCode}: {run.FirstErrorLine}");
    }

    private static string? OnPath(string command)
    {
        if (command.Contains('/'))
            return File.Exists(command) ? Path.GetFullPath(command) : null;
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Select(folder => Path.Combine(folder, command))
            .FirstOrDefault(File.Exists);
    }
}
