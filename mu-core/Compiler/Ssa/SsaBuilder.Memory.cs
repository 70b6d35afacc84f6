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
                TranslateNew(i, NodeWithType(SsaOp.NewHybrid, ValueKind.Ref, i.AllocatedType, ZeroWord(Get(i.Length), IntShape.Of(i.LengthType))));
                break;
            case AllocaInstruction i: TranslateAlloca(i); break;
            case AllocaHybridInstruction i:
                // In the heap: an iref keeps its object alive, and no more can be seen of the difference (see FrameMemory).
                TranslateNew(i, NodeWithType(SsaOp.NewHybrid, ValueKind.Ref, i.AllocatedType, ZeroWord(Get(i.Length), IntShape.Of(i.LengthType))));
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
        SsaNode at = Get(location), word = SignWord(Get(index), IntShape.Of(indexType));
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

    private void CheckNull(Instruction i, SsaNode address)
    {
        if (i.HasExceptionClause) FailWithNull(EmitCmp(Cond.Eq, 64, address, graph.Constant(address.Kind, 0)), i);
    }

    private void TranslateLoad(LoadInstruction i)
    {
        SsaNode address = Get(i.Location);
        CheckNull(i, address);
        var parts = new List<SsaNode>();
        LoadParts(i.LocationType, address, 0, parts, i.Order != MemoryOrder.NotAtomic);
        Set(i.Result, parts);
        GoOn(i);
    }

    private void LoadParts(MuType type, SsaNode address, long offset, List<SsaNode> parts, bool atomic)
    {
        if (type.IsScalar) parts.Add(LoadScalar(type, address, offset, atomic));
        else ForEachPart(type, offset, (part, at) => LoadParts(part, address, at, parts, atomic));
    }

    private SsaNode LoadScalar(MuType type, SsaNode address, long offset, bool atomic)
    {
        SsaNode load = graph.NewNode(SsaOp.Load, Scalars.KindOf(type), address);
        load.Imm = offset;
        load.Width = SizeOfScalar(type);
        load.Code = atomic ? (byte)1 : (byte)0;
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
            case SequenceType { Kind: TypeKind.Array } a:
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
        var parts = new List<SsaNode>();
        GetAll(i.StoredValue, parts);
        int next = 0;
        StoreParts(i.LocationType, address, 0, parts, ref next, i.Order == MemoryOrder.SeqCst);
        GoOn(i);
    }

    private void StoreParts(MuType type, SsaNode address, long offset, List<SsaNode> parts, ref int next, bool ordered)
    {
        if (type.IsScalar)
        {
            StoreScalar(type, address, offset, parts[next++], ordered);
            return;
        }

        int at = next;
        ForEachPart(type, offset, (part, partOffset) => StoreParts(part, address, partOffset, parts, ref at, ordered));
        next = at;
    }

    private void StoreScalar(MuType type, SsaNode address, long offset, SsaNode value, bool ordered)
    {
        SsaNode store = graph.NewNode(SsaOp.Store, ValueKind.None, address, InMemory(type, value));
        store.Imm = offset;
        store.Width = SizeOfScalar(type);
        store.Scale = (byte)Scalars.KindOf(type);
        store.Code = ordered ? (byte)1 : (byte)0;
        Emit(store);
    }

    /// <summary>A value as it stands in memory.</summary>
    private SsaNode InMemory(MuType type, SsaNode value) =>
        type is IntType t && new IntShape(t.Bits).IsShiftedInMemory ? EmitInt64(SsaOp.Shr, value, 64 - t.Bits) : value;

    /// <summary>A value in memory form back as a word.</summary>
    private SsaNode FromMemory(MuType type, SsaNode value) =>
        type is IntType t && new IntShape(t.Bits) is { IsShiftedInMemory: true } shape
            ? EmitInt64(SsaOp.Shl, EmitExtend(SsaOp.Zext, value, shape.MemorySize * 8), shape.Shift)
            : value;

    private void TranslateCompareExchange(CompareExchangeInstruction i)
    {
        SsaNode address = Get(i.Operands[0]);
        CheckNull(i, address);
        if (i.LocationType.IsFloatingPoint) throw new NotSupportedException($"CMPXCHG on {i.LocationType} is not supported by the code generator");
        SsaNode node = graph.NewNode(SsaOp.CompareExchange, ValueKind.None, address, InMemory(i.LocationType, Get(i.Operands[1])), InMemory(i.LocationType, Get(i.Operands[2])));
        node.Width = SizeOfScalar(i.LocationType);
        Emit(node);
        Set(i.Results[0], FromMemory(i.LocationType, Project(node, 0, Scalars.KindOf(i.LocationType))));
        Set(i.Results[1], Project(node, 1, ValueKind.Bool));
        GoOn(i);
    }

    private void TranslateAtomicRmw(AtomicRmwInstruction i)
    {
        SsaNode address = Get(i.Operands[0]);
        CheckNull(i, address);
        SsaNode operand = Get(i.Operands[1]);
        RequireRmw(i);
        SsaNode node = graph.NewNode(SsaOp.AtomicRmw, WordKind(i.LocationType), address, operand.IsFloat ? AsBits(operand) : InMemory(i.LocationType, operand));
        node.Width = SizeOfScalar(i.LocationType);
        node.Code = (byte)i.Op;
        Emit(node);
        Set(i.Results[0], operand.IsFloat ? Emit(SsaOp.BitsToF, operand.Kind, node) : FromMemory(i.LocationType, node));
        GoOn(i);
    }

    /// <summary>Widths that share their memory with unused bits can only be exchanged.</summary>
    private static void RequireRmw(AtomicRmwInstruction i)
    {
        bool canCompute = i.LocationType is IntType { Bits: 8 or 16 or 32 or 64 } || i.LocationType.Kind == TypeKind.UPtr;
        if (i.Op != AtomicRmwOp.Xchg && !canCompute) throw new NotSupportedException($"ATOMICRMW {i.Op} on {i.LocationType} is not supported by the code generator");
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
