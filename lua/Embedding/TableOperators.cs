namespace Mu.Lua;

/// <summary>Operations in which metamethods have a say, as Lua functions: nothing but Mu code calls Lua code.</summary>
internal sealed class TableOperators
{
    private const string Source = """
        return function(t, k) return t[k] end, function(t, k, v) t[k] = v end, function(t) return #t end, function(f, ...) return f(...) end
        """;

    private readonly LuaFunction index, setIndex, length, call;

    public TableOperators(LuaState state)
    {
        // The name makes them functions of the library: no levels of programs' stacks.
        using LuaFunction chunk = state.Load(System.Text.Encoding.UTF8.GetBytes(Source), Library.PreludeSource.ChunkName);
        LuaValue[] functions = chunk.Call();
        (index, setIndex, length, call) = (functions[0].AsFunction(), functions[1].AsFunction(), functions[2].AsFunction(), functions[3].AsFunction());
    }

    public LuaValue Index(LuaValue table, LuaValue key) => index.Call(table, key)[0];

    public void SetIndex(LuaValue table, LuaValue key, LuaValue value) => setIndex.Call(table, key, value);

    public LuaValue Length(LuaValue table) => length.Call(table)[0];

    public LuaValue[] Call(LuaValue function, ReadOnlySpan<LuaValue> arguments) => call.Call([function, .. arguments]);
}
