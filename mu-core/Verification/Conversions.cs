using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Verification;

/// <summary>Which types each conversion takes and gives.</summary>
internal static class Conversions
{
    public static bool IsLegal(ConvertOp op, MuType from, MuType to) => op switch
    {
        ConvertOp.Trunc => from is IntType f && to is IntType t && f.Bits >= t.Bits,
        ConvertOp.ZExt or ConvertOp.SExt => from is IntType f && to is IntType t && f.Bits <= t.Bits,
        ConvertOp.FPTrunc => from.Kind == TypeKind.Double && to.Kind == TypeKind.Float,
        ConvertOp.FPExt => from.Kind == TypeKind.Float && to.Kind == TypeKind.Double,
        ConvertOp.FPToUI or ConvertOp.FPToSI => from.IsFloatingPoint && to.Kind == TypeKind.Int,
        ConvertOp.UIToFP or ConvertOp.SIToFP => from.Kind == TypeKind.Int && to.IsFloatingPoint,
        ConvertOp.Bitcast => AreSameBits(from, to) || AreSameBits(to, from),
        ConvertOp.RefCast => from.Kind == to.Kind && from.Kind is TypeKind.Ref or TypeKind.IRef or TypeKind.FuncRef,
        ConvertOp.PtrCast => (from.IsPointer && (to.IsPointer || to.Kind == TypeKind.Int)) || (from.Kind == TypeKind.Int && to.IsPointer),
        _ => false,
    };

    private static bool AreSameBits(MuType integer, MuType fp) =>
        integer is IntType i && ((i.Bits == 64 && fp.Kind == TypeKind.Double) || (i.Bits == 32 && fp.Kind == TypeKind.Float));
}
