using Mu.Core.Compiler.Lir;

namespace Mu.Core.Compiler.RegisterAllocation;

/// <summary>
/// The simplest allocation that is right: every virtual register lives in the frame, and registers serve single instructions. Slow code; to tell faults of
/// selection from faults of the real allocator.
/// </summary>
internal sealed class FrameAllocator
{
    private readonly LirFunction function;
    private readonly ILirTarget target;
    /// <summary>By virtual register: its first slot.</summary>
    private readonly int[] slots;
    private List<LirInstruction> output = [];

    private FrameAllocator(LirFunction function, ILirTarget target)
    {
        (this.function, this.target) = (function, target);
        slots = new int[function.VRegCount];
        for (int v = 0; v < slots.Length; v++)
        {
            slots[v] = function.SlotCount;
            function.SlotCount += function.ClassOf(v).Slots();
        }
    }

    public static void Run(LirFunction function, ILirTarget target)
    {
        var allocator = new FrameAllocator(function, target);
        ulong[][] liveOut = Liveness.Compute(function);
        for (int i = 0; i < function.Blocks.Count; i++) allocator.Rewrite(function.Blocks[i], liveOut[i]);
        foreach (LirBlock block in function.Blocks)
            foreach (LirEdge edge in block.Successors) allocator.MoveArguments(edge);
    }

    private Location SlotOf(int vreg) => Location.Slot(slots[vreg]);

    private void Rewrite(LirBlock block, ulong[] live)
    {
        live = (ulong[])live.Clone();
        output = new List<LirInstruction>(block.Instructions.Count * 3);
        for (int i = block.Instructions.Count - 1; i >= 0; i--)
        {
            LirInstruction instruction = block.Instructions[i];
            Liveness.Defs(instruction, live);
            if (instruction.IsSafepoint) instruction.LiveReferences = References(instruction, live);
            Liveness.Uses(instruction, live);
        }

        foreach (LirInstruction instruction in block.Instructions) Place(instruction);
        block.Instructions = output;
    }

    /// <summary>What lives across, and what a saving stub's instruction reads.</summary>
    private (Location, RefKind)[] References(LirInstruction instruction, ulong[] live)
    {
        var found = new List<(Location, RefKind)>();
        for (int v = 0; v < function.VRegCount; v++)
        {
            if (function.KindOf(v) == RefKind.None) continue;
            bool lives = (live[v >> 6] >> (v & 63) & 1) != 0;
            foreach (LirOperand operand in instruction.Operands) lives |= operand.VReg == v && operand.Role == OperandRole.KeepAlive;
            if (lives) found.Add((SlotOf(v), function.KindOf(v)));
        }

        return [.. found];
    }

    private void Place(LirInstruction instruction)
    {
        LirOperand[] operands = instruction.Operands;
        Span<ushort> taken = stackalloc ushort[2];
        foreach (LirOperand operand in operands)
            if (operand.Constraint == OperandConstraint.Fixed) taken[(int)function.ClassOf(operand.VReg).File()] |= (ushort)(1 << operand.Fixed);
        for (int i = 0; i < operands.Length; i++)
        {
            ref LirOperand operand = ref operands[i];
            if (operand.Role == OperandRole.KeepAlive || operand.Constraint == OperandConstraint.Any) operand.Location = SlotOf(operand.VReg);
            else if (operand.Constraint == OperandConstraint.Fixed) operand.Location = Location.Register(operand.Fixed);
            else if (operand.Constraint == OperandConstraint.Register) operand.Location = Free(function.ClassOf(operand.VReg), ref taken[(int)function.ClassOf(operand.VReg).File()]);
        }

        foreach (LirOperand operand in operands)
        {
            if (operand.Constraint != OperandConstraint.SameAsInput) continue;
            ref LirOperand input = ref operands[operand.Fixed];
            if (!input.Location.IsRegister) input.Location = Free(function.ClassOf(input.VReg), ref taken[(int)function.ClassOf(input.VReg).File()]);
        }

        for (int i = 0; i < operands.Length; i++)
            if (operands[i].Constraint == OperandConstraint.SameAsInput) operands[i].Location = operands[operands[i].Fixed].Location;
        foreach (LirOperand operand in operands)
            if (operand.Role is OperandRole.Use or OperandRole.LateUse && operand.Location.IsRegister) output.Add(target.Move(function.ClassOf(operand.VReg), SlotOf(operand.VReg), operand.Location));
        output.Add(instruction);
        foreach (LirOperand operand in operands)
            if (operand.Role == OperandRole.Def && operand.Location.IsRegister) output.Add(target.Move(function.ClassOf(operand.VReg), operand.Location, SlotOf(operand.VReg)));
    }

    private Location Free(RegClass registerClass, ref ushort taken)
    {
        foreach (byte register in target.Allocatable(registerClass))
        {
            if ((taken >> register & 1) != 0) continue;
            taken |= (ushort)(1 << register);
            return Location.Register(register);
        }

        throw new InvalidOperationException("an instruction needs more registers than there are");
    }

    /// <summary>Through fresh slots, since the moves of an edge happen at once.</summary>
    private void MoveArguments(LirEdge edge)
    {
        if (edge.Arguments.Length == 0) return;
        List<LirInstruction> moves = [], arrivals = [];
        for (int i = 0; i < edge.Arguments.Length; i++)
            for (int word = 0; word < function.ClassOf(edge.Arguments[i]).Slots(); word++)
            {
                Location room = Location.Slot(function.SlotCount++);
                moves.Add(target.Move(RegClass.Int, Location.Slot(slots[edge.Arguments[i]] + word), room));
                arrivals.Add(target.Move(RegClass.Int, room, Location.Slot(slots[edge.To.Parameters[i]] + word)));
            }

        moves.AddRange(arrivals);
        if (edge.From.Successors.Length == 1) edge.From.Instructions.InsertRange(edge.From.Instructions.Count - 1, moves);
        else edge.To.Instructions.InsertRange(0, moves);
    }
}
