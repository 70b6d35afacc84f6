using Mu.Core.Api;
using Mu.Lua.Runtime;

namespace Mu.Lua;

/// <summary>The states of a coroutine.</summary>
public enum LuaCoroutineStatus
{
    /// <summary>It has not begun, or has yielded.</summary>
    Suspended,
    /// <summary>It runs.</summary>
    Running,
    /// <summary>It has resumed another one.</summary>
    Normal,
    /// <summary>It has ended, or failed.</summary>
    Dead,
}

/// <summary>A coroutine.</summary>
public sealed unsafe class LuaCoroutine : LuaReference
{
    internal LuaCoroutine(LuaState state, MuValue handle)
        : base(state, handle)
    {
    }

    /// <inheritdoc/>
    public override LuaType Type => LuaType.Thread;

    /// <summary>The status.</summary>
    public LuaCoroutineStatus Status
    {
        get
        {
            using var scope = State.Enter();
            return (CoroutineStatus)(uint)((CoroutineObject*)Address)->Info switch
            {
                CoroutineStatus.Suspended => LuaCoroutineStatus.Suspended,
                CoroutineStatus.Running => LuaCoroutineStatus.Running,
                CoroutineStatus.Normal => LuaCoroutineStatus.Normal,
                _ => LuaCoroutineStatus.Dead,
            };
        }
    }

    /// <summary>Resumes it with values; what it yields, or returns when it ends.</summary>
    /// <exception cref="LuaException">It failed, or cannot be resumed.</exception>
    public LuaValue[] Resume(params ReadOnlySpan<LuaValue> arguments) => State.Resume(this, arguments);

    /// <summary>
    /// Resumes it with values; what it yields, or returns when it ends. Host functions that are asynchronous (<see cref="LuaState.CreateAsyncFunction(string, LuaAsyncHostFunction)"/>) suspend it,
    /// and the state is free for others meanwhile.
    /// </summary>
    /// <param name="arguments">The values.</param>
    /// <param name="cancellation">Ends the coroutine as an exceeded limit does.</param>
    /// <exception cref="LuaException">It failed, or cannot be resumed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task<LuaValue[]> ResumeAsync(LuaValue[] arguments, CancellationToken cancellation = default) => State.ResumeAsync(this, arguments, cancellation);

    /// <summary>Ends a suspended coroutine: its to-be-closed variables are closed.</summary>
    /// <exception cref="LuaException">A __close metamethod failed, or it is not suspended.</exception>
    public void Close() => State.Close(this);
}
