using System.Globalization;
using Mu.Lua.Compilation;
using Mu.Lua.Diagnostics;
using Mu.Lua.Runtime;

namespace Mu.Lua.Command;

/// <summary>What --stats and --profile tell when a run ends, however it ends.</summary>
internal sealed class Diagnosis : IDisposable
{
    private readonly CommandLine line;
    private readonly LuaRuntime runtime;
    private readonly string name;
    private readonly SamplingProfiler? profiler;
    private readonly Lock gate = new();
    private bool isDone;

    public Diagnosis(CommandLine line, string name, LuaRuntime runtime)
    {
        (this.line, this.runtime, this.name) = (line, runtime, name);
        if (line.Profile is not null) profiler = new SamplingProfiler(runtime);
        // os.exit comes back to nobody.
        AppDomain.CurrentDomain.ProcessExit += AtExit;
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= AtExit;
        Tell();
    }

    private void AtExit(object? sender, EventArgs e) => Tell();

    private void Tell()
    {
        lock (gate)
        {
            if (isDone) return;
            isDone = true;
            WriteProfile();
            if (line.ShowsStatistics) WriteStatistics(Console.Error);
            if (runtime.Dumps is { HasPrinted: false } dumps) Console.Error.WriteLine($"mulua: no function '{dumps.Wanted}' has been called");
        }
    }

    private void WriteProfile()
    {
        if (profiler is null) return;
        profiler.Dispose();
        try
        {
            using var file = File.Create(line.Profile!);
            SpeedscopeFile.Write(file, name, profiler);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"mulua: cannot write the profile: {e.Message}");
        }
    }

    private void WriteStatistics(TextWriter output)
    {
        CompilationStatistics compiled = runtime.Compilations;
        long uses = (long)runtime.StateWord(RootCell.CacheUses), misses = (long)runtime.StateWord(RootCell.CacheMisses);
        double hits = uses == 0 ? 0 : 100.0 * (uses - misses) / uses;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"parsing:       {compiled.Chunks} chunks in {compiled.Parsing.TotalMilliseconds:F1} ms"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"translation:   {compiled.Functions(Tier.Compact)} compact, {compiled.Functions(Tier.Recording)} recording, {compiled.Functions(Tier.Specialized)} specialised functions, {compiled.Loops} loops in {compiled.Translation.TotalMilliseconds:F1} ms"));
        output.WriteLine($"machine code:  {runtime.Vm.CompilerStatistics}");
        output.WriteLine($"collector:     {runtime.Vm.CollectorStatistics}");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"inline caches: {uses} uses, {uses - misses} hits ({hits:F1} %)"));
    }
}
