using Mu.Core.Heap;
using Mu.Core.IR;
using Mu.Core.Stacks;

namespace Mu.Core.Threads;

/// <summary>
/// What runs function versions: compiled code (<see cref="CompiledEngine"/>) or the interpreter. Each has stacks of its own, bound and resumed by its own rules, behind the same control
/// blocks and the same context words for values that go in and out.
/// </summary>
internal unsafe interface IEngine : IDisposable
{
    /// <summary>A ready stack that waits for the arguments of a function, with its stack object, which is reachable from nowhere yet. Null if the heap or address space is exhausted.</summary>
    StackControl* NewStack(AllocationBuffer* buffer, Function bottom, bool large);

    /// <summary>Stacks that are not given back yet: those in use, and dead ones that no collection has found.</summary>
    int LiveStacks { get; }

    /// <summary>What <see cref="MuThread.Run"/> does.</summary>
    MuOutcome Run(MuThread thread, StackControl* stack, bool throws);

    /// <summary>The thread's stack, which is in a native call, is put aside for a run within the call; null if the thread is bound to none.</summary>
    StackControl* Suspend(MuThread thread);

    /// <summary>Ends <see cref="Suspend"/>.</summary>
    void Resume(MuThread thread, StackControl* stack);

    /// <summary>Shows the stack that a thread is bound to, and what the engine holds for it outside of stacks.</summary>
    void VisitRoots(MuThread thread, IRootVisitor visitor);

    /// <summary>How the engine's stacks are looked at and changed.</summary>
    IStackSurgeon Surgeon { get; }
}

/// <summary>Looks at stacks that are ready, and changes them (on-stack replacement).</summary>
internal unsafe interface IStackSurgeon
{
    /// <summary>The frame on top.</summary>
    IStoppedFrame Top(StackControl* stack);

    /// <summary>The frame that waits for this one; null at the bottom.</summary>
    IStoppedFrame? CallerOf(IStoppedFrame frame);

    /// <summary>Takes off all frames above one, which becomes the top.</summary>
    void PopTo(StackControl* stack, IStoppedFrame frame);

    /// <summary>Puts a frame on top that waits for a function's arguments. False: the stack has no room.</summary>
    bool Push(StackControl* stack, Function function);

    /// <summary>Kills a stack.</summary>
    void Kill(StackControl* stack);
}

/// <summary>A frame that is stopped, as introspection sees it.</summary>
internal interface IStoppedFrame
{
    /// <summary>The function.</summary>
    Function Function { get; }

    /// <summary>The version; null for a frame that is still at its function's entry.</summary>
    FunctionVersion? Version { get; }

    /// <summary>Whether the frame is still at its function's entry and waits for the arguments.</summary>
    bool IsFresh { get; }

    /// <summary>Whether the frame stands at the safepoint of its function's entry: none of its code has run.</summary>
    bool IsAtEntry { get; }

    /// <summary>The instruction where the frame stopped, if it is one of the program.</summary>
    Instruction? Instruction { get; }

    /// <summary>The words (as docs/abi.md has them) of the scalars of the instruction's KEEPALIVE clause.</summary>
    ulong[] KeepAlives();
}
