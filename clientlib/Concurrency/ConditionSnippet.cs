using Mu.ClientLib.Building;
using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.ClientLib.Concurrency;

/// <summary>
/// A condition variable for a mutex: a sequence number that every signal changes, on which threads sleep. A broadcast wakes one thread and moves the others to the mutex's queue, since only one of them can
/// have the mutex. Threads may wake without a signal: the condition is tested in a loop.
/// </summary>
public sealed class ConditionSnippet : Snippet
{
    /// <summary>Adds the type and its functions to a bundle, under a name.</summary>
    public ConditionSnippet(Bundle bundle, MutexSnippet mutex, string name = "sync.condition") : base(bundle, name, new StructType(IntType.I32))
    {
        Wait = Define("wait", [Location, mutex.Location], [], (b, p) =>
        {
            EmitWait(b, p, mutex, (word, seen) => b.FutexWait(word, seen));
            b.Return();
        });
        WaitFor = Define("wait_for", [Location, mutex.Location, IntType.I64], [IntType.I1], (b, p) =>
        {
            Value result = EmitWait(b, p, mutex, (word, seen) => b.FutexWaitTimeout(word, seen, p[2]));
            b.Return(b.Ne(result, b.Int32(-3)));
        });
        Signal = Define("signal", [Location], [], (b, p) =>
        {
            Value word = b.Field(p[0], 0);
            b.AtomicRmw(AtomicRmwOp.Add, word, b.Int32(1));
            b.FutexWake(word, b.Int32(1));
            b.Return();
        });
        Broadcast = Define("broadcast", [Location, mutex.Location], [], EmitBroadcast);
    }

    /// <summary>(location, mutex): gives the mutex back, sleeps until a signal, and takes the mutex again.</summary>
    public Function Wait { get; }

    /// <summary>(location, mutex, int&lt;64&gt; nanoseconds) → int&lt;1&gt;: like <see cref="Wait"/>; 0 when the time is over.</summary>
    public Function WaitFor { get; }

    /// <summary>(location): wakes one thread.</summary>
    public Function Signal { get; }

    /// <summary>(location, mutex): wakes all threads; they get the mutex one after the other.</summary>
    public Function Broadcast { get; }

    private static Value EmitWait(FunctionBuilder b, IReadOnlyList<Value> p, MutexSnippet mutex, Func<Value, Value, Value> sleep)
    {
        Value word = b.Field(p[0], 0), seen = b.Load(word, MemoryOrder.Relaxed);
        mutex.EmitUnlock(b, p[1]);
        Value result = sleep(word, seen);
        b.Call(mutex.LockContended, p[1]);
        return result;
    }

    private static void EmitBroadcast(FunctionBuilder b, IReadOnlyList<Value> p)
    {
        Value word = b.Field(p[0], 0), queue = b.Field(p[1], 0);
        b.AtomicRmw(AtomicRmwOp.Add, word, b.Int32(1));
        // -1: another signal came in between, with another number.
        b.While(() => b.Eq(b.FutexRequeue(word, queue, b.Load(word, MemoryOrder.Relaxed), b.Int32(1)), b.Int32(-1)), () => { });
        b.Return();
    }
}
