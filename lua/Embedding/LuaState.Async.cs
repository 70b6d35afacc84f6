namespace Mu.Lua;

// Asynchronous calls.
public sealed partial class LuaState
{
    /// <summary>A function that runs a delegate, of a run that may wait for it.</summary>
    public LuaFunction CreateAsyncFunction<TResult>(string name, Func<Task<TResult>> function) =>
        CreateAsyncFunction(name, async call => ResultOf(await function()));

    /// <summary>A function that runs a delegate, of a run that may wait for it.</summary>
    public LuaFunction CreateAsyncFunction<T1, TResult>(string name, Func<T1, Task<TResult>> function) =>
        CreateAsyncFunction(name, async call => ResultOf(await function(call.Get<T1>(0))));

    /// <summary>A function that runs a delegate, of a run that may wait for it.</summary>
    public LuaFunction CreateAsyncFunction<T1, T2, TResult>(string name, Func<T1, T2, Task<TResult>> function) =>
        CreateAsyncFunction(name, async call => ResultOf(await function(call.Get<T1>(0), call.Get<T2>(1))));

    /// <summary>A function that runs a delegate, of a run that may wait for it; it returns nothing.</summary>
    public LuaFunction CreateAsyncAction(string name, Func<Task> action) => CreateAsyncFunction(name, call => Nothing(action()));

    /// <summary>A function that runs a delegate, of a run that may wait for it; it returns nothing.</summary>
    public LuaFunction CreateAsyncAction<T1>(string name, Func<T1, Task> action) => CreateAsyncFunction(name, call => Nothing(action(call.Get<T1>(0))));

    /// <summary>A function that runs a delegate, of a run that may wait for it; it returns nothing.</summary>
    public LuaFunction CreateAsyncAction<T1, T2>(string name, Func<T1, T2, Task> action) => CreateAsyncFunction(name, call => Nothing(action(call.Get<T1>(0), call.Get<T2>(1))));

    /// <summary>Compiles a chunk and runs it as <see cref="LuaFunction.CallAsync(LuaValue[])"/> does; its results.</summary>
    /// <exception cref="LuaException">An error.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<LuaValue[]> RunAsync(string code, string? chunkName = null, CancellationToken cancellation = default)
    {
        using LuaFunction chunk = Load(code, chunkName);
        return await CallAsync(chunk, [], cancellation);
    }

    internal async Task<LuaValue[]> CallAsync(LuaFunction function, LuaValue[] arguments, CancellationToken cancellation)
    {
        using LuaCoroutine coroutine = CreateCoroutine(function);
        try
        {
            LuaValue[] results = await ResumeAsync(coroutine, arguments, cancellation);
            return coroutine.Status == LuaCoroutineStatus.Dead ? results : throw new LuaException("attempt to yield from outside a coroutine");
        }
        finally
        {
            CloseAfterFailure(coroutine);
        }
    }

    internal async Task<LuaValue[]> ResumeAsync(LuaCoroutine coroutine, LuaValue[] arguments, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var run = new AsyncRun(TimeLimit, cancellation);
        BeginDriving(coroutine);
        try
        {
            LuaValue[] results = Drive(coroutine, arguments, run);
            while (run.Operation is { } operation)
            {
                // The operation's failure is the error of the function that began it.
                await operation.WaitAsync(cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
                results = Drive(coroutine, [], run);
            }
            return results;
        }
        catch (LuaInterruptedException e) when (e.Reason == LuaInterruptReason.Cancelled && cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(e.Message, e, cancellation);
        }
        finally
        {
            EndDriving(coroutine, run);
        }
    }

    private static async Task<LuaResult> Nothing(Task action)
    {
        await action;
        return LuaResult.None;
    }
}
