using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Compiler.Ssa;

/// <summary>int&lt;128&gt; in two words (Warren, "Hacker's Delight", chapter 2 and 8). Division and floating point are left to C#.</summary>
internal sealed partial class SsaBuilder
{
    private LaneValue EmitWide(BinaryOp op, LaneValue x, LaneValue y)
    {
        (SsaNode a, SsaNode ah, SsaNode b, SsaNode bh) = (x.Low, x.High!, y.Low, y.High!);
        switch (op)
        {
            case BinaryOp.Add:
                SsaNode sum = EmitInt(SsaOp.Add, 64, a, b);
                return new LaneValue(sum, EmitInt(SsaOp.Add, 64, EmitInt(SsaOp.Add, 64, ah, bh), EmitCmp(Cond.Ult, 64, sum, a)));
            case BinaryOp.Sub:
                return new LaneValue(EmitInt(SsaOp.Sub, 64, a, b), EmitInt(SsaOp.Sub, 64, EmitInt(SsaOp.Sub, 64, ah, bh), EmitCmp(Cond.Ult, 64, a, b)));
            case BinaryOp.Mul when IsSignOf(ah, a) && IsSignOf(bh, b):
                return new LaneValue(EmitInt(SsaOp.Mul, 64, a, b), EmitInt(SsaOp.MulHigh, 64, a, b));
            case BinaryOp.Mul:
                SsaNode cross = EmitInt(SsaOp.Add, 64, EmitInt(SsaOp.Mul, 64, a, bh), EmitInt(SsaOp.Mul, 64, ah, b));
                return new LaneValue(EmitInt(SsaOp.Mul, 64, a, b), EmitInt(SsaOp.Add, 64, UnsignedMulHigh(a, b), cross));
            case BinaryOp.And or BinaryOp.Or or BinaryOp.Xor:
                return new LaneValue(EmitInt(WordOp(op), 64, a, b), EmitInt(WordOp(op), 64, ah, bh));
            case BinaryOp.Shl or BinaryOp.LShr or BinaryOp.AShr:
                return EmitWideShift(op, a, ah, b);
            default:
                RuntimeEntry entry = op switch
                {
                    BinaryOp.SDiv => RuntimeEntry.WideSDiv, BinaryOp.SRem => RuntimeEntry.WideSRem, BinaryOp.UDiv => RuntimeEntry.WideUDiv, _ => RuntimeEntry.WideURem,
                };
                SsaNode call = EmitRuntime(entry, a, ah, b, bh);
                return new LaneValue(Project(call, 0, ValueKind.I64), Project(call, 1, ValueKind.I64));
        }
    }

    /// <summary>Whether a high word is that of a number of 64 bits with its sign.</summary>
    private static bool IsSignOf(SsaNode high, SsaNode low) => high is { Op: SsaOp.Sar, Args: [var shifted, var count] } && shifted == low && count.IsConstOf(63);

    /// <summary>From the signed product: each negative factor adds the other one.</summary>
    private SsaNode UnsignedMulHigh(SsaNode a, SsaNode b)
    {
        SsaNode high = EmitInt(SsaOp.MulHigh, 64, a, b);
        high = EmitInt(SsaOp.Add, 64, high, EmitInt(SsaOp.And, 64, EmitInt64(SsaOp.Sar, a, 63), b));
        return EmitInt(SsaOp.Add, 64, high, EmitInt(SsaOp.And, 64, EmitInt64(SsaOp.Sar, b, 63), a));
    }

    /// <summary>The machine takes a count modulo 64: by it within and across the words, and from 64 on a word further.</summary>
    private LaneValue EmitWideShift(BinaryOp op, SsaNode low, SsaNode high, SsaNode count)
    {
        SsaNode rest = EmitInt(SsaOp.Xor, 64, count, Const64(63));
        SsaNode isFar = EmitCmp(Cond.Ne, 64, EmitInt64(SsaOp.And, count, 64), Const64(0));
        if (op == BinaryOp.Shl)
        {
            SsaNode near = EmitInt(SsaOp.Shl, 64, low, count);
            SsaNode joined = EmitInt(SsaOp.Or, 64, EmitInt(SsaOp.Shl, 64, high, count), EmitInt(SsaOp.Shr, 64, EmitInt64(SsaOp.Shr, low, 1), rest));
            return new LaneValue(EmitSelect(isFar, Const64(0), near), EmitSelect(isFar, near, joined));
        }

        SsaNode top = EmitInt(op == BinaryOp.AShr ? SsaOp.Sar : SsaOp.Shr, 64, high, count);
        SsaNode below = EmitInt(SsaOp.Or, 64, EmitInt(SsaOp.Shr, 64, low, count), EmitInt(SsaOp.Shl, 64, EmitInt64(SsaOp.Shl, high, 1), rest));
        SsaNode filling = op == BinaryOp.AShr ? EmitInt64(SsaOp.Sar, high, 63) : Const64(0);
        return new LaneValue(EmitSelect(isFar, top, below), EmitSelect(isFar, filling, top));
    }

    private void SetWideFlags(BinaryInstruction i, LaneValue a, LaneValue b, LaneValue result)
    {
        SsaNode ah = a.High!, bh = b.High!, high = result.High!, zero = Const64(0);
        if ((i.Flags & StatusFlags.N) != 0) Set(i.FlagResult(StatusFlags.N), EmitCmp(Cond.Slt, 64, high, zero));
        if ((i.Flags & StatusFlags.Z) != 0) Set(i.FlagResult(StatusFlags.Z), EmitCmp(Cond.Eq, 64, EmitInt(SsaOp.Or, 64, result.Low, high), zero));
        if ((i.Flags & (StatusFlags.C | StatusFlags.V)) == 0) return;
        SsaNode carry, overflow;
        if (i.Op == BinaryOp.Mul)
        {
            carry = EmitCmp(Cond.Ne, 64, Project(EmitRuntime(RuntimeEntry.WideMultiplyCarries, a.Low, ah, b.Low, bh), 0, ValueKind.I64), zero);
            overflow = EmitCmp(Cond.Ne, 64, Project(EmitRuntime(RuntimeEntry.WideMultiplyOverflows, a.Low, ah, b.Low, bh), 0, ValueKind.I64), zero);
        }
        else
        {
            bool isSum = i.Op == BinaryOp.Add;
            carry = isSum ? EmitWideCompare(CompareOp.Ult, result, a) : EmitWideCompare(CompareOp.Ult, a, b);
            SsaNode changed = EmitInt(SsaOp.Xor, 64, ah, high), other = isSum ? EmitInt(SsaOp.Xor, 64, bh, high) : EmitInt(SsaOp.Xor, 64, ah, bh);
            overflow = EmitCmp(Cond.Slt, 64, EmitInt(SsaOp.And, 64, changed, other), zero);
        }

        if ((i.Flags & StatusFlags.C) != 0) Set(i.FlagResult(StatusFlags.C), carry);
        if ((i.Flags & StatusFlags.V) != 0) Set(i.FlagResult(StatusFlags.V), overflow);
    }

    /// <summary>Equality of both words; order by the high words, and by the low ones if those are equal.</summary>
    private SsaNode EmitWideCompare(CompareOp op, LaneValue a, LaneValue b)
    {
        SsaNode ah = a.High!, bh = b.High!;
        if (op is CompareOp.Eq or CompareOp.Ne)
        {
            SsaNode difference = EmitInt(SsaOp.Or, 64, EmitInt(SsaOp.Xor, 64, a.Low, b.Low), EmitInt(SsaOp.Xor, 64, ah, bh));
            return EmitCmp(CondOf(op), 64, difference, Const64(0));
        }

        Cond high = CondOf(op), low = high switch { Cond.Slt => Cond.Ult, Cond.Sle => Cond.Ule, Cond.Sgt => Cond.Ugt, Cond.Sge => Cond.Uge, _ => high };
        return EmitSelect(EmitCmp(Cond.Eq, 64, ah, bh), EmitCmp(low, 64, a.Low, b.Low), EmitCmp(high, 64, ah, bh));
    }

    private LaneValue EmitWideConvert(ConvertOp op, MuType from, MuType to, LaneValue v)
    {
        switch (op)
        {
            case ConvertOp.Trunc or ConvertOp.PtrCast when !to.IsWideInt:
                return new LaneValue(to is IntType narrow ? FromLow(v.Low, new IntShape(narrow.Bits)) : v.Low, null);
            case ConvertOp.Trunc or ConvertOp.PtrCast or ConvertOp.ZExt or ConvertOp.SExt when from.IsWideInt:
                return v;
            case ConvertOp.ZExt or ConvertOp.PtrCast:
                return new LaneValue(from is IntType ? ZeroWord(v.Low, IntShape.Of(from)) : v.Low, Const64(0));
            case ConvertOp.SExt:
                SsaNode word = SignWord(v.Low, IntShape.Of(from));
                return new LaneValue(word, EmitInt64(SsaOp.Sar, word, 63));
            case ConvertOp.FPToSI or ConvertOp.FPToUI:
                SsaNode wide = v.Low.Kind == ValueKind.F32 ? Emit(SsaOp.FConvert, ValueKind.F64, v.Low) : v.Low;
                SsaNode call = EmitRuntime(op == ConvertOp.FPToSI ? RuntimeEntry.FloatToSignedWide : RuntimeEntry.FloatToUnsignedWide, wide);
                return new LaneValue(Project(call, 0, ValueKind.I64), Project(call, 1, ValueKind.I64));
            case ConvertOp.SIToFP or ConvertOp.UIToFP:
                SsaNode signed = Const64(op == ConvertOp.SIToFP ? 1 : 0);
                bool isDouble = to.Kind == TypeKind.Double;
                return new LaneValue(Project(EmitRuntime(isDouble ? RuntimeEntry.WideToDouble : RuntimeEntry.WideToSingle, v.Low, v.High!, signed), 0, Scalars.KindOf(to)), null);
            default:
                throw new NotSupportedException($"conversion {op}");
        }
    }

    /// <summary>A call of a runtime function in the middle of an instruction; it cannot fail.</summary>
    private SsaNode EmitRuntime(RuntimeEntry entry, params SsaNode[] args)
    {
        SsaNode node = graph.NewNode(SsaOp.RuntimeCall, ValueKind.None, args);
        node.Aux = entry;
        return Emit(node);
    }
}
