using Mu.Core.Types;

namespace Mu.ClientLib.Building;

/// <summary>A mutable variable of a function under construction. Reads and writes become SSA values.</summary>
public sealed class Variable
{
    internal Variable(MuType type, string? name, int key)
    {
        Type = type;
        Name = name;
        Key = key;
    }

    /// <summary>Type of its values.</summary>
    public MuType Type { get; }

    /// <summary>Name for messages and block parameters.</summary>
    public string? Name { get; }

    internal int Key { get; }

    /// <inheritdoc/>
    public override string ToString() => Name ?? $"variable {Key}";
}
