using System.Diagnostics;
using Mu.Core.Types;
using Mu.Lua.Runtime;

namespace Mu.Lua;

// Operations of the host that coroutines wait for: what happens inside of the state. The waits are in LuaState.Async.cs.
public sealed unsafe partial class LuaState
{
    private readonly Dictionary<long, Task<LuaResult>> operations = [];
    private long lastOperation;
    private AsyncOperators? asyncOperators;
    private LuaFunction? drive;

    /// <summary>A function that runs a delegate, of a run that may wait for it.</summary>
    /// <param name="name">For messages.</param>
    /// <param name="function">What is called.</param>
    public LuaFunction CreateAsyncFunction(string name, LuaAsyncHostFunction function)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(function);
        using var scope = Enter();
        asyncOperators ??= new AsyncOperators(this, FunctionOf(runtime.Functions.Await), CreateFunction("finish", Finish));
        using LuaFunction start = CreateFunction(name, call => Start(name, function, call));
        return asyncOperators.Make(start);
    }

    private LuaResult Start(string name, LuaAsyncHostFunction function, LuaCall call)
    {
        if (!MayWait()) throw new LuaException($"attempt to call the asynchronous function '{name}' outside of an asynchronous call");
        Task<LuaResult> operation = function(call) ?? throw new InvalidOperationException($"'{name}' gave no task");
        operations.Add(++lastOperation, operation);
        return LuaResult.Of(lastOperation, operation.IsCompleted);
    }

    private LuaResult Finish(LuaCall call)
    {
        if (!operations.Remove(call.Get<long>(0), out Task<LuaResult>? operation)) throw new InvalidOperationException("there is no such operation");
        return operation.GetAwaiter().GetResult();
    }

    /// <summary>Whether the running coroutine can go back to a host that waits: not when a call by the host that does not lies between.</summary>
    private bool MayWait()
    {
        for (var coroutine = (CoroutineObject*)runtime.StateWord(RootCell.Current); coroutine != null; coroutine = coroutine->Resumer)
            if (coroutine->MayWait != 0) return coroutine->Resumer != null;
        return false;
    }

    /// <summary>From here on the coroutine may wait, until <see cref="EndDriving"/>.</summary>
    private void BeginDriving(LuaCoroutine coroutine)
    {
        using var scope = Enter();
        var address = (CoroutineObject*)AddressOf(coroutine);
        if (address->MayWait != 0) throw new LuaException("cannot resume non-suspended coroutine");
        address->MayWait = 1;
        drive ??= FunctionOf(runtime.Functions.Drive);
    }

    private void EndDriving(LuaCoroutine coroutine, AsyncRun run)
    {
        using var scope = Enter();
        var address = (CoroutineObject*)AddressOf(coroutine);
        address->MayWait = 0;
        operations.Remove(run.Token);
    }

    /// <summary>Runs the coroutine until it waits, yields or ends; what it yields or returns.</summary>
    private LuaValue[] Drive(LuaCoroutine coroutine, ReadOnlySpan<LuaValue> arguments, AsyncRun run)
    {
        using var scope = Enter();
        long begin = Stopwatch.GetTimestamp();
        try
        {
            return OutcomeOf(coroutine, run, Call(Own(drive!), [coroutine, .. arguments], run));
        }
        finally
        {
            run.Spend(Stopwatch.GetElapsedTime(begin));
        }
    }

    private LuaValue[] OutcomeOf(LuaCoroutine coroutine, AsyncRun run, LuaValue[] results)
    {
        bool waits = results[0].IsNil;
        run.Token = waits ? results[1].AsInteger() : 0;
        run.Operation = waits ? operations[run.Token] : null;
        return waits || results[0].IsTruthy ? results[1..] : throw FailureOf(coroutine, results[1]);
    }

    /// <summary>An error leaves a coroutine's stack as it was, for tracebacks, and a yield leaves it suspended: its to-be-closed variables are closed now.</summary>
    private void CloseAfterFailure(LuaCoroutine coroutine)
    {
        using var scope = Enter();
        if (coroutine.Status is LuaCoroutineStatus.Dead or LuaCoroutineStatus.Suspended) CallLibrary("coroutine.close", coroutine);
    }

    private LuaFunction FunctionOf(Mu.Core.IR.Function code) => (LuaFunction)FromWord(Checked(() => runtime.NewClosure(runtime.Heap, code, 0, []))).Reference!;

    private ulong AddressOf(LuaReference reference) => TagRef64.ToAddress(Own(reference));
}
