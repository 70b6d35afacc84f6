using Mu.Core.IR;

namespace Mu.Core.Compiler;

/// <summary>With <c>MU_PERF_MAP=1</c>, names of compiled functions for Linux <c>perf</c>, in <c>/tmp/perf-PID.map</c>.</summary>
internal static class PerfMap
{
    private static readonly StreamWriter? Writer =
        Environment.GetEnvironmentVariable("MU_PERF_MAP") == "1" ? new StreamWriter($"/tmp/perf-{Environment.ProcessId}.map") { AutoFlush = true } : null;

    public static void Add(ulong start, int size, Function function) => Writer?.WriteLine($"{start:x} {size:x} mu:{function.Name ?? $"function{function.Id}"}");
}
