using Mu.Core.IR;

namespace Mu.Core.Interpreter;

internal sealed partial class Decoder
{
    private SwapStackOperation DecodeSwapStack(SwapStackInstruction i) => new(Operand(i.Swappee), DecodeClause(i.Clause), i.KillsOld);

    private NewThreadOperation DecodeNewThread(NewThreadInstruction i) =>
        new(Operand(i.Stack), i.HasThreadLocal ? Operand(i.Operands[1]) : null, DecodeClause(i.Clause));

    private PassClause DecodeClause(NewStackClause clause) => new(Words(clause.Operands), clause.Exception is not null);
}

/// <summary>What a stack is resumed with.</summary>
internal sealed class PassClause(int[] words, bool throws)
{
    /// <summary>The clause with the frame's present values.</summary>
    public Resumption For(InterpreterStack stack, Frame frame) =>
        throws ? Resumption.Throw(stack, frame.Get(words[0])) : Resumption.PassValues(stack, frame.GetAll(words));
}

/// <summary>SWAPSTACK.</summary>
internal sealed class SwapStackOperation(int swappee, PassClause clause, bool killsOld) : Operation
{
    /// <inheritdoc/>
    public override bool Execute(InterpreterThread thread, Frame frame)
    {
        Resumption next = clause.For(thread.StackOf(frame.Get(swappee)), frame);
        InterpreterStack? old = thread.Unbind();
        if (killsOld) old?.Kill();
        thread.Continue(next);
        return false;
    }
}

/// <summary>NEWTHREAD.</summary>
internal sealed class NewThreadOperation(int stack, int? threadLocal, PassClause clause) : Operation
{
    /// <inheritdoc/>
    public override bool Execute(InterpreterThread thread, Frame frame)
    {
        Resumption start = clause.For(thread.StackOf(frame.Get(stack)), frame);
        ulong started = thread.Host.NewThread(thread, threadLocal is { } local ? frame.Get(local) : 0, start);
        if (started == 0) return Fail(thread, frame);
        frame.Words[ResultSlot] = started;
        return Finish(frame);
    }
}

/// <summary>@uvm.new_stack.</summary>
internal sealed class NewStackOperation(int function) : Operation
{
    /// <inheritdoc/>
    public override bool Execute(InterpreterThread thread, Frame frame)
    {
        ulong stack = thread.Host.NewStack(thread, thread.FunctionAt(frame.Get(function)));
        if (stack == 0) return Fail(thread, frame);
        frame.Words[ResultSlot] = stack;
        return Finish(frame);
    }
}

/// <summary>@uvm.kill_stack.</summary>
internal sealed class KillStackOperation(int stack) : Operation
{
    /// <inheritdoc/>
    public override bool Execute(InterpreterThread thread, Frame frame)
    {
        InterpreterStack victim = thread.StackOf(frame.Get(stack));
        if (victim.State != Mu.Core.Stacks.StackState.Ready) throw new MuExecutionException($"{Describe()}: the stack is not ready but {victim.State}");
        victim.Kill();
        return Finish(frame);
    }
}

/// <summary>@uvm.current_stack.</summary>
internal sealed class CurrentStackOperation : Operation
{
    /// <inheritdoc/>
    public override bool Execute(InterpreterThread thread, Frame frame)
    {
        frame.Words[ResultSlot] = thread.Stack.Reference;
        return true;
    }
}

/// <summary>@uvm.thread_exit.</summary>
internal sealed class ThreadExitOperation : Operation
{
    /// <inheritdoc/>
    public override bool Execute(InterpreterThread thread, Frame frame)
    {
        thread.Exit();
        return false;
    }
}

/// <summary>@uvm.set_threadlocal and get_threadlocal.</summary>
internal sealed unsafe class ThreadLocalOperation(int? stored) : Operation
{
    /// <inheritdoc/>
    public override bool Execute(InterpreterThread thread, Frame frame)
    {
        if (stored is { } value) thread.Context->ThreadLocal = frame.Get(value);
        else frame.Words[ResultSlot] = thread.Context->ThreadLocal;
        return true;
    }
}
