namespace Mu.Core.Verification;

/// <summary>Parts of the specification that a bundle may use and that the engines do not have yet.</summary>
internal enum EngineFeature
{
    LargeTypes,
    NativeVectors,
}

/// <summary>
/// What is well-formed and yet refused. Whoever adds a feature to the engines sets its entry to true here, and nothing else need change.
/// </summary>
internal static class EngineSupport
{
    private static readonly (EngineFeature Feature, bool IsSupported, string What)[] Table =
    [
        (EngineFeature.LargeTypes, false, "a type of 2 GB or more"),
        (EngineFeature.NativeVectors, false, "a vector passed to or from a native function by value"),
    ];

    /// <summary>Null if the engines have it, else the reason of a finding.</summary>
    public static string? Missing(EngineFeature feature)
    {
        foreach ((EngineFeature listed, bool isSupported, string what) in Table)
            if (listed == feature) return isSupported ? null : $"{what} is not supported yet";
        throw new ArgumentOutOfRangeException(nameof(feature));
    }
}
