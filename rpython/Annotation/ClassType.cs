using Mu.RPython.Objects;

namespace Mu.RPython.Annotation;

/// <summary>A class of the program that annotation has met.</summary>
internal sealed class ClassType(PyClass @class, ClassType? @base)
{
    public PyClass Class { get; } = @class;

    public string Name => Class.Name;

    /// <summary>The base class whose layout this one extends; mixins contribute methods only.</summary>
    public ClassType? Base { get; } = @base;

    public List<ClassType> Subclasses { get; } = [];

    /// <summary>Attributes whose home is this class: no class above has them.</summary>
    public SortedDictionary<string, TypeCell> Attributes { get; } = new(StringComparer.Ordinal);

    /// <summary>Prebuilt instances of this very class.</summary>
    public List<PyInstance> Prebuilt { get; } = [];

    /// <summary>Functions that looked at the set of subclasses.</summary>
    public HashSet<AnnotatedFunction> Watchers { get; } = [];

    public IEnumerable<ClassType> SelfAndBases
    {
        get
        {
            for (var c = this; c is not null; c = c.Base) yield return c;
        }
    }

    /// <summary>Those that there are now, each before its subclasses.</summary>
    public IReadOnlyList<ClassType> SelfAndSubclasses
    {
        get
        {
            var all = new List<ClassType>();
            AddTo(all);
            return all;
        }
    }

    private void AddTo(List<ClassType> all)
    {
        all.Add(this);
        foreach (var c in Subclasses) c.AddTo(all);
    }

    public bool IsSubclassOf(ClassType other)
    {
        for (var c = this; c is not null; c = c.Base)
            if (c == other) return true;
        return false;
    }

    public override string ToString() => Name;
}

/// <summary>The classes that annotation has met, and where their attributes are at home.</summary>
internal sealed class ClassTable(Annotator annotator)
{
    private readonly Dictionary<PyClass, ClassType> classes = [];

    public IEnumerable<ClassType> All => classes.Values;

    public ClassType Root => Of(BuiltinTypes.Object);

    /// <summary>The class type of a class; made when it is asked for first.</summary>
    public ClassType Of(PyClass c)
    {
        if (classes.TryGetValue(c, out var known)) return known;
        MixIn(c);
        var layoutBase = Array.Find(c.Bases, b => !b.IsBuiltin || b != BuiltinTypes.Object) ?? (c.Bases.Length > 0 ? c.Bases[0] : null);
        var made = new ClassType(c, layoutBase is null ? null : Of(layoutBase));
        classes.Add(c, made);
        if (c == BuiltinTypes.Exception("EnvironmentError")) AddErrorAttributes(made);
        made.Base?.Subclasses.Add(made);
        for (var b = made.Base; b is not null; b = b.Base)
        {
            foreach (var watcher in b.Watchers) annotator.Enqueue(watcher);
            foreach (var (name, cell) in b.Attributes)
                if (InBody(made, name) is { } value) cell.Add(annotator, annotator.OfConstant(value));
        }
        return made;
    }

    /// <summary>Classes marked <c>_mixin_</c> give each class that has them as a base methods of its own, so that the types of two users do not meet.</summary>
    private static void MixIn(PyClass c)
    {
        foreach (var mixin in c.Bases.Where(b => b.Names.ContainsKey("_mixin_")))
            foreach (var (name, value) in mixin.Mro.Reverse().SelectMany(k => k.Names).ToArray())
                if (value is PyFunction f && !c.Names.ContainsKey(name) && ReferenceEquals(c.Find(name), f)) c.Names[name] = f.Copy(c);
    }

    /// <summary>What OSError and IOError always have (RPython's FORCE_ATTRIBUTES_INTO_CLASSES).</summary>
    private void AddErrorAttributes(ClassType type)
    {
        foreach (string name in BuiltinTypes.EnvironmentErrorAttributes)
            (type.Attributes[name] = new TypeCell($"attribute '{name}' of {type.Name}")).Add(annotator, name == "errno" ? SomeInteger.Any : new SomeString(false, true));
    }

    public ClassType? Common(ClassType a, ClassType b)
    {
        foreach (var c in a.SelfAndBases)
            if (b.IsSubclassOf(c)) return c.Class == BuiltinTypes.Object && a.Class != BuiltinTypes.Object && b.Class != BuiltinTypes.Object ? null : c;
        return null;
    }

    /// <summary>The cell of an attribute, at the highest class that has it.</summary>
    public TypeCell Attribute(ClassType c, string name)
    {
        foreach (var home in c.SelfAndBases)
            if (home.Attributes.TryGetValue(name, out var known)) return known;
        var cell = new TypeCell($"attribute '{name}' of {c.Name}");
        // Subclasses that have it already give theirs up.
        foreach (var sub in c.SelfAndSubclasses)
            if (sub.Attributes.Remove(name, out var lower)) cell.Merge(annotator, lower);
        c.Attributes[name] = cell;
        if (c.Class.Find(name) is { } inherited && IsData(inherited)) cell.Add(annotator, annotator.OfConstant(Unwrap(inherited)));
        foreach (var sub in c.SelfAndSubclasses)
        {
            if (InBody(sub, name) is { } value) cell.Add(annotator, annotator.OfConstant(value));
            for (int i = 0; i < sub.Prebuilt.Count; i++) annotator.AddField(cell, sub.Prebuilt[i], name);
        }
        return cell;
    }

    /// <summary>The class where an attribute is at home.</summary>
    public static ClassType? Home(ClassType c, string name) => c.SelfAndBases.FirstOrDefault(h => h.Attributes.ContainsKey(name));

    /// <summary>Whether a name is a method of a class or of one of its subclasses.</summary>
    public static bool IsMethod(ClassType c, string name)
    {
        if (c.Class.Find(name) is { } found) return found is PyFunction;
        // A read may have come before the subclass that has the method.
        return (Home(c, name) is not { } home || home.Attributes[name].Value is SomeImpossible) && c.SelfAndSubclasses.Any(s => s.Class.Names.GetValueOrDefault(name) is PyFunction);
    }

    private static object? InBody(ClassType c, string name)
    {
        // Mixins count as the class that mixes them in.
        foreach (var k in c.Class.Mro)
        {
            if (c.Base is { } b && b.Class.Mro.Contains(k)) continue;
            if (k.Names.TryGetValue(name, out var value)) return IsData(value) ? Unwrap(value) : null;
        }
        return null;
    }

    private static bool IsData(object value) => value is not (PyFunction or PyProperty);

    private static object Unwrap(object value) => value is PyStaticMethod s ? s.Function : value;
}
