using Spectre.Console;

namespace Mu.Bench;

/// <summary>The table on the terminal: a row per program, and time, ratio and memory per engine.</summary>
internal static class ResultTable
{
    public static Table Of(IReadOnlyList<Comparison> comparisons, IReadOnlyList<Engine> engines, int baseline)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn("program").NoWrap());
        for (var i = 0; i < engines.Count; i++)
        {
            var name = Markup.Escape(engines[i].Name);
            table.AddColumn(new TableColumn($"{name} s").RightAligned());
            table.AddColumn(new TableColumn("user s").RightAligned());
            table.AddColumn(new TableColumn("MB").RightAligned());
            if (i != baseline)
                table.AddColumn(new TableColumn($"× {Markup.Escape(engines[baseline].Name)}").RightAligned());
        }
        foreach (var comparison in comparisons)
            table.AddRow([Markup.Escape(comparison.Program), .. Cells(comparison, baseline)]);
        table.AddEmptyRow();
        table.AddRow(["[bold]geometric mean[/]", .. MeanCells(comparisons, engines, baseline)]);
        return table;
    }

    /// <summary>One line for each engine that failed on a program.</summary>
    public static List<string> Problems(IEnumerable<Comparison> comparisons) =>
    [
        .. from comparison in comparisons
           from outcome in comparison.Outcomes
           where outcome.Failure is not null
           select $"FAILED {comparison.Program} on {outcome.Engine.Name}: {outcome.Failure}",
    ];

    private static IEnumerable<string> Cells(Comparison comparison, int baseline)
    {
        for (var i = 0; i < comparison.Outcomes.Count; i++)
        {
            var outcome = comparison.Outcomes[i];
            var worked = outcome.Failure is null;
            yield return worked ? $"{outcome.Seconds:0.000}" : "[red]failed[/]";
            yield return worked ? $"{outcome.UserSeconds:0.000}" : "";
            yield return worked ? $"{outcome.PeakMegabytes:0.0}" : "";
            if (i != baseline)
                yield return Coloured(comparison.Ratio(i, baseline));
        }
    }

    private static IEnumerable<string> MeanCells(IReadOnlyList<Comparison> comparisons, IReadOnlyList<Engine> engines, int baseline)
    {
        for (var i = 0; i < engines.Count; i++)
        {
            yield return "";
            yield return "";
            yield return "";
            if (i != baseline)
                yield return Coloured(Statistics.GeometricMean(comparisons.Select(c => c.Ratio(i, baseline)).OfType<double>()));
        }
    }

    private static string Coloured(double? ratio) => ratio switch
    {
        null => "–",
        < 1 => $"[green]{ratio:0.00}[/]",
        _ => $"{ratio:0.00}",
    };
}
