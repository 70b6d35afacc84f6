using Mu.Core.Heap;
using Mu.Core.IR;
using Mu.Core.Stacks;

namespace Mu.Core.Threads;

/// <summary>Compiled code as a machine's engine; the stubs and <see cref="MuThread"/> do the work.</summary>
internal sealed unsafe class CompiledEngine(MuMachine machine) : IEngine
{
    /// <inheritdoc/>
    public IStackSurgeon Surgeon { get; } = new CompiledStackSurgeon(machine);

    /// <inheritdoc/>
    public int LiveStacks => machine.Stacks.Live;

    /// <inheritdoc/>
    public StackControl* NewStack(AllocationBuffer* buffer, Function bottom, bool large)
    {
        StackControl* control = machine.Stacks.Allocate(large, machine.Addresses.Of(bottom), machine.Stubs.StartFresh, machine.Stubs.BottomReturn);
        if (control == null) return null;
        control->HeapObject = machine.Heap.AllocateStack(buffer, (ulong)control);
        if (control->HeapObject != 0) return control;
        machine.Stacks.Free(control);
        return null;
    }

    /// <inheritdoc/>
    public MuOutcome Run(MuThread thread, StackControl* stack, bool throws) => thread.RunCompiled(stack, throws);

    /// <inheritdoc/>
    public StackControl* Suspend(MuThread thread)
    {
        StackControl* stack = thread.Context->CurrentStack;
        if (stack != null) stack->StackPointer = thread.Context->WalkStackPointer;
        thread.Context->CurrentStack = null;
        return stack;
    }

    /// <inheritdoc/>
    public void Resume(MuThread thread, StackControl* stack)
    {
        thread.Context->CurrentStack = stack;
        thread.Context->StackLimit = stack->StackLimit;
    }

    /// <inheritdoc/>
    public void VisitRoots(MuThread thread, IRootVisitor visitor) => thread.VisitBoundStack(visitor);

    /// <inheritdoc/>
    public void Dispose() { }
}
