namespace Mu.Bench;

/// <summary>The two summaries that the reports use.</summary>
internal static class Statistics
{
    public static double Median(double[] values)
    {
        Array.Sort(values);
        var middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }

    public static double? GeometricMean(IEnumerable<double> ratios)
    {
        var logs = ratios.Select(r => Math.Log(r)).ToList();
        return logs.Count > 0 ? Math.Exp(logs.Average()) : null;
    }
}
