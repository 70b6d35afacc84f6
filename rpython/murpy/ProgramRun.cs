using System.Diagnostics;
using Mu.Core.Api;
using Mu.Core.Images;
using Mu.Core.IR;
using Mu.Core.Text;
using Mu.RPython.Annotation;
using Mu.RPython.Compilation;
using Mu.RPython.Runtime;

namespace Mu.RPython.Command;

/// <summary>Compiles a program and runs, saves or shows it; or runs a saved one.</summary>
internal sealed class ProgramRun(CommandLine line)
{
    private readonly MuVMOptions options = new() { Engine = line.Engine, CollectorStress = line.Stresses };

    /// <summary>The exit code.</summary>
    public int Run()
    {
        if (!File.Exists(line.Program)) return Failed("No such file", 2);
        bool isSaved;
        try
        {
            isSaved = SavedProgram.IsSaved(line.Program);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Failed("the file cannot be read", 2);
        }
        if (isSaved && line.SaveAs.Length + line.Dump.Length > 0) return Failed("it is compiled already", 2);
        try
        {
            return isSaved ? Saved() : Compiled();
        }
        catch (Exception e) when (e is NativeLibraryException or MuImageException)
        {
            return Failed(e.Message, 1);
        }
    }

    private int Failed(string message, int exitCode)
    {
        Console.Error.WriteLine($"murpy: {line.Program}: {message}");
        return exitCode;
    }

    private int Compiled()
    {
        var clock = Stopwatch.StartNew();
        using var progress = new ProgressLine(clock);
        var compiler = new ProgramCompiler(line.Program, line.Arguments, progress.Show);
        var compiled = compiler.Compile();
        progress.Dispose();
        if (line.Dump is "flow" or "types" or "ir") Show(compiler);
        foreach (string error in compiler.Errors) Console.Error.WriteLine(error);
        if (compiled is null || line.Dump is "flow" or "types" or "ir")
        {
            if (line.ShowsStatistics) WriteStatistics(compiler, clock);
            return compiled is null ? 1 : 0;
        }
        using var machine = new RPythonMachine(compiled, options, Debugger.IsAttached || Environment.GetEnvironmentVariable("MURPY_VERIFY") is not null);
        if (line.ShowsStatistics) WriteStatistics(compiler, clock);
        if (line.SaveAs.Length > 0) return Save(machine);
        if (line.Dump.Length == 0) return machine.Run([line.Program, .. line.Arguments]);
        machine.Disassemble(compiled.Bundle.Versions, line.Function, Console.Out);
        return 0;
    }

    private int Saved()
    {
        using var file = File.OpenRead(line.Program);
        using var machine = new RPythonMachine(file, options);
        return machine.Run([line.Program, .. line.Arguments]);
    }

    /// <summary>Written whole or not at all.</summary>
    private int Save(RPythonMachine machine)
    {
        using var contents = new MemoryStream();
        machine.Save(contents);
        try
        {
            File.WriteAllBytes(line.SaveAs, contents.ToArray());
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Failed($"{line.SaveAs} cannot be written", 1);
        }
    }

    /// <summary>What is no phase of the compiler's is loading: prebuilt objects, native libraries, what the micro VM makes of the code before it runs.</summary>
    private static void WriteStatistics(ProgramCompiler compiler, Stopwatch clock)
    {
        double total = clock.Elapsed.TotalMilliseconds, rest = total - compiler.Phases.Sum(p => p.Time.TotalMilliseconds);
        Console.Error.WriteLine($"murpy: {compiler.SourceLines} lines, {compiler.Functions.Count} functions annotated, {compiler.Lowered.Count} lowered");
        Console.Error.WriteLine(string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"murpy: {total:F0} ms, {total * 1000 / Math.Max(1, compiler.SourceLines):F0} ms for 1,000 lines: {string.Join(", ", compiler.Phases.Append(("load", TimeSpan.FromMilliseconds(rest))).Select(p => $"{p.Item1} {p.Item2.TotalMilliseconds:F0}"))}"));
    }

    private void Show(ProgramCompiler compiler)
    {
        foreach (var f in compiler.Functions)
        {
            if (line.Function != "all" && !f.Name.Contains(line.Function, StringComparison.Ordinal)) continue;
            if (line.Dump == "ir") ShowIr(compiler, f);
            else Console.WriteLine(f.Graph.Dump(line.Dump == "types"));
        }
    }

    private static void ShowIr(ProgramCompiler compiler, AnnotatedFunction f)
    {
        if (!compiler.Lowered.TryGetValue(f, out var lowered)) return;
        var bundle = new Bundle();
        bundle.Functions.Add(lowered);
        bundle.Versions.AddRange(compiler.Bundle!.Versions.Where(v => v.Function == lowered));
        Console.WriteLine(UirPrinter.Print(bundle));
    }
}
