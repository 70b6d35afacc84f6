using System.Diagnostics;

namespace Mu.Core.Heap;

/// <summary>When to collect, and the steps of a collection.</summary>
internal sealed unsafe partial class MuHeap
{
    /// <summary>Free memory kept for reuse, beyond what lives: given back above it.</summary>
    private const ulong LeastKeptFree = 64UL << 20;

    /// <summary>Defragmentation begins when so much of the used blocks is holes (per cent of what lives), and at least this many bytes.</summary>
    private const ulong FragmentedPercent = 30, LeastFragmentedBytes = 4UL << 20;

    private readonly List<IRootSource> roots = [];
    private readonly NativeList<ulong> stacks = new();
    private long collections;
    private ulong allocatedBytes, evacuatedBytes;
    private TimeSpan lastPause, longestPause, totalPause;

    /// <summary>What happened so far.</summary>
    public HeapStatistics Statistics => new(
        collections, allocatedBytes + allocatedSinceCollection, immix.LiveBytes + large.UsedBytes, HeapBytes, evacuatedBytes,
        lastPause, longestPause, totalPause);

    /// <summary>Adds a holder of roots.</summary>
    public void AddRootSource(IRootSource source)
    {
        lock (gate) roots.Add(source);
    }

    /// <summary>Removes a holder of roots.</summary>
    public void RemoveRootSource(IRootSource source)
    {
        lock (gate) roots.Remove(source);
    }

    /// <summary>Collects now. Returns after a collection by this or by another thread.</summary>
    public void Collect() => Collect(squeeze: false);

    private void Collect(bool squeeze)
    {
        if (!World.StopTheWorld()) return;
        try
        {
            // No mutator holds the lock at a safepoint; a client's thread that pins just now may.
            lock (gate) CollectStopped(squeeze);
        }
        finally
        {
            World.ResumeTheWorld();
        }
        Collected?.Invoke();
    }

    /// <summary>Called after a collection, on the thread that asked for it.</summary>
    public Action? Collected { get; set; }

    /// <summary>In stress mode, collects at every n-th call; mutators call it at safepoints.</summary>
    public void SafepointStress()
    {
        if (!options.Stress || Interlocked.Decrement(ref stressCountdown) > 0) return;
        stressCountdown = options.StressInterval;
        Collect();
    }

    /// <summary>Checks everything reachable; throws at the first reference that is not one. The world must be stopped.</summary>
    public void Verify()
    {
        var verifier = new HeapVerifier(Types, tracer);
        foreach (IRootSource source in roots) source.VisitRoots(verifier);
        foreach (ulong pin in pins.Keys) verifier.Check(pin);
        verifier.Drain();
    }

    /// <summary><see cref="Verify"/> with the world stopped for it.</summary>
    public void VerifyNow() => WithWorldStopped(Verify);

    /// <summary>Does something to which the heap stands still.</summary>
    public void WithWorldStopped(Action action)
    {
        while (!World.StopTheWorld()) { }
        try
        {
            lock (gate) action();
        }
        finally
        {
            World.ResumeTheWorld();
        }
    }

    /// <summary>Makes a collection due, whatever has been allocated since the last one.</summary>
    public void CollectSoon() => threshold = 0;

    private void CollectIfDue()
    {
        if (allocatedSinceCollection >= threshold && !IsPaused) Collect();
        else SafepointStress();
    }

    private void CollectStopped(bool squeeze)
    {
        long begin = Stopwatch.GetTimestamp();
        RetireBuffers();
        bool moves = SelectCandidates(squeeze);
        immix.Prepare();
        tracer.Begin(moves ? MayCopyIntoBlock : null);
        TraceRoots();
        Decide();
        ReportStacks();
        Sweep();
        Account(Stopwatch.GetElapsedTime(begin));
        if (options.Verify) Verify();
    }

    private void RetireBuffers()
    {
        foreach (nint buffer in buffers) *(AllocationBuffer*)buffer = default;
        overflow = default;
    }

    /// <summary>Decides what moves. <paramref name="squeeze"/>: memory is exhausted, so any fragmentation counts.</summary>
    private bool SelectCandidates(bool squeeze)
    {
        if (options.Stress)
        {
            immix.SelectAll();
            return true;
        }
        if (squeeze) return immix.SelectFragmented(Math.Max(options.MaxHeap / 32, Block.Size));
        if (immix.FragmentedBytes < LeastFragmentedBytes || immix.FragmentedBytes * 100 < immix.LiveBytes * FragmentedPercent) return false;
        return immix.SelectFragmented(Math.Max(immix.LiveBytes / 8, LeastFragmentedBytes));
    }

    /// <summary>Copying may overrun the limit by a headroom, since it frees more than it takes; under stress it may do so without bound.</summary>
    private bool MayCopyIntoBlock() =>
        options.Stress || HeapBytes + Block.Size <= (options.MaxHeap > ulong.MaxValue / 2 ? options.MaxHeap : options.MaxHeap + options.MaxHeap / 32);

    private void TraceRoots()
    {
        foreach (IRootSource source in roots) source.VisitRoots(tracer);
        foreach (ulong pin in pins.Keys) tracer.Trace(pin);
        for (int i = deadTaken; i < dead.Count; i++) dead[i] = tracer.Trace(dead[i]);
        tracer.Drain();
    }

    /// <summary>Weak references and finalisers, in the order that <see cref="WeakProcessing"/> explains.</summary>
    private void Decide()
    {
        weak.ConvergeEphemerons();
        weak.ClearWeakRefs();
        weak.ClearValues(0);
        int decided = tracer.WeakObjects.Count;
        if (ResurrectFinalizable())
        {
            tracer.Drain();
            weak.ConvergeEphemerons();
            weak.ClearValues(decided);
            weak.ClearWeakRefs();
        }
        weak.ClearKeysAndUpdate();
    }

    private void ReportStacks()
    {
        int live = 0;
        for (int i = 0; i < stacks.Count; i++)
        {
            ulong stack = stacks[i];
            ulong control = *(ulong*)stack;
            if (!tracer.IsLive(stack))
            {
                if (control != 0) StackScanner?.StackDied(control);
                continue;
            }
            stacks[live++] = tracer.Resolve(stack);
            if (stacks[live - 1] != stack && control != 0) StackScanner?.StackMoved(control, stacks[live - 1]);
        }
        stacks.Truncate(live);
    }

    private void Sweep()
    {
        ulong keepFree = Math.Max(LeastKeptFree, immix.LiveBytes + large.UsedBytes);
        immix.Sweep(keepFree, options.Stress);
        large.Sweep(tracer.Epoch, keepFree);
    }

    private void Account(TimeSpan pause)
    {
        collections++;
        allocatedBytes += allocatedSinceCollection;
        allocatedSinceCollection = largeSinceCollection = 0;
        evacuatedBytes += tracer.MovedBytes;
        threshold = Math.Max(options.MinimumThreshold, (ulong)((immix.LiveBytes + large.UsedBytes) * options.GrowthFactor));
        (lastPause, totalPause) = (pause, totalPause + pause);
        if (pause > longestPause) longestPause = pause;
    }
}
