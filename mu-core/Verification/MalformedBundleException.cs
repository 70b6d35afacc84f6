namespace Mu.Core.Verification;

/// <summary>A bundle was not loaded, since it is not well-formed. Nothing of it is visible.</summary>
public sealed class MalformedBundleException(IReadOnlyList<Finding> findings) : Exception(string.Join('\n', findings))
{
    /// <summary>All that was found.</summary>
    public IReadOnlyList<Finding> Findings { get; } = findings;
}
