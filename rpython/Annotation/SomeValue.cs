using Mu.RPython.Objects;

namespace Mu.RPython.Annotation;

/// <summary>What annotation knows of a value: its type, and the value itself when it is always the same.</summary>
internal abstract record SomeValue
{
    /// <summary>The value when it is known; null otherwise.</summary>
    public object? Constant { get; init; }

    /// <summary>Whether None is among the values.</summary>
    public virtual bool CanBeNone => false;

    /// <summary>The same without None; with it for <paramref name="nullable"/>.</summary>
    public virtual SomeValue WithNone(bool nullable) => nullable ? throw new UnionException(this, SomeNone.Instance) : this;

    protected string Suffix => (CanBeNone ? " or None" : "") + (Constant is null ? "" : $" = {HostText.Repr(Constant)}");
}

/// <summary>No value: code that is not reached, or an element of a list that is always empty.</summary>
internal sealed record SomeImpossible : SomeValue
{
    public static readonly SomeImpossible Instance = new();

    public override string ToString() => "nothing";
}

/// <summary>The value of an operation in which an error was found: whatever is done with it is no further error.</summary>
internal sealed record SomeWrong : SomeValue
{
    public static readonly SomeWrong Instance = new();

    public override string ToString() => "wrong";
}

internal sealed record SomeInteger(IntegerKind Kind, bool IsNonNegative) : SomeValue
{
    public static readonly SomeInteger Any = new(IntegerKind.Signed, false), NonNegative = new(IntegerKind.Signed, true);

    public override string ToString() => Kind.Name + (IsNonNegative && Kind.IsSigned ? " >= 0" : "") + Suffix;
}

internal sealed record SomeBool : SomeValue
{
    public static readonly SomeBool Any = new();

    public static SomeBool Of(bool? known) => known is { } value ? Any with { Constant = value } : Any;

    public override string ToString() => "bool" + Suffix;
}

internal sealed record SomeFloat : SomeValue
{
    public static readonly SomeFloat Any = new();

    public override string ToString() => "float" + Suffix;
}

/// <summary>A str of length 1, or a unicode string of length 1.</summary>
internal sealed record SomeChar(bool IsUnicode) : SomeValue
{
    public static readonly SomeChar Byte = new(false), Unicode = new(true);

    public override SomeValue WithNone(bool nullable) => nullable ? new SomeString(IsUnicode, true) : this;

    public override string ToString() => (IsUnicode ? "unichar" : "char") + Suffix;
}

internal sealed record SomeString(bool IsUnicode, bool Nullable) : SomeValue
{
    public static readonly SomeString Byte = new(false, false), Unicode = new(true, false);

    public override bool CanBeNone => Nullable;

    public override SomeValue WithNone(bool nullable) => this with { Nullable = nullable, Constant = nullable ? null : Constant };

    public override string ToString() => (IsUnicode ? "unicode" : "str") + Suffix;
}

internal sealed record SomeNone : SomeValue
{
    public static readonly SomeNone Instance = new() { Constant = PyNone.Value };

    public override bool CanBeNone => true;

    public override SomeValue WithNone(bool nullable) => nullable ? this : SomeImpossible.Instance;

    public override string ToString() => "None";
}

internal sealed record SomeTuple(SomeValue[] Items) : SomeValue
{
    public bool Equals(SomeTuple? other) => other is not null && Items.AsSpan().SequenceEqual(other.Items) && Equals(Constant, other.Constant);

    public override int GetHashCode() => Items.Length;

    public override string ToString() => $"({string.Join(", ", Items.AsEnumerable())})";
}

internal sealed record SomeList(ListType Type, bool Nullable) : SomeValue
{
    public override bool CanBeNone => Nullable;

    public override SomeValue WithNone(bool nullable) => this with { Nullable = nullable, Constant = nullable ? null : Constant };

    public bool Equals(SomeList? other) => other is not null && Type.Root == other.Type.Root && Nullable == other.Nullable && Equals(Constant, other.Constant);

    public override int GetHashCode() => Nullable ? 1 : 2;

    public override string ToString() => $"list of {Type.Item.Show()}" + (CanBeNone ? " or None" : "");
}

internal sealed record SomeDict(DictType Type, bool Nullable) : SomeValue
{
    public override bool CanBeNone => Nullable;

    public override SomeValue WithNone(bool nullable) => this with { Nullable = nullable, Constant = nullable ? null : Constant };

    public bool Equals(SomeDict? other) => other is not null && Type.Root == other.Type.Root && Nullable == other.Nullable && Equals(Constant, other.Constant);

    public override int GetHashCode() => Nullable ? 3 : 4;

    public override string ToString() => $"dict of {Type.Key.Show()}: {Type.Value.Show()}" + (CanBeNone ? " or None" : "");
}

internal sealed record SomeInstance(ClassType Class, bool Nullable) : SomeValue
{
    public override bool CanBeNone => Nullable;

    public override SomeValue WithNone(bool nullable) => this with { Nullable = nullable, Constant = nullable ? null : Constant };

    public override string ToString() => Class.Name + (CanBeNone ? " or None" : "") + (Constant is null ? "" : " (prebuilt)");
}

/// <summary>One of some prebuilt objects that are known by identity: functions, classes, frozen instances.</summary>
internal sealed record SomePbc(PbcSet Members, bool Nullable) : SomeValue
{
    public override bool CanBeNone => Nullable;

    public override SomeValue WithNone(bool nullable) => new SomePbc(Members, nullable) { Constant = !nullable && Members.Items.Count == 1 ? Members.Items[0] : null };

    public static SomePbc Of(object member) => new(new PbcSet([member]), false) { Constant = member };

    public override string ToString() => $"{{{string.Join(", ", Members.Items)}}}" + (CanBeNone ? " or None" : "");
}

/// <summary>A method of an instance, dispatched on its class.</summary>
internal sealed record SomeMethod(SomeInstance Self, string Name) : SomeValue
{
    public override string ToString() => $"method {Name} of {Self}";
}

/// <summary>A method of a built-in type's value.</summary>
internal sealed record SomeBuiltinMethod(SomeValue Self, string Name) : SomeValue
{
    public override string ToString() => $"method {Name} of {Self}";
}

/// <summary>What a for loop goes over. <paramref name="Kind"/> says how; the source is a list, dict, string, ….</summary>
internal sealed record SomeIterator(string Kind, SomeValue Source) : SomeValue
{
    public override string ToString() => $"{Kind} iterator over {Source}";
}

/// <summary>A weak reference to an instance; to nothing for null.</summary>
internal sealed record SomeWeakReference(SomeInstance? Target, bool Nullable) : SomeValue
{
    public override bool CanBeNone => Nullable;

    public override SomeValue WithNone(bool nullable) => this with { Nullable = nullable, Constant = nullable ? null : Constant };

    public override string ToString() => $"weak reference to {Target?.ToString() ?? "nothing"}" + (CanBeNone ? " or None" : "");
}

/// <summary>The address of raw memory (lltype, rffi). NULL is among the addresses.</summary>
internal sealed record SomePointer(LowLevelType Target) : SomeValue
{
    public override string ToString() => $"pointer to {Target}";
}

/// <summary>An array of ints without bounds checks, for the library (rt.magnitudes).</summary>
internal sealed record SomeWords : SomeValue
{
    public static readonly SomeWords Instance = new();

    public override string ToString() => "words";
}

/// <summary>Two types that no variable can have both of.</summary>
internal sealed class UnionException(SomeValue a, SomeValue b) : Exception($"{a} and {b}")
{
    public SomeValue First { get; } = a;

    public SomeValue Second { get; } = b;
}

/// <summary>A set of prebuilt objects, compared by identity.</summary>
internal sealed class PbcSet(IEnumerable<object> items) : IEquatable<PbcSet>
{
    public IReadOnlyList<object> Items { get; } = [.. items.Distinct(ReferenceEqualityComparer.Instance)!];

    public PbcSet Union(PbcSet other) => other.Items.All(Items.Contains) ? this : new PbcSet(Items.Concat(other.Items));

    public bool Equals(PbcSet? other) => other is not null && Items.Count == other.Items.Count && Items.All(i => other.Items.Contains(i, ReferenceEqualityComparer.Instance));

    public override bool Equals(object? obj) => Equals(obj as PbcSet);

    public override int GetHashCode() => Items.Count;
}
