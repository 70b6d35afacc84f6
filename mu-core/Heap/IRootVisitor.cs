using Mu.Core.Types;

namespace Mu.Core.Heap;

/// <summary>Shown every root slot; may rewrite the slot, since objects move.</summary>
internal unsafe interface IRootVisitor
{
    /// <summary>
    /// Visits one slot, at once: afterwards the slot holds the object's new address. The slot of a <see cref="SlotKind.WeakRef"/> must stay valid to the end of
    /// the collection, because it is decided last.
    /// </summary>
    void Visit(ulong* slot, SlotKind kind);
}

/// <summary>Something that holds references from outside the heap: threads, handles, the client's tables.</summary>
internal interface IRootSource
{
    /// <summary>Shows all root slots to the visitor. The world is stopped.</summary>
    void VisitRoots(IRootVisitor visitor);
}

/// <summary>What the stacks' owner does for the collector: stacks are heap objects whose payload word is the address of a native control block.</summary>
internal interface IStackScanner
{
    /// <summary>The stack object is reachable: shows every reference in the stack's frames to the visitor.</summary>
    void ScanStack(ulong control, IRootVisitor visitor);

    /// <summary>The stack object lives at another address now.</summary>
    void StackMoved(ulong control, ulong stackObject);

    /// <summary>The stack object is unreachable: the control block and the stack can be given back.</summary>
    void StackDied(ulong control);
}

/// <summary>Brings all mutators to a safepoint and lets them go.</summary>
internal interface IWorldStopper
{
    /// <summary>
    /// Stops all mutators but the calling thread. False if another thread collected while this one waited (as a stopped mutator) for
    /// its turn: then the caller tries its allocation again, and does not resume anyone.
    /// </summary>
    bool StopTheWorld();

    /// <summary>Ends what a successful <see cref="StopTheWorld"/> began.</summary>
    void ResumeTheWorld();
}

/// <summary>The world of a single mutator: it stands still while it collects.</summary>
internal sealed class SingleMutatorWorld : IWorldStopper
{
    /// <inheritdoc/>
    public bool StopTheWorld() => true;

    /// <inheritdoc/>
    public void ResumeTheWorld() { }
}
