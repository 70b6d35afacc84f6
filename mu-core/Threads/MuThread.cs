using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Mu.Core.Compiler.Code;
using Mu.Core.Heap;
using Mu.Core.IR;
using Mu.Core.Stacks;
using Mu.Core.Types;

namespace Mu.Core.Threads;

/// <summary>
/// A Mu thread on the calling operating-system thread: its context, runs of stacks, and what its stubs ask of C#. Runs nest (a trap handler may run Mu code).
/// </summary>
internal sealed unsafe partial class MuThread : IRootSource, IDisposable
{
    private readonly MuMachine machine;
    private readonly GCHandle handle;
    private static long lastId;
    private Exception? failure;

    /// <summary>A thread that is bound to no stack.</summary>
    public MuThread(MuMachine machine)
    {
        this.machine = machine;
        Context = (ThreadContext*)NativeMemory.AlignedAlloc(ThreadContext.TotalSize, 64);
        NativeMemory.Clear(Context, ThreadContext.TotalSize);
        handle = GCHandle.Alloc(this);
        Context->Thread = GCHandle.ToIntPtr(handle);
        Context->Outside = 1;
        machine.World.Add(this);
        machine.Heap.AttachBuffer(Buffer);
        machine.Heap.AddRootSource(this);
    }

    /// <summary>A number for dumps, and the contents of the thread object.</summary>
    public ulong Id { get; } = (ulong)Interlocked.Increment(ref lastId);

    /// <summary>The context.</summary>
    public ThreadContext* Context { get; }

    /// <summary>The allocation buffer: the context's first two words.</summary>
    public AllocationBuffer* Buffer => (AllocationBuffer*)Context;

    /// <summary>Bottom function of the stack that the last run ended on: after <see cref="MuOutcome.Returned"/>, the results are this function's.</summary>
    public Function? Ended { get; set; }

    /// <summary>The micro VM that the thread belongs to.</summary>
    public MuMachine Machine => machine;

    /// <summary>The thread of a context. Every runtime function begins with this, hence the cast without a check: only the constructor sets the handle.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static MuThread Of(ThreadContext* context) => Unsafe.As<MuThread>(GCHandle.FromIntPtr(context->Thread).Target!);

    /// <summary>
    /// Runs a ready stack until its thread ends. The values to pass are in the context's argument words; so are the results afterwards. With
    /// <paramref name="throws"/> the context's exception is raised in the stack instead.
    /// </summary>
    public MuOutcome Run(StackControl* stack, bool throws = false)
    {
        if (Context->PendingFunction != 0) throw new InvalidOperationException("Mu code cannot run in an undefined-function handler");
        if (Context->CurrentStack != null) throw new InvalidOperationException("the thread runs already; only a trap handler can run Mu code");
        using HeapAccess inside = Inside();
        if (runs++ == 0) (surrounding, innermost) = (innermost, this);
        try
        {
            return machine.Engine.Run(this, stack, throws);
        }
        finally
        {
            if (--runs == 0) (innermost, surrounding) = (surrounding, null);
        }
    }

    /// <summary>What <see cref="CompiledEngine"/> does for <see cref="Run"/>.</summary>
    internal MuOutcome RunCompiled(StackControl* stack, bool throws)
    {
        Bind(stack);
        var enter = (delegate* unmanaged<ThreadContext*, ulong, void>)machine.Stubs.EnterMu;
        enter(Context, throws ? machine.Stubs.ResumeThrow : machine.Stubs.Resume);
        Ended = null;
        if (Context->CurrentStack != null)
        {
            Context->CurrentStack->State = StackState.Dead;
            Ended = machine.Functions.FunctionAt(Context->CurrentStack->Cell);
        }
        Context->CurrentStack = null;
        Context->PendingFunction = 0;
        if ((MuOutcome)Context->Outcome == MuOutcome.HostFailure)
            ExceptionDispatchInfo.Throw(Interlocked.Exchange(ref failure, null)!);
        return (MuOutcome)Context->Outcome;
    }

    /// <inheritdoc/>
    public void VisitRoots(IRootVisitor visitor)
    {
        visitor.Visit(&Context->ThreadLocal, SlotKind.Ref);
        visitor.Visit(&Context->Exception, SlotKind.Ref);
        for (int i = 0; i < Context->RootCount; i++) visitor.Visit(&Context->Roots[i], (SlotKind)Context->RootKinds[i]);
        VisitStart(visitor);
        machine.Engine.VisitRoots(this, visitor);
    }

    /// <summary>What <see cref="CompiledEngine"/> does for <see cref="VisitRoots"/>.</summary>
    internal void VisitBoundStack(IRootVisitor visitor)
    {
        if (Context->CurrentStack == null) return;
        VisitTopFrame(visitor);
        visitor.Visit(&Context->CurrentStack->HeapObject, SlotKind.Ref);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        machine.World.Remove(this);
        machine.Heap.RemoveRootSource(this);
        machine.Heap.DetachBuffer(Buffer);
        handle.Free();
        NativeMemory.AlignedFree(Context);
    }

    internal ulong OnPoll() => Poll(atEntry: false);

    /// <summary>
    /// A safepoint. An interruption calls a function that ends with an exception in the place of the code behind the poll: nothing there needs its registers any more. At a function's
    /// entry that is in the place of the function, so the exception is the caller's to catch; at a loop's head no handler of the function itself catches it.
    /// </summary>
    private ulong Poll(bool atEntry)
    {
        Context->StackLimit = Context->CurrentStack->StackLimit;
        if (!Safepoint()) return LeaveExited();
        machine.Heap.SafepointStress();
        if (Interruption() is not { } function) return machine.Stubs.RestoreAndReturn;
        if (atEntry) Context->WalkStackPointer += 8;
        return CallInstead(function);
    }

    private ulong CallInstead(Function function)
    {
        GoOutside();
        try
        {
            Context->LandingAddress = machine.CompileNow(function);
        }
        finally
        {
            ComeInside();
        }
        return machine.Stubs.RestoreAndJump;
    }

    internal ulong OnStackCheck()
    {
        const int comparedRegister = 11;
        if (Context->GeneralRegisters[comparedRegister] > Context->CurrentStack->TrueLimit) return Poll(atEntry: true);
        // The callee has no frame yet: the caller's continuation is one word up.
        Context->WalkStackPointer += 8;
        if (machine.OverflowFunction is null || Context->CurrentStack->InReserve != 0)
        {
            Context->Exception = 0;
            return Unwind(Context->WalkStackPointer);
        }
        SetStackReserve(true);
        return CallInstead(machine.OverflowFunction);
    }

    /// <summary>Opens the reserve of the current stack, or closes it.</summary>
    internal void SetStackReserve(bool isOpen)
    {
        StackSpace.SetReserve(Context->CurrentStack, isOpen);
        Context->StackLimit = Context->CurrentStack->StackLimit;
    }

    internal ulong OnAllocate()
    {
        const int headerRegister = 11;
        int typeId = ObjectHeader.TypeId(Context->GeneralRegisters[headerRegister]);
        Context->AllocationResult = machine.Heap.AllocateHybrid(Buffer, typeId, Context->AllocationLength);
        return machine.Stubs.RestoreWithResult;
    }

    internal ulong OnFirstCall()
    {
        machine.Heap.SafepointStress();
        Function called = machine.Functions.FunctionOf(Context->PendingFunction);
        GoOutside();
        try
        {
            Context->LandingAddress = machine.CompileNow(called);
        }
        finally
        {
            ComeInside();
        }
        Context->PendingFunction = 0;
        return machine.Stubs.RestoreAndJump;
    }

    internal ulong OnThrow() => Unwind(Context->WalkStackPointer);

    internal ulong OnTrap()
    {
        Func<MuThread, TrapPoint, TrapDecision> handler = machine.TrapHandler ?? throw new InvalidOperationException("TRAP without a trap handler");
        StackControl* stack = Context->CurrentStack;
        stack->StackPointer = Context->WalkStackPointer;
        stack->State = StackState.Ready;
        Context->CurrentStack = null;
        using var roots = new RootScope(Context);
        ulong* kept = roots.Add(stack->HeapObject);
        TrapDecision decision = handler(this, new TrapPoint(stack, machine.Walker.FrameAt(stack->StackPointer)!.Value));
        return GoOn(decision, *(StackControl**)*kept);
    }

    internal ulong LeaveWith(Exception exception)
    {
        failure = exception;
        Context->Outcome = (int)MuOutcome.HostFailure;
        return machine.Stubs.Leave;
    }

    private ulong LeaveExited()
    {
        Context->Outcome = (int)MuOutcome.Exited;
        return machine.Stubs.Leave;
    }

    private ulong GoOn(TrapDecision decision, StackControl* trapped)
    {
        if (decision.Action == TrapAction.Exit) return LeaveExited();
        Bind(decision.Stack == 0 ? trapped : (StackControl*)decision.Stack);
        return decision.Action == TrapAction.Throw ? machine.Stubs.ResumeThrow : machine.Stubs.Resume;
    }

    private void Bind(StackControl* stack)
    {
        if (stack->State != StackState.Ready) throw new InvalidOperationException($"stack {stack->Id} is not ready but {stack->State}");
        stack->State = StackState.Active;
        Context->CurrentStack = stack;
        Context->StackLimit = (Context->Requests & (int)ThreadRequests.Interrupt) == 0 ? stack->StackLimit : ulong.MaxValue;
    }

    private ulong Unwind(ulong stackPointer)
    {
        if (machine.Walker.FindLanding(stackPointer, out Context->LandingAddress, out Context->LandingStackPointer)) return machine.Stubs.Land;
        List<(Function, int)> earlier = ThrowLog.EarlierFrames(Context, machine.CodeMap);
        ThrownThrough = [.. earlier, .. FramesFrom(stackPointer).Skip(earlier.Count > 0 ? 1 : 0).Take(ThrowLog.Entries)];
        Context->Outcome = (int)MuOutcome.Uncaught;
        return machine.Stubs.Leave;
    }

    private IEnumerable<(Function Function, int SourceTag)> FramesFrom(ulong stackPointer)
    {
        for (StackFrame? frame = machine.Walker.FrameAt(stackPointer); frame is { } each; frame = machine.Walker.CallerOf(each)) yield return (each.Function, each.Position?.Site.SourceTag ?? 0);
    }

    /// <summary>The frames that the exception which ended a run went through, the innermost first.</summary>
    internal IReadOnlyList<(Function Function, int SourceTag)> ThrownThrough { get; set; } = [];

    /// <summary>The stack's own scan begins at its saved rsp; what a saving stub put into the context belongs to the top frame.</summary>
    private void VisitTopFrame(IRootVisitor visitor)
    {
        Context->CurrentStack->StackPointer = Context->WalkStackPointer;
        if (Context->PendingFunction != 0)
        {
            VisitArguments(machine.Functions.FunctionOf(Context->PendingFunction).Signature, visitor);
            return;
        }
        if (!machine.CodeMap.TryFind(*(ulong*)Context->WalkStackPointer, out CodePosition top)) return; // a fresh frame or the base
        if (top.Site.IsFunctionEntry) VisitArguments(top.Function.Function.Signature, visitor);
        foreach (RegisterReference register in top.Site.Map.Registers) visitor.Visit(&Context->GeneralRegisters[register.Register], register.Kind);
    }

    private void VisitArguments(FunctionSignature signature, IRootVisitor visitor)
    {
        var cursor = new ArgumentLocation.Cursor(Context);
        foreach (MuType type in signature.Parameters)
            foreach (ScalarPart part in ScalarPart.Of(type))
            {
                ulong* word = cursor.Next(part.Type);
                SlotKind kind = TypeLayout.KindOf(part.Type);
                if (kind != SlotKind.None) visitor.Visit(word, kind);
            }
    }
}
