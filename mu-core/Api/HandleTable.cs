using System.Runtime.CompilerServices;
using Mu.Core.Heap;
using Mu.Core.Types;

namespace Mu.Core.Api;

/// <summary>The handles of a context: a word for each scalar, in the form of docs/abi.md; a handle of a struct, array, vector or int&lt;128&gt; refers to hidden handles of its words.</summary>
internal sealed unsafe class HandleTable : IRootSource, IDisposable
{
    private static int tables;
    private readonly NativeList<ulong> words = new();
    private readonly List<Entry> entries = [];
    private readonly Stack<int> free = new();
    private long nextSerial = (long)Interlocked.Increment(ref tables) << 40;

    /// <summary>Handles in use, with those of scalars in aggregates.</summary>
    public int Count => entries.Count - free.Count;

    /// <summary>A handle of a scalar.</summary>
    public MuValue Add(MuType type, ulong word)
    {
        MuValue value = Take(type, null);
        words[value.Index] = word;
        return value;
    }

    /// <summary>A handle of a value made of these scalars.</summary>
    public MuValue Add(MuType type, ReadOnlySpan<ulong> scalars)
    {
        if (type.IsWord) return Add(type, scalars[0]);
        ScalarPart[] parts = ScalarPart.Of(type);
        var places = new int[parts.Length];
        for (int i = 0; i < places.Length; i++) places[i] = Add(parts[i].Type, scalars[i]).Index;
        return Take(type, places);
    }

    /// <summary>The type of a handle.</summary>
    public MuType TypeOf(MuValue value) => EntryOf(value).Type!;

    /// <summary>The word of a scalar.</summary>
    public ulong Word(MuValue value)
    {
        Entry entry = EntryOf(value);
        return entry.Parts is null ? words[value.Index] : throw new ArgumentException($"a value of type {entry.Type} is not one word");
    }

    /// <summary>The words of a value.</summary>
    public ulong[] Words(MuValue value)
    {
        Entry entry = EntryOf(value);
        if (entry.Parts is null) return [words[value.Index]];
        return Array.ConvertAll(entry.Parts, place => words[place]);
    }

    /// <summary>Frees a handle.</summary>
    public void Delete(MuValue value)
    {
        foreach (int place in EntryOf(value).Parts ?? []) Free(place);
        Free(value.Index);
    }

    /// <inheritdoc/>
    public void VisitRoots(IRootVisitor visitor)
    {
        for (int i = 0; i < entries.Count; i++)
        {
            SlotKind kind = entries[i] is { Type: { } type, Parts: null } ? TypeLayout.KindOf(type) : SlotKind.None;
            if (kind != SlotKind.None) visitor.Visit((ulong*)Unsafe.AsPointer(ref words[i]), kind);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        entries.Clear();
        free.Clear();
        words.Dispose();
    }

    private MuValue Take(MuType type, int[]? parts)
    {
        if (!free.TryPop(out int index))
        {
            index = entries.Count;
            entries.Add(default);
            words.Add(0);
        }
        entries[index] = new Entry(type, parts, ++nextSerial);
        return new MuValue(index, nextSerial);
    }

    private Entry EntryOf(MuValue value)
    {
        if ((uint)value.Index < (uint)entries.Count && entries[value.Index].Serial == value.Serial && entries[value.Index].Type is not null) return entries[value.Index];
        throw new ArgumentException("the handle has been deleted, or belongs to another or a closed context");
    }

    private void Free(int index)
    {
        entries[index] = default;
        words[index] = 0;
        free.Push(index);
    }

    private readonly record struct Entry(MuType? Type, int[]? Parts, long Serial);
}
