using Mu.Core.Compiler.Lir;

namespace Mu.Core.Tests.Compiler.RegisterAllocation;

/// <summary>
/// Random functions in SSA form: structured nests of diamonds, loops, slow paths and calls with landings, so that what dominates is known while they are made.
/// </summary>
internal sealed class RandomLir(int seed, int registers)
{
    private readonly Random random = new(seed);
    private readonly LirFunction function = new();
    /// <summary>Virtual registers whose definitions dominate the current point.</summary>
    private readonly List<int> visible = [];
    private LirBlock current = null!;
    private const int MaxVisible = 60;
    private int depth, budget, number;

    public LirFunction Make(int size)
    {
        budget = size;
        current = NewBlock();
        int parameters = Math.Min(3, registers - 1);
        Add(new ToyInstruction(ToyKind.Compute, 1).With(Enumerable.Range(0, parameters).Select(r => New(OperandRole.Def, OperandConstraint.Fixed, r, RegClass.Int)).ToArray()));
        Straight();
        while (budget > 0)
        {
            Piece(0);
            // Programs do not keep everything that they ever computed.
            if (visible.Count > MaxVisible) visible.RemoveRange(0, visible.Count - MaxVisible);
        }

        Add(new ToyInstruction(ToyKind.Return, -1).With(Use(OperandConstraint.Fixed, 1 % registers, RegClass.Int), Use(OperandConstraint.Any)));
        Scatter();
        return function;
    }

    /// <summary>Emission order says nothing about hot and cold.</summary>
    private void Scatter()
    {
        for (int i = function.Blocks.Count - 1; i > 1; i--)
        {
            if (random.Next(3) != 0) continue;
            int j = random.Next(1, i + 1);
            (function.Blocks[i], function.Blocks[j]) = (function.Blocks[j], function.Blocks[i]);
        }
    }

    private LirBlock NewBlock(bool isCold = false)
    {
        var block = new LirBlock(function.Blocks.Count) { LoopDepth = depth, IsCold = isCold };
        function.Blocks.Add(block);
        return block;
    }

    private void Add(ToyInstruction instruction) => current.Instructions.Add(instruction);

    private void Piece(int nesting)
    {
        int mark = visible.Count;
        switch (nesting > 4 ? 0 : random.Next(9))
        {
            case 0 or 1: Straight(); break;
            case 2 or 3: Diamond(nesting); break;
            case 4: Loop(nesting); break;
            case 5 or 6: SlowPath(nesting); break;
            case 7: CallWithLanding(nesting); break;
            default: TriangleWithCriticalEdge(nesting); break;
        }

        if (random.Next(3) == 0 && visible.Count > mark + 6) visible.RemoveRange(mark, visible.Count - mark - 3);
    }

    private void Straight()
    {
        int n = random.Next(1, 7);
        for (int i = 0; i < n; i++) Instruction();
    }

    private void Body(int nesting)
    {
        Straight();
        for (int n = random.Next(3); n > 0 && budget > 0; n--) Piece(nesting + 1);
    }

    // Control flow

    private static LirEdge Connect(LirBlock from, LirBlock to, params int[] arguments)
    {
        var edge = new LirEdge(from, to, arguments);
        from.Successors = [.. from.Successors, edge];
        to.Predecessors.Add(edge);
        return edge;
    }

    private void Branch() => Add(new ToyInstruction(ToyKind.Branch, --number - 10).With(Use(random.Next(2) == 0 ? OperandConstraint.Any : OperandConstraint.Register)));

    private void Jump() => Add(new ToyInstruction(ToyKind.Jump, 0));

    private void Parameters(LirBlock block, int[] like) => block.Parameters = Array.ConvertAll(like, v => Fresh(function.ClassOf(v), function.KindOf(v)));

    private int[] Some(int max)
    {
        var some = new int[random.Next(max + 1)];
        for (int i = 0; i < some.Length; i++) some[i] = visible[random.Next(visible.Count)];
        return some;
    }

    private int[] Like(int[] parameters) => Array.ConvertAll(parameters, p => Pick(function.ClassOf(p), function.KindOf(p)));

    private void Diamond(int nesting)
    {
        LirBlock head = current, left = NewBlock(), right = NewBlock();
        Branch();
        Connect(head, left);
        Connect(head, right);
        int mark = visible.Count;
        int[] shape = Some(4);
        LirBlock join = NewBlock();
        Parameters(join, shape);
        foreach (LirBlock side in new[] { left, right })
        {
            current = side;
            Body(nesting);
            int[] arguments = Like(join.Parameters);
            Jump();
            Connect(current, join, arguments);
            visible.RemoveRange(mark, visible.Count - mark);
        }

        current = join;
        visible.AddRange(join.Parameters);
    }

    private void TriangleWithCriticalEdge(int nesting)
    {
        LirBlock head = current, side = NewBlock(), join = NewBlock();
        int[] shape = Some(3);
        Parameters(join, shape);
        Branch();
        Connect(head, side);
        Connect(head, join, Like(join.Parameters));
        int mark = visible.Count;
        current = side;
        Body(nesting);
        int[] arguments = Like(join.Parameters);
        Jump();
        Connect(current, join, arguments);
        visible.RemoveRange(mark, visible.Count - mark);
        current = join;
        visible.AddRange(join.Parameters);
    }

    private void Loop(int nesting)
    {
        int[] initial = Some(4);
        Jump();
        LirBlock before = current;
        depth++;
        LirBlock header = NewBlock();
        Parameters(header, initial);
        Connect(before, header, initial);
        visible.AddRange(header.Parameters);
        current = header;
        Body(nesting);
        int[] again = Like(header.Parameters);
        Branch();
        LirBlock latch = current;
        Connect(latch, header, again);
        depth--;
        current = NewBlock();
        Connect(latch, current);
    }

    private void SlowPath(int nesting)
    {
        LirBlock head = current, slow = NewBlock(isCold: true), fast = NewBlock(), join = NewBlock();
        Parameters(join, Some(2));
        Branch();
        Connect(head, slow);
        Connect(head, fast);
        int mark = visible.Count;
        current = slow;
        if (random.Next(2) == 0) Straight();
        Call();
        if (random.Next(2) == 0) Straight();
        int[] arguments = Like(join.Parameters);
        Jump();
        Connect(current, join, arguments);
        visible.RemoveRange(mark, visible.Count - mark);
        current = fast;
        Straight();
        arguments = Like(join.Parameters);
        Jump();
        Connect(current, join, arguments);
        visible.RemoveRange(mark, visible.Count - mark);
        current = join;
        visible.AddRange(join.Parameters);
    }

    /// <summary>Two calls, whose landings may be one block.</summary>
    private void CallWithLanding(int nesting)
    {
        LirBlock landing = NewBlock(isCold: random.Next(3) != 0), end = NewBlock();
        Parameters(landing, Some(2));
        int mark = visible.Count;
        for (int calls = random.Next(1, 3); calls > 0; calls--)
        {
            int[] thrown = Like(landing.Parameters);
            int before = visible.Count;
            Call(isTerminator: true);
            LirBlock from = current;
            current = NewBlock();
            Connect(from, current);
            Connect(from, landing, thrown).IsExceptional = true;
            if (before > mark) visible.RemoveRange(mark, before - mark);
            Straight();
        }

        Parameters(end, Some(2));
        int[] arguments = Like(end.Parameters);
        Jump();
        Connect(current, end, arguments);
        visible.RemoveRange(mark, visible.Count - mark);
        current = landing;
        visible.AddRange(landing.Parameters);
        Body(nesting);
        arguments = Like(end.Parameters);
        Jump();
        Connect(current, end, arguments);
        visible.RemoveRange(mark, visible.Count - mark);
        current = end;
        visible.AddRange(end.Parameters);
    }

    // Instructions

    private int Fresh(RegClass registerClass, RefKind kind) => function.NewVReg(registerClass, kind);

    private LirOperand New(OperandRole role, OperandConstraint constraint, int register = -1, RegClass? wanted = null)
    {
        RegClass registerClass = wanted ?? (random.Next(4) == 0 ? RegClass.Float : RegClass.Int);
        RefKind kind = registerClass == RegClass.Int && random.Next(2) == 0 ? (RefKind)random.Next(1, 4) : RefKind.None;
        int vreg = Fresh(registerClass, kind);
        if (role == OperandRole.Def) defined.Add(vreg);
        return new LirOperand(vreg, role, constraint, register);
    }

    private readonly List<int> defined = [];

    private int Pick(RegClass registerClass, RefKind kind)
    {
        for (int tries = 0; tries < 20; tries++)
        {
            int vreg = visible[random.Next(visible.Count)];
            if (function.ClassOf(vreg) == registerClass && function.KindOf(vreg) == kind) return vreg;
        }

        int made = Fresh(registerClass, kind);
        Add(new ToyInstruction(ToyKind.Compute, ++number).With(new LirOperand(made, OperandRole.Def, OperandConstraint.Register)));
        visible.Add(made);
        return made;
    }

    private LirOperand Use(OperandConstraint constraint, int register = -1, RegClass? registerClass = null, OperandRole role = OperandRole.Use)
    {
        int vreg = visible.Count == 0 || registerClass is not null && !visible.Exists(v => function.ClassOf(v) == registerClass)
            ? Pick(registerClass ?? RegClass.Int) : registerClass is null ? Recent() : Pick(registerClass.Value);
        return new LirOperand(vreg, role, constraint, register);
    }

    private int Pick(RegClass registerClass)
    {
        for (int tries = 0; tries < 20 && visible.Count > 0; tries++)
        {
            int vreg = Recent();
            if (function.ClassOf(vreg) == registerClass) return vreg;
        }

        int made = Fresh(registerClass, RefKind.None);
        Add(new ToyInstruction(ToyKind.Compute, ++number).With(new LirOperand(made, OperandRole.Def, OperandConstraint.Register)));
        visible.Add(made);
        return made;
    }

    private int Recent() => visible[random.Next(2) == 0 ? random.Next(visible.Count) : visible.Count - 1 - random.Next(Math.Min(8, visible.Count))];

    private void Instruction()
    {
        budget--;
        int kind = random.Next(20);
        if (kind == 0) Call();
        else if (kind < 3) Constant();
        else if (kind == 3) FixedInstruction();
        else if (kind < 7) TwoAddress();
        else if (kind == 7) Copy();
        else Plain();
        visible.AddRange(defined);
        defined.Clear();
    }

    private void Constant() => Add(new ToyInstruction(ToyKind.Constant, ++number).With(new LirOperand(Remember(Fresh(RegClass.Int, RefKind.None)), OperandRole.Def, OperandConstraint.Register)).Rematerialisable());

    private int Remember(int vreg)
    {
        defined.Add(vreg);
        return vreg;
    }

    private void Copy()
    {
        LirOperand from = Use(OperandConstraint.Any);
        int to = Remember(Fresh(function.ClassOf(from.VReg), function.KindOf(from.VReg)));
        Add(new ToyInstruction(ToyKind.Move, ++number).With(new LirOperand(to, OperandRole.Def, OperandConstraint.Any), from).AsMove());
    }

    private void Plain()
    {
        var operands = new List<LirOperand> { Use(OperandConstraint.Register), Use(OperandConstraint.Any) };
        if (random.Next(2) == 0) operands.Add(Use(random.Next(2) == 0 ? OperandConstraint.Any : OperandConstraint.Register, -1, null, OperandRole.LateUse));
        if (random.Next(5) == 0) operands.Add(New(OperandRole.Temp, OperandConstraint.Register));
        if (random.Next(6) != 0) operands.Add(New(OperandRole.Def, OperandConstraint.Register));
        if (random.Next(6) == 0) operands.Add(New(OperandRole.Def, OperandConstraint.Any));
        bool isSafepoint = random.Next(6) == 0;
        if (isSafepoint) operands.Add(Use(OperandConstraint.Any, -1, null, OperandRole.KeepAlive));
        Add(new ToyInstruction(ToyKind.Compute, ++number).With([.. operands]).Safepoint(isSafepoint));
    }

    private void TwoAddress()
    {
        LirOperand input = Use(random.Next(2) == 0 ? OperandConstraint.Register : OperandConstraint.Any);
        LirOperand other = Use(random.Next(2) == 0 ? OperandConstraint.Register : OperandConstraint.Any, -1, null, OperandRole.LateUse);
        int result = Remember(Fresh(function.ClassOf(input.VReg), random.Next(2) == 0 ? RefKind.None : function.KindOf(input.VReg)));
        Add(new ToyInstruction(ToyKind.Compute, ++number).With(new LirOperand(result, OperandRole.Def, OperandConstraint.SameAsInput, 1), input, other));
    }

    private void FixedInstruction()
    {
        int a = random.Next(registers), b = (a + 1) % registers, c = (a + 2) % registers;
        var operands = new List<LirOperand> { Use(OperandConstraint.Fixed, a, RegClass.Int), New(OperandRole.Def, OperandConstraint.Fixed, random.Next(2) == 0 ? a : b, RegClass.Int) };
        if (random.Next(2) == 0) operands.Add(New(OperandRole.Temp, OperandConstraint.Fixed, c, RegClass.Int));
        else if (random.Next(2) == 0) operands.Add(Use(OperandConstraint.Fixed, c, RegClass.Int, OperandRole.LateUse));
        if (random.Next(3) == 0) operands.Add(Use(OperandConstraint.Any, -1, null, OperandRole.LateUse));
        Add(new ToyInstruction(ToyKind.Compute, ++number).With([.. operands]).Safepoint(random.Next(4) == 0));
    }

    private void Call(bool isTerminator = false)
    {
        var operands = new List<LirOperand>();
        int arguments = random.Next(Math.Min(registers, 5));
        for (int i = 0; i < arguments; i++) operands.Add(Use(OperandConstraint.Fixed, i, RegClass.Int));
        if (random.Next(3) == 0) operands.Add(Use(OperandConstraint.Fixed, 0, RegClass.Float));
        if (arguments < registers && random.Next(2) == 0) operands.Add(Use(random.Next(2) == 0 ? OperandConstraint.Register : OperandConstraint.Any));
        for (int i = random.Next(3); i > 0; i--) operands.Add(Use(OperandConstraint.Any, -1, null, random.Next(2) == 0 ? OperandRole.KeepAlive : OperandRole.LateUse));
        int results = random.Next(3);
        for (int i = 0; i < results; i++)
            operands.Add(isTerminator && random.Next(3) == 0 && i == 0 && results == 1 ? New(OperandRole.Def, OperandConstraint.Register, -1, RegClass.Int) : New(OperandRole.Def, OperandConstraint.Fixed, i, RegClass.Int));
        Add(new ToyInstruction(ToyKind.Call, isTerminator ? --number - 10 : ++number).With([.. operands]).AsCall());
        visible.AddRange(defined);
        defined.Clear();
    }
}

internal static class ToyFlags
{
    public static ToyInstruction Rematerialisable(this ToyInstruction i) => Set(i, LirFlags.IsRematerialisable);

    public static ToyInstruction AsMove(this ToyInstruction i) => Set(i, LirFlags.IsMove);

    public static ToyInstruction AsCall(this ToyInstruction i) => Set(i, LirFlags.IsCall | LirFlags.IsSafepoint);

    public static ToyInstruction Safepoint(this ToyInstruction i, bool isSafepoint) => isSafepoint ? Set(i, LirFlags.IsSafepoint) : i;

    private static ToyInstruction Set(ToyInstruction i, LirFlags flags)
    {
        i.Flags |= flags;
        return i;
    }
}
