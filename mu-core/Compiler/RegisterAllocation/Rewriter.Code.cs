using Mu.Core.Compiler.Lir;

namespace Mu.Core.Compiler.RegisterAllocation;

/// <summary>Operands, stack maps and the new instruction lists.</summary>
internal sealed partial class Rewriter
{
    private void SetPlaces(int i, LirInstruction instruction)
    {
        Span<LirOperand> operands = instruction.Operands;
        for (int o = 0; o < operands.Length; o++)
        {
            ref LirOperand operand = ref operands[o];
            int register = LifetimeBuilder.FixedRegisterOf(operands, o);
            if (register >= 0)
            {
                operand.Location = Location.Register(register);
                if (operand.Role is OperandRole.Use or OperandRole.LateUse) Push(ref before, i, new Transfer(operand.VReg, places.At(operand.VReg, 4 * i - 1), operand.Location, false));
            }
            else if (operand.Role is OperandRole.Def or OperandRole.Temp) operand.Location = places.At(operand.VReg, 4 * i + 2);
        }

        for (int o = 0; o < operands.Length; o++)
        {
            ref LirOperand operand = ref operands[o];
            if (operand.Role == OperandRole.Def && operand.Constraint == OperandConstraint.SameAsInput)
            {
                ref LirOperand input = ref operands[operand.Fixed];
                if (input.Constraint == OperandConstraint.Fixed) continue;
                input.Location = operand.Location;
                Push(ref before, i, new Transfer(input.VReg, places.At(input.VReg, 4 * i - 1), operand.Location, false));
            }
            else if (operand.Role is OperandRole.Use or OperandRole.LateUse or OperandRole.KeepAlive && operand.Constraint != OperandConstraint.Fixed && !LifetimeBuilder.IsTiedToResult(operands, o))
                // The register of a constant may be given up behind its last use, so a late use is looked up where it is one.
                operand.Location = places.At(operand.VReg, 4 * i + (operand.Role == OperandRole.Use ? 1 : operand.Constraint == OperandConstraint.Register ? 2 : 3));
        }
    }

    private void SetReferences()
    {
        var found = new List<(Location, RefKind)>();
        foreach ((int i, (int first, int count)) in lifetimes.Safepoints)
        {
            LirInstruction instruction = code.Instructions[i]!;
            found.Clear();
            for (int n = first; n < first + count; n++)
            {
                int vreg = lifetimes.SafepointLive[n];
                RefKind kind = code.Function.KindOf(vreg);
                if (IsLiveAt(vreg, 4 * i + 3))
                {
                    Location place = places.At(vreg, 4 * i + 3);
                    if (instruction.IsCall && !place.IsSlot) throw new InvalidOperationException($"v{vreg} lives across a call in {place}");
                    found.Add((place, kind));
                    // The copy in the frame is what a later call relies on: it has to be kept up to date as well.
                    if (place.IsRegister && IsStoredAtDefinition(vreg)) found.Add((Location.Slot(places.Slot[vreg]), kind));
                }

                if (instruction.IsCall) continue;
                foreach (ref readonly LirOperand operand in instruction.Operands.AsSpan())
                    if (operand.VReg == vreg && operand.Role == OperandRole.LateUse && operand.Constraint == OperandConstraint.Fixed) found.Add((operand.Location, kind));
            }

            instruction.LiveReferences = found.ToArray();
        }
    }

    private void RewriteBlock(int b)
    {
        LirBlock block = code.Blocks[b];
        int header = code.Header[b], terminator = code.Terminator(b);
        var output = new List<LirInstruction>(block.Instructions.Count + 8);
        Emit(atStart, b, output);
        Emit(after, header, output);
        for (int i = header + 1; i <= terminator; i++)
        {
            Emit(before, i, output);
            if (i == terminator) Emit(atEnd, b, output);
            output.Add(code.Instructions[i]!);
            Emit(after, i, output);
        }

        block.Instructions = output;
    }

    private void Emit(in IntPool pool, int list, List<LirInstruction> output)
    {
        if (pool.Heads[list] < 0) return;
        for (int node = pool.Heads[list]; node >= 0; node = pool.Next(node)) AddParallel(transfers[pool.Value(node)]);
        parallel.Emit(output);
    }

    private void AddParallel(in Transfer transfer)
    {
        if (IsRedundant(transfer)) return;
        RegClass registerClass = lifetimes.ClassOf(transfer.VReg);
        if (transfer.From != Location.None) parallel.Add(registerClass, transfer.From, transfer.To);
        else parallel.AddConstant(registerClass, lifetimes.Rematerialise[transfer.VReg] ?? throw new InvalidOperationException($"v{transfer.VReg} is nowhere"), transfer.To);
    }

    /// <summary>A block of its own for the moves of a critical edge.</summary>
    private void SplitEdge(LirEdge edge, int first, int last)
    {
        List<LirBlock> blocks = code.Function.Blocks;
        int id = 0;
        if (nextId == 0)
        {
            foreach (LirBlock block in blocks) id = Math.Max(id, block.Id);
            nextId = id + 1;
        }

        LirBlock from = edge.From, to = edge.To;
        var middle = new LirBlock(nextId++) { LoopDepth = Math.Min(from.LoopDepth, to.LoopDepth), IsCold = from.IsCold || to.IsCold };
        var onward = new LirEdge(middle, to, edge.Arguments);
        middle.Successors = [onward];
        middle.Predecessors.Add(edge);
        to.Predecessors[to.Predecessors.IndexOf(edge)] = onward;
        edge.To = middle;
        edge.Arguments = [];
        for (int t = first; t < last; t++) AddParallel(transfers[t]);
        parallel.Emit(middle.Instructions);
        middle.Instructions.Add(target.Jump(to));
        if (middle.IsCold && !from.IsCold) blocks.Add(middle);
        else blocks.Insert(blocks.IndexOf(from) + 1, middle);
    }

    private int nextId;
}
