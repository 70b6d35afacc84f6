namespace Mu.Lua.Syntax;

/// <summary>How a chunk's name is shown in messages (luaO_chunkid, with its limit of 60 bytes).</summary>
internal static class ChunkName
{
    private const int Limit = 60;

    public static string Display(string name)
    {
        if (name.StartsWith('='))
            return name.Length <= Limit ? name[1..] : name[1..Limit];
        if (name.StartsWith('@'))
            return name.Length <= Limit ? name[1..] : "..." + name[^(Limit - 4)..];

        const string prefix = "[string \"", suffix = "\"]", dots = "...";
        var room = Limit - prefix.Length - suffix.Length - dots.Length - 1;
        var lineEnd = name.IndexOf('\n', StringComparison.Ordinal);
        if (lineEnd < 0 && name.Length < room)
            return prefix + name + suffix;
        var length = lineEnd < 0 ? name.Length : lineEnd;
        return prefix + name[..Math.Min(length, room)] + dots + suffix;
    }
}
