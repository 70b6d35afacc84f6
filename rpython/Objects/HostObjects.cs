using Mu.RPython.Evaluation;
using Mu.RPython.Syntax;

namespace Mu.RPython.Objects;

// Python objects at compile time. int is long or BigInteger (never one that fits a long), bool is bool, float is double, and str is a string of which each
// character is a byte; the rest are the classes here.

/// <summary><c>None</c>.</summary>
internal sealed class PyNone
{
    public static readonly PyNone Value = new();

    private PyNone() { }

    public override string ToString() => "None";
}

/// <summary>A unicode string.</summary>
internal sealed record PyUnicode(string Text)
{
    /// <summary>Its code points; surrogates without a partner count as such.</summary>
    public IEnumerable<int> CodePoints
    {
        get
        {
            for (int i = 0; i < Text.Length; i++)
                if (char.IsHighSurrogate(Text[i]) && i + 1 < Text.Length && char.IsLowSurrogate(Text[i + 1])) yield return char.ConvertToUtf32(Text[i], Text[++i]);
                else yield return Text[i];
        }
    }

    public override string ToString() => Text;
}

internal sealed class PyTuple(params object[] items)
{
    public static readonly PyTuple Empty = new();

    public object[] Items { get; } = items;
}

internal sealed class PyList(IEnumerable<object> items)
{
    public List<object> Items { get; } = [.. items];
}

/// <summary>An iterator over what is already there.</summary>
internal sealed class PyIterator(IEnumerable<object> items)
{
    private readonly IEnumerator<object> rest = items.GetEnumerator();

    public bool TryNext(out object item)
    {
        bool hasMore = rest.MoveNext();
        item = hasMore ? rest.Current : PyNone.Value;
        return hasMore;
    }

    public IEnumerable<object> Rest()
    {
        while (rest.MoveNext()) yield return rest.Current;
    }
}

/// <summary>A dict; in insertion order.</summary>
internal sealed class PyDict(CustomEquality? custom = null)
{
    public OrderedDictionary<object, object> Items { get; } = new(custom ?? (IEqualityComparer<object>)HostEquality.Instance);

    /// <summary>Of an r_dict: its functions.</summary>
    public CustomEquality? Custom => custom;

    /// <summary>Of globals() and of a module's __dict__: the names that it shows, which change with it.</summary>
    public Dictionary<string, object>? Shown { get; init; }

    public void Set(object key, object value)
    {
        Items[key] = value;
        if (Shown is not null) Shown[key.ToString()!] = value;
    }
}

internal sealed class PySet(IEnumerable<object> items)
{
    public HashSet<object> Items { get; } = new(items, HostEquality.Instance);
}

internal sealed record PySlice(object Start, object Stop, object Step);

/// <summary>A fixed-width integer of rarithmetic (r_uint and its kin).</summary>
internal sealed record PyFixedInteger(IntegerKind Kind, Int128 Bits)
{
    /// <summary>The low 64 bits.</summary>
    public long Word => (long)Bits;
}

internal sealed class PyModule(string name, string file)
{
    public string Name { get; } = name;

    public string File { get; } = file;

    public Dictionary<string, object> Names { get; } = [];

    /// <summary>The folder of a package's modules; null for a plain module.</summary>
    public string? Folder { get; init; }

    public override string ToString() => $"module {Name}";
}

/// <summary>A class, also of the built-in types.</summary>
internal sealed class PyClass(string name, PyClass[] bases, string module)
{
    private PyClass[]? mro;

    public string Name { get; } = name;

    public string Module { get; } = module;

    public PyClass[] Bases { get; } = bases;

    public Dictionary<string, object> Names { get; } = [];

    /// <summary>Where it is defined; null for built-in ones.</summary>
    public SourceLine? Source { get; init; }

    /// <summary>Of a built-in type: what calling it does.</summary>
    public Func<Evaluator, object[], object>? Constructor { get; init; }

    public bool IsBuiltin => Source is null;

    /// <summary>The method resolution order: depth first, a base that comes again later counts there (C3 for the hierarchies that RPython allows).</summary>
    public PyClass[] Mro => mro ??= Linearize();

    public bool IsSubclassOf(PyClass other) => Array.IndexOf(Mro, other) >= 0;

    public object? Find(string name)
    {
        foreach (var c in Mro)
            if (c.Names.TryGetValue(name, out var value)) return value;
        return null;
    }

    /// <summary>The class in whose body a name is.</summary>
    public PyClass? Owner(string name) => Array.Find(Mro, c => c.Names.ContainsKey(name));

    public override string ToString() => $"class {Name}";

    private PyClass[] Linearize()
    {
        var order = new List<PyClass> { this };
        foreach (var @base in Bases)
            foreach (var c in @base.Mro)
            {
                order.Remove(c);
                order.Add(c);
            }
        return [.. order];
    }
}

internal sealed class PyInstance(PyClass @class)
{
    public PyClass Class { get; } = @class;

    public Dictionary<string, object> Fields { get; } = [];

    public override string ToString() => $"{Class.Name} instance";
}

/// <summary>A weak reference that is made while modules are imported; to nothing for None.</summary>
internal sealed class PyWeakReference(object target)
{
    public object Target { get; } = target;
}

/// <summary>An array of ints of the library's (rt.magnitudes).</summary>
internal sealed class PyWords(long[] items)
{
    public long[] Items { get; } = items;
}

internal sealed class PyFunction(FunctionNode node, PyModule module, object[] defaults, Frame? enclosing)
{
    public FunctionNode Node { get; } = node;

    public PyModule Module { get; } = module;

    /// <summary>Values of the last parameters that have defaults.</summary>
    public object[] Defaults { get; } = defaults;

    /// <summary>The frame of the function around it, where free names are looked up.</summary>
    public Frame? Enclosing { get; } = enclosing;

    public Dictionary<string, object> Attributes { get; } = [];

    /// <summary>The class in whose body it was defined.</summary>
    public PyClass? Class { get; set; }

    public string Name => Attributes.TryGetValue("__name__", out var name) ? (string)name : Node.Name;

    public string QualifiedName => Class is null ? Name : $"{Class.Name}.{Name}";

    public SourceLine Source => new(Module.File, Node.Line);

    /// <summary>Its flow graph where that is not made from the source: the method next of a generator.</summary>
    public Flow.FlowGraph? Graph { get; set; }

    /// <summary>The same function as one of its own, as a method of another class.</summary>
    public PyFunction Copy(PyClass owner)
    {
        var copy = Copy();
        copy.Class = owner;
        return copy;
    }

    /// <summary>The same function as one of its own, for another class.</summary>
    public PyFunction Copy()
    {
        var copy = new PyFunction(Node, Module, Defaults, Enclosing);
        foreach (var (name, value) in Attributes) copy.Attributes[name] = value;
        return copy;
    }

    public override string ToString() => $"function {QualifiedName}";
}

/// <summary>A method of an object, or of a class when <paramref name="Self"/> is null.</summary>
internal sealed record PyMethod(object? Self, object Function, PyClass Class);

internal sealed record PyStaticMethod(object Function);

internal sealed record PyClassMethod(object Function);

internal sealed record PyProperty(object Getter, object Setter);

/// <summary>A function of the compiler's own. What it means in compiled code goes by its name.</summary>
internal sealed class PyBuiltin(string name, Func<Evaluator, object[], Dictionary<string, object>?, object> body)
{
    public string Name { get; } = name;

    public Func<Evaluator, object[], Dictionary<string, object>?, object> Body { get; } = body;

    public override string ToString() => $"built-in function {Name}";
}

/// <summary>What a for loop over a constant unrolls (rlib.unroll).</summary>
internal sealed record PyUnrolling(object[] Items);

/// <summary>A Python exception under way in the evaluator.</summary>
internal sealed class PyRaise(PyInstance value) : Exception
{
    public PyInstance Value { get; } = value;

    /// <summary>Where it was raised, innermost first.</summary>
    public List<SourceLine> Trace { get; } = [];

    public override string Message => $"{Value.Class.Name}: {HostText.MessageOf(Value)}";
}
