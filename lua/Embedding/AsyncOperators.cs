using Mu.Lua.Runtime;

namespace Mu.Lua;

/// <summary>What asynchronous host functions are made of: an operation begins, the coroutine waits unless it is done already, the operation's result is taken.</summary>
internal sealed class AsyncOperators
{
    private const string Source = """
        local await, finish = ...
        return function(start)
          return function(...)
            local token, isDone = start(...)
            if not isDone then await(token) end
            return finish(token)
          end
        end
        """;

    private readonly LuaFunction make;

    public AsyncOperators(LuaState state, LuaFunction await, LuaFunction finish)
    {
        // The name makes them functions of the library: no levels of programs' stacks.
        using LuaFunction chunk = state.Load(System.Text.Encoding.UTF8.GetBytes(Source), Library.PreludeSource.ChunkName);
        make = chunk.Call(await, finish)[0].AsFunction();
    }

    /// <summary>The function of a host function that begins an operation and returns its number and whether it is done.</summary>
    public LuaFunction Make(LuaFunction start) => make.Call(start)[0].AsFunction();
}
