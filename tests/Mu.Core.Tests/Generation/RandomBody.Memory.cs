using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Tests.Generation;

internal sealed partial class RandomBody
{
    private static readonly MemoryOrder[] LoadOrders = [MemoryOrder.NotAtomic, MemoryOrder.Relaxed, MemoryOrder.Consume, MemoryOrder.Acquire, MemoryOrder.SeqCst];
    private static readonly MemoryOrder[] StoreOrders = [MemoryOrder.NotAtomic, MemoryOrder.Relaxed, MemoryOrder.Release, MemoryOrder.SeqCst];
    private static readonly MemoryOrder[] UpdateOrders = [MemoryOrder.Relaxed, MemoryOrder.Acquire, MemoryOrder.Release, MemoryOrder.AcqRel, MemoryOrder.SeqCst];

    /// <summary>A node without asking the variables: the one that is always there, or a new one.</summary>
    private InstructionResult NodeValue()
    {
        if (choices.Coin()) return Add(new NewInstruction(random.Node));
        return Add(new LoadInstruction(false, MemoryOrder.NotAtomic, random.NodeRef, random.Root));
    }

    private Value NotNull(Value any)
    {
        Value isNull = Add(new CompareInstruction(CompareOp.Eq, RefVoid, any, new NullConstant(RefVoid)));
        Value node = Add(new ConvertInstruction(ConvertOp.RefCast, RefVoid, random.NodeRef, any));
        return Add(new SelectInstruction(IntType.I1, random.NodeRef, isNull, Of(random.NodeRef), node));
    }

    private InstructionResult Field(int index, Value? node = null)
    {
        Value location = Add(new GetIRefInstruction(random.Node, node ?? Of(random.NodeRef)));
        return Add(new GetFieldIRefInstruction(false, random.Node, index, location));
    }

    private void NewNode()
    {
        Value node = Add(new NewInstruction(random.Node));
        if (choices.Coin()) block.Add(new StoreInstruction(false, MemoryOrder.NotAtomic, random.NodeRef, Field(1, node), Of(random.NodeRef)));
        if (choices.Coin()) block.Add(new StoreInstruction(false, MemoryOrder.SeqCst, random.NodeRef, random.Root, node));
        Define(node);
    }

    private int FieldIndex() => choices.Of([0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14]);

    private void LoadField()
    {
        int index = FieldIndex();
        MuType type = random.Node.Fields[index];
        Value value = Add(new LoadInstruction(false, type.IsScalar && !IsOdd(type) ? choices.Of(LoadOrders) : MemoryOrder.NotAtomic, type, Field(index)));
        if (index == 1) value = NotNull(Add(new ConvertInstruction(ConvertOp.RefCast, random.NodeRef, RefVoid, value)));
        Define(value);
    }

    private void StoreField()
    {
        int index = FieldIndex();
        MuType type = random.Node.Fields[index];
        Value location = Field(index), value = Of(type);
        block.Add(new StoreInstruction(false, type.IsScalar && !IsOdd(type) ? choices.Of(StoreOrders) : MemoryOrder.NotAtomic, type, location, value));
    }

    private static bool IsOdd(MuType type) => type is IntType { Bits: 128 };

    private void ArrayElement()
    {
        Value element = Field(5);
        Value index = Bounded(IntType.I64, 5);
        element = Add(new GetElemIRefInstruction(false, random.Numbers, IntType.I64, element, index));
        Access(IntType.I32, element);
    }

    private void HybridElement()
    {
        Value buffer = Add(new NewHybridInstruction(random.Buffer, IntType.I64, Int(IntType.I64, RandomBundle.BufferLength)));
        Value start = Add(new GetVarPartIRefInstruction(false, random.Buffer, Add(new GetIRefInstruction(random.Buffer, buffer))));
        MuType offset = choices.Of<MuType>([IntType.I64, IntType.I32]);
        Value first = Add(new ShiftIRefInstruction(false, random.Buffer.Element, offset, start, Bounded(offset, RandomBundle.BufferLength)));
        block.Add(new StoreInstruction(false, MemoryOrder.NotAtomic, random.Buffer.Element, first, Of(random.Buffer.Element)));
        Access(random.Buffer.Element, Add(new ShiftIRefInstruction(false, random.Buffer.Element, offset, start, Bounded(offset, RandomBundle.BufferLength))));
        Define(Add(new CommonInstruction(CommonOp.HybridLength, [], [random.Buffer], [], buffer)));
    }

    private InstructionResult Bounded(MuType type, int count) =>
        Add(new BinaryInstruction(BinaryOp.URem, type, Of(type), Int(type, count)));

    private void Access(MuType type, Value location)
    {
        if (choices.Coin()) block.Add(new StoreInstruction(false, MemoryOrder.NotAtomic, type, location, Of(type)));
        Define(Add(new LoadInstruction(false, MemoryOrder.NotAtomic, type, location)));
    }

    /// <summary>ALLOCA, outside of loops.</summary>
    private void StackMemory()
    {
        if (depth > 0) return;
        Value location = Add(new AllocaInstruction(random.Pair));
        int index = choices.Below(3);
        MuType type = random.Pair.Fields[index];
        Value field = Add(new GetFieldIRefInstruction(false, random.Pair, index, location));
        block.Add(new StoreInstruction(false, MemoryOrder.NotAtomic, type, field, Of(type)));
        Define(field);
    }

    /// <summary>A reference into an object, kept as a variable over whatever allocates; or a use of one.</summary>
    private void InternalReference()
    {
        List<Value> known = [.. variables.Where(v => v.Type is ReferenceType { Kind: TypeKind.IRef })];
        if (known.Count > 0 && choices.Coin())
        {
            Value location = choices.Of(known);
            Access(((ReferenceType)location.Type).Referent, location);
        }
        else Define(Field(choices.Of([0, 3, 4])));
    }

    private void Atomic()
    {
        int index = choices.Of([0, 4, 7, 9, 10]);
        MuType type = random.Node.Fields[index];
        Value location = Field(index);
        switch (choices.Below(4))
        {
            case 0:
                Define(Add(new AtomicRmwInstruction(false, choices.Of(UpdateOrders), (AtomicRmwOp)choices.Below(11), type, location, Of(type))));
                break;
            case 1:
                Value old = Add(new LoadInstruction(false, MemoryOrder.SeqCst, type, location));
                Value expected = choices.Coin() ? old : Of(type);
                var exchange = block.Add(new CompareExchangeInstruction(false, false, MemoryOrder.SeqCst, MemoryOrder.Relaxed, type, location, expected, Of(type)));
                Define(exchange.Results[0]);
                Define(exchange.Results[1]);
                break;
            case 2:
                Value place = Field(1), swapped = Add(new AtomicRmwInstruction(false, MemoryOrder.AcqRel, AtomicRmwOp.Xchg, random.NodeRef, place, Of(random.NodeRef)));
                Define(NotNull(Add(new ConvertInstruction(ConvertOp.RefCast, random.NodeRef, RefVoid, swapped))));
                break;
            default:
                block.Add(new FenceInstruction(choices.Of([MemoryOrder.Acquire, MemoryOrder.Release, MemoryOrder.AcqRel, MemoryOrder.SeqCst])));
                break;
        }
    }

    private void StructValue()
    {
        Value pair = Of(random.Pair);
        int index = choices.Below(3);
        if (choices.Coin()) Define(Add(new ExtractValueInstruction(random.Pair, index, pair)));
        else Define(Add(new InsertValueInstruction(random.Pair, index, pair, Of(random.Pair.Fields[index]))));
    }
}
