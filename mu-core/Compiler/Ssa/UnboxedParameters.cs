namespace Mu.Core.Compiler.Ssa;

/// <summary>
/// A tagref64 parameter that only ever holds doubles, and is computed with, becomes a double: boxing moves to the uses that need the box. (Boxed integers need no such care: the machine
/// adds and compares them as they are, see Types/TagRef64.)
/// </summary>
internal sealed class UnboxedParameters
{
    private readonly SsaGraph graph;
    private readonly bool[] candidate;
    private readonly bool[] wanted;

    private UnboxedParameters(SsaGraph graph)
    {
        this.graph = graph;
        candidate = new bool[graph.NodeCount];
        wanted = new bool[graph.NodeCount];
    }

    public static void Run(SsaGraph graph)
    {
        TagKindAnalysis.Annotate(graph);
        var pass = new UnboxedParameters(graph);
        if (!pass.FindCandidates()) return;
        pass.FindWanted();
        foreach (SsaBlock block in graph.Blocks)
            if (block != graph.Entry) pass.Unbox(block);
        foreach (SsaBlock block in graph.Blocks) RedundantParameters.ResolveUses(block);
    }

    private bool FindCandidates()
    {
        bool any = false;
        foreach (SsaBlock block in graph.Blocks)
        {
            if (block == graph.Entry) continue;
            foreach (SsaNode param in block.Params)
                if (param.Kind == ValueKind.Tag && TagValues.KindsOf(param) == TagKinds.Fp) any = candidate[param.Id] = true;
        }

        return any;
    }

    /// <summary>Wanted are those that are unboxed somewhere, and those that are passed on to them.</summary>
    private void FindWanted()
    {
        foreach (SsaBlock block in graph.Blocks)
            foreach (SsaNode node in block.Nodes)
                if (node.Op == SsaOp.TagToFp && candidate[node.Args[0].Id]) wanted[node.Args[0].Id] = true;
        bool changed = true;
        while (changed)
        {
            changed = false;
            for (int b = graph.Blocks.Count - 1; b >= 0; b--)
                foreach (SsaEdge edge in graph.Blocks[b].Successors)
                    for (int i = 0; i < edge.Args.Length; i++)
                    {
                        if (!wanted[edge.To.Params[i].Id] || !candidate[edge.Args[i].Id] || wanted[edge.Args[i].Id]) continue;
                        changed = wanted[edge.Args[i].Id] = true;
                    }
        }
    }

    private void Unbox(SsaBlock block)
    {
        for (int i = 0; i < block.Params.Count; i++)
        {
            SsaNode boxed = block.Params[i];
            if (boxed.Id >= wanted.Length || !wanted[boxed.Id]) continue;
            SsaNode param = graph.NewNode(SsaOp.Param, ValueKind.F64);
            param.Block = block;
            block.Params[i] = param;
            foreach (SsaEdge edge in block.Predecessors) edge.Args[i] = Unboxed(edge.Args[i].Resolve(), edge.From);
            SsaNode box = graph.NewNode(SsaOp.TagFromFp, ValueKind.Tag, param);
            box.Block = block;
            block.Nodes.Insert(block.IsLanding ? 1 : 0, box);
            boxed.Forward = box;
        }
    }

    private SsaNode Unboxed(SsaNode value, SsaBlock from)
    {
        if (value.Op == SsaOp.TagFromFp) return value.Args[0].Resolve();
        return SsaGraph.Append(from, graph.NewNode(SsaOp.TagToFp, ValueKind.F64, value));
    }
}
