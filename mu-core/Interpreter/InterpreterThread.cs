using Mu.Core.Heap;
using Mu.Core.IR;
using Mu.Core.Stacks;
using Mu.Core.Threads;
using Mu.Core.Types;

namespace Mu.Core.Interpreter;

/// <summary>
/// Runs Mu code for one Mu thread. Calls of Mu functions, exceptions and stack switches are changes of the frame chains; the C# stack knows nothing of them.
/// </summary>
internal sealed unsafe class InterpreterThread(ReferenceInterpreter interpreter, ThreadContext* context)
{
    private InterpreterStack? stack;
    private MuOutcome outcome;
    private (Function? Function, ulong[] Values) pending;

    /// <summary>The interpreter.</summary>
    public ReferenceInterpreter Interpreter => interpreter;

    /// <summary>The micro VM.</summary>
    public IInterpreterHost Host => interpreter.Host;

    /// <summary>The thread's context: allocation buffer, thread-local reference, root slots of runtime functions.</summary>
    public ThreadContext* Context => context;

    /// <summary>The allocation buffer.</summary>
    public AllocationBuffer* Buffer => (AllocationBuffer*)context;

    /// <summary>The stack that the thread is bound to.</summary>
    public InterpreterStack Stack => stack ?? throw new InvalidOperationException("the thread is bound to no stack");

    /// <summary>The words that the bottom function returned, after <see cref="MuOutcome.Returned"/>.</summary>
    public ulong[] Results { get; private set; } = [];

    /// <summary>The bottom function that returned.</summary>
    public Function? Returned { get; private set; }

    /// <summary>Binds the thread to a ready stack and runs until the thread ends. An uncaught exception is in the context afterwards.</summary>
    public MuOutcome Run(in Resumption start)
    {
        if (stack is not null) throw new InvalidOperationException("the thread runs already");
        try
        {
            Continue(start);
            while (stack?.Top is { } frame) Step(frame);
            return outcome;
        }
        finally
        {
            Unbind()?.Kill();
        }
    }

    /// <summary>Goes on as <paramref name="next"/> says; the thread is bound to no stack.</summary>
    public void Continue(in Resumption next)
    {
        if (next.Stack is null)
        {
            Exit();
            return;
        }

        Bind(next.Stack);
        if (next.Throws) Throw(next.Exception);
        else Deliver(next.Values);
    }

    /// <summary>Unbinds the current stack, which is ready for whoever binds it next.</summary>
    public InterpreterStack? Unbind()
    {
        InterpreterStack? old = stack;
        if (old is not null) old.State = StackState.Ready;
        stack = null;
        context->CurrentStack = null;
        return old;
    }

    /// <summary>Puts the stack aside, which is in a native call.</summary>
    public InterpreterStack? Suspend()
    {
        InterpreterStack? suspended = stack;
        stack = null;
        context->CurrentStack = null;
        return suspended;
    }

    /// <summary>Ends <see cref="Suspend"/>.</summary>
    public void Resume(InterpreterStack suspended)
    {
        stack = suspended;
        context->CurrentStack = suspended.Control;
    }

    /// <summary>The thread ends.</summary>
    public void Exit()
    {
        Unbind()?.Kill();
        outcome = MuOutcome.Exited;
    }

    /// <summary>TRAP or an enabled watchpoint at the top frame.</summary>
    public void Trap(int watchpoint)
    {
        InterpreterStack trapped = Unbind()!;
        using var roots = new RootScope(context);
        _ = roots.Add(trapped.Reference);
        Continue(Host.OnTrap(this, trapped, watchpoint));
    }

    /// <summary>The function of a funcref.</summary>
    public Function FunctionAt(ulong funcref) => funcref != 0 ? Host.FunctionAt(funcref) : throw new MuExecutionException("a NULL funcref is used");

    /// <summary>The stack of a stackref.</summary>
    public InterpreterStack StackOf(ulong stackref) => interpreter.Stacks.Of(stackref);

    /// <summary>Enters a function above the current frame, which waits for the results.</summary>
    public void Call(Function function, Frame frame, int[] arguments)
    {
        if (Host.NewestVersion(function) is not { } version)
        {
            ulong[] values = frame.GetAll(arguments);
            Enter(DefineLate(function, values), values);
            return;
        }

        var callee = new Frame(interpreter.CodeOf(version), frame);
        for (int i = 0; i < arguments.Length; i++) callee.Words[i] = frame.Get(arguments[i]);
        Push(callee);
    }

    /// <summary>Enters a function above the current frame that never returns to it. It takes nothing.</summary>
    public void EnterInstead(Function function) => Enter(Host.NewestVersion(function) ?? DefineLate(function, []), []);

    /// <summary>Enters a function in place of the current frame.</summary>
    public void TailCall(Function function, Frame frame, int[] arguments)
    {
        ulong[] values = frame.GetAll(arguments);
        FunctionVersion version = Host.NewestVersion(function) ?? DefineLate(function, values);
        Stack.Pop();
        Enter(version, values);
    }

    /// <summary>The top frame returns these words to its caller.</summary>
    public void Return(ReadOnlySpan<ulong> values)
    {
        Frame frame = Stack.Top!;
        Stack.Pop();
        if (Stack.Top is not null)
        {
            Deliver(values);
            return;
        }

        Results = values.ToArray();
        Returned = frame.Function;
        End(MuOutcome.Returned);
    }

    private readonly ThrowTrace trace = new();

    /// <summary>What the last exception has gone through, the innermost frame first.</summary>
    public IReadOnlyList<(Function Function, int SourceTag)> ThrownThrough => trace.Frames;

    private static ulong NumberOf(Frame frame) => (ulong)System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(frame);

    /// <summary>Raises an exception in the top frame: control goes to the nearest frame that catches it.</summary>
    public void Throw(ulong exception)
    {
        if (Stack.Top is { } thrower) trace.Begin(exception, NumberOf(thrower));
        for (; Stack.Top is { } frame; Stack.Pop())
        {
            if (frame.Code is null) continue;
            trace.Add(frame.Function, frame.Operation.Source?.SourceTag ?? 0);
            if (frame.Operation.Exceptional is not { } handler) continue;
            trace.End(NumberOf(frame));
            handler.Follow(frame, exception);
            return;
        }

        context->Exception = exception;
        End(MuOutcome.Uncaught);
    }

    /// <summary>Shows the bound stack, and arguments that are in no frame, to the collector.</summary>
    public void VisitRoots(IRootVisitor visitor)
    {
        // The stack object leads the collector to the frames, through the stack table.
        if (stack is not null) visitor.Visit(&stack.Control->HeapObject, SlotKind.Ref);
        VisitPending(visitor);
    }

    private void Step(Frame frame)
    {
        Operation[] operations = frame.Block.Operations;
        int position = frame.Position;
        while (operations[position].Execute(this, frame)) frame.Position = ++position;
    }

    private void Bind(InterpreterStack next)
    {
        if (next.State != StackState.Ready) throw new MuExecutionException($"stack {next.Control->Id} is bound, but is not ready: it is {next.State}");
        next.State = StackState.Active;
        stack = next;
        context->CurrentStack = next.Control;
    }

    /// <summary>Gives words to the top frame, which waits for them.</summary>
    private void Deliver(ReadOnlySpan<ulong> values)
    {
        Frame frame = Stack.Top!;
        if (frame.Code is null) Begin(frame, values);
        else frame.Operation.Resume(frame, values);
    }

    /// <summary>A frame that waited for the arguments of its function begins.</summary>
    private void Begin(Frame waiting, ReadOnlySpan<ulong> passed)
    {
        int expected = FlatValue.Words(waiting.Function.Signature.Parameters);
        if (passed.Length != expected) throw new MuExecutionException($"{waiting.Function} is begun with {passed.Length} words; it takes {expected}");
        ulong[] values = passed.ToArray();
        FunctionVersion version = Host.NewestVersion(waiting.Function) ?? DefineLate(waiting.Function, values);
        Stack.Pop();
        Enter(version, values);
    }

    private void Enter(FunctionVersion version, ulong[] values)
    {
        var frame = new Frame(interpreter.CodeOf(version), Stack.Top);
        values.CopyTo(frame.Words, 0);
        Push(frame);
    }

    private void Push(Frame callee)
    {
        bool inReserve = Stack.Control->InReserve != 0;
        long limit = interpreter.StackBytes + (inReserve ? (long)StackSpace.Reserve : 0);
        if (Stack.Bytes + callee.Size <= limit) Stack.Push(callee);
        else if (inReserve || Host.OverflowFunction is not { } handler) Throw(0);
        else
        {
            StackSpace.SetReserve(Stack.Control, true);
            EnterInstead(handler);
        }
    }

    /// <summary>A function without definition is called: the client defines it. The arguments are roots meanwhile.</summary>
    private FunctionVersion DefineLate(Function function, ulong[] values)
    {
        pending = (function, values);
        Host.OnUndefinedFunction(this, function);
        pending = default;
        return Host.NewestVersion(function) ?? throw new MuExecutionException($"function {function.Name ?? "#" + function.Id} is called and has no definition");
    }

    private void VisitPending(IRootVisitor visitor)
    {
        if (pending.Function is null) return;
        MuType[] types = FlatValue.Scalars(pending.Function.Signature.Parameters);
        fixed (ulong* words = pending.Values)
        {
            for (int i = 0; i < types.Length; i++)
                if (TypeLayout.KindOf(types[i]) is var kind and not SlotKind.None) visitor.Visit(words + i, kind);
        }
    }

    private void End(MuOutcome how)
    {
        Stack.Kill();
        stack = null;
        context->CurrentStack = null;
        outcome = how;
    }
}
