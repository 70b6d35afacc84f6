namespace Mu.Core.Compiler.Ssa;

/// <summary>
/// Operations of the code generator's graph. They work on machine words: the builder has already turned Mu's integer widths into 32- and 64-bit operations and
/// explicit extensions (docs/abi.md says how a width sits in a word), and struct values into their scalars.
/// </summary>
internal enum SsaOp : byte
{
    /// <summary>An integer, reference (NULL) or tagref64 word: Imm.</summary>
    Const,
    /// <summary>A float or double: Imm has its bits.</summary>
    FloatConst,
    /// <summary>A vector of 16 bytes: Aux (UInt128) has its bits.</summary>
    VectorConst,
    /// <summary>A native address known only to the environment: Aux (Function, GlobalCell, ExternConstant, ExposedFunction).</summary>
    Symbol,
    /// <summary>A block parameter.</summary>
    Param,
    /// <summary>The exception, at the start of a landing block.</summary>
    Landing,

    // Integers of Width 32 or 64; the upper half of a 32-bit result is zero or undefined.
    Add, Sub, Mul, And, Or, Xor, Shl, Shr, Sar, SDiv, SRem, UDiv, URem,
    /// <summary>The upper word of the signed product of 64-bit words.</summary>
    MulHigh,
    /// <summary>Signed overflow of the Add, Sub or Mul that is the argument.</summary>
    Overflow,
    /// <summary>Carry, borrow or unsigned overflow of the Add, Sub or Mul that is the argument.</summary>
    Carry,
    /// <summary>Zero-extension from Imm bits to 64.</summary>
    Zext,
    /// <summary>Sign-extension from Imm bits to 64.</summary>
    Sext,
    /// <summary>Integer comparison: Cond, Width.</summary>
    Cmp,
    /// <summary>Args: condition, value for 1, value for 0.</summary>
    Select,

    // Floating point, of Kind F32 or F64.
    FAdd, FSub, FMul, FDiv, FSqrt, FFloor, FCeil, FTrunc, FAbs,
    /// <summary>C's fmod.</summary>
    FRem,
    /// <summary>Comparison: Cond is the Mu CompareOp.</summary>
    FCmp,
    /// <summary>float to double or back.</summary>
    FConvert,
    /// <summary>Toward zero to a signed integer of Imm bits, saturating; in the low bits of the word.</summary>
    FToS,
    /// <summary>Toward zero to an unsigned integer of Imm bits, saturating; in the low bits of the word.</summary>
    FToU,
    /// <summary>A signed word of Width to FP.</summary>
    SToF,
    /// <summary>An unsigned word of Width to FP.</summary>
    UToF,
    /// <summary>The same bits as FP.</summary>
    BitsToF,
    /// <summary>The same bits as an integer.</summary>
    FToBits,

    // Vectors of 16 bytes, of lanes of Width bytes each (SsaBuilder.Vectors.cs).
    /// <summary>Lane by lane: Code is the Mu BinaryOp. Counts of shifts are in range.</summary>
    VBinary,
    /// <summary>All bits of a lane where the comparison holds, else none: Code is the Mu CompareOp; of integers Eq or Sgt.</summary>
    VCompare,
    /// <summary>Args: mask as VCompare gives it, vector for what is set, vector for what is not.</summary>
    VSelect,
    /// <summary>The argument in all lanes.</summary>
    VSplat,
    /// <summary>Args: vector, scalar for lane Imm.</summary>
    VInsert,
    /// <summary>Lane Imm.</summary>
    VExtract,
    /// <summary>The lower half of the lanes from the first vector and the upper half from the second; Imm: which lanes, as SHUFPS or SHUFPD has it.</summary>
    VShuffle,
    /// <summary>Args: vector, for each byte of the result which byte it is (or 0x80: zero).</summary>
    VBytes,
    /// <summary>One bit for each lane of a mask: bit i for lane i; for lanes of 2 bytes bit 2i.</summary>
    VMask,
    /// <summary>Signed 32-bit lanes to floats.</summary>
    VToFloat,

    // tagref64 (Types/TagRef64.cs)
    TagIsInt, TagIsRef, TagIsFp, TagFromInt, TagFromFp,
    /// <summary>Args: reference, tag (a word with the tag in its low 6 bits).</summary>
    TagFromRef,
    /// <summary>The integer left-justified.</summary>
    TagToInt,
    TagToFp, TagToRef,
    /// <summary>The tag in the low bits.</summary>
    TagToTag,

    // Memory. Address = arg 0 (+ arg 1 × Scale) + Imm.
    Lea,
    /// <summary>Args: address. Width bytes; Code not 0: atomic (<see cref="KnownMemory.OrderingLoad"/>, <see cref="KnownMemory.RelaxedLoad"/>).</summary>
    Load,
    /// <summary>Args: address, value. Width bytes; Scale: the location's ValueKind; Cond 1: sequentially consistent.</summary>
    Store,
    /// <summary>Args: address, expected, desired. Results: old, success.</summary>
    CompareExchange,
    /// <summary>Args: address, operand. Cond: AtomicRmwOp.</summary>
    AtomicRmw,
    Fence,
    /// <summary>Aux: the type. Code 1: NULL when memory is out, else NULL is thrown.</summary>
    New,
    /// <summary>Args: length. Aux: the type. Code as for New.</summary>
    NewHybrid,
    /// <summary>Frame memory of Imm bytes; Aux: the type. Code: <see cref="FrameMemory.AlwaysInFrame"/> or 0.</summary>
    Alloca,
    /// <summary>Args: destination, source, number of bytes.</summary>
    CopyBytes,
    /// <summary>The thread context's address. Not pure: behind a call the stack may be another thread's.</summary>
    Context,
    /// <summary>The word at offset Imm of the thread context.</summary>
    LoadContext,
    /// <summary>Args: value. Stores into the word at offset Imm of the thread context.</summary>
    StoreContext,
    /// <summary>A safepoint poll.</summary>
    Poll,

    // Everything that calls. Results are Proj nodes.
    /// <summary>Args: callee, arguments. Aux: CallShape.</summary>
    Call,
    CCall,
    /// <summary>Args: stack, values (or exception when Cond is 1).</summary>
    SwapStack,
    Trap,
    /// <summary>A call of one of the environment's helper functions (Aux: its name), with the runtime convention.</summary>
    RuntimeCall,
    /// <summary>Result number Imm of the argument.</summary>
    Proj,

    // Terminators
    /// <summary>To the second edge while watchpoint Imm is enabled: nothing but a place in the code that is patched.</summary>
    WatchpointBranch,
    Jump, Branch, Switch, Return, TailCall, Throw, ThreadExit,
    /// <summary>SWAPSTACK with KILL_OLD.</summary>
    SwapStackKill,
    /// <summary>Control does not come here.</summary>
    Unreachable,
}

/// <summary>The part of an object that a location is in: a location of one part is never one of another.</summary>
internal enum ObjectPart : byte
{
    Unknown,
    Fixed,
    /// <summary>The elements of a hybrid.</summary>
    Variable,
}

/// <summary>What a node's word is: the register class and what the collector has to know.</summary>
internal enum ValueKind : byte
{
    None,
    /// <summary>0 or 1, zero-extended.</summary>
    Bool,
    /// <summary>32 bits; the upper half is undefined.</summary>
    I32,
    I64,
    F32,
    F64,
    Ref,
    IRef,
    Tag,
    /// <summary>16 bytes of lanes.</summary>
    V128,
}

/// <summary>Integer conditions, with x64's encoding of the condition code.</summary>
internal enum Cond : byte
{
    Overflow = 0, NoOverflow = 1, Ult = 2, Uge = 3, Eq = 4, Ne = 5, Ule = 6, Ugt = 7, Negative = 8, NotNegative = 9, Parity = 10, NoParity = 11,
    Slt = 12, Sge = 13, Sle = 14, Sgt = 15,
}

/// <summary>Algebra of conditions.</summary>
internal static class Conds
{
    /// <summary>The condition that holds when <paramref name="c"/> does not.</summary>
    public static Cond Negate(this Cond c) => c ^ (Cond)1;

    /// <summary>The condition for exchanged operands.</summary>
    public static Cond Swap(this Cond c) => c switch
    {
        Cond.Ult => Cond.Ugt, Cond.Ugt => Cond.Ult, Cond.Ule => Cond.Uge, Cond.Uge => Cond.Ule,
        Cond.Slt => Cond.Sgt, Cond.Sgt => Cond.Slt, Cond.Sle => Cond.Sge, Cond.Sge => Cond.Sle,
        _ => c,
    };
}
