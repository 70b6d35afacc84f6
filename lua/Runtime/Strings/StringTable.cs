using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mu.Core.Api;

namespace Mu.Lua.Runtime.Strings;

/// <summary>
/// The interned strings of a state: open addressing in native memory, weak (a collection drops the dead and moves the moved). A slot has the upper half of the string's hash above
/// the 48 bits of its address, so that a probe which does not match touches no string.
/// Invariant: <see cref="slots"/> has <see cref="capacity"/> entries, a power of two, less than 3/4 used; 0 is free. A collection leaves bare addresses and 0 in the middle of
/// probe sequences; then <see cref="isStale"/> is set, and the table is rebuilt before its next use.
/// </summary>
internal sealed unsafe class StringTable : IWeakSlots, IDisposable
{
    private const uint MinimumCapacity = 1024;

    // A table with more strings is larger than a processor's cache.
    private const uint LeastHint = 1 << 17;

    // Collections cost what lives, and pay what is dead.
    private const uint HintGrowth = 8;
    private const int TagShift = 48;
    private const ulong AddressMask = (1UL << TagShift) - 1;

    private bool isStale;
    private ulong* slots;
    private uint capacity;
    private uint used;
    private uint hintAt = uint.MaxValue;

    public StringTable() => Allocate(MinimumCapacity);

    /// <summary>Number of strings.</summary>
    public int Count => (int)used;

    /// <summary>The interned string with these bytes; null when there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public StringObject* Find(ReadOnlySpan<byte> bytes, uint hash)
    {
        if (isStale) Rebuild();
        uint mask = capacity - 1;
        ulong* table = slots;
        ulong tag = TagOf(hash);
        for (uint i = hash & mask; ; i = (i + 1) & mask)
        {
            ulong there = table[i];
            if (there == 0) return null;
            if ((there & ~AddressMask) != tag) continue;
            var s = (StringObject*)(there & AddressMask);
            if (StringObject.Bytes(s).SequenceEqual(bytes)) return s;
        }
    }

    /// <summary>Adds a string that is not there. True, once between two collections, when most of the many strings are probably dead and a collection would make the table small again.</summary>
    public bool Add(StringObject* s)
    {
        if (isStale) Rebuild();
        if ((used + 1) * 4UL > capacity * 3UL) Grow();
        Place((ulong)s, s->Hash);
        return ++used == hintAt;
    }

    /// <inheritdoc/>
    public void Visit(WeakSlotVisitor visitor)
    {
        isStale = true;
        for (uint i = 0; i < capacity; i++)
        {
            if (slots[i] == 0) continue;
            slots[i] &= AddressMask;
            visitor.Visit(&slots[i]);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.Free(slots);
        slots = null;
    }

    private static ulong TagOf(uint hash) => (ulong)(hash >> 16) << TagShift;

    private void Allocate(uint size)
    {
        slots = (ulong*)NativeMemory.AllocZeroed(size, sizeof(ulong));
        capacity = size;
    }

    private void Place(ulong address, uint hash)
    {
        uint i = hash & (capacity - 1);
        while (slots[i] != 0) i = (i + 1) & (capacity - 1);
        slots[i] = address | TagOf(hash);
    }

    private void Grow()
    {
        ulong* old = slots;
        uint oldCapacity = capacity;
        Allocate(capacity * 2);
        for (uint i = 0; i < oldCapacity; i++)
            if (old[i] != 0) PlaceAgain(old[i] & AddressMask);
        NativeMemory.Free(old);
    }

    /// <summary>
    /// Puts the survivors of a collection in their places. A program that has made many strings will make many again: the table becomes smaller only when
    /// even before the collection it was nearly empty.
    /// </summary>
    private void Rebuild()
    {
        uint alive = 0;
        for (uint i = 0; i < capacity; i++)
            if (slots[i] != 0) slots[alive++] = slots[i];
        var survivors = NativeMemory.Alloc(Math.Max(alive, 1), sizeof(ulong));
        NativeMemory.Copy(slots, survivors, alive * sizeof(ulong));
        if (used * 8UL < capacity && capacity > MinimumCapacity)
        {
            NativeMemory.Free(slots);
            Allocate(capacity / 2);
        }
        else NativeMemory.Clear(slots, capacity * (nuint)sizeof(ulong));
        isStale = false;
        // Only a collection tells whether the strings of this program die young.
        hintAt = alive < used / HintGrowth ? Math.Max(LeastHint, alive * HintGrowth) : uint.MaxValue;
        used = alive;
        for (uint i = 0; i < alive; i++) PlaceAgain(((ulong*)survivors)[i]);
        NativeMemory.Free(survivors);
    }

    private void PlaceAgain(ulong address) => Place(address, ((StringObject*)address)->Hash);
}
