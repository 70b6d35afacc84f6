using Mu.Lua.Syntax;

namespace Mu.Lua.Scoping;

/// <summary>A label. <see cref="ActiveLocals"/> locals of the function are alive where it stands.</summary>
internal sealed class LuaLabel(string name, SourcePosition at, int activeLocals)
{
    public string Name { get; } = name;

    public SourcePosition At { get; } = at;

    public int ActiveLocals { get; } = activeLocals;
}

/// <summary>Where a goto leads; filled in when the label is met, at the latest when the function ends.</summary>
internal sealed class GotoTarget
{
    private LuaLabel? label;

    public LuaLabel Label
    {
        get => label ?? throw new InvalidOperationException("The goto is not resolved yet.");
        internal set => label = value;
    }
}

/// <summary>A goto, or a break (without target), that has met no label yet.</summary>
internal sealed class PendingGoto(string name, SourcePosition at, GotoTarget? target, int activeLocals)
{
    public string Name { get; } = name;

    public SourcePosition At { get; } = at;

    public GotoTarget? Target { get; } = target;

    /// <summary>Shrinks as the goto leaves blocks.</summary>
    public int ActiveLocals { get; set; } = activeLocals;
}
