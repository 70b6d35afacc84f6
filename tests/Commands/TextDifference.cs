namespace Mu.Tests.Commands;

/// <summary>Says where two texts differ.</summary>
internal static class TextDifference
{
    /// <summary>The first line of output that is not as wanted, for the message of a test.</summary>
    public static string First(string output, string expected)
    {
        string[] lines = output.Split('\n'), wanted = expected.Split('\n');
        int line = 0;
        while (line < lines.Length && line < wanted.Length && lines[line] == wanted[line]) line++;
        return $"output line {line + 1} is\n  {Line(lines, line)}\ninstead of\n  {Line(wanted, line)}";
    }

    private static string Line(string[] lines, int line) => line < lines.Length ? lines[line] : "(the end)";
}
