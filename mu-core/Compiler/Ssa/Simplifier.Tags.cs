using Mu.Core.Types;

namespace Mu.Core.Compiler.Ssa;

/// <summary>Boxing and unboxing of tagref64, and floating point.</summary>
internal sealed partial class Simplifier
{
    private SsaNode? SimplifyTag(SsaNode n)
    {
        SsaNode a = n.Args[0];
        switch (n.Op)
        {
            case SsaOp.TagIsInt: return Test(a, TagKinds.Int);
            case SsaOp.TagIsRef: return Test(a, TagKinds.Ref);
            case SsaOp.TagIsFp: return Test(a, TagKinds.Fp) ?? NeitherIntNorRef(a);
            case SsaOp.TagFromInt:
                if (a.Op == SsaOp.TagToInt) return a.Args[0];
                return a.IsConst ? graph.Constant(ValueKind.Tag, a.Imm | (long)TagRef64.IntKind) : null;
            case SsaOp.TagFromFp:
                if (a.Op == SsaOp.TagToFp) return a.Args[0];
                return a.Op == SsaOp.FloatConst ? graph.Constant(ValueKind.Tag, (long)TagRef64.FromDouble(BitConverter.Int64BitsToDouble(a.Imm))) : null;
            case SsaOp.TagFromRef:
                return a.IsConstOf(0) && n.Args[1].IsConst ? graph.Constant(ValueKind.Tag, (long)TagRef64.FromRef(0, (int)n.Args[1].Imm)) : null;
            case SsaOp.TagToInt:
                if (a.Op == SsaOp.TagFromInt) return a.Args[0];
                return a.IsConst ? graph.Constant(ValueKind.I64, a.Imm & ~(long)TagRef64.KindMask) : null;
            case SsaOp.TagToFp:
                if (a.Op == SsaOp.TagFromFp) return a.Args[0];
                return a.IsConst ? graph.FloatConstant(ValueKind.F64, BitConverter.DoubleToInt64Bits(TagRef64.ToDouble((ulong)a.Imm))) : null;
            case SsaOp.TagToRef:
                if (a.Op == SsaOp.TagFromRef) return a.Args[0];
                return a.IsConst ? graph.Constant(ValueKind.Ref, 0) : null;
            default:
                if (a.Op == SsaOp.TagFromRef) return Make(SsaOp.And, ValueKind.I64, 64, a.Args[1], graph.Constant(ValueKind.I64, 63));
                return a.IsConst ? graph.Constant(ValueKind.I64, TagRef64.ToTag((ulong)a.Imm)) : null;
        }
    }

    private SsaNode? Test(SsaNode value, TagKinds kind)
    {
        if (value.Op == SsaOp.And && value.Code == 0) return null;
        TagKinds possible = facts.KindsOf(value);
        return possible == kind ? Bool(true) : (possible & kind) == 0 ? Bool(false) : null;
    }

    /// <summary>A double is what is nothing else; a test that the branches above have decided falls away.</summary>
    private SsaNode NeitherIntNorRef(SsaNode value)
    {
        TagKinds possible = facts.KindsOf(value);
        SsaNode? notInt = (possible & TagKinds.Int) == 0 ? null : Not(SsaOp.TagIsInt, value), notRef = (possible & TagKinds.Ref) == 0 ? null : Not(SsaOp.TagIsRef, value);
        return notInt is null ? notRef! : notRef is null ? notInt : Make(SsaOp.And, ValueKind.Bool, 32, notInt, notRef);
    }

    private SsaNode Not(SsaOp test, SsaNode value) => Make(SsaOp.Xor, ValueKind.Bool, 32, emit(graph.NewNode(test, ValueKind.Bool, value)), Bool(true));

    /// <summary>
    /// Integer operations on unboxed words become operations on boxed ones where the kind bits come out right by themselves: then boxing the result is nothing. Flags are the same,
    /// since the low bits of one operand are zero and give no carry.
    /// </summary>
    private SsaNode? RewriteBoxed(SsaNode n)
    {
        SsaNode a = n.Args[0], b = n.Args[1];
        if (a.Op != SsaOp.TagToInt && b.Op == SsaOp.TagToInt && Commutes(n.Op)) (a, b) = (b, a);
        if (a.Op != SsaOp.TagToInt) return null;
        switch (n.Op)
        {
            case SsaOp.Add or SsaOp.Sub or SsaOp.Or or SsaOp.Xor when TagValues.LowZeros(b) >= TagRef64.IntShift:
                return Boxed(n, a.Args[0], n.Op == SsaOp.Or && b.Op == SsaOp.TagToInt ? b.Args[0] : b);
            case SsaOp.And when b.Op == SsaOp.TagToInt:
                return Boxed(n, a.Args[0], b.Args[0]);
            case SsaOp.And when b.IsConst && (b.Imm & (long)TagRef64.KindMask) == 0:
                return Boxed(n, a.Args[0], graph.Constant(ValueKind.I64, b.Imm | (long)TagRef64.IntKind));
            default:
                return null;
        }
    }

    private SsaNode Boxed(SsaNode n, SsaNode a, SsaNode b)
    {
        SsaNode operation = graph.NewNode(n.Op, ValueKind.I64, a, b);
        operation.Width = 64;
        operation.Code = TagValues.BoxedInt;
        operation.Mark = n.Mark;
        return emit(graph.NewNode(SsaOp.TagToInt, ValueKind.I64, emit(operation)));
    }

    private SsaNode? SimplifyFloat(SsaNode n)
    {
        SsaNode a = n.Args[0];
        if (n.Op == SsaOp.SToF && a is { Op: SsaOp.Sext, Imm: 32 })
        {
            n.Args[0] = a.Args[0];
            n.Width = 32;
            return null;
        }

        if (n.Op == SsaOp.SToF && a.IsConst) return Float(n.Kind, n.Is64 ? a.Imm : (int)a.Imm);
        if (n.Kind != ValueKind.F64 || a is not { Op: SsaOp.FloatConst, Kind: ValueKind.F64 }) return null;
        double x = BitConverter.Int64BitsToDouble(a.Imm);
        if (n.Args.Length == 1)
            return n.Op switch
            {
                SsaOp.FSqrt => Double(Math.Sqrt(x)),
                SsaOp.FFloor => Double(Math.Floor(x)),
                SsaOp.FCeil => Double(Math.Ceiling(x)),
                SsaOp.FTrunc => Double(Math.Truncate(x)),
                SsaOp.FAbs => Double(Math.Abs(x)),
                _ => null,
            };
        if (n.Args[1].Op != SsaOp.FloatConst) return null;
        double y = BitConverter.Int64BitsToDouble(n.Args[1].Imm);
        return n.Op switch
        {
            SsaOp.FAdd => Double(x + y),
            SsaOp.FSub => Double(x - y),
            SsaOp.FMul => Double(x * y),
            SsaOp.FDiv => Double(x / y),
            _ => null,
        };
    }

    private SsaNode Double(double value) => graph.FloatConstant(ValueKind.F64, BitConverter.DoubleToInt64Bits(value));

    private SsaNode Float(ValueKind kind, long value) =>
        kind == ValueKind.F64 ? Double(value) : graph.FloatConstant(ValueKind.F32, BitConverter.SingleToUInt32Bits(value));
}
