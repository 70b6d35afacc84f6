namespace Mu.Core.Compiler.Ssa;

/// <summary>What a tagref64 may hold.</summary>
[Flags]
internal enum TagKinds : byte
{
    None = 0,
    Int = 1,
    Ref = 2,
    Fp = 4,
    Any = 7,
}

/// <summary>What the branches above a block have decided: outcomes of conditions and contents of tagref64 values.</summary>
internal sealed class Facts
{
    private readonly Dictionary<SsaNode, bool> outcomes = [];
    private readonly Dictionary<SsaNode, TagKinds> kinds = [];
    private readonly List<(SsaNode Node, TagKinds Before, bool IsOutcome)> log = [];

    /// <summary>Of integers.</summary>
    public IntegerOrders Orders { get; } = new();

    public int Count => log.Count;

    public bool? Known(SsaNode condition) => outcomes.TryGetValue(condition, out bool value) ? value : null;

    public TagKinds KindsOf(SsaNode value) => kinds.TryGetValue(value, out TagKinds known) ? known & TagValues.KindsOf(value) : TagValues.KindsOf(value);

    public void Learn(SsaNode condition, bool outcome)
    {
        if (condition.IsConst || !outcomes.TryAdd(condition, outcome)) return;
        log.Add((condition, TagKinds.None, true));
        if (condition.Op == SsaOp.Cmp) Orders.Learn(condition, outcome);
        switch (condition.Op)
        {
            case SsaOp.TagIsInt: LearnInt(condition.Args[0], outcome); break;
            case SsaOp.TagIsRef: Restrict(condition.Args[0], outcome ? TagKinds.Ref : TagKinds.Int | TagKinds.Fp); break;
            case SsaOp.TagIsFp: Restrict(condition.Args[0], outcome ? TagKinds.Fp : TagKinds.Int | TagKinds.Ref); break;
            case SsaOp.Xor when condition.Kind == ValueKind.Bool && condition.Args[1].IsConstOf(1): Learn(condition.Args[0], !outcome); break;
            case SsaOp.And when outcome:
            case SsaOp.Or when !outcome:
                if (condition.Kind != ValueKind.Bool) break;
                Learn(condition.Args[0], outcome);
                Learn(condition.Args[1], outcome);
                break;
            case SsaOp.Cmp when outcome == (condition.Cond == Cond.Eq) && condition.Cond is Cond.Eq or Cond.Ne && TagValues.IsTagTest(condition):
                Restrict(condition.Args[0].Args[0], TagKinds.Ref);
                break;
        }
    }

    /// <summary>is_int of a conjunction of words says it of each.</summary>
    private void LearnInt(SsaNode word, bool outcome)
    {
        if (word.Op == SsaOp.And && outcome)
        {
            LearnInt(word.Args[0], true);
            LearnInt(word.Args[1], true);
        }
        else if (word.Op != SsaOp.And)
        {
            Restrict(word, outcome ? TagKinds.Int : TagKinds.Ref | TagKinds.Fp);
        }
    }

    private void Restrict(SsaNode value, TagKinds to)
    {
        TagKinds before = kinds.GetValueOrDefault(value, TagKinds.Any);
        if ((before & to) == before) return;
        kinds[value] = before & to;
        log.Add((value, before, false));
    }

    public void Rewind(int count)
    {
        for (int i = log.Count - 1; i >= count; i--)
        {
            if (log[i].IsOutcome) outcomes.Remove(log[i].Node);
            else kinds[log[i].Node] = log[i].Before;
        }

        log.RemoveRange(count, log.Count - count);
    }
}
