namespace Mu.Bench;

/// <summary>One engine's runs of one program: either times, or the reason why there are none.</summary>
internal sealed record Outcome(Engine Engine, IReadOnlyList<Run> Runs, string? Failure)
{
    public double Seconds => Statistics.Median([.. Runs.Select(r => r.Wall.TotalSeconds)]);

    public double UserSeconds => Statistics.Median([.. Runs.Select(r => r.User.TotalSeconds)]);

    public double PeakMegabytes => Statistics.Median([.. Runs.Select(r => r.PeakBytes / 1048576.0)]);
}

/// <summary>One program on all engines.</summary>
internal sealed record Comparison(string Program, IReadOnlyList<Outcome> Outcomes)
{
    /// <summary>
    /// Runs the program on the engines in turn (A B C A B C …), so that a machine that gets slower or busier does so for all of them.
    /// An engine that fails, or whose output differs from the first good peer's, is not run again and has no times.
    /// </summary>
    public static Comparison Run(string path, IReadOnlyList<Engine> engines, string authority, int repeat, TimeSpan timeout)
    {
        var runs = engines.Select(_ => new List<Run>()).ToArray();
        var failures = new string?[engines.Count];
        for (var round = 0; round < repeat; round++)
        {
            for (var i = 0; i < engines.Count; i++)
            {
                if (failures[i] is not null)
                    continue;
                var run = ChildProcess.Measure([.. engines[i].Command, path], timeout);
                failures[i] = FailureOf(run, timeout);
                runs[i].Add(run);
            }
            MarkDifferences(engines, authority, runs, failures);
        }
        return new Comparison(
            Path.GetFileNameWithoutExtension(path),
            [.. engines.Select((engine, i) => new Outcome(engine, runs[i], failures[i]))]);
    }

    /// <summary>How many times longer an engine takes than the baseline; null when one of the two has no time.</summary>
    public double? Ratio(int engine, int baseline) =>
        Outcomes[engine].Failure is null && Outcomes[baseline].Failure is null
            ? Outcomes[engine].Seconds / Outcomes[baseline].Seconds
            : null;

    private static string? FailureOf(Run run, TimeSpan timeout)
    {
        if (run.TimedOut)
            return $"timed out after {timeout.TotalSeconds:0.#} s";
        return run.ExitCode != 0 ? $"exit code {run.ExitCode}: {run.FirstErrorLine}" : null;
    }

    private static void MarkDifferences(IReadOnlyList<Engine> engines, string authority, List<Run>[] runs, string?[] failures)
    {
        // The peer that defines the language comes first; without it, the first engine that worked is what the others are held against.
        var reference = Enumerable.Range(0, engines.Count)
            .Where(i => failures[i] is null)
            .OrderBy(i => engines[i].Name == authority ? 0 : 1)
            .Select(i => (int?)i).FirstOrDefault();
        if (reference is not { } good)
            return;
        var expected = runs[good][0].Output;
        for (var i = 0; i < engines.Count; i++)
        {
            if (failures[i] is null && runs[i][^1].Output != expected)
                failures[i] = $"output differs from {engines[good].Name}'s: {FirstDifference(expected, runs[i][^1].Output)}";
        }
    }

    private static string FirstDifference(string expected, string actual)
    {
        var wanted = expected.Split('\n');
        var got = actual.Split('\n');
        var line = 0;
        while (line < wanted.Length && line < got.Length && wanted[line] == got[line])
            line++;
        return $"line {line + 1} is '{Shown(got, line)}', not '{Shown(wanted, line)}'";

        static string Shown(string[] lines, int index)
        {
            var text = index < lines.Length ? lines[index] : "(end)";
            return text.Length <= 40 ? text : text[..40] + "…";
        }
    }
}
