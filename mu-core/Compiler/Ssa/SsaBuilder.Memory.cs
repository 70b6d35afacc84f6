using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Compiler.Ssa;

/// <summary>Addresses, loads, stores, atomics, allocation.</summary>
internal sealed partial class SsaBuilder
{
    /// <summary>Size of an object's header, which stands before the address of a ref.</summary>
    private const int HeaderSize = 8;

    private void TranslateMemory(Instruction instruction)
    {
        switch (instruction)
        {
            case GetIRefInstruction i: Set(i.Result, Get(i.Operands[0])); break;
            case GetFieldIRefInstruction i: Set(i.Result, EmitLea(Get(i.Operands[0]), environment.FieldOffset(i.LocationType, i.Index), i.Result.Type)); break;
            case GetVarPartIRefInstruction i: Set(i.Result, EmitLea(Get(i.Operands[0]), environment.VariablePartOffset(i.LocationType), i.Result.Type)); break;
            case GetElemIRefInstruction i: Set(i.Result, EmitIndexed(i.Operands[0], i.Operands[1], i.IndexType, i.LocationType.Element, i.Result.Type)); break;
            case ShiftIRefInstruction i: Set(i.Result, EmitIndexed(i.Operands[0], i.Operands[1], i.OffsetType, i.ElementType, i.Result.Type)); break;
            case LoadInstruction i: TranslateLoad(i); break;
            case StoreInstruction i: TranslateStore(i); break;
            case CompareExchangeInstruction i: TranslateCompareExchange(i); break;
            case AtomicRmwInstruction i: TranslateAtomicRmw(i); break;
            case FenceInstruction i:
                if (i.Order == MemoryOrder.SeqCst) Emit(SsaOp.Fence, ValueKind.None);
                break;
            case NewInstruction i: TranslateNew(i, NodeWithType(SsaOp.New, ValueKind.Ref, i.AllocatedType)); break;
            case NewHybridInstruction i:
                TranslateNew(i, NodeWithType(SsaOp.NewHybrid, ValueKind.Ref, i.AllocatedType, Length(i.Length, i.LengthType)));
                break;
            case AllocaInstruction i: TranslateAlloca(i); break;
            case AllocaHybridInstruction i:
                // In the heap: an iref keeps its object alive, and no more can be seen of the difference (see FrameMemory).
                TranslateNew(i, NodeWithType(SsaOp.NewHybrid, ValueKind.Ref, i.AllocatedType, Length(i.Length, i.LengthType)));
                break;
            default: throw new NotSupportedException($"{instruction} is not supported by the code generator");
        }
    }

    /// <summary>With an EXC clause the result is NULL when memory is out, and tested.</summary>
    private void TranslateNew(Instruction i, SsaNode node)
    {
        node.KeepAlives = GetAll(i.KeepAlives);
        node.Code = i.HasExceptionClause ? (byte)1 : (byte)0;
        Emit(node);
        CheckNull(i, node);
        Set(i.Results[0], node);
        GoOn(i);
    }

    /// <summary>A length that needs more than 64 bits is as large as can be, which no allocation grants.</summary>
    private SsaNode Length(Value length, MuType type)
    {
        if (!type.IsWideInt) return ZeroWord(Get(length), IntShape.Of(type));
        List<SsaNode> words = PartsOf(length);
        return EmitSelect(EmitCmp(Cond.Eq, 64, words[1], Const64(0)), words[0], Const64(-1));
    }

    private void TranslateAlloca(AllocaInstruction i)
    {
        int size = (environment.SizeOf(i.AllocatedType) + 7) & ~7;
        if (size > FrameMemory.Limit)
        {
            TranslateNew(i, NodeWithType(SsaOp.New, ValueKind.Ref, i.AllocatedType));
            return;
        }

        SsaNode alloca = NodeWithType(SsaOp.Alloca, ValueKind.I64, i.AllocatedType);
        alloca.Imm = size;
        Set(i.Result, Emit(alloca));
        GoOn(i);
    }

    private SsaNode NodeWithType(SsaOp op, ValueKind kind, MuType type, params SsaNode[] args)
    {
        SsaNode node = graph.NewNode(op, kind, args);
        node.Aux = type;
        return node;
    }

    private SsaNode EmitLea(SsaNode location, long offset, MuType resultType)
    {
        if (offset == 0) return location;
        SsaNode lea = graph.NewNode(SsaOp.Lea, Scalars.KindOf(resultType), location);
        lea.Imm = offset;
        return Emit(lea);
    }

    private SsaNode EmitIndexed(Value location, Value index, MuType indexType, MuType element, MuType resultType)
    {
        SsaNode at = Get(location), word = indexType.IsWideInt ? PartsOf(index)[0] : SignWord(Get(index), IntShape.Of(indexType));
        int size = environment.SizeOf(element);
        SsaNode lea = graph.NewNode(SsaOp.Lea, Scalars.KindOf(resultType), at, word);
        if (size is 1 or 2 or 4 or 8)
        {
            lea.Scale = (byte)size;
        }
        else
        {
            // Sizes such as 24 = 3 × 8: the factor that the address mode has is left to it.
            int scale = size % 8 == 0 ? 8 : size % 4 == 0 ? 4 : size % 2 == 0 ? 2 : 1;
            lea.Args[1] = EmitInt(SsaOp.Mul, 64, word, Const64(size / scale));
            lea.Scale = (byte)scale;
        }

        return Emit(lea);
    }

    // Loads and stores: scalars one by one.

    private readonly record struct Location(SsaNode Address, ObjectPart Part);

    private Location LocationOf(Value iref) => new(Get(iref), PartOf(iref));

    /// <summary>Read off the instructions of the block that make an iref; one that comes from elsewhere may be in any part.</summary>
    private static ObjectPart PartOf(Value iref) => (iref as InstructionResult)?.Instruction switch
    {
        GetIRefInstruction => ObjectPart.Fixed,
        GetVarPartIRefInstruction => ObjectPart.Variable,
        GetFieldIRefInstruction or GetElemIRefInstruction or ShiftIRefInstruction => PartOf(((InstructionResult)iref).Instruction.Operands[0]),
        _ => ObjectPart.Unknown,
    };

    private void CheckNull(Instruction i, SsaNode address)
    {
        if (i.HasExceptionClause) FailWithNull(EmitCmp(Cond.Eq, 64, address, graph.Constant(address.Kind, 0)), i);
    }

    private void TranslateLoad(LoadInstruction i)
    {
        SsaNode address = Get(i.Location);
        CheckNull(i, address);
        if (!TranslatePacked(i, address))
        {
            var parts = new List<SsaNode>();
            LoadParts(i.LocationType, LocationOf(i.Location), 0, parts, CodeOf(i.Order));
            Set(i.Result, parts);
        }

        GoOn(i);
    }

    private static byte CodeOf(MemoryOrder order) => order switch
    {
        MemoryOrder.NotAtomic => 0,
        MemoryOrder.Relaxed => KnownMemory.RelaxedLoad,
        _ => KnownMemory.OrderingLoad,
    };

    private void LoadParts(MuType type, Location location, long offset, List<SsaNode> parts, byte code)
    {
        if (type.IsWord) parts.Add(LoadScalar(type, location, offset, code));
        else ForEachPart(type, offset, (part, at) => LoadParts(part, location, at, parts, code));
    }

    private SsaNode LoadScalar(MuType type, Location location, long offset, byte code)
    {
        SsaNode load = graph.NewNode(SsaOp.Load, Scalars.KindOf(type), location.Address);
        load.Imm = offset;
        load.Width = SizeOfScalar(type);
        load.Part = location.Part;
        // A collection clears a weakref at any time.
        load.Code = code == 0 && type.Kind == TypeKind.WeakRef ? KnownMemory.RelaxedLoad : code;
        bool shifted = type is IntType t && new IntShape(t.Bits).IsShiftedInMemory;
        Emit(load);
        return shifted ? EmitInt64(SsaOp.Shl, load, 64 - ((IntType)type).Bits) : load;
    }

    private static byte SizeOfScalar(MuType type) => type switch
    {
        IntType i => (byte)new IntShape(i.Bits).MemorySize,
        { Kind: TypeKind.Float } => 4,
        _ => 8,
    };

    private void ForEachPart(MuType type, long offset, Action<MuType, long> visit)
    {
        switch (type)
        {
            case StructType s:
                for (int f = 0; f < s.Fields.Count; f++) visit(s.Fields[f], offset + environment.FieldOffset(s, f));
                break;
            case IntType:
                visit(IntType.I64, offset);
                visit(IntType.I64, offset + 8);
                break;
            case SequenceType a:
                for (long e = 0; e < (long)a.Length; e++) visit(a.Element, offset + e * environment.SizeOf(a.Element));
                break;
            default:
                throw new NotSupportedException($"LOAD and STORE of {type} are not supported by the code generator");
        }
    }

    private void TranslateStore(StoreInstruction i)
    {
        SsaNode address = Get(i.Location);
        CheckNull(i, address);
        if (!TranslatePacked(i, address))
        {
            int next = 0;
            StoreParts(i.LocationType, LocationOf(i.Location), 0, PartsOf(i.StoredValue), ref next, i.Order == MemoryOrder.SeqCst);
        }

        GoOn(i);
    }

    private void StoreParts(MuType type, Location location, long offset, List<SsaNode> parts, ref int next, bool ordered)
    {
        if (type.IsWord)
        {
            StoreScalar(type, location, offset, parts[next++], ordered);
            return;
        }

        int at = next;
        ForEachPart(type, offset, (part, partOffset) => StoreParts(part, location, partOffset, parts, ref at, ordered));
        next = at;
    }

    private void StoreScalar(MuType type, Location location, long offset, SsaNode value, bool ordered)
    {
        SsaNode store = graph.NewNode(SsaOp.Store, ValueKind.None, location.Address, InMemory(type, value));
        store.Imm = offset;
        store.Width = SizeOfScalar(type);
        store.Part = location.Part;
        store.Scale = (byte)Scalars.KindOf(type);
        store.Code = ordered ? (byte)1 : (byte)0;
        Emit(store);
    }

    /// <summary>A value as it stands in memory.</summary>
    private SsaNode InMemory(MuType type, SsaNode value) =>
        type is IntType t && new IntShape(t.Bits).IsShiftedInMemory ? EmitInt64(SsaOp.Shr, value, 64 - t.Bits) : value;

    /// <summary>A value as an atomic operation on words has it.</summary>
    private SsaNode InExchange(MuType type, SsaNode value) => value.IsFloat ? AsBits(value) : InMemory(type, value);

    /// <summary>A value in memory form back as a word.</summary>
    private SsaNode FromMemory(MuType type, SsaNode value) =>
        type is IntType t && new IntShape(t.Bits) is { IsShiftedInMemory: true } shape
            ? EmitInt64(SsaOp.Shl, EmitExtend(SsaOp.Zext, value, shape.MemorySize * 8), shape.Shift)
            : type.IsFloatingPoint ? Emit(SsaOp.BitsToF, Scalars.KindOf(type), value) : value;

    private void TranslateCompareExchange(CompareExchangeInstruction i)
    {
        SsaNode address = Get(i.Operands[0]);
        CheckNull(i, address);
        SsaNode node = EmitCompareExchange(i.LocationType, address, InExchange(i.LocationType, Get(i.Operands[1])), InExchange(i.LocationType, Get(i.Operands[2])));
        Set(i.Results[0], FromMemory(i.LocationType, Project(node, 0, WordKind(i.LocationType))));
        Set(i.Results[1], Project(node, 1, ValueKind.Bool));
        GoOn(i);
    }

    private SsaNode EmitCompareExchange(MuType type, SsaNode address, SsaNode expected, SsaNode desired)
    {
        SsaNode node = graph.NewNode(SsaOp.CompareExchange, ValueKind.None, address, expected, desired);
        node.Width = SizeOfScalar(type);
        return Emit(node);
    }

    private void TranslateAtomicRmw(AtomicRmwInstruction i)
    {
        SsaNode address = Get(i.Operands[0]);
        CheckNull(i, address);
        SsaNode operand = Get(i.Operands[1]);
        if (i.Op != AtomicRmwOp.Xchg && i.LocationType is IntType { Bits: not (8 or 16 or 32 or 64) } odd)
        {
            Set(i.Results[0], EmitUpdateLoop(i.Op, odd, address, operand));
            GoOn(i);
            return;
        }

        SsaNode node = graph.NewNode(SsaOp.AtomicRmw, WordKind(i.LocationType), address, InExchange(i.LocationType, operand));
        node.Width = SizeOfScalar(i.LocationType);
        node.Code = (byte)i.Op;
        Emit(node);
        Set(i.Results[0], FromMemory(i.LocationType, node));
        GoOn(i);
    }

    /// <summary>Widths that share their memory with unused bits: computed as such, and exchanged until nobody comes in between.</summary>
    private SsaNode EmitUpdateLoop(AtomicRmwOp op, IntType type, SsaNode address, SsaNode operand)
    {
        var shape = IntShape.Of(type);
        SsaNode first = LoadScalar(type, new(address, ObjectPart.Unknown), 0, KnownMemory.RelaxedLoad);
        SsaBlock before = current, loop = NewPart(current.IsCold), done = NewPart(current.IsCold);
        SsaGraph.Terminate(before, Terminator(SsaOp.Jump), new SsaEdge(before, loop, [first]));
        current = loop;
        SsaNode old = graph.AddParam(loop, first.Kind), desired = EmitUpdate(op, shape, old, operand);
        SsaNode exchange = EmitCompareExchange(type, address, InMemory(type, old), InMemory(type, desired));
        SsaNode seen = FromMemory(type, Project(exchange, 0, shape.Kind)), success = Project(exchange, 1, ValueKind.Bool);
        SsaGraph.Terminate(loop, Terminator(SsaOp.Branch, success), new SsaEdge(loop, done, SsaNode.None), new SsaEdge(loop, loop, [seen]));
        current = done;
        return old;
    }

    private SsaNode EmitUpdate(AtomicRmwOp op, IntShape shape, SsaNode old, SsaNode operand)
    {
        SsaNode Choose(CompareOp compare) => EmitSelect(EmitCompare(compare, shape, old, operand), old, operand);
        return op switch
        {
            AtomicRmwOp.Add => EmitBinary(BinaryOp.Add, shape, old, operand),
            AtomicRmwOp.Sub => EmitBinary(BinaryOp.Sub, shape, old, operand),
            AtomicRmwOp.And => EmitBinary(BinaryOp.And, shape, old, operand),
            AtomicRmwOp.Nand => EmitBinary(BinaryOp.Xor, shape, EmitBinary(BinaryOp.And, shape, old, operand), graph.Constant(shape.Kind, shape.Encode(ulong.MaxValue))),
            AtomicRmwOp.Or => EmitBinary(BinaryOp.Or, shape, old, operand),
            AtomicRmwOp.Xor => EmitBinary(BinaryOp.Xor, shape, old, operand),
            AtomicRmwOp.Max => Choose(CompareOp.Sgt),
            AtomicRmwOp.Min => Choose(CompareOp.Slt),
            AtomicRmwOp.UMax => Choose(CompareOp.Ugt),
            AtomicRmwOp.UMin => Choose(CompareOp.Ult),
            _ => throw new NotSupportedException($"ATOMICRMW {op}"),
        };
    }

    private static ValueKind WordKind(MuType type) => Scalars.KindOf(type) switch { ValueKind.F32 => ValueKind.I32, ValueKind.F64 => ValueKind.I64, ValueKind other => other };

    private SsaNode AsBits(SsaNode value) => Emit(SsaOp.FToBits, value.Kind == ValueKind.F64 ? ValueKind.I64 : ValueKind.I32, value);

    /// <summary>The node of one of several results.</summary>
    private SsaNode Project(SsaNode node, int index, ValueKind kind)
    {
        SsaNode projection = graph.NewNode(SsaOp.Proj, kind, node);
        projection.Imm = index;
        if (node.Projections is null || node.Projections.Length <= index) Array.Resize(ref node.Projections, index + 1);
        node.Projections[index] = projection;
        return Emit(projection);
    }
}
