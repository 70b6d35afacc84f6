using Mu.ClientLib.Building;
using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.ClientLib.Concurrency;

/// <summary>
/// A lock of one word with three states: free, locked, locked and perhaps waited for (Drepper, "Futexes are tricky", 2011, the second mutex). Neither locking nor unlocking calls the runtime when nobody
/// competes.
/// </summary>
public sealed class MutexSnippet : Snippet
{
    private const int Free = 0, Locked = 1, Contended = 2;

    /// <summary>Adds the type and its functions to a bundle, under a name.</summary>
    public MutexSnippet(Bundle bundle, string name = "sync.mutex") : base(bundle, name, new StructType(IntType.I32))
    {
        LockContended = Define("lock_contended", [Location], [], (b, p) => EmitLockContended(b, b.Field(p[0], 0)));
        Lock = Define("lock", [Location], [], (b, p) =>
        {
            EmitLock(b, p[0]);
            b.Return();
        });
        TryLock = Define("try_lock", [Location], [IntType.I1], (b, p) =>
            b.Return(b.CompareExchange(b.Field(p[0], 0), b.Int32(Free), b.Int32(Locked), MemoryOrder.Acquire, MemoryOrder.Relaxed).Replaced));
        LockFor = Define("lock_for", [Location, IntType.I64], [IntType.I1], EmitLockFor);
        Unlock = Define("unlock", [Location], [], (b, p) =>
        {
            EmitUnlock(b, p[0]);
            b.Return();
        });
    }

    /// <summary>(location): waits until the caller has the lock. Not by the thread that has it.</summary>
    public Function Lock { get; }

    /// <summary>(location) → int&lt;1&gt;: takes the lock if it is free.</summary>
    public Function TryLock { get; }

    /// <summary>(location, int&lt;64&gt; nanoseconds) → int&lt;1&gt;: like <see cref="Lock"/>, for at most about that long at each attempt to sleep.</summary>
    public Function LockFor { get; }

    /// <summary>(location): gives the lock back.</summary>
    public Function Unlock { get; }

    /// <summary>(location): takes a lock that others may wait for. Who comes from a queue that was moved to the lock must take it so, or those behind would not be woken.</summary>
    internal Function LockContended { get; }

    /// <summary>Writes <see cref="Lock"/> in place, with a call for the case that the lock is taken.</summary>
    public void EmitLock(FunctionBuilder builder, Value location)
    {
        Value taken = builder.CompareExchange(builder.Field(location, 0), builder.Int32(Free), builder.Int32(Locked), MemoryOrder.Acquire, MemoryOrder.Relaxed).Replaced;
        builder.If(builder.Not(taken), () => builder.Call(LockContended, location));
    }

    /// <summary>Writes <see cref="Unlock"/> in place.</summary>
    public void EmitUnlock(FunctionBuilder builder, Value location)
    {
        Value word = builder.Field(location, 0);
        Value old = builder.AtomicRmw(AtomicRmwOp.Xchg, word, builder.Int32(Free), MemoryOrder.Release);
        builder.If(builder.Eq(old, builder.Int32(Contended)), () => builder.FutexWake(word, builder.Int32(1)));
    }

    private static void EmitLockContended(FunctionBuilder b, Value word)
    {
        Value Taken() => b.AtomicRmw(AtomicRmwOp.Xchg, word, b.Int32(Contended), MemoryOrder.Acquire);
        b.While(() => b.Ne(Taken(), b.Int32(Free)), () => b.FutexWait(word, b.Int32(Contended)));
        b.Return();
    }

    private static void EmitLockFor(FunctionBuilder b, IReadOnlyList<Value> p)
    {
        Value word = b.Field(p[0], 0);
        Value taken = b.CompareExchange(word, b.Int32(Free), b.Int32(Locked), MemoryOrder.Acquire, MemoryOrder.Relaxed).Replaced;
        b.If(taken, () => b.Return(b.Bool(true)));
        b.While(() => b.Ne(b.AtomicRmw(AtomicRmwOp.Xchg, word, b.Int32(Contended), MemoryOrder.Acquire), b.Int32(Free)), () =>
        {
            Value result = b.FutexWaitTimeout(word, b.Int32(Contended), p[1]);
            b.If(b.Eq(result, b.Int32(-3)), () => b.Return(b.Bool(false)));
        });
        b.Return(b.Bool(true));
    }
}
