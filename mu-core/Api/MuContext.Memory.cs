using Mu.Core.Heap;
using Mu.Core.IR;
using Mu.Core.Threads;
using Mu.Core.Types;

namespace Mu.Core.Api;

/// <summary>Objects and memory locations.</summary>
public sealed unsafe partial class MuContext
{
    private readonly Dictionary<ulong, int> pins = [];

    /// <summary>A new object (<c>new_fixed</c>).</summary>
    /// <exception cref="MuOutOfMemoryException">The heap is exhausted.</exception>
    public MuValue NewFixed(MuType type)
    {
        using HeapAccess inside = Thread.Inside();
        if (type is HybridType) throw new ArgumentException($"{type} is a hybrid type: NewHybrid makes those");
        return Allocated(type, vm.Machine.Heap.AllocateFixed(Thread.Buffer, vm.Machine.Heap.Types.TypeIdOf(type)));
    }

    /// <summary>A new hybrid (<c>new_hybrid</c>).</summary>
    /// <exception cref="MuOutOfMemoryException">The heap is exhausted.</exception>
    public MuValue NewHybrid(HybridType type, ulong length)
    {
        using HeapAccess inside = Thread.Inside();
        return Allocated(type, vm.Machine.Heap.AllocateHybrid(Thread.Buffer, vm.Machine.Heap.Types.TypeIdOf(type), length));
    }

    /// <summary>Number of elements of a hybrid object. An extension.</summary>
    public ulong HybridLength(MuValue reference)
    {
        using HeapAccess inside = Thread.Inside();
        return TypeOf(reference) is ReferenceType { Kind: TypeKind.Ref, Referent: HybridType }
        ? ObjectHeader.Length(ObjectHeader.Of(NotNull(reference)))
        : throw new ArgumentException($"{TypeOf(reference)} is no reference to a hybrid");
    }

    /// <summary>The iref to an object's beginning (<c>get_iref</c>).</summary>
    public MuValue GetIRef(MuValue reference)
    {
        using HeapAccess inside = Thread.Inside();
        return TypeOf(reference) is ReferenceType { Kind: TypeKind.Ref } type
        ? Handle(new ReferenceType(TypeKind.IRef, type.Referent), NotNull(reference))
        : throw new ArgumentException($"{TypeOf(reference)} is no ref type");
    }

    /// <summary>The location of a field of a struct, or of a hybrid's fixed part (<c>get_field_iref</c>).</summary>
    public MuValue GetFieldIRef(MuValue location, int field)
    {
        using HeapAccess inside = Thread.Inside();
        ReferenceType type = RequireLocation(location);
        IReadOnlyList<MuType> fields = type.Referent switch
        {
            StructType s => s.Fields,
            HybridType h => h.FixedFields,
            MuType other => throw new ArgumentException($"{other} has no fields"),
        };
        if ((uint)field >= (uint)fields.Count) throw new ArgumentOutOfRangeException(nameof(field), $"{type.Referent} has {fields.Count} fields");
        return Location(type, fields[field], NotNull(location), TypeLayout.Of(type.Referent).FieldOffsets[field]);
    }

    /// <summary>The location of an element of an array or vector (<c>get_elem_iref</c>).</summary>
    public MuValue GetElemIRef(MuValue location, long index)
    {
        using HeapAccess inside = Thread.Inside();
        ReferenceType type = RequireLocation(location);
        SequenceType sequence = type.Referent as SequenceType ?? throw new ArgumentException($"{type.Referent} is no array or vector type");
        if (index < 0 || (ulong)index >= sequence.Length) throw new ArgumentOutOfRangeException(nameof(index), $"{sequence} has {sequence.Length} elements");
        return Location(type, sequence.Element, NotNull(location), index * TypeLayout.Of(sequence).ElementSize);
    }

    /// <summary>A location some elements further in the same array or variable part (<c>shift_iref</c>). The bounds are the client's care.</summary>
    public MuValue ShiftIRef(MuValue location, long distance)
    {
        using HeapAccess inside = Thread.Inside();
        ReferenceType type = RequireLocation(location);
        return Location(type, type.Referent, NotNull(location), checked(distance * TypeLayout.Of(type.Referent).Size));
    }

    /// <summary>The location of a hybrid's first element (<c>get_var_part_iref</c>).</summary>
    public MuValue GetVarPartIRef(MuValue location)
    {
        using HeapAccess inside = Thread.Inside();
        ReferenceType type = RequireLocation(location);
        HybridType hybrid = type.Referent as HybridType ?? throw new ArgumentException($"{type.Referent} is no hybrid type");
        return Location(type, hybrid.Element, NotNull(location), TypeLayout.Of(hybrid).VariablePartOffset);
    }

    /// <summary>Reads a location (<c>load</c>). A weakref is read as a ref.</summary>
    public MuValue Load(MuValue location, MemoryOrder order = MemoryOrder.NotAtomic)
    {
        using HeapAccess inside = Thread.Inside();
        if (order is MemoryOrder.Release or MemoryOrder.AcqRel) throw new ArgumentException($"a load cannot have order {order}");
        MuType type = RequireLocation(location).Referent;
        RequireScalarIfAtomic(type, order);
        return Handle(Strong(type), TypedMemory.Read(type, NotNull(location)));
    }

    /// <summary>Writes a location (<c>store</c>).</summary>
    public void Store(MuValue location, MuValue value, MemoryOrder order = MemoryOrder.NotAtomic)
    {
        using HeapAccess inside = Thread.Inside();
        if (order is MemoryOrder.Consume or MemoryOrder.Acquire or MemoryOrder.AcqRel) throw new ArgumentException($"a store cannot have order {order}");
        MuType type = RequireLocation(location).Referent;
        RequireScalarIfAtomic(type, order);
        Require(Strong(type), TypeOf(value), "the value");
        TypedMemory.Write(type, NotNull(location), handles.Words(value));
        if (order == MemoryOrder.SeqCst) Interlocked.MemoryBarrier();
    }

    /// <summary>Replaces <paramref name="expected"/> at a location by <paramref name="desired"/> and gives what was there (<c>cmpxchg</c>; it never fails spuriously).</summary>
    public MuValue CompareExchange(MuValue location, MuValue expected, MuValue desired, MemoryOrder success, MemoryOrder failure, out bool succeeded)
    {
        using HeapAccess inside = Thread.Inside();
        if (success == MemoryOrder.NotAtomic || failure is MemoryOrder.NotAtomic or MemoryOrder.Release or MemoryOrder.AcqRel)
            throw new ArgumentException($"a compare-and-exchange cannot have orders {success}, {failure}");
        MuType type = RequireLocation(location).Referent;
        if (type.Kind is not (TypeKind.Int or TypeKind.WeakRef or TypeKind.TagRef64) && !type.IsGeneralReference && !type.IsPointer)
            throw new ArgumentException($"a location of type {type} cannot be compared and exchanged");
        Require(Strong(type), TypeOf(expected), "the expected value");
        Require(Strong(type), TypeOf(desired), "the desired value");
        return Handle(Strong(type), TypedMemory.CompareExchange(type, NotNull(location), Word(expected), Word(desired), out succeeded));
    }

    /// <summary>Reads, computes and writes in one step, and gives what was there (<c>atomicrmw</c>). Xchg is for all scalars, the rest for integers.</summary>
    public MuValue AtomicRmw(AtomicRmwOp op, MuValue location, MuValue operand, MemoryOrder order)
    {
        using HeapAccess inside = Thread.Inside();
        if (order == MemoryOrder.NotAtomic) throw new ArgumentException("an atomic operation cannot have order NotAtomic");
        MuType type = RequireLocation(location).Referent;
        if (op == AtomicRmwOp.Xchg ? !type.IsWord : type.Kind != TypeKind.Int || type.IsWideInt) throw new ArgumentException($"{op} cannot be done on a location of type {type}");
        Require(Strong(type), TypeOf(operand), "the operand");
        return Handle(Strong(type), TypedMemory.ReadModifyWrite(op, type, NotNull(location), Word(operand)));
    }

    /// <summary>Orders the accesses before and after it (<c>fence</c>).</summary>
    public static void Fence(MemoryOrder order)
    {
        if (order is MemoryOrder.NotAtomic or MemoryOrder.Relaxed) throw new ArgumentException($"a fence cannot have order {order}");
        Interlocked.MemoryBarrier();
    }

    /// <summary>Keeps the object of a ref or iref where it is until <see cref="Unpin"/> or the context's end, and gives its address as a uptr (<c>pin</c>).</summary>
    public MuValue Pin(MuValue reference)
    {
        using HeapAccess inside = Thread.Inside();
        ulong pinned = PinnedObject(reference);
        vm.Machine.Heap.Pin(pinned);
        if (pinned != 0) pins[pinned] = pins.GetValueOrDefault(pinned) + 1;
        return GetAddress(reference);
    }

    /// <summary>Ends one <see cref="Pin"/> of this context (<c>unpin</c>).</summary>
    public void Unpin(MuValue reference)
    {
        using HeapAccess inside = Thread.Inside();
        ulong pinned = PinnedObject(reference);
        if (pinned == 0) return;
        if (!pins.TryGetValue(pinned, out int count)) throw new InvalidOperationException("the object is not pinned by this context");
        if (count == 1) pins.Remove(pinned);
        else pins[pinned] = count - 1;
        vm.Machine.Heap.Unpin(pinned);
    }

    /// <summary>The address of a ref's or iref's location as a uptr (<c>get_addr</c>). Unless the object is pinned, the next collection may move it.</summary>
    public MuValue GetAddress(MuValue reference)
    {
        using HeapAccess inside = Thread.Inside();
        return Handle(new ReferenceType(TypeKind.UPtr, RequireReference(reference).Referent), Word(reference));
    }

    private void ReleasePins()
    {
        foreach ((ulong pinned, int count) in pins)
            for (int i = 0; i < count; i++) vm.Machine.Heap.Unpin(pinned);
        pins.Clear();
    }

    private ulong PinnedObject(MuValue reference) =>
        RequireReference(reference).Kind == TypeKind.Ref ? Word(reference) : vm.Machine.Heap.FindObject(Word(reference));

    private ReferenceType RequireReference(MuValue value) =>
        TypeOf(value) is ReferenceType { Kind: TypeKind.Ref or TypeKind.IRef } type ? type : throw new ArgumentException($"{TypeOf(value)} is no ref or iref type");

    private ReferenceType RequireLocation(MuValue value) =>
        TypeOf(value) is ReferenceType { Kind: TypeKind.IRef or TypeKind.UPtr } type ? type : throw new ArgumentException($"{TypeOf(value)} is no iref or uptr type");

    private static void RequireScalarIfAtomic(MuType type, MemoryOrder order)
    {
        if (order != MemoryOrder.NotAtomic && !type.IsWord) throw new ArgumentException($"an atomic access to a location of type {type}");
    }

    private static MuType Strong(MuType type) => type is ReferenceType { Kind: TypeKind.WeakRef } weak ? new ReferenceType(TypeKind.Ref, weak.Referent) : type;

    private ulong NotNull(MuValue reference) => Word(reference) is var word and not 0 ? word : throw new ArgumentException("the reference is NULL");

    private MuValue Location(ReferenceType from, MuType referent, ulong address, long offset) => Handle(new ReferenceType(from.Kind, referent), address + (ulong)offset);

    private MuValue Allocated(MuType type, ulong reference) => reference != 0 ? Handle(new ReferenceType(TypeKind.Ref, type), reference) : throw new MuOutOfMemoryException();
}
