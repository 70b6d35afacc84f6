using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mu.Core.Types;

namespace Mu.Core.Heap;

/// <summary>
/// Numbers the types that objects have, and keeps in native memory what the collector must know of each: sizes and reference maps.
/// Ids are never reused; the table's address range is reserved whole, so entries never move.
/// </summary>
internal sealed unsafe class HeapTypeTable : IDisposable
{
    /// <summary>The internal type of stack objects: one word, the address of the control block.</summary>
    public const int StackTypeId = 1;

    /// <summary>The internal type of thread objects: one word, the address of the control block.</summary>
    public const int ThreadTypeId = 2;

    private const int MaxTypes = 1 << 24;
    private readonly Lock gate = new();
    private readonly ConditionalWeakTable<MuType, StrongBox<int>> ids = [];
    private readonly Dictionary<(MuType, WeakPolicy), int> weakIds = [];
    private readonly List<MuType?> types = [null, null, null];
    private readonly List<nint> maps = [];
    private readonly Mapping table = Mapping.Reserve((ulong)MaxTypes * (ulong)sizeof(HeapTypeInfo));

    /// <summary>A table with only the internal types. Id 0 is no type: a zero header marks memory without an object.</summary>
    public HeapTypeTable()
    {
        this[StackTypeId] = new HeapTypeInfo { FixedSize = 8, Shape = ScanShape.Stack };
        this[ThreadTypeId] = new HeapTypeInfo { FixedSize = 8, Shape = ScanShape.Leaf };
    }

    /// <summary>Number of ids given out; valid ids are below it.</summary>
    public int Count => types.Count;

    /// <summary>The native table, indexed by type id.</summary>
    public HeapTypeInfo* Base => (HeapTypeInfo*)table.Address;

    /// <summary>The entry of a type id.</summary>
    public ref HeapTypeInfo this[int typeId] => ref Base[typeId];

    /// <summary>The type with this id; null for the internal types.</summary>
    public MuType? TypeOf(int typeId)
    {
        lock (gate) return types[typeId];
    }

    /// <summary>The id of a type, given out at the first request. Types that are structurally equal but different objects get different ids.</summary>
    public int TypeIdOf(MuType type)
    {
        if (ids.TryGetValue(type, out StrongBox<int>? known)) return known.Value;
        lock (gate)
        {
            if (ids.TryGetValue(type, out known)) return known.Value;
            int id = Add(type, Describe(TypeLayout.Of(type)));
            ids.Add(type, new StrongBox<int>(id));
            return id;
        }
    }

    /// <summary>
    /// The id of a variant of a hybrid whose tagref64 elements are weak. Its layout is that of the plain type, so
    /// <see cref="MuHeap.ChangeTypeId"/> turns one into the other. Pairs are two neighbouring tagref64 elements (key first), or
    /// the first two tagref64 fields of a struct element.
    /// </summary>
    public int WeakTypeIdOf(HybridType type, WeakPolicy policy)
    {
        if (policy.Mode == WeakMode.None) return TypeIdOf(type);
        lock (gate)
        {
            if (weakIds.TryGetValue((type, policy), out int known)) return known;
            HeapTypeInfo info = Describe(TypeLayout.Of(type));
            info.Shape = ScanShape.Weak;
            info.Weak = DescribeWeak(TypeLayout.Of(type), policy);
            return weakIds[(type, policy)] = Add(type, info);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (nint map in maps) NativeMemory.Free((void*)map);
        table.Dispose();
    }

    private int Add(MuType type, in HeapTypeInfo info)
    {
        int id = types.Count;
        if (id >= MaxTypes) throw new InvalidOperationException("more than 2^24 heap types");
        this[id] = info;
        types.Add(type);
        return id;
    }

    private HeapTypeInfo Describe(TypeLayout layout)
    {
        ReferenceSlot[] element = layout.IsHybrid ? layout.Element!.References : [];
        return new HeapTypeInfo
        {
            FixedSize = (uint)layout.Size,
            ElementSize = layout.IsHybrid ? (uint)layout.ElementSize : 0,
            FixedCount = layout.References.Length,
            FixedMap = Map(layout.References),
            ElementCount = element.Length,
            ElementMap = Map(element),
            Shape = ShapeOf(layout, element),
        };
    }

    private static ScanShape ShapeOf(TypeLayout layout, ReferenceSlot[] element)
    {
        if (element.Length == 0) return layout.References.Length == 0 ? ScanShape.Leaf : ScanShape.Fixed;
        if (layout.ElementSize == 8 && element[0].Kind == SlotKind.Ref) return ScanShape.RefElements;
        if (layout.ElementSize == 8 && element[0].Kind == SlotKind.TagRef64) return ScanShape.TagRefElements;
        return ScanShape.MappedElements;
    }

    private WeakLayout* DescribeWeak(TypeLayout layout, WeakPolicy policy)
    {
        TypeLayout element = layout.Element!;
        bool single = element.Kind == SlotKind.TagRef64;
        ReferenceSlot[] words = element.References;
        bool pairs = words.Length == 2 && words[0].Kind == SlotKind.TagRef64 && words[1].Kind == SlotKind.TagRef64;
        if (!single && (policy.Mode == WeakMode.Elements || !pairs))
            throw new ArgumentException($"type {layout.Type}: weak elements are tagref64, or structs whose only references are a key and a value of tagref64");
        var weak = (WeakLayout*)Allocate((nuint)sizeof(WeakLayout));
        *weak = (single, policy.Mode) switch
        {
            (true, WeakMode.Elements) => new WeakLayout { Stride = 8, Policy = policy },
            (true, _) => new WeakLayout { Stride = 16, KeyOffset = 0, ValueOffset = 8, Policy = policy },
            _ => new WeakLayout { Stride = (uint)element.Size, KeyOffset = (uint)words[0].Offset, ValueOffset = (uint)words[1].Offset, Policy = policy },
        };
        return weak;
    }

    private ulong* Map(ReferenceSlot[] slots)
    {
        if (slots.Length == 0) return null;
        var map = (ulong*)Allocate((nuint)slots.Length * sizeof(ulong));
        for (int i = 0; i < slots.Length; i++) map[i] = ((ulong)slots[i].Offset << 8) | (ulong)slots[i].Kind;
        return map;
    }

    private void* Allocate(nuint size)
    {
        void* memory = NativeMemory.Alloc(size);
        maps.Add((nint)memory);
        return memory;
    }
}
