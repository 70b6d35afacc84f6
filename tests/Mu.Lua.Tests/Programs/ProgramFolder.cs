using System.Runtime.CompilerServices;
using System.Text;

namespace Mu.Lua.Tests.Programs;

/// <summary>The programs of tests/programs/lua with the output that they must have.</summary>
internal static class ProgramFolder
{
    public static string Folder { get; } = Find();

    /// <summary>The names, without .lua.</summary>
    public static IEnumerable<string> Names { get; } =
        [.. Directory.EnumerateFiles(Folder, "*.lua").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    /// <summary>The output of PUC Lua 5.4, a character per byte.</summary>
    public static string Expected(string name) => File.ReadAllText(Path.Combine(Folder, name + ".expected"), Encoding.Latin1);

    /// <summary>What it writes to standard error, warnings for instance: nothing, unless a file says so.</summary>
    public static string ExpectedErrors(string name)
    {
        string file = Path.Combine(Folder, name + ".stderr");
        return File.Exists(file) ? File.ReadAllText(file, Encoding.Latin1) : "";
    }

    private static string Find([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "programs", "lua"));
}
