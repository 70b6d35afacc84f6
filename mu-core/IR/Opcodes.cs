namespace Mu.Core.IR;

/// <summary>Binary operations, numbered as in the specification.</summary>
public enum BinaryOp : byte
{
    /// <summary>Addition modulo 2^n.</summary>
    Add = 1,
    /// <summary>Subtraction modulo 2^n.</summary>
    Sub,
    /// <summary>Multiplication modulo 2^n.</summary>
    Mul,
    /// <summary>Signed division toward zero; MIN / -1 is MIN; a zero divisor takes the exceptional edge.</summary>
    SDiv,
    /// <summary>Signed remainder with the dividend's sign.</summary>
    SRem,
    /// <summary>Unsigned division.</summary>
    UDiv,
    /// <summary>Unsigned remainder.</summary>
    URem,
    /// <summary>Shift left; the count is masked.</summary>
    Shl,
    /// <summary>Logical shift right.</summary>
    LShr,
    /// <summary>Arithmetic shift right.</summary>
    AShr,
    /// <summary>Bitwise and.</summary>
    And,
    /// <summary>Bitwise or.</summary>
    Or,
    /// <summary>Bitwise exclusive or.</summary>
    Xor,
    /// <summary>FP addition.</summary>
    FAdd = 0xB0,
    /// <summary>FP subtraction.</summary>
    FSub,
    /// <summary>FP multiplication.</summary>
    FMul,
    /// <summary>FP division.</summary>
    FDiv,
    /// <summary>FP remainder as C's fmod: the quotient is truncated.</summary>
    FRem,
}

/// <summary>Status flags that ADD, SUB, MUL (all) and other integer operations (N, Z) may give as extra int&lt;1&gt; results, in this order.</summary>
[Flags]
public enum StatusFlags : byte
{
    /// <summary>None.</summary>
    None = 0,
    /// <summary>The result is negative.</summary>
    N = 1,
    /// <summary>The result is zero.</summary>
    Z = 2,
    /// <summary>Unsigned carry, borrow or overflow.</summary>
    C = 4,
    /// <summary>Signed overflow.</summary>
    V = 8,
}

/// <summary>Comparisons, numbered as in the specification.</summary>
public enum CompareOp : byte
{
    /// <summary>Equal.</summary>
    Eq = 0x20,
    /// <summary>Not equal.</summary>
    Ne,
    /// <summary>Signed ≥.</summary>
    Sge,
    /// <summary>Signed &gt;.</summary>
    Sgt,
    /// <summary>Signed ≤.</summary>
    Sle,
    /// <summary>Signed &lt;.</summary>
    Slt,
    /// <summary>Unsigned ≥.</summary>
    Uge,
    /// <summary>Unsigned &gt;.</summary>
    Ugt,
    /// <summary>Unsigned ≤.</summary>
    Ule,
    /// <summary>Unsigned &lt;.</summary>
    Ult,
    /// <summary>Always false.</summary>
    FFalse = 0xC0,
    /// <summary>Always true.</summary>
    FTrue,
    /// <summary>Unordered: one is NaN.</summary>
    FUno,
    /// <summary>Unordered or equal.</summary>
    FUeq,
    /// <summary>Unordered or not equal.</summary>
    FUne,
    /// <summary>Unordered or &gt;.</summary>
    FUgt,
    /// <summary>Unordered or ≥.</summary>
    FUge,
    /// <summary>Unordered or &lt;.</summary>
    FUlt,
    /// <summary>Unordered or ≤.</summary>
    FUle,
    /// <summary>Ordered: no NaN.</summary>
    FOrd,
    /// <summary>Ordered and equal.</summary>
    FOeq,
    /// <summary>Ordered and not equal.</summary>
    FOne,
    /// <summary>Ordered and &gt;.</summary>
    FOgt,
    /// <summary>Ordered and ≥.</summary>
    FOge,
    /// <summary>Ordered and &lt;.</summary>
    FOlt,
    /// <summary>Ordered and ≤.</summary>
    FOle,
}

/// <summary>Conversions, numbered as in the specification.</summary>
public enum ConvertOp : byte
{
    /// <summary>Keep the low bits.</summary>
    Trunc = 0x30,
    /// <summary>Zero-extend.</summary>
    ZExt,
    /// <summary>Sign-extend.</summary>
    SExt,
    /// <summary>double to float.</summary>
    FPTrunc,
    /// <summary>float to double.</summary>
    FPExt,
    /// <summary>FP to unsigned: toward zero, saturating, NaN gives 0.</summary>
    FPToUI,
    /// <summary>FP to signed: toward zero, saturating, NaN gives 0.</summary>
    FPToSI,
    /// <summary>Unsigned to FP.</summary>
    UIToFP,
    /// <summary>Signed to FP.</summary>
    SIToFP,
    /// <summary>Same bits, int to FP or back.</summary>
    Bitcast,
    /// <summary>Another referent for a ref, iref or funcref.</summary>
    RefCast,
    /// <summary>Among uptr, ufuncptr and int.</summary>
    PtrCast,
}

/// <summary>Memory orders (C11's), numbered as in the specification.</summary>
public enum MemoryOrder : byte
{
    /// <summary>A plain access.</summary>
    NotAtomic,
    /// <summary>Atomic without order.</summary>
    Relaxed,
    /// <summary>Orders dependent accesses.</summary>
    Consume,
    /// <summary>Later accesses stay later.</summary>
    Acquire,
    /// <summary>Earlier accesses stay earlier.</summary>
    Release,
    /// <summary>Both.</summary>
    AcqRel,
    /// <summary>One total order.</summary>
    SeqCst,
}

/// <summary>Operations of ATOMICRMW, numbered as in the specification.</summary>
public enum AtomicRmwOp : byte
{
    /// <summary>Exchange.</summary>
    Xchg,
    /// <summary>Add.</summary>
    Add,
    /// <summary>Subtract.</summary>
    Sub,
    /// <summary>And.</summary>
    And,
    /// <summary>Not and.</summary>
    Nand,
    /// <summary>Or.</summary>
    Or,
    /// <summary>Exclusive or.</summary>
    Xor,
    /// <summary>Signed maximum.</summary>
    Max,
    /// <summary>Signed minimum.</summary>
    Min,
    /// <summary>Unsigned maximum.</summary>
    UMax,
    /// <summary>Unsigned minimum.</summary>
    UMin,
}

/// <summary>Common instructions, numbered as in the specification (2017 numbers where they moved).</summary>
public enum CommonOp
{
    /// <summary>@uvm.new_stack &lt;[sig]&gt; (funcref) -> stackref</summary>
    NewStack = 0x201,
    /// <summary>@uvm.kill_stack (stackref)</summary>
    KillStack = 0x202,
    /// <summary>@uvm.thread_exit: terminator</summary>
    ThreadExit = 0x203,
    /// <summary>@uvm.current_stack -> stackref</summary>
    CurrentStack = 0x204,
    /// <summary>@uvm.set_threadlocal (ref&lt;void&gt;)</summary>
    SetThreadLocal = 0x205,
    /// <summary>@uvm.get_threadlocal -> ref&lt;void&gt;</summary>
    GetThreadLocal = 0x206,
    /// <summary>@uvm.tr64.is_fp</summary>
    TagRefIsDouble = 0x211,
    /// <summary>@uvm.tr64.is_int</summary>
    TagRefIsInt = 0x212,
    /// <summary>@uvm.tr64.is_ref</summary>
    TagRefIsRef = 0x213,
    /// <summary>@uvm.tr64.from_fp</summary>
    TagRefFromDouble = 0x214,
    /// <summary>@uvm.tr64.from_int</summary>
    TagRefFromInt = 0x215,
    /// <summary>@uvm.tr64.from_ref</summary>
    TagRefFromRef = 0x216,
    /// <summary>@uvm.tr64.to_fp</summary>
    TagRefToDouble = 0x217,
    /// <summary>@uvm.tr64.to_int</summary>
    TagRefToInt = 0x218,
    /// <summary>@uvm.tr64.to_ref -> ref&lt;void&gt;</summary>
    TagRefToRef = 0x219,
    /// <summary>@uvm.tr64.to_tag -> int&lt;6&gt;</summary>
    TagRefToTag = 0x21A,
    /// <summary>@uvm.tr64.eq (tagref64 tagref64) -> int&lt;1&gt;: the same word. An extension: EQ does not accept tagref64.</summary>
    TagRefSame = 0x21F,
    /// <summary>@uvm.futex.wait</summary>
    FutexWait = 0x220,
    /// <summary>@uvm.futex.wait_timeout</summary>
    FutexWaitTimeout = 0x221,
    /// <summary>@uvm.futex.wake</summary>
    FutexWake = 0x222,
    /// <summary>@uvm.futex.cmp_requeue</summary>
    FutexCmpRequeue = 0x223,
    /// <summary>@uvm.kill_dependency</summary>
    KillDependency = 0x230,
    /// <summary>@uvm.native.pin &lt;T&gt; (ref or iref) -> uptr</summary>
    Pin = 0x240,
    /// <summary>@uvm.native.unpin &lt;T&gt; (ref or iref)</summary>
    Unpin = 0x241,
    /// <summary>@uvm.native.get_addr &lt;T&gt; (ref or iref) -> uptr, without pinning</summary>
    GetAddress = 0x242,
    /// <summary>@uvm.native.expose</summary>
    Expose = 0x243,
    /// <summary>@uvm.native.unexpose</summary>
    Unexpose = 0x244,
    /// <summary>@uvm.native.get_cookie</summary>
    GetCookie = 0x245,
    /// <summary>@uvm.meta.id_of (bytes.r) -> int&lt;32&gt;</summary>
    MetaIdOf = 0x250,
    /// <summary>@uvm.meta.name_of (int&lt;32&gt;) -> bytes.r</summary>
    MetaNameOf = 0x251,
    /// <summary>@uvm.meta.load_bundle (bytes.r)</summary>
    MetaLoadBundle = 0x252,
    /// <summary>@uvm.meta.load_hail (bytes.r)</summary>
    MetaLoadHail = 0x253,
    /// <summary>@uvm.meta.new_cursor (stackref) -> framecursorref</summary>
    MetaNewCursor = 0x254,
    /// <summary>@uvm.meta.next_frame (framecursorref)</summary>
    MetaNextFrame = 0x255,
    /// <summary>@uvm.meta.copy_cursor (framecursorref) -> framecursorref</summary>
    MetaCopyCursor = 0x256,
    /// <summary>@uvm.meta.close_cursor (framecursorref)</summary>
    MetaCloseCursor = 0x257,
    /// <summary>@uvm.meta.cur_func (framecursorref) -> int&lt;32&gt;</summary>
    MetaCurrentFunction = 0x258,
    /// <summary>@uvm.meta.cur_func_ver (framecursorref) -> int&lt;32&gt;</summary>
    MetaCurrentVersion = 0x259,
    /// <summary>@uvm.meta.cur_inst (framecursorref) -> int&lt;32&gt;</summary>
    MetaCurrentInstruction = 0x25A,
    /// <summary>@uvm.meta.dump_keepalives (framecursorref) -> refs.r, each a box</summary>
    MetaDumpKeepAlives = 0x25B,
    /// <summary>@uvm.meta.pop_frames_to (framecursorref)</summary>
    MetaPopFramesTo = 0x25C,
    /// <summary>@uvm.meta.push_frame &lt;[sig]&gt; (stackref funcref)</summary>
    MetaPushFrame = 0x25D,
    /// <summary>@uvm.meta.enable_watchpoint (int&lt;32&gt;)</summary>
    MetaEnableWatchpoint = 0x25E,
    /// <summary>@uvm.meta.disable_watchpoint (int&lt;32&gt;)</summary>
    MetaDisableWatchpoint = 0x25F,
    /// <summary>@uvm.meta.set_trap_handler (funcref ref&lt;void&gt;)</summary>
    MetaSetTrapHandler = 0x260,
    /// <summary>@uvm.irbuilder.new_ir_builder -> irbuilderref. The operands of all @uvm.irbuilder instructions are in docs/irbuilder.md.</summary>
    BuilderNew = 0x270,
    /// <summary>@uvm.irbuilder.load</summary>
    BuilderLoad = 0x300,
    /// <summary>@uvm.irbuilder.abort</summary>
    BuilderAbort = 0x301,
    /// <summary>@uvm.irbuilder.gen_sym</summary>
    BuilderGenerateSymbol = 0x302,
    /// <summary>@uvm.irbuilder.new_type_int</summary>
    BuilderNewTypeInt = 0x303,
    /// <summary>@uvm.irbuilder.new_type_float</summary>
    BuilderNewTypeFloat = 0x304,
    /// <summary>@uvm.irbuilder.new_type_double</summary>
    BuilderNewTypeDouble = 0x305,
    /// <summary>@uvm.irbuilder.new_type_uptr</summary>
    BuilderNewTypeUPtr = 0x306,
    /// <summary>@uvm.irbuilder.new_type_ufuncptr</summary>
    BuilderNewTypeUFuncPtr = 0x307,
    /// <summary>@uvm.irbuilder.new_type_struct</summary>
    BuilderNewTypeStruct = 0x308,
    /// <summary>@uvm.irbuilder.new_type_hybrid</summary>
    BuilderNewTypeHybrid = 0x309,
    /// <summary>@uvm.irbuilder.new_type_array</summary>
    BuilderNewTypeArray = 0x30A,
    /// <summary>@uvm.irbuilder.new_type_vector</summary>
    BuilderNewTypeVector = 0x30B,
    /// <summary>@uvm.irbuilder.new_type_void</summary>
    BuilderNewTypeVoid = 0x30C,
    /// <summary>@uvm.irbuilder.new_type_ref</summary>
    BuilderNewTypeRef = 0x30D,
    /// <summary>@uvm.irbuilder.new_type_iref</summary>
    BuilderNewTypeIRef = 0x30E,
    /// <summary>@uvm.irbuilder.new_type_weakref</summary>
    BuilderNewTypeWeakRef = 0x30F,
    /// <summary>@uvm.irbuilder.new_type_funcref</summary>
    BuilderNewTypeFuncRef = 0x310,
    /// <summary>@uvm.irbuilder.new_type_tagref64</summary>
    BuilderNewTypeTagRef64 = 0x311,
    /// <summary>@uvm.irbuilder.new_type_threadref</summary>
    BuilderNewTypeThreadRef = 0x312,
    /// <summary>@uvm.irbuilder.new_type_stackref</summary>
    BuilderNewTypeStackRef = 0x313,
    /// <summary>@uvm.irbuilder.new_type_framecursorref</summary>
    BuilderNewTypeFrameCursorRef = 0x314,
    /// <summary>@uvm.irbuilder.new_type_irbuilderref</summary>
    BuilderNewTypeIRBuilderRef = 0x315,
    /// <summary>@uvm.irbuilder.new_funcsig</summary>
    BuilderNewSignature = 0x316,
    /// <summary>@uvm.irbuilder.new_const_int</summary>
    BuilderNewConstantInt = 0x317,
    /// <summary>@uvm.irbuilder.new_const_int_ex</summary>
    BuilderNewConstantWideInt = 0x318,
    /// <summary>@uvm.irbuilder.new_const_float</summary>
    BuilderNewConstantFloat = 0x319,
    /// <summary>@uvm.irbuilder.new_const_double</summary>
    BuilderNewConstantDouble = 0x31A,
    /// <summary>@uvm.irbuilder.new_const_null</summary>
    BuilderNewConstantNull = 0x31B,
    /// <summary>@uvm.irbuilder.new_const_seq</summary>
    BuilderNewConstantComposite = 0x31C,
    /// <summary>@uvm.irbuilder.new_const_extern</summary>
    BuilderNewConstantExtern = 0x31D,
    /// <summary>@uvm.irbuilder.new_global_cell</summary>
    BuilderNewGlobalCell = 0x31E,
    /// <summary>@uvm.irbuilder.new_func</summary>
    BuilderNewFunction = 0x31F,
    /// <summary>@uvm.irbuilder.new_exp_func</summary>
    BuilderNewExposedFunction = 0x320,
    /// <summary>@uvm.irbuilder.new_func_ver</summary>
    BuilderNewVersion = 0x321,
    /// <summary>@uvm.irbuilder.new_bb</summary>
    BuilderNewBlock = 0x322,
    /// <summary>@uvm.irbuilder.new_dest_clause</summary>
    BuilderNewDestinationClause = 0x323,
    /// <summary>@uvm.irbuilder.new_exc_clause</summary>
    BuilderNewExceptionClause = 0x324,
    /// <summary>@uvm.irbuilder.new_keepalive_clause</summary>
    BuilderNewKeepAliveClause = 0x325,
    /// <summary>@uvm.irbuilder.new_csc_ret_with</summary>
    BuilderNewCurrentStackReturnWith = 0x326,
    /// <summary>@uvm.irbuilder.new_csc_kill_old</summary>
    BuilderNewCurrentStackKillOld = 0x327,
    /// <summary>@uvm.irbuilder.new_nsc_pass_values</summary>
    BuilderNewNewStackPassValues = 0x328,
    /// <summary>@uvm.irbuilder.new_nsc_throw_exc</summary>
    BuilderNewNewStackThrow = 0x329,
    /// <summary>@uvm.irbuilder.new_binop</summary>
    BuilderNewBinary = 0x32A,
    /// <summary>@uvm.irbuilder.new_binop_with_status</summary>
    BuilderNewBinaryWithStatus = 0x32B,
    /// <summary>@uvm.irbuilder.new_cmp</summary>
    BuilderNewCompare = 0x32C,
    /// <summary>@uvm.irbuilder.new_conv</summary>
    BuilderNewConvert = 0x32D,
    /// <summary>@uvm.irbuilder.new_select</summary>
    BuilderNewSelect = 0x32E,
    /// <summary>@uvm.irbuilder.new_branch</summary>
    BuilderNewBranch = 0x32F,
    /// <summary>@uvm.irbuilder.new_branch2</summary>
    BuilderNewBranch2 = 0x330,
    /// <summary>@uvm.irbuilder.new_switch</summary>
    BuilderNewSwitch = 0x331,
    /// <summary>@uvm.irbuilder.new_call</summary>
    BuilderNewCall = 0x332,
    /// <summary>@uvm.irbuilder.new_tailcall</summary>
    BuilderNewTailCall = 0x333,
    /// <summary>@uvm.irbuilder.new_ret</summary>
    BuilderNewReturn = 0x334,
    /// <summary>@uvm.irbuilder.new_throw</summary>
    BuilderNewThrow = 0x335,
    /// <summary>@uvm.irbuilder.new_extractvalue</summary>
    BuilderNewExtractValue = 0x336,
    /// <summary>@uvm.irbuilder.new_insertvalue</summary>
    BuilderNewInsertValue = 0x337,
    /// <summary>@uvm.irbuilder.new_extractelement</summary>
    BuilderNewExtractElement = 0x338,
    /// <summary>@uvm.irbuilder.new_insertelement</summary>
    BuilderNewInsertElement = 0x339,
    /// <summary>@uvm.irbuilder.new_shufflevector</summary>
    BuilderNewShuffleVector = 0x33A,
    /// <summary>@uvm.irbuilder.new_new</summary>
    BuilderNewNew = 0x33B,
    /// <summary>@uvm.irbuilder.new_newhybrid</summary>
    BuilderNewNewHybrid = 0x33C,
    /// <summary>@uvm.irbuilder.new_alloca</summary>
    BuilderNewAlloca = 0x33D,
    /// <summary>@uvm.irbuilder.new_allocahybrid</summary>
    BuilderNewAllocaHybrid = 0x33E,
    /// <summary>@uvm.irbuilder.new_getiref</summary>
    BuilderNewGetIRef = 0x33F,
    /// <summary>@uvm.irbuilder.new_getfieldiref</summary>
    BuilderNewGetFieldIRef = 0x340,
    /// <summary>@uvm.irbuilder.new_getelemiref</summary>
    BuilderNewGetElemIRef = 0x341,
    /// <summary>@uvm.irbuilder.new_shiftiref</summary>
    BuilderNewShiftIRef = 0x342,
    /// <summary>@uvm.irbuilder.new_getvarpartiref</summary>
    BuilderNewGetVarPartIRef = 0x343,
    /// <summary>@uvm.irbuilder.new_load</summary>
    BuilderNewLoad = 0x344,
    /// <summary>@uvm.irbuilder.new_store</summary>
    BuilderNewStore = 0x345,
    /// <summary>@uvm.irbuilder.new_cmpxchg</summary>
    BuilderNewCompareExchange = 0x346,
    /// <summary>@uvm.irbuilder.new_atomicrmw</summary>
    BuilderNewAtomicRmw = 0x347,
    /// <summary>@uvm.irbuilder.new_fence</summary>
    BuilderNewFence = 0x348,
    /// <summary>@uvm.irbuilder.new_trap</summary>
    BuilderNewTrap = 0x349,
    /// <summary>@uvm.irbuilder.new_watchpoint</summary>
    BuilderNewWatchpoint = 0x34A,
    /// <summary>@uvm.irbuilder.new_wpbranch</summary>
    BuilderNewWatchpointBranch = 0x34B,
    /// <summary>@uvm.irbuilder.new_ccall</summary>
    BuilderNewCCall = 0x34C,
    /// <summary>@uvm.irbuilder.new_newthread</summary>
    BuilderNewNewThread = 0x34D,
    /// <summary>@uvm.irbuilder.new_swapstack</summary>
    BuilderNewSwapStack = 0x34E,
    /// <summary>@uvm.irbuilder.new_comminst</summary>
    BuilderNewCommon = 0x34F,
    /// <summary>@uvm.ext.fp.sqrt &lt;T&gt;, an extension: square root of float or double</summary>
    Sqrt = 0x400,
    /// <summary>@uvm.ext.fp.floor &lt;T&gt;, an extension</summary>
    Floor = 0x401,
    /// <summary>@uvm.ext.fp.ceil &lt;T&gt;, an extension</summary>
    Ceil = 0x402,
    /// <summary>@uvm.ext.fp.trunc &lt;T&gt;, an extension</summary>
    Truncate = 0x403,
    /// <summary>@uvm.ext.fp.abs &lt;T&gt;, an extension</summary>
    Abs = 0x404,
    /// <summary>@uvm.ext.hybrid_length &lt;T&gt; (ref&lt;T&gt;) -> int&lt;64&gt;, an extension: number of elements of a heap hybrid's variable part</summary>
    HybridLength = 0x410,
    /// <summary>@uvm.ext.memcpy &lt;T&gt; (iref&lt;T&gt; dst, iref&lt;T&gt; src, int&lt;64&gt; n), an extension: moves n elements of a memory array; may overlap</summary>
    CopyElements = 0x411,
    /// <summary>@uvm.ext.runtime_context -> uptr&lt;void&gt;, an extension: the thread context that runtime functions get first</summary>
    RuntimeContext = 0x412,
}
