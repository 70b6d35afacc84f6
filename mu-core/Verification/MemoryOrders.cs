namespace Mu.Core.Verification;

/// <summary>Sets of memory orders: which each kind of access may have (specification, chapter "Memory Model"). Bit numbers are those of the orders.</summary>
[Flags]
internal enum MemoryOrders
{
    NotAtomic = 1,
    Relaxed = 2,
    Consume = 4,
    Acquire = 8,
    Release = 16,
    AcqRel = 32,
    SeqCst = 64,
    Unknown = 128,
    Load = NotAtomic | Relaxed | Consume | Acquire | SeqCst,
    Store = NotAtomic | Relaxed | Release | SeqCst,
    Update = Relaxed | Acquire | Release | AcqRel | SeqCst,
    FailedUpdate = Relaxed | Acquire | SeqCst,
    Fence = Acquire | Release | AcqRel | SeqCst,
}
