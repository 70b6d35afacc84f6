using Mu.Core.Types;

namespace Mu.Core.IR;

/// <summary>What a metacircular common instruction (<c>@uvm.meta.*</c>, <c>@uvm.irbuilder.*</c>) takes and gives. Whatever fails raises an exception, whose reference is of the bytes of a message.</summary>
internal sealed record MetaSignature(MuType[] Parameters, MuType[] Results)
{
    private static readonly Dictionary<CommonOp, MetaSignature> Table = new()
    {
        [CommonOp.MetaIdOf] = new([Predefined.BytesRef], [IntType.I32]),
        [CommonOp.MetaNameOf] = new([IntType.I32], [Predefined.BytesRef]),
        [CommonOp.MetaLoadHail] = new([Predefined.BytesRef], []),
        [CommonOp.MetaLoadBundle] = new([Predefined.BytesRef], []),
        [CommonOp.MetaNewCursor] = new([SimpleType.StackRef], [SimpleType.FrameCursorRef]),
        [CommonOp.MetaNextFrame] = new([SimpleType.FrameCursorRef], []),
        [CommonOp.MetaCopyCursor] = new([SimpleType.FrameCursorRef], [SimpleType.FrameCursorRef]),
        [CommonOp.MetaCloseCursor] = new([SimpleType.FrameCursorRef], []),
        [CommonOp.MetaCurrentFunction] = new([SimpleType.FrameCursorRef], [IntType.I32]),
        [CommonOp.MetaCurrentVersion] = new([SimpleType.FrameCursorRef], [IntType.I32]),
        [CommonOp.MetaCurrentInstruction] = new([SimpleType.FrameCursorRef], [IntType.I32]),
        [CommonOp.MetaDumpKeepAlives] = new([SimpleType.FrameCursorRef], [Predefined.RefsRef]),
        [CommonOp.MetaPopFramesTo] = new([SimpleType.FrameCursorRef], []),
        [CommonOp.MetaPushFrame] = new([SimpleType.StackRef, new FunctionReferenceType(TypeKind.FuncRef, new FunctionSignature([], []))], []),
        [CommonOp.MetaEnableWatchpoint] = new([IntType.I32], []),
        [CommonOp.MetaDisableWatchpoint] = new([IntType.I32], []),
        [CommonOp.MetaSetTrapHandler] = new([new FunctionReferenceType(TypeKind.FuncRef, Predefined.TrapHandlerSignature), Predefined.RefVoid], []),
    };

    private static readonly Dictionary<CommonOp, MetaSignature> Builders = BuilderSignature.Names.ToDictionary(entry => entry.Op, entry => BuilderSignature.Types(entry.Op)!);

    /// <summary>Null for other instructions.</summary>
    public static MetaSignature? Of(CommonOp op) => Table.GetValueOrDefault(op) ?? Builders.GetValueOrDefault(op);

    /// <summary>The most arguments that any of them takes, and that any takes of those which do not build.</summary>
    public const int MaximumArguments = 15, FewArguments = 6;
}
