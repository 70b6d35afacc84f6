using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.ClientLib.Building;

// Instructions on memory. A location is an iref or a uptr: which one decides about the PTR flag.
public sealed partial class FunctionBuilder
{
    /// <summary>NEW</summary>
    public Value New(MuType type) => Emit(new NewInstruction(type), canRaise: true).Result;

    /// <summary>NEWHYBRID</summary>
    public Value NewHybrid(HybridType type, Value length) => Emit(new NewHybridInstruction(type, length.Type, Use(length)), canRaise: true).Result;

    /// <summary>ALLOCA</summary>
    public Value Alloca(MuType type) => Emit(new AllocaInstruction(type)).Result;

    /// <summary>GETIREF</summary>
    public Value GetIRef(Value reference) => Emit(new GetIRefInstruction(Referent(reference, nameof(GetIRef)), Use(reference))).Result;

    /// <summary>GETFIELDIREF; a ref is turned into an iref first.</summary>
    public Value Field(Value location, int index)
    {
        location = AsLocation(location);
        return Emit(new GetFieldIRefInstruction(IsPointer(location), Referent(location, nameof(Field)), index, Use(location))).Result;
    }

    /// <summary>GETELEMIREF; a ref is turned into an iref first.</summary>
    public Value Element(Value location, Value index)
    {
        location = AsLocation(location);
        if (Referent(location, nameof(Element)) is not SequenceType sequence) throw new ArgumentException($"Element: {location} is no array location");
        return Emit(new GetElemIRefInstruction(IsPointer(location), sequence, index.Type, Use(location), Use(index))).Result;
    }

    /// <summary>SHIFTIREF</summary>
    public Value Shift(Value location, Value offset) =>
        Emit(new ShiftIRefInstruction(IsPointer(location), Referent(location, nameof(Shift)), offset.Type, Use(location), Use(offset))).Result;

    /// <summary>GETVARPARTIREF; a ref is turned into an iref first.</summary>
    public Value VarPart(Value location)
    {
        location = AsLocation(location);
        if (Referent(location, nameof(VarPart)) is not HybridType hybrid) throw new ArgumentException($"VarPart: {location} is no hybrid location");
        return Emit(new GetVarPartIRefInstruction(IsPointer(location), hybrid, Use(location))).Result;
    }

    /// <summary>The location of element <paramref name="index"/> of a hybrid's variable part.</summary>
    public Value VarElement(Value hybrid, Value index) => Shift(VarPart(hybrid), index);

    /// <summary>LOAD</summary>
    public Value Load(Value location, MemoryOrder order = MemoryOrder.NotAtomic) =>
        Emit(new LoadInstruction(IsPointer(location), order, Referent(location, nameof(Load)), Use(location))).Result;

    /// <summary>STORE</summary>
    public void Store(Value location, Value value, MemoryOrder order = MemoryOrder.NotAtomic)
    {
        var type = Referent(location, nameof(Store));
        Require(value, LoadInstruction.StrongVariant(type), nameof(Store));
        Emit(new StoreInstruction(IsPointer(location), order, type, Use(location), Use(value)));
    }

    /// <summary>Loads a field.</summary>
    public Value LoadField(Value location, int index) => Load(Field(location, index));

    /// <summary>Stores a field.</summary>
    public void StoreField(Value location, int index, Value value) => Store(Field(location, index), value);

    /// <summary>CMPXCHG: the old value and whether it was replaced.</summary>
    public (Value Old, Value Replaced) CompareExchange(Value location, Value expected, Value desired, MemoryOrder success = MemoryOrder.SeqCst,
        MemoryOrder failure = MemoryOrder.SeqCst, bool weak = false)
    {
        var instruction = Emit(new CompareExchangeInstruction(IsPointer(location), weak, success, failure, Referent(location, nameof(CompareExchange)),
            Use(location), Use(expected), Use(desired)));
        return (instruction.Results[0], instruction.Results[1]);
    }

    /// <summary>ATOMICRMW: the old value.</summary>
    public Value AtomicRmw(AtomicRmwOp op, Value location, Value operand, MemoryOrder order = MemoryOrder.SeqCst) =>
        Emit(new AtomicRmwInstruction(IsPointer(location), order, op, Referent(location, nameof(AtomicRmw)), Use(location), Use(operand))).Result;

    /// <summary>FENCE</summary>
    public void Fence(MemoryOrder order) => Emit(new FenceInstruction(order));

    /// <summary>Number of elements of a heap hybrid's variable part.</summary>
    public Value HybridLength(Value reference) => Common(CommonOp.HybridLength, [Referent(reference, nameof(HybridLength))], reference)!;

    private Value AsLocation(Value value) => value.Type.Kind == TypeKind.Ref ? GetIRef(value) : value;

    private static bool IsPointer(Value location) => location.Type.Kind == TypeKind.UPtr;

    private static MuType Referent(Value location, string operation) =>
        location.Type is ReferenceType r ? r.Referent : throw new ArgumentException($"{operation}: {location} of type {location.Type.Describe()} is no location");
}
