namespace Mu.Lua;

/// <summary>Between .NET's types and Lua values. Integers that do not fit are refused, not truncated.</summary>
internal static class LuaConversion
{
    public static LuaValue From(object? value) => value switch
    {
        null => LuaValue.Nil,
        LuaValue luaValue => luaValue,
        bool boolean => boolean,
        string text => text,
        byte[] bytes => bytes,
        LuaReference reference => reference,
        int or long or short or sbyte or byte or ushort or uint => System.Convert.ToInt64(value, null),
        ulong large => checked((long)large),
        double or float => System.Convert.ToDouble(value, null),
        char character => character.ToString(),
        _ => throw new InvalidCastException($"there is no Lua value for {value.GetType()}: LuaState.Wrap makes a userdata of it"),
    };

    public static T To<T>(LuaValue value) => value is T same ? same : (T)To(value, typeof(T))!;

    public static object? To(LuaValue value, Type type)
    {
        if (type == typeof(LuaValue)) return value;
        Type? nullable = Nullable.GetUnderlyingType(type);
        if (value.IsNil && (nullable is not null || !type.IsValueType)) return null;
        object? result = Convert(value, nullable ?? type);
        return (nullable ?? type).IsInstanceOfType(result) ? result : throw new InvalidCastException($"a Lua {LuaValue.TypeName(value.Type)} is no {type.Name}");
    }

    /// <summary>What a parameter of this type is called in an error message.</summary>
    public static string NameOf(Type type) => System.Type.GetTypeCode(Nullable.GetUnderlyingType(type) ?? type) switch
    {
        TypeCode.Boolean => "boolean",
        TypeCode.String => "string",
        TypeCode.Double or TypeCode.Single or TypeCode.Int64 or TypeCode.Int32 or TypeCode.Int16 or TypeCode.Byte or TypeCode.UInt32 => "number",
        _ => type == typeof(LuaTable) ? "table" : type == typeof(LuaFunction) ? "function" : type == typeof(LuaCoroutine) ? "thread" : type == typeof(byte[]) ? "string" : type.Name,
    };

    private static object? Convert(LuaValue value, Type type)
    {
        switch (System.Type.GetTypeCode(type))
        {
            case TypeCode.Boolean: return value.Type == LuaType.Boolean ? value.AsBoolean() : null;
            case TypeCode.Double: return value.TryGetNumber(out double number) ? number : null;
            case TypeCode.Single: return value.TryGetNumber(out double single) ? (float)single : null;
            case TypeCode.String: return value.TryGetString(out string? text) ? text : value.Type == LuaType.Number ? value.ToString() : null;
            case TypeCode.Int64: return Integer(value, long.MinValue, long.MaxValue) is { } int64 ? int64 : null;
            case TypeCode.Int32: return Integer(value, int.MinValue, int.MaxValue) is { } int32 ? (int)int32 : null;
            case TypeCode.Int16: return Integer(value, short.MinValue, short.MaxValue) is { } int16 ? (short)int16 : null;
            case TypeCode.Byte: return Integer(value, byte.MinValue, byte.MaxValue) is { } int8 ? (byte)int8 : null;
            case TypeCode.UInt32: return Integer(value, uint.MinValue, uint.MaxValue) is { } uint32 ? (uint)uint32 : null;
        }
        if (type == typeof(byte[])) return value.Bytes;
        if (type == typeof(object)) return Plain(value);
        return value.Reference is LuaUserdata userdata && !typeof(LuaReference).IsAssignableFrom(type) ? userdata.Target : value.Reference;
    }

    private static long? Integer(LuaValue value, long least, long most) => value.TryGetInteger(out long integer) && integer >= least && integer <= most ? integer : null;

    /// <summary>The .NET value that a host would expect of a Lua value.</summary>
    private static object? Plain(LuaValue value) => value.Type switch
    {
        LuaType.Nil => null,
        LuaType.Boolean => value.AsBoolean(),
        LuaType.Number => value.IsInteger ? value.AsInteger() : value.AsNumber(),
        LuaType.String => value.AsString(),
        LuaType.Userdata => value.AsUserdata().Target ?? value.Reference,
        _ => value.Reference,
    };
}
