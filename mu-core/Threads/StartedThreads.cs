using Mu.Core.Stacks;

namespace Mu.Core.Threads;

/// <summary>The threads that NEWTHREAD and the client have started, each on an operating-system thread of its own.</summary>
internal sealed unsafe class StartedThreads(MuMachine machine)
{
    /// <summary>The limit unless the client sets another.</summary>
    public const int DefaultLimit = 8192;

    private readonly object gate = new();
    private readonly HashSet<MuThread> running = [];
    private bool closed;

    /// <summary>Called on a thread that has ended other than by returning or exiting: with its exception in the context, or with the .NET exception of a handler.</summary>
    public Action<MuThread, Exception?> Failed { get; set; } = (thread, failure) =>
        throw new InvalidOperationException($"Mu thread {thread.Id} ended with an exception that nothing caught", failure);

    /// <summary>Most started threads that may run. The operating system's own limit is for all of the process, and the .NET runtime does not survive it everywhere.</summary>
    public int Limit { get; set; } = DefaultLimit;

    /// <summary>
    /// Starts a thread on a ready stack, with what the parent's context holds in its argument words (or its exception). The parent is inside. The thread object; 0 if there is no memory for it.
    /// </summary>
    public ulong Start(MuThread parent, StackControl* stack, ulong threadLocal, bool throws)
    {
        if (stack->State != StackState.Ready) throw new InvalidOperationException($"stack {stack->Id} is not ready but {stack->State}");
        var child = new MuThread(machine);
        child.Context->ThreadLocal = threadLocal;
        child.PrepareStart(stack, parent.Context, throws);
        ulong reference = child.ReferenceFor(parent);
        if (reference != 0 && TryStart(child)) return reference;
        child.AbandonStart();
        child.Dispose();
        return 0;
    }

    /// <summary>Waits until no started thread runs. False: some still do.</summary>
    public bool Wait(TimeSpan timeout)
    {
        long deadline = Environment.TickCount64 + (timeout == Timeout.InfiniteTimeSpan ? long.MaxValue / 2 : (long)timeout.TotalMilliseconds);
        lock (gate)
        {
            while (running.Count > 0)
            {
                long left = deadline - Environment.TickCount64;
                if (left <= 0) return false;
                Monitor.Wait(gate, (int)Math.Min(left, int.MaxValue));
            }
            return true;
        }
    }

    /// <summary>Ends all threads at their next safepoint, waits for them, and lets none start any more.</summary>
    public void EndAll()
    {
        MuThread[] threads;
        lock (gate)
        {
            threads = [.. running];
            if (Array.Exists(threads, t => t.Runner == Environment.CurrentManagedThreadId)) throw new InvalidOperationException("a thread of the micro VM cannot dispose of it");
            closed = true;
        }
        machine.Futexes.WakeAll();
        // A stack switch may overwrite what makes the next poll fail, so the request is made again.
        do
        {
            foreach (MuThread thread in threads) machine.World.RequestEnd(thread);
        }
        while (!Wait(TimeSpan.FromMilliseconds(1)));
    }

    private bool TryStart(MuThread child)
    {
        lock (gate)
        {
            if (closed || running.Count >= Limit) return false;
            running.Add(child);
        }
        try
        {
            new Thread(() => Main(child)) { IsBackground = true, Name = $"Mu thread {child.Id}" }.Start();
            return true;
        }
        catch (OutOfMemoryException)
        {
            // The operating system has no more threads: NEWTHREAD has an exceptional edge for that.
            Forget(child);
            return false;
        }
    }

    private void Main(MuThread child)
    {
        try
        {
            MuOutcome outcome;
            try
            {
                outcome = child.RunPrepared();
            }
            catch (Exception failure)
            {
                Failed(child, failure);
                return;
            }
            if (outcome == MuOutcome.Uncaught) Failed(child, null);
        }
        finally
        {
            child.Dispose();
            Forget(child);
        }
    }

    private void Forget(MuThread child)
    {
        lock (gate)
        {
            running.Remove(child);
            Monitor.PulseAll(gate);
        }
    }
}
