using Mu.Core.Compiler.Lir;

namespace Mu.Core.Tests.Compiler.RegisterAllocation;

internal enum ToyKind
{
    Compute,
    Move,
    Constant,
    Call,
    Jump,
    Branch,
    Return,
}

/// <summary>An instruction of a machine whose results are hashes of what it reads.</summary>
internal sealed class ToyInstruction(ToyKind kind, int number) : LirInstruction
{
    public readonly ToyKind Kind = kind;
    public readonly int Number = number;
    public RegClass Class;

    public ToyInstruction With(params LirOperand[] more)
    {
        Operands = more;
        return this;
    }

    public override string ToString() => $"{Kind} #{Number} {string.Join(", ", Operands)}";
}

/// <summary>A machine with few registers; the two after them are scratch.</summary>
internal sealed class ToyTarget(int registers) : ILirTarget
{
    private readonly byte[] allocatable = Enumerable.Range(0, registers).Select(i => (byte)i).ToArray();

    public ReadOnlySpan<byte> Allocatable(RegClass registerClass) => allocatable;

    public LirInstruction Move(RegClass registerClass, Location from, Location to) => new ToyInstruction(ToyKind.Move, 0)
    {
        Class = registerClass,
        Operands = [new LirOperand(-1, OperandRole.Def, OperandConstraint.Any) { Location = to }, new LirOperand(-1, OperandRole.Use, OperandConstraint.Any) { Location = from }],
    };

    public LirInstruction Rematerialise(LirInstruction original, Location to) => new ToyInstruction(ToyKind.Constant, ((ToyInstruction)original).Number)
    {
        Class = ((ToyInstruction)original).Class,
        Operands = [new LirOperand(-1, OperandRole.Def, OperandConstraint.Any) { Location = to }],
    };

    public Location ScratchRegister(RegClass registerClass) => Location.Register(15);

    public LirInstruction Jump(LirBlock target) => new ToyInstruction(ToyKind.Jump, 0);
}

/// <summary>Runs a function before allocation (by virtual registers) or after (by places), and hashes what it sees.</summary>
internal sealed class ToySimulator(LirFunction function, bool isAllocated)
{
    private readonly long[] vregs = new long[function.VRegCount];
    private readonly long[] places = new long[32 + 4096];
    private long trace = 17;

    public long Run(int steps)
    {
        LirBlock block = function.Blocks[0];
        while (true)
        {
            LirEdge? taken = null;
            foreach (LirInstruction each in block.Instructions)
            {
                var instruction = (ToyInstruction)each;
                long read = Step(instruction);
                if (instruction.Kind == ToyKind.Return) return trace;
                if (each != block.Instructions[^1]) continue;
                if (instruction.Kind != ToyKind.Jump && steps-- == 0) return trace;
                taken = block.Successors[(int)((ulong)Mix(read, 99) % (ulong)block.Successors.Length)];
                if (block.Successors.Length > 1) trace = Mix(trace, taken.IsExceptional ? 3 : 5);
                Results(instruction, read, taken.IsExceptional);
            }

            if (!isAllocated)
            {
                long[] values = taken!.Arguments.Select(a => vregs[a]).ToArray();
                for (int i = 0; i < values.Length; i++) vregs[taken.To.Parameters[i]] = values[i];
            }

            block = taken!.To;
        }
    }

    private long Step(ToyInstruction i)
    {
        if (i.Kind == ToyKind.Move && i.Operands[0].VReg < 0)
        {
            places[Index(i.Class, i.Operands[0].Location)] = places[Index(i.Class, i.Operands[1].Location)];
            return 0;
        }

        if (i.Kind == ToyKind.Constant)
        {
            if (i.Operands[0].VReg < 0) places[Index(i.Class, i.Operands[0].Location)] = Mix(i.Number, 4);
            else Write(i.Operands[0], Mix(i.Number, 4));
            return 0;
        }

        long hash = i.Number;
        foreach (LirOperand operand in i.Operands)
            if (operand.Role is OperandRole.Use or OperandRole.LateUse or OperandRole.KeepAlive) hash = Mix(hash, Read(operand));
        if (i.Kind != ToyKind.Jump) trace = Mix(trace, hash);
        bool isTerminator = i.Kind is ToyKind.Branch or ToyKind.Return || i.Number < 0;
        if (!isTerminator) Results(i, hash, false);
        return hash;
    }

    private void Results(ToyInstruction i, long hash, bool isExceptional)
    {
        if (i.Kind is ToyKind.Jump or ToyKind.Constant || i.Kind == ToyKind.Move && i.Operands[0].VReg < 0) return;
        if (i.IsCall && isAllocated)
            for (int r = 0; r < 32; r++) places[r] = Mix(hash, 1000 + r);
        int n = 0;
        foreach (LirOperand operand in i.Operands)
            if (operand.Role == OperandRole.Temp && !i.IsCall) Write(operand, ~hash);
        foreach (LirOperand operand in i.Operands)
            if (operand.Role == OperandRole.Def && !isExceptional) Write(operand, i.Kind == ToyKind.Move ? Read(i.Operands[1]) : Mix(hash, n++));
    }

    private long Read(in LirOperand operand) => isAllocated ? places[Index(function.ClassOf(operand.VReg), operand.Location)] : vregs[operand.VReg];

    private void Write(in LirOperand operand, long value)
    {
        if (isAllocated) places[Index(function.ClassOf(operand.VReg), operand.Location)] = value;
        else vregs[operand.VReg] = value;
    }

    private static int Index(RegClass registerClass, Location place) => place.IsSlot ? 32 + place.SlotIndex : (int)registerClass * 16 + place.RegisterNumber;

    private static long Mix(long a, long b) => (a ^ (b * unchecked((long)0x9E3779B97F4A7C15UL))) * 0x2545F4914F6CDD1DL + ((a >>> 29) ^ b);
}
