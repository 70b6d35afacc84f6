using Mu.Core.IR;

namespace Mu.Core.Text;

/// <summary>
/// Writes the text form of Mu IR (docs/uir.md). The text is complete: it contains whatever its definitions reach, and <see cref="UirReader"/> reads
/// it back into an equal bundle (<see cref="BundleEquality"/>). Anonymous entities, and entities whose names are not words of the text form
/// or belong to another entity already, get generated names.
/// </summary>
public static class UirPrinter
{
    /// <summary>The text of a bundle.</summary>
    /// <param name="bundle">The bundle.</param>
    /// <param name="alreadyLoaded">Names of earlier bundles; entities that it finds, and that the bundle does not list, are not defined in the text.</param>
    public static string Print(Bundle bundle, INameResolver? alreadyLoaded = null)
    {
        // Generated names must differ from all others, and those are known only after everything was visited: the first round collects them.
        var names = new NameTable();
        new BundlePrinter(names, alreadyLoaded).Print(bundle);
        return new BundlePrinter(names.WithNamesTaken(), alreadyLoaded).Print(bundle);
    }

    /// <summary>The text of one definition of a function, with what it reaches.</summary>
    public static string Print(FunctionVersion version, INameResolver? alreadyLoaded = null)
    {
        var bundle = new Bundle();
        bundle.Versions.Add(version);
        return Print(bundle, alreadyLoaded);
    }
}
