namespace Mu.RPython.Objects;

/// <summary>A low-level type (rpython.rtyper.lltypesystem.lltype): a frozen object of the library, of which this reads the attributes. Types are compared by identity.</summary>
internal readonly record struct LowLevelType(PyInstance Host)
{
    /// <summary>The class of all low-level types, and those of pointers that modules make (always NULL) and of native functions, by the methods that mark them.</summary>
    public static LowLevelType? From(object? value) => value is PyInstance i && i.Fields.ContainsKey("kind") && i.Fields.ContainsKey("alignment") ? new LowLevelType(i) : null;

    public static bool IsPointer(object value) => value is PyInstance i && i.Class.Find("_low_level_pointer_") is not null;

    public static bool IsNativeFunction(object value) => value is PyInstance i && i.Class.Find("_native_function_") is not null;

    public string Name => (string)Host.Fields["name"];

    /// <summary>int, float, bool, char, unichar, void, ptr, array, struct, func, opaque.</summary>
    public string Kind => (string)Host.Fields["kind"];

    /// <summary>In bytes; of an array of unknown length, of what stands before its items.</summary>
    public int Size => Number("size");

    /// <summary>Where an array's items begin.</summary>
    public int Offset => Number("offset");

    public bool HasLength => Kind == "array" && Get("nolength") is false;

    /// <summary>Of an array's items.</summary>
    public LowLevelType Item => new((PyInstance)Get("OF"));

    /// <summary>What a pointer points to.</summary>
    public LowLevelType Target => new((PyInstance)Get("TO"));

    /// <summary>Of an int: its width and sign.</summary>
    public IntegerKind Integer => IntegerKind.Of(Size * 8, Get("signed") is true);

    /// <summary>A function's parameters.</summary>
    public LowLevelType[] Parameters => [.. ((PyList)Get("args")).Items.Select(a => new LowLevelType((PyInstance)a))];

    public LowLevelType Result => new((PyInstance)Get("result"));

    /// <summary>A field of a struct; null when there is none of the name.</summary>
    public (int Offset, LowLevelType Type)? Field(string name)
    {
        if (Kind != "struct" || !((PyDict)Get("offsets")).Items.TryGetValue(name, out var offset)) return null;
        return ((int)(long)offset, new LowLevelType((PyInstance)((PyDict)Get("types")).Items[name]));
    }

    /// <summary>Whether values stand in memory themselves, so that a pointer to them is what code has.</summary>
    public bool IsContainer => Kind is "array" or "struct" or "func" or "opaque";

    private object Get(string name) => Host.Fields.TryGetValue(name, out var value) ? value : Host.Class.Find(name)!;

    private int Number(string name) => (int)(long)Get(name);

    public override string ToString() => Name;
}
