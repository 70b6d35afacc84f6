using System.Runtime.CompilerServices;
using Mu.Core.IR;

namespace Mu.Core.Threads;

/// <summary>Where the thread is as seen by a collection: inside or outside (<see cref="MuWorld"/>).</summary>
internal sealed unsafe partial class MuThread
{
    /// <summary>Number of the .NET thread that has the thread inside, or had it last.</summary>
    public int Runner { get; private set; }

    /// <summary>Whether a collection need not wait for the thread. Only the thread itself sets it, or the world for it.</summary>
    public bool IsOutside
    {
        get => Volatile.Read(ref Context->Outside) != 0;
        set => Volatile.Write(ref Context->Outside, value ? 1 : 0);
    }

    /// <summary>Whether the micro VM is being disposed of, and the thread should end.</summary>
    public bool MustEnd => (Volatile.Read(ref Context->Requests) & (int)ThreadRequests.End) != 0;

    /// <summary>Whether the thread is inside, run by this .NET thread.</summary>
    public bool IsInsideOn(int runner) => !IsOutside && Runner == runner;

    /// <summary>From here on a collection may run; no raw address is used until <see cref="ComeInside"/>.</summary>
    public void GoOutside() => IsOutside = true;

    /// <summary>From here on a collection waits for a safepoint of the thread; waits first if one is under way.</summary>
    public void ComeInside()
    {
        Runner = Environment.CurrentManagedThreadId;
        IsOutside = false;
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref Context->Requests) != 0) machine.World.WaitAtEntry(this);
    }

    /// <summary>Is inside until the scope is disposed of, if it is not already.</summary>
    public HeapAccess Inside() => new(this);

    /// <summary>Stops if that is asked for. False: the thread must end.</summary>
    public bool Safepoint()
    {
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref Context->Requests) == 0) return true;
        machine.World.WaitAtSafepoint();
        return !MustEnd;
    }

    /// <summary>
    /// Asks the client, if that is requested, whether the thread goes on. The function to call in place of going on, which ends with an exception; null: the thread goes on.
    /// </summary>
    public Function? Interruption()
    {
        if ((Volatile.Read(ref Context->Requests) & (int)ThreadRequests.Interrupt) == 0 || machine.Interruption is not { } interruption) return null;
        machine.World.TakeInterrupt(this);
        switch (interruption.Handler(this))
        {
            case InterruptDecision.Raise: return interruption.Function;
            case InterruptDecision.AskAgain:
                machine.World.RequestInterrupt(this);
                return null;
            default: return null;
        }
    }

    /// <summary>Adds a request; the world's lock is held.</summary>
    public void Request(ThreadRequests request) => Volatile.Write(ref Context->Requests, Context->Requests | (int)request);

    /// <summary>Takes a request back; the world's lock is held.</summary>
    public void Withdraw(ThreadRequests request) => Volatile.Write(ref Context->Requests, Context->Requests & ~(int)request);

    /// <summary>Makes the next poll take its slow path.</summary>
    public void ForceSafepoint() => Volatile.Write(ref Context->StackLimit, ulong.MaxValue);
}

/// <summary>A scope in which a thread is inside: raw addresses stay valid between its safepoints. Scopes nest.</summary>
internal readonly ref struct HeapAccess
{
    private readonly MuThread? entered;

    public HeapAccess(MuThread thread)
    {
        if (!thread.IsOutside) return;
        entered = thread;
        thread.ComeInside();
    }

    public void Dispose() => entered?.GoOutside();
}
