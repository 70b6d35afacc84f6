namespace Mu.Lua.Library;

/// <summary>
/// The part of the library that is written in Lua, because it calls Lua functions. Every chunk gets the table of primitives; its chunk name makes messages, levels and tracebacks
/// treat its functions as library functions.
/// </summary>
internal static class PreludeSource
{
    /// <summary>Chunk name of all prelude chunks.</summary>
    public const string ChunkName = "=[C]";

    private const string Prefix = "Mu.Lua.Library.Prelude.";

    /// <summary>The chunks in the order in which they run.</summary>
    public static IEnumerable<(string Name, byte[] Source)> Chunks =>
        new[] { "base", "string", "table", "utf8", "io", "debug", "package" }.Select(name => (name, Read(name)));

    private static byte[] Read(string name)
    {
        using var stream = typeof(PreludeSource).Assembly.GetManifestResourceStream($"{Prefix}{name}.lua")
            ?? throw new InvalidOperationException($"the prelude has no part '{name}'");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
