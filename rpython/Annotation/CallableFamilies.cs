using Mu.RPython.Objects;

namespace Mu.RPython.Annotation;

/// <summary>
/// Functions and other callable prebuilt objects that are values of the same variables. All of a family are represented alike: by references to functions, if they are all
/// functions that are called with one signature, else by numbers.
/// </summary>
internal sealed class CallableFamilies
{
    private readonly Dictionary<object, object> parents = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<object, List<AnnotatedFunction>> targets = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<object> numbered = new(ReferenceEqualityComparer.Instance);

    public void Join(PbcSet set)
    {
        object first = Root(set.Items[0]);
        foreach (object other in set.Items)
        {
            object root = Root(other);
            if (ReferenceEquals(root, first)) continue;
            parents[root] = first;
            if (numbered.Remove(root)) numbered.Add(first);
            if (targets.Remove(root, out var moved)) TargetsOf(first).AddRange(moved);
        }
    }

    /// <summary>The functions of a family are called without knowing which; with one signature.</summary>
    public void Call(object member, IEnumerable<AnnotatedFunction> functions) => TargetsOf(Root(member)).AddRange(functions);

    /// <summary>The members of a family are told apart by numbers where they are called.</summary>
    public void Number(object member) => numbered.Add(Root(member));

    /// <summary>Whose signature the functions of a family have; null when numbers stand for them.</summary>
    public AnnotatedFunction? Signature(object member)
    {
        object root = Root(member);
        if (member is not PyFunction || numbered.Contains(root) || !targets.TryGetValue(root, out var called)) return null;
        var family = called[0].Family;
        return called.TrueForAll(f => f.Family == family) ? family : null;
    }

    private List<AnnotatedFunction> TargetsOf(object root)
    {
        if (!targets.TryGetValue(root, out var list)) targets[root] = list = [];
        return list;
    }

    private object Root(object member)
    {
        while (parents.TryGetValue(member, out object? parent)) member = parent;
        return member;
    }
}
