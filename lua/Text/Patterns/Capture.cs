namespace Mu.Lua.Text.Patterns;

/// <summary>One capture: a start offset and a length, or one of the two marks.</summary>
internal struct Capture
{
    /// <summary>Length of a capture still open.</summary>
    public const int Unfinished = -1;

    /// <summary>Length of a position capture, whose value is the one-based start.</summary>
    public const int Position = -2;

    public int Start;
    public int Length;
}

/// <summary>Captures of one match.</summary>
internal static class CaptureList
{
    /// <summary>LUA_MAXCAPTURES.</summary>
    public const int Limit = 32;
}
