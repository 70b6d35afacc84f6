using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Xunit;

namespace Mu.Core.Tests;

/// <summary>What docs/architecture.md says of layers and files, read off the source tree.</summary>
public sealed partial class ArchitectureTests
{
    private const int LongestFile = 1000;

    private static readonly string Root = Path.GetFullPath("../..", Path.GetDirectoryName(ThisFile())!);

    /// <summary>The layers, each with those that it may know.</summary>
    public static TheoryData<string, string[]> Layers => new()
    {
        { "mu-core/Mu.Core.csproj", [] },
        { "mu-core/mu/mu.csproj", ["Mu.Core"] },
        { "clientlib/Mu.ClientLib.csproj", ["Mu.Core"] },
        { "lua/Mu.Lua.csproj", ["Mu.Core", "Mu.ClientLib"] },
        { "lua/mulua/mulua.csproj", ["Mu.Core", "Mu.ClientLib", "Mu.Lua"] },
        { "rpython/Mu.RPython.csproj", ["Mu.Core", "Mu.ClientLib"] },
        { "rpython/murpy/murpy.csproj", ["Mu.Core", "Mu.ClientLib", "Mu.RPython"] },
    };

    [Theory, MemberData(nameof(Layers))]
    public void A_layer_refers_to_those_below_it_alone(string project, string[] below)
    {
        var referred = References().Matches(File.ReadAllText(Path.Combine(Root, project))).Select(m => m.Groups[1].Value);
        Assert.Empty(referred.Except(below));
    }

    [Theory, MemberData(nameof(Layers))]
    public void A_layer_names_no_other(string project, string[] below)
    {
        string folder = Path.GetDirectoryName(project)!, own = Path.GetFileNameWithoutExtension(project);
        string[] others = [.. new[] { "Mu.Lua", "Mu.RPython", "Mu.ClientLib" }.Except(below).Where(n => n != own)];
        var offenders = Sources(folder).Where(f => !IsOfAnotherProject(f, folder) && others.Any(o => File.ReadAllText(f).Contains($"using {o}", StringComparison.Ordinal)));
        Assert.Empty(offenders);
    }

    [Fact]
    public void No_file_is_too_long_to_read() =>
        Assert.DoesNotContain(Sources("."), f => !f.Contains("/Generated/", StringComparison.Ordinal) && File.ReadLines(f).Count() > LongestFile);

    private static bool IsOfAnotherProject(string file, string folder)
    {
        string? at = Path.GetDirectoryName(file);
        while (at is not null && !Directory.EnumerateFiles(at, "*.csproj").Any()) at = Path.GetDirectoryName(at);
        return at != Path.GetFullPath(folder, Root);
    }

    private static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(Path.GetFullPath(folder, Root), "*.cs", SearchOption.AllDirectories).Where(f => !BuildOutput().IsMatch(f));

    private static string ThisFile([CallerFilePath] string here = "") => here;

    [GeneratedRegex("""<ProjectReference Include="[^"]*/([\w.]+)\.csproj""")]
    private static partial Regex References();

    [GeneratedRegex("/(bin|obj)/")]
    private static partial Regex BuildOutput();
}
