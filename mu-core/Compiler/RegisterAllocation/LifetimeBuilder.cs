using Mu.Core.Compiler.Lir;

namespace Mu.Core.Compiler.RegisterAllocation;

/// <summary>
/// Builds lifetimes in one pass from the end to the beginning (Wimmer and Franz, "Linear Scan Register Allocation on SSA Form", CGO 2010, fig. 4; liveness at
/// block boundaries comes from <see cref="LiveSets"/>, so loops need no care).
/// </summary>
internal ref struct LifetimeBuilder
{
    private readonly Linearisation code;
    private readonly Lifetimes result;
    private readonly int[] rangeHead, useHead;
    private (LiveRange Range, int Next)[] ranges;
    private (UsePosition Use, int Next)[] uses;
    private readonly bool[] needsSlot;
    /// <summary>References live at the pass's position, and where in the list each is.</summary>
    private readonly int[] liveReferences, liveIndex;
    private int rangeCount, useCount, liveCount, safepointCount;

    private LifetimeBuilder(Linearisation code, Lifetimes result)
    {
        this.code = code;
        this.result = result;
        int vregs = code.Function.VRegCount;
        rangeHead = new int[vregs];
        useHead = new int[vregs];
        liveReferences = new int[vregs];
        liveIndex = new int[vregs];
        Array.Fill(rangeHead, -1);
        Array.Fill(useHead, -1);
        Array.Fill(liveIndex, -1);
        Array.Fill(result.DefinitionFixed, (sbyte)-1);
        needsSlot = new bool[vregs];
        ranges = new (LiveRange, int)[2 * vregs + 16];
        uses = new (UsePosition, int)[4 * vregs + 16];
        for (int i = 0; i < result.Fixed.Length; i++) result.Fixed[i] = [];
    }

    public static Lifetimes Run(Linearisation code, LiveSets liveness)
    {
        var builder = new LifetimeBuilder(code, new Lifetimes(code, liveness));
        for (int b = code.Blocks.Length - 1; b >= 0; b--) builder.Block(b);
        builder.Finish();
        return builder.result;
    }

    private void Block(int b)
    {
        int start = code.Start(b), end = code.End(b);
        liveCount = 0;
        foreach (int vreg in result.Liveness.Out[b])
        {
            AddRange(vreg, start, end);
            AddLive(vreg);
        }

        LirBlock block = code.Blocks[b];
        foreach (LirEdge edge in block.Successors)
            for (int i = 0; i < edge.Arguments.Length; i++) Relate(edge.Arguments[i], edge.To.Parameters[i]);
        for (int i = code.Terminator(b); i > code.Header[b]; i--) Instruction(i, start, end);
        if (IsLanding(block)) result.Clobbers.Add(start + 1);
        foreach (int parameter in block.Parameters) Define(parameter, start, end, start, true);
        for (int i = 0; i < liveCount; i++) liveIndex[liveReferences[i]] = -1;
    }

    /// <summary>The unwinder enters with nothing but the frame (and the exception in a register), so all begins in the frame there.</summary>
    private static bool IsLanding(LirBlock block)
    {
        foreach (LirEdge edge in block.Predecessors)
            if (edge.IsExceptional) return true;
        return false;
    }

    private void Instruction(int i, int blockStart, int blockEnd)
    {
        LirInstruction instruction = code.Instructions[i]!;
        int at = 4 * i;
        if (instruction.IsCall) result.Clobbers.Add(at + 2);
        ReadOnlySpan<LirOperand> operands = instruction.Operands;
        for (int o = 0; o < operands.Length; o++)
            if (operands[o].Role == OperandRole.Def) Result(i, operands, o, at, blockEnd);
            else if (operands[o].Role == OperandRole.Temp) Temporary(operands[o], at);
        foreach (ref readonly LirOperand operand in operands)
            if (operand.Role is OperandRole.LateUse or OperandRole.KeepAlive) LateUse(operand, instruction.IsCall, at, blockStart);
        if (instruction.IsSafepoint) RecordSafepoint(i);
        for (int o = 0; o < operands.Length; o++)
            if (operands[o].Role == OperandRole.Use) EarlyUse(operands, o, at, blockStart);
        if ((instruction.Flags & LirFlags.IsMove) != 0) RelateMove(operands);
        if ((instruction.Flags & LirFlags.IsRematerialisable) != 0) ConsiderRematerialising(instruction);
    }

    private void Result(int i, ReadOnlySpan<LirOperand> operands, int o, int at, int blockEnd)
    {
        LirOperand operand = operands[o];
        int vreg = operand.VReg;
        RemoveLive(vreg);
        int register = FixedRegisterOf(operands, o);
        if (register >= 0)
        {
            // A terminator's fixed result moves on the edge, so its lifetime begins after the block.
            bool isTerminator = at + 4 == blockEnd;
            result.DefinitionFixed[vreg] = (sbyte)register;
            TakeFixed(vreg, register, at + 2, isTerminator ? at + 4 : at + 3, at);
            Define(vreg, isTerminator ? at + 4 : at + 3, blockEnd, at, true);
            return;
        }

        bool needsRegister = operand.Constraint != OperandConstraint.Any || (code.Instructions[i]!.Flags & LirFlags.IsMove) != 0;
        if (operand.Constraint == OperandConstraint.SameAsInput)
        {
            // The value of the input is moved here in the gap; the result must keep the register from there on.
            Relate(vreg, operands[operand.Fixed].VReg);
            AddUse(vreg, at + 2, true);
            AddUse(vreg, at, true);
            Define(vreg, at, blockEnd, at, false);
            return;
        }

        AddUse(vreg, at + 2, needsRegister);
        Define(vreg, at + 2, blockEnd, at, false);
    }

    /// <summary>A result in the place of a fixed input is as good as fixed.</summary>
    public static int FixedRegisterOf(ReadOnlySpan<LirOperand> operands, int o)
    {
        LirOperand operand = operands[o];
        if (operand.Constraint == OperandConstraint.Fixed) return operand.Fixed;
        return operand.Constraint == OperandConstraint.SameAsInput && operands[operand.Fixed].Constraint == OperandConstraint.Fixed ? operands[operand.Fixed].Fixed : -1;
    }

    private void Temporary(in LirOperand operand, int at)
    {
        if (operand.Constraint == OperandConstraint.Fixed)
        {
            TakeFixed(operand.VReg, operand.Fixed, at, at + 3, at);
            return;
        }

        result.DefinitionPosition[operand.VReg] = at;
        AddUse(operand.VReg, at + 2, true);
        AddUse(operand.VReg, at, true);
        AddRange(operand.VReg, at, at + 4);
    }

    private void LateUse(in LirOperand operand, bool isCall, int at, int blockStart)
    {
        int vreg = operand.VReg;
        needsSlot[vreg] |= operand.Constraint == OperandConstraint.Any || isCall;
        AddLive(vreg);
        if (operand.Constraint == OperandConstraint.Fixed)
        {
            TakeFixed(vreg, operand.Fixed, at, at + 3, at);
            AddRange(vreg, blockStart, at);
            AddUse(vreg, at - 1, false, operand.Fixed);
            return;
        }

        bool needsRegister = operand.Role == OperandRole.LateUse && operand.Constraint == OperandConstraint.Register;
        if (needsRegister && isCall) throw new InvalidOperationException($"v{vreg} cannot be in a register after a call");
        AddRange(vreg, blockStart, at + 4);
        AddUse(vreg, at + 2, needsRegister);
        AddUse(vreg, at, needsRegister);
    }

    private void EarlyUse(ReadOnlySpan<LirOperand> operands, int o, int at, int blockStart)
    {
        LirOperand operand = operands[o];
        AddLive(operand.VReg);
        if (operand.Constraint == OperandConstraint.Fixed)
        {
            TakeFixed(operand.VReg, operand.Fixed, at, at + 2, at);
            AddRange(operand.VReg, blockStart, at);
            AddUse(operand.VReg, at - 1, false, operand.Fixed);
            return;
        }

        if (IsTiedToResult(operands, o))
        {
            AddRange(operand.VReg, blockStart, at);
            AddUse(operand.VReg, at - 1, false);
            return;
        }

        // Repeated constants need registers: an instruction with many memory operands may not have as many.
        needsSlot[operand.VReg] |= operand.Constraint == OperandConstraint.Any && CountAny(operands) > 1;
        AddRange(operand.VReg, blockStart, at + 2);
        AddUse(operand.VReg, at, operand.Constraint == OperandConstraint.Register);
    }

    private static int CountAny(ReadOnlySpan<LirOperand> operands)
    {
        int count = 0;
        foreach (ref readonly LirOperand operand in operands)
            if (operand.Role == OperandRole.Use && operand.Constraint == OperandConstraint.Any) count++;
        return count;
    }

    public static bool IsTiedToResult(ReadOnlySpan<LirOperand> operands, int o)
    {
        foreach (ref readonly LirOperand operand in operands)
            if (operand.Constraint == OperandConstraint.SameAsInput && operand.Fixed == o) return true;
        return false;
    }

    private void RelateMove(ReadOnlySpan<LirOperand> operands)
    {
        if (operands.Length == 2) Relate(operands[0].VReg, operands[1].VReg);
    }

    private void ConsiderRematerialising(LirInstruction instruction)
    {
        LirOperand[] operands = instruction.Operands;
        if (operands.Length != 1 || operands[0].Role != OperandRole.Def || operands[0].Constraint == OperandConstraint.Fixed) return;
        int vreg = operands[0].VReg;
        // The collector has to find references.
        if (code.Function.KindOf(vreg) == RefKind.None) result.Rematerialise[vreg] = instruction;
    }

    private void RecordSafepoint(int i)
    {
        if (safepointCount + liveCount > result.SafepointLive.Length) Array.Resize(ref result.SafepointLive, Math.Max(2 * result.SafepointLive.Length, safepointCount + liveCount));
        Array.Copy(liveReferences, 0, result.SafepointLive, safepointCount, liveCount);
        result.Safepoints.Add(i, (safepointCount, liveCount));
        safepointCount += liveCount;
    }

    private void AddLive(int vreg)
    {
        if (code.Function.KindOf(vreg) == RefKind.None || liveIndex[vreg] >= 0) return;
        liveIndex[vreg] = liveCount;
        liveReferences[liveCount++] = vreg;
    }

    private void RemoveLive(int vreg)
    {
        int index = liveIndex[vreg];
        if (index < 0) return;
        int moved = liveReferences[--liveCount];
        liveReferences[index] = moved;
        liveIndex[moved] = index;
        liveIndex[vreg] = -1;
    }

    private readonly void Relate(int a, int b)
    {
        if (code.Function.ClassOf(a).File() != code.Function.ClassOf(b).File()) return;
        result.Related.Push(a, b);
        result.Related.Push(b, a);
    }

    /// <summary>An instruction has a register for itself. Ranges come in descending order; those of one instruction become one.</summary>
    private readonly void TakeFixed(int vreg, int register, int start, int end, int at)
    {
        List<LiveRange> list = result.Fixed[(int)code.Function.ClassOf(vreg).File() * 16 + register];
        if (list.Count > 0 && list[^1].Start >= at && list[^1].Start < at + 4) list[^1] = new LiveRange(Math.Min(start, list[^1].Start), Math.Max(end, list[^1].End));
        else list.Add(new LiveRange(start, end));
    }

    private void AddRange(int vreg, int start, int end)
    {
        int head = rangeHead[vreg];
        if (head >= 0 && ranges[head].Range.Start <= end)
        {
            ref LiveRange first = ref ranges[head].Range;
            first = new LiveRange(Math.Min(start, first.Start), Math.Max(end, first.End));
            return;
        }

        if (rangeCount == ranges.Length) Array.Resize(ref ranges, 2 * rangeCount);
        ranges[rangeCount] = (new LiveRange(start, end), head);
        rangeHead[vreg] = rangeCount++;
    }

    private void Define(int vreg, int position, int blockEnd, int at, bool mayVanish)
    {
        result.DefinitionPosition[vreg] = position;
        int head = rangeHead[vreg];
        if (head < 0 || ranges[head].Range.Start >= blockEnd)
        {
            // Never used. A fixed result then just stays where it is, and a parameter is not set.
            if (!mayVanish) AddRange(vreg, position, at + 4);
            return;
        }

        ref LiveRange first = ref ranges[head].Range;
        first = new LiveRange(position, first.End);
        if (position >= first.End) rangeHead[vreg] = ranges[head].Next;
    }

    private void AddUse(int vreg, int position, bool needsRegister, int hint = -1)
    {
        if (useCount == uses.Length) Array.Resize(ref uses, 2 * useCount);
        uses[useCount] = (new UsePosition(position, needsRegister, (sbyte)hint), useHead[vreg]);
        useHead[vreg] = useCount++;
    }

    /// <summary>Puts the lists into arrays.</summary>
    private readonly void Finish()
    {
        int vregs = rangeHead.Length;
        result.RangeFirst = new int[vregs + 1];
        result.UseFirst = new int[vregs + 1];
        result.Ranges = new LiveRange[rangeCount];
        result.Uses = new UsePosition[useCount];
        result.NextNeed = new int[useCount];
        int r = 0, u = 0;
        for (int v = 0; v < vregs; v++)
        {
            result.RangeFirst[v] = r;
            result.UseFirst[v] = u;
            for (int node = rangeHead[v]; node >= 0; node = ranges[node].Next) result.Ranges[r++] = ranges[node].Range;
            for (int node = useHead[v]; node >= 0; node = uses[node].Next) result.Uses[u++] = uses[node].Use;
            SortUses(result.Uses.AsSpan(result.UseFirst[v], u - result.UseFirst[v]));
            if (needsSlot[v]) result.Rematerialise[v] = null;
            // A memory operand needs memory, and a repeated constant has none.
            if (result.Rematerialise[v] is not null) NeedRegisters(result.Uses.AsSpan(result.UseFirst[v], u - result.UseFirst[v]));
            for (int i = u - 1, need = int.MaxValue; i >= result.UseFirst[v]; i--)
                result.NextNeed[i] = need = result.Uses[i].NeedsRegister ? result.Uses[i].Position : need;
        }

        result.RangeFirst[vregs] = r;
        result.UseFirst[vregs] = u;
        result.Clobbers.Reverse();
        foreach (List<LiveRange> list in result.Fixed) list.Reverse();
    }

    /// <summary>Only the uses within one instruction can be out of order.</summary>
    private static void SortUses(Span<UsePosition> uses)
    {
        for (int i = 1; i < uses.Length; i++)
            for (int j = i; j > 0 && uses[j].Position < uses[j - 1].Position; j--) (uses[j], uses[j - 1]) = (uses[j - 1], uses[j]);
    }

    private static void NeedRegisters(Span<UsePosition> uses)
    {
        foreach (ref UsePosition use in uses)
            if ((use.Position & 3) != 3) use = use with { NeedsRegister = true };
    }
}
