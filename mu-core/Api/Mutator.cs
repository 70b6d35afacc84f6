using Mu.Core.Heap;
using Mu.Core.IR;
using Mu.Core.Threads;
using Mu.Core.Types;

namespace Mu.Core.Api;

/// <summary>A type as the heap knows it, for allocation by runtime functions (<see cref="RuntimeInterface.HeapTypeOf"/>).</summary>
/// <param name="id">The heap's number.</param>
public readonly struct HeapType(int id) : IEquatable<HeapType>
{
    internal int Id { get; } = id;

    /// <inheritdoc/>
    public bool Equals(HeapType other) => Id == other.Id;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is HeapType other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Id;

    /// <summary>Equality.</summary>
    public static bool operator ==(HeapType left, HeapType right) => left.Equals(right);

    /// <summary>Inequality.</summary>
    public static bool operator !=(HeapType left, HeapType right) => !left.Equals(right);
}

/// <summary>
/// What a <c>#RUNTIME</c> function sees of the micro VM: it is made from the thread context that such a function gets first. Objects are raw addresses of
/// payloads; any allocation may collect, move objects, and make addresses stale that are not in a <see cref="MutatorRoots"/> scope.
/// </summary>
public readonly unsafe ref struct Mutator
{
    private readonly ThreadContext* context;
    private readonly MuThread thread;

    /// <summary>From the thread context.</summary>
    public Mutator(nint threadContext)
    {
        context = (ThreadContext*)threadContext;
        thread = MuThread.Of(context);
    }

    /// <summary>What the client attached to the micro VM (<see cref="RuntimeInterface.SetClientState"/>).</summary>
    public object? ClientState => thread.Machine.ClientState;

    /// <summary>A zeroed object of a fixed-size type; 0 when memory is exhausted.</summary>
    public ulong New(HeapType type) => thread.Machine.Heap.AllocateFixed(thread.Buffer, type.Id);

    /// <summary>A zeroed hybrid; 0 when memory is exhausted.</summary>
    public ulong NewHybrid(HeapType type, ulong length) => thread.Machine.Heap.AllocateHybrid(thread.Buffer, type.Id, length);

    /// <summary>The type of an object.</summary>
    public static HeapType TypeOf(ulong reference) => new(ObjectHeader.TypeId(ObjectHeader.Of(reference)));

    /// <summary>Gives an object another type of the same layout: a weak variant for a strong one, say.</summary>
    public void ChangeType(ulong reference, HeapType type) => thread.Machine.Heap.ChangeTypeId(reference, type.Id);

    /// <summary>
    /// Lets collections run until the result is disposed of: around what may block, such as input or waiting for another thread. Meanwhile no raw address is used, and afterwards only those are valid
    /// that were in a <see cref="MutatorRoots"/> scope.
    /// </summary>
    public MutatorBlocking OpenBlocking() => new(thread);

    /// <summary>
    /// Puts the current stack aside until the result is disposed of, so that the runtime function can run Mu code through its context, on other stacks. The stack cannot be resumed meanwhile. Raw
    /// addresses are good afterwards only if they were in a <see cref="MutatorRoots"/> scope.
    /// </summary>
    public MutatorNesting OpenNesting() => new(thread);

    /// <summary>Gives up the reserve of stack that <see cref="RuntimeInterface.SetOverflowFunction"/> speaks of: the overflow function does it before it ends.</summary>
    public void LeaveStackReserve() => thread.SetStackReserve(false);

    /// <summary>
    /// Makes the next allocation that finds its buffer full collect: for a client whose own tables (<see cref="IWeakSlots"/>) are full of what is probably dead.
    /// </summary>
    public void CollectSoon() => thread.Machine.Heap.CollectSoon();

    /// <summary>Opens a scope of root slots.</summary>
    public MutatorRoots OpenRoots() => new(context);

    /// <summary>
    /// The frames of the current stack from the innermost Mu frame outwards: function and source tag of the instruction at which each stands.
    /// </summary>
    public MutatorFrames Frames => new(thread.Machine, context->CurrentStack, context->WalkStackPointer);

    /// <summary>The frames of a stack that waits to be resumed, given by its stackref; valid until it is.</summary>
    public MutatorFrames FramesOf(ulong stackReference)
    {
        var control = *(Stacks.StackControl**)stackReference;
        return control->State == Stacks.StackState.Ready
            ? new(thread.Machine, control, control->StackPointer)
            : throw new InvalidOperationException($"the stack is not ready but {control->State}");
    }
}

/// <summary>The time in which a runtime function may block (<see cref="Mutator.OpenBlocking"/>). Scopes of it do not nest.</summary>
public readonly ref struct MutatorBlocking
{
    private readonly MuThread thread;

    internal MutatorBlocking(MuThread thread)
    {
        if (thread.IsOutside) throw new InvalidOperationException("the runtime function has said already that it blocks");
        this.thread = thread;
        thread.GoOutside();
    }

    /// <summary>Comes back, and waits for the end of a collection first if there is one.</summary>
    public void Dispose() => thread.ComeInside();
}

/// <summary>The time in which a runtime function runs Mu code (<see cref="Mutator.OpenNesting"/>). Scopes nest with runs.</summary>
public readonly unsafe ref struct MutatorNesting
{
    private readonly MuThread thread;
    private readonly Stacks.StackControl* suspended;
    private readonly RootScope roots;

    internal MutatorNesting(MuThread thread)
    {
        this.thread = thread;
        suspended = thread.Machine.Engine.Suspend(thread);
        roots = new RootScope(thread.Context);
        if (suspended != null) _ = roots.Add(suspended->HeapObject);
    }

    /// <summary>Takes the stack up again.</summary>
    public void Dispose()
    {
        if (suspended != null) thread.Machine.Engine.Resume(thread, suspended);
        roots.Dispose();
    }
}

/// <summary>The time in which a client holds raw addresses outside of Mu code (<see cref="RuntimeInterface.OpenHeap"/>): collections of other threads wait.</summary>
public readonly ref struct HeapScope
{
    private readonly HeapAccess access;

    internal HeapScope(MuThread thread) => access = thread.Inside();

    /// <summary>Lets collections run again.</summary>
    public void Dispose() => access.Dispose();
}

/// <summary>Root slots of a runtime function. What must survive an allocation is put into one and read from there afterwards. Scopes nest and are disposed in reverse order.</summary>
public readonly unsafe ref struct MutatorRoots
{
    private readonly RootScope scope;

    internal MutatorRoots(ThreadContext* context) => scope = new RootScope(context);

    /// <summary>A slot for an object's address.</summary>
    public ref ulong Ref(ulong address) => ref *scope.Add(address);

    /// <summary>A slot for a tagref64 word.</summary>
    public ref ulong Tagged(ulong word) => ref *scope.Add(word, SlotKind.TagRef64);

    /// <summary>Four slots for tagref64 words, one behind the other in memory: the first.</summary>
    public ref ulong Tagged(ulong first, ulong second, ulong third, ulong fourth) => ref *scope.AddTagged(first, second, third, fourth);

    /// <summary>Gives the slots back.</summary>
    public void Dispose() => scope.Dispose();
}

/// <summary>One frame, as runtime functions see it.</summary>
/// <param name="Function">The function.</param>
/// <param name="SourceTag">The tag of the instruction at which the frame stands; 0 for none.</param>
public readonly record struct MutatorFrame(Function Function, int SourceTag);

/// <summary>Walks the frames of a stack: compiled ones by return addresses, others through their engine.</summary>
public unsafe ref struct MutatorFrames
{
    private readonly MuMachine machine;
    private readonly Stacks.StackControl* stack;
    private readonly ulong start;
    private readonly bool isCompiled;
    private StackFrame? compiled;
    private IStoppedFrame? stopped;
    private bool started;

    internal MutatorFrames(MuMachine machine, Stacks.StackControl* stack, ulong start)
    {
        this.machine = machine;
        this.stack = stack;
        this.start = start;
        isCompiled = machine.Engine is CompiledEngine;
    }

    /// <summary>The frame.</summary>
    public readonly MutatorFrame Current => isCompiled
        ? new(compiled!.Value.Function, compiled.Value.Position?.Site.SourceTag ?? 0)
        : new(stopped!.Function, stopped.Instruction?.SourceTag ?? 0);

    /// <summary>Whether the frame stands at the safepoint of its function's entry: none of its code has run.</summary>
    public readonly bool IsAtEntry => isCompiled ? compiled!.Value.IsAtEntry : stopped!.IsAtEntry;

    /// <summary>The words of the KEEPALIVE clause of the instruction at which the frame stands; objects' addresses are good until the next allocation.</summary>
    public readonly ulong[] KeepAlives() => isCompiled ? compiled!.Value.KeepAlives() : stopped!.KeepAlives();

    /// <summary>Goes to the caller.</summary>
    public bool MoveNext()
    {
        bool first = !started;
        started = true;
        if (isCompiled)
        {
            compiled = first ? machine.Walker.FrameAt(start) : compiled is { } inner ? machine.Walker.CallerOf(inner) : null;
            return compiled is not null;
        }
        stopped = first ? machine.Engine.Surgeon.Top(stack) : stopped is { } frame ? machine.Engine.Surgeon.CallerOf(frame) : null;
        return stopped is not null;
    }

    /// <summary>Itself, for foreach.</summary>
    public readonly MutatorFrames GetEnumerator() => this;
}

/// <summary>A holder of weak references outside the heap, such as a table of interned strings.</summary>
public interface IWeakSlots
{
    /// <summary>
    /// Shows every slot (an object's address, or 0) during a collection. At its end a slot holds the object's new address, or 0 when the object died; the memory of the slots
    /// must stay valid until then.
    /// </summary>
    void Visit(WeakSlotVisitor visitor);
}

/// <summary>Takes the slots of an <see cref="IWeakSlots"/>.</summary>
public readonly unsafe ref struct WeakSlotVisitor
{
    private readonly IRootVisitor visitor;

    internal WeakSlotVisitor(IRootVisitor visitor) => this.visitor = visitor;

    /// <summary>Visits one slot.</summary>
    public void Visit(ulong* slot) => visitor.Visit(slot, SlotKind.WeakRef);
}

/// <summary>Shows a client's weak slots to the collector.</summary>
internal sealed class WeakSlotSource(IWeakSlots slots) : IRootSource
{
    public void VisitRoots(IRootVisitor visitor) => slots.Visit(new WeakSlotVisitor(visitor));
}
