using Mu.Core.Compiler.Lir;

namespace Mu.Core.Compiler.RegisterAllocation;

/// <summary>
/// The order in which the allocator sees the function, and its positions. Cold blocks come last whatever the order of emission: an interval then has its
/// cold part at its end, so that what a slow path needs is decided after, and without harm to, all the hot code.
/// <para>
/// Instruction i has four positions: 4i the gap before it, where moves happen; 4i + 1 uses are read; 4i + 2 results are written and calls destroy
/// registers; 4i + 3 results have moved out of fixed registers. A block begins with a header, an instruction that does not exist, for its parameters.
/// </para>
/// </summary>
internal sealed class Linearisation
{
    public readonly LirFunction Function;
    public readonly LirBlock[] Blocks;
    /// <summary>Indices of the headers; one more at the end for the end of the code.</summary>
    public readonly int[] Header;
    /// <summary>Null for headers.</summary>
    public readonly LirInstruction?[] Instructions;
    /// <summary>By instruction: index of its block.</summary>
    public readonly int[] BlockOf;
    /// <summary>Index of the first cold block.</summary>
    public readonly int FirstCold;
    private readonly int[] indexOfId;

    public Linearisation(LirFunction function)
    {
        Function = function;
        List<LirBlock> source = function.Blocks;
        Blocks = new LirBlock[source.Count];
        int maxId = 0, total = source.Count;
        foreach (LirBlock block in source)
        {
            maxId = Math.Max(maxId, block.Id);
            total += block.Instructions.Count;
        }

        int count = 0;
        for (int i = 0; i < source.Count; i++)
            if (i == 0 || !source[i].IsCold) Blocks[count++] = source[i];
        FirstCold = count;
        for (int i = 1; i < source.Count; i++)
            if (source[i].IsCold) Blocks[count++] = source[i];

        indexOfId = new int[maxId + 1];
        Header = new int[count + 1];
        Instructions = new LirInstruction?[total];
        BlockOf = new int[total];
        int next = 0;
        for (int b = 0; b < count; b++)
        {
            indexOfId[Blocks[b].Id] = b;
            Header[b] = next;
            BlockOf[next++] = b;
            foreach (LirInstruction instruction in Blocks[b].Instructions)
            {
                BlockOf[next] = b;
                Instructions[next++] = instruction;
            }
        }

        Header[count] = next;
    }

    public int IndexOf(LirBlock block) => indexOfId[block.Id];

    public int Start(int block) => 4 * Header[block];

    public int End(int block) => 4 * Header[block + 1];

    /// <summary>The instruction index of a block's terminator.</summary>
    public int Terminator(int block) => Header[block + 1] - 1;

    public int BlockAt(int position) => BlockOf[position >> 2];

    public bool IsBlockStart(int position) => (position & 3) == 0 && Instructions[position >> 2] is null;

    /// <summary>How often a block runs, roughly.</summary>
    public float Weight(int block) => block >= FirstCold ? 0.001f : Blocks[block].LoopDepth switch { 0 => 1, 1 => 10, 2 => 100, 3 => 1000, _ => 10000 };

    /// <summary>For choosing where to split: the loop depth, cold blocks being outside of all loops.</summary>
    public int Depth(int block) => block >= FirstCold ? -1 : Blocks[block].LoopDepth;
}
