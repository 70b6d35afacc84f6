using Mu.Core.Heap;

namespace Mu.Core.Threads;

/// <summary>
/// Stops and resumes the Mu threads of a micro VM (docs/threads.md). A thread is <em>inside</em> while it may touch the heap: a collection waits until it is at a safepoint. It is
/// <em>outside</em> in native code, in handlers of the client's, while it blocks, and while it runs nothing: a collection goes on without it, and it waits at its way back inside.
/// <para>
/// Going outside and coming back are plain stores of the thread's own word followed by a load of the word of requests (Dekker's handshake); the rare side, which stops, pays for the order
/// with a barrier in all threads of the process.
/// </para>
/// </summary>
internal sealed unsafe class MuWorld : IWorldStopper
{
    private const int SpinRounds = 200;
    private readonly object gate = new();
    private readonly List<MuThread> threads = [];
    private bool stopping;

    /// <summary>Makes a thread known; it is outside.</summary>
    public void Add(MuThread thread)
    {
        lock (gate)
        {
            threads.Add(thread);
            if (stopping) thread.Request(ThreadRequests.Stop);
        }
    }

    /// <summary>Forgets a thread, which is outside.</summary>
    public void Remove(MuThread thread)
    {
        lock (gate) threads.Remove(thread);
    }

    /// <summary>Asks a thread to end at its next safepoint.</summary>
    public void RequestEnd(MuThread thread)
    {
        lock (gate)
        {
            if (!threads.Contains(thread)) return;
            thread.Request(ThreadRequests.End);
            Interlocked.MemoryBarrierProcessWide();
            thread.ForceSafepoint();
        }
    }

    /// <summary>
    /// Asks a thread to ask the client at its next safepoint. A stack switch at this moment may overwrite the limit that makes polls fail: who must be heard asks again until
    /// <see cref="TakeInterrupt"/> was called.
    /// </summary>
    public void RequestInterrupt(MuThread thread)
    {
        lock (gate)
        {
            if (!threads.Contains(thread)) return;
            thread.Request(ThreadRequests.Interrupt);
            Interlocked.MemoryBarrierProcessWide();
            thread.ForceSafepoint();
        }
    }

    /// <summary>Takes the request back.</summary>
    public void TakeInterrupt(MuThread thread)
    {
        lock (gate) thread.Withdraw(ThreadRequests.Interrupt);
    }

    /// <inheritdoc/>
    public bool StopTheWorld()
    {
        int self = Environment.CurrentManagedThreadId;
        lock (gate)
        {
            if (stopping)
            {
                WaitOutside(self);
                return false;
            }
            stopping = true;
            if (threads.TrueForAll(t => t.IsInsideOn(self))) return true;
            foreach (MuThread thread in threads)
                if (!thread.IsInsideOn(self)) thread.Request(ThreadRequests.Stop);
        }
        Interlocked.MemoryBarrierProcessWide();
        WaitForThoseInside(self);
        return true;
    }

    /// <inheritdoc/>
    public void ResumeTheWorld()
    {
        lock (gate)
        {
            stopping = false;
            foreach (MuThread thread in threads) thread.Withdraw(ThreadRequests.Stop);
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>
    /// Waits for the end of a collection: at a safepoint, with all that the calling operating-system thread has inside.
    /// </summary>
    public void WaitAtSafepoint()
    {
        lock (gate) WaitOutside(Environment.CurrentManagedThreadId);
    }

    /// <summary>
    /// A thread that has come back inside while a collection wants to begin goes out again and waits. Not if the operating-system thread has another Mu thread inside, which is at no
    /// safepoint and holds the collection up anyway.
    /// </summary>
    public void WaitAtEntry(MuThread thread)
    {
        lock (gate)
        {
            while (stopping && !threads.Exists(t => t != thread && t.IsInsideOn(thread.Runner)))
            {
                thread.IsOutside = true;
                Monitor.PulseAll(gate);
                Monitor.Wait(gate);
            }
            thread.IsOutside = false;
        }
    }

    /// <summary>The lock is given up between rounds, since threads need it to stop.</summary>
    private void WaitForThoseInside(int self)
    {
        for (int round = 0; ; round++)
        {
            lock (gate)
            {
                if (!RemindThoseInside(self)) return;
                // Who goes outside into native code tells nobody, hence the short wait.
                if (round >= SpinRounds) Monitor.Wait(gate, 1);
            }
            Thread.SpinWait(20);
        }
    }

    private void WaitOutside(int runner)
    {
        if (!stopping) return;
        List<MuThread> mine = threads.FindAll(t => t.IsInsideOn(runner));
        foreach (MuThread thread in mine) thread.IsOutside = true;
        Monitor.PulseAll(gate);
        while (stopping) Monitor.Wait(gate);
        foreach (MuThread thread in mine) thread.IsOutside = false;
    }

    /// <summary>A stack switch overwrites the limit that makes polls fail, so it is stored again until the thread has stopped.</summary>
    private bool RemindThoseInside(int self)
    {
        bool any = false;
        foreach (MuThread thread in threads)
        {
            if (thread.IsOutside || thread.IsInsideOn(self)) continue;
            any = true;
            thread.ForceSafepoint();
        }
        return any;
    }
}
