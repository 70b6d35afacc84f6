using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Mu.RPython.Objects;

namespace Mu.RPython.Evaluation;

/// <summary>Other programs that modules run while they are imported (<c>subprocess</c>): to their end, with nothing on their standard input.</summary>
internal static class HostProcess
{
    private const long NoSuchFile = 2;

    /// <summary>Exit code, standard output and standard error; a stream that is not wanted goes where what modules print goes.</summary>
    public static PyTuple Run(Evaluator evaluator, IEnumerable<object> command, string folder, bool wantsOutput, bool wantsErrors)
    {
        string[] words = [.. command.Select(w => w.ToString()!)];
        var start = new ProcessStartInfo(words[0], words[1..])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.Latin1,
            StandardErrorEncoding = Encoding.Latin1,
        };
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return new PyTuple((long)process.ExitCode, Kept(output, wantsOutput), Kept(errors.Result, wantsErrors));
        }
        catch (Win32Exception e)
        {
            throw new PyRaise((PyInstance)evaluator.Call(BuiltinTypes.Exception("OSError"), NoSuchFile, e.Message));
        }
    }

    private static string Kept(string text, bool isWanted)
    {
        if (isWanted) return text;
        Console.Error.Write(text);
        return "";
    }
}
