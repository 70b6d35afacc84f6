namespace Mu.Core.Compiler.Ssa;

/// <summary>Lanes that are known, and tests of several lanes of a mask in one.</summary>
internal sealed partial class Simplifier
{
    private SsaNode? SimplifyExtract(SsaNode n)
    {
        SsaNode vector = n.Args[0];
        while (vector.Op == SsaOp.VInsert && vector.Width == n.Width && vector.Imm != n.Imm) vector = vector.Args[0];
        n.Args[0] = vector;
        switch (vector.Op)
        {
            case SsaOp.VInsert when vector.Width == n.Width && vector.Args[1].Kind == n.Kind: return vector.Args[1];
            case SsaOp.VSplat when vector.Width == n.Width && vector.Args[0].Kind == n.Kind: return vector.Args[0];
            case SsaOp.VectorConst: return LaneOf((UInt128)vector.Aux!, n);
            default: return null;
        }
    }

    /// <summary>Bits of one mask, any of which makes the condition true (or which have to be all set): from a single bit, or from what this has made of several.</summary>
    private static (SsaNode Mask, long Bits)? BitsOf(SsaNode condition, bool all)
    {
        switch (condition)
        {
            case { Op: SsaOp.And, Kind: ValueKind.Bool } when condition.Args[1].IsConstOf(1):
                SsaNode word = condition.Args[0];
                if (word.Op == SsaOp.VMask) return (word, 1);
                return word.Op == SsaOp.Shr && word.Args[0].Op == SsaOp.VMask && word.Args[1].IsConst ? (word.Args[0], 1L << (int)word.Args[1].Imm) : null;
            case { Op: SsaOp.Cmp, Width: 32 } when condition.Args[0] is { Op: SsaOp.And } and && and.Args[0].Op == SsaOp.VMask && and.Args[1].IsConst:
                bool isThis = all ? condition.Cond == Cond.Eq && condition.Args[1].IsConstOf(and.Args[1].Imm) : condition.Cond == Cond.Ne && condition.Args[1].IsConstOf(0);
                return isThis ? (and.Args[0], and.Args[1].Imm) : null;
            default:
                return null;
        }
    }

    /// <summary>OR and AND of lanes' bits: one test of the mask's word.</summary>
    private SsaNode? SimplifyLaneTests(SsaNode n, SsaNode a, SsaNode b)
    {
        bool all = n.Op == SsaOp.And;
        if (n.Op is not (SsaOp.Or or SsaOp.And) || BitsOf(a, all) is not { } left || BitsOf(b, all) is not { } right || left.Mask != right.Mask) return null;
        SsaNode bits = graph.Constant(ValueKind.I32, left.Bits | right.Bits);
        SsaNode compare = graph.NewNode(SsaOp.Cmp, ValueKind.Bool, Make(SsaOp.And, ValueKind.I32, 32, left.Mask, bits), all ? bits : graph.Constant(ValueKind.I32, 0));
        compare.Cond = all ? Cond.Eq : Cond.Ne;
        compare.Width = 32;
        return emit(compare);
    }

    private SsaNode LaneOf(UInt128 vector, SsaNode n)
    {
        long bits = (long)(ulong)(vector >> (int)(8 * n.Width * n.Imm));
        if (n.IsFloat) return graph.FloatConstant(n.Kind, n.Kind == ValueKind.F32 ? (uint)bits : bits);
        int unused = 64 - 8 * n.Width;
        return graph.Constant(n.Kind, bits << unused >> unused);
    }
}
