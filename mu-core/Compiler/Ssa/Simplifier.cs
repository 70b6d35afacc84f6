using Mu.Core.Types;

namespace Mu.Core.Compiler.Ssa;

/// <summary>
/// Local rewriting: constant folding, algebra, and cancelling of tagref64 boxing. A rule gives a node that stands for the given one, or changes the node in
/// place and gives null.
/// </summary>
internal sealed partial class Simplifier(SsaGraph graph, Facts facts, Func<SsaNode, SsaNode> emit)
{
    public SsaNode? Simplify(SsaNode n)
    {
        if (n.Width == 32) Narrow(n);
        switch (n.Op)
        {
            case SsaOp.Store:
                NarrowStored(n);
                return null;
            case SsaOp.Add or SsaOp.Sub or SsaOp.Mul or SsaOp.And or SsaOp.Or or SsaOp.Xor:
                return SimplifyArithmetic(n);
            case SsaOp.Shl or SsaOp.Shr or SsaOp.Sar:
                return SimplifyShift(n);
            case SsaOp.SDiv or SsaOp.SRem or SsaOp.UDiv or SsaOp.URem:
                return SimplifyDivision(n);
            case SsaOp.Overflow or SsaOp.Carry:
                return SimplifyFlag(n);
            case SsaOp.Zext or SsaOp.Sext:
                return SimplifyExtend(n);
            case SsaOp.Cmp:
                return SimplifyCompare(n);
            case SsaOp.Select:
                return SimplifySelect(n);
            case >= SsaOp.TagIsInt and <= SsaOp.TagToTag:
                return SimplifyTag(n);
            case SsaOp.Lea:
                return SimplifyLea(n);
            case SsaOp.VExtract:
                return SimplifyExtract(n);
            case >= SsaOp.FAdd and <= SsaOp.FToBits:
                return SimplifyFloat(n);
            default:
                return null;
        }
    }

    /// <summary>A constant of 64 bits may stand for a truncated word: what 32-bit operations see of it is its lower half.</summary>
    private void Narrow(SsaNode n)
    {
        for (int i = 0; i < n.Args.Length; i++)
            if (n.Args[i] is { IsConst: true } c && c.Imm != (int)c.Imm) n.Args[i] = graph.Constant(ValueKind.I32, (int)c.Imm);
    }

    private void NarrowStored(SsaNode n)
    {
        if (n.Width >= 8 || !n.Args[1].IsConst) return;
        int unused = 64 - 8 * n.Width;
        long seen = n.Args[1].Imm << unused >> unused;
        if (seen != n.Args[1].Imm) n.Args[1] = graph.Constant(ValueKind.I32, seen);
    }

    private SsaNode Int(SsaNode like, long value) => graph.Constant(like.Kind, like.Kind == ValueKind.Bool ? value & 1 : like.Width == 32 ? (int)value : value);

    private SsaNode Bool(bool value) => graph.Constant(ValueKind.Bool, value ? 1 : 0);

    private SsaNode Make(SsaOp op, ValueKind kind, byte width, SsaNode a, SsaNode b)
    {
        SsaNode node = graph.NewNode(op, kind, a, b);
        node.Width = width;
        return emit(node);
    }

    private static bool Commutes(SsaOp op) => op is SsaOp.Add or SsaOp.Mul or SsaOp.And or SsaOp.Or or SsaOp.Xor;

    private SsaNode? SimplifyArithmetic(SsaNode n)
    {
        if (Commutes(n.Op) && n.Args[0].IsConst && !n.Args[1].IsConst) (n.Args[0], n.Args[1]) = (n.Args[1], n.Args[0]);
        if (n.Is64 && n.Code == 0 && RewriteBoxed(n) is { } boxed) return boxed;
        if (n.Mark == 1) return null;
        SsaNode a = n.Args[0], b = n.Args[1];
        if (a.IsConst && b.IsConst) return Int(n, Fold(n.Op, a.Imm, b.Imm));
        if (a == b)
        {
            if (n.Op is SsaOp.Sub or SsaOp.Xor) return Int(n, 0);
            if (n.Op is SsaOp.And or SsaOp.Or) return a;
        }

        if (n.Kind == ValueKind.Bool) return SimplifyBool(n, a, b);
        return b.IsConst ? SimplifyWithConstant(n, a, b.Imm) : null;
    }

    private static long Fold(SsaOp op, long a, long b) => op switch
    {
        SsaOp.Add => a + b,
        SsaOp.Sub => a - b,
        SsaOp.Mul => a * b,
        SsaOp.And => a & b,
        SsaOp.Or => a | b,
        _ => a ^ b,
    };

    private SsaNode? SimplifyWithConstant(SsaNode n, SsaNode a, long c)
    {
        switch (n.Op)
        {
            case SsaOp.Add or SsaOp.Sub or SsaOp.Or or SsaOp.Xor when c == 0 && SameKindOfWord(n, a): return a;
            case SsaOp.Sub:
                n.Op = SsaOp.Add;
                n.Args[1] = Int(n, -c);
                return Simplify(n);
            case SsaOp.Mul when c == 0: return Int(n, 0);
            case SsaOp.Mul when c == 1 && SameKindOfWord(n, a): return a;
            case SsaOp.Mul when c > 0 && (c & (c - 1)) == 0:
                n.Op = SsaOp.Shl;
                n.Args[1] = graph.Constant(n.Kind, System.Numerics.BitOperations.TrailingZeroCount(c));
                return Simplify(n);
            case SsaOp.And when c == 0: return Int(n, 0);
            case SsaOp.And when c == -1 && n.Is64 && SameKindOfWord(n, a): return a;
            case SsaOp.And when n.Is64 && c < 0 && (~c & (~c + 1)) == 0 && TagValues.LowZeros(a) >= System.Numerics.BitOperations.TrailingZeroCount(c): return a;
            case SsaOp.And when n.Is64 && c > 0 && (c & (c + 1)) == 0 && TagValues.UsedBits(a) <= System.Numerics.BitOperations.PopCount((ulong)c): return a;
            case SsaOp.Add or SsaOp.And or SsaOp.Or or SsaOp.Xor when a.Op == n.Op && a.Width == n.Width && a.Mark == 0 && a.Code == n.Code && a.Args[1].IsConst:
                n.Args[0] = a.Args[0];
                n.Args[1] = Int(n, Fold(n.Op, a.Args[1].Imm, c));
                return Simplify(n);
        }

        return null;
    }

    /// <summary>A word of 64 bits may stand for one of 32, not the other way round.</summary>
    private static bool SameKindOfWord(SsaNode n, SsaNode a) => n.Width == 32 || a.Kind is not (ValueKind.I32 or ValueKind.Bool);

    private SsaNode? SimplifyBool(SsaNode n, SsaNode a, SsaNode b)
    {
        if (b.IsConst)
        {
            bool one = b.Imm != 0;
            switch (n.Op)
            {
                case SsaOp.And: return a.Kind != ValueKind.Bool ? null : one ? a : b;
                case SsaOp.Or: return one ? b : a;
                case SsaOp.Xor: return one ? Negate(a) : a;
            }
        }

        if (n.Op == SsaOp.And && a.Op == SsaOp.TagIsInt && b.Op == SsaOp.TagIsInt)
        {
            SsaNode both = Make(SsaOp.And, ValueKind.I64, 64, a.Args[0], b.Args[0]);
            return emit(graph.NewNode(SsaOp.TagIsInt, ValueKind.Bool, both));
        }

        if (EitherConstant(n.Op, a, b) is { } masked) return masked;
        if (SimplifyLaneTests(n, a, b) is { } tested) return tested;
        if (n.Op == SsaOp.And)
        {
            if (ImpliesRef(a, b)) return a;
            if (ImpliesRef(b, a)) return b;
        }

        return null;
    }

    /// <summary>x = c or x = d, where c and d differ in one bit (a dynamic language's nil and false, say): one comparison without that bit. Likewise x ≠ c and x ≠ d.</summary>
    private SsaNode? EitherConstant(SsaOp op, SsaNode a, SsaNode b)
    {
        Cond cond = op switch { SsaOp.Or => Cond.Eq, SsaOp.And => Cond.Ne, _ => Cond.Overflow };
        if (a.Op != SsaOp.Cmp || b.Op != SsaOp.Cmp || a.Cond != cond || b.Cond != cond || !a.Is64 || !b.Is64 || a.Args[0] != b.Args[0] || !a.Args[1].IsConst || !b.Args[1].IsConst) return null;
        long bit = a.Args[1].Imm ^ b.Args[1].Imm;
        if (!System.Numerics.BitOperations.IsPow2((ulong)bit)) return null;
        SsaNode compare = graph.NewNode(SsaOp.Cmp, ValueKind.Bool,
            Make(SsaOp.And, ValueKind.I64, 64, a.Args[0], graph.Constant(ValueKind.I64, ~bit)), graph.Constant(ValueKind.I64, a.Args[1].Imm & ~bit));
        compare.Cond = cond;
        compare.Width = 64;
        return emit(compare);
    }

    /// <summary>A test of kind and tag bits together makes the test of the kind needless.</summary>
    private static bool ImpliesRef(SsaNode test, SsaNode isRef) =>
        isRef.Op == SsaOp.TagIsRef && test is { Op: SsaOp.Cmp, Cond: Cond.Eq } && TagValues.IsTagTest(test) && test.Args[0].Args[0] == isRef.Args[0];

    /// <summary>The opposite of a condition, where it has a form of its own.</summary>
    private SsaNode? Negate(SsaNode condition)
    {
        switch (condition.Op)
        {
            case SsaOp.Cmp:
                SsaNode compare = graph.NewNode(SsaOp.Cmp, ValueKind.Bool, condition.Args[0], condition.Args[1]);
                compare.Cond = condition.Cond.Negate();
                compare.Width = condition.Width;
                return emit(compare);
            case SsaOp.Xor when condition.Args[1].IsConstOf(1):
                return condition.Args[0];
            default:
                return null;
        }
    }

    private SsaNode? SimplifySelect(SsaNode n)
    {
        SsaNode c = n.Args[0], a = n.Args[1], b = n.Args[2];
        if (c.IsConst) return c.Imm != 0 ? a : b;
        if (a == b) return a;
        if (n.Kind != ValueKind.Bool || !a.IsConst || !b.IsConst) return null;
        return a.Imm != 0 ? c : Negate(c);
    }

    /// <summary>A branch on a negation is the branch with exchanged edges.</summary>
    public void SimplifyBranch(SsaBlock block)
    {
        SsaNode branch = block.Terminator;
        while (branch.Op == SsaOp.Branch && branch.Args[0] is { Op: SsaOp.Xor, Kind: ValueKind.Bool } not && not.Args[1].IsConstOf(1))
        {
            branch.Args[0] = not.Args[0];
            (block.Successors[0], block.Successors[1]) = (block.Successors[1], block.Successors[0]);
        }
    }
}
