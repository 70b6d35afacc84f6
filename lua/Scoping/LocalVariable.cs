using Mu.Lua.Syntax;

namespace Mu.Lua.Scoping;

internal enum LocalAttribute { None, Const, Close }

/// <summary>A local variable or parameter of one function.</summary>
internal sealed class LocalVariable(string name, SourcePosition at, LocalAttribute attribute, int index)
{
    public string Name { get; } = name;

    public SourcePosition At { get; } = at;

    public LocalAttribute Attribute { get; } = attribute;

    /// <summary>Its place among all locals of its function; never shared.</summary>
    public int Index { get; } = index;

    /// <summary>The literal that a <c>&lt;const&gt;</c> variable is for ever; else null.</summary>
    public Expression? Constant { get; internal set; }

    /// <summary>Whether an inner function uses it.</summary>
    public bool IsCaptured { get; internal set; }

    /// <summary>Whether anything but its declaration assigns to it.</summary>
    public bool IsReassigned { get; internal set; }

    /// <summary>Whether it is captured by its own initialiser: only <c>local function</c> can be.</summary>
    public bool IsCapturedBeforeInitialised { get; internal set; }

    /// <summary>Whether its identity can show, in debug.upvalueid and the like, or debug can assign to it.</summary>
    public bool HasVisibleIdentity { get; internal set; }

    /// <summary>Captured, and shared in a way that a copy would show.</summary>
    public bool NeedsCell => IsCaptured && (IsReassigned || IsCapturedBeforeInitialised || HasVisibleIdentity);
}

/// <summary>A variable of an enclosing function: a local of the parent (for the main function's <c>_ENV</c>, of whoever loads the chunk) or an upvalue of the parent.</summary>
internal sealed record Upvalue(string Name, int Index, LocalVariable? ParentLocal, Upvalue? ParentUpvalue)
{
    /// <summary>The local at the end of the chain.</summary>
    public LocalVariable Origin => ParentLocal ?? ParentUpvalue!.Origin;
}
