namespace Mu.Core.Verification;

/// <summary>The findings of one verification, and the place that is looked at.</summary>
internal sealed class FindingList
{
    public List<Finding> All { get; } = [];

    /// <summary>Where findings are said to be.</summary>
    public FindingPlace Place { get; set; }

    public void Add(string reason) => All.Add(new Finding(Place, reason));

    /// <summary>A finding if the engines lack a feature.</summary>
    public void Require(EngineFeature feature)
    {
        if (EngineSupport.Missing(feature) is { } reason) Add(reason);
    }
}
