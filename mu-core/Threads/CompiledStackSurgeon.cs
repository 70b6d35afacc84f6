using Mu.Core.Compiler.Code;
using Mu.Core.IR;
using Mu.Core.Stacks;

namespace Mu.Core.Threads;

/// <summary>
/// Introspection and on-stack replacement on stacks of compiled code. All values of a stopped frame are in it, and every frame goes on with values in the argument registers: so
/// popping frames is moving the saved rsp up, and a new frame is the two words of a fresh stack (docs/abi.md, "The base of a stack").
/// </summary>
internal sealed unsafe class CompiledStackSurgeon(MuMachine machine) : IStackSurgeon
{
    /// <inheritdoc/>
    public IStoppedFrame Top(StackControl* stack) =>
        machine.Walker.FrameAt(stack->StackPointer) ?? throw new InvalidOperationException($"stack {stack->Id} has no frame");

    /// <inheritdoc/>
    public IStoppedFrame? CallerOf(IStoppedFrame frame) => machine.Walker.CallerOf((StackFrame)frame);

    /// <inheritdoc/>
    public void PopTo(StackControl* stack, IStoppedFrame frame) => stack->StackPointer = ((StackFrame)frame).StackPointer;

    /// <inheritdoc/>
    public bool Push(StackControl* stack, Function function)
    {
        ulong* top = (ulong*)stack->StackPointer;
        if ((ulong)(top - 2) <= stack->TrueLimit) return false;
        *--top = (ulong)machine.Functions.CellOf(function);
        *--top = machine.Stubs.StartFresh;
        stack->StackPointer = (ulong)top;
        return true;
    }

    /// <inheritdoc/>
    public void Kill(StackControl* stack) => StackSpace.Kill(stack);
}
