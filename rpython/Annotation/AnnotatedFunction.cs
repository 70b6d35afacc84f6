using Mu.RPython.Flow;
using Mu.RPython.Objects;

namespace Mu.RPython.Annotation;

/// <summary>A function, in one specialisation, under annotation.</summary>
internal sealed class AnnotatedFunction
{
    private AnnotatedFunction? family;

    public AnnotatedFunction(PyFunction function, string name, FlowGraph graph, bool isMethod)
    {
        Function = function;
        Name = name;
        Graph = graph;
        IsMethod = isMethod;
        Parameters = [.. graph.Start.Parameters.Select(p => new TypeCell($"parameter '{p.Name}' of {name}"))];
        Result = new TypeCell($"the result of {name}");
        Members = [this];
    }

    public PyFunction Function { get; }

    public string Name { get; }

    public FlowGraph Graph { get; }

    public bool IsMethod { get; }

    /// <summary>The call that was seen first.</summary>
    public (AnnotatedFunction Function, int Line)? CalledFrom { get; init; }

    public TypeCell[] Parameters { get; }

    public TypeCell Result { get; private set; }

    /// <summary>Functions that are called from one place have one signature: the representative of those.</summary>
    public AnnotatedFunction Family => family is null ? this : family = family.Family;

    /// <summary>Of a representative.</summary>
    public List<AnnotatedFunction> Members { get; private set; }

    /// <summary>Makes two functions have the same parameter and result types; the first parameter of methods stays apart.</summary>
    public void Join(Annotator annotator, AnnotatedFunction other)
    {
        AnnotatedFunction a = Family, b = other.Family;
        if (a == b) return;
        if (Parameters.Length != other.Parameters.Length) throw annotator.Error($"{Name} and {other.Name} are called at one place but take {Parameters.Length} and {other.Parameters.Length} arguments");
        b.family = a;
        a.Members.AddRange(b.Members);
        for (int i = IsMethod ? 1 : 0; i < Parameters.Length; i++) a.Parameters[i].Merge(annotator, b.Parameters[i]);
        a.Result.Merge(annotator, b.Result);
        foreach (var member in a.Members) annotator.Enqueue(member);
    }

    public override string ToString() => Name;
}
