using System.Diagnostics;
using Mu.Core.Heap;
using Mu.Core.Types;

namespace Mu.Core.Threads;

/// <summary>Results of futex operations, as the specification numbers them.</summary>
internal static class FutexResult
{
    /// <summary>Woken by another thread.</summary>
    public const int Woken = 0;

    /// <summary>The location did not hold the expected value.</summary>
    public const int Different = -1;

    /// <summary>Woken by nobody.</summary>
    public const int Spurious = -2;

    /// <summary>The time is over.</summary>
    public const int TimedOut = -3;
}

/// <summary>
/// Threads that wait at memory locations. The location of each is a root, an iref like any other: the collector keeps it up to date, so a queue moves with its object. Only threads that are
/// inside touch the table, so that none sees it while objects move; they wait outside.
/// </summary>
internal sealed unsafe class FutexTable : IRootSource
{
    private readonly object gate = new();
    private readonly LinkedList<Waiter> waiters = [];
    private bool closed;

    /// <summary>Waits until it is woken, if the location holds the expected value: checking and joining the queue are one step for wakers. No end without a time limit (negative).</summary>
    public int Wait(MuThread thread, ulong location, ulong expected, int size, long nanoseconds)
    {
        LinkedListNode<Waiter> node;
        lock (gate)
        {
            if (closed) return FutexResult.Spurious;
            if (Read(location, size) != expected) return FutexResult.Different;
            node = waiters.AddLast(new Waiter(location));
        }
        thread.GoOutside();
        bool signalled = node.Value.Wait(nanoseconds);
        thread.ComeInside();
        lock (gate)
        {
            if (node.List is null) return closed ? FutexResult.Spurious : FutexResult.Woken;
            waiters.Remove(node);
            return signalled ? FutexResult.Spurious : FutexResult.TimedOut;
        }
    }

    /// <summary>Wakes the threads that have waited longest; gives their number.</summary>
    public int Wake(ulong location, int most)
    {
        lock (gate) return WakeFirst(location, most);
    }

    /// <summary>If the first location holds the expected value, wakes some of its threads and has the others wait at the second.</summary>
    public int CompareAndRequeue(ulong from, ulong to, ulong expected, int size, int most)
    {
        lock (gate)
        {
            if (Read(from, size) != expected) return FutexResult.Different;
            int woken = WakeFirst(from, most);
            LinkedListNode<Waiter>? last = waiters.Last;
            for (LinkedListNode<Waiter>? node = waiters.First, next; node is not null; node = node == last ? null : next)
            {
                next = node.Next;
                if (node.Value.Location != from) continue;
                node.Value.Location = to;
                // Behind those who wait at the second location already.
                waiters.Remove(node);
                waiters.AddLast(node);
            }
            return woken;
        }
    }

    /// <summary>Wakes everybody for good: the micro VM ends.</summary>
    public void WakeAll()
    {
        lock (gate)
        {
            closed = true;
            foreach (Waiter waiter in waiters) waiter.Signal();
            waiters.Clear();
        }
    }

    /// <inheritdoc/>
    public void VisitRoots(IRootVisitor visitor)
    {
        foreach (Waiter waiter in waiters) fixed (ulong* slot = &waiter.Location) visitor.Visit(slot, SlotKind.IRef);
    }

    private int WakeFirst(ulong location, int most)
    {
        int woken = 0;
        for (LinkedListNode<Waiter>? node = waiters.First, next; node is not null && woken < most; node = next)
        {
            next = node.Next;
            if (node.Value.Location != location) continue;
            waiters.Remove(node);
            node.Value.Signal();
            woken++;
        }
        return woken;
    }

    private static ulong Read(ulong location, int size)
    {
        Interlocked.MemoryBarrier();
        return size switch
        {
            1 => Volatile.Read(ref *(byte*)location),
            2 => Volatile.Read(ref *(ushort*)location),
            4 => Volatile.Read(ref *(uint*)location),
            _ => Volatile.Read(ref *(ulong*)location),
        };
    }

    /// <summary>A thread that waits. Whoever takes it from the list signals it.</summary>
    private sealed class Waiter(ulong location)
    {
        private readonly object gate = new();
        private bool signalled;

        public ulong Location = location;

        public void Signal()
        {
            lock (gate)
            {
                signalled = true;
                Monitor.Pulse(gate);
            }
        }

        /// <summary>False: the time is over.</summary>
        public bool Wait(long nanoseconds)
        {
            long start = Stopwatch.GetTimestamp();
            lock (gate)
            {
                while (!signalled)
                {
                    if (nanoseconds < 0)
                    {
                        Monitor.Wait(gate);
                        continue;
                    }
                    double left = nanoseconds / 1e6 - Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                    if (left <= 0) return false;
                    Monitor.Wait(gate, (int)Math.Min(Math.Ceiling(left), int.MaxValue));
                }
                return true;
            }
        }
    }
}
