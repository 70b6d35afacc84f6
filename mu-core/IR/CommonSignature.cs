using Mu.Core.Types;

namespace Mu.Core.IR;

/// <summary>Names and result types of the common instructions.</summary>
public static class CommonSignature
{
    private static readonly ReferenceType RefVoid = new(TypeKind.Ref, SimpleType.Void);

    private static readonly Dictionary<CommonOp, string> Others = new()
    {
        [CommonOp.NewStack] = "uvm.new_stack",
        [CommonOp.KillStack] = "uvm.kill_stack",
        [CommonOp.ThreadExit] = "uvm.thread_exit",
        [CommonOp.CurrentStack] = "uvm.current_stack",
        [CommonOp.SetThreadLocal] = "uvm.set_threadlocal",
        [CommonOp.GetThreadLocal] = "uvm.get_threadlocal",
        [CommonOp.TagRefIsDouble] = "uvm.tr64.is_fp",
        [CommonOp.TagRefIsInt] = "uvm.tr64.is_int",
        [CommonOp.TagRefIsRef] = "uvm.tr64.is_ref",
        [CommonOp.TagRefFromDouble] = "uvm.tr64.from_fp",
        [CommonOp.TagRefFromInt] = "uvm.tr64.from_int",
        [CommonOp.TagRefFromRef] = "uvm.tr64.from_ref",
        [CommonOp.TagRefToDouble] = "uvm.tr64.to_fp",
        [CommonOp.TagRefToInt] = "uvm.tr64.to_int",
        [CommonOp.TagRefToRef] = "uvm.tr64.to_ref",
        [CommonOp.TagRefToTag] = "uvm.tr64.to_tag",
        [CommonOp.TagRefSame] = "uvm.ext.tr64.eq",
        [CommonOp.FutexWait] = "uvm.futex.wait",
        [CommonOp.FutexWaitTimeout] = "uvm.futex.wait_timeout",
        [CommonOp.FutexWake] = "uvm.futex.wake",
        [CommonOp.FutexCmpRequeue] = "uvm.futex.cmp_requeue",
        [CommonOp.KillDependency] = "uvm.kill_dependency",
        [CommonOp.Pin] = "uvm.native.pin",
        [CommonOp.Unpin] = "uvm.native.unpin",
        [CommonOp.GetAddress] = "uvm.native.get_addr",
        [CommonOp.Expose] = "uvm.native.expose",
        [CommonOp.Unexpose] = "uvm.native.unexpose",
        [CommonOp.GetCookie] = "uvm.native.get_cookie",
        [CommonOp.MetaIdOf] = "uvm.meta.id_of",
        [CommonOp.MetaNameOf] = "uvm.meta.name_of",
        [CommonOp.MetaLoadBundle] = "uvm.meta.load_bundle",
        [CommonOp.MetaLoadHail] = "uvm.meta.load_hail",
        [CommonOp.MetaNewCursor] = "uvm.meta.new_cursor",
        [CommonOp.MetaNextFrame] = "uvm.meta.next_frame",
        [CommonOp.MetaCopyCursor] = "uvm.meta.copy_cursor",
        [CommonOp.MetaCloseCursor] = "uvm.meta.close_cursor",
        [CommonOp.MetaCurrentFunction] = "uvm.meta.cur_func",
        [CommonOp.MetaCurrentVersion] = "uvm.meta.cur_func_ver",
        [CommonOp.MetaCurrentInstruction] = "uvm.meta.cur_inst",
        [CommonOp.MetaDumpKeepAlives] = "uvm.meta.dump_keepalives",
        [CommonOp.MetaPopFramesTo] = "uvm.meta.pop_frames_to",
        [CommonOp.MetaPushFrame] = "uvm.meta.push_frame",
        [CommonOp.MetaEnableWatchpoint] = "uvm.meta.enable_watchpoint",
        [CommonOp.MetaDisableWatchpoint] = "uvm.meta.disable_watchpoint",
        [CommonOp.MetaSetTrapHandler] = "uvm.meta.set_trap_handler",
        [CommonOp.Sqrt] = "uvm.ext.fp.sqrt",
        [CommonOp.Floor] = "uvm.ext.fp.floor",
        [CommonOp.Ceil] = "uvm.ext.fp.ceil",
        [CommonOp.Truncate] = "uvm.ext.fp.trunc",
        [CommonOp.Abs] = "uvm.ext.fp.abs",
        [CommonOp.HybridLength] = "uvm.ext.hybrid_length",
        [CommonOp.CopyElements] = "uvm.ext.memcpy",
        [CommonOp.RuntimeContext] = "uvm.ext.runtime_context",
    };

    /// <summary>As the specification's header and an earlier implementation have them.</summary>
    private static readonly Dictionary<string, CommonOp> OtherSpellings = new()
    {
        ["uvm.meta.cur_func_Ver"] = CommonOp.MetaCurrentVersion,
        ["uvm.meta.enable_watchPoint"] = CommonOp.MetaEnableWatchpoint,
        ["uvm.meta.disable_watchPoint"] = CommonOp.MetaDisableWatchpoint,
    };

    private static readonly Dictionary<CommonOp, string> Names = new(Others.Concat(BuilderSignature.Names.Select(entry => KeyValuePair.Create(entry.Op, entry.Name))));

    private static readonly Dictionary<string, CommonOp> Ops = Names.ToDictionary(p => p.Value, p => p.Key);

    /// <summary>The name, without sigil.</summary>
    public static string NameOf(CommonOp op) => Names[op];

    /// <summary>The operation of a name, without sigil.</summary>
    public static bool TryParse(string name, out CommonOp op) => Ops.TryGetValue(name, out op) || OtherSpellings.TryGetValue(name, out op);

    /// <summary>Whether the number is an operation's.</summary>
    internal static bool IsKnown(CommonOp op) => Names.ContainsKey(op);

    /// <summary>All operations.</summary>
    public static IEnumerable<CommonOp> All => Names.Keys;

    /// <summary>Types of the results. Missing type arguments give void, which the verifier reports.</summary>
    public static MuType[] ResultTypes(CommonOp op, IReadOnlyList<MuType> types, IReadOnlyList<FunctionSignature> signatures)
    {
        MuType first = types.Count > 0 ? types[0] : SimpleType.Void;
        return op switch
        {
            CommonOp.NewStack or CommonOp.CurrentStack => [SimpleType.StackRef],
            CommonOp.GetThreadLocal or CommonOp.TagRefToRef => [RefVoid],
            CommonOp.TagRefIsDouble or CommonOp.TagRefIsInt or CommonOp.TagRefIsRef or CommonOp.TagRefSame => [IntType.I1],
            CommonOp.TagRefFromDouble or CommonOp.TagRefFromInt or CommonOp.TagRefFromRef => [SimpleType.TagRef64],
            CommonOp.TagRefToDouble => [SimpleType.Double],
            CommonOp.TagRefToInt => [IntType.I52],
            CommonOp.TagRefToTag => [IntType.I6],
            CommonOp.FutexWait or CommonOp.FutexWaitTimeout or CommonOp.FutexWake or CommonOp.FutexCmpRequeue => [IntType.I32],
            CommonOp.KillDependency or CommonOp.Sqrt or CommonOp.Floor or CommonOp.Ceil or CommonOp.Truncate or CommonOp.Abs => [first],
            CommonOp.Pin or CommonOp.GetAddress => [new ReferenceType(TypeKind.UPtr, first is ReferenceType r ? r.Referent : SimpleType.Void)],
            CommonOp.GetCookie or CommonOp.HybridLength => [IntType.I64],
            CommonOp.RuntimeContext => [new ReferenceType(TypeKind.UPtr, SimpleType.Void)],
            CommonOp.Expose when signatures.Count > 0 => [new FunctionReferenceType(TypeKind.UFuncPtr, signatures[0])],
            _ => MetaSignature.Of(op)?.Results ?? [],
        };
    }
}
