namespace Mu.Core.Verification;

/// <summary>One thing for which a bundle is ill-formed, or more than this micro VM supports.</summary>
/// <param name="Place">Where.</param>
/// <param name="Reason">What is wrong.</param>
public sealed record Finding(FindingPlace Place, string Reason)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Place}: {Reason}";
}
