namespace Mu.Lua;

/// <summary>Shows a public method, property, field or indexer to programs (<see cref="LuaMembers"/>).</summary>
/// <param name="name">The name in programs; null for the member's own.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property | AttributeTargets.Field)]
public sealed class LuaMemberAttribute(string? name = null) : Attribute
{
    /// <summary>The name in programs; null for the member's own.</summary>
    public string? Name { get; } = name;
}
