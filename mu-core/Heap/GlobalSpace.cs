using Mu.Core.Types;

namespace Mu.Core.Heap;

/// <summary>Memory of global cells: never moved, never freed, its references are roots. Zero at first.</summary>
internal sealed unsafe class GlobalSpace : IRootSource, IDisposable
{
    private readonly Mapping memory = Mapping.Reserve(4UL << 30);
    private readonly NativeList<ulong> slots = new();
    private ulong cursor;

    /// <summary>An empty space.</summary>
    public GlobalSpace() => cursor = memory.Address;

    /// <summary>A cell of this layout.</summary>
    public ulong Allocate(TypeLayout layout)
    {
        if (layout.IsHybrid) throw new ArgumentException($"a global cell cannot be of hybrid type {layout.Type}");
        ulong alignment = (ulong)Math.Max(8, layout.Alignment);
        ulong cell = (cursor + alignment - 1) & ~(alignment - 1);
        if (cell + (ulong)layout.Size > memory.Address + memory.Size) throw new InvalidOperationException("more than 4 GB of global cells");
        // One byte at least: two cells never have the same address, also if their type is void.
        cursor = cell + (ulong)Math.Max(1, layout.Size);
        foreach (ReferenceSlot slot in layout.References) slots.Add((cell + (ulong)slot.Offset) | ((ulong)slot.Kind << 56));
        return cell;
    }

    /// <inheritdoc/>
    public void VisitRoots(IRootVisitor visitor)
    {
        for (int i = 0; i < slots.Count; i++) visitor.Visit((ulong*)(slots[i] & ~0UL >> 8), (SlotKind)(slots[i] >> 56));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        memory.Dispose();
        slots.Dispose();
    }
}
