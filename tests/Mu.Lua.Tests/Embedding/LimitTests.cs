using Mu.Core.Api;
using Xunit;

namespace Mu.Lua.Tests.Embedding;

/// <summary>Limits and sandboxes: no program gets around them, and the state goes on afterwards.</summary>
public sealed class LimitTests
{
    private static readonly LuaLimits ShortTime = new() { Time = TimeSpan.FromMilliseconds(50) };

    /// <summary>A state with a function go, soon after which what runs is ended: however slow the machine is, it has come as far as that.</summary>
    private static LuaState NewStateToBeEnded(EngineKind engine = EngineKind.Jit)
    {
        var lua = new LuaState(new LuaOptions { Engine = engine });
        lua["go"] = lua.CreateAction("go", () => { _ = Task.Delay(20).ContinueWith(_ => lua.Interrupt("over"), TaskScheduler.Default); });
        return lua;
    }

    public static TheoryData<string, EngineKind> Endless { get; } = MakeEndless(
        "while true do end",
        "repeat until false",
        "::again:: goto again",
        "for i = 1, math.huge do end",
        "local function f() return f() end f()",
        "while true do pcall(function() while true do end end) end",
        "while true do pcall(error) end",
        "local function f() pcall(f) f() end while true do f() end",
        "while true do xpcall(function() while true do end end, function() while true do end end) end",
        "while true do coroutine.wrap(function() while true do end end)() end",
        "local co = coroutine.wrap(function() while true do coroutine.yield() end end) while true do pcall(co) end",
        "while true do local co = coroutine.create(function() while true do end end) coroutine.resume(co) coroutine.close(co) end",
        "local function f() local x <close> = setmetatable({}, { __close = f }) while true do end end while true do pcall(f) end",
        "local x <close> = setmetatable({}, { __close = function() while true do end end }) while true do end",
        "table.sort({ 3, 2, 1 }, function(a, b) while true do end end)",
        "string.gsub('x', 'x', function() while true do end end)",
        "local t = setmetatable({}, { __index = function(t, k) while true do end end }) while true do pcall(function() return t.x end) end",
        "for _ in pairs(setmetatable({}, { __pairs = function() return function() return 1 end end })) do end",
        "local s = ('a'):rep(40) s:find(('a-'):rep(40) .. 'b')",
        "local s = ('a'):rep(1000000) s:find('.-b')",
        "while true do pcall(string.gsub, ('a'):rep(40), ('a?'):rep(40) .. 'b', '') end",
        "table.move({}, 1, 1 << 60, 2)",
        "load(function() while true do end end)",
        "setmetatable({}, { __gc = function() while true do end end }) while true do collectgarbage() end");

    private static TheoryData<string, EngineKind> MakeEndless(params string[] programs)
    {
        var data = new TheoryData<string, EngineKind>();
        foreach (string program in programs)
        {
            data.Add(program, EngineKind.Jit);
            data.Add(program, EngineKind.Interpreter);
        }
        return data;
    }

    [Theory, MemberData(nameof(Endless))]
    public void A_program_without_end_is_ended(string program, EngineKind engine)
    {
        using var lua = new LuaState(new LuaOptions { Limits = ShortTime, Engine = engine });
        var e = Assert.Throws<LuaInterruptedException>(() => lua.Run(program, "=t"));
        Assert.Equal(LuaInterruptReason.Time, e.Reason);
        Assert.Contains("time limit exceeded", e.Message, StringComparison.Ordinal);
        Assert.StartsWith("stack traceback:", e.Traceback, StringComparison.Ordinal);
        lua.TimeLimit = null;
        Assert.Equal([10, "ok"], lua.Run("local s = 0 for i = 1, 4 do s = s + i end return s, coroutine.wrap(function() coroutine.yield('ok') end)()"));
    }

    [Fact]
    public void The_place_where_it_ended_is_told()
    {
        using LuaState lua = NewStateToBeEnded();
        var e = Assert.Throws<LuaInterruptedException>(() => lua.Run("local function spin()\n  local n = 0 go()\n  while true do n = n + 1 end\nend\nspin()", "=t"));
        Assert.Equal("t:3: over", e.Message);
        Assert.Equal("stack traceback:\n\tt:3: in local 'spin'\n\tt:5: in main chunk\n\t[C]: in ?", e.Traceback);
    }

    [Theory]
    [InlineData("go()\nwhile true do end", 2)]
    [InlineData("go()\n\nrepeat until false", 3)]
    [InlineData("go()\nlocal x = 1\n\n::again::\ngoto again", 4)]
    [InlineData("go()\nfor i = 1, math.huge do\nend", 2)]
    public void An_empty_loop_has_a_line(string program, int line)
    {
        using LuaState lua = NewStateToBeEnded();
        Assert.Equal($"t:{line}: over", Assert.Throws<LuaInterruptedException>(() => lua.Run(program, "=t")).Message);
    }

    [Theory, InlineData(EngineKind.Jit), InlineData(EngineKind.Interpreter)]
    public void Variables_are_closed_when_a_run_ends(EngineKind engine)
    {
        using LuaState lua = NewStateToBeEnded(engine);
        lua.Runtime.Interrupts.Grace = TimeSpan.FromSeconds(30);
        Assert.Throws<LuaInterruptedException>(() => lua.Run("""
            closed = {}
            local function closing(name) return setmetatable({}, { __close = function(_, e) closed[#closed + 1] = name .. ': ' .. tostring(e) end }) end
            local a <close> = closing('a')
            local function inner() local b <close> = closing('b') go() while true do end end
            pcall(inner)
            """, "=t"));
        Assert.Equal("b: t:4: over, a: t:4: over", lua.Run("return table.concat(closed, ', ')")[0].AsString());
    }

    [Theory]
    [InlineData("local t = {} while true do t[#t + 1] = {} end")]
    [InlineData("local t = {} while true do t[#t + 1] = ('x'):rep(1000) .. #t end")]
    [InlineData("local s = 'x' while true do s = s .. s end")]
    [InlineData("local t = {} while true do pcall(function() while true do t[#t + 1] = ('x'):rep(10000) .. #t end end) end")]
    [InlineData("local t = {} while true do t[#t + 1] = coroutine.create(print) end")]
    [InlineData("local t = {} while true do local co = coroutine.wrap(function() coroutine.yield() end) co() t[#t + 1] = co end")]
    [InlineData("return #table.concat({ '', '', '', '', '', '', '', '', '' }, ('x'):rep(4000000))")]
    [InlineData("local s = ('x'):rep(4000000) return #s:gsub('x', 'yyyyyyyy')")]
    [InlineData("local f = function() end while true do local g = f f = function() return g end end")]
    public void A_program_that_takes_all_memory_is_ended(string program)
    {
        using var lua = new LuaState(new LuaOptions { Limits = new() { Memory = 16 << 20, Time = TimeSpan.FromSeconds(30) } });
        var e = Assert.ThrowsAny<LuaException>(() => lua.Run(program, "=t"));
        Assert.Matches("memory", e.Message);
        Assert.Equal([6], lua.Run("collectgarbage() local t = { 1, 2, 3 } return t[1] + t[2] + t[3]"));
    }

    [Fact]
    public void A_program_within_its_memory_goes_on_however_much_it_throws_away()
    {
        using var lua = new LuaState(new LuaOptions { Limits = new() { Memory = 16 << 20 } });
        Assert.Equal([300000], lua.Run("local n = 0 for i = 1, 300000 do local t = { i, i + 1, i + 2, tostring(i) } n = n + #t // 4 end return n"));
    }

    [Theory, InlineData(EngineKind.Jit), InlineData(EngineKind.Interpreter)]
    public void Calls_nest_as_deep_as_is_allowed(EngineKind engine)
    {
        using var lua = new LuaState(new LuaOptions { Engine = engine, Limits = new() { CallDepth = 2000 } });
        Assert.Equal([2000], lua.Run("local function f(n) if n == 0 then return 0 end return 1 + f(n - 1) end return f(2000)"));
        Assert.Contains("stack overflow", Assert.Throws<LuaException>(() => lua.Run("local function f(n) return 1 + f(n + 1) end return f(0)")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_host_ends_a_run()
    {
        using var lua = new LuaState();
        using var started = new ManualResetEventSlim();
        lua["started"] = lua.CreateAction("started", started.Set);
        Task run = Task.Run(() => lua.Run("started() while true do end"));
        Assert.True(started.Wait(TimeSpan.FromSeconds(30)));
        lua.Interrupt("enough");
        var e = Assert.Throws<LuaInterruptedException>(() => run.GetAwaiter().GetResult());
        Assert.Equal(LuaInterruptReason.Cancelled, e.Reason);
        Assert.Contains("enough", e.Message, StringComparison.Ordinal);
        lua.Interrupt("nothing runs");
        Assert.Equal([1], lua.Run("for i = 1, 1000 do end return 1"));
    }

    [Fact]
    public void A_sandbox_has_nothing_that_reaches_outside()
    {
        using var lua = new LuaState(LuaOptions.Sandbox(new LuaLimits { Memory = 32 << 20, Time = TimeSpan.FromSeconds(10) }));
        Assert.Equal(
            ["_G", "_VERSION", "assert", "collectgarbage", "coroutine", "error", "getmetatable", "ipairs", "load", "math", "next", "os", "pairs", "pcall", "print", "rawequal", "rawget", "rawlen",
                "rawset", "select", "setmetatable", "string", "table", "tonumber", "tostring", "type", "utf8", "warn", "xpcall"],
            lua.Globals.Select(field => field.Key.AsString()).Order(StringComparer.Ordinal));
        Assert.Equal(["clock", "date", "difftime", "time"], lua["os"].AsTable().Select(field => field.Key.AsString()).Order(StringComparer.Ordinal));
        Assert.Equal(["A"], lua.Run("return ('a'):upper()"));
    }

    [Fact]
    public void A_state_can_have_no_library()
    {
        using var lua = new LuaState(new LuaOptions { Libraries = LuaLibraries.None });
        Assert.Empty(lua.Globals);
        Assert.Throws<LuaException>(() => lua.Run("return ('a'):upper()"));
        Assert.Equal([3], lua.Run("return 1 + 2"));
    }

    [Fact]
    public void Streams_can_be_the_hosts()
    {
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        using var input = new MemoryStream("first\n12 rest"u8.ToArray());
        using var lua = new LuaState(new LuaOptions { Output = output, Error = error, Input = input });
        Assert.Equal(["first", 12], lua.Run("print('a', 1) io.write('b') io.stderr:write('c') warn('@on') warn('d') return io.read('l', 'n')"));
        Assert.Equal("a\t1\nb", System.Text.Encoding.ASCII.GetString(output.ToArray()));
        Assert.Equal("cLua warning: d\n", System.Text.Encoding.ASCII.GetString(error.ToArray()));
    }
}
