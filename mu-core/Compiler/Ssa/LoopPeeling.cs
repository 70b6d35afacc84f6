namespace Mu.Core.Compiler.Ssa;

/// <summary>
/// The first turn of an innermost loop gets code of its own before the loop. What it tests and computes and the loop does not change need not be tested and computed again: value numbering sees that the
/// first turn dominates the loop, and <see cref="KnownMemory"/> what its loads have brought. Compared with moving invariant code out, nothing is executed that the program would not execute, so that tests
/// of kinds, and what is only meaningful behind them, leave the loop too. (LuaJIT's loop optimisation does this with traces: Pall, "LuaJIT 2.0 intellectual property disclosure", 2009, copy-substitution.)
/// <para>Runs while blocks of IR are self-contained (<see cref="UnitCopier"/>).</para>
/// </summary>
internal static class LoopPeeling
{
    /// <summary>Nodes of a loop's hot code above which it stays as it is.</summary>
    private const int MostNodes = 400;

    public static void Run(SsaGraph graph)
    {
        Layout.SpreadCold(graph);
        List<SsaBlock> headers = graph.Blocks.FindAll(IsWorthwhile);
        foreach (SsaBlock header in headers) Peel(graph, header);
        if (headers.Count > 0) ControlFlow.Order(graph);
    }

    /// <summary>A small loop in hot code without loops inside, in which no call changes memory.</summary>
    private static bool IsWorthwhile(SsaBlock header)
    {
        if (header.LoopBody is not { } body || header.IsCold || header.IsLanding) return false;
        int nodes = 0;
        foreach (SsaBlock block in body)
        {
            if (block.LoopHeader != header || block.Unit == UnitCopier.NoUnit) return false;
            if (block.IsCold) continue;
            nodes += block.Nodes.Count;
            if (KnownMemory.Clears(block.Terminator) || block.Nodes.Exists(KnownMemory.Clears)) return false;
        }
        return nodes <= MostNodes;
    }

    private static void Peel(SsaGraph graph, SsaBlock header)
    {
        List<SsaEdge> entries = header.Predecessors.FindAll(e => !ControlFlow.IsBackEdge(e));
        var copier = new UnitCopier(graph);
        copier.Copy([.. header.LoopBody!.Select(block => block.Unit)], asOften: false, edge => edge.To == header ? header : copier.CopyOf(edge.To));
        foreach (SsaEdge entry in entries) entry.Redirect(copier.CopyOf(header));
    }
}
