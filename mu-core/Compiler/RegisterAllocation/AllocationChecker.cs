using System.Runtime.InteropServices;
using Mu.Core.Compiler.Lir;

namespace Mu.Core.Compiler.RegisterAllocation;

/// <summary>
/// Validates an allocation by abstract interpretation: which virtual registers' values each place surely holds, on all paths. It shares nothing with the
/// allocator but the function. A collection makes every reference stale that the stack map does not name.
/// </summary>
internal sealed class AllocationChecker
{
    private readonly LirFunction function;
    private readonly ILirTarget target;
    private readonly MoveLog log;
    private readonly Dictionary<LirBlock, State> entries = [];
    private readonly Dictionary<LirInstruction, int> constants = [];
    private bool isFinal;

    private AllocationChecker(LirFunction function, ILirTarget target, MoveLog log)
    {
        (this.function, this.target, this.log) = (function, target, log);
        foreach (LirBlock block in function.Blocks)
            foreach (LirInstruction instruction in block.Instructions)
                if ((instruction.Flags & LirFlags.IsRematerialisable) != 0) constants[instruction] = instruction.Operands[0].VReg;
    }

    /// <summary>Allocates and checks. The disturbance, for tests of the checker, comes in between.</summary>
    public static void RunChecked(LirFunction function, ILirTarget target, Action<LirFunction>? disturb = null)
    {
        var log = new MoveLog(target);
        RegisterAllocator.Allocate(function, log);
        disturb?.Invoke(function);
        Check(function, log);
    }

    private static void Check(LirFunction function, MoveLog log)
    {
        var checker = new AllocationChecker(function, log, log);
        checker.Solve();
        checker.isFinal = true;
        foreach ((LirBlock block, State entry) in checker.entries) checker.Interpret(block, entry.Clone());
    }

    private void Solve()
    {
        entries.Add(function.Blocks[0], new State());
        var work = new Queue<LirBlock>([function.Blocks[0]]);
        while (work.TryDequeue(out LirBlock? block))
        {
            Dictionary<LirEdge, State> exits = Interpret(block, entries[block].Clone());
            foreach (LirEdge edge in block.Successors)
            {
                State arriving = exits[edge];
                Rename(arriving, edge);
                if (!entries.TryGetValue(edge.To, out State? known)) entries.Add(edge.To, arriving);
                else if (!known.Meet(arriving)) continue;
                work.Enqueue(edge.To);
            }
        }
    }

    /// <summary>Values of arguments become those of parameters as well, all at once.</summary>
    private static void Rename(State state, LirEdge edge)
    {
        if (edge.Arguments.Length == 0) return;
        var gained = new List<(int Place, int VReg)>();
        foreach ((int place, SortedSet<int> values) in state.Values)
            for (int i = 0; i < edge.Arguments.Length; i++)
                if (values.Contains(edge.Arguments[i])) gained.Add((place, edge.To.Parameters[i]));
        foreach (int parameter in edge.To.Parameters) state.Forget(parameter);
        foreach ((int place, int vreg) in gained) state.Add(place, vreg);
    }

    private Dictionary<LirEdge, State> Interpret(LirBlock block, State state)
    {
        var exits = new Dictionary<LirEdge, State>();
        for (int i = 0; i < block.Instructions.Count; i++)
        {
            LirInstruction instruction = block.Instructions[i];
            if (log.Moves.TryGetValue(instruction, out (RegClass Class, Location From, Location To) move)) state.Copy(Key(move.Class, move.From), Key(move.Class, move.To));
            else if (log.Constants.TryGetValue(instruction, out (LirInstruction Original, Location To) constant))
            {
                int vreg = constants[constant.Original];
                state.Copy(ConstantKey(vreg), Key(function.ClassOf(vreg), constant.To));
            }
            else
            {
                bool isLast = i == block.Instructions.Count - 1;
                Before(instruction, state);
                if (isLast)
                    foreach (LirEdge edge in block.Successors)
                        if (edge.IsExceptional) exits[edge] = state.Clone();
                Results(instruction, state);
            }
        }

        foreach (LirEdge edge in block.Successors) exits.TryAdd(edge, state.Clone());
        return exits;
    }

    /// <summary>Registers of the two files differ, slots are the same; a vector is known by its first slot, since slots of vectors hold nothing else.</summary>
    private static int Key(RegClass registerClass, Location place) => place.IsSlot ? -1 - place.SlotIndex : (int)registerClass.File() * 16 + place.RegisterNumber;

    private int Key(in LirOperand operand) => Key(function.ClassOf(operand.VReg), operand.Location);

    private void Before(LirInstruction instruction, State state)
    {
        LirOperand[] operands = instruction.Operands;
        foreach (ref readonly LirOperand operand in operands.AsSpan())
        {
            Demand(operand.Location != Location.None, instruction, operand, "has no place");
            Constraint(instruction, operand);
            if (operand.Role is OperandRole.Use or OperandRole.LateUse or OperandRole.KeepAlive)
                Demand(state.Has(Key(operand), operand.VReg), instruction, operand, "is not there");
        }

        if (isFinal) Conflicts(instruction);
        if (instruction.IsCall) state.ClearRegisters();
        if (instruction.IsSafepoint) Collect(instruction, state);
    }

    private void Collect(LirInstruction instruction, State state)
    {
        // A register of a map always belongs to the integer class: only that holds references.
        var named = new Dictionary<int, RefKind>();
        foreach ((Location place, RefKind kind) in instruction.LiveReferences)
        {
            int key = Key(RegClass.Int, place);
            Demand(!(instruction.IsCall && place.IsRegister), instruction, default, $"names register {place} at a call");
            Demand(named.TryAdd(key, kind) || named[key] == kind, instruction, default, $"names {place} twice");
            bool holds = false;
            foreach (int vreg in state.At(key)) holds |= function.KindOf(vreg) == kind;
            Demand(holds, instruction, default, $"names {place}, which holds no reference");
        }

        foreach (int place in state.Values.Keys)
            state.Values[place].RemoveWhere(v => function.KindOf(v) != RefKind.None && (!named.TryGetValue(place, out RefKind kind) || kind != function.KindOf(v)));
    }

    private void Results(LirInstruction instruction, State state)
    {
        foreach (ref readonly LirOperand operand in instruction.Operands.AsSpan())
        {
            if (operand.Role is not (OperandRole.Def or OperandRole.Temp)) continue;
            state.Forget(operand.VReg);
            state.Clear(Key(operand));
        }

        foreach (ref readonly LirOperand operand in instruction.Operands.AsSpan())
        {
            if (operand.Role != OperandRole.Def) continue;
            state.Add(Key(operand), operand.VReg);
            if (!constants.ContainsKey(instruction)) continue;
            state.Clear(ConstantKey(operand.VReg));
            state.Add(ConstantKey(operand.VReg), operand.VReg);
        }
    }

    /// <summary>Repeating an instruction is like a move from a place that nothing else writes.</summary>
    private static int ConstantKey(int vreg) => int.MinValue + vreg;

    private void Constraint(LirInstruction instruction, in LirOperand operand)
    {
        if (!isFinal) return;
        switch (operand.Constraint)
        {
            case OperandConstraint.Register: Demand(operand.Location.IsRegister, instruction, operand, "needs a register"); break;
            case OperandConstraint.Fixed: Demand(operand.Location == Location.Register(operand.Fixed), instruction, operand, "is in the wrong register"); break;
            case OperandConstraint.SameAsInput: Demand(operand.Location == instruction.Operands[operand.Fixed].Location, instruction, operand, "is not with its input"); break;
        }

        bool mustSurvive = instruction.IsCall && operand.Role is OperandRole.LateUse or OperandRole.KeepAlive;
        if (mustSurvive && instruction.IsCall) Demand(operand.Location.IsSlot, instruction, operand, "does not survive the call");
        if (operand.Location.IsRegister && operand.Constraint != OperandConstraint.Fixed)
            Demand(target.Allocatable(function.ClassOf(operand.VReg)).IndexOf((byte)operand.Location.RegisterNumber) >= 0, instruction, operand, "is in a reserved register");
    }

    private void Conflicts(LirInstruction instruction)
    {
        LirOperand[] operands = instruction.Operands;
        for (int i = 0; i < operands.Length; i++)
            for (int j = 0; j < operands.Length; j++)
            {
                if (i == j || Key(operands[i]) != Key(operands[j]) || operands[i].VReg == operands[j].VReg) continue;
                bool isWritten = operands[i].Role is OperandRole.Def or OperandRole.Temp;
                bool conflicts = operands[i].Role == OperandRole.Temp && operands[j].Role != OperandRole.KeepAlive || isWritten && operands[j].Role != OperandRole.Use
                    // A call's temporaries are over when its results come.
                    && !(instruction.IsCall && (operands[i].Role == OperandRole.Temp || operands[j].Role == OperandRole.Temp));
                Demand(!conflicts || instruction.IsCall && operands[j].Role == OperandRole.Def, instruction, operands[i], $"shares its place with v{operands[j].VReg}");
            }
    }

    private void Demand(bool holds, LirInstruction instruction, in LirOperand operand, string problem)
    {
        if (isFinal && !holds) throw new InvalidOperationException($"allocation is wrong: {instruction}: {operand} {problem}\n{LirPrinter.Print(function)}");
    }

    /// <summary>Makes moves and remembers what they do.</summary>
    private sealed class MoveLog(ILirTarget target) : ILirTarget
    {
        public readonly Dictionary<LirInstruction, (RegClass, Location, Location)> Moves = [];
        public readonly Dictionary<LirInstruction, (LirInstruction, Location)> Constants = [];

        public ReadOnlySpan<byte> Allocatable(RegClass registerClass) => target.Allocatable(registerClass);

        public LirInstruction Move(RegClass registerClass, Location from, Location to)
        {
            if (!from.IsRegister && !to.IsRegister) throw new InvalidOperationException($"move from {from} to {to}");
            LirInstruction move = target.Move(registerClass, from, to);
            Moves.Add(move, (registerClass, from, to));
            return move;
        }

        public LirInstruction Rematerialise(LirInstruction original, Location to)
        {
            if (!to.IsRegister) throw new InvalidOperationException($"constant into {to}");
            LirInstruction copy = target.Rematerialise(original, to);
            Constants.Add(copy, (original, to));
            return copy;
        }

        public Location ScratchRegister(RegClass registerClass) => target.ScratchRegister(registerClass);

        public LirInstruction Jump(LirBlock block) => target.Jump(block);
    }

    /// <summary>By place: the virtual registers whose values it holds.</summary>
    private sealed class State
    {
        private static readonly SortedSet<int> Nothing = [];

        public readonly Dictionary<int, SortedSet<int>> Values = [];

        public State Clone()
        {
            var clone = new State();
            foreach ((int place, SortedSet<int> values) in Values)
                if (values.Count > 0) clone.Values.Add(place, new SortedSet<int>(values));
            return clone;
        }

        public SortedSet<int> At(int place) => Values.GetValueOrDefault(place) ?? Nothing;

        public bool Has(int place, int vreg) => At(place).Contains(vreg);

        public void Add(int place, int vreg)
        {
            ref SortedSet<int>? values = ref CollectionsMarshal.GetValueRefOrAddDefault(Values, place, out _);
            (values ??= []).Add(vreg);
        }

        public void Clear(int place) => Values.Remove(place);

        public void Copy(int from, int to)
        {
            if (from == to) return;
            if (Values.TryGetValue(from, out SortedSet<int>? values)) Values[to] = new SortedSet<int>(values);
            else Values.Remove(to);
        }

        public void Forget(int vreg)
        {
            foreach (SortedSet<int> values in Values.Values) values.Remove(vreg);
        }

        public void ClearRegisters()
        {
            foreach (int place in Values.Keys.ToArray())
                if (place >= 0) Values.Remove(place);
        }

        /// <summary>Keeps what both hold; whether that is less than before.</summary>
        public bool Meet(State other)
        {
            bool changed = false;
            foreach ((int place, SortedSet<int> values) in Values)
            {
                int before = values.Count;
                values.IntersectWith(other.At(place));
                changed |= values.Count != before;
            }

            return changed;
        }
    }
}
