using Mu.Core.Types;

namespace Mu.Core.Interpreter;

/// <summary>NEW.</summary>
internal sealed unsafe class NewOperation(int typeId) : Operation
{
    /// <inheritdoc/>
    public override bool Execute(InterpreterThread thread, Frame frame)
    {
        ulong reference = thread.Host.Heap.AllocateFixed(thread.Buffer, typeId);
        if (reference == 0) return Fail(thread, frame);
        frame.Words[ResultSlot] = reference;
        return Finish(frame);
    }
}

/// <summary>NEWHYBRID.</summary>
internal sealed unsafe class NewHybridOperation(int typeId, int length, bool isWide) : Operation
{
    /// <inheritdoc/>
    public override bool Execute(InterpreterThread thread, Frame frame)
    {
        ulong reference = thread.Host.Heap.AllocateHybrid(thread.Buffer, typeId, frame.GetLength(length, isWide));
        if (reference == 0) return Fail(thread, frame);
        frame.Words[ResultSlot] = reference;
        return Finish(frame);
    }
}

/// <summary>ALLOCA and ALLOCAHYBRID.</summary>
internal sealed class AllocaOperation(TypeLayout layout, int? length) : Operation
{
    /// <inheritdoc/>
    public override bool Execute(InterpreterThread thread, Frame frame)
    {
        long elements = length is { } operand ? (long)frame.Get(operand) : 0;
        if (!thread.Stack.TryGrow(frame, FrameMemory.SizeOf(layout, elements), thread.Interpreter.StackBytes)) return Fail(thread, frame);
        frame.Words[ResultSlot] = frame.Memory.Allocate(layout, (int)elements);
        return Finish(frame);
    }
}
