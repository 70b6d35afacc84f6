using System.Text;

namespace Mu.Core.Compiler.Lir;

/// <summary>Functions as text, before and after register allocation.</summary>
internal static class LirPrinter
{
    public static string Print(LirFunction function)
    {
        var text = new StringBuilder();
        foreach (LirBlock block in function.Blocks)
        {
            text.Append($"b{block.Id}({string.Join(", ", block.Parameters.Select(p => $"v{p}"))}) depth {block.LoopDepth}{(block.IsCold ? " cold" : "")}\n");
            foreach (LirInstruction instruction in block.Instructions)
            {
                text.Append($"    {instruction}");
                if (instruction.IsSafepoint) text.Append($" {{{string.Join(", ", instruction.LiveReferences.Select(r => $"{r.Place} {r.Kind}"))}}}");
                text.Append('\n');
            }

            foreach (LirEdge edge in block.Successors)
                text.Append($"    {(edge.IsExceptional ? "~>" : "->")} b{edge.To.Id}({string.Join(", ", edge.Arguments.Select(a => $"v{a}"))})\n");
        }

        return text.ToString();
    }
}
