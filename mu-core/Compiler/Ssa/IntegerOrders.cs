namespace Mu.Core.Compiler.Ssa;

/// <summary>
/// What the branches above a block have shown of the order of signed 64-bit integers: which are not negative, and which are below which others. With it the test of an index against a length falls, where the
/// loop's own test, or an earlier access, has said it already; and so do the tests for indices that count from the end. (Bodík, Gupta and Sarkar, "ABCD: eliminating array bounds checks on demand", PLDI 2000,
/// do it with a graph of differences; here facts are used as they were learned.)
/// </summary>
internal sealed class IntegerOrders
{
    private const int Depth = 3;

    private readonly HashSet<SsaNode> nonNegative = [];
    private readonly HashSet<(SsaNode Less, SsaNode More)> below = [];
    private readonly List<(SsaNode Less, SsaNode? More)> log = [];

    public int Count => log.Count;

    /// <summary>Takes notice of a comparison's outcome.</summary>
    public void Learn(SsaNode compare, bool outcome)
    {
        if (!compare.Is64 || compare.Args[0].Kind != ValueKind.I64) return;
        SsaNode a = compare.Args[0], b = compare.Args[1];
        switch (outcome ? compare.Cond : compare.Cond.Negate())
        {
            case Cond.Slt: AddBelow(a, b); break;
            case Cond.Sgt: AddBelow(b, a); break;
            case Cond.Sge when IsNonNegative(b): AddNonNegative(a); break;
            case Cond.Sle when IsNonNegative(a): AddNonNegative(b); break;
            case Cond.Ult when IsNonNegative(b):
                AddNonNegative(a);
                AddBelow(a, b);
                break;
            case Cond.Ugt when IsNonNegative(a):
                AddNonNegative(b);
                AddBelow(b, a);
                break;
        }
    }

    /// <summary>What a comparison gives, if that is known.</summary>
    public bool? OutcomeOf(SsaNode compare)
    {
        if (!compare.Is64) return null;
        SsaNode a = compare.Args[0], b = compare.Args[1];
        return compare.Cond switch
        {
            Cond.Slt => Less(a, b),
            Cond.Sgt => Less(b, a),
            Cond.Sge => !Less(a, b),
            Cond.Sle => !Less(b, a),
            Cond.Ult => LessUnsigned(a, b),
            Cond.Ugt => LessUnsigned(b, a),
            Cond.Uge => !LessUnsigned(a, b),
            Cond.Ule => !LessUnsigned(b, a),
            _ => null,
        };
    }

    private bool? Less(SsaNode a, SsaNode b) =>
        IsBelow(a, b) || a.IsConst && a.Imm < 0 && IsNonNegative(b) ? true
        : IsBelow(b, a) || b.IsConst && b.Imm <= 0 && IsNonNegative(a) ? false
        : null;

    private bool? LessUnsigned(SsaNode a, SsaNode b) =>
        IsBelow(a, b) && IsNonNegative(a) ? true
        : IsBelow(b, a) && IsNonNegative(b) ? false
        : null;

    public void Rewind(int count)
    {
        for (int i = log.Count - 1; i >= count; i--)
        {
            if (log[i].More is { } more) below.Remove((log[i].Less, more));
            else nonNegative.Remove(log[i].Less);
        }

        log.RemoveRange(count, log.Count - count);
    }

    private void AddBelow(SsaNode less, SsaNode more)
    {
        if (below.Add((less, more))) log.Add((less, more));
        // Above -1.
        if (less.IsConst && less.Imm >= -1 || IsNonNegative(less)) AddNonNegative(more);
    }

    private void AddNonNegative(SsaNode value)
    {
        if (!value.IsConst && nonNegative.Add(value)) log.Add((value, null));
    }

    private bool IsBelow(SsaNode a, SsaNode b) => below.Contains((a, b));

    private bool IsNonNegative(SsaNode value, int depth = Depth)
    {
        if (value.IsConst) return value.Imm >= 0;
        if (value.Kind != ValueKind.I64) return false;
        if (nonNegative.Contains(value) || TagValues.UsedBits(value) < 64) return true;
        return depth > 0 && value.Op == SsaOp.Param && IsCounter(value, depth - 1);
    }

    /// <summary>A loop's variable that begins at zero or above and goes up by one while the loop's test finds it below something: it cannot overflow.</summary>
    private bool IsCounter(SsaNode param, int depth)
    {
        SsaBlock header = param.Block!;
        if (!header.IsLoopHeader || !TestsAtHead(header, param)) return false;
        int index = header.Params.IndexOf(param);
        foreach (SsaEdge edge in header.Predecessors)
        {
            SsaNode value = edge.Args[index].Resolve();
            if (ControlFlow.Dominates(header, edge.From) ? !IsNext(value, param) : !IsNonNegative(value, depth)) return false;
        }

        return true;
    }

    private static bool IsNext(SsaNode value, SsaNode param) =>
        value == param || value is { Op: SsaOp.Add, Width: 64 } && value.Args[0].Resolve() == param && value.Args[1].IsConstOf(1);

    /// <summary>Whether the loop goes on only when its test at the head finds the variable below something.</summary>
    private static bool TestsAtHead(SsaBlock header, SsaNode param)
    {
        if (header.Terminator is not { Op: SsaOp.Branch } branch || branch.Args[0].Resolve() is not { Op: SsaOp.Cmp, Width: 64 } test) return false;
        bool up = test.Cond is Cond.Slt or Cond.Sge && test.Args[0].Resolve() == param || test.Cond is Cond.Sgt or Cond.Sle && test.Args[1].Resolve() == param;
        if (!up) return false;
        // Where the test says no, the loop must end: what is behind has no way back to the head.
        SsaBlock other = header.Successors[test.Cond is Cond.Slt or Cond.Sgt ? 1 : 0].To;
        return !header.LoopBody!.Contains(other);
    }
}
