using Mu.Tests.Commands;

namespace Mu.Lua.Tests.Programs;

/// <summary>Runs the command mulua, as built beside the tests, as a process.</summary>
internal static class LuaProcess
{
    private static readonly CommandProcess Command = new("mulua.dll", "LUA_INIT", "LUA_INIT_5_4");

    /// <summary>Runs the command with closed or given standard input.</summary>
    public static CommandRun Run(string directory, string[] arguments, string input = "") => Command.Run(directory, arguments, input);

    /// <summary>Runs PUC's interpreter; null where it is not installed.</summary>
    public static CommandRun? RunReference(string directory, string[] arguments) => Command.RunInstalled("lua5.4", directory, arguments);
}
