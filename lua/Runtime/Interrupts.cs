using Mu.Core.Api;
using Mu.Lua.Runtime.Leaves;
using Mu.Lua.Text.Patterns;

namespace Mu.Lua.Runtime;

/// <summary>Why a run is interrupted.</summary>
internal enum InterruptKind
{
    /// <summary>An error like any other, which programs can catch: what lua.c does at Ctrl-C.</summary>
    Error,
    /// <summary>The run takes too long.</summary>
    Time,
    /// <summary>The state holds too much memory.</summary>
    Memory,
    /// <summary>The host has cancelled the run.</summary>
    Cancelled,
}

/// <summary>An interruption: what kind, and its message.</summary>
internal sealed record Interrupt(InterruptKind Kind, string Message);

/// <summary>
/// Interrupts running Lua code at a safepoint, from any thread: nothing of it costs while there is none. But for <see cref="InterruptKind.Error"/> the run ends: an error that no pcall catches goes
/// through all coroutines to the host. Meanwhile __close and message handlers have a grace period, once; afterwards they end at their first safepoint too.
/// </summary>
internal sealed class Interrupts : IDisposable
{
    /// <summary>How often a request is repeated that a stack switch may have overtaken.</summary>
    private static readonly TimeSpan Repetition = TimeSpan.FromMilliseconds(5);

    private readonly LuaRuntime runtime;
    private readonly Lock gate = new();
    private readonly Timer reminder;
    private Interrupt? pending;
    private bool isDisposed;

    public Interrupts(LuaRuntime runtime)
    {
        this.runtime = runtime;
        reminder = new Timer(_ => Remind());
    }

    /// <summary>What ends the run; null while it is not ending.</summary>
    public Interrupt? Ending { get; private set; }

    /// <summary>The message with the place where the run was ended.</summary>
    public string? Message { get; private set; }

    /// <summary>The traceback at the place where the run was ended.</summary>
    public string? Traceback { get; private set; }

    /// <summary>How long a run that ends has for its __close handlers.</summary>
    public TimeSpan Grace { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Told of safepoints at which the thread was asked to stop, before anything else: the profiler.</summary>
    public InterruptHandler? Sampler { get; set; }

    /// <summary>Whether an interruption waits for the next safepoint.</summary>
    public bool IsPending => Signal.IsSet;

    /// <summary>Set while one waits: library functions that take long end with an error then.</summary>
    public StopSignal Signal { get; } = new();

    /// <summary>Interrupts the code that runs, or the next that will.</summary>
    public void Request(Interrupt interrupt)
    {
        lock (gate)
        {
            if (isDisposed) return;
            SetPending(pending ?? interrupt);
            reminder.Change(Repetition, Repetition);
        }
        runtime.Context.RequestInterrupt();
    }

    /// <summary>Has the sampler called at the next safepoint.</summary>
    public void RequestSample() => runtime.Context.RequestInterrupt();

    /// <summary>No code runs any more.</summary>
    public void EndOfRun()
    {
        lock (gate)
        {
            SetPending(null);
            reminder.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
        runtime.Context.WithdrawInterrupt();
        if (Ending is null) return;
        (Ending, Message, Traceback) = (null, null, null);
        runtime.StateWord(RootCell.Ending) = runtime.StateWord(RootCell.Interrupted) = 0;
        runtime.Finalizers.Abandon();
    }

    /// <summary>At a safepoint: code that a program sees as a function can be interrupted there, the runtime's own goes on to the next.</summary>
    public InterruptAnswer Decide(Mutator mutator)
    {
        Sampler?.Invoke(mutator);
        if (!IsPending) return InterruptAnswer.GoOn;
        var frames = mutator.Frames;
        if (!frames.MoveNext()) return InterruptAnswer.AskAgain;
        var function = frames.Current.Function;
        if (runtime.Prototypes.Find(function) is { } prototype)
        {
            // Code that begins at a loop stands in the place of a call that has begun: its entry is none, and the loop's own safepoint comes at once.
            bool isBeginning = frames.IsAtEntry, isLoop = function != prototype.Function;
            if (isBeginning ? !isLoop : !prototype.ClosesVariables) return InterruptAnswer.Raise;
            if (!prototype.ClosesVariables) return InterruptAnswer.AskAgain;
            // Its loops look at the word themselves, where the exception is caught by the handlers that close the variables.
            runtime.StateWord(RootCell.Interrupted) = 1;
            return InterruptAnswer.AskAgain;
        }
        return runtime.Host.Find(function) is not null ? InterruptAnswer.Raise : InterruptAnswer.AskAgain;
    }

    /// <summary>The error of the interruption: a value, and whether it ends the run.</summary>
    public LeafResult TakeError(LuaHeap heap)
    {
        Interrupt? taken;
        lock (gate)
        {
            taken = pending;
            SetPending(null);
            reminder.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
        runtime.StateWord(RootCell.Interrupted) = 0;
        if (taken is { Kind: InterruptKind.Error }) return new(ErrorLeaves.Text(heap, ErrorLeaves.Where(heap, 1) + taken.Message), 0);
        if (Ending is null)
        {
            // A request that was taken back in the last moment ends nothing that was begun later.
            Ending = taken ?? new Interrupt(InterruptKind.Cancelled, "interrupted");
            Message = ErrorLeaves.Where(heap, 0) + Ending.Message;
            Traceback = Runtime.Traceback.Text(heap, null, 0);
            runtime.StateWord(RootCell.Ending) = 1;
            Again(Grace);
        }
        else
        {
            Again(TimeSpan.Zero);
        }
        return new(EndingError(heap), 1);
    }

    /// <summary>The error value of a run that ends.</summary>
    public ulong EndingError(LuaHeap heap) => ErrorLeaves.Text(heap, Message ?? "interrupted");

    public void Dispose()
    {
        lock (gate) isDisposed = true;
        reminder.Dispose();
    }

    private void SetPending(Interrupt? interrupt)
    {
        pending = interrupt;
        Signal.IsSet = interrupt is not null;
    }

    private void Again(TimeSpan after)
    {
        lock (gate) reminder.Change(after == TimeSpan.Zero ? Repetition : after, Repetition);
        if (after == TimeSpan.Zero) Remind();
    }

    /// <summary>On the timer: repeats a request, or, at the end of the grace period, makes the next one.</summary>
    private void Remind()
    {
        lock (gate)
        {
            if (isDisposed) return;
            if (pending is null && Ending is not null) SetPending(Ending);
            if (pending is null) return;
        }
        runtime.Context.RequestInterrupt();
    }
}
