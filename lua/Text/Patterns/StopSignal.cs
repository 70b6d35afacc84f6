namespace Mu.Lua.Text.Patterns;

/// <summary>Set from another thread to end matches that take long.</summary>
internal sealed class StopSignal
{
    private volatile bool isSet;

    /// <summary>One that nobody sets.</summary>
    public static StopSignal Never { get; } = new();

    /// <summary>Whether matches are to end.</summary>
    public bool IsSet
    {
        get => isSet;
        set => isSet = value;
    }
}
