using Mu.ClientLib.Building;
using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.ClientLib.Concurrency;

/// <summary>
/// A counting semaphore: the number of permits, and of threads that may sleep. Who releases adds permits and then looks for sleepers; who acquires counts as a sleeper and then looks for permits, in the
/// futex. Both do so in the one order of SEQ_CST, so that one of them sees the other.
/// </summary>
public sealed class SemaphoreSnippet : Snippet
{
    private const int Permits = 0, Sleepers = 1;

    /// <summary>Adds the type and its functions to a bundle, under a name. Memory of zeros has no permits.</summary>
    public SemaphoreSnippet(Bundle bundle, string name = "sync.semaphore") : base(bundle, name, new StructType(IntType.I32, IntType.I32))
    {
        TryAcquire = Define("try_acquire", [Location], [IntType.I1], EmitTryAcquire);
        Acquire = Define("acquire", [Location], [], EmitAcquire);
        Release = Define("release", [Location, IntType.I32], [], EmitRelease);
    }

    /// <summary>(location): takes a permit, waits for one.</summary>
    public Function Acquire { get; }

    /// <summary>(location) → int&lt;1&gt;: takes a permit if there is one.</summary>
    public Function TryAcquire { get; }

    /// <summary>(location, int&lt;32&gt; number): adds permits.</summary>
    public Function Release { get; }

    private static void EmitTryAcquire(FunctionBuilder b, IReadOnlyList<Value> p)
    {
        Value permits = b.Field(p[0], Permits);
        Variable seen = b.NewVariable(b.Load(permits, MemoryOrder.Relaxed), "seen");
        b.While(() => b.Ne(b.Read(seen), b.Int32(0)), () =>
        {
            Value found = b.Read(seen);
            (Value old, Value taken) = b.CompareExchange(permits, found, b.Sub(found, b.Int32(1)), MemoryOrder.SeqCst, MemoryOrder.Relaxed, weak: true);
            b.If(taken, () => b.Return(b.Bool(true)));
            b.Write(seen, old);
        });
        b.Return(b.Bool(false));
    }

    private void EmitAcquire(FunctionBuilder b, IReadOnlyList<Value> p)
    {
        Value permits = b.Field(p[0], Permits), sleepers = b.Field(p[0], Sleepers);
        b.While(() => b.Not(b.CallOne(TryAcquire, p[0])), () =>
        {
            b.AtomicRmw(AtomicRmwOp.Add, sleepers, b.Int32(1));
            b.FutexWait(permits, b.Int32(0));
            b.AtomicRmw(AtomicRmwOp.Sub, sleepers, b.Int32(1));
        });
        b.Return();
    }

    private static void EmitRelease(FunctionBuilder b, IReadOnlyList<Value> p)
    {
        Value permits = b.Field(p[0], Permits), sleepers = b.Field(p[0], Sleepers);
        b.AtomicRmw(AtomicRmwOp.Add, permits, p[1]);
        b.If(b.Ne(b.Load(sleepers, MemoryOrder.SeqCst), b.Int32(0)), () => b.FutexWake(permits, p[1]));
        b.Return();
    }
}
