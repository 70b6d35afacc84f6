using Iced.Intel;
using Mu.Core.Compiler.Code;
using Mu.Core.Compiler.Lir;

namespace Mu.Core.Compiler.X64;

using Code = Iced.Intel.Code;

/// <summary>What the emitter knows of a place where a frame can stop; offsets are in the code.</summary>
internal sealed record EmittedSite(int ReturnOffset, X64Instruction? Instruction, int FrameSize, CodeLabel? Landing, bool IsEntry, bool InSavingStub);

/// <summary>A place that jumps to a label while a watchpoint is enabled.</summary>
internal sealed record EmittedWatchpoint(int Id, int Offset, CodeLabel Target);

/// <summary>Puts allocated instructions into bytes: hot blocks in order, then what was put off as cold.</summary>
internal sealed partial class Emitter
{
    private readonly LirFunction function;
    private readonly ICompilationEnvironment environment;
    private readonly CodeBuffer code = new();
    private readonly Dictionary<LirBlock, CodeLabel> labels = [];
    private readonly List<Action> cold = [];
    private readonly int frameSize;
    private readonly int clearedSlots;
    private int block;

    public Emitter(LirFunction function, ICompilationEnvironment environment, int clearedSlots)
    {
        this.function = function;
        this.environment = environment;
        this.clearedSlots = clearedSlots;
        bool calls = false;
        foreach (LirBlock b in function.Blocks)
        {
            labels.Add(b, code.NewLabel());
            foreach (LirInstruction i in b.Instructions) calls |= i.IsCall || i.IsSafepoint;
        }

        IsLeaf = !calls;
        // rsp + 8 is aligned at entry: an odd number of slots aligns rsp itself.
        int slots = function.SlotCount | 1;
        frameSize = IsLeaf && function.SlotCount == 0 ? 0 : slots * 8;
    }

    public bool IsLeaf { get; }

    public int FrameSize => frameSize;

    /// <summary>Bytes before constants and tables.</summary>
    public int CodeLength { get; private set; }

    /// <summary>Frame memory that the program may keep references in.</summary>
    public List<Ssa.SsaNode> Allocas { get; init; } = [];

    public CodeBuffer Buffer => code;

    public List<EmittedSite> Sites { get; } = [];

    public List<EmittedWatchpoint> Watchpoints { get; } = [];

    public void Run()
    {
        Prologue();
        for (block = 0; block < function.Blocks.Count; block++)
        {
            LirBlock b = function.Blocks[block];
            code.Bind(labels[b]);
            if (IsEmptyJump(b)) continue;
            foreach (LirInstruction i in b.Instructions) Emit((X64Instruction)i, b);
            if (EndsInCall(b)) FallThrough(b.Successors[0].To);
        }

        for (int i = 0; i < cold.Count; i++) cold[i]();
        CodeLength = code.Length;
        code.Finish();
    }

    private void Prologue()
    {
        if (!IsLeaf || frameSize > 4096)
        {
            CodeLabel slow = code.NewLabel(), back = code.NewLabel();
            bool large = frameSize > 4096;
            if (large) code.Encode(Instruction.Create(Code.Lea_r64_m, Register.R11, new MemoryOperand(Register.RSP, -frameSize)));
            code.Encode(Instruction.Create(Code.Cmp_r64_rm64, large ? Register.R11 : Register.RSP, Context(ContextField.StackLimit)));
            code.JumpIf(Ssa.Cond.Ule, slow);
            code.Bind(back);
            cold.Add(() =>
            {
                code.Bind(slow);
                if (!large) MoveRegister(Registers.R11, Registers.Rsp);
                code.CallStub(environment.Stub(StubEntry.StackCheck));
                Sites.Add(new(code.Length, null, 0, null, IsEntry: true, InSavingStub: true));
                code.Jump(back);
            });
        }

        if (frameSize > 0) AdjustStack(Code.Sub_rm64_imm8, Code.Sub_rm64_imm32);
        ClearSlots();
    }

    private void AdjustStack(Code small, Code large) =>
        code.Encode(Instruction.Create(frameSize <= sbyte.MaxValue ? small : large, Register.RSP, frameSize));

    private void ClearSlots()
    {
        if (clearedSlots == 0) return;
        if (clearedSlots <= 8)
        {
            for (int i = 0; i < clearedSlots; i++) code.Encode(Instruction.Create(Code.Mov_rm64_imm32, new MemoryOperand(Register.RSP, i * 8), 0));
            return;
        }

        CodeLabel loop = code.NewLabel();
        LoadImmediate(Registers.R11, clearedSlots);
        code.Bind(loop);
        code.Encode(Instruction.Create(Code.Mov_rm64_imm32, new MemoryOperand(Register.RSP, Register.R11, 8, -8, 1), 0));
        code.Encode(Instruction.Create(Code.Dec_rm64, Register.R11));
        code.JumpIf(Ssa.Cond.Ne, loop);
    }

    private void Epilogue()
    {
        if (frameSize > 0) AdjustStack(Code.Add_rm64_imm8, Code.Add_rm64_imm32);
    }

    // Control flow

    /// <summary>A call with an EXC clause ends its block; moves of its results may follow it.</summary>
    private static bool EndsInCall(LirBlock b) => b.Successors.Length == 2 && b.Successors[1].IsExceptional;

    private static bool IsEmptyJump(LirBlock b) =>
        b.Instructions.Count == 1 && ((X64Instruction)b.Instructions[0]).Kind == X64Kind.Jump && b.Successors[0].To != b && b.Predecessors.Count > 0;

    /// <summary>Where an edge really leads: empty blocks are passed over.</summary>
    private static LirBlock Target(LirBlock b)
    {
        for (int steps = 0; steps < 100 && IsEmptyJump(b); steps++) b = b.Successors[0].To;
        return b;
    }

    private CodeLabel LabelOf(LirBlock b) => labels[Target(b)];

    private bool IsNext(LirBlock b)
    {
        b = Target(b);
        for (int i = block + 1; i < function.Blocks.Count; i++)
        {
            if (function.Blocks[i] == b) return true;
            if (!IsEmptyJump(function.Blocks[i])) return false;
        }

        return false;
    }

    private void FallThrough(LirBlock to)
    {
        if (!IsNext(to)) code.Jump(LabelOf(to));
    }

    private void Branch(X64Instruction i, LirBlock b)
    {
        LirBlock ifTrue = b.Successors[0].To, ifFalse = b.Successors[1].To;
        Condition c = i.Condition;
        if (IsNext(ifTrue)) (ifTrue, ifFalse, c) = (ifFalse, ifTrue, c.Negate());
        if (c.Parity == Parity.OrSet) code.JumpIf(Ssa.Cond.Parity, LabelOf(ifTrue));
        if (c.Parity == Parity.MustBeClear) code.JumpIf(Ssa.Cond.Parity, LabelOf(ifFalse));
        code.JumpIf(c.Code, LabelOf(ifTrue));
        FallThrough(ifFalse);
    }

    /// <summary>A NOP of five bytes that becomes a jump; it lies in one aligned word, so that one store changes it.</summary>
    private void WatchpointBranch(X64Instruction i, LirBlock b)
    {
        code.PadUntil(place => (place & 7) <= 3);
        Watchpoints.Add(new((int)i.Imm, code.Length, LabelOf(b.Successors[1].To)));
        code.Write(WatchpointPatch.Disabled);
        FallThrough(b.Successors[0].To);
    }

    private void Switch(X64Instruction i, LirBlock b)
    {
        var keys = (long[])i.Aux!;
        int value = RegisterOf(i, 0), offset = RegisterOf(i, 1), table = RegisterOf(i, 2);
        long min = long.MaxValue, max = long.MinValue;
        foreach (long key in keys) (min, max) = (Math.Min(min, key), Math.Max(max, key));
        if (keys.Length >= 4 && (UInt128)(Int128)max - (UInt128)(Int128)min < (UInt128)(keys.Length * 8) && min == (int)min)
        {
            var targets = new CodeLabel[max - min + 1];
            Array.Fill(targets, LabelOf(b.Successors[0].To));
            for (int k = 0; k < keys.Length; k++) targets[keys[k] - min] = LabelOf(b.Successors[k + 1].To);
            code.Encode(Instruction.Create(Code.Lea_r64_m, Registers.Gpr64(offset), new MemoryOperand(Registers.Gpr64(value), -min)));
            code.Encode(Instruction.Create(Code.Cmp_rm64_imm32, Registers.Gpr64(offset), targets.Length - 1));
            code.JumpIf(Ssa.Cond.Ugt, LabelOf(b.Successors[0].To));
            code.LoadAddress(table, code.Table(targets));
            code.Encode(Instruction.Create(Code.Movsxd_r64_rm32, Registers.Gpr64(offset), new MemoryOperand(Registers.Gpr64(table), Registers.Gpr64(offset), 4)));
            code.Encode(Instruction.Create(Code.Add_r64_rm64, Registers.Gpr64(offset), Registers.Gpr64(table)));
            code.Encode(Instruction.Create(Code.Jmp_rm64, Registers.Gpr64(offset)));
            return;
        }

        var order = new int[keys.Length];
        for (int k = 0; k < order.Length; k++) order[k] = k;
        Array.Sort((long[])keys.Clone(), order);
        SearchKeys(value, keys, order, 0, order.Length, b);
    }

    /// <summary>Binary search down to four keys, which are compared one after the other.</summary>
    private void SearchKeys(int value, long[] keys, int[] order, int from, int to, LirBlock b)
    {
        if (to - from > 4)
        {
            int middle = (from + to) / 2;
            CodeLabel upper = code.NewLabel();
            CompareWith(value, keys[order[middle]]);
            code.JumpIf(Ssa.Cond.Sge, upper);
            SearchKeys(value, keys, order, from, middle, b);
            code.Bind(upper);
            SearchKeys(value, keys, order, middle, to, b);
            return;
        }

        for (int k = from; k < to; k++)
        {
            CompareWith(value, keys[order[k]]);
            code.JumpIf(Ssa.Cond.Eq, LabelOf(b.Successors[order[k] + 1].To));
        }

        code.Jump(LabelOf(b.Successors[0].To));
    }

    private void CompareWith(int register, long value)
    {
        if (value == (int)value)
        {
            code.Encode(Instruction.Create(Code.Cmp_rm64_imm32, Registers.Gpr64(register), (int)value));
            return;
        }

        LoadImmediate(Registers.R11, value);
        code.Encode(Instruction.Create(Code.Cmp_r64_rm64, Registers.Gpr64(register), Register.R11));
    }
}
