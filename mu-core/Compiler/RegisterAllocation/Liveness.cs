using Mu.Core.Compiler.Lir;

namespace Mu.Core.Compiler.RegisterAllocation;

/// <summary>Which virtual registers live at the ends of blocks, as bit sets.</summary>
internal static class Liveness
{
    public static ulong[][] Compute(LirFunction function)
    {
        int words = (function.VRegCount + 63) / 64;
        var index = new Dictionary<LirBlock, int>();
        for (int i = 0; i < function.Blocks.Count; i++) index.Add(function.Blocks[i], i);
        ulong[][] liveOut = new ulong[function.Blocks.Count][], liveIn = new ulong[function.Blocks.Count][];
        for (int i = 0; i < liveOut.Length; i++) (liveOut[i], liveIn[i]) = (new ulong[words], new ulong[words]);
        bool changed = true;
        while (changed)
        {
            changed = false;
            for (int i = liveOut.Length - 1; i >= 0; i--) changed |= Update(function.Blocks[i], i, index, liveOut, liveIn);
        }

        return liveOut;
    }

    private static bool Update(LirBlock block, int i, Dictionary<LirBlock, int> index, ulong[][] liveOut, ulong[][] liveIn)
    {
        ulong[] live = (ulong[])liveOut[i].Clone();
        foreach (LirEdge edge in block.Successors)
        {
            ulong[] from = liveIn[index[edge.To]];
            for (int w = 0; w < live.Length; w++) live[w] |= from[w];
            foreach (int argument in edge.Arguments) live[argument >> 6] |= 1UL << (argument & 63);
        }

        live.CopyTo(liveOut[i], 0);
        for (int k = block.Instructions.Count - 1; k >= 0; k--)
        {
            Defs(block.Instructions[k], live);
            Uses(block.Instructions[k], live);
        }

        foreach (int parameter in block.Parameters) live[parameter >> 6] &= ~(1UL << (parameter & 63));
        if (live.AsSpan().SequenceEqual(liveIn[i])) return false;
        live.CopyTo(liveIn[i], 0);
        return true;
    }

    public static void Defs(LirInstruction instruction, ulong[] live)
    {
        foreach (LirOperand operand in instruction.Operands)
            if (operand.Role is OperandRole.Def or OperandRole.Temp) live[operand.VReg >> 6] &= ~(1UL << (operand.VReg & 63));
    }

    public static void Uses(LirInstruction instruction, ulong[] live)
    {
        foreach (LirOperand operand in instruction.Operands)
            if (operand.Role is OperandRole.Use or OperandRole.LateUse or OperandRole.KeepAlive) live[operand.VReg >> 6] |= 1UL << (operand.VReg & 63);
    }
}
