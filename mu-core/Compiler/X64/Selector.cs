using Iced.Intel;
using Mu.Core.Compiler.Lir;
using Mu.Core.Compiler.Ssa;

namespace Mu.Core.Compiler.X64;

using Code = Iced.Intel.Code;

/// <summary>
/// Instruction selection: trees of nodes that are used once in their own block are matched from their root; a block is emitted forward, and a node that
/// was put off is emitted where its use is.
/// </summary>
internal sealed partial class Selector
{
    private readonly SsaGraph graph;
    private readonly ICompilationEnvironment environment;
    private readonly LirFunction function = new();
    private readonly LirBlock[] blocks;
    private readonly int[] vregs;
    /// <summary>Per node used once: the user, else null.</summary>
    private readonly SsaNode?[] soleUser;
    /// <summary>Effects before the node in its block, calls counted too; two nodes with the same number can change places.</summary>
    private readonly int[] epochs;
    private readonly bool[] deferred;
    private readonly List<SsaNode> cachedInBlock = [];
    private LirBlock current = null!;
    private SsaBlock currentSsa = null!;
    private int epoch;

    private Selector(SsaGraph graph, ICompilationEnvironment environment)
    {
        this.graph = graph;
        this.environment = environment;
        blocks = new LirBlock[graph.BlockCount];
        vregs = new int[graph.NodeCount];
        Array.Fill(vregs, -1);
        soleUser = new SsaNode?[graph.NodeCount];
        epochs = new int[graph.NodeCount];
        deferred = new bool[graph.NodeCount];
    }

    /// <summary>Selects instructions for the blocks in their order, which is the order of emission.</summary>
    public static LirFunction Run(SsaGraph graph, ICompilationEnvironment environment)
    {
        var selector = new Selector(graph, environment);
        selector.FindUsers();
        selector.MakeBlocks();
        foreach (SsaBlock block in graph.Blocks) selector.Select(block);
        return selector.function;
    }

    private void MakeBlocks()
    {
        foreach (SsaBlock block in graph.Blocks)
        {
            LirBlock lir = blocks[block.Id] = new LirBlock(block.Id) { LoopDepth = block.LoopDepth, IsCold = block.IsCold };
            function.Blocks.Add(lir);
            if (block != graph.Entry) lir.Parameters = block.Params.ConvertAll(p => VRegOf(p)).ToArray();
        }
    }

    private void FindUsers()
    {
        foreach (SsaBlock block in graph.Blocks)
        {
            int count = 0;
            foreach (SsaNode node in block.Nodes)
            {
                if (node.Op is SsaOp.Overflow or SsaOp.Carry) RecordFlag(node);
                epochs[node.Id] = count;
                if (HasEffect(node)) count++;
                RecordUser(node);
            }

            RecordUser(block.Terminator);
            epochs[block.Terminator.Id] = count;
            foreach (SsaEdge edge in block.Successors)
                foreach (SsaNode arg in edge.Args) soleUser[arg.Id] = block.Terminator;
        }

        foreach (SsaBlock block in graph.Blocks)
            foreach (SsaNode node in block.Nodes) deferred[node.Id] = CanDefer(node);
    }

    private void RecordUser(SsaNode user)
    {
        foreach (SsaNode arg in user.Args) soleUser[arg.Id] = user;
        foreach (SsaNode arg in user.KeepAlives) soleUser[arg.Id] = user;
    }

    /// <summary>Reads of memory must not move over it. (FRem is a call.)</summary>
    private static bool HasEffect(SsaNode node) => !node.IsPure && node.Op is not (SsaOp.Load or SsaOp.Context or SsaOp.LoadContext or SsaOp.Proj or SsaOp.Alloca or SsaOp.Landing) || node.Op == SsaOp.FRem;

    /// <summary>Whether the node is emitted in every block that uses it.</summary>
    private static bool IsFloating(SsaNode node) => node.Op is SsaOp.Alloca || node.Op == SsaOp.Lea && node.Args.Length == 1;

    /// <summary>Whether the node is emitted where it is used.</summary>
    private bool CanDefer(SsaNode node)
    {
        if (IsFloating(node)) return true;
        if (node.Op == SsaOp.FRem || node is { Op: SsaOp.Load, Code: 1 }) return false; // atomic loads keep their order
        if (!node.IsPure && node.Op != SsaOp.Load || node.UseCount != 1) return false;
        SsaNode user = soleUser[node.Id]!;
        // What an address is made from would be wherever the address is.
        if (IsFloating(user))
        {
            if (user.UseCount != 1) return false;
            user = soleUser[user.Id]!;
        }

        return !IsFloating(user) && user.Block == node.Block && epochs[user.Id] == epochs[node.Id] && node.Op is not (SsaOp.Overflow or SsaOp.Carry) && !flagsOf.ContainsKey(node.Id);
    }

    private void Select(SsaBlock block)
    {
        current = blocks[block.Id];
        currentSsa = block;
        fused = FindFusedOperation(block);
        if (block == graph.Entry) SelectEntry(block);
        foreach (SsaNode node in block.Nodes)
        {
            epoch = epochs[node.Id];
            if (!deferred[node.Id] && node != fused && node.Op is not (SsaOp.Overflow or SsaOp.Carry)) SelectNode(node);
        }

        epoch = epochs[block.Terminator.Id];
        SelectTerminator(block);
        foreach (SsaNode node in cachedInBlock) vregs[node.Id] = -1;
        cachedInBlock.Clear();
    }

    // Virtual registers

    private static RegClass ClassOf(ValueKind kind) => kind switch { ValueKind.F32 or ValueKind.F64 => RegClass.Float, ValueKind.V128 => RegClass.Vector, _ => RegClass.Int };

    private static RefKind RefKindOf(ValueKind kind) => kind switch
    {
        ValueKind.Ref => RefKind.Ref,
        ValueKind.IRef => RefKind.IRef,
        ValueKind.Tag => RefKind.Tag,
        _ => RefKind.None,
    };

    private int NewInt() => function.NewVReg(RegClass.Int);

    private int NewVector() => function.NewVReg(RegClass.Vector);

    private int NewFloat() => function.NewVReg(RegClass.Float);

    private int VRegOf(SsaNode node)
    {
        ref int vreg = ref vregs[node.Id];
        if (vreg < 0) vreg = function.NewVReg(ClassOf(node.Kind), node.IsConst ? RefKind.None : RefKindOf(node.Kind));
        return vreg;
    }

    /// <summary>The virtual register with the node's value; emits the node if it was put off.</summary>
    private int Use(SsaNode node)
    {
        if (vregs[node.Id] >= 0) return vregs[node.Id];
        if (node.IsConstant) return SelectConstant(node);
        if (node.Block is not null && IsFloating(node))
        {
            cachedInBlock.Add(node);
            SelectNode(node);
            return vregs[node.Id];
        }

        if (deferred[node.Id])
        {
            SelectNode(node);
            return vregs[node.Id];
        }

        return VRegOf(node);
    }

    private int SelectConstant(SsaNode node)
    {
        cachedInBlock.Add(node);
        int vreg = VRegOf(node);
        if (node.Op == SsaOp.VectorConst)
        {
            LoadVector(vreg, (UInt128)node.Aux!);
            return vreg;
        }

        bool isFloat = node.Op == SsaOp.FloatConst;
        Add(new X64Instruction
        {
            Kind = isFloat ? X64Kind.LoadFloat : X64Kind.LoadImmediate,
            Imm = node.Op == SsaOp.Symbol ? (long)environment.AddressOf(node.Aux!) : node.Imm,
            Scale = node.Kind == ValueKind.F32 ? (byte)4 : (byte)8,
            Operands = [Def(vreg)],
            Flags = LirFlags.IsRematerialisable,
        });
        return vreg;
    }

    // Operands and instructions

    private static LirOperand Def(int vreg) => new(vreg, OperandRole.Def, OperandConstraint.Register);

    private static LirOperand DefSame(int vreg, int input) => new(vreg, OperandRole.Def, OperandConstraint.SameAsInput, input);

    private static LirOperand DefFixed(int vreg, int register) => new(vreg, OperandRole.Def, OperandConstraint.Fixed, register);

    private static LirOperand InRegister(int vreg) => new(vreg, OperandRole.Use, OperandConstraint.Register);

    private static LirOperand LateInRegister(int vreg) => new(vreg, OperandRole.LateUse, OperandConstraint.Register);

    private static LirOperand Anywhere(int vreg) => new(vreg, OperandRole.Use, OperandConstraint.Any);

    private static LirOperand LateAnywhere(int vreg) => new(vreg, OperandRole.LateUse, OperandConstraint.Any);

    private static LirOperand InFixed(int vreg, int register) => new(vreg, OperandRole.Use, OperandConstraint.Fixed, register);

    private static LirOperand TempRegister(int vreg) => new(vreg, OperandRole.Temp, OperandConstraint.Register);

    private X64Instruction Add(X64Instruction instruction)
    {
        current.Instructions.Add(instruction);
        return instruction;
    }

    private X64Instruction Machine(Code code, sbyte t0, sbyte t1, sbyte t2, params LirOperand[] operands) =>
        Add(new X64Instruction { Code = code, T0 = t0, T1 = t1, T2 = t2, Operands = operands });

    private void Copy(int to, int from) => Add(new X64Instruction { Kind = X64Kind.Move, Operands = [new LirOperand(to, OperandRole.Def, OperandConstraint.Any), Anywhere(from)], Flags = LirFlags.IsMove });

    private int Immediate(long value)
    {
        int vreg = NewInt();
        Add(new X64Instruction { Kind = X64Kind.LoadImmediate, Imm = value, Operands = [Def(vreg)], Flags = LirFlags.IsRematerialisable });
        return vreg;
    }

    private static bool FitsInt32(long value) => value == (int)value;
}
