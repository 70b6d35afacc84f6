using Mu.ClientLib.Building;
using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.ClientLib.Concurrency;

/// <summary>
/// A lock for many readers or one writer, which prefers writers. The state word has the number of readers, or all ones of its 30 bits for a writer, a bit for sleeping readers and one for sleeping
/// writers; readers sleep on it, writers on a second word that counts their wakes. The algorithm is the one of Rust's standard library (futex-based RwLock).
/// </summary>
public sealed class ReadWriteLockSnippet : Snippet
{
    private const int State = 0, Notify = 1;
    private const int Mask = (1 << 30) - 1, Writer = Mask, MostReaders = Mask - 1, ReadersWait = 1 << 30, WritersWait = 1 << 31;

    /// <summary>Adds the type and its functions to a bundle, under a name.</summary>
    public ReadWriteLockSnippet(Bundle bundle, string name = "sync.rwlock") : base(bundle, name, new StructType(IntType.I32, IntType.I32))
    {
        WakeWriter = Define("wake_writer", [Location], [IntType.I1], EmitWakeWriter);
        WakeNext = Define("wake_next", [Location, IntType.I32], [], EmitWakeNext);
        LockRead = Define("lock_read", [Location], [], EmitLockRead);
        TryLockRead = Define("try_lock_read", [Location], [IntType.I1], EmitTryLockRead);
        UnlockRead = Define("unlock_read", [Location], [], EmitUnlockRead);
        LockWrite = Define("lock_write", [Location], [], EmitLockWrite);
        TryLockWrite = Define("try_lock_write", [Location], [IntType.I1], (b, p) =>
            b.Return(b.CompareExchange(b.Field(p[0], State), b.Int32(0), b.Int32(Writer), MemoryOrder.Acquire, MemoryOrder.Relaxed).Replaced));
        UnlockWrite = Define("unlock_write", [Location], [], EmitUnlockWrite);
    }

    /// <summary>(location): waits until there is no writer, and none that waits.</summary>
    public Function LockRead { get; }

    /// <summary>(location) → int&lt;1&gt;: becomes a reader if that needs no waiting.</summary>
    public Function TryLockRead { get; }

    /// <summary>(location): one reader less.</summary>
    public Function UnlockRead { get; }

    /// <summary>(location): waits until there are no readers and no writer.</summary>
    public Function LockWrite { get; }

    /// <summary>(location) → int&lt;1&gt;: becomes the writer if nobody has the lock or waits for it.</summary>
    public Function TryLockWrite { get; }

    /// <summary>(location): no writer any more.</summary>
    public Function UnlockWrite { get; }

    private Function WakeWriter { get; }

    private Function WakeNext { get; }

    private static Value IsUnlocked(FunctionBuilder b, Value state) => b.Eq(b.And(state, b.Int32(Mask)), b.Int32(0));

    private static Value Has(FunctionBuilder b, Value state, int bits) => b.Ne(b.And(state, b.Int32(bits)), b.Int32(0));

    /// <summary>Neither too many readers, nor a writer, nor anybody who waits: the whole word is a number of readers.</summary>
    private static Value IsReadable(FunctionBuilder b, Value state) => b.Compare(CompareOp.Ult, state, b.Int32(MostReaders));

    private static void EmitTryLockRead(FunctionBuilder b, IReadOnlyList<Value> p)
    {
        Value word = b.Field(p[0], State);
        Variable seen = b.NewVariable(b.Load(word, MemoryOrder.Relaxed), "seen");
        b.While(() => IsReadable(b, b.Read(seen)), () => TryAddReader(b, word, seen, () => b.Return(b.Bool(true))));
        b.Return(b.Bool(false));
    }

    private static void EmitLockRead(FunctionBuilder b, IReadOnlyList<Value> p)
    {
        Value word = b.Field(p[0], State);
        Variable seen = b.NewVariable(b.Load(word, MemoryOrder.Relaxed), "seen");
        b.While(() => b.Bool(true), () => b.If(IsReadable(b, b.Read(seen)),
            () => TryAddReader(b, word, seen, () => b.Return()),
            () => Announce(b, word, seen, ReadersWait, () =>
            {
                b.FutexWait(word, b.Or(b.Read(seen), b.Int32(ReadersWait)));
                b.Write(seen, b.Load(word, MemoryOrder.Relaxed));
            })));
        b.Return();
    }

    private static void TryAddReader(FunctionBuilder b, Value word, Variable seen, Action done)
    {
        Value found = b.Read(seen);
        (Value old, Value taken) = b.CompareExchange(word, found, b.Add(found, b.Int32(1)), MemoryOrder.Acquire, MemoryOrder.Relaxed, weak: true);
        b.If(taken, done);
        b.Write(seen, old);
    }

    /// <summary>Sets a bit of those who wait, unless it is set, and then sleeps; if the state has changed, only notes the new one.</summary>
    private static void Announce(FunctionBuilder b, Value word, Variable seen, int bit, Action sleep)
    {
        Variable ready = b.NewVariable(b.Bool(true), "ready");
        b.If(b.Not(Has(b, b.Read(seen), bit)), () =>
        {
            Value found = b.Read(seen);
            (Value old, Value set) = b.CompareExchange(word, found, b.Or(found, b.Int32(bit)), MemoryOrder.Relaxed, MemoryOrder.Relaxed);
            b.If(b.Not(set), () =>
            {
                b.Write(seen, old);
                b.Write(ready, b.Bool(false));
            });
        });
        b.If(b.Read(ready), sleep);
    }

    private void EmitUnlockRead(FunctionBuilder b, IReadOnlyList<Value> p)
    {
        Value left = b.Sub(b.AtomicRmw(AtomicRmwOp.Sub, b.Field(p[0], State), b.Int32(1), MemoryOrder.Release), b.Int32(1));
        // Readers only wait for a writer, or behind one that waits.
        b.If(b.And(IsUnlocked(b, left), Has(b, left, WritersWait)), () => b.Call(WakeNext, p[0], left));
        b.Return();
    }

    private void EmitLockWrite(FunctionBuilder b, IReadOnlyList<Value> p)
    {
        Value word = b.Field(p[0], State), notify = b.Field(p[0], Notify);
        Variable seen = b.NewVariable(b.Load(word, MemoryOrder.Relaxed), "seen");
        // A writer that has slept does not know whether others still do: it keeps their bit.
        Variable others = b.NewVariable(b.Int32(0), "others");
        b.While(() => b.Bool(true), () => b.If(IsUnlocked(b, b.Read(seen)),
            () =>
            {
                Value found = b.Read(seen);
                Value desired = b.Or(b.Or(found, b.Int32(Writer)), b.Read(others));
                (Value old, Value taken) = b.CompareExchange(word, found, desired, MemoryOrder.Acquire, MemoryOrder.Relaxed, weak: true);
                b.If(taken, () => b.Return());
                b.Write(seen, old);
            },
            () => Announce(b, word, seen, WritersWait, () =>
            {
                b.Write(others, b.Int32(WritersWait));
                Value number = b.Load(notify, MemoryOrder.Acquire), now = b.Load(word, MemoryOrder.Relaxed);
                b.Write(seen, now);
                b.If(b.And(b.Not(IsUnlocked(b, now)), Has(b, now, WritersWait)), () =>
                {
                    b.FutexWait(notify, number);
                    b.Write(seen, b.Load(word, MemoryOrder.Relaxed));
                });
            })));
        b.Return();
    }

    private void EmitUnlockWrite(FunctionBuilder b, IReadOnlyList<Value> p)
    {
        Value left = b.Sub(b.AtomicRmw(AtomicRmwOp.Sub, b.Field(p[0], State), b.Int32(Writer), MemoryOrder.Release), b.Int32(Writer));
        b.If(b.Ne(left, b.Int32(0)), () => b.Call(WakeNext, p[0], left));
        b.Return();
    }

    private static void EmitWakeWriter(FunctionBuilder b, IReadOnlyList<Value> p)
    {
        Value notify = b.Field(p[0], Notify);
        b.AtomicRmw(AtomicRmwOp.Add, notify, b.Int32(1), MemoryOrder.Release);
        b.Return(b.Ne(b.FutexWake(notify, b.Int32(1)), b.Int32(0)));
    }

    /// <summary>The lock has become free in a state: wakes a writer, or if none sleeps, all readers. If somebody takes the lock meanwhile, waking is left to him.</summary>
    private void EmitWakeNext(FunctionBuilder b, IReadOnlyList<Value> p)
    {
        Value word = b.Field(p[0], State);
        Variable state = b.NewVariable(p[1], "state");
        Value Replace(int from, int to, out Value old)
        {
            (old, Value replaced) = b.CompareExchange(word, b.Int32(from), b.Int32(to), MemoryOrder.Relaxed, MemoryOrder.Relaxed);
            return replaced;
        }

        b.If(b.Eq(b.Read(state), b.Int32(WritersWait)), () =>
        {
            b.If(Replace(WritersWait, 0, out Value old), () =>
            {
                b.Call(WakeWriter, p[0]);
                b.Return();
            });
            b.Write(state, old);
        });
        b.If(b.Eq(b.Read(state), b.Int32(ReadersWait | WritersWait)), () =>
        {
            b.If(b.Not(Replace(ReadersWait | WritersWait, ReadersWait, out _)), () => b.Return());
            b.If(b.CallOne(WakeWriter, p[0]), () => b.Return());
            b.Write(state, b.Int32(ReadersWait));
        });
        b.If(b.Eq(b.Read(state), b.Int32(ReadersWait)), () => b.If(Replace(ReadersWait, 0, out _), () => b.FutexWake(word, b.Int32(int.MaxValue))));
        b.Return();
    }
}
