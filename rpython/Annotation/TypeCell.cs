using Mu.RPython.Syntax;

namespace Mu.RPython.Annotation;

/// <summary>A place that many values flow into: an attribute, the items of a list, a parameter, a result. It remembers who has looked, and tells them when it widens.</summary>
internal sealed class TypeCell(string what)
{
    private readonly HashSet<AnnotatedFunction> readers = [];
    private TypeCell? forward;
    private SomeValue value = SomeImpossible.Instance;
    private SourceLine origin;

    /// <summary>The cell that this one was merged into, or itself.</summary>
    public TypeCell Root => forward is null ? this : forward = forward.Root;

    public SomeValue Value => Root.value;

    public string What => what;

    public string Show() => showing ? "…" : ShowOnce();

    [ThreadStatic]
    private static bool showing;

    private string ShowOnce()
    {
        showing = true;
        string text = Value.ToString();
        showing = false;
        return text;
    }

    public SomeValue Read(Annotator annotator)
    {
        if (annotator.Current is { } reader) Root.readers.Add(reader);
        return Root.value;
    }

    /// <summary>Widens the cell by a value.</summary>
    public void Add(Annotator annotator, SomeValue added)
    {
        var root = Root;
        if (root != this)
        {
            root.Add(annotator, added);
            return;
        }
        SomeValue union;
        try
        {
            union = Lattice.Union(annotator, value, added);
        }
        catch (UnionException e)
        {
            throw annotator.Error($"{what} would be both {value} (from {origin}) and {added}{(e.First == value ? "" : $": {e.Message} do not fit")}");
        }
        // The union may have merged this very cell into another.
        root = Root;
        if (union == root.value) return;
        if (root.value is SomeImpossible) root.origin = annotator.Here;
        root.value = union;
        foreach (var reader in root.readers) annotator.Enqueue(reader);
    }

    public void Merge(Annotator annotator, TypeCell other)
    {
        TypeCell a = Root, b = other.Root;
        if (a == b) return;
        b.forward = a;
        a.readers.UnionWith(b.readers);
        var old = a.value;
        a.Add(annotator, b.value);
        if (old == a.value && b.value == a.value) return;
        foreach (var reader in a.readers) annotator.Enqueue(reader);
    }
}

/// <summary>The type of a family of lists that may be the same list.</summary>
internal sealed class ListType
{
    private static int count;
    private ListType? forward;

    public int Number { get; } = Interlocked.Increment(ref count);

    public ListType Root => forward is null ? this : forward = forward.Root;

    public TypeCell Item { get; } = new("an item of a list");

    public void Merge(Annotator annotator, ListType other)
    {
        ListType a = Root, b = other.Root;
        if (a == b) return;
        b.forward = a;
        a.Item.Merge(annotator, b.Item);
    }
}

/// <summary>The type of a family of dicts; with functions of its own for equality and hashing when it is an r_dict.</summary>
internal sealed class DictType
{
    private static int count;
    private DictType? forward;

    public int Number { get; } = Interlocked.Increment(ref count);

    public DictType Root => forward is null ? this : forward = forward.Root;

    public TypeCell Key { get; } = new("a key of a dict");

    public TypeCell Value { get; } = new("a value of a dict");

    /// <summary>Functions for equality and hashing of an r_dict.</summary>
    public DictFunctions? Functions { get; set; }

    public void Merge(Annotator annotator, DictType other)
    {
        DictType a = Root, b = other.Root;
        if (a == b) return;
        b.forward = a;
        if (a.Functions is { } functions && b.Functions is { } others) functions.Merge(annotator, others);
        else a.Functions ??= b.Functions;
        a.Key.Merge(annotator, b.Key);
        a.Value.Merge(annotator, b.Value);
    }
}
