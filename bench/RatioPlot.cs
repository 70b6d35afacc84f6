using System.Net;
using System.Text;

namespace Mu.Bench;

/// <summary>
/// The plot: for each program a horizontal bar per engine, how many times faster (to the right) or slower (to the left) than the
/// baseline, on a logarithmic scale. The last group is the geometric mean.
/// </summary>
internal sealed class RatioPlot
{
    private const int LabelWidth = 150, PlotWidth = 620, BarHeight = 11, GroupGap = 9, Top = 74, Right = 60;
    private static readonly string[] Colours = ["#2a6fbb", "#e08a1e", "#3f9d5a", "#b0478e", "#777777"];

    private readonly StringBuilder _svg = new();
    private readonly List<(int Index, Engine Engine)> _engines;
    private readonly List<(string Name, double?[] Speeds)> _rows;
    private readonly double _low, _high;

    private RatioPlot(IReadOnlyList<Comparison> comparisons, IReadOnlyList<Engine> engines, int baseline)
    {
        _engines = [.. engines.Select((e, i) => (i, e)).Where(e => e.i != baseline)];
        _rows = [.. comparisons.Select(c => (c.Program, _engines.Select(e => 1 / c.Ratio(e.Index, baseline)).ToArray()))];
        _rows.Add(("geometric mean", [.. _engines.Select((_, i) => Statistics.GeometricMean(_rows.Select(r => r.Speeds[i]).OfType<double>()))]));
        var all = _rows.SelectMany(r => r.Speeds).OfType<double>().ToList();
        _low = Math.Min(0.5, all.DefaultIfEmpty(1).Min() / 1.2);
        _high = Math.Max(2, all.DefaultIfEmpty(1).Max() * 1.2);
    }

    public static string Of(IReadOnlyList<Comparison> comparisons, IReadOnlyList<Engine> engines, int baseline)
    {
        var plot = new RatioPlot(comparisons, engines, baseline);
        return plot.Draw(engines[baseline].Name);
    }

    private string Draw(string baseline)
    {
        var group = (Math.Max(1, _engines.Count) * BarHeight) + GroupGap;
        var bottom = Top + (_rows.Count * group);
        var width = LabelWidth + PlotWidth + Right;
        _svg.Append($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{bottom + 40}\" font-family=\"sans-serif\" font-size=\"12\" fill=\"#333\">\n");
        _svg.Append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        Text(LabelWidth, 24, $"Speed compared with {baseline} (wall time, longer is faster)", "start", "font-size=\"16\" font-weight=\"bold\"");
        DrawLegend();
        DrawGrid(bottom);
        for (var row = 0; row < _rows.Count; row++)
            DrawRow(_rows[row].Name, _rows[row].Speeds, Top + (row * group) + (GroupGap / 2), row == _rows.Count - 1);
        return _svg.Append("</svg>\n").ToString();
    }

    private void DrawLegend()
    {
        var x = LabelWidth;
        for (var i = 0; i < _engines.Count; i++)
        {
            _svg.Append($"<rect x=\"{x}\" y=\"36\" width=\"11\" height=\"11\" fill=\"{Colours[i % Colours.Length]}\"/>\n");
            Text(x + 16, 46, _engines[i].Engine.Name, "start");
            x += 40 + (8 * _engines[i].Engine.Name.Length);
        }
    }

    private void DrawGrid(int bottom)
    {
        foreach (var tick in Ticks())
        {
            var x = Position(tick);
            var stroke = tick == 1 ? "stroke=\"#333\" stroke-width=\"1.5\"" : "stroke=\"#ddd\"";
            _svg.Append($"<line x1=\"{x:0.0}\" y1=\"{Top - 4}\" x2=\"{x:0.0}\" y2=\"{bottom}\" {stroke}/>\n");
            Text(x, bottom + 18, $"{tick:0.###}×", "middle");
        }
    }

    private void DrawRow(string name, double?[] speeds, int y, bool isMean)
    {
        var middle = y + (speeds.Length * BarHeight / 2.0) + 4;
        Text(LabelWidth - 10, middle, name, "end", isMean ? "font-weight=\"bold\"" : "");
        for (var i = 0; i < speeds.Length; i++, y += BarHeight)
        {
            if (speeds[i] is not { } speed)
            {
                Text(Position(1) + 5, y + BarHeight - 2, "failed", "start", "font-size=\"9\" fill=\"#c0392b\"");
                continue;
            }
            var (from, to) = speed < 1 ? (Position(speed), Position(1)) : (Position(1), Position(speed));
            _svg.Append($"<rect x=\"{from:0.0}\" y=\"{y}\" width=\"{Math.Max(1, to - from):0.0}\" height=\"{BarHeight - 1}\" fill=\"{Colours[i % Colours.Length]}\"/>\n");
            Text((speed < 1 ? Position(1) : to) + 5, y + BarHeight - 2, $"{speed:0.00}", "start", "font-size=\"9\"");
        }
    }

    private IEnumerable<double> Ticks()
    {
        double[] steps = _high / _low > 200 ? [1] : [1, 2, 5];
        for (var power = -4; power <= 4; power++)
        {
            foreach (var step in steps)
            {
                var tick = step * Math.Pow(10, power);
                if (tick >= _low && tick <= _high)
                    yield return power == 0 && step == 1 ? 1 : tick;
            }
        }
    }

    private double Position(double speed) => LabelWidth + (PlotWidth * Math.Log(speed / _low) / Math.Log(_high / _low));

    private void Text(double x, double y, string text, string anchor, string more = "") =>
        _svg.Append($"<text x=\"{x:0.0}\" y=\"{y:0.0}\" text-anchor=\"{anchor}\" {more}>{WebUtility.HtmlEncode(text)}</text>\n");
}
