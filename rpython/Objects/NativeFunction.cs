namespace Mu.RPython.Objects;

/// <summary>A native function as a program declares it (rffi.llexternal).</summary>
internal sealed record NativeFunction(string Name, LowLevelType[] Parameters, LowLevelType Result, NativeOrigin? Origin)
{
    /// <summary>From the library's object.</summary>
    public static NativeFunction Of(PyInstance declared) => new(
        (string)declared.Fields["name"],
        [.. ((PyList)declared.Fields["args"]).Items.Select(a => new LowLevelType((PyInstance)a))],
        new LowLevelType((PyInstance)declared.Fields["result"]),
        declared.Fields["eci"] is PyInstance eci ? NativeOrigin.Of(eci) : null);

    /// <summary>That behind a function pointer.</summary>
    public static NativeFunction Of(LowLevelType type) => new("", type.Parameters, type.Result, null);
}

/// <summary>Where native functions come from besides the C library: sources that belong to the program, and shared libraries.</summary>
internal sealed record NativeOrigin(PyInstance Declared, string[] Sources, string[] Files, string[] Includes, string[] Folders, string[] Bits, string[] Libraries, string[] LibraryFolders, string[] Options)
{
    public static NativeOrigin Of(PyInstance eci)
    {
        string[] Texts(string name) => eci.Fields.TryGetValue(name, out var list) ? [.. ((PyList)list).Items.Select(i => i.ToString()!)] : [];
        return new(eci, Texts("sources"), Texts("files"), Texts("includes"), Texts("include_dirs"), Texts("bits"), Texts("libraries"), Texts("library_dirs"), Texts("options"));
    }
}
