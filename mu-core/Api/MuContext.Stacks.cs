using Mu.Core.IR;
using Mu.Core.Stacks;
using Mu.Core.Threads;
using Mu.Core.Types;

namespace Mu.Core.Api;

/// <summary>Stacks, and running them on the calling operating-system thread.</summary>
public sealed unsafe partial class MuContext
{
    /// <summary>A stack that waits for a function's arguments (<c>new_stack</c>).</summary>
    /// <exception cref="MuOutOfMemoryException">The heap is exhausted, or <see cref="MuVMOptions.MaxStacks"/> stacks are alive.</exception>
    public MuValue NewStack(MuValue function)
    {
        using HeapAccess inside = Thread.Inside();
        return NewStack(ToFunction(function) ?? throw new ArgumentException("the function is NULL"), large: false);
    }

    /// <summary>Kills a ready stack (<c>kill_stack</c>).</summary>
    public void KillStack(MuValue stack)
    {
        using HeapAccess inside = Thread.Inside();
        vm.Machine.Surgeon.Kill(ReadyStack(stack));
    }

    /// <summary>Binds this context's thread to a ready stack, passes values to it and waits until the thread ends (<c>new_thread_nor</c>, on the calling thread).</summary>
    /// <exception cref="UncaughtMuException">No frame caught an exception.</exception>
    public RunResult Run(MuValue stack, params ReadOnlySpan<MuValue> values)
    {
        using HeapAccess inside = Thread.Inside();
        StackControl* control = ReadyStack(stack);
        PassValues(vm.Machine.Surgeon.Top(control), values);
        return Finish(Thread.Run(control));
    }

    /// <summary>Binds this context's thread to a ready stack, raises an exception in it and waits until the thread ends (<c>new_thread_exc</c>, on the calling thread).</summary>
    /// <exception cref="UncaughtMuException">No frame caught an exception.</exception>
    public RunResult RunThrowing(MuValue stack, MuValue exception)
    {
        using HeapAccess inside = Thread.Inside();
        StackControl* control = ReadyStack(stack);
        Thread.Context->Exception = Word(exception, TypeKind.Ref);
        return Finish(Thread.Run(control, throws: true));
    }

    /// <summary>Starts a thread on an operating-system thread of its own, which binds a ready stack and passes values to it (<c>new_thread_nor</c>). The thread object.</summary>
    /// <exception cref="MuOutOfMemoryException">There is no memory for another thread.</exception>
    public MuValue NewThread(MuValue stack, MuValue? threadLocal, params ReadOnlySpan<MuValue> values)
    {
        using HeapAccess inside = Thread.Inside();
        StackControl* control = ReadyStack(stack);
        RequireFreeWords();
        PassValues(vm.Machine.Surgeon.Top(control), values);
        return Started(control, threadLocal, throws: false);
    }

    /// <summary>Starts a thread on an operating-system thread of its own, which binds a ready stack and raises an exception in it (<c>new_thread_exc</c>). The thread object.</summary>
    /// <exception cref="MuOutOfMemoryException">There is no memory for another thread.</exception>
    public MuValue NewThreadThrowing(MuValue stack, MuValue? threadLocal, MuValue exception)
    {
        using HeapAccess inside = Thread.Inside();
        StackControl* control = ReadyStack(stack);
        RequireFreeWords();
        Thread.Context->Exception = Word(exception, TypeKind.Ref);
        MuValue started = Started(control, threadLocal, throws: true);
        Thread.Context->Exception = 0;
        return started;
    }

    /// <summary>Calls a function on a new main stack and waits for its results.</summary>
    /// <exception cref="UncaughtMuException">No frame caught an exception.</exception>
    public MuValue[] Call(Function function, params ReadOnlySpan<MuValue> arguments)
    {
        MuValue stack = NewStack(function, large: true);
        try
        {
            RunResult result = Run(stack, arguments);
            return result.Returned ? result.Values : throw new MuThreadExitException();
        }
        finally
        {
            Delete(stack);
        }
    }

    /// <summary>The thread-local reference of this context's thread (<c>get_threadlocal</c>): in a trap handler, of the thread that trapped.</summary>
    public MuValue GetThreadLocal()
    {
        using HeapAccess inside = Thread.Inside();
        return Handle(RefVoid, Thread.Context->ThreadLocal);
    }

    /// <summary>Sets the thread-local reference of this context's thread (<c>set_threadlocal</c>); before a run, that is the run's first one.</summary>
    public void SetThreadLocal(MuValue reference)
    {
        using HeapAccess inside = Thread.Inside();
        Thread.Context->ThreadLocal = Word(reference, TypeKind.Ref);
    }

    /// <summary>A cursor at the top frame of a ready stack (<c>new_cursor</c>).</summary>
    public FrameCursor NewCursor(MuValue stack)
    {
        using HeapAccess inside = Thread.Inside();
        IStoppedFrame top = TopOf(stack);
        return new FrameCursor(this, stack, top, top);
    }

    /// <summary>Takes off the frames above the cursor's, which goes on next, with values of the types that it waits for (<c>pop_frames_to</c>). Other cursors of the stack end.</summary>
    public void PopFramesTo(FrameCursor cursor)
    {
        using HeapAccess inside = Thread.Inside();
        vm.Machine.Surgeon.PopTo(ReadyStack(cursor.Stack), cursor.RequireFrame(this));
        cursor.BecomeTop();
    }

    /// <summary>Puts a frame on top that waits for a function's arguments; its results are what the frame below waits for (<c>push_frame</c>). Cursors of the stack end.</summary>
    public void PushFrame(MuValue stack, MuValue function)
    {
        using HeapAccess inside = Thread.Inside();
        StackControl* control = ReadyStack(stack);
        Function pushed = ToFunction(function) ?? throw new ArgumentException("the function is NULL");
        IReadOnlyList<MuType> awaited = vm.Machine.Surgeon.Top(control).AwaitedTypes();
        if (!TypeEquality.Equal(awaited, pushed.Signature.Results))
            throw new ArgumentException($"{pushed} returns ({string.Join(' ', pushed.Signature.Results)}), but the frame below waits for ({string.Join(' ', awaited)})");
        if (!vm.Machine.Surgeon.Push(control, pushed)) throw new InsufficientExecutionStackException("the Mu stack has no room for a frame");
    }

    /// <summary>The frame on top of a ready stack.</summary>
    internal IStoppedFrame TopOf(MuValue stack)
    {
        using HeapAccess inside = Thread.Inside();
        return vm.Machine.Surgeon.Top(ReadyStack(stack));
    }

    /// <summary>The frame below.</summary>
    internal IStoppedFrame? CallerOf(IStoppedFrame frame)
    {
        using HeapAccess inside = Thread.Inside();
        return vm.Machine.Surgeon.CallerOf(frame);
    }

    /// <summary>Puts a trap handler's answer where the stack to resume expects it.</summary>
    internal TrapDecision Decide(TrapResult result, MuValue trapped)
    {
        if (result.Action == TrapAction.Exit) return new TrapDecision(TrapAction.Exit);
        StackControl* control = ReadyStack(result.Stack ?? trapped);
        if (result.Action == TrapAction.Throw) Thread.Context->Exception = Word(result.Values[0], TypeKind.Ref);
        else PassValues(vm.Machine.Surgeon.Top(control), result.Values);
        return new TrapDecision(result.Action, (ulong)control);
    }

    /// <summary>Handles of the values that an instruction's KEEPALIVE clause names.</summary>
    internal MuValue[] KeepAlives(IStoppedFrame frame)
    {
        using HeapAccess inside = Thread.Inside();
        if (frame.Instruction is not { } instruction) return [];
        ulong[] words = frame.KeepAlives();
        var values = new MuValue[instruction.KeepAlives.Length];
        for (int i = 0, start = 0; i < values.Length; i++)
        {
            MuType type = instruction.KeepAlives[i].Type;
            int length = ScalarPart.Of(type).Length;
            values[i] = Handle(type, words.AsSpan(start, length));
            start += length;
        }
        return values;
    }

    private MuValue NewStack(Function function, bool large)
    {
        using HeapAccess inside = Thread.Inside();
        StackControl* control = vm.Machine.NewStack(Thread.Buffer, vm.Machine.Addresses.Of(function), large);
        return control != null ? Handle(SimpleType.StackRef, control->HeapObject) : throw new MuOutOfMemoryException(
            $"no memory for another stack: the heap is exhausted, or {nameof(MuVMOptions.MaxStacks)} stacks are alive");
    }

    private StackControl* ReadyStack(MuValue stack)
    {
        ulong reference = Word(stack, TypeKind.StackRef);
        if (reference == 0) throw new ArgumentException("the stack is NULL");
        var control = *(StackControl**)reference;
        return control->State == StackState.Ready ? control : throw new InvalidOperationException($"the stack is not ready but {control->State}");
    }

    /// <summary>A handle of this context's thread.</summary>
    internal MuValue ThreadReference()
    {
        using HeapAccess inside = Thread.Inside();
        return Thread.ReferenceFor(Thread) is var thread and not 0 ? Handle(SimpleType.ThreadRef, thread) : throw new MuOutOfMemoryException();
    }

    private MuValue Started(StackControl* control, MuValue? threadLocal, bool throws)
    {
        ulong local = threadLocal is { } value ? Word(value, TypeKind.Ref) : 0, thread = vm.Machine.Started.Start(Thread, control, local, throws);
        return thread != 0 ? Handle(SimpleType.ThreadRef, thread) : throw new MuOutOfMemoryException(
            $"no memory for another thread: the heap is exhausted, {nameof(MuVMOptions.MaxThreads)} threads run, or the operating system has no more");
    }

    /// <summary>While a function is defined late, its arguments are in the words where values are passed.</summary>
    private void RequireFreeWords()
    {
        if (Thread.Context->PendingFunction != 0) throw new InvalidOperationException("no thread can be started in an undefined-function handler");
    }

    private void PassValues(IStoppedFrame frame, ReadOnlySpan<MuValue> values)
    {
        IReadOnlyList<MuType> awaited = frame.AwaitedTypes();
        if (values.Length != awaited.Count) throw new ArgumentException($"{frame.Function} waits for {awaited.Count} values, not {values.Length}");
        for (int i = 0; i < values.Length; i++) Require(awaited[i], TypeOf(values[i]), $"value {i}");
        var cursor = new ArgumentLocation.Cursor(Thread.Context);
        for (int i = 0; i < values.Length; i++)
        {
            ScalarPart[] parts = ScalarPart.Of(awaited[i]);
            ulong[] words = handles.Words(values[i]);
            for (int j = 0; j < parts.Length; j++) *cursor.Next(parts[j].Type) = words[j];
        }
    }

    /// <summary>The exception that the thread's last run ended with.</summary>
    internal UncaughtMuException TakeUncaught()
    {
        using HeapAccess inside = Thread.Inside();
        ulong exception = Thread.Context->Exception;
        Thread.Context->Exception = 0;
        MutatorFrame[] frames = [.. Thread.ThrownThrough.Select(f => new MutatorFrame(f.Function, f.SourceTag))];
        return new UncaughtMuException(Handle(RefVoid, exception), exception == 0, frames);
    }

    private RunResult Finish(MuOutcome outcome)
    {
        if (outcome == MuOutcome.Uncaught) throw TakeUncaught();
        return outcome == MuOutcome.Returned ? new RunResult(true, ReadResults(Thread.Ended!.Signature.Results)) : new RunResult(false, []);
    }

    private MuValue[] ReadResults(IReadOnlyList<MuType> types)
    {
        var results = new MuValue[types.Count];
        var cursor = new ArgumentLocation.Cursor(Thread.Context);
        for (int i = 0; i < results.Length; i++)
        {
            ScalarPart[] parts = ScalarPart.Of(types[i]);
            var words = new ulong[parts.Length];
            for (int j = 0; j < words.Length; j++) words[j] = *cursor.Next(parts[j].Type);
            results[i] = Handle(types[i], words);
        }
        return results;
    }
}
