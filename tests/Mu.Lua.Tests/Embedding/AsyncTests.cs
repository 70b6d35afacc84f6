using Mu.Core.Api;
using Xunit;

namespace Mu.Lua.Tests.Embedding;

/// <summary>Host functions that take their time: the coroutine waits, the state is free.</summary>
public sealed class AsyncTests
{
    public static TheoryData<EngineKind, bool> Modes => CallTests.Modes;

    private static LuaState NewState(EngineKind engine = EngineKind.Jit, bool stress = false, LuaLimits? limits = null)
    {
        var lua = new LuaState(new LuaOptions { Engine = engine, StressesCollector = stress, Limits = limits ?? LuaLimits.None });
        lua["later"] = lua.CreateAsyncFunction("later", async call =>
        {
            await Task.Yield();
            return call.Arguments.ToArray();
        });
        lua["at_once"] = lua.CreateAsyncFunction("at_once", (long n) => Task.FromResult(n + 1));
        return lua;
    }

    [Theory, MemberData(nameof(Modes))]
    public async Task A_call_waits_for_the_host(EngineKind engine, bool stress)
    {
        using LuaState lua = NewState(engine, stress);
        Assert.Equal(["a", 6, 7], await lua.RunAsync("local s = 0 for i = 1, 3 do s = s + later(i) end return later('a'), s, at_once(6)"));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], await lua.RunAsync("return later(1, 2, 3, 4, 5, 6, 7)"));
        Assert.Empty(await lua.RunAsync("return later()"));
    }

    [Theory, MemberData(nameof(Modes))]
    public async Task Coroutines_in_between_wait_too(EngineKind engine, bool stress)
    {
        using LuaState lua = NewState(engine, stress);
        LuaValue[] results = await lua.RunAsync("""
            local inner
            local outer = coroutine.wrap(function(a)
              inner = coroutine.create(function(b)
                local got = later('inner ' .. b)
                coroutine.yield(got)
                return later('end'), coroutine.status(inner)
              end)
              local _, first = coroutine.resume(inner, a)
              coroutine.yield(first .. later(' between'))
              return select(2, coroutine.resume(inner))
            end)
            return outer('x'), outer()
            """);
        Assert.Equal(["inner x between", "end", "running"], results);
    }

    [Fact]
    public async Task Waits_are_allowed_in_metamethods_iterators_and_protected_calls()
    {
        using LuaState lua = NewState();
        LuaValue[] results = await lua.RunAsync("""
            local t = setmetatable({}, { __index = function(_, k) return later(k) end, __add = function(a, b) return later(b) end })
            local list = {}
            for v in function(_, i) i = (i or 0) + 1 if i <= 3 then return later(i) end end do list[#list + 1] = v end
            local ok, message = pcall(function() error(later('oh'), 0) end)
            return t.key, t + 5, #list, ok, message
            """);
        Assert.Equal(["key", 5, 3, false, "oh"], results);
    }

    [Fact]
    public async Task Calls_take_turns()
    {
        using var lua = new LuaState();
        var gates = new Dictionary<string, TaskCompletionSource<string>> { ["a"] = new(), ["b"] = new() };
        lua["wait"] = lua.CreateAsyncFunction("wait", (string name) => gates[name].Task);
        LuaFunction function = lua.Load("local name = ... log = (log or '') .. name local got = wait(name) log = log .. got return log");
        Task<LuaValue[]> a = function.CallAsync("a"), b = function.CallAsync("b");
        Assert.Equal("ab", lua["log"].AsString());
        gates["b"].SetResult("B");
        Assert.Equal(["abB"], await b);
        Assert.False(a.IsCompleted);
        gates["a"].SetResult("A");
        Assert.Equal(["abBA"], await a);
    }

    [Fact]
    public async Task Failures_are_errors_of_the_call()
    {
        using LuaState lua = NewState();
        lua["fail"] = lua.CreateAsyncAction("fail", async () =>
        {
            await Task.Yield();
            throw new InvalidOperationException("no");
        });
        Assert.Equal([false, "t:1: no"], await lua.RunAsync("return pcall(function() fail() end)", "=t"));
        var e = await Assert.ThrowsAsync<LuaException>(() => lua.RunAsync("fail()", "=t"));
        Assert.Equal("t:1: no", e.Message);
        Assert.IsType<InvalidOperationException>(e.InnerException);
        Assert.Contains("in main chunk", e.Traceback, StringComparison.Ordinal);
        e = await Assert.ThrowsAsync<LuaException>(() => lua.RunAsync("at_once('x')", "=t"));
        Assert.Equal("t:1: bad argument #1 to 'at_once' (number expected, got string)", e.Message);
    }

    [Fact]
    public async Task What_waits_for_nobody_is_refused()
    {
        using LuaState lua = NewState();
        Assert.Contains("outside of an asynchronous call", Assert.Throws<LuaException>(() => lua.Run("later()")).Message, StringComparison.Ordinal);
        // The host's own call in between does not wait.
        lua["run"] = lua.CreateFunction("run", call => call.Get<LuaFunction>(0).Call());
        var e = await Assert.ThrowsAsync<LuaException>(() => lua.RunAsync("run(function() later() end)"));
        Assert.Contains("outside of an asynchronous call", e.Message, StringComparison.Ordinal);
        e = await Assert.ThrowsAsync<LuaException>(() => lua.RunAsync("coroutine.yield(1)"));
        Assert.Contains("attempt to yield from outside a coroutine", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_coroutine_is_resumed_by_the_host_and_waits()
    {
        using LuaState lua = NewState();
        using LuaCoroutine co = lua.CreateCoroutine(lua.Load("local a = later(...) local b = coroutine.yield(a) return later(b)"));
        Assert.Equal([1], await co.ResumeAsync([1]));
        Assert.Equal(LuaCoroutineStatus.Suspended, co.Status);
        Assert.Equal([2], await co.ResumeAsync([2]));
        Assert.Equal(LuaCoroutineStatus.Dead, co.Status);
    }

    [Fact]
    public async Task One_that_waits_is_not_resumed_by_others()
    {
        using var lua = new LuaState();
        var gate = new TaskCompletionSource<string>();
        lua["wait"] = lua.CreateAsyncFunction("wait", () => gate.Task);
        using LuaCoroutine co = lua.CreateCoroutine(lua.Load("return wait()"));
        Task<LuaValue[]> run = co.ResumeAsync([]);
        Assert.Equal(LuaCoroutineStatus.Normal, co.Status);
        Assert.Throws<LuaException>(() => co.Resume());
        Assert.Throws<LuaException>(() => co.Close());
        await Assert.ThrowsAsync<LuaException>(() => co.ResumeAsync([]));
        lua.Collect();
        gate.SetResult("x");
        Assert.Equal(["x"], await run);
    }

    [Theory, InlineData(EngineKind.Jit), InlineData(EngineKind.Interpreter)]
    public async Task A_call_that_waits_is_cancelled_and_closes_its_variables(EngineKind engine)
    {
        using LuaState lua = NewState(engine);
        using var cancellation = new CancellationTokenSource();
        lua["wait"] = lua.CreateAsyncFunction("wait", () => new TaskCompletionSource<string>().Task);
        Task<LuaValue[]> run = lua.RunAsync("""
            closed = ''
            local function closing(name) return setmetatable({}, { __close = function() closed = closed .. name end }) end
            local a <close> = closing('a')
            coroutine.wrap(function() local b <close> = closing('b') pcall(wait) end)()
            """, cancellation: cancellation.Token);
        Assert.False(run.IsCompleted);
        cancellation.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Equal("ba", lua["closed"].AsString());
        Assert.Equal([1], await lua.RunAsync("return later(1)"));
    }

    [Fact]
    public async Task A_call_that_runs_is_cancelled()
    {
        using LuaState lua = NewState();
        using var cancellation = new CancellationTokenSource();
        lua["started"] = lua.CreateAction("started", () => cancellation.CancelAfter(10));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lua.RunAsync("started() while true do later() end", cancellation: cancellation.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lua.RunAsync("return 1", cancellation: cancellation.Token));
    }

    [Fact]
    public async Task The_limit_of_time_counts_what_runs_between_waits()
    {
        using LuaState lua = NewState(limits: new() { Time = TimeSpan.FromMilliseconds(50) });
        var e = await Assert.ThrowsAsync<LuaInterruptedException>(() => lua.RunAsync("while true do pcall(later) end"));
        Assert.Equal(LuaInterruptReason.Time, e.Reason);
        lua["sleep"] = lua.CreateAsyncAction("sleep", () => Task.Delay(100));
        Assert.Equal([1], await lua.RunAsync("sleep() return 1"));
    }

    [Fact]
    public async Task Methods_of_objects_can_be_asynchronous()
    {
        using LuaState lua = NewState();
        lua["clock"] = lua.Wrap(new Clock(), LuaMembers.Of<Clock>());
        var described = new LuaClass<Clock>("Clock").AsyncMethod("read", async (clock, call) => await clock.Read(call.Get<string>(0)));
        lua["other"] = lua.Wrap(new Clock(), described);
        Assert.Equal(["read a", "read b"], await lua.RunAsync("clock:wind() return clock:read('a'), other:read('b')"));
    }

    private sealed class Clock
    {
        [LuaMember("read")]
        public async Task<string> Read(string what)
        {
            await Task.Yield();
            return "read " + what;
        }

        [LuaMember("wind")]
        public Task Wind() => Task.CompletedTask;
    }
}
