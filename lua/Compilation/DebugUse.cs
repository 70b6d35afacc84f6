namespace Mu.Lua.Compilation;

/// <summary>
/// What the chunks of a state can ask of debug, as far as it changes how code is compiled. A program that never names these functions pays nothing for them; the names
/// are looked for in the source, so that functions are compiled the right way before the library is called.
/// </summary>
[Flags]
internal enum DebugUse
{
    None = 0,

    /// <summary>Identities of captured variables show, or debug assigns to them: closures share cells, never copies.</summary>
    Variables = 1,

    /// <summary>Local variables of running functions are read or assigned: frames keep them in memory.</summary>
    Locals = 2,

    /// <summary>Hooks may be set.</summary>
    Hooks = 4,
}

/// <summary>Finds <see cref="DebugUse"/> in sources.</summary>
internal static class DebugNames
{
    public static DebugUse In(ReadOnlySpan<byte> source)
    {
        var use = DebugUse.None;
        if (Has(source, "upvalueid"u8) || Has(source, "upvaluejoin"u8) || Has(source, "setupvalue"u8)) use |= DebugUse.Variables;
        if (Has(source, "getlocal"u8)) use |= DebugUse.Locals;
        if (Has(source, "setlocal"u8)) use |= DebugUse.Locals | DebugUse.Variables;
        if (Has(source, "sethook"u8)) use |= DebugUse.Hooks;
        return use;
    }

    private static bool Has(ReadOnlySpan<byte> source, ReadOnlySpan<byte> name) => source.IndexOf(name) >= 0;
}
