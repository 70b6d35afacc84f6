using Mu.Core.IR;

namespace Mu.Core.Text;

/// <summary>Gives every entity one name of its own: the entity's, where it has one that the text form allows and nothing else has.</summary>
internal sealed class NameTable
{
    private readonly Dictionary<Entity, string> names = [];
    private readonly HashSet<string> used = [];
    private readonly HashSet<string> taken = [];

    /// <summary>A new table whose generated names avoid all names that entities of this table have by themselves.</summary>
    public NameTable WithNamesTaken()
    {
        var next = new NameTable();
        foreach (Entity entity in names.Keys)
            if (entity.Name is { } name) next.taken.Add(name);
        return next;
    }

    public bool Contains(Entity entity) => names.ContainsKey(entity);

    /// <summary>The name of an entity; <paramref name="stem"/> begins a generated one.</summary>
    public string Of(Entity entity, Func<string> stem)
    {
        if (names.TryGetValue(entity, out string? known)) return known;
        string name = entity.Name is { } own && IsWord(own) && used.Add(own) ? own : Generate(stem());
        names[entity] = name;
        return name;
    }

    private string Generate(string stem)
    {
        string name = stem;
        for (int i = 2; taken.Contains(name) || !used.Add(name); i++) name = $"{stem}.{i}";
        return name;
    }

    private static bool IsWord(string name) => name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-');
}
