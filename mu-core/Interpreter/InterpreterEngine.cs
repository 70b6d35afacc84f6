using System.Runtime.CompilerServices;
using Mu.Core.Compiler;
using Mu.Core.Compiler.Code;
using Mu.Core.Heap;
using Mu.Core.IR;
using Mu.Core.Stacks;
using Mu.Core.Threads;
using Mu.Core.Types;

namespace Mu.Core.Interpreter;

/// <summary>
/// The reference interpreter as a machine's engine. Values go in and out through the context's argument words, in the form that compiled code has them.
/// </summary>
internal sealed unsafe class InterpreterEngine : IEngine, IInterpreterHost
{
    private readonly MuMachine machine;
    private readonly ReferenceInterpreter interpreter;
    private readonly ConditionalWeakTable<MuThread, InterpreterThread> threads = [];

    /// <summary>An engine for a machine, with stacks of a size.</summary>
    public InterpreterEngine(MuMachine machine, long stackBytes)
    {
        this.machine = machine;
        interpreter = new ReferenceInterpreter(this, stackBytes);
        machine.Heap.StackScanner = interpreter.Stacks;
        Surgeon = new InterpreterStackSurgeon(interpreter);
    }

    /// <inheritdoc/>
    public IStackSurgeon Surgeon { get; }

    /// <inheritdoc/>
    public MuHeap Heap => machine.Heap;

    /// <inheritdoc/>
    public Function? OverflowFunction => machine.OverflowFunction;

    /// <inheritdoc/>
    public int LiveStacks => interpreter.Stacks.Count;

    /// <inheritdoc/>
    public StackControl* NewStack(AllocationBuffer* buffer, Function bottom, bool large)
    {
        InterpreterStack? stack = interpreter.Stacks.Create(buffer, bottom);
        return stack is null ? null : stack.Control;
    }

    /// <inheritdoc/>
    public ulong NewStack(InterpreterThread thread, Function function)
    {
        StackControl* stack = machine.NewStack(thread.Buffer, machine.Addresses.Of(function));
        return stack == null ? 0 : stack->HeapObject;
    }

    /// <inheritdoc/>
    public MuOutcome Run(MuThread thread, StackControl* stack, bool throws)
    {
        InterpreterThread runner = RunnerOf(thread);
        thread.Context->StackLimit = StackLimit;
        MuOutcome outcome = runner.Run(ReadResumption(thread.Context, interpreter.Stacks.OfControl((ulong)stack), throws));
        thread.Ended = runner.Returned;
        thread.ThrownThrough = outcome == MuOutcome.Uncaught ? [.. runner.ThrownThrough] : [];
        if (outcome == MuOutcome.Returned) WriteWords(thread.Context, FlatValue.Scalars(runner.Returned!.Signature.Results), runner.Results);
        return outcome;
    }

    /// <inheritdoc/>
    public StackControl* Suspend(MuThread thread)
    {
        InterpreterStack? stack = RunnerOf(thread).Suspend();
        return stack is null ? null : stack.Control;
    }

    /// <inheritdoc/>
    public void Resume(MuThread thread, StackControl* stack) => RunnerOf(thread).Resume(interpreter.Stacks.OfControl((ulong)stack));

    /// <inheritdoc/>
    public ulong GuardedCall => machine.NativeEntries.GuardedCall;

    /// <inheritdoc/>
    public void VisitRoots(MuThread thread, IRootVisitor visitor)
    {
        if (threads.TryGetValue(thread, out InterpreterThread? runner)) runner.VisitRoots(visitor);
    }

    /// <inheritdoc/>
    public ulong AddressOf(GlobalValue entity) => machine.Addresses.Of(entity);

    /// <inheritdoc/>
    public Function FunctionAt(ulong funcref) => machine.Functions.FunctionOf((int)((FunctionCell*)funcref)->FunctionId);

    /// <inheritdoc/>
    public FunctionVersion? NewestVersion(Function function) => machine.NewestVersion(function);

    /// <inheritdoc/>
    public void OnUndefinedFunction(InterpreterThread thread, Function function)
    {
        MuThread caller = MuThread.Of(thread.Context);
        thread.Context->PendingFunction = (int)machine.Functions.CellOf(function)->FunctionId;
        caller.GoOutside();
        try
        {
            machine.DefineNow(function);
        }
        finally
        {
            caller.ComeInside();
            thread.Context->PendingFunction = 0;
        }
    }

    /// <inheritdoc/>
    public Resumption OnTrap(InterpreterThread thread, InterpreterStack stack, int watchpoint)
    {
        Func<MuThread, TrapPoint, TrapDecision> handler = machine.TrapHandler ?? throw new InvalidOperationException("TRAP without a trap handler");
        TrapDecision decision = handler(MuThread.Of(thread.Context), new TrapPoint(stack.Control, Surgeon.Top(stack.Control)));
        if (decision.Action == TrapAction.Exit) return Resumption.Exit;
        return ReadResumption(thread.Context, decision.Stack == 0 ? stack : interpreter.Stacks.OfControl(decision.Stack), decision.Action == TrapAction.Throw);
    }

    /// <inheritdoc/>
    public bool IsWatchpointEnabled(int watchpoint) => machine.Watchpoints.IsEnabled(watchpoint);

    /// <inheritdoc/>
    public ulong NewThread(InterpreterThread parent, ulong threadLocal, in Resumption start)
    {
        StackControl* stack = start.Stack!.Control;
        if (stack->State != StackState.Ready) throw new MuExecutionException($"stack {stack->Id} is given to a new thread, but is not ready: it is {stack->State}");
        MuThread thread = MuThread.Of(parent.Context);
        if (start.Throws) thread.Context->Exception = start.Exception;
        else WriteWords(thread.Context, start.Stack.Top!.AwaitedTypes, start.Values);
        ulong started = machine.Started.Start(thread, stack, threadLocal, start.Throws);
        if (start.Throws) thread.Context->Exception = 0;
        return started;
    }

    /// <inheritdoc/>
    public bool OnSafepoint(InterpreterThread thread)
    {
        thread.Context->StackLimit = StackLimit;
        return MuThread.Of(thread.Context).Safepoint();
    }

    /// <inheritdoc/>
    public Function? Interruption(InterpreterThread thread) =>
        (thread.Context->Requests & (int)ThreadRequests.Interrupt) == 0 ? null : MuThread.Of(thread.Context).Interruption();

    /// <inheritdoc/>
    public void EnterNative(InterpreterThread thread) => MuThread.Of(thread.Context).GoOutside();

    /// <inheritdoc/>
    public void LeaveNative(InterpreterThread thread) => MuThread.Of(thread.Context).ComeInside();

    /// <inheritdoc/>
    public ulong RuntimeFunction(RuntimeEntry entry) => RuntimeFunctions.AddressOf(entry);

    /// <inheritdoc/>
    public void Dispose() => interpreter.Dispose();

    /// <summary>All-ones asks for a safepoint at every poll.</summary>
    private ulong StackLimit => Heap.IsStressed ? ulong.MaxValue : 0;

    private InterpreterThread RunnerOf(MuThread thread) => threads.GetValue(thread, t => new InterpreterThread(interpreter, t.Context));

    private static Resumption ReadResumption(ThreadContext* context, InterpreterStack stack, bool throws)
    {
        if (throws) return Resumption.Throw(stack, context->Exception);
        if (stack.Top is null) throw new MuExecutionException($"stack {stack.Control->Id} is dead");
        MuType[] types = stack.Top.AwaitedTypes;
        var words = new ulong[types.Length];
        var cursor = new ArgumentLocation.Cursor(context);
        for (int i = 0; i < words.Length; i++) words[i] = IntWord.FromContract(types[i], *cursor.Next(types[i]));
        return Resumption.PassValues(stack, words);
    }

    private static void WriteWords(ThreadContext* context, MuType[] types, ulong[] words)
    {
        var cursor = new ArgumentLocation.Cursor(context);
        for (int i = 0; i < words.Length; i++) *cursor.Next(types[i]) = IntWord.ToContract(types[i], words[i]);
    }
}
