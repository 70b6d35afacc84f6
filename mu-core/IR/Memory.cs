using Mu.Core.Types;

namespace Mu.Core.IR;

/// <summary>NEW: a heap object, zeroed.</summary>
public sealed class NewInstruction : Instruction
{
    /// <summary>Allocates an object of a fixed-size type.</summary>
    public NewInstruction(MuType type)
    {
        AllocatedType = type;
        Results = MakeResults(new ReferenceType(TypeKind.Ref, type));
    }

    /// <summary>Type of the object.</summary>
    public MuType AllocatedType { get; }
}

/// <summary>NEWHYBRID: a heap object of a hybrid type, zeroed.</summary>
public sealed class NewHybridInstruction : Instruction
{
    /// <summary>Allocates a hybrid with an (unsigned) number of elements.</summary>
    public NewHybridInstruction(HybridType type, MuType lengthType, Value length) : base(length)
    {
        AllocatedType = type;
        LengthType = lengthType;
        Results = MakeResults(new ReferenceType(TypeKind.Ref, type));
    }

    /// <summary>Type of the object.</summary>
    public HybridType AllocatedType { get; }

    /// <summary>Type of the length.</summary>
    public MuType LengthType { get; }

    /// <summary>Number of elements.</summary>
    public Value Length => Operands[0];
}

/// <summary>ALLOCA: memory that lives as long as the frame, zeroed.</summary>
public sealed class AllocaInstruction : Instruction
{
    /// <summary>Allocates on the stack.</summary>
    public AllocaInstruction(MuType type)
    {
        AllocatedType = type;
        Results = MakeResults(new ReferenceType(TypeKind.IRef, type));
    }

    /// <summary>Type of the memory.</summary>
    public MuType AllocatedType { get; }
}

/// <summary>ALLOCAHYBRID.</summary>
public sealed class AllocaHybridInstruction : Instruction
{
    /// <summary>Allocates a hybrid on the stack.</summary>
    public AllocaHybridInstruction(HybridType type, MuType lengthType, Value length) : base(length)
    {
        AllocatedType = type;
        LengthType = lengthType;
        Results = MakeResults(new ReferenceType(TypeKind.IRef, type));
    }

    /// <summary>Type of the memory.</summary>
    public HybridType AllocatedType { get; }

    /// <summary>Type of the length.</summary>
    public MuType LengthType { get; }

    /// <summary>Number of elements.</summary>
    public Value Length => Operands[0];
}

/// <summary>GETIREF: the iref to an object's beginning.</summary>
public sealed class GetIRefInstruction : Instruction
{
    /// <summary>From ref&lt;T&gt; to iref&lt;T&gt;.</summary>
    public GetIRefInstruction(MuType type, Value reference) : base(reference)
    {
        ReferentType = type;
        Results = MakeResults(new ReferenceType(TypeKind.IRef, type));
    }

    /// <summary>T.</summary>
    public MuType ReferentType { get; }
}

/// <summary>GETFIELDIREF: address of a field of a struct or of a hybrid's fixed part.</summary>
public sealed class GetFieldIRefInstruction : Instruction
{
    /// <summary>Address of field <paramref name="index"/> of a <paramref name="type"/> location.</summary>
    public GetFieldIRefInstruction(bool isPointer, MuType type, int index, Value location) : base(location)
    {
        IsPointer = isPointer;
        LocationType = type;
        Index = index;
        var fields = type switch { StructType s => s.Fields, HybridType h => h.FixedFields, _ => [] };
        Results = MakeResults(new ReferenceType(isPointer ? TypeKind.UPtr : TypeKind.IRef, index >= 0 && index < fields.Count ? fields[index] : SimpleType.Void));
    }

    /// <summary>Whether the location is a uptr (PTR) instead of an iref.</summary>
    public bool IsPointer { get; }

    /// <summary>The struct or hybrid type.</summary>
    public MuType LocationType { get; }

    /// <summary>The field.</summary>
    public int Index { get; }
}

/// <summary>GETELEMIREF: address of an element of an array.</summary>
public sealed class GetElemIRefInstruction : Instruction
{
    /// <summary>Address of the element at a signed index.</summary>
    public GetElemIRefInstruction(bool isPointer, SequenceType type, MuType indexType, Value location, Value index) : base(location, index)
    {
        IsPointer = isPointer;
        LocationType = type;
        IndexType = indexType;
        Results = MakeResults(new ReferenceType(isPointer ? TypeKind.UPtr : TypeKind.IRef, type.Element));
    }

    /// <summary>Whether the location is a uptr (PTR) instead of an iref.</summary>
    public bool IsPointer { get; }

    /// <summary>The array or vector type.</summary>
    public SequenceType LocationType { get; }

    /// <summary>Type of the index.</summary>
    public MuType IndexType { get; }
}

/// <summary>SHIFTIREF: moves an iref over elements of its memory array.</summary>
public sealed class ShiftIRefInstruction : Instruction
{
    /// <summary>Moves by a signed number of elements of type <paramref name="type"/>.</summary>
    public ShiftIRefInstruction(bool isPointer, MuType type, MuType offsetType, Value location, Value offset) : base(location, offset)
    {
        IsPointer = isPointer;
        ElementType = type;
        OffsetType = offsetType;
        Results = MakeResults(new ReferenceType(isPointer ? TypeKind.UPtr : TypeKind.IRef, type));
    }

    /// <summary>Whether the location is a uptr (PTR) instead of an iref.</summary>
    public bool IsPointer { get; }

    /// <summary>The element type.</summary>
    public MuType ElementType { get; }

    /// <summary>Type of the offset.</summary>
    public MuType OffsetType { get; }
}

/// <summary>GETVARPARTIREF: address of the first element of a hybrid's variable part.</summary>
public sealed class GetVarPartIRefInstruction : Instruction
{
    /// <summary>Address of the variable part.</summary>
    public GetVarPartIRefInstruction(bool isPointer, HybridType type, Value location) : base(location)
    {
        IsPointer = isPointer;
        LocationType = type;
        Results = MakeResults(new ReferenceType(isPointer ? TypeKind.UPtr : TypeKind.IRef, type.Element));
    }

    /// <summary>Whether the location is a uptr (PTR) instead of an iref.</summary>
    public bool IsPointer { get; }

    /// <summary>The hybrid type.</summary>
    public HybridType LocationType { get; }
}

/// <summary>LOAD.</summary>
public sealed class LoadInstruction : Instruction
{
    /// <summary>Loads a <paramref name="type"/> (a weakref location gives a ref).</summary>
    public LoadInstruction(bool isPointer, MemoryOrder order, MuType type, Value location) : base(location)
    {
        IsPointer = isPointer;
        Order = order;
        LocationType = type;
        Results = MakeResults(StrongVariant(type));
    }

    /// <summary>Whether the location is a uptr (PTR) instead of an iref.</summary>
    public bool IsPointer { get; }

    /// <summary>Memory order.</summary>
    public MemoryOrder Order { get; }

    /// <summary>Type of the location.</summary>
    public MuType LocationType { get; }

    /// <summary>The location.</summary>
    public Value Location => Operands[0];

    /// <summary>ref for weakref, else the type itself.</summary>
    public static MuType StrongVariant(MuType type) => type is ReferenceType { Kind: TypeKind.WeakRef } w ? new ReferenceType(TypeKind.Ref, w.Referent) : type;
}

/// <summary>STORE.</summary>
public sealed class StoreInstruction : Instruction
{
    /// <summary>Stores a value into a <paramref name="type"/> location.</summary>
    public StoreInstruction(bool isPointer, MemoryOrder order, MuType type, Value location, Value value) : base(location, value)
    {
        IsPointer = isPointer;
        Order = order;
        LocationType = type;
    }

    /// <summary>Whether the location is a uptr (PTR) instead of an iref.</summary>
    public bool IsPointer { get; }

    /// <summary>Memory order.</summary>
    public MemoryOrder Order { get; }

    /// <summary>Type of the location.</summary>
    public MuType LocationType { get; }

    /// <summary>The location.</summary>
    public Value Location => Operands[0];

    /// <summary>The value.</summary>
    public Value StoredValue => Operands[1];
}

/// <summary>CMPXCHG: results are the old value and whether it was replaced.</summary>
public sealed class CompareExchangeInstruction : Instruction
{
    /// <summary>Replaces <paramref name="expected"/> by <paramref name="desired"/>.</summary>
    public CompareExchangeInstruction(bool isPointer, bool isWeak, MemoryOrder success, MemoryOrder failure, MuType type, Value location, Value expected, Value desired)
        : base(location, expected, desired)
    {
        IsPointer = isPointer;
        IsWeak = isWeak;
        SuccessOrder = success;
        FailureOrder = failure;
        LocationType = type;
        Results = MakeResults(LoadInstruction.StrongVariant(type), IntType.I1);
    }

    /// <summary>Whether the location is a uptr (PTR) instead of an iref.</summary>
    public bool IsPointer { get; }

    /// <summary>Whether it may fail spuriously.</summary>
    public bool IsWeak { get; }

    /// <summary>Order on success.</summary>
    public MemoryOrder SuccessOrder { get; }

    /// <summary>Order on failure.</summary>
    public MemoryOrder FailureOrder { get; }

    /// <summary>Type of the location.</summary>
    public MuType LocationType { get; }
}

/// <summary>ATOMICRMW: gives the old value.</summary>
public sealed class AtomicRmwInstruction : Instruction
{
    /// <summary>Updates a location.</summary>
    public AtomicRmwInstruction(bool isPointer, MemoryOrder order, AtomicRmwOp op, MuType type, Value location, Value operand) : base(location, operand)
    {
        IsPointer = isPointer;
        Order = order;
        Op = op;
        LocationType = type;
        Results = MakeResults(LoadInstruction.StrongVariant(type));
    }

    /// <summary>Whether the location is a uptr (PTR) instead of an iref.</summary>
    public bool IsPointer { get; }

    /// <summary>Memory order.</summary>
    public MemoryOrder Order { get; }

    /// <summary>The operation.</summary>
    public AtomicRmwOp Op { get; }

    /// <summary>Type of the location.</summary>
    public MuType LocationType { get; }
}

/// <summary>FENCE.</summary>
public sealed class FenceInstruction(MemoryOrder order) : Instruction
{
    /// <summary>Memory order.</summary>
    public MemoryOrder Order { get; } = order;
}
