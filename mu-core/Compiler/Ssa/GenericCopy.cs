namespace Mu.Core.Compiler.Ssa;

/// <summary>
/// Two copies of code with loops. Where cold code (a slow path's call) comes back to hot code with a tagref64 of unknown kind, and nothing else could bring that kind there, it comes back to a
/// second, generic copy of what follows. So integers and doubles of loops stay known in the first copy, and a loop that has seen something else goes on in the second.
/// (Compare Chambers and Ungar, "Iterative type analysis and extended message splitting", PLDI 1990.)
/// <para>
/// A version whose cold blocks are exceptions (<see cref="IR.FunctionVersion.SplitsCold"/>) is split at every return from them, loop or not: then what the hot code has tested and loaded stays known too.
/// </para>
/// <para>Runs while blocks of IR are self-contained (<see cref="UnitCopier"/>).</para>
/// </summary>
internal sealed class GenericCopy
{
    /// <summary>Nodes of a function above which nothing is copied.</summary>
    private const int Limit = 6000, SplittingLimit = 60000;

    private readonly SsaGraph graph;
    private readonly bool[] leadsToLoop;

    private GenericCopy(SsaGraph graph)
    {
        this.graph = graph;
        leadsToLoop = new bool[graph.BlockCount];
    }

    public static void Make(SsaGraph graph)
    {
        if (graph.NodeCount > (graph.Version.SplitsCold ? SplittingLimit : Limit)) return;
        if (!graph.Version.SplitsCold && !graph.Blocks.Exists(b => b.LoopDepth > 0)) return;
        Layout.SpreadCold(graph);
        new GenericCopy(graph).Run();
    }

    private void Run()
    {
        if (graph.Version.SplitsCold) Array.Fill(leadsToLoop, true);
        else FindLoopReach();
        var returns = new HashSet<SsaEdge>();
        foreach (SsaBlock block in graph.Blocks)
            foreach (SsaEdge edge in block.Successors)
                if (block.IsCold && !edge.To.IsCold && leadsToLoop[edge.To.Id] && edge.To.Unit != block.Unit) returns.Add(edge);
        if (returns.Count == 0) return;
        if (!graph.Version.SplitsCold)
        {
            var analysis = new TagKindAnalysis(graph, returns);
            returns.RemoveWhere(e => !analysis.Widens(e));
            if (returns.Count == 0) return;
        }

        HashSet<int> units = Following(returns);
        var copier = new UnitCopier(graph);
        copier.Copy(units, asOften: true, edge => copier.CopyOf(edge.To));
        foreach (SsaEdge edge in returns) edge.Redirect(copier.CopyOf(edge.To));

        ControlFlow.Order(graph);
    }

    private void FindLoopReach()
    {
        var work = new Stack<SsaBlock>();
        foreach (SsaBlock block in graph.Blocks)
            if (block.LoopDepth > 0) work.Push(block);
        while (work.TryPop(out SsaBlock? block))
        {
            if (leadsToLoop[block.Id]) continue;
            leadsToLoop[block.Id] = true;
            foreach (SsaEdge edge in block.Predecessors) work.Push(edge.From);
        }
    }

    /// <summary>The units that can come after the edges while there is a loop in them or behind them.</summary>
    private HashSet<int> Following(HashSet<SsaEdge> returns)
    {
        var units = new HashSet<int>();
        var byUnit = new Dictionary<int, List<SsaBlock>>();
        foreach (SsaBlock block in graph.Blocks)
        {
            if (!byUnit.TryGetValue(block.Unit, out List<SsaBlock>? parts)) byUnit.Add(block.Unit, parts = []);
            parts.Add(block);
        }

        var work = new Stack<int>();
        foreach (SsaEdge edge in returns) work.Push(edge.To.Unit);
        while (work.TryPop(out int unit))
        {
            if (!units.Add(unit)) continue;
            foreach (SsaBlock part in byUnit[unit])
                foreach (SsaEdge edge in part.Successors)
                    if (leadsToLoop[edge.To.Id]) work.Push(edge.To.Unit);
        }

        return units;
    }
}
