using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Compiler.Ssa;

/// <summary>Integer operations of any width, in words.</summary>
internal sealed partial class SsaBuilder
{
    private void TranslateBinary(BinaryInstruction i)
    {
        if (!i.OperandType.IsWord)
        {
            TranslateLanes(i);
            return;
        }

        SsaNode a = Get(i.Left), b = Get(i.Right);
        if (i.OperandType.IsFloatingPoint)
        {
            Set(i.Results[0], EmitFloat(i.Op, a, b));
            return;
        }

        var shape = IntShape.Of(i.OperandType);
        if (i.IsIntegerDivision) CheckDivisor(i, b, shape);
        SsaNode result = EmitBinary(i.Op, shape, a, b);
        Set(i.Results[0], result);
        if (i.Flags != StatusFlags.None) SetFlags(i, shape, a, b, result);
        GoOn(i);
    }

    private SsaNode EmitBinary(BinaryOp op, IntShape shape, SsaNode a, SsaNode b) => shape switch
    {
        { IsBool: true } => EmitBool(op, a, b),
        { IsJustified: true } => EmitJustified(op, shape.Shift, shape.Bits, a, b),
        _ => EmitLow(op, shape, a, b),
    };

    /// <summary>int&lt;1&gt;: arithmetic modulo 2, where 1 is -1 for signed operations.</summary>
    private SsaNode EmitBool(BinaryOp op, SsaNode a, SsaNode b)
    {
        SsaNode Bit(SsaOp o)
        {
            SsaNode node = graph.NewNode(o, ValueKind.Bool, a, b);
            node.Width = 32;
            return Emit(node);
        }

        return op switch
        {
            BinaryOp.Add or BinaryOp.Sub or BinaryOp.Xor => Bit(SsaOp.Xor),
            BinaryOp.Mul or BinaryOp.And => Bit(SsaOp.And),
            BinaryOp.Or => Bit(SsaOp.Or),
            BinaryOp.SRem or BinaryOp.URem => graph.Constant(ValueKind.Bool, 0),
            _ => a,
        };
    }

    /// <summary>8, 16, 32 and 64 bits: the upper bits of narrow operands are made right where they matter.</summary>
    private SsaNode EmitLow(BinaryOp op, IntShape shape, SsaNode a, SsaNode b)
    {
        byte w = shape.Width;
        switch (op)
        {
            case BinaryOp.SDiv or BinaryOp.SRem: (a, b) = (SignExtended(a, shape), SignExtended(b, shape)); break;
            case BinaryOp.UDiv or BinaryOp.URem: (a, b) = (ZeroExtended(a, shape), ZeroExtended(b, shape)); break;
            case BinaryOp.LShr: a = ZeroExtended(a, shape); break;
            case BinaryOp.AShr: a = SignExtended(a, shape); break;
        }

        if (shape.IsNarrow && op is BinaryOp.Shl or BinaryOp.LShr or BinaryOp.AShr && shape.IsNarrow) b = EmitInt(SsaOp.And, 32, b, Const32(shape.Bits - 1));
        return EmitInt(WordOp(op), w, a, b);
    }

    private SsaNode ZeroExtended(SsaNode value, IntShape shape) => shape.IsNarrow ? EmitExtend(SsaOp.Zext, value, shape.Bits) : value;

    private SsaNode SignExtended(SsaNode value, IntShape shape) => shape.IsNarrow ? EmitExtend(SsaOp.Sext, value, shape.Bits) : value;

    private SsaNode EmitJustified(BinaryOp op, int shift, int bits, SsaNode a, SsaNode b)
    {
        switch (op)
        {
            case BinaryOp.Mul: return EmitInt(SsaOp.Mul, 64, EmitInt64(SsaOp.Sar, a, shift), b);
            case BinaryOp.SDiv: return EmitInt64(SsaOp.Shl, EmitInt(SsaOp.SDiv, 64, a, b), shift);
            case BinaryOp.UDiv: return EmitInt64(SsaOp.Shl, EmitInt(SsaOp.UDiv, 64, a, b), shift);
            case BinaryOp.Shl: return EmitInt(SsaOp.Shl, 64, a, JustifiedCount(b, shift, bits));
            case BinaryOp.LShr: return ClearLow(EmitInt(SsaOp.Shr, 64, a, JustifiedCount(b, shift, bits)), shift);
            case BinaryOp.AShr: return ClearLow(EmitInt(SsaOp.Sar, 64, a, JustifiedCount(b, shift, bits)), shift);
            default: return EmitInt(WordOp(op), 64, a, b);
        }
    }

    private SsaNode ClearLow(SsaNode value, int shift) => EmitInt64(SsaOp.And, value, -1L << shift);

    /// <summary>A shift count: the low m bits of the value, 2^m ≥ n.</summary>
    private SsaNode JustifiedCount(SsaNode count, int shift, int bits)
    {
        SsaNode low = EmitInt64(SsaOp.Shr, count, shift);
        return bits > 32 ? low : EmitInt64(SsaOp.And, low, (long)(System.Numerics.BitOperations.RoundUpToPowerOf2((uint)bits) - 1));
    }

    private static SsaOp WordOp(BinaryOp op) => op switch
    {
        BinaryOp.Add => SsaOp.Add,
        BinaryOp.Sub => SsaOp.Sub,
        BinaryOp.Mul => SsaOp.Mul,
        BinaryOp.SDiv => SsaOp.SDiv,
        BinaryOp.SRem => SsaOp.SRem,
        BinaryOp.UDiv => SsaOp.UDiv,
        BinaryOp.URem => SsaOp.URem,
        BinaryOp.Shl => SsaOp.Shl,
        BinaryOp.LShr => SsaOp.Shr,
        BinaryOp.AShr => SsaOp.Sar,
        BinaryOp.And => SsaOp.And,
        BinaryOp.Or => SsaOp.Or,
        BinaryOp.Xor => SsaOp.Xor,
        _ => throw new NotSupportedException($"{op} on integers"),
    };

    private void CheckDivisor(BinaryInstruction i, SsaNode divisor, IntShape shape)
    {
        if (divisor.IsConst && (shape.IsJustified ? divisor.Imm : shape.Encode((ulong)divisor.Imm)) != 0) return;
        SsaNode tested = ZeroExtended(divisor, shape);
        FailWithNull(EmitCmp(Cond.Eq, shape.Width, tested, graph.Constant(tested.Kind, 0)), i);
    }

    // Status flags: those of the left-justified operation, which for justified and machine widths is the operation itself.
    private void SetFlags(BinaryInstruction i, IntShape shape, SsaNode a, SsaNode b, SsaNode result)
    {
        SsaNode wide = result;
        if (shape.IsNarrow || shape.IsBool)
        {
            SsaNode up = Const32(32 - shape.Bits);
            wide = i.Op switch
            {
                BinaryOp.Add or BinaryOp.Sub => EmitInt(WordOp(i.Op), 32, EmitInt(SsaOp.Shl, 32, a, up), EmitInt(SsaOp.Shl, 32, b, up)),
                _ => EmitInt(SsaOp.Shl, 32, result, up),
            };
        }

        if ((i.Flags & StatusFlags.N) != 0) Set(i.FlagResult(StatusFlags.N), EmitCmp(Cond.Slt, shape.Width, wide, ZeroOf(shape)));
        if ((i.Flags & StatusFlags.Z) != 0) Set(i.FlagResult(StatusFlags.Z), EmitCmp(Cond.Eq, shape.Width, wide, ZeroOf(shape)));
        if ((i.Flags & StatusFlags.C) != 0) Set(i.FlagResult(StatusFlags.C), EmitFlag(SsaOp.Carry, i.Op, shape, a, b, wide));
        if ((i.Flags & StatusFlags.V) != 0) Set(i.FlagResult(StatusFlags.V), EmitFlag(SsaOp.Overflow, i.Op, shape, a, b, wide));
    }

    private SsaNode ZeroOf(IntShape shape) => shape.Width == 64 ? Const64(0) : Const32(0);

    private SsaNode EmitFlag(SsaOp flag, BinaryOp op, IntShape shape, SsaNode a, SsaNode b, SsaNode wide)
    {
        if (op == BinaryOp.Mul && (shape.IsNarrow || shape.IsBool))
        {
            SsaNode factor = shape.IsBool ? (flag == SsaOp.Carry ? a : EmitInt(SsaOp.Sub, 32, Const32(0), a))
                : flag == SsaOp.Carry ? ZeroExtended(a, shape) : SignExtended(a, shape);
            wide = EmitInt(SsaOp.Mul, 32, factor, EmitInt(SsaOp.Shl, 32, b, Const32(32 - shape.Bits)));
        }
        else if (op == BinaryOp.Mul && flag == SsaOp.Carry && shape.IsJustified)
        {
            wide = EmitInt(SsaOp.Mul, 64, EmitInt64(SsaOp.Shr, a, shape.Shift), b);
        }

        return Emit(flag, ValueKind.Bool, wide);
    }

    private void TranslateCompare(CompareInstruction i)
    {
        if (i.OperandType.IsWord) Set(i.Result, EmitCompare(i.Op, i.OperandType, Get(i.Left), Get(i.Right)));
        else TranslateLanes(i);
    }

    private SsaNode EmitCompare(CompareOp op, MuType type, SsaNode a, SsaNode b)
    {
        if (op is CompareOp.FFalse or CompareOp.FTrue) return graph.Constant(ValueKind.Bool, op == CompareOp.FTrue ? 1 : 0);
        if (!type.IsFloatingPoint) return EmitCompare(op, IntShape.Of(type), a, b);
        SsaNode compare = graph.NewNode(SsaOp.FCmp, ValueKind.Bool, a, b);
        compare.Code = (byte)op;
        return Emit(compare);
    }

    private SsaNode EmitCompare(CompareOp op, IntShape shape, SsaNode a, SsaNode b)
    {
        bool signed = IsSigned(op);
        Cond cond = CondOf(op);
        if (shape.IsBool && signed)
        {
            (a, b) = (b, a);
            cond = op switch { CompareOp.Sge => Cond.Uge, CompareOp.Sgt => Cond.Ugt, CompareOp.Sle => Cond.Ule, _ => Cond.Ult };
        }
        else if (shape.IsNarrow)
        {
            (a, b) = signed ? (SignExtended(a, shape), SignExtended(b, shape)) : (ZeroExtended(a, shape), ZeroExtended(b, shape));
        }

        return EmitCmp(cond, shape.Width, a, b);
    }

    private static bool IsSigned(CompareOp op) => op is CompareOp.Sge or CompareOp.Sgt or CompareOp.Sle or CompareOp.Slt;

    private static Cond CondOf(CompareOp op) => op switch
    {
        CompareOp.Eq => Cond.Eq,
        CompareOp.Ne => Cond.Ne,
        CompareOp.Sge => Cond.Sge,
        CompareOp.Sgt => Cond.Sgt,
        CompareOp.Sle => Cond.Sle,
        CompareOp.Slt => Cond.Slt,
        CompareOp.Uge => Cond.Uge,
        CompareOp.Ugt => Cond.Ugt,
        CompareOp.Ule => Cond.Ule,
        CompareOp.Ult => Cond.Ult,
        _ => throw new NotSupportedException($"{op} on integers"),
    };

    private void TranslateSelect(SelectInstruction i)
    {
        if (TranslatePacked(i)) return;
        List<SsaNode> conditions = PartsOf(i.Condition), a = PartsOf(i.IfTrue), b = PartsOf(i.IfFalse);
        int perCondition = a.Count / conditions.Count;
        for (int k = 0; k < a.Count; k++) a[k] = EmitSelect(conditions[k / perCondition], a[k], b[k]);
        Set(i.Result, a);
    }
}
