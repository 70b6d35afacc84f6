using Mu.Core.IR;

namespace Mu.Core.Interpreter;

internal sealed partial class Decoder
{
    private Operation DecodeControl(Instruction instruction) => instruction switch
    {
        BranchInstruction => new BranchOperation(),
        Branch2Instruction i => new Branch2Operation(Operand(i.Condition)),
        SwitchInstruction i => new SwitchOperation(Operand(i.Operands[0]), FlatValue.Words(i.OperandType), Array.ConvertAll(i.Keys, ConstantOperand)),
        CallInstruction i => new CallOperation(i.Callee as Function, Operand(i.Callee), Words(i.Arguments)),
        TailCallInstruction i => new TailCallOperation(i.Callee as Function, Operand(i.Callee), Words(i.Arguments)),
        ReturnInstruction i => new ReturnOperation(Words(i.Operands)),
        ThrowInstruction i => new ThrowOperation(Operand(i.Exception)),
        TrapInstruction => new TrapOperation(),
        WatchpointInstruction i => new WatchpointOperation(i.WatchpointId),
        WatchpointBranchInstruction i => new WatchpointBranchOperation(i.WatchpointId),
        CCallInstruction i => DecodeNativeCall(i),
        SwapStackInstruction i => DecodeSwapStack(i),
        NewThreadInstruction i => DecodeNewThread(i),
        _ => throw new NotSupportedException($"{instruction} is not supported by the interpreter"),
    };
}

/// <summary>
/// The safepoint before every block: there are more than in compiled code, which is just as well for finding errors. In stress mode the heap collects here.
/// </summary>
internal sealed unsafe class PollOperation : Operation
{
    /// <inheritdoc/>
    public override bool Execute(InterpreterThread thread, Frame frame)
    {
        if (thread.Context->StackLimit == ulong.MaxValue && !thread.Host.OnSafepoint(thread))
        {
            thread.Exit();
            return false;
        }
        thread.Host.Heap.SafepointStress();
        if (thread.Host.Interruption(thread) is not { } function) return true;
        thread.EnterInstead(function);
        return false;
    }
}

/// <summary>BRANCH.</summary>
internal sealed class BranchOperation : Operation
{
    /// <inheritdoc/>
    public override bool Execute(InterpreterThread thread, Frame frame)
    {
        Edges[0].Follow(frame);
        return false;
    }
}

/// <summary>BRANCH2.</summary>
internal sealed class Branch2Operation(int condition) : Operation
{
    /// <inheritdoc/>
    public override bool Execute(InterpreterThread thread, Frame frame)
    {
        Edges[frame.Get(condition) != 0 ? 0 : 1].Follow(frame);
        return false;
    }
}

/// <summary>SWITCH.</summary>
internal sealed class SwitchOperation(int operand, int words, int[] keys) : Operation
{
    /// <inheritdoc/>
    public override bool Execute(InterpreterThread thread, Frame frame)
    {
        int match = Array.FindIndex(keys, key => IsEqual(frame, key));
        Edges[match + 1].Follow(frame);
        return false;
    }

    private bool IsEqual(Frame frame, int key)
    {
        for (int i = 0; i < words; i++)
            if (frame.Get(key, i) != frame.Get(operand, i)) return false;
        return true;
    }
}

/// <summary>CALL.</summary>
internal sealed class CallOperation(Function? function, int callee, int[] arguments) : Operation
{
    /// <inheritdoc/>
    public override bool Execute(InterpreterThread thread, Frame frame)
    {
        thread.Call(function ?? thread.FunctionAt(frame.Get(callee)), frame, arguments);
        return false;
    }
}

/// <summary>TAILCALL.</summary>
internal sealed class TailCallOperation(Function? function, int callee, int[] arguments) : Operation
{
    /// <inheritdoc/>
    public override bool Execute(InterpreterThread thread, Frame frame)
    {
        thread.TailCall(function ?? thread.FunctionAt(frame.Get(callee)), frame, arguments);
        return false;
    }
}

/// <summary>RET.</summary>
internal sealed class ReturnOperation(int[] values) : Operation
{
    /// <inheritdoc/>
    public override bool Execute(InterpreterThread thread, Frame frame)
    {
        Span<ulong> words = values.Length <= 64 ? stackalloc ulong[values.Length] : new ulong[values.Length];
        for (int i = 0; i < values.Length; i++) words[i] = frame.Get(values[i]);
        thread.Return(words);
        return false;
    }
}

/// <summary>THROW.</summary>
internal sealed class ThrowOperation(int exception) : Operation
{
    /// <inheritdoc/>
    public override bool Execute(InterpreterThread thread, Frame frame)
    {
        thread.Throw(frame.Get(exception));
        return false;
    }
}
