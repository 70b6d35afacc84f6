using Mu.Core.Heap;
using Mu.Core.IR;
using Mu.Core.Stacks;

namespace Mu.Core.Threads;

/// <summary>
/// What runs function versions in place of compiled code: stacks of its own, bound and resumed by its own rules, behind the same control blocks and the same context words for
/// values that go in and out.
/// </summary>
internal unsafe interface IEngine : IDisposable
{
    /// <summary>A ready stack that waits for the arguments of a function, with its stack object. Null if the heap is exhausted.</summary>
    StackControl* NewStack(AllocationBuffer* buffer, Function bottom);

    /// <summary>What <see cref="MuThread.Run"/> does.</summary>
    MuOutcome Run(MuThread thread, StackControl* stack, bool throws);

    /// <summary>Shows what the engine holds for a thread outside of stacks.</summary>
    void VisitRoots(MuThread thread, IRootVisitor visitor);
}

/// <summary>A frame that is stopped, as introspection sees it.</summary>
internal interface IStoppedFrame
{
    /// <summary>The function.</summary>
    Function Function { get; }

    /// <summary>The version; null for a frame that is still at its function's entry.</summary>
    FunctionVersion? Version { get; }

    /// <summary>The instruction where the frame stopped, if it is one of the program.</summary>
    Instruction? Instruction { get; }

    /// <summary>The word (as docs/abi.md has it) of a scalar in the instruction's KEEPALIVE clause.</summary>
    ulong KeepAlive(int index);
}
