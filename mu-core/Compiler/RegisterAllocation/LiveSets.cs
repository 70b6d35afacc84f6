using Mu.Core.Compiler.Lir;

namespace Mu.Core.Compiler.RegisterAllocation;

/// <summary>
/// Which virtual registers live at block boundaries, by walking from each use up to the definition (Boissinot et al. 2008, "Fast liveness checking for SSA-form
/// programs", the path exploration they compare with). The work is the size of the result; there are no sets of blocks times registers.
/// </summary>
internal sealed class LiveSets
{
    /// <summary>By block: virtual registers that live at its start, without its parameters.</summary>
    public IntTable In;
    /// <summary>By block: virtual registers that live at its end, including arguments of its edges.</summary>
    public IntTable Out;
    /// <summary>By virtual register: the defining instruction (a header for parameters), or -1.</summary>
    public readonly int[] Definition;
    private readonly Linearisation code;
    private readonly int[] inMark, outMark;
    /// <summary>What is found, as pairs of block and register in the order of registers.</summary>
    private readonly PairBuffer foundIn, foundOut;
    private readonly Stack<int> pending = new();

    public LiveSets(Linearisation code)
    {
        this.code = code;
        int blocks = code.Blocks.Length, vregs = code.Function.VRegCount;
        foundIn = new PairBuffer(4 * vregs + 16);
        foundOut = new PairBuffer(4 * vregs + 16);
        Definition = new int[vregs];
        inMark = new int[blocks];
        outMark = new int[blocks];
        Array.Fill(Definition, -1);
        Array.Fill(inMark, -1);
        Array.Fill(outMark, -1);
        FindDefinitions();
        IntPool exposed = FindUses(vregs);
        for (int v = 0; v < vregs; v++) Walk(v, ref exposed);
        In = foundIn.ToTable(blocks);
        Out = foundOut.ToTable(blocks);
    }

    private void FindDefinitions()
    {
        for (int i = 0; i < code.Instructions.Length; i++)
        {
            LirInstruction? instruction = code.Instructions[i];
            if (instruction is null)
            {
                foreach (int parameter in code.Blocks[code.BlockOf[i]].Parameters) Define(parameter, i);
                continue;
            }

            foreach (ref readonly LirOperand operand in instruction.Operands.AsSpan())
                if (operand.Role is OperandRole.Def or OperandRole.Temp) Define(operand.VReg, i);
        }
    }

    private void Define(int vreg, int instruction)
    {
        if (Definition[vreg] >= 0) throw new InvalidOperationException($"v{vreg} is defined twice");
        Definition[vreg] = instruction;
    }

    /// <summary>By virtual register: 2b for a use in block b that another block defines, 2b + 1 for a use by an edge at the end of b.</summary>
    private IntPool FindUses(int vregs)
    {
        var exposed = new IntPool(vregs);
        for (int b = 0; b < code.Blocks.Length; b++)
        {
            foreach (LirEdge edge in code.Blocks[b].Successors)
                foreach (int argument in edge.Arguments) Record(ref exposed, argument, 2 * b + 1);
            foreach (LirInstruction instruction in code.Blocks[b].Instructions)
                foreach (ref readonly LirOperand operand in instruction.Operands.AsSpan())
                    if (operand.Role is not (OperandRole.Def or OperandRole.Temp) && code.BlockOf[DefinitionOf(operand.VReg)] != b) Record(ref exposed, operand.VReg, 2 * b);
        }

        return exposed;
    }

    private int DefinitionOf(int vreg) => Definition[vreg] >= 0 ? Definition[vreg] : throw new InvalidOperationException($"v{vreg} is used and not defined");

    private static void Record(ref IntPool exposed, int vreg, int use)
    {
        int head = exposed.Heads[vreg];
        if (head < 0 || exposed.Value(head) != use) exposed.Push(vreg, use);
    }

    private void Walk(int vreg, ref IntPool exposed)
    {
        if (exposed.Heads[vreg] < 0) return;
        int defining = code.BlockOf[DefinitionOf(vreg)];
        for (int node = exposed.Heads[vreg]; node >= 0; node = exposed.Next(node))
        {
            int use = exposed.Value(node);
            if ((use & 1) != 0) MarkOut(vreg, use >> 1, defining);
            else MarkIn(vreg, use >> 1);
        }

        while (pending.TryPop(out int block))
            foreach (LirEdge edge in code.Blocks[block].Predecessors) MarkOut(vreg, code.IndexOf(edge.From), defining);
    }

    private void MarkOut(int vreg, int block, int defining)
    {
        if (outMark[block] == vreg) return;
        outMark[block] = vreg;
        foundOut.Add(block, vreg);
        if (block != defining) MarkIn(vreg, block);
    }

    private void MarkIn(int vreg, int block)
    {
        if (inMark[block] == vreg) return;
        if (block == 0) throw new InvalidOperationException($"v{vreg} is used where its definition does not reach");
        inMark[block] = vreg;
        foundIn.Add(block, vreg);
        pending.Push(block);
    }
}
