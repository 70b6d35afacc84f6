using System.Diagnostics;
using System.Text;

namespace Mu.RPython.Tests.Programs;

/// <summary>What a run of the command left.</summary>
/// <param name="ExitCode">The exit code.</param>
/// <param name="Output">Standard output, a character per byte.</param>
/// <param name="Error">Standard error, a character per byte.</param>
/// <param name="Time">How long it took.</param>
internal sealed record RPythonRun(int ExitCode, string Output, string Error, TimeSpan Time);

/// <summary>Runs the command murpy, as built beside the tests, as a process.</summary>
internal static class RPythonProcess
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static readonly string Command = Path.Combine(AppContext.BaseDirectory, "murpy.dll");

    /// <summary>Runs the command with closed or given standard input.</summary>
    public static RPythonRun Run(string directory, string[] arguments, string input = "")
    {
        var start = new ProcessStartInfo("dotnet", [Command, .. arguments])
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.Latin1,
            StandardErrorEncoding = Encoding.Latin1,
            StandardInputEncoding = Encoding.Latin1,
        };
        // A crash is a test that fails, not a file.
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        var clock = Stopwatch.StartNew();
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        Feed(process, input);
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            return new RPythonRun(-1, output.Result, $"still running after {Limit.TotalSeconds} s; {error.Result}", clock.Elapsed);
        }
        return new RPythonRun(process.ExitCode, output.Result, error.Result, clock.Elapsed);
    }

    private static void Feed(Process process, string input)
    {
        try
        {
            process.StandardInput.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException) when (process.HasExited)
        {
            // A command that ends without reading its input closes the pipe: what it left says whether that was right.
        }
    }
}
