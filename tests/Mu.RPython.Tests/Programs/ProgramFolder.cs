using System.Runtime.CompilerServices;
using System.Text;

namespace Mu.RPython.Tests.Programs;

/// <summary>The programs of tests/programs/rpython with the output that they must have.</summary>
internal static class ProgramFolder
{
    public static string Folder { get; } = Find();

    /// <summary>The names, without .py.</summary>
    public static IEnumerable<string> Names { get; } =
        [.. Directory.EnumerateFiles(Folder, "*.py").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    /// <summary>The output that a program must have, a character per byte.</summary>
    public static string Expected(string name) => File.ReadAllText(Path.Combine(Folder, name + ".expected"), Encoding.Latin1);

    private static string Find([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "programs", "rpython"));
}
