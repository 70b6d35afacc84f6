namespace Mu.Core.Compiler.Ssa;

/// <summary>
/// Goto-with-values form passes everything through block parameters. A parameter whose arguments are all one value is that value. The analysis is optimistic (a
/// parameter is nothing until an argument reaches it), so that groups of parameters that only pass a value around among themselves disappear too,
/// irreducible loops included (compare Aycock and Horspool, "Simple generation of static single-assignment form", CC 2000; Braun and others, CC 2013).
/// </summary>
internal static class RedundantParameters
{
    public static void Remove(SsaGraph graph)
    {
        var values = new SsaNode?[graph.NodeCount];
        foreach (SsaNode param in graph.Entry.Params) values[param.Id] = param;
        bool changed = true;
        while (changed)
        {
            changed = false;
            foreach (SsaBlock block in graph.Blocks)
                if (block != graph.Entry || block.Predecessors.Count > 0) changed |= Evaluate(block, values, block == graph.Entry);
        }

        foreach (SsaBlock block in graph.Blocks) Replace(block, values);
        foreach (SsaBlock block in graph.Blocks) ResolveUses(block);
    }

    private static bool Evaluate(SsaBlock block, SsaNode?[] values, bool isEntry)
    {
        if (isEntry) return false;
        bool changed = false;
        for (int i = 0; i < block.Params.Count; i++)
        {
            SsaNode param = block.Params[i];
            SsaNode? value = Meet(block, i, param, values);
            if (value == values[param.Id]) continue;
            values[param.Id] = value;
            changed = true;
        }

        return changed;
    }

    private static SsaNode? Meet(SsaBlock block, int index, SsaNode param, SsaNode?[] values)
    {
        SsaNode? value = null;
        foreach (SsaEdge edge in block.Predecessors)
        {
            SsaNode argument = edge.Args[index].Resolve();
            if (argument == param) continue;
            SsaNode? known = argument.Op == SsaOp.Param ? values[argument.Id] : argument;
            if (known is null || known == value) continue;
            if (value is not null) return param;
            value = known;
        }

        return value;
    }

    private static void Replace(SsaBlock block, SsaNode?[] values)
    {
        int kept = 0;
        for (int i = 0; i < block.Params.Count; i++)
        {
            SsaNode param = block.Params[i];
            SsaNode? value = values[param.Id];
            if (value is not null && value != param)
            {
                param.Forward = value;
                continue;
            }

            foreach (SsaEdge edge in block.Predecessors) edge.Args[kept] = edge.Args[i];
            block.Params[kept++] = param;
        }

        if (kept == block.Params.Count) return;
        block.Params.RemoveRange(kept, block.Params.Count - kept);
        foreach (SsaEdge edge in block.Predecessors) Array.Resize(ref edge.Args, kept);
    }

    /// <summary>Follows replacements in everything that a block uses.</summary>
    public static void ResolveUses(SsaBlock block)
    {
        foreach (SsaNode node in block.Nodes) ResolveArgs(node);
        ResolveArgs(block.Terminator);
        foreach (SsaEdge edge in block.Successors) Resolve(edge.Args);
    }

    private static void ResolveArgs(SsaNode node)
    {
        Resolve(node.Args);
        Resolve(node.KeepAlives);
    }

    private static void Resolve(SsaNode[] args)
    {
        for (int i = 0; i < args.Length; i++)
            if (args[i].Forward is not null) args[i] = args[i].Resolve();
    }
}
