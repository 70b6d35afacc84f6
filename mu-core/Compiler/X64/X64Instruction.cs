using Iced.Intel;
using Mu.Core.Compiler.Lir;
using Mu.Core.Compiler.Ssa;

namespace Mu.Core.Compiler.X64;

using Code = Iced.Intel.Code;

/// <summary>How an instruction is put into bytes.</summary>
internal enum X64Kind : byte
{
    /// <summary>One machine instruction: Code, with operands by the template.</summary>
    Machine,
    /// <summary>Parameters of the function appear in their registers.</summary>
    Enter,
    /// <summary>Move between the two operands' places (or ScalarFrom and ScalarTo for the allocator's own).</summary>
    Move,
    /// <summary>Imm into an integer register, without touching flags.</summary>
    LoadImmediate,
    /// <summary>The FP constant with the bits Imm into an XMM register.</summary>
    LoadFloat,
    /// <summary>The vector constant Aux (UInt128) into an XMM register.</summary>
    LoadVector,
    /// <summary>Condition into a register as 0 or 1.</summary>
    SetCondition,
    FloatSelect,
    Divide,
    FloatToSigned, FloatToUnsigned, UnsignedToFloat,
    /// <summary>int to FP with the destination cleared first, since the conversion merges into it.</summary>
    IntToFloat,
    TagFromFloat,
    Jump, Branch, JumpTable,
    /// <summary>A place that is patched while watchpoint Imm is enabled.</summary>
    WatchpointBranch,
    Return, TailCall, Throw, ThreadExit, Unreachable,
    Call, RuntimeCall, NativeCall, Trap, SwapStack, SwapStackKill,
    Poll, Allocate, AllocateHybrid,
    MoveBytes,
    CompareExchange, AtomicLoop,
    ClearFrame,
}

/// <summary>A condition for branches, selects and setcc: a condition code, and what the parity flag (unordered) adds.</summary>
internal readonly record struct Condition(Cond Code, Parity Parity = Parity.Ignored)
{
    public Condition Negate() => new(Code.Negate(), Parity switch { Parity.MustBeClear => Parity.OrSet, Parity.OrSet => Parity.MustBeClear, _ => Parity.Ignored });
}

/// <summary>The parity flag's part in a condition after an FP comparison.</summary>
internal enum Parity : byte
{
    Ignored,
    /// <summary>The code holds and the operands are ordered.</summary>
    MustBeClear,
    /// <summary>The code holds or the operands are unordered.</summary>
    OrSet,
}

/// <summary>What a memory operand starts from.</summary>
internal enum MemoryBase : byte
{
    None,
    /// <summary>Operands number Base and Index of the instruction (either may be -1).</summary>
    Operands,
    /// <summary>The frame: rsp + the slot at Displacement (in slots).</summary>
    Frame,
    /// <summary>The thread context.</summary>
    Context,
}

/// <summary>An instruction of x64. The template says what the machine operands are: an index of an operand, or <see cref="Memory"/> or <see cref="Immediate"/>.</summary>
internal sealed class X64Instruction : LirInstruction
{
    public const sbyte Nothing = -1, Memory = -2, Immediate = -3;

    public X64Kind Kind;
    public Code Code;
    public sbyte T0 = Nothing, T1 = Nothing, T2 = Nothing, T3 = Nothing;
    public MemoryBase MemoryBase;
    public sbyte Base = -1, Index = -1;
    public byte Scale = 1;
    public int Displacement;
    public long Imm;
    /// <summary>First slot of a memory operand in the frame.</summary>
    public int Imm2;
    public Condition Condition;
    /// <summary>The node that it comes from, for call sites.</summary>
    public SsaNode? Node;
    public object? Aux;

    /// <summary>Makes [operand + displacement] the memory operand.</summary>
    public void AtBase(sbyte operand, int displacement)
    {
        MemoryBase = MemoryBase.Operands;
        Base = operand;
        Displacement = displacement;
    }

    public override string ToString() => $"{(Kind == X64Kind.Machine ? Code.ToString() : Kind.ToString())} {string.Join(", ", Operands)}"
        + (MemoryBase == MemoryBase.None ? "" : $" [{MemoryBase} {Base}+{Index}*{Scale}+{Displacement}]") + (Imm != 0 ? $" #{Imm}" : "");
}
