using Mu.Core.Api;
using Mu.Core.Types;
using Mu.Lua.Runtime;
using Mu.Lua.Runtime.Host;
using Mu.Lua.Runtime.Leaves;

namespace Mu.Lua;

// Calls of Lua functions by the host.
public sealed unsafe partial class LuaState
{
    /// <summary>How deep host functions that call Lua functions that call host functions… may nest: each such call takes native stack.</summary>
    private const int MaxDepth = 100;

    private readonly HostEntry host;
    private readonly RunWatch watch;
    private int depth;

    /// <summary>Calls any value; the caller has entered the state.</summary>
    internal LuaValue[] Call(ulong function, ReadOnlySpan<LuaValue> arguments, AsyncRun? run = null)
    {
        MuContext context = runtime.Context;
        var handles = new MuValue[arguments.Length + 2];
        handles[0] = context.FromTagRef(function);
        handles[1] = context.FromTagRef(host.MessageHandler);
        for (int i = 0; i < arguments.Length; i++) handles[2 + i] = ToHandle(arguments[i]);
        return depth == 0 ? CallOutermost(handles, run) : CallNested(handles, run);
    }

    private LuaValue[] CallOutermost(MuValue[] handles, AsyncRun? run)
    {
        watch.Begin(run is null ? TimeLimit : run.TimeLeft);
        depth++;
        try
        {
            using var cancellation = Watch(run);
            return ResultsOf(runtime.EnterCall(handles));
        }
        finally
        {
            depth--;
            watch.End();
        }
    }

    /// <summary>A host function calls: the stack that called it waits, and nothing can yield over it.</summary>
    private LuaValue[] CallNested(MuValue[] handles, AsyncRun? run)
    {
        if (depth == MaxDepth) throw new LuaException("C stack overflow");
        depth++;
        try
        {
            using var cancellation = Watch(run);
            return ResultsOf(runtime.EnterNestedCall(handles));
        }
        finally
        {
            depth--;
        }
    }

    /// <summary>Has a cancellation interrupt the run until the result is disposed of. If it came while the run waited, it is heard where that goes on.</summary>
    private CancellationTokenRegistration Watch(AsyncRun? run)
    {
        if (run is null) return default;
        var registration = run.Cancellation.UnsafeRegister(watch => ((RunWatch)watch!).Cancel("cancelled"), watch);
        if (runtime.Interrupts.IsPending) runtime.StateWord(RootCell.Interrupted) = 1;
        return registration;
    }

    private LuaValue[] ResultsOf(ulong[] words)
    {
        if (words[0] != LuaTag.TrueWord) throw ExceptionOf(words.Length > 1 ? words[1] : LuaTag.NilWord);
        var results = new LuaValue[words.Length - 1];
        for (int i = 0; i < results.Length; i++) results[i] = FromWord(words[i + 1]);
        return results;
    }

    private LuaException ExceptionOf(ulong error)
    {
        if (runtime.Interrupts.Ending is { } ending)
        {
            var reason = ending.Kind switch { InterruptKind.Time => LuaInterruptReason.Time, InterruptKind.Memory => LuaInterruptReason.Memory, _ => LuaInterruptReason.Cancelled };
            return new LuaInterruptedException(reason, runtime.Interrupts.Message ?? ending.Message, runtime.Interrupts.Traceback);
        }
        LuaValue value = FromWord(error);
        string message = LuaTag.Has(error, LuaTag.String) || value.Type == LuaType.Number ? value.ToString() : $"(error object is a {ErrorLeaves.TypeNameOf(runtime, error)} value)";
        return new LuaException(value, message, host.TakeTraceback(), CauseOf(value));
    }
}
