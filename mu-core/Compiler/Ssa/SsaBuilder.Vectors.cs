using System.Runtime.Intrinsics.X86;
using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Compiler.Ssa;

/// <summary>
/// Vectors in machine vectors. Inside a function, block parameters included, a value of a type that has a <see cref="VectorShape"/> is one node of 16 bytes for each of its chunks; wherever a
/// value leaves the function (arguments, results, stacks, keep-alives) or is part of a struct or array, it is the scalars of its lanes, made where they are wanted. Comparisons of vectors are
/// masks of the compared lanes' width for as long as only SELECT, logic and extension ask for them, else bits.
/// </summary>
internal sealed partial class SsaBuilder
{
    /// <summary>The machine vectors of a value; a vector of int&lt;1&gt; has masks of LaneBytes.</summary>
    private readonly record struct Packed(SsaNode[] Chunks, byte LaneBytes);

    private readonly Dictionary<LocalValue, Packed> packed = [];

    private static bool IsMask(MuType type) => type is SequenceType { Kind: TypeKind.Vector, Element: IntType { Bits: 1 } };

    private void SetPacked(LocalValue result, byte laneBytes, params SsaNode[] chunks) => packed[result] = new(chunks, laneBytes);

    /// <summary>The scalars of a value in machine vectors; false if it is in none.</summary>
    private bool GetUnpacked(LocalValue value, List<SsaNode> into)
    {
        if (value.Type is not SequenceType { Kind: TypeKind.Vector } type || !packed.TryGetValue(value, out Packed p)) return false;
        if (IsMask(type)) UnpackMask(p, into);
        else Unpack(p, Scalars.KindOf(type.Element), into);
        return true;
    }

    private void Unpack(Packed value, ValueKind lane, List<SsaNode> into)
    {
        foreach (SsaNode chunk in value.Chunks)
            for (int k = 0; k < VectorShape.Bytes / value.LaneBytes; k++) into.Add(EmitExtract(chunk, value.LaneBytes, k, lane));
    }

    private void UnpackMask(Packed value, List<SsaNode> into)
    {
        int step = value.LaneBytes == 2 ? 2 : 1;
        foreach (SsaNode chunk in value.Chunks)
        {
            SsaNode bits = EmitVector(SsaOp.VMask, ValueKind.I32, value.LaneBytes, 0, chunk);
            for (int k = 0; k < VectorShape.Bytes / value.LaneBytes; k++)
            {
                SsaNode bit = graph.NewNode(SsaOp.And, ValueKind.Bool, EmitInt(SsaOp.Shr, 32, bits, Const32(step * k)), Const32(1));
                bit.Width = 32;
                into.Add(Emit(bit));
            }
        }
    }

    private SsaNode EmitExtract(SsaNode chunk, byte laneBytes, int lane, ValueKind kind) => EmitVector(SsaOp.VExtract, kind, laneBytes, lane, chunk);

    private SsaNode EmitVector(SsaOp op, ValueKind kind, byte laneBytes, long imm, params SsaNode[] args)
    {
        SsaNode node = graph.NewNode(op, kind, args);
        node.Width = laneBytes;
        node.Imm = imm;
        return Emit(node);
    }

    private SsaNode EmitVector(BinaryOp op, byte laneBytes, SsaNode a, SsaNode b)
    {
        SsaNode node = graph.NewNode(SsaOp.VBinary, ValueKind.V128, a, b);
        node.Width = laneBytes;
        node.Code = (byte)op;
        return Emit(node);
    }

    // Values

    /// <summary>The machine vectors of a value of a shape.</summary>
    private SsaNode[] ChunksOf(Value value, VectorShape shape) =>
        value is LocalValue local && packed.TryGetValue(local, out Packed p) ? p.Chunks : Pack(PartsOf(value), shape);

    private SsaNode[] Pack(List<SsaNode> lanes, VectorShape shape)
    {
        var chunks = new SsaNode[shape.Chunks];
        for (int c = 0; c < chunks.Length; c++) chunks[c] = PackChunk(lanes.GetRange(c * shape.PerChunk, shape.PerChunk), shape);
        return chunks;
    }

    private SsaNode PackChunk(List<SsaNode> lanes, VectorShape shape)
    {
        SsaNode first = lanes[0];
        if (first is { Op: SsaOp.VExtract, Imm: 0 } && lanes.Count == VectorShape.Bytes / first.Width
            && lanes.TrueForAll(l => l.Op == SsaOp.VExtract && l.Args[0] == first.Args[0] && l.Width == first.Width && l.Imm == lanes.IndexOf(l))) return first.Args[0];
        if (!first.IsConstant && lanes.TrueForAll(l => l == first)) return EmitVector(SsaOp.VSplat, ValueKind.V128, shape.LaneBytes, 0, first);
        UInt128 constants = UInt128.Zero;
        for (int k = 0; k < lanes.Count; k++)
            if (lanes[k].IsConstant) constants |= shape.At((ulong)lanes[k].Imm, k);
        SsaNode vector = graph.VectorConstant(constants);
        for (int k = 0; k < lanes.Count; k++)
            if (!lanes[k].IsConstant) vector = EmitVector(SsaOp.VInsert, ValueKind.V128, shape.LaneBytes, k, vector, lanes[k]);
        return vector;
    }

    /// <summary>Masks for lanes of a shape from a vector of bits.</summary>
    private SsaNode[] MasksOf(Value value, VectorShape shape)
    {
        if (value is LocalValue local && packed.TryGetValue(local, out Packed p) && p.LaneBytes == shape.LaneBytes) return p.Chunks;
        List<SsaNode> bits = PartsOf(value);
        if (bits.TrueForAll(b => b.IsConst)) return Pack(bits.ConvertAll(b => Const64(-b.Imm)), shape);
        return Array.ConvertAll(Pack(bits, shape), chunk => EmitVector(BinaryOp.Sub, shape.LaneBytes, graph.VectorConstant(UInt128.Zero), chunk));
    }

    // Operations; false if the machine has none for these lanes.

    private bool TranslatePacked(BinaryInstruction i)
    {
        if (i.Flags != StatusFlags.None) return false;
        if (IsMask(i.OperandType)) return TranslateMasks(i);
        if (VectorShape.Of(i.OperandType) is not { } shape) return false;
        if (i.Op is BinaryOp.Shl or BinaryOp.LShr or BinaryOp.AShr) return TranslateShift(i, shape);
        if (!shape.Has(i.Op)) return false;
        SsaNode[] a = ChunksOf(i.Left, shape), b = ChunksOf(i.Right, shape);
        SetPacked(i.Results[0], shape.LaneBytes, [.. a.Zip(b, (x, y) => EmitVector(i.Op, shape.LaneBytes, x, y))]);
        return true;
    }

    /// <summary>Counts are taken modulo the width, which the machine does not do.</summary>
    private bool TranslateShift(BinaryInstruction i, VectorShape shape)
    {
        bool hasConstant = i.Right is CompositeConstant c && c.Elements.All(e => ((IntConstant)e).Value == ((IntConstant)c.Elements[0]).Value);
        bool isPossible = (i.Op, shape.LaneBytes) switch { (_, 1) or (BinaryOp.AShr, 8) => false, (_, 2) => hasConstant, _ => hasConstant || Avx2.IsSupported };
        if (!isPossible) return false;
        SsaNode[] a = ChunksOf(i.Left, shape), counts;
        if (hasConstant) counts = [.. a.Select(_ => graph.VectorConstant(shape.Splat(((IntConstant)((CompositeConstant)i.Right).Elements[0]).Value & (ulong)(shape.Bits - 1))))];
        else counts = Array.ConvertAll(ChunksOf(i.Right, shape), n => EmitVector(BinaryOp.And, shape.LaneBytes, n, graph.VectorConstant(shape.Splat((ulong)(shape.Bits - 1)))));
        SetPacked(i.Results[0], shape.LaneBytes, [.. a.Zip(counts, (x, y) => EmitVector(i.Op, shape.LaneBytes, x, y))]);
        return true;
    }

    /// <summary>Logic of comparisons.</summary>
    private bool TranslateMasks(BinaryInstruction i)
    {
        BinaryOp? op = i.Op switch
        {
            BinaryOp.And or BinaryOp.Mul => BinaryOp.And,
            BinaryOp.Or => BinaryOp.Or,
            BinaryOp.Xor or BinaryOp.Add or BinaryOp.Sub => BinaryOp.Xor,
            _ => null,
        };
        Value known = i.Left is LocalValue ? i.Left : i.Right;
        if (op is not { } logic || known is not LocalValue local || !packed.TryGetValue(local, out Packed p)) return false;
        Value other = known == i.Left ? i.Right : i.Left;
        if (other is LocalValue second && (!packed.TryGetValue(second, out Packed q) || q.LaneBytes != p.LaneBytes)) return false;
        var shape = new VectorShape(IntType.I1, p.LaneBytes, p.Chunks.Length * VectorShape.Bytes / p.LaneBytes);
        SsaNode[] a = p.Chunks, b = MasksOf(other, shape);
        SetPacked(i.Results[0], p.LaneBytes, [.. a.Zip(b, (x, y) => EmitVector(logic, shape.LaneBytes, x, y))]);
        return true;
    }

    private bool TranslatePacked(CompareInstruction i)
    {
        if (VectorShape.Of(i.OperandType) is not { } shape) return false;
        SsaNode[] a = ChunksOf(i.Left, shape), b = ChunksOf(i.Right, shape);
        SetPacked(i.Result, shape.LaneBytes, [.. a.Zip(b, (x, y) => shape.Lane.IsFloatingPoint ? EmitMask(i.Op, shape, x, y) : EmitIntMask(i.Op, shape, x, y))]);
        return true;
    }

    private SsaNode EmitMask(CompareOp op, VectorShape shape, SsaNode a, SsaNode b)
    {
        SsaNode node = graph.NewNode(SsaOp.VCompare, ValueKind.V128, a, b);
        node.Width = shape.LaneBytes;
        node.Code = (byte)op;
        return Emit(node);
    }

    /// <summary>The machine has equal and signed greater: the others are their opposites, or those of values moved by half the range.</summary>
    private SsaNode EmitIntMask(CompareOp op, VectorShape shape, SsaNode a, SsaNode b)
    {
        SsaNode Not(SsaNode mask) => EmitVector(BinaryOp.Xor, shape.LaneBytes, mask, graph.VectorConstant(UInt128.MaxValue));
        SsaNode Greater(SsaNode x, SsaNode y)
        {
            if (IsSigned(op)) return EmitMask(CompareOp.Sgt, shape, x, y);
            SsaNode half = graph.VectorConstant(shape.Splat(1UL << (shape.Bits - 1)));
            return EmitMask(CompareOp.Sgt, shape, EmitVector(BinaryOp.Xor, shape.LaneBytes, x, half), EmitVector(BinaryOp.Xor, shape.LaneBytes, y, half));
        }

        return op switch
        {
            CompareOp.Eq => EmitMask(CompareOp.Eq, shape, a, b),
            CompareOp.Ne => Not(EmitMask(CompareOp.Eq, shape, a, b)),
            CompareOp.Sgt or CompareOp.Ugt => Greater(a, b),
            CompareOp.Slt or CompareOp.Ult => Greater(b, a),
            CompareOp.Sge or CompareOp.Uge => Not(Greater(b, a)),
            CompareOp.Sle or CompareOp.Ule => Not(Greater(a, b)),
            _ => throw new NotSupportedException($"{op} on integers"),
        };
    }

    private bool TranslatePacked(SelectInstruction i)
    {
        if (VectorShape.Of(i.Result.Type) is not { } shape) return false;
        SsaNode[] a = ChunksOf(i.IfTrue, shape), b = ChunksOf(i.IfFalse, shape), results = new SsaNode[a.Length];
        if (i.Condition.Type.IsWord)
        {
            SsaNode condition = Get(i.Condition);
            for (int c = 0; c < a.Length; c++) results[c] = EmitSelect(condition, a[c], b[c]);
        }
        else
        {
            SsaNode[] masks = MasksOf(i.Condition, shape);
            for (int c = 0; c < a.Length; c++) results[c] = EmitVector(SsaOp.VSelect, ValueKind.V128, shape.LaneBytes, 0, masks[c], a[c], b[c]);
        }

        SetPacked(i.Result, shape.LaneBytes, results);
        return true;
    }

    private bool TranslatePacked(ConvertInstruction i)
    {
        if (VectorShape.Of(i.To) is not { } to) return false;
        if (IsMask(i.From)) return ExtendMask(i, to);
        if (VectorShape.Of(i.From) is not { } from || from.Chunks != to.Chunks) return false;
        bool isConversion = i.Op == ConvertOp.SIToFP && from.LaneBytes == 4 && to.LaneBytes == 4;
        if (!isConversion && i.Op != ConvertOp.Bitcast) return false;
        SsaNode[] chunks = ChunksOf(i.Operand, from);
        SetPacked(i.Result, to.LaneBytes, isConversion ? Array.ConvertAll(chunks, c => EmitVector(SsaOp.VToFloat, ValueKind.V128, 4, 0, c)) : chunks);
        return true;
    }

    private bool ExtendMask(ConvertInstruction i, VectorShape to)
    {
        if (i.Op is not (ConvertOp.SExt or ConvertOp.ZExt)) return false;
        SsaNode[] masks = MasksOf(i.Operand, to);
        SetPacked(i.Result, to.LaneBytes, i.Op == ConvertOp.SExt ? masks : Array.ConvertAll(masks, m => EmitVector(BinaryOp.And, to.LaneBytes, m, graph.VectorConstant(to.Splat(1)))));
        return true;
    }

    // Memory

    private bool TranslatePacked(LoadInstruction i, SsaNode address)
    {
        if (i.Order != MemoryOrder.NotAtomic || VectorShape.Of(i.LocationType) is not { } shape) return false;
        var chunks = new SsaNode[shape.Chunks];
        for (int c = 0; c < chunks.Length; c++) chunks[c] = EmitVector(SsaOp.Load, ValueKind.V128, VectorShape.Bytes, VectorShape.Bytes * c, address);
        SetPacked(i.Result, shape.LaneBytes, chunks);
        return true;
    }

    private bool TranslatePacked(StoreInstruction i, SsaNode address)
    {
        if (i.Order != MemoryOrder.NotAtomic || VectorShape.Of(i.LocationType) is not { } shape) return false;
        SsaNode[] chunks = ChunksOf(i.StoredValue, shape);
        for (int c = 0; c < chunks.Length; c++)
            EmitVector(SsaOp.Store, ValueKind.None, VectorShape.Bytes, VectorShape.Bytes * c, address, chunks[c]).Scale = (byte)ValueKind.V128;
        return true;
    }
}
