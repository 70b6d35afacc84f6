using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Compiler.Ssa;

/// <summary>Conversions and floating point.</summary>
internal sealed partial class SsaBuilder
{
    private void TranslateConvert(ConvertInstruction i)
    {
        if (i.From.IsWord && i.To.IsWord) Set(i.Result, EmitConvert(i.Op, i.From, i.To, Get(i.Operand)));
        else TranslateLanes(i);
    }

    private SsaNode EmitConvert(ConvertOp op, MuType from, MuType to, SsaNode v) => op switch
    {
        ConvertOp.Trunc => FromLow(LowWord(v, IntShape.Of(from)), IntShape.Of(to)),
        ConvertOp.ZExt => FromLow(ZeroWord(v, IntShape.Of(from)), IntShape.Of(to)),
        ConvertOp.SExt => FromLow(SignWord(v, IntShape.Of(from)), IntShape.Of(to)),
        ConvertOp.FPTrunc or ConvertOp.FPExt => Emit(SsaOp.FConvert, Scalars.KindOf(to), v),
        ConvertOp.FPToSI => FloatToInt(v, IntShape.Of(to), signed: true),
        ConvertOp.FPToUI => FloatToInt(v, IntShape.Of(to), signed: false),
        ConvertOp.SIToFP => IntToFloat(v, IntShape.Of(from), to, signed: true),
        ConvertOp.UIToFP => IntToFloat(v, IntShape.Of(from), to, signed: false),
        ConvertOp.Bitcast => to.IsFloatingPoint == from.IsFloatingPoint ? v : Emit(to.IsFloatingPoint ? SsaOp.BitsToF : SsaOp.FToBits, Scalars.KindOf(to), v),
        ConvertOp.RefCast => v,
        ConvertOp.PtrCast => EmitPointerCast(from, to, v),
        _ => throw new NotSupportedException($"conversion {op}"),
    };

    private SsaNode EmitPointerCast(MuType from, MuType to, SsaNode v)
    {
        SsaNode word = from is IntType integer ? ZeroWord(v, new IntShape(integer.Bits)) : v;
        return to is IntType result ? FromLow(word, new IntShape(result.Bits)) : word;
    }

    /// <summary>The value in the low bits; the others are anything.</summary>
    private SsaNode LowWord(SsaNode v, IntShape shape) => shape.IsJustified ? EmitInt64(SsaOp.Shr, v, shape.Shift) : v;

    /// <summary>The value zero-extended to 64 bits.</summary>
    private SsaNode ZeroWord(SsaNode v, IntShape shape) =>
        shape.IsJustified ? EmitInt64(SsaOp.Shr, v, shape.Shift) : shape.IsBool ? v : EmitExtend(SsaOp.Zext, v, shape.Bits);

    /// <summary>The value sign-extended to 64 bits.</summary>
    private SsaNode SignWord(SsaNode v, IntShape shape) =>
        shape.IsJustified ? EmitInt64(SsaOp.Sar, v, shape.Shift)
        : shape.IsBool ? EmitInt(SsaOp.Sub, 64, Const64(0), v)
        : EmitExtend(SsaOp.Sext, v, shape.Bits);

    /// <summary>A value from the low bits of a word.</summary>
    private SsaNode FromLow(SsaNode word, IntShape shape)
    {
        if (shape.IsJustified) return EmitInt64(SsaOp.Shl, word, shape.Shift);
        if (!shape.IsBool || word.Kind == ValueKind.Bool) return word;
        SsaNode bit = graph.NewNode(SsaOp.And, ValueKind.Bool, word, Const32(1));
        bit.Width = 32;
        return Emit(bit);
    }

    private SsaNode FloatToInt(SsaNode v, IntShape to, bool signed)
    {
        if (to.Bits == 64)
        {
            SsaNode full = Emit(signed ? SsaOp.FToS : SsaOp.FToU, ValueKind.I64, v);
            full.Width = 64;
            return full;
        }

        SsaNode wide = Emit(SsaOp.FToS, ValueKind.I64, v);
        wide.Width = 64;
        SsaNode min = Const64(signed ? -1L << (to.Bits - 1) : 0), max = Const64(signed ? (1L << (to.Bits - 1)) - 1 : (1L << to.Bits) - 1);
        wide = EmitSelect(EmitCmp(Cond.Slt, 64, wide, min), min, wide);
        wide = EmitSelect(EmitCmp(Cond.Sgt, 64, wide, max), max, wide);
        return FromLow(wide, to);
    }

    private SsaNode IntToFloat(SsaNode v, IntShape from, MuType to, bool signed)
    {
        SsaNode word = signed ? SignWord(v, from) : ZeroWord(v, from);
        SsaNode node = graph.NewNode(signed || from.Bits < 64 ? SsaOp.SToF : SsaOp.UToF, Scalars.KindOf(to), word);
        node.Width = 64;
        return Emit(node);
    }

    private SsaNode EmitFloat(BinaryOp op, SsaNode a, SsaNode b) => Emit(op switch
    {
        BinaryOp.FAdd => SsaOp.FAdd,
        BinaryOp.FSub => SsaOp.FSub,
        BinaryOp.FMul => SsaOp.FMul,
        BinaryOp.FDiv => SsaOp.FDiv,
        BinaryOp.FRem => SsaOp.FRem,
        _ => throw new NotSupportedException($"{op} on floating point"),
    }, a.Kind, a, b);
}
