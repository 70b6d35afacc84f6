using Mu.Core.Heap;
using Mu.Core.IR;
using Mu.Core.Stacks;

namespace Mu.Core.Interpreter;

/// <summary>
/// A Mu stack of the interpreter: a chain of frames on the .NET heap. Its control block is there for what both engines share (the stack object's payload word is the block's address).
/// </summary>
internal sealed unsafe class InterpreterStack(StackControl* control, Function bottom)
{
    /// <summary>The control block.</summary>
    public StackControl* Control { get; } = control;

    /// <summary>The top frame; null once the bottom function has returned.</summary>
    public Frame? Top { get; private set; } = new Frame(bottom, null);

    /// <summary>Bytes of the frames.</summary>
    public long Bytes { get; private set; }

    /// <summary>The state.</summary>
    public StackState State
    {
        get => Control->State;
        set => Control->State = value;
    }

    /// <summary>The stack object.</summary>
    public ulong Reference => Control->HeapObject;

    /// <summary>Puts a frame on top.</summary>
    public void Push(Frame frame)
    {
        frame.Caller = Top;
        Top = frame;
        Bytes += frame.Size;
    }

    /// <summary>Takes the top frame off.</summary>
    public void Pop()
    {
        Frame frame = Top!;
        Bytes -= frame.Size;
        Top = frame.Caller;
        frame.Release();
    }

    /// <summary>The top frame grows by memory of ALLOCA. False: that is more than the stack's size.</summary>
    public bool TryGrow(Frame frame, long bytes, long limit)
    {
        if (bytes > limit - Bytes) return false;
        Bytes += bytes;
        frame.Size += bytes;
        return true;
    }

    /// <summary>Takes all frames off.</summary>
    public void Kill()
    {
        while (Top is not null) Pop();
        State = StackState.Dead;
    }

    /// <summary>Shows the frames' references to the collector.</summary>
    public void VisitRoots(IRootVisitor visitor)
    {
        for (Frame? frame = Top; frame is not null; frame = frame.Caller) frame.VisitRoots(visitor);
    }
}
