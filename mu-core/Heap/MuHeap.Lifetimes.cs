using System.Runtime.InteropServices;

namespace Mu.Core.Heap;

/// <summary>Pinning and finalisation.</summary>
internal sealed unsafe partial class MuHeap
{
    private readonly Dictionary<ulong, int> pins = [];
    private readonly NativeList<ulong> finalizable = new(), dead = new();
    private int deadTaken;

    /// <summary>Whether objects wait to be finalised.</summary>
    public bool HasFinalizable => dead.Count > deadTaken;

    /// <summary>The objects registered for finalisation, in that order. The world is stopped.</summary>
    public IReadOnlyList<ulong> Finalizable => finalizable.Span.ToArray();

    /// <summary>Keeps an object where it is, and alive, until as many <see cref="Unpin"/>. NULL is ignored.</summary>
    public void Pin(ulong reference)
    {
        if (reference == 0) return;
        lock (gate)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(pins, reference, out _)++;
            Interlocked.Or(ref ObjectHeader.Of(reference), ObjectHeader.Pinned);
        }
    }

    /// <summary>Ends one <see cref="Pin"/>.</summary>
    public void Unpin(ulong reference)
    {
        if (reference == 0) return;
        lock (gate)
        {
            if (!pins.TryGetValue(reference, out int count)) throw new InvalidOperationException($"object {reference:x} is not pinned");
            if (count > 1)
            {
                pins[reference] = count - 1;
                return;
            }
            pins.Remove(reference);
            Interlocked.And(ref ObjectHeader.Of(reference), ~ObjectHeader.Pinned);
        }
    }

    /// <summary>Asks that the object be kept once when it is found unreachable, and handed out by <see cref="TryTakeFinalizable"/>. An object that waits already waits once.</summary>
    public void RegisterFinalizable(ulong reference)
    {
        lock (gate)
        {
            ref ulong header = ref ObjectHeader.Of(reference);
            if ((header & ObjectHeader.Finalizable) != 0) return;
            header |= ObjectHeader.Finalizable;
            finalizable.Add(reference);
        }
    }

    /// <summary>Has all registered objects handed out, dead or not: at the end, the last registered first.</summary>
    public void RetireFinalizable()
    {
        lock (gate)
        {
            for (int i = finalizable.Count - 1; i >= 0; i--)
            {
                ObjectHeader.Of(finalizable[i]) &= ~ObjectHeader.Finalizable;
                dead.Add(finalizable[i]);
            }
            finalizable.Clear();
        }
    }

    /// <summary>Takes an object found unreachable: the last registered first, as Lua wants it. It stays alive only through the caller's roots.</summary>
    public bool TryTakeFinalizable(out ulong reference)
    {
        lock (gate)
        {
            reference = 0;
            if (!HasFinalizable) return false;
            reference = dead[deadTaken++];
            if (HasFinalizable) return true;
            dead.Clear();
            deadTaken = 0;
            return true;
        }
    }

    /// <summary>Moves unreached objects from the registered to the dead and brings those back to life. True if there is any.</summary>
    private bool ResurrectFinalizable()
    {
        int kept = 0, first = dead.Count;
        for (int i = 0; i < finalizable.Count; i++)
        {
            ulong reference = finalizable[i];
            if (tracer.IsLive(reference)) finalizable[kept++] = tracer.Resolve(reference);
            else dead.Add(reference);
        }
        finalizable.Truncate(kept);
        dead.Span[first..].Reverse();
        for (int i = first; i < dead.Count; i++)
        {
            dead[i] = tracer.Trace(dead[i]);
            ObjectHeader.Of(dead[i]) &= ~ObjectHeader.Finalizable;
        }
        return dead.Count > first;
    }
}
