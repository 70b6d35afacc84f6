using Mu.Core.IR;

namespace Mu.Core.Verification;

/// <summary>One thing for which a bundle is ill-formed, or more than this micro VM supports.</summary>
/// <param name="Place">Where.</param>
/// <param name="Reason">What is wrong.</param>
public sealed record Finding(FindingPlace Place, string Reason)
{
    /// <summary>Where a text has it, as <c>file:line:column</c>; null in a bundle that is not read from text.</summary>
    public string? Source { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Source is null ? Text : $"{Source}: {Text}";

    /// <summary>Reasons about types begin with the type, which may be the place.</summary>
    private string Text => Reason.StartsWith($"{Place}: ", StringComparison.Ordinal) ? Reason : $"{Place}: {Reason}";

    /// <summary>Findings with their places in the text that the bundle comes from, if it comes from one.</summary>
    internal static IReadOnlyList<Finding> Located(IReadOnlyList<Finding> findings, Bundle bundle) =>
        bundle.Positions is { } positions ? [.. findings.Select(f => f with { Source = SourceOf(f.Place, positions) })] : findings;

    private static string? SourceOf(FindingPlace place, SourcePositions positions) =>
        positions.Of(place.Instruction) ?? positions.Of(place.Block) ?? positions.Of(place.Version) ?? positions.Of(place.Entity);
}
