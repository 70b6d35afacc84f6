using Mu.Core.IR;

namespace Mu.Core.Verification;

/// <summary>How many flags, types, signatures and arguments a common instruction has.</summary>
internal readonly record struct CommonShape(int Flags, int Types, int Signatures, int Arguments)
{
    /// <summary>The shape of a known instruction, else null.</summary>
    public static CommonShape? Of(CommonOp op) => op switch
    {
        CommonOp.NewStack => new(0, 0, 1, 1),
        CommonOp.KillStack or CommonOp.SetThreadLocal => Plain(1),
        CommonOp.ThreadExit or CommonOp.CurrentStack or CommonOp.GetThreadLocal or CommonOp.GetCookie or CommonOp.RuntimeContext => Plain(0),
        CommonOp.TagRefFromRef or CommonOp.TagRefSame => Plain(2),
        >= CommonOp.TagRefIsDouble and <= CommonOp.TagRefToTag => Plain(1),
        CommonOp.FutexWait or CommonOp.FutexWake => OfType(2),
        CommonOp.FutexWaitTimeout => OfType(3),
        CommonOp.FutexCmpRequeue => OfType(4),
        CommonOp.KillDependency or CommonOp.Pin or CommonOp.Unpin or CommonOp.GetAddress or CommonOp.HybridLength => OfType(1),
        >= CommonOp.Sqrt and <= CommonOp.Abs => OfType(1),
        CommonOp.CopyElements => OfType(3),
        CommonOp.Expose => new(1, 0, 1, 2),
        CommonOp.Unexpose => new(1, 0, 0, 1),
        CommonOp.MetaPushFrame => new(0, 0, 1, 2),
        _ => MetaSignature.Of(op) is { } meta ? Plain(meta.Parameters.Length) : null,
    };

    private static CommonShape Plain(int arguments) => new(0, 0, 0, arguments);

    private static CommonShape OfType(int arguments) => new(0, 1, 0, arguments);
}
