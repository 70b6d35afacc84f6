using Mu.ClientLib.Building;
using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.ClientLib.Concurrency;

/// <summary>
/// A lock that the thread which has it may take again; it is free when it has been given back as often. The owner is the thread, not the stack: the address of the thread's context names it, which no
/// two threads share while they live. Only the owner can find its own name there, so relaxed accesses do.
/// </summary>
public sealed class RecursiveMutexSnippet : Snippet
{
    private const int MutexField = 0, OwnerField = 1, CountField = 2;

    /// <summary>Adds the type and its functions to a bundle, under a name.</summary>
    public RecursiveMutexSnippet(Bundle bundle, MutexSnippet mutex, string name = "sync.recursive_mutex")
        : base(bundle, name, new StructType(mutex.Type, WellKnownTypes.PtrVoid, IntType.I64))
    {
        Lock = Define("lock", [Location], [], (b, p) => EmitTake(b, p[0], () => mutex.EmitLock(b, b.Field(p[0], MutexField)), () => b.Return()));
        TryLock = Define("try_lock", [Location], [IntType.I1], (b, p) => EmitTake(b, p[0],
            () => b.If(b.Not(b.CallOne(mutex.TryLock, b.Field(p[0], MutexField))), () => b.Return(b.Bool(false))),
            () => b.Return(b.Bool(true))));
        Unlock = Define("unlock", [Location], [IntType.I1], (b, p) => EmitUnlock(b, p[0], mutex));
    }

    /// <summary>(location): waits until the caller has the lock, once more.</summary>
    public Function Lock { get; }

    /// <summary>(location) → int&lt;1&gt;: takes the lock if it is free or the caller's.</summary>
    public Function TryLock { get; }

    /// <summary>(location) → int&lt;1&gt;: gives the lock back once. 0, and nothing happens: it is not the caller's.</summary>
    public Function Unlock { get; }

    private static void EmitTake(FunctionBuilder b, Value lockLocation, Action take, Action done)
    {
        Value self = b.Common(CommonOp.RuntimeContext), owner = b.Field(lockLocation, OwnerField), count = b.Field(lockLocation, CountField);
        b.If(b.Ne(b.Load(owner, MemoryOrder.Relaxed), self), () =>
        {
            take();
            b.Store(owner, self, MemoryOrder.Relaxed);
        });
        b.Store(count, b.Add(b.Load(count), b.Int64(1)));
        done();
    }

    private static void EmitUnlock(FunctionBuilder b, Value lockLocation, MutexSnippet mutex)
    {
        Value owner = b.Field(lockLocation, OwnerField), count = b.Field(lockLocation, CountField);
        b.If(b.Ne(b.Load(owner, MemoryOrder.Relaxed), b.Common(CommonOp.RuntimeContext)), () => b.Return(b.Bool(false)));
        Value left = b.Sub(b.Load(count), b.Int64(1));
        b.Store(count, left);
        b.If(b.Eq(left, b.Int64(0)), () =>
        {
            b.Store(owner, b.Null(WellKnownTypes.PtrVoid), MemoryOrder.Relaxed);
            mutex.EmitUnlock(b, b.Field(lockLocation, MutexField));
        });
        b.Return(b.Bool(true));
    }
}
