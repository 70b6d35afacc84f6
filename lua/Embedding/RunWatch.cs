using Mu.Core.Api;
using Mu.Lua.Runtime;

namespace Mu.Lua;

/// <summary>The limits of a state's runs: a timer for the time, a look at the memory after each collection. What is found is an interruption at the next safepoint.</summary>
internal sealed class RunWatch : IDisposable
{
    /// <summary>What a suspended stack takes at least: the page with its frames and that with its control block.</summary>
    private const long StackBytes = 8 << 10;

    private readonly LuaRuntime runtime;
    private readonly LuaLimits limits;
    private readonly Lock gate = new();
    private readonly Timer timer;
    private bool isRunning;
    private long deadline;

    public RunWatch(LuaRuntime runtime, LuaLimits limits)
    {
        this.runtime = runtime;
        this.limits = limits;
        TimeLimit = limits.Time;
        timer = new Timer(_ => TimeIsOver());
        if (limits.Memory is not null) runtime.Vm.SetCollectionObserver(CheckMemory);
    }

    /// <summary>How long a run may take.</summary>
    public TimeSpan? TimeLimit { get; set; }

    /// <summary>The host calls, for a time; null for ever.</summary>
    public void Begin(TimeSpan? time)
    {
        lock (gate)
        {
            isRunning = true;
            deadline = time is { } limit ? Environment.TickCount64 + (long)limit.TotalMilliseconds : long.MaxValue;
        }
        if (time is { } first) timer.Change(first, TimeSpan.FromMilliseconds(10));
    }

    /// <summary>The call has come back.</summary>
    public void End()
    {
        if (deadline != long.MaxValue) timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        lock (gate)
        {
            isRunning = false;
            runtime.Interrupts.EndOfRun();
        }
    }

    /// <summary>Ends the run that is under way.</summary>
    public void Cancel(string message) => Request(new Interrupt(InterruptKind.Cancelled, message));

    public void Dispose()
    {
        timer.Dispose();
        runtime.Vm.SetCollectionObserver(null);
    }

    private void Request(Interrupt interrupt)
    {
        lock (gate)
            if (isRunning) runtime.Interrupts.Request(interrupt);
    }

    /// <summary>A timer may fire late, for a run that is over: the clock decides.</summary>
    private void TimeIsOver()
    {
        lock (gate)
            if (isRunning && Environment.TickCount64 >= deadline && runtime.Interrupts.Ending is null)
                runtime.Interrupts.Request(new Interrupt(InterruptKind.Time, "time limit exceeded"));
    }

    private void CheckMemory()
    {
        if ((long)runtime.Vm.UsedBytes() + runtime.Vm.LiveStacks() * StackBytes > limits.Memory!.Value)
            Request(new Interrupt(InterruptKind.Memory, "memory limit exceeded"));
    }
}
