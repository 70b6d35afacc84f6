namespace Mu.Core.Tests.Text;

/// <summary>The programs in text form that all engines run.</summary>
internal static class ProgramFiles
{
    /// <summary>The repository's folder.</summary>
    public static readonly string Root = FindRoot();

    private static readonly string Folder = Path.Combine(Root, "tests", "programs", "uir");

    public static IEnumerable<string> Names => Directory.GetFiles(Folder, "*.uir").Select(Path.GetFileName).Order().Select(n => n!);

    public static string Read(string name) => File.ReadAllText(Path.Combine(Folder, name));

    private static string FindRoot()
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "MuClients.sln"))) root = root.Parent;
        return root?.FullName ?? throw new InvalidOperationException("the tests do not run inside the repository");
    }
}
