using Mu.Core.Tests.Text;

namespace Mu.Core.Tests.Conformance;

/// <summary>A row of docs/conformance.md.</summary>
/// <param name="Item">What it is about.</param>
/// <param name="States">yes or no: on the interpreter, as compiled code.</param>
/// <param name="Tests">Methods, as class and name, and program files.</param>
internal sealed record ConformanceRow(string Item, string[] States, string[] Tests);

/// <summary>The tables of docs/conformance.md.</summary>
internal sealed class ConformanceTable
{
    private readonly Dictionary<string, ConformanceRow> rows;

    private ConformanceTable(IEnumerable<ConformanceRow> rows) => this.rows = rows.ToDictionary(r => r.Item);

    public IEnumerable<ConformanceRow> Rows => rows.Values;

    public bool Has(string item) => rows.ContainsKey(item);

    /// <summary>Whether both engines have it.</summary>
    public bool Works(string item) => rows.TryGetValue(item, out ConformanceRow? row) && row.States.All(s => s == "yes");

    public static ConformanceTable Read() =>
        new(File.ReadLines(Path.Combine(ProgramFiles.Root, "docs", "conformance.md")).Where(l => l.StartsWith("| `", StringComparison.Ordinal)).Select(Parse));

    private static ConformanceRow Parse(string line)
    {
        string[] cells = [.. line.Trim('|', ' ').Split('|').Select(c => c.Trim())];
        return new ConformanceRow(cells[0].Trim('`'), cells[1..3], cells.Length > 3 ? cells[3].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(t => t.Trim('`')).ToArray() : []);
    }
}
