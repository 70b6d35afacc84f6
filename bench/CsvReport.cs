using System.Text;

namespace Mu.Bench;

/// <summary>A line per program and engine, for other tools.</summary>
internal static class CsvReport
{
    public static string Of(IEnumerable<Comparison> comparisons, int baseline)
    {
        var text = new StringBuilder("program,engine,runs,wall_median_s,wall_min_s,wall_max_s,user_median_s,peak_mb,ratio,failure\n");
        foreach (var comparison in comparisons)
        {
            for (var i = 0; i < comparison.Outcomes.Count; i++)
            {
                var outcome = comparison.Outcomes[i];
                text.Append($"{comparison.Program},{Quoted(outcome.Engine.Name)},{outcome.Runs.Count},");
                text.Append(outcome.Failure is null
                    ? $"{outcome.Seconds:0.0000},{outcome.Runs.Min(r => r.Wall.TotalSeconds):0.0000},{outcome.Runs.Max(r => r.Wall.TotalSeconds):0.0000},{outcome.UserSeconds:0.0000},{outcome.PeakMegabytes:0.00},{comparison.Ratio(i, baseline):0.0000},\n"
                    : $",,,,,,{Quoted(outcome.Failure)}\n");
            }
        }
        return text.ToString();
    }

    private static string Quoted(string text) =>
        text.AsSpan().ContainsAny(",\"\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
