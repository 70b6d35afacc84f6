using Mu.Core.Types;

namespace Mu.Core.Compiler.Ssa;

/// <summary>What can be told of tagref64 words from the operations that made them.</summary>
internal static class TagValues
{
    /// <summary>Marks an integer operation on boxed words whose result is a boxed integer.</summary>
    public const byte BoxedInt = 1;

    public static TagKinds KindsOf(SsaNode value) => value.Op switch
    {
        SsaOp.Param => TagKinds.Any & ~value.Excluded,
        SsaOp.TagFromInt => TagKinds.Int,
        SsaOp.TagFromFp => TagKinds.Fp,
        SsaOp.TagFromRef => TagKinds.Ref,
        SsaOp.Const => TagRef64.IsInt((ulong)value.Imm) ? TagKinds.Int : TagRef64.IsRef((ulong)value.Imm) ? TagKinds.Ref : TagKinds.Fp,
        SsaOp.Add or SsaOp.Sub or SsaOp.And or SsaOp.Or or SsaOp.Xor when value.Code == BoxedInt => TagKinds.Int,
        _ => TagKinds.Any,
    };

    /// <summary>The comparison of a word's kind and tag bits with those of a reference.</summary>
    public static bool IsTagTest(SsaNode compare) =>
        compare.Args[0] is { Op: SsaOp.And, Width: 32 } and && and.Args[1].IsConstOf((long)TagRef64.RefTagMask) && compare.Args[1].IsConst
        && TagRef64.IsRef((ulong)compare.Args[1].Imm);

    /// <summary>Low bits known to be zero.</summary>
    public static int LowZeros(SsaNode value) => value.Op switch
    {
        SsaOp.TagToInt => TagRef64.IntShift,
        SsaOp.Const => System.Numerics.BitOperations.TrailingZeroCount(value.Imm),
        SsaOp.Shl when value.Is64 && value.Args[1].IsConst => (int)(value.Args[1].Imm & 63),
        SsaOp.And when value.Is64 && value.Code == 0 => Math.Max(LowZeros(value.Args[0]), LowZeros(value.Args[1])),
        SsaOp.Add or SsaOp.Sub or SsaOp.Or or SsaOp.Xor when value.Is64 && value.Code == 0 => Math.Min(LowZeros(value.Args[0]), LowZeros(value.Args[1])),
        SsaOp.Mul when value.Is64 => Math.Max(LowZeros(value.Args[0]), LowZeros(value.Args[1])),
        _ => 0,
    };

    /// <summary>The value is below 2^n when zero-extended.</summary>
    public static int UsedBits(SsaNode value) => value.Op switch
    {
        SsaOp.TagToTag => 6,
        SsaOp.Zext => (int)value.Imm,
        SsaOp.Load => value.Kind is ValueKind.I32 or ValueKind.I64 or ValueKind.Bool ? value.Width * 8 : 64,
        SsaOp.Const => 64 - System.Numerics.BitOperations.LeadingZeroCount((ulong)value.Imm),
        SsaOp.Shr when value.Is64 && value.Args[1].IsConst => 64 - (int)(value.Args[1].Imm & 63),
        SsaOp.And when value.Is64 => Math.Min(UsedBits(value.Args[0]), UsedBits(value.Args[1])),
        _ => value.Kind == ValueKind.Bool ? 1 : 64,
    };
}
