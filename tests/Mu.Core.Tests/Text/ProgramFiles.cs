namespace Mu.Core.Tests.Text;

/// <summary>The programs in text form that all engines run.</summary>
internal static class ProgramFiles
{
    private static readonly string Folder = FindFolder();

    public static IEnumerable<string> Names => Directory.GetFiles(Folder, "*.uir").Select(Path.GetFileName).Order().Select(n => n!);

    public static string Read(string name) => File.ReadAllText(Path.Combine(Folder, name));

    private static string FindFolder()
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "MuClients.sln"))) root = root.Parent;
        return Path.Combine(root?.FullName ?? throw new InvalidOperationException("the tests do not run inside the repository"), "tests", "programs", "uir");
    }
}
