using System.Runtime.InteropServices;
using Mu.Core.Heap;
using Mu.Core.IR;
using Mu.Core.Stacks;

namespace Mu.Core.Interpreter;

/// <summary>The interpreter's stacks by control block; the heap asks it what they contain.</summary>
internal sealed unsafe class StackTable(IInterpreterHost host) : IStackScanner, IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<ulong, InterpreterStack> stacks = [];
    private ulong lastId;

    /// <summary>Number of stacks.</summary>
    public int Count
    {
        get
        {
            lock (gate) return stacks.Count;
        }
    }

    /// <summary>A ready stack that waits for the arguments of a function. Null if the heap is exhausted. The stack object is reachable from nowhere yet.</summary>
    public InterpreterStack? Create(AllocationBuffer* buffer, Function bottom)
    {
        var control = (StackControl*)NativeMemory.AllocZeroed((nuint)sizeof(StackControl));
        control->Id = Interlocked.Increment(ref lastId);
        control->State = StackState.Ready;
        control->Cell = host.AddressOf(bottom);
        var stack = new InterpreterStack(control, bottom);
        lock (gate) stacks.Add((ulong)control, stack);
        control->HeapObject = host.Heap.AllocateStack(buffer, (ulong)control);
        if (control->HeapObject != 0) return stack;
        Forget((ulong)control);
        return null;
    }

    /// <summary>The stack of a stack object.</summary>
    public InterpreterStack Of(ulong reference)
    {
        if (reference == 0) throw new MuExecutionException("a NULL stackref is used");
        return OfControl(*(ulong*)reference);
    }

    /// <summary>The stack of a control block.</summary>
    public InterpreterStack OfControl(ulong control)
    {
        lock (gate) return stacks[control];
    }

    /// <inheritdoc/>
    public void ScanStack(ulong control, IRootVisitor visitor) => OfControl(control).VisitRoots(visitor);

    /// <inheritdoc/>
    public void StackMoved(ulong control, ulong stackObject) => ((StackControl*)control)->HeapObject = stackObject;

    /// <inheritdoc/>
    public void StackDied(ulong control)
    {
        OfControl(control).Kill();
        Forget(control);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (InterpreterStack stack in stacks.Values)
        {
            stack.Kill();
            NativeMemory.Free(stack.Control);
        }

        stacks.Clear();
    }

    private void Forget(ulong control)
    {
        lock (gate) stacks.Remove(control);
        NativeMemory.Free((void*)control);
    }
}
