using Mu.Core.IR;

namespace Mu.Core.Verification;

/// <summary>Names are unique among everything loaded and the bundle: one flat space, in which local names are long ones. Anonymous entities cost nothing.</summary>
internal sealed class NameRules(FindingList findings, IVerificationScope loaded)
{
    private readonly Dictionary<string, Entity> names = [];

    /// <summary>Checks the name of a listed entity.</summary>
    public void CheckListed<T>(List<T> entities) where T : Entity
    {
        foreach (T entity in entities)
        {
            findings.Place = entity is FunctionVersion version ? new FindingPlace(null, version) : new FindingPlace(entity);
            Check(entity);
        }
    }

    /// <summary>Checks an entity's name.</summary>
    public void Check(Entity entity)
    {
        if (entity.Name is { } name) Check(entity, name);
    }

    private void Check(Entity entity, string name)
    {
        if (!names.TryAdd(name, entity))
            findings.Add(ReferenceEquals(names[name], entity) ? $"@{name} is listed twice" : $"the name @{name} is taken by another entity of the bundle");
        else if (loaded.Find(name) is { } other && !ReferenceEquals(other, entity))
            findings.Add($"the name @{name} is taken by a loaded entity");
    }
}
