namespace Mu.Lua;

/// <summary>What a host function returns: no value, one, or several.</summary>
public readonly struct LuaResult
{
    private readonly LuaValue[]? several;
    private readonly LuaValue first;
    private readonly bool hasOne;

    private LuaResult(LuaValue value) => (first, hasOne) = (value, true);

    private LuaResult(LuaValue[] values) => several = values;

    /// <summary>No value.</summary>
    public static LuaResult None => default;

    /// <summary>Several values.</summary>
    public static LuaResult Of(params LuaValue[] values) => new(values);

    /// <summary>Number of values.</summary>
    public int Count => several?.Length ?? (hasOne ? 1 : 0);

    internal LuaValue this[int index] => several is null ? first : several[index];

    /// <summary>One value.</summary>
    public static implicit operator LuaResult(LuaValue value) => new(value);

    /// <summary>Several values.</summary>
    public static implicit operator LuaResult(LuaValue[] values) => new(values);

    /// <summary>A boolean.</summary>
    public static implicit operator LuaResult(bool value) => new((LuaValue)value);

    /// <summary>An integer.</summary>
    public static implicit operator LuaResult(long value) => new((LuaValue)value);

    /// <summary>A float.</summary>
    public static implicit operator LuaResult(double value) => new((LuaValue)value);

    /// <summary>A string.</summary>
    public static implicit operator LuaResult(string? value) => new((LuaValue)value);

    /// <summary>An object.</summary>
    public static implicit operator LuaResult(LuaReference? value) => new((LuaValue)value);
}
