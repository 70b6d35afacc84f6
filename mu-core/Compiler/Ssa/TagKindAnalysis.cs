namespace Mu.Core.Compiler.Ssa;

/// <summary>
/// What tagref64 parameters may hold, by optimistic propagation over the edges that can be taken (Wegman and Zadeck, "Constant propagation with conditional branches", TOPLAS 1991,
/// with kinds in the place of constants): a parameter holds nothing until an edge that can be taken passes something. So a loop counter is an integer because nothing else ever gets in.
/// </summary>
internal sealed class TagKindAnalysis
{
    /// <summary>Blocks looked at above a use for branches that tell of its kind.</summary>
    private const int FactDepth = 8;

    private readonly SsaGraph graph;
    private readonly HashSet<SsaEdge>? excluded;
    private readonly TagKinds[] kinds;
    private readonly bool[] reached;
    private bool changed;

    /// <summary>Analyses the graph as if the excluded edges were never taken. The blocks are in reverse postorder.</summary>
    public TagKindAnalysis(SsaGraph graph, HashSet<SsaEdge>? excluded = null)
    {
        (this.graph, this.excluded) = (graph, excluded);
        kinds = new TagKinds[graph.NodeCount];
        reached = new bool[graph.BlockCount];
        Reach(graph.Entry);
        foreach (SsaNode param in graph.Entry.Params) kinds[param.Id] = TagKinds.Any;
        do
        {
            changed = false;
            foreach (SsaBlock block in graph.Blocks)
                if (reached[block.Id]) Leave(block);
        }
        while (changed);
    }

    /// <summary>Records at each parameter what it cannot hold.</summary>
    public static void Annotate(SsaGraph graph)
    {
        if (!HasTags(graph)) return;
        var analysis = new TagKindAnalysis(graph);
        foreach (SsaBlock block in graph.Blocks)
            foreach (SsaNode param in block.Params)
                if (param.Kind == ValueKind.Tag && analysis.kinds[param.Id] != TagKinds.None) param.Excluded = TagKinds.Any & ~analysis.kinds[param.Id];
    }

    /// <summary>Whether the edge passes its target what its parameters, as the analysis knows them, do not hold.</summary>
    public bool Widens(SsaEdge edge)
    {
        if (!reached[edge.From.Id]) return false;
        for (int i = 0; i < edge.Args.Length; i++)
        {
            SsaNode param = edge.To.Params[i];
            if (param.Kind != ValueKind.Tag || kinds[param.Id] is not (TagKinds.Int or TagKinds.Fp)) continue;
            if ((KindsAt(edge.Args[i], edge) & ~kinds[param.Id]) != 0) return true;
        }

        return false;
    }

    private static bool HasTags(SsaGraph graph)
    {
        foreach (SsaBlock block in graph.Blocks)
            foreach (SsaNode param in block.Params)
                if (param.Kind == ValueKind.Tag) return true;
        return false;
    }

    private void Reach(SsaBlock block)
    {
        if (reached[block.Id]) return;
        reached[block.Id] = true;
        changed = true;
    }

    private void Leave(SsaBlock block)
    {
        if (block.Terminator.Op != SsaOp.Branch)
        {
            foreach (SsaEdge edge in block.Successors) Take(edge);
            return;
        }

        Outcomes outcomes = Evaluate(block.Terminator.Args[0], 0);
        if ((outcomes & Outcomes.True) != 0) Take(block.Successors[0]);
        if ((outcomes & Outcomes.False) != 0) Take(block.Successors[1]);
    }

    private void Take(SsaEdge edge)
    {
        if (excluded is not null && excluded.Contains(edge)) return;
        Reach(edge.To);
        for (int i = 0; i < edge.Args.Length; i++)
        {
            SsaNode param = edge.To.Params[i];
            if (param.Kind != ValueKind.Tag || kinds[param.Id] == TagKinds.Any) continue;
            TagKinds known = kinds[param.Id] | KindsAt(edge.Args[i], edge);
            if (known == kinds[param.Id]) continue;
            kinds[param.Id] = known;
            changed = true;
        }
    }

    private TagKinds KindsOf(SsaNode value) => value.Op == SsaOp.Param ? kinds[value.Id] : TagValues.KindsOf(value);

    /// <summary>Kinds of a value on an edge, with what the branches above it say.</summary>
    private TagKinds KindsAt(SsaNode value, SsaEdge edge)
    {
        value = value.Resolve();
        TagKinds known = KindsOf(value);
        if (edge.From.Terminator.Op == SsaOp.Branch) known &= Implied(edge.From.Terminator.Args[0], IsTrueEdge(edge), value, 0);
        SsaBlock? block = edge.From;
        for (int steps = 0; steps < FactDepth && block is not null && (known & (known - 1)) != 0; steps++, block = block.Dominator)
        {
            if (block.Predecessors.Count != 1) continue;
            SsaEdge above = block.Predecessors[0];
            if (above.From.Terminator.Op == SsaOp.Branch) known &= Implied(above.From.Terminator.Args[0], IsTrueEdge(above), value, 0);
        }

        return known;
    }

    private static bool IsTrueEdge(SsaEdge edge) => edge.From.Successors[0] == edge;

    /// <summary>What a value may hold where a condition has an outcome.</summary>
    private static TagKinds Implied(SsaNode condition, bool outcome, SsaNode value, int depth)
    {
        if (condition.Kind != ValueKind.Bool || depth > 4) return TagKinds.Any;
        switch (condition.Op)
        {
            case SsaOp.TagIsInt when condition.Args[0] == value: return outcome ? TagKinds.Int : TagKinds.Ref | TagKinds.Fp;
            case SsaOp.TagIsInt when outcome && condition.Args[0] is { Op: SsaOp.And, Code: 0 } both: return both.Args[0] == value || both.Args[1] == value ? TagKinds.Int : TagKinds.Any;
            case SsaOp.TagIsRef when condition.Args[0] == value: return outcome ? TagKinds.Ref : TagKinds.Int | TagKinds.Fp;
            case SsaOp.TagIsFp when condition.Args[0] == value: return outcome ? TagKinds.Fp : TagKinds.Int | TagKinds.Ref;
            case SsaOp.Xor when condition.Args[1].IsConstOf(1): return Implied(condition.Args[0], !outcome, value, depth + 1);
            case SsaOp.And when outcome:
            case SsaOp.Or when !outcome: return Implied(condition.Args[0], outcome, value, depth + 1) & Implied(condition.Args[1], outcome, value, depth + 1);
            default: return TagKinds.Any;
        }
    }

    /// <summary>Outcomes that a condition can have.</summary>
    [Flags]
    private enum Outcomes : byte
    {
        None = 0,
        False = 1,
        True = 2,
        Both = 3,
    }

    private Outcomes Evaluate(SsaNode condition, int depth)
    {
        if (condition.IsConst) return condition.Imm != 0 ? Outcomes.True : Outcomes.False;
        if (depth > 6 || condition.Kind != ValueKind.Bool) return Outcomes.Both;
        return condition.Op switch
        {
            SsaOp.TagIsInt when condition.Args[0] is { Op: SsaOp.And, Code: 0 } both => And(Test(both.Args[0], TagKinds.Int), Test(both.Args[1], TagKinds.Int)),
            SsaOp.TagIsInt => Test(condition.Args[0], TagKinds.Int),
            SsaOp.TagIsRef => Test(condition.Args[0], TagKinds.Ref),
            SsaOp.TagIsFp => Test(condition.Args[0], TagKinds.Fp),
            SsaOp.And => And(Evaluate(condition.Args[0], depth + 1), Evaluate(condition.Args[1], depth + 1)),
            SsaOp.Or => Not(And(Not(Evaluate(condition.Args[0], depth + 1)), Not(Evaluate(condition.Args[1], depth + 1)))),
            SsaOp.Xor when condition.Args[1].IsConstOf(1) => Not(Evaluate(condition.Args[0], depth + 1)),
            _ => Outcomes.Both,
        };
    }

    /// <summary>Nothing is known yet of what holds nothing: neither edge is taken.</summary>
    private Outcomes Test(SsaNode value, TagKinds kind)
    {
        TagKinds known = KindsOf(value.Resolve());
        return ((known & kind) != 0 ? Outcomes.True : Outcomes.None) | ((known & ~kind) != 0 ? Outcomes.False : Outcomes.None);
    }

    private static Outcomes Not(Outcomes o) => (Outcomes)(((int)o >> 1) | (((int)o & 1) << 1));

    private static Outcomes And(Outcomes a, Outcomes b)
    {
        if (a == Outcomes.False || b == Outcomes.False) return Outcomes.False;
        if (a == Outcomes.None || b == Outcomes.None) return Outcomes.None;
        return (a & b & Outcomes.True) | ((a | b) & Outcomes.False);
    }
}
