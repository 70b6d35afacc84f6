using Mu.Core.IR;
using Mu.Core.Stacks;
using Mu.Core.Threads;
using Mu.Core.Types;

namespace Mu.Core.Interpreter;

/// <summary>Introspection and on-stack replacement on the interpreter's frame chains.</summary>
internal sealed unsafe class InterpreterStackSurgeon(ReferenceInterpreter interpreter) : IStackSurgeon
{
    /// <inheritdoc/>
    public IStoppedFrame Top(StackControl* stack) =>
        new StoppedFrame(Of(stack).Top ?? throw new InvalidOperationException($"stack {stack->Id} has no frame"));

    /// <inheritdoc/>
    public IStoppedFrame? CallerOf(IStoppedFrame frame) => ((StoppedFrame)frame).Frame.Caller is { } caller ? new StoppedFrame(caller) : null;

    /// <inheritdoc/>
    public void PopTo(StackControl* stack, IStoppedFrame frame)
    {
        InterpreterStack frames = Of(stack);
        while (frames.Top != ((StoppedFrame)frame).Frame) frames.Pop();
    }

    /// <inheritdoc/>
    public bool Push(StackControl* stack, Function function)
    {
        InterpreterStack frames = Of(stack);
        if (frames.Bytes >= interpreter.StackBytes) return false;
        frames.Push(new Frame(function, frames.Top));
        return true;
    }

    /// <inheritdoc/>
    public void Kill(StackControl* stack) => Of(stack).Kill();

    private InterpreterStack Of(StackControl* stack) => interpreter.Stacks.OfControl((ulong)stack);

    /// <summary>A frame of the interpreter as introspection sees it.</summary>
    private sealed record StoppedFrame(Frame Frame) : IStoppedFrame
    {
        public Function Function => Frame.Function;

        public FunctionVersion? Version => Frame.Code?.Version;

        public bool IsFresh => Frame.Code is null;

        public bool IsAtEntry => Frame.Code is null || (Frame.Block == Frame.Code.Entry && Frame.Position == 0);

        public Instruction? Instruction => Frame.Code is null ? null : Frame.Operation.Source;

        public ulong[] KeepAlives()
        {
            if (Instruction is not { } instruction) return [];
            var words = new List<ulong>();
            for (int i = 0; i < instruction.KeepAlives.Length; i++)
            {
                MuType[] scalars = FlatValue.Scalars([instruction.KeepAlives[i].Type]);
                int operand = Frame.Operation.KeepAlives[i];
                for (int j = 0; j < scalars.Length; j++) words.Add(IntWord.ToContract(scalars[j], Frame.Get(operand, j)));
            }
            return [.. words];
        }
    }
}
