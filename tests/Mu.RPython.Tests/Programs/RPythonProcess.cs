using Mu.Tests.Commands;

namespace Mu.RPython.Tests.Programs;

/// <summary>Runs the command murpy, as built beside the tests, as a process.</summary>
internal static class RPythonProcess
{
    private static readonly CommandProcess Command = new("murpy.dll");

    /// <summary>Runs the command with closed or given standard input.</summary>
    public static CommandRun Run(string directory, string[] arguments, string input = "", params (string Name, string Value)[] variables) => Command.Run(directory, arguments, input, variables);
}
