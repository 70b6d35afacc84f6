using Mu.Core.Api;
using Xunit;

namespace Mu.Lua.Tests.Embedding;

/// <summary>Values between a host and its states.</summary>
public sealed class ValueTests
{
    [Theory, InlineData(EngineKind.Jit), InlineData(EngineKind.Interpreter)]
    public void A_chunk_gives_its_results(EngineKind engine)
    {
        using var lua = new LuaState(new LuaOptions { Engine = engine });
        LuaValue[] results = lua.Run("return 1, 2.5, 'x', true, nil, 1 << 62, ...");
        Assert.Equal([1, 2.5, "x", true, LuaValue.Nil, 1L << 62], results);
        Assert.True(results[0].IsInteger);
        Assert.True(results[1].IsFloat);
    }

    [Fact]
    public void Bytes_come_through_unchanged()
    {
        using var lua = new LuaState();
        byte[] bytes = [0, 0xFF, 0x80, (byte)'a'];
        lua["s"] = bytes;
        Assert.Equal(bytes, lua.Run("return s .. ''")[0].AsBytes().ToArray());
        Assert.Equal(4, lua.Run("return #s")[0].AsInteger());
        lua["text"] = "grün";
        Assert.Equal(5, lua.Run("return #text")[0].AsInteger());
        Assert.Equal("grün", lua["text"].AsString());
    }

    [Fact]
    public void Equality_is_raw_equality()
    {
        using var lua = new LuaState();
        LuaValue[] values = lua.Run("local t = {} return t, t, {}, 1, 1.0, '1', print");
        Assert.Equal(values[0], values[1]);
        Assert.NotEqual(values[0], values[2]);
        Assert.Equal(values[3], values[4]);
        Assert.Equal(values[3].GetHashCode(), values[4].GetHashCode());
        Assert.NotEqual(values[3], values[5]);
        Assert.Equal(values[0].GetHashCode(), values[1].GetHashCode());
        Assert.Equal(lua["print"], values[6]);
    }

    [Fact]
    public void Wrong_types_are_refused()
    {
        using var lua = new LuaState();
        Assert.Throws<InvalidCastException>(() => lua.Run("return 'x'")[0].AsInteger());
        Assert.Throws<InvalidCastException>(() => lua.Run("return 1.5")[0].To<int>());
        Assert.Throws<InvalidCastException>(() => lua.Run("return 1 << 40")[0].To<int>());
        Assert.Equal(3, lua.Run("return 3.0")[0].To<int>());
        Assert.Null(lua.Run("return nil")[0].To<int?>());
        Assert.Throws<InvalidCastException>(() => LuaValue.From(new object()));
    }

    [Fact]
    public void Tables_are_read_and_written()
    {
        using var lua = new LuaState();
        LuaTable table = lua.CreateTable([1, 2, 3]);
        table["name"] = "x";
        table.Add(4);
        lua["t"] = table;
        Assert.Equal([4, "x"], lua.Run("t[2] = nil; t.new = {} return #t, t.name"));
        Assert.Equal(LuaValue.Nil, table[2]);
        Assert.Equal(["1", "3", "4", "name", "new"], table.Select(field => field.Key.ToString()).Order());
        Assert.Throws<ArgumentException>(() => table.RawSet(LuaValue.Nil, 1));
    }

    [Fact]
    public void Metamethods_have_their_say()
    {
        using var lua = new LuaState();
        LuaTable table = lua.Run("""
            return setmetatable({}, {
              __index = function(t, k) return k .. '!' end, __newindex = function(t, k, v) rawset(t, k, v + 1) end,
              __len = function() return 42 end, __tostring = function() return 'me' end })
            """)[0].AsTable();
        Assert.Equal("a!", table["a"].AsString());
        table["n"] = 1;
        Assert.Equal(2, table["n"].AsInteger());
        Assert.Equal(42, table.Length);
        Assert.Equal("me", table.ToString());
        Assert.Equal(LuaValue.Nil, table.RawGet("a"));
        table.Metatable = null;
        Assert.Equal(LuaValue.Nil, table["a"]);
        Assert.Null(table.Metatable);
    }

    [Theory, InlineData(EngineKind.Jit), InlineData(EngineKind.Interpreter)]
    public void Handles_survive_collections_that_move_their_objects(EngineKind engine)
    {
        using var lua = new LuaState(new LuaOptions { Engine = engine, StressesCollector = true });
        var tables = new List<LuaTable>();
        for (int i = 0; i < 20; i++)
        {
            LuaTable table = lua.CreateTable();
            table["i"] = $"value number {i}, long enough to be a string of its own";
            tables.Add(table);
            lua["last"] = table;
        }
        lua.Collect();
        LuaFunction read = lua.Load("local t, i = ... return t.i == 'value number ' .. i .. ', long enough to be a string of its own'");
        for (int i = 0; i < 20; i++) Assert.True(read.Call<bool>(tables[i], i));
        Assert.Equal(tables[19], lua["last"].AsTable());
    }

    [Fact]
    public void An_object_dies_when_its_handle_is_disposed_of()
    {
        using var lua = new LuaState();
        LuaTable table = lua.CreateTable();
        lua.Run("weak = setmetatable({}, { __mode = 'v' })");
        lua["weak"].AsTable()["it"] = table;
        Assert.Equal("table", lua.Run("collectgarbage() return type(weak.it)")[0].AsString());
        table.Dispose();
        Assert.Equal("nil", lua.Run("collectgarbage() return type(weak.it)")[0].AsString());
        Assert.Throws<ObjectDisposedException>(() => table["x"]);
    }

    [Fact]
    public void Objects_of_another_state_are_refused()
    {
        using var one = new LuaState();
        using var other = new LuaState();
        Assert.Throws<ArgumentException>(() => one["x"] = other.CreateTable());
    }

    [Fact]
    public void A_state_that_has_ended_says_so()
    {
        var lua = new LuaState();
        LuaFunction function = lua.Load("return 1");
        lua.Dispose();
        lua.Dispose();
        Assert.Throws<ObjectDisposedException>(() => lua.Run("return 1"));
        Assert.Throws<ObjectDisposedException>(() => function.Call());
    }
}
