using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Mu.Core.Heap;

/// <summary>
/// A growing array in native memory, for the collector's worklists: a mark stack of millions of entries is no load for the .NET collector.
/// </summary>
internal sealed unsafe class NativeList<T> : IDisposable where T : unmanaged
{
    private T* items;
    private int capacity;

    /// <summary>Number of items.</summary>
    public int Count { get; private set; }

    /// <summary>An item.</summary>
    public ref T this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            Debug.Assert((uint)index < (uint)Count);
            return ref items[index];
        }
    }

    /// <summary>All items; invalid after the next change.</summary>
    public Span<T> Span => new(items, Count);

    /// <summary>Appends an item.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(T item)
    {
        if (Count == capacity) Grow();
        items[Count++] = item;
    }

    /// <summary>Takes the last item.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryPop(out T item)
    {
        if (Count == 0)
        {
            item = default;
            return false;
        }
        item = items[--Count];
        return true;
    }

    /// <summary>Drops all items from <paramref name="count"/> on.</summary>
    public void Truncate(int count)
    {
        Debug.Assert(count <= Count);
        Count = count;
    }

    /// <summary>Drops all items and keeps the memory.</summary>
    public void Clear() => Count = 0;

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.Free(items);
        items = null;
        capacity = Count = 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow()
    {
        capacity = capacity == 0 ? 1024 : checked(capacity * 2);
        items = (T*)NativeMemory.Realloc(items, (nuint)capacity * (nuint)sizeof(T));
    }
}
