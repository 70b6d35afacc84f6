using Mu.Core.Heap;
using Mu.Core.Stacks;
using Mu.Core.Types;

namespace Mu.Core.Threads;

/// <summary>The start of a thread on an operating-system thread of its own: until it binds its stack, the stack and what will be passed to it are roots here.</summary>
internal sealed unsafe partial class MuThread
{
    private StackControl* starting;
    private bool startThrows;
    private MuType[] passed = [];
    private ulong reference;

    /// <summary>
    /// Takes a ready stack, and what is to be passed to it: words of another context, in its argument words, or its exception. The stack is not ready for anybody else from here on.
    /// </summary>
    public void PrepareStart(StackControl* stack, ThreadContext* from, bool throws)
    {
        IStoppedFrame top = machine.Surgeon.Top(stack);
        if (throws)
        {
            Context->Exception = from->Exception;
        }
        else
        {
            passed = [.. top.AwaitedTypes().SelectMany(t => ScalarPart.Of(t)).Select(p => p.Type)];
            ArgumentLocation.Cursor source = new(from), target = new(Context);
            foreach (MuType type in passed) *target.Next(type) = *source.Next(type);
        }
        starting = stack;
        startThrows = throws;
        stack->State = StackState.Active;
    }

    /// <summary>Gives the stack back, if the thread could not be started.</summary>
    public void AbandonStart()
    {
        starting->State = StackState.Ready;
        starting = null;
        passed = [];
    }

    /// <summary>Runs the stack that was prepared.</summary>
    public MuOutcome RunPrepared()
    {
        using HeapAccess inside = Inside();
        StackControl* stack = starting;
        AbandonStart();
        return Run(stack, startThrows);
    }

    /// <summary>The thread object, made at the first request by a thread that is inside; 0 if the heap is exhausted.</summary>
    public ulong ReferenceFor(MuThread asking)
    {
        if (reference != 0) return reference;
        ulong made = machine.Heap.AllocateFixed(asking.Buffer, HeapTypeTable.ThreadTypeId);
        if (made == 0) return 0;
        *(ulong*)made = Id;
        return reference = made;
    }

    private void VisitStart(IRootVisitor visitor)
    {
        fixed (ulong* slot = &reference) visitor.Visit(slot, SlotKind.Ref);
        if (starting == null) return;
        visitor.Visit(&starting->HeapObject, SlotKind.Ref);
        var cursor = new ArgumentLocation.Cursor(Context);
        foreach (MuType type in passed)
        {
            ulong* word = cursor.Next(type);
            SlotKind kind = TypeLayout.KindOf(type);
            if (kind != SlotKind.None) visitor.Visit(word, kind);
        }
    }
}
