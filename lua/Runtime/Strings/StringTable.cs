using System.Runtime.InteropServices;
using Mu.Core.Api;

namespace Mu.Lua.Runtime.Strings;

/// <summary>
/// The interned strings of a state: open addressing in native memory, weak (a collection drops the dead and moves the moved).
/// Invariant: <see cref="slots"/> has <see cref="capacity"/> entries, a power of two, less than 3/4 used; 0 is free. A collection may leave 0 in the middle of
/// a probe sequence; then <see cref="isStale"/> is set, and the table is rebuilt before its next use.
/// </summary>
internal sealed unsafe class StringTable : IWeakSlots, IDisposable
{
    private bool isStale;
    private ulong* slots;
    private uint capacity = 1024;
    private uint used;

    public StringTable() => slots = (ulong*)NativeMemory.AllocZeroed(capacity, sizeof(ulong));

    /// <summary>Number of strings.</summary>
    public int Count => (int)used;

    /// <summary>The interned string with these bytes; null when there is none.</summary>
    public StringObject* Find(ReadOnlySpan<byte> bytes, uint hash)
    {
        if (isStale) Rebuild(capacity);
        uint mask = capacity - 1;
        ulong* table = slots;
        for (uint i = hash & mask; ; i = (i + 1) & mask)
        {
            var s = (StringObject*)table[i];
            if (s == null) return null;
            if (s->Hash == hash && StringObject.Bytes(s).SequenceEqual(bytes)) return s;
        }
    }

    /// <summary>Adds a string that is not there.</summary>
    public void Add(StringObject* s)
    {
        if (isStale) Rebuild(capacity);
        if ((used + 1) * 4 > capacity * 3) Rebuild(capacity * 2);
        Place((ulong)s);
        used++;
    }

    /// <inheritdoc/>
    public void Visit(WeakSlotVisitor visitor)
    {
        isStale = true;
        for (uint i = 0; i < capacity; i++)
            if (slots[i] != 0) visitor.Visit(&slots[i]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.Free(slots);
        slots = null;
    }

    private void Place(ulong address)
    {
        uint i = ((StringObject*)address)->Hash & (capacity - 1);
        while (slots[i] != 0) i = (i + 1) & (capacity - 1);
        slots[i] = address;
    }

    private void Rebuild(uint newCapacity)
    {
        var old = slots;
        uint oldCapacity = capacity;
        slots = (ulong*)NativeMemory.AllocZeroed(newCapacity, sizeof(ulong));
        capacity = newCapacity;
        used = 0;
        isStale = false;
        for (uint i = 0; i < oldCapacity; i++)
        {
            ulong address = old[i];
            if (address == 0) continue;
            Place(address);
            used++;
        }
        NativeMemory.Free(old);
    }
}
