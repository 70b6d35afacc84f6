using System.Numerics;
using System.Runtime.InteropServices;
using Mu.Core.Api;

namespace Mu.Lua.Runtime.Strings;

/// <summary>
/// The interned strings of a state: open addressing in native memory, weak (a collection drops the dead and moves the moved).
/// Invariant: <see cref="slots"/> has <see cref="capacity"/> entries, a power of two, less than 3/4 used; 0 is free.
/// </summary>
internal sealed unsafe class StringTable : IWeakTable, IDisposable
{
    private ulong* slots;
    private uint capacity = 1024;
    private uint used;

    public StringTable() => slots = (ulong*)NativeMemory.AllocZeroed(capacity, sizeof(ulong));

    /// <summary>Number of strings.</summary>
    public int Count => (int)used;

    /// <summary>The interned string with these bytes; null when there is none.</summary>
    public StringObject* Find(ReadOnlySpan<byte> bytes, uint hash)
    {
        for (uint i = hash & (capacity - 1); slots[i] != 0; i = (i + 1) & (capacity - 1))
        {
            var s = (StringObject*)slots[i];
            if (s->Hash == hash && StringObject.Bytes(s).SequenceEqual(bytes)) return s;
        }
        return null;
    }

    /// <summary>Adds a string that is not there.</summary>
    public void Add(StringObject* s)
    {
        if ((used + 1) * 4 > capacity * 3) Rebuild(capacity * 2, null);
        Place((ulong)s);
        used++;
    }

    /// <inheritdoc/>
    public void Process(IForwarder forwarder) => Rebuild(capacity, forwarder);

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

    private void Rebuild(uint newCapacity, IForwarder? forwarder)
    {
        var old = slots;
        uint oldCapacity = capacity;
        slots = (ulong*)NativeMemory.AllocZeroed(newCapacity, sizeof(ulong));
        capacity = newCapacity;
        used = 0;
        for (uint i = 0; i < oldCapacity; i++)
        {
            ulong address = old[i];
            if (address != 0 && forwarder is not null) address = forwarder.Forward(address);
            if (address == 0) continue;
            Place(address);
            used++;
        }
        NativeMemory.Free(old);
    }
}

/// <summary>The hash of strings: 8 bytes at a time, multiply and fold.</summary>
internal static class StringHash
{
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        ulong h = 0x9E3779B97F4A7C15UL ^ (ulong)bytes.Length;
        while (bytes.Length >= 8)
        {
            h = Fold(h ^ MemoryMarshal.Read<ulong>(bytes));
            bytes = bytes[8..];
        }
        ulong tail = 0;
        for (int i = 0; i < bytes.Length; i++) tail |= (ulong)bytes[i] << (8 * i);
        h = Fold(h ^ tail);
        return (uint)(h ^ (h >> 32));
    }

    private static ulong Fold(ulong x)
    {
        ulong high = Math.BigMul(x, 0xD6E8FEB86659FD93UL, out ulong low);
        return high ^ BitOperations.RotateLeft(low, 23);
    }
}
