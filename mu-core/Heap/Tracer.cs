using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Mu.Core.Types;

namespace Mu.Core.Heap;

/// <summary>
/// Marks what is reachable and moves what is to move, with an explicit worklist. A reference found while scanning waits in a short queue while its
/// target's header is prefetched (Cher, Hosking and Vitek, "Software prefetching for mark-sweep garbage collection", ASPLOS 2004).
/// The loops are compiled optimised from the start: a first collection in .NET's tier-0 code takes five times as long.
/// </summary>
internal sealed unsafe class Tracer(HeapTypeTable types, ImmixSpace immix, LargeObjectSpace large) : IRootVisitor, IDisposable
{
    private const int QueueLength = 16;
    private const ulong TagRefBit = 1;
    private readonly HeapTypeInfo* typeTable = types.Base;
    private readonly ulong immixStart = immix.Start, immixSize = immix.Size, largeStart = large.Start, largeSize = large.Size;
    private readonly NativeList<ulong> pending = new();
    private readonly ulong* queue = (ulong*)NativeMemory.AllocZeroed(QueueLength * sizeof(ulong));
    private int queueIndex;
    private bool moving;
    private LineTable newLines;
    private ulong copyCursor, copyLimit;
    private Func<bool>? mayCopyMore;

    /// <summary>The mark of this collection.</summary>
    public ulong Epoch { get; private set; } = ObjectHeader.FirstEpoch;

    /// <summary>Bytes moved in this collection.</summary>
    public ulong MovedBytes { get; private set; }

    /// <summary>Weakref slots met, to be decided at the end.</summary>
    public NativeList<ulong> WeakSlots { get; } = new();

    /// <summary>Reachable objects of weak variants.</summary>
    public NativeList<ulong> WeakObjects { get; } = new();

    /// <summary>Who knows what stacks contain.</summary>
    public IStackScanner? StackScanner { get; set; }

    /// <summary>Starts a collection. <paramref name="copyBudget"/> says whether one more block may be taken for copies; null: nothing moves.</summary>
    public void Begin(Func<bool>? copyBudget)
    {
        Epoch = ObjectHeader.MarkMask ^ Epoch;
        (moving, mayCopyMore, newLines) = (copyBudget != null, copyBudget, immix.NewLines);
        (copyCursor, copyLimit, MovedBytes) = (0, 0, 0);
        WeakSlots.Clear();
        WeakObjects.Clear();
    }

    /// <summary>Whether an address is in the heap's two spaces.</summary>
    public bool Contains(ulong address) => address - immixStart < immixSize || address - largeStart < largeSize;

    /// <summary>Whether an object has been reached; what is not in the heap always has.</summary>
    public bool IsLive(ulong reference)
    {
        if (!Contains(reference)) return true;
        ulong header = ObjectHeader.Of(reference);
        return (header & ObjectHeader.Forwarded) != 0 || (header & ObjectHeader.MarkMask) == Epoch;
    }

    /// <summary>Where a live object is now.</summary>
    public ulong Resolve(ulong reference)
    {
        if (!Contains(reference)) return reference;
        ulong header = ObjectHeader.Of(reference);
        return (header & ObjectHeader.Forwarded) != 0 ? ObjectHeader.ForwardAddress(header) : reference;
    }

    /// <inheritdoc/>
    public void Visit(ulong* slot, SlotKind kind)
    {
        ulong word = *slot;
        switch (kind)
        {
            case SlotKind.Ref:
                if (word != 0) *slot = Trace(word);
                break;
            case SlotKind.TagRef64:
                if (TagRef64.IsRef(word) && TagRef64.ToAddress(word) is > 0 and var target) *slot = TagRef64.WithAddress(word, Trace(target));
                break;
            case SlotKind.IRef:
                ulong owner = FindObject(word);
                if (owner != 0) *slot = word + (Trace(owner) - owner);
                break;
            case SlotKind.WeakRef:
                if (word != 0) WeakSlots.Add((ulong)slot);
                break;
        }
    }

    /// <summary>Marks an object (and queues it for scanning) or moves it; gives its address from now on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Trace(ulong reference)
    {
        ulong header = ObjectHeader.Of(reference);
        if ((header & ObjectHeader.Forwarded) != 0) return ObjectHeader.ForwardAddress(header);
        return (header & ObjectHeader.MarkMask) == Epoch ? reference : TraceFirst(reference, header);
    }

    /// <summary>Scans until nothing is left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Drain()
    {
        while (true)
        {
            while (pending.TryPop(out ulong reference)) Scan(reference);
            if (!FlushQueue()) return;
        }
    }

    /// <summary>The object that a location of the heap belongs to, or 0.</summary>
    public ulong FindObject(ulong location)
    {
        ulong inside = location - ObjectHeader.Size;
        if (inside - immixStart < immixSize) return immix.FindObject(location);
        return inside - largeStart < largeSize ? large.FindObject(location) : 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        pending.Dispose();
        WeakSlots.Dispose();
        WeakObjects.Dispose();
        NativeMemory.Free(queue);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private ulong TraceFirst(ulong reference, ulong header)
    {
        HeapTypeInfo* type = typeTable + ObjectHeader.TypeId(header);
        header = (header & ~ObjectHeader.MarkMask) | Epoch;
        if (reference - immixStart < immixSize)
        {
            ulong size = type->ObjectSize(ObjectHeader.Length(header));
            if (moving && (header & ObjectHeader.Pinned) == 0 && immix.InfoOf(reference).Candidate) reference = Move(reference, size);
            newLines.Mark(reference - ObjectHeader.Size, size);
        }
        else if (reference - largeStart >= largeSize)
        {
            throw new InvalidOperationException($"reference {reference:x} does not point into the heap");
        }
        ObjectHeader.Of(reference) = header;
        if (type->Shape != ScanShape.Leaf) pending.Add(reference);
        return reference;
    }

    /// <summary>Copies an object if there is room: moving is opportunistic, an object that finds none is marked where it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private ulong Move(ulong reference, ulong size)
    {
        if (copyCursor + size > copyLimit && !(mayCopyMore!() && immix.TryTakeWholeBlock(out copyCursor, out copyLimit))) return reference;
        ulong copy = copyCursor + ObjectHeader.Size;
        copyCursor += size;
        Unsafe.CopyBlock((void*)copy, (void*)reference, (uint)(size - ObjectHeader.Size));
        ObjectHeader.Of(reference) = ObjectHeader.Forward(copy, size);
        MovedBytes += size;
        return copy;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Scan(ulong reference)
    {
        ulong header = ObjectHeader.Of(reference);
        HeapTypeInfo* type = typeTable + ObjectHeader.TypeId(header);
        ScanMap(reference, type->FixedMap, type->FixedCount);
        ulong elements = reference + type->FixedSize;
        uint length = ObjectHeader.Length(header);
        switch (type->Shape)
        {
            case ScanShape.RefElements:
                for (ulong* slot = (ulong*)elements, end = slot + length; slot < end; slot++) EnqueueRef(slot);
                break;
            case ScanShape.TagRefElements:
                for (ulong* slot = (ulong*)elements, end = slot + length; slot < end; slot++) EnqueueTagRef(slot);
                break;
            case ScanShape.MappedElements:
                for (uint i = 0; i < length; i++, elements += type->ElementSize) ScanMap(elements, type->ElementMap, type->ElementCount);
                break;
            case ScanShape.Weak:
                WeakObjects.Add(reference);
                break;
            case ScanShape.Stack:
                ScanStack(*(ulong*)reference);
                break;
        }
    }

    private void ScanStack(ulong control)
    {
        if (control == 0) return;
        if (StackScanner == null) throw new InvalidOperationException("the heap holds stacks but has no stack scanner");
        StackScanner.ScanStack(control, this);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ScanMap(ulong image, ulong* map, int count)
    {
        for (int i = 0; i < count; i++)
        {
            var slot = (ulong*)(image + (map[i] >> 8));
            switch ((SlotKind)(byte)map[i])
            {
                case SlotKind.Ref: EnqueueRef(slot); break;
                case SlotKind.TagRef64: EnqueueTagRef(slot); break;
                default: Visit(slot, (SlotKind)(byte)map[i]); break;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void EnqueueRef(ulong* slot)
    {
        if (*slot != 0) Enqueue(*slot, (ulong)slot);
    }

    /// <summary>Queues the target of a tagref64 slot if it has one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void EnqueueTagRef(ulong* slot)
    {
        if (TagRef64.IsRef(*slot) && TagRef64.ToAddress(*slot) is > 0 and var target) Enqueue(target, (ulong)slot | TagRefBit);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Enqueue(ulong target, ulong entry)
    {
        if (Sse.IsSupported) Sse.Prefetch0((void*)(target - ObjectHeader.Size));
        ref ulong place = ref queue[queueIndex++ & (QueueLength - 1)];
        ulong due = place;
        place = entry;
        if (due != 0) Process(due);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool FlushQueue()
    {
        bool any = false;
        for (int i = 0; i < QueueLength; i++)
        {
            ulong entry = queue[queueIndex & (QueueLength - 1)];
            queue[queueIndex++ & (QueueLength - 1)] = 0;
            if (entry == 0) continue;
            Process(entry);
            any = true;
        }
        return any;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Process(ulong entry)
    {
        var slot = (ulong*)(entry & ~TagRefBit);
        ulong word = *slot;
        if ((entry & TagRefBit) == 0)
        {
            ulong target = Trace(word);
            if (target != word) *slot = target;
        }
        else
        {
            ulong old = TagRef64.ToAddress(word), target = Trace(old);
            if (target != old) *slot = TagRef64.WithAddress(word, target);
        }
    }
}
