using System.Runtime.InteropServices;
using Mu.Core.Api;

namespace Mu.RPython.Runtime;

/// <summary>Numbers of objects that have no room for one (strings, lists, dicts): given out at the first question, kept while the object moves, forgotten when it dies.</summary>
internal sealed unsafe class Identities : IWeakSlots, IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<ulong, int> places = [];
    private readonly List<long> numbers = [];

    /// <summary>The objects' addresses, of dead ones 0. Native memory: the collector writes to it.</summary>
    private ulong* slots;
    private int capacity;
    private bool hasCollected;

    /// <summary>The number of the object at an address; <paramref name="fresh"/> gives a new one.</summary>
    public long Of(ulong address, Func<long> fresh)
    {
        lock (gate)
        {
            if (hasCollected) Rebuild();
            if (places.TryGetValue(address, out int known)) return numbers[known];
            int place = numbers.Count;
            if (place == capacity)
            {
                capacity = Math.Max(64, 2 * capacity);
                slots = (ulong*)NativeMemory.Realloc(slots, (nuint)capacity * sizeof(ulong));
            }
            slots[place] = address;
            places[address] = place;
            numbers.Add(fresh());
            return numbers[place];
        }
    }

    /// <inheritdoc/>
    public void Visit(WeakSlotVisitor visitor)
    {
        hasCollected = true;
        for (int i = 0; i < numbers.Count; i++)
            if (slots[i] != 0) visitor.Visit(slots + i);
    }

    public void Dispose() => NativeMemory.Free(slots);

    /// <summary>Finds the objects where the collector has moved them, and drops those that have died.</summary>
    private void Rebuild()
    {
        hasCollected = false;
        places.Clear();
        int kept = 0;
        for (int i = 0; i < numbers.Count; i++)
        {
            if (slots[i] == 0) continue;
            (slots[kept], numbers[kept]) = (slots[i], numbers[i]);
            places[slots[kept]] = kept++;
        }
        numbers.RemoveRange(kept, numbers.Count - kept);
    }
}
