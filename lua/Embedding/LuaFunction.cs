using Mu.Core.Api;

namespace Mu.Lua;

/// <summary>A function, of Lua or of the host.</summary>
public sealed class LuaFunction : LuaReference
{
    internal LuaFunction(LuaState state, MuValue handle)
        : base(state, handle)
    {
    }

    /// <inheritdoc/>
    public override LuaType Type => LuaType.Function;

    /// <summary>Calls the function and waits for its results.</summary>
    /// <exception cref="LuaException">An error that nothing in the program caught.</exception>
    public LuaValue[] Call(params ReadOnlySpan<LuaValue> arguments)
    {
        using var scope = State.Enter();
        return State.Call(Word, arguments);
    }

    /// <summary>Calls the function; its first result, nil when there is none, as a .NET type.</summary>
    /// <exception cref="LuaException">An error that nothing in the program caught.</exception>
    /// <exception cref="InvalidCastException">The result is no such value.</exception>
    public T Call<T>(params ReadOnlySpan<LuaValue> arguments) => Call(arguments) is [var first, ..] ? first.To<T>() : LuaValue.Nil.To<T>();

    /// <summary>
    /// Calls the function in a coroutine. Host functions that are asynchronous (<see cref="LuaState.CreateAsyncFunction(string, LuaAsyncHostFunction)"/>) suspend it, and the state is free for other
    /// calls meanwhile. Lua code runs on the thread of the caller, and after a wait where the caller's synchronization context says.
    /// </summary>
    /// <exception cref="LuaException">An error that nothing in the program caught.</exception>
    public Task<LuaValue[]> CallAsync(params LuaValue[] arguments) => State.CallAsync(this, arguments, CancellationToken.None);

    /// <summary>The same, and the call can be cancelled: it ends as an exceeded limit ends it.</summary>
    /// <exception cref="LuaException">An error that nothing in the program caught.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task<LuaValue[]> CallAsync(CancellationToken cancellation, params LuaValue[] arguments) => State.CallAsync(this, arguments, cancellation);
}
