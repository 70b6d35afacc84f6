using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Mu.Tests.Commands;

/// <summary>Runs a command that is built beside the tests, as a process. The environment is that of the tests, without the variables named.</summary>
internal sealed class CommandProcess(string assembly, params string[] withoutVariables)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly string command = Path.Combine(AppContext.BaseDirectory, assembly);

    /// <summary>Runs the command with closed or given standard input, and variables of the environment beside the tests' own.</summary>
    public CommandRun Run(string directory, string[] arguments, string input = "", params (string Name, string Value)[] variables) => Run("dotnet", directory, [command, .. arguments], input, variables);

    /// <summary>Runs an installed program in the command's place; null where it is not installed.</summary>
    public CommandRun? RunInstalled(string program, string directory, string[] arguments)
    {
        try
        {
            return Run(program, directory, arguments, "", []);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private CommandRun Run(string program, string directory, string[] arguments, string input, (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.Latin1,
            StandardErrorEncoding = Encoding.Latin1,
            StandardInputEncoding = Encoding.Latin1,
        };
        foreach (string variable in withoutVariables) start.Environment.Remove(variable);
        foreach (var (name, value) in variables) start.Environment[name] = value;
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
            return new CommandRun(-1, output.Result, $"still running after {Limit.TotalSeconds} s; {error.Result}", clock.Elapsed);
        }
        return new CommandRun(process.ExitCode, output.Result, error.Result, clock.Elapsed);
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
