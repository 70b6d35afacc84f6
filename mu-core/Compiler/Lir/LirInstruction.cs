namespace Mu.Core.Compiler.Lir;

/// <summary>What the allocator has to know of an instruction beyond its operands.</summary>
[Flags]
internal enum LirFlags : byte
{
    None = 0,
    /// <summary>Destroys every register: all that lives across it is in the frame.</summary>
    IsCall = 1,
    /// <summary>The collector may run here. With IsCall it finds references in the frame, else (a stub saves all registers) in registers as well.</summary>
    IsSafepoint = 2,
    /// <summary>Copies its only use to its only result: the allocator may give both one register.</summary>
    IsMove = 4,
    /// <summary>Loads a constant: may be repeated instead of spilling its result. Must not change the machine's flags then.</summary>
    IsRematerialisable = 8,
}

/// <summary>An instruction of the target machine with virtual registers. The machine's own description is in the subclass.</summary>
internal abstract class LirInstruction
{
    public LirOperand[] Operands = [];
    public LirFlags Flags;

    /// <summary>For a safepoint, set by the allocator: what the collector has to visit. Sorted by nothing.</summary>
    public (Location Place, RefKind Kind)[] LiveReferences = [];

    public bool IsCall => (Flags & LirFlags.IsCall) != 0;

    public bool IsSafepoint => (Flags & LirFlags.IsSafepoint) != 0;
}

/// <summary>An edge; the values go to the target's parameters.</summary>
internal sealed class LirEdge(LirBlock from, LirBlock to, int[] arguments)
{
    public LirBlock From = from;
    public LirBlock To = to;
    /// <summary>Virtual registers, one for each parameter of the target.</summary>
    public int[] Arguments = arguments;
    /// <summary>Taken by the unwinder: nothing can be moved on it, and what lives across it is in the frame.</summary>
    public bool IsExceptional;
}

/// <summary>A basic block. The last instruction is its terminator (a jump, a branch, a call with an exceptional edge, …).</summary>
internal sealed class LirBlock(int id)
{
    public int Id = id;
    /// <summary>Virtual registers that the edges to the block set.</summary>
    public int[] Parameters = [];
    public List<LirInstruction> Instructions = [];
    public LirEdge[] Successors = [];
    public List<LirEdge> Predecessors = [];
    public int LoopDepth;
    public bool IsCold;
}

/// <summary>A function: blocks in emission order, and the virtual registers.</summary>
internal sealed class LirFunction
{
    private readonly List<RegClass> classes = [];
    private readonly List<RefKind> kinds = [];

    /// <summary>The entry first.</summary>
    public List<LirBlock> Blocks { get; } = [];

    public int VRegCount => classes.Count;

    /// <summary>Frame slots in use: the machine may take some before allocation; the allocator adds its own.</summary>
    public int SlotCount { get; set; }

    public int NewVReg(RegClass registerClass, RefKind kind = RefKind.None)
    {
        classes.Add(registerClass);
        kinds.Add(kind);
        return classes.Count - 1;
    }

    public RegClass ClassOf(int vreg) => classes[vreg];

    public RefKind KindOf(int vreg) => kinds[vreg];
}

/// <summary>What the allocator asks of the machine.</summary>
internal interface ILirTarget
{
    /// <summary>Registers that may be given out, in order of preference.</summary>
    ReadOnlySpan<byte> Allocatable(RegClass registerClass);

    /// <summary>A move between two places of a class, at least one of them a register. Leaves the machine's flags alone.</summary>
    LirInstruction Move(RegClass registerClass, Location from, Location to);

    /// <summary>Repeats a rematerialisable instruction with its result in another place.</summary>
    LirInstruction Rematerialise(LirInstruction original, Location to);

    /// <summary>A register that the allocator may use within a sequence of moves of a class, though it is never given out.</summary>
    Location ScratchRegister(RegClass registerClass);

    /// <summary>An unconditional jump, for blocks put on critical edges.</summary>
    LirInstruction Jump(LirBlock target);
}
