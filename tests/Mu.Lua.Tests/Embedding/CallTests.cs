using Mu.Core.Api;
using Xunit;

namespace Mu.Lua.Tests.Embedding;

/// <summary>Calls of Lua by the host and of the host by Lua, and their errors.</summary>
public sealed class CallTests
{
    public static TheoryData<EngineKind, bool> Modes { get; } = new() { { EngineKind.Jit, false }, { EngineKind.Jit, true }, { EngineKind.Interpreter, false }, { EngineKind.Interpreter, true } };

    private static LuaState NewState(EngineKind engine, bool stress) => new(new LuaOptions { Engine = engine, StressesCollector = stress });

    [Theory, MemberData(nameof(Modes))]
    public void Arguments_and_results_of_any_number(EngineKind engine, bool stress)
    {
        using LuaState lua = NewState(engine, stress);
        LuaFunction echo = lua.Load("return select('#', ...), ...");
        for (int n = 0; n < 12; n++)
        {
            LuaValue[] arguments = [.. Enumerable.Range(0, n).Select(i => i % 2 == 0 ? (LuaValue)$"a string of some length, the number {i}" : i)];
            Assert.Equal([n, .. arguments], echo.Call(arguments));
        }
    }

    [Theory, MemberData(nameof(Modes))]
    public void Host_functions_get_and_give_any_number_of_values(EngineKind engine, bool stress)
    {
        using LuaState lua = NewState(engine, stress);
        lua["echo"] = lua.CreateFunction("echo", call => call.Arguments.Append(call.Count).ToArray());
        for (int n = 0; n < 8; n++)
        {
            string list = string.Join(", ", Enumerable.Range(0, n).Select(i => $"'number ' .. {i} .. ' in a text of some length'"));
            LuaValue[] results = lua.Run($"return echo({list})");
            Assert.Equal([.. Enumerable.Range(0, n).Select(i => (LuaValue)$"number {i} in a text of some length"), n], results);
        }
    }

    [Fact]
    public void Delegates_have_typed_parameters()
    {
        using var lua = new LuaState();
        lua["add"] = lua.CreateFunction("add", (long a, long b) => a + b);
        lua["half"] = lua.CreateFunction("half", (double x) => x / 2);
        lua["shout"] = lua.CreateFunction("shout", (string s, bool? twice) => s + (twice == true ? "!!" : "!"));
        string heard = "";
        lua["hear"] = lua.CreateAction("hear", (string s) => heard += s);
        Assert.Equal([5, 1.5, "x!", "x!!"], lua.Run("return add(2, 3), half(3), shout('x'), shout('x', true)"));
        Assert.Empty(lua.Run("return hear('a')"));
        Assert.Equal("a", heard);
    }

    [Theory]
    [InlineData("add('x', 1)", "t:1: bad argument #1 to 'add' (number expected, got string)")]
    [InlineData("add(1)", "t:1: bad argument #2 to 'add' (number expected, got no value)")]
    [InlineData("add(1.5, 1)", "t:1: bad argument #1 to 'add' (number has no integer representation)")]
    [InlineData("local t = { add = add } t.add({}, 1)", "t:1: bad argument #1 to 'add' (number expected, got table)")]
    public void Bad_arguments_are_told_as_Lua_does(string code, string message)
    {
        using var lua = new LuaState();
        lua["add"] = lua.CreateFunction("add", (long a, long b) => a + b);
        Assert.Equal(message, Assert.Throws<LuaException>(() => lua.Run(code, "=t")).Message);
    }

    [Theory, MemberData(nameof(Modes))]
    public void A_host_function_calls_Lua_that_calls_it(EngineKind engine, bool stress)
    {
        using LuaState lua = NewState(engine, stress);
        lua["fact"] = lua.CreateFunction("fact", (long n) => n <= 1 ? 1 : n * lua["step"].AsFunction().Call<long>(n - 1));
        lua.Run("function step(n) local kept = {} kept[1] = 'text ' .. n; local r = fact(n); assert(kept[1] == 'text ' .. n) return r end");
        Assert.Equal(3628800, lua.Run("return fact(10)")[0].AsInteger());
    }

    [Fact]
    public void Nesting_without_end_is_an_error()
    {
        using var lua = new LuaState();
        lua["again"] = lua.CreateFunction("again", call => call.State["f"].AsFunction().Call());
        lua.Run("function f() return again() end");
        Assert.Contains("C stack overflow", Assert.Throws<LuaException>(() => lua.Run("f()")).Message, StringComparison.Ordinal);
        Assert.Equal(1, lua.Run("return 1")[0].AsInteger());
    }

    [Theory, MemberData(nameof(Modes))]
    public void A_coroutine_cannot_yield_over_the_host_but_others_can(EngineKind engine, bool stress)
    {
        using LuaState lua = NewState(engine, stress);
        lua["run"] = lua.CreateFunction("run", call => call.Get<LuaFunction>(0).Call());
        LuaValue[] results = lua.Run("""
            local co = coroutine.wrap(function()
              local inside = coroutine.wrap(function() coroutine.yield(1) coroutine.yield(2) end)
              run(function() inside() end)
              coroutine.yield('between')
              local ok, message = pcall(run, function() coroutine.yield() end)
              coroutine.yield(message)
              return inside()
            end)
            return co(), co(), co()
            """, "=t");
        Assert.Equal("between", results[0].AsString());
        Assert.Contains("attempt to yield", results[1].AsString(), StringComparison.Ordinal);
        Assert.Equal(2, results[2].AsInteger());
    }

    [Fact]
    public void Errors_have_their_value_and_a_traceback()
    {
        using var lua = new LuaState();
        var e = Assert.Throws<LuaException>(() => lua.Run("local function f() error('oh') end\nlocal function g() f() end\ng()", "=t"));
        Assert.Equal("t:1: oh", e.Message);
        Assert.Equal("stack traceback:\n\t[C]: in function 'error'\n\tt:1: in upvalue 'f'\n\tt:2: in local 'g'\n\tt:3: in main chunk\n\t[C]: in ?", e.Traceback);
        e = Assert.Throws<LuaException>(() => lua.Run("error({ code = 7 })"));
        Assert.Equal(7, e.Value.AsTable()["code"].AsInteger());
        Assert.Equal("(error object is a table value)", e.Message);
    }

    [Fact]
    public void A_host_functions_exception_is_a_Lua_error_and_comes_back_as_its_cause()
    {
        using var lua = new LuaState();
        lua["fail"] = lua.CreateAction("fail", () => throw new InvalidOperationException("no"));
        Assert.Equal([false, "t:1: no"], lua.Run("return pcall(function() fail() end)", "=t"));
        var e = Assert.Throws<LuaException>(() => lua.Run("fail()", "=t"));
        Assert.Equal("t:1: no", e.Message);
        Assert.IsType<InvalidOperationException>(e.InnerException);
        Assert.Contains("[C]: in global 'fail'", e.Traceback, StringComparison.Ordinal);
    }

    [Fact]
    public void A_Lua_error_passes_through_the_host_unchanged()
    {
        using var lua = new LuaState();
        lua["run"] = lua.CreateFunction("run", call => call.Get<LuaFunction>(0).Call());
        Assert.Equal([false, true], lua.Run("local e = {} local ok, got = pcall(run, function() error(e) end) return ok, got == e"));
        lua["raise"] = lua.CreateAction("raise", (LuaValue value) => throw new LuaException(value));
        Assert.Equal([false, 42], lua.Run("return pcall(raise, 42)"));
    }

    [Fact]
    public void What_is_no_Lua_is_told_with_its_place()
    {
        using var lua = new LuaState();
        Assert.Equal("t:2: unexpected symbol near '='", Assert.Throws<LuaCompileException>(() => lua.Load("\nx = = 1", "=t")).Message);
    }

    [Fact]
    public void Chunks_have_environments_and_come_from_files()
    {
        using var lua = new LuaState();
        LuaTable environment = lua.CreateTable();
        lua.Load("x = 1", "=t", environment).Call();
        Assert.Equal(1, environment["x"].AsInteger());
        Assert.True(lua["x"].IsNil);
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "#!/usr/bin/env mulua\nreturn ..., debug.getinfo(1, 'S').source");
            Assert.Equal(["a", "@" + file], lua.RunFile(file, "a"));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Coroutines_are_resumed_by_the_host()
    {
        using var lua = new LuaState();
        LuaCoroutine co = lua.CreateCoroutine(lua.Load("local a = ... local b = coroutine.yield(a + 1) error('end ' .. b)", "=t"));
        Assert.Equal(LuaCoroutineStatus.Suspended, co.Status);
        Assert.Equal([3], co.Resume(2));
        var e = Assert.Throws<LuaException>(() => co.Resume("x"));
        Assert.Equal("t:1: end x", e.Message);
        Assert.Contains("t:1: in", e.Traceback, StringComparison.Ordinal);
        Assert.Equal(LuaCoroutineStatus.Dead, co.Status);
        Assert.Throws<LuaException>(() => co.Resume());
    }

    [Fact]
    public void Delegates_of_dead_functions_are_given_free()
    {
        using var lua = new LuaState();
        int before = lua.Objects.Count;
        for (int i = 0; i < 1000; i++) lua.CreateFunction("f", () => 1L).Dispose();
        Assert.True(lua.Objects.Count < before + 500);
    }

    [Fact]
    public void States_run_in_several_threads_at_once()
    {
        Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
        {
            using var lua = new LuaState();
            lua["i"] = i;
            lua["twice"] = lua.CreateFunction("twice", (long n) => 2 * n);
            Assert.Equal(i + 20000, lua.Run("local s = i for n = 1, 10000 do local t = { n } s = s + twice(#t) end return s")[0].AsInteger());
        });
    }

    [Fact]
    public void Several_threads_take_turns_in_one_state()
    {
        using var lua = new LuaState();
        lua.Run("n = 0 function bump() for i = 1, 100 do n = n + 1 end end");
        LuaFunction bump = lua["bump"].AsFunction();
        Parallel.For(0, 50, _ => bump.Call());
        Assert.Equal(5000, lua["n"].AsInteger());
    }
}
