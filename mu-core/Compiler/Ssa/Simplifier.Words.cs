using Mu.Core.Types;

namespace Mu.Core.Compiler.Ssa;

/// <summary>Shifts, divisions, extensions, comparisons, flags, addresses.</summary>
internal sealed partial class Simplifier
{
    private SsaNode? SimplifyShift(SsaNode n)
    {
        SsaNode a = n.Args[0], b = n.Args[1];
        if (!b.IsConst) return null;
        int count = (int)b.Imm & (n.Width - 1);
        // Other rules take counts as they stand.
        if (count != b.Imm) n.Args[1] = Int(b, count);
        if (a.IsConst)
            return Int(n, n.Op switch
            {
                SsaOp.Shl => a.Imm << count,
                SsaOp.Shr => n.Is64 ? (long)((ulong)a.Imm >> count) : (long)((uint)a.Imm >> count),
                _ => n.Is64 ? a.Imm >> count : (int)a.Imm >> count,
            });
        if (count == 0 && SameKindOfWord(n, a)) return a;
        if (!n.Is64) return null;
        if (n.Op is SsaOp.Shr or SsaOp.Sar && a.Op == SsaOp.TagToInt && count >= TagRef64.IntShift)
        {
            n.Args[0] = a.Args[0];
            return null;
        }

        if (a.Op is not (SsaOp.Shl or SsaOp.Shr or SsaOp.Sar) || !a.Is64 || !a.Args[1].IsConst) return null;
        return SimplifyShiftOfShift(n, a, count, (int)a.Args[1].Imm & 63);
    }

    private SsaNode? SimplifyShiftOfShift(SsaNode n, SsaNode a, int outer, int inner)
    {
        SsaNode x = a.Args[0];
        if (n.Op == SsaOp.Shl && a.Op != SsaOp.Shl)
        {
            if (outer == inner) return Make(SsaOp.And, ValueKind.I64, 64, x, graph.Constant(ValueKind.I64, -1L << outer));
            if (outer < inner) return null;
            SsaNode up = Make(SsaOp.Shl, ValueKind.I64, 64, x, graph.Constant(ValueKind.I64, outer - inner));
            return TagValues.LowZeros(x) >= inner ? up : Make(SsaOp.And, ValueKind.I64, 64, up, graph.Constant(ValueKind.I64, -1L << outer));
        }

        if (n.Op == SsaOp.Shr && a.Op == SsaOp.Shl && TagValues.UsedBits(x) + inner <= 64)
        {
            if (outer == inner) return x;
            return outer > inner
                ? Make(SsaOp.Shr, ValueKind.I64, 64, x, graph.Constant(ValueKind.I64, outer - inner))
                : Make(SsaOp.Shl, ValueKind.I64, 64, x, graph.Constant(ValueKind.I64, inner - outer));
        }

        if (n.Op == a.Op && outer + inner < 64)
        {
            n.Args[0] = x;
            n.Args[1] = graph.Constant(ValueKind.I64, outer + inner);
        }

        return null;
    }

    private SsaNode? SimplifyDivision(SsaNode n)
    {
        SsaNode a = n.Args[0], b = n.Args[1];
        if (!b.IsConst || b.Imm == 0) return null;
        if (a.IsConst)
            return Int(n, n.Is64 ? Divide64(n.Op, a.Imm, b.Imm) : Divide32(n.Op, (int)a.Imm, (int)b.Imm));
        if (b.Imm == 1 && SameKindOfWord(n, a)) return n.Op is SsaOp.SDiv or SsaOp.UDiv ? a : Int(n, 0);
        if (n.Op is SsaOp.SDiv or SsaOp.SRem) return n.Is64 && b.Imm > 1 ? DivideSigned(n, a, b.Imm) : null;
        if (b.Imm <= 0 || (b.Imm & (b.Imm - 1)) != 0) return null;
        if (n.Op == SsaOp.UDiv)
        {
            n.Op = SsaOp.Shr;
            n.Args[1] = graph.Constant(n.Kind, System.Numerics.BitOperations.TrailingZeroCount(b.Imm));
        }
        else if (n.Op == SsaOp.URem)
        {
            n.Op = SsaOp.And;
            n.Args[1] = Int(n, b.Imm - 1);
        }

        return null;
    }

    private static long Divide64(SsaOp op, long a, long b) => op switch
    {
        SsaOp.SDiv => b == -1 ? -a : a / b,
        SsaOp.SRem => b == -1 ? 0 : a % b,
        SsaOp.UDiv => (long)((ulong)a / (ulong)b),
        _ => (long)((ulong)a % (ulong)b),
    };

    private static long Divide32(SsaOp op, int a, int b) => op switch
    {
        SsaOp.SDiv => b == -1 ? -(long)a : a / b,
        SsaOp.SRem => b == -1 ? 0 : a % b,
        SsaOp.UDiv => (uint)a / (uint)b,
        _ => (uint)a % (uint)b,
    };

    private SsaNode? SimplifyExtend(SsaNode n)
    {
        SsaNode a = n.Args[0];
        int bits = (int)n.Imm;
        if (a.IsConst) return graph.Constant(n.Kind, n.Op == SsaOp.Zext ? a.Imm & ((1L << bits) - 1) : a.Imm << (64 - bits) >> (64 - bits));
        if (n.Op == SsaOp.Zext && TagValues.UsedBits(a) <= bits) return a;
        return null;
    }

    private SsaNode? SimplifyCompare(SsaNode n)
    {
        if (n.Args[0].IsConst && !n.Args[1].IsConst)
        {
            (n.Args[0], n.Args[1]) = (n.Args[1], n.Args[0]);
            n.Cond = n.Cond.Swap();
        }

        SsaNode a = n.Args[0], b = n.Args[1];
        if (a == b) return Bool(n.Cond is Cond.Eq or Cond.Ule or Cond.Uge or Cond.Sle or Cond.Sge);
        if (facts.Orders.OutcomeOf(n) is { } known) return Bool(known);
        if (a.IsConst && b.IsConst) return Bool(n.Is64 ? Compare(n.Cond, a.Imm, b.Imm) : Compare(n.Cond, (int)a.Imm, (int)b.Imm));
        if (a.Kind == ValueKind.Bool && b.IsConst && n.Cond is Cond.Eq or Cond.Ne && a.Kind == ValueKind.Bool)
            return b.Imm is not (0 or 1) ? Bool(n.Cond == Cond.Ne) : (b.Imm == 1) == (n.Cond == Cond.Eq) ? a : Negate(a) ?? Make(SsaOp.Xor, ValueKind.Bool, 32, a, Bool(true));
        if (n.Is64 && a.Op == SsaOp.TagToInt) return CompareBoxed(n, a, b);
        if (b.IsConst && n.Cond is Cond.Eq or Cond.Ne) return CompareShifted(n, a, b);
        return null;
    }

    private static bool Compare(Cond cond, long a, long b) => cond switch
    {
        Cond.Eq => a == b,
        Cond.Ne => a != b,
        Cond.Slt => a < b,
        Cond.Sle => a <= b,
        Cond.Sgt => a > b,
        Cond.Sge => a >= b,
        Cond.Ult => (ulong)a < (ulong)b,
        Cond.Ule => (ulong)a <= (ulong)b,
        Cond.Ugt => (ulong)a > (ulong)b,
        Cond.Uge => (ulong)a >= (ulong)b,
        _ => throw new InvalidOperationException($"condition {cond} in a comparison"),
    };

    /// <summary>Boxed integers compare like the integers.</summary>
    private SsaNode? CompareBoxed(SsaNode n, SsaNode a, SsaNode b)
    {
        if (b.Op == SsaOp.TagToInt) n.Args[1] = b.Args[0];
        else if (b.IsConst && (b.Imm & (long)TagRef64.KindMask) == 0) n.Args[1] = graph.Constant(ValueKind.I64, b.Imm | (long)TagRef64.IntKind);
        else return null;
        n.Args[0] = a.Args[0];
        return Simplify(n);
    }

    private SsaNode? CompareShifted(SsaNode n, SsaNode a, SsaNode b)
    {
        if (n.Is64 && a.Op == SsaOp.Shl && a.Is64 && a.Args[1].IsConst && TagValues.UsedBits(a.Args[0]) + (int)a.Args[1].Imm <= 64)
        {
            int shift = (int)a.Args[1].Imm;
            if (((b.Imm >> shift) << shift) != b.Imm) return Bool(n.Cond == Cond.Ne);
            n.Args[0] = a = a.Args[0];
            n.Args[1] = b = graph.Constant(ValueKind.I64, (long)((ulong)b.Imm >> shift));
        }

        if (a.Op == SsaOp.TagToTag && b.Imm is >= 0 and < 64)
        {
            n.Args[0] = Make(SsaOp.And, ValueKind.I32, 32, a.Args[0], graph.Constant(ValueKind.I32, (long)TagRef64.RefTagMask));
            n.Args[1] = graph.Constant(ValueKind.I32, (long)TagRef64.RefBits((int)b.Imm));
            n.Width = 32;
        }

        return null;
    }

    private SsaNode? SimplifyFlag(SsaNode n)
    {
        // The integer operation has become one on boxed words, with the same flags.
        if (n.Args[0].Op == SsaOp.TagToInt) n.Args[0] = n.Args[0].Args[0];
        SsaNode operation = n.Args[0], a = operation.Args[0], b = operation.Args[1];
        if (operation.Op is not (SsaOp.Add or SsaOp.Sub or SsaOp.Mul)) throw new InvalidOperationException($"flags of {operation.Op}");
        if (b.IsConstOf(0) || (operation.Op == SsaOp.Mul && b.IsConstOf(1))) return Bool(false);
        if (!a.IsConst || !b.IsConst) return null;
        return Bool(n.Op == SsaOp.Overflow ? Overflows(operation, a.Imm, b.Imm) : Carries(operation, a.Imm, b.Imm));
    }

    private static bool Overflows(SsaNode operation, long a, long b)
    {
        Int128 exact = operation.Op switch { SsaOp.Add => (Int128)a + b, SsaOp.Sub => (Int128)a - b, _ => (Int128)a * b };
        return operation.Is64 ? exact != (long)exact : exact != (int)exact;
    }

    private static bool Carries(SsaNode operation, long a, long b)
    {
        UInt128 x = operation.Is64 ? (ulong)a : (uint)a, y = operation.Is64 ? (ulong)b : (uint)b;
        return operation.Op == SsaOp.Sub ? x < y : ((operation.Op == SsaOp.Add ? x + y : x * y) >> operation.Width) != 0;
    }

    private SsaNode? SimplifyLea(SsaNode n)
    {
        SsaNode location = n.Args[0];
        if (n.Args.Length == 2) SimplifyIndex(n);
        if (location.Op == SsaOp.Lea && (location.Args.Length == 1 || n.Args.Length == 1) && FitsInt32(location.Imm + n.Imm))
        {
            n.Imm += location.Imm;
            if (location.Args.Length == 2)
            {
                n.Args = [location.Args[0], location.Args[1]];
                n.Scale = location.Scale;
            }
            else
            {
                n.Args[0] = location.Args[0];
            }
        }

        return n.Args.Length == 1 && n.Imm == 0 ? n.Args[0] : null;
    }

    private static void SimplifyIndex(SsaNode n)
    {
        while (true)
        {
            SsaNode index = n.Args[1];
            if (index.IsConst && FitsInt32(n.Imm + index.Imm * n.Scale))
            {
                n.Imm += index.Imm * n.Scale;
                n.Args = [n.Args[0]];
                n.Scale = 0;
                return;
            }

            if (index is { Op: SsaOp.Add, Width: 64, Mark: 0, Code: 0 } && index.Args[1].IsConst && FitsInt32(index.Args[1].Imm) && FitsInt32(n.Imm + index.Args[1].Imm * n.Scale))
            {
                n.Imm += index.Args[1].Imm * n.Scale;
                n.Args[1] = index.Args[0];
            }
            else if (index is { Op: SsaOp.Shl, Width: 64 } && index.Args[1].IsConst && n.Scale << (int)index.Args[1].Imm is > 0 and <= 8 && index.Args[1].Imm <= 3)
            {
                n.Scale <<= (int)index.Args[1].Imm;
                n.Args[1] = index.Args[0];
            }
            else
            {
                return;
            }
        }
    }

    private static bool FitsInt32(long value) => value == (int)value;
}
