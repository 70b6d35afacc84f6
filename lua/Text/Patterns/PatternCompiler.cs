namespace Mu.Lua.Text.Patterns;

/// <summary>
/// Turns a pattern's text into nodes (do_match of lstrlib.c says what it means). Patterns have no alternatives, so that which capture a parenthesis closes is known here.
/// </summary>
internal ref struct PatternCompiler(ReadOnlySpan<byte> text, bool mayBeAnchored)
{
    private const byte Escape = (byte)'%';

    private readonly ReadOnlySpan<byte> text = text;
    private readonly bool isAnchored = mayBeAnchored && text.Length > 0 && text[0] == '^';
    private readonly List<PatternNode> nodes = [];
    private readonly Stack<int> open = [];
    private readonly List<bool> isFinished = [];
    private int at;

    /// <summary>Compiles it.</summary>
    public Pattern Compile()
    {
        at = isAnchored ? 1 : 0;
        while (at < text.Length && AddNext()) { }
        if (nodes.Count == 0 || nodes[^1].Op is not (PatternOp.Error or PatternOp.EndOfText)) nodes.Add(new() { Op = PatternOp.Match });
        var all = nodes.ToArray();
        var first = LinkBackwards(all);
        return new Pattern(text.ToArray(), isAnchored, all, isFinished.Count, first);
    }

    // False when nothing behind matters: an error, or the end.
    private bool AddNext()
    {
        byte c = text[at];
        switch (c)
        {
            case (byte)'(':
                return AddOpen();
            case (byte)')':
                return AddClose();
            case (byte)'$' when at + 1 == text.Length:
                nodes.Add(new() { Op = PatternOp.EndOfText });
                return false;
            case Escape when at + 1 < text.Length && text[at + 1] is (byte)'b' or (byte)'f' or (>= (byte)'0' and <= (byte)'9'):
                return AddSpecial();
            default:
                return AddItem();
        }
    }

    private readonly bool AddError(PatternError error, int index = 0)
    {
        nodes.Add(new() { Op = PatternOp.Error, Error = error, Capture = (byte)index });
        return false;
    }

    private bool AddOpen()
    {
        if (isFinished.Count == CaptureList.Limit) return AddError(PatternError.TooManyCaptures);
        bool isPosition = at + 1 < text.Length && text[at + 1] == ')';
        nodes.Add(new() { Op = isPosition ? PatternOp.Position : PatternOp.Open, Capture = (byte)isFinished.Count });
        if (!isPosition) open.Push(isFinished.Count);
        isFinished.Add(isPosition);
        at += isPosition ? 2 : 1;
        return true;
    }

    private bool AddClose()
    {
        if (open.Count == 0) return AddError(PatternError.InvalidPatternCapture);
        int capture = open.Pop();
        isFinished[capture] = true;
        nodes.Add(new() { Op = PatternOp.Close, Capture = (byte)capture });
        at++;
        return true;
    }

    private bool AddSpecial()
    {
        byte kind = text[at + 1];
        at += 2;
        if (kind == 'b')
        {
            if (at + 1 >= text.Length) return AddError(PatternError.MissingBalanceArguments);
            nodes.Add(new() { Op = PatternOp.Balance, Byte = text[at], Close = text[at + 1] });
            at += 2;
            return true;
        }
        if (kind == 'f')
        {
            if (at >= text.Length || text[at] != '[') return AddError(PatternError.MissingFrontierSet);
            int end = SetEnd();
            if (end < 0) return AddError(PatternError.MissingBracket);
            nodes.Add(new() { Op = PatternOp.Frontier, Set = SetUpTo(end) });
            at = end;
            return true;
        }
        int index = kind - '1';
        if (index < 0 || index >= isFinished.Count || !isFinished[index]) return AddError(PatternError.InvalidCaptureIndex, index + 1);
        nodes.Add(new() { Op = PatternOp.BackReference, Capture = (byte)index });
        return true;
    }

    // One single-byte item, and the suffix that repeats it.
    private bool AddItem()
    {
        ByteSet set;
        byte c = text[at];
        if (c == Escape)
        {
            if (at + 1 == text.Length) return AddError(PatternError.EndsWithEscape);
            set = ByteSet.OfClass(text[at + 1]);
            at += 2;
        }
        else if (c == '[')
        {
            int end = SetEnd();
            if (end < 0) return AddError(PatternError.MissingBracket);
            set = SetUpTo(end);
            at = end;
        }
        else
        {
            set = c == '.' ? ByteSet.All : ByteSet.Of(c);
            at++;
        }
        var node = new PatternNode { Op = PatternOp.Set, Set = set };
        int count = set.Count;
        if (count == 256) (node.Op, node.Run) = (PatternOp.Any, RunKind.Any);
        else if (count == 1) (node.Op, node.Byte) = (PatternOp.Byte, set.Least);
        else if (count == 255) (node.Run, node.Byte) = (RunKind.UntilByte, (~set).Least);
        if (at < text.Length && RepetitionOf(text[at]) is var (op, least))
        {
            (node.Op, node.Least) = (op, least);
            at++;
        }
        nodes.Add(node);
        return true;
    }

    private static (PatternOp Op, byte Least)? RepetitionOf(byte suffix) => suffix switch
    {
        (byte)'*' => (PatternOp.Greedy, 0),
        (byte)'+' => (PatternOp.Greedy, 1),
        (byte)'-' => (PatternOp.Lazy, 0),
        (byte)'?' => (PatternOp.Optional, 0),
        _ => null,
    };

    // Behind the ']' of the set that begins here; -1 when there is none. A ']' that comes first stands for itself.
    private readonly int SetEnd()
    {
        int p = at + 1;
        if (p < text.Length && text[p] == '^') p++;
        do
        {
            if (p == text.Length) return -1;
            if (text[p++] == Escape && p < text.Length) p++;
        }
        while (p >= text.Length || text[p] != ']');
        return p + 1;
    }

    // matchbracketclass of lstrlib.c.
    private readonly ByteSet SetUpTo(int end)
    {
        int p = at, last = end - 1;
        bool isComplement = text[p + 1] == '^';
        if (isComplement) p++;
        var set = default(ByteSet);
        while (++p < last)
        {
            if (text[p] == Escape) set |= ByteSet.OfClass(text[++p]);
            else if (text[p + 1] == '-' && p + 2 < last)
            {
                p += 2;
                set |= ByteSet.Range(text[p - 2], text[p]);
            }
            else set |= ByteSet.Of(text[p]);
        }
        return isComplement ? ~set : set;
    }

    /// <summary>Tells every repetition what may follow it; gives the bytes with which a match may begin.</summary>
    private static ByteSet LinkBackwards(PatternNode[] nodes)
    {
        var first = ByteSet.All;
        bool alwaysMatches = false;
        for (int i = nodes.Length - 1; i >= 0; i--)
        {
            ref var node = ref nodes[i];
            node.Follow = first;
            node.FollowsAnything = first.Count == 256;
            switch (node.Op)
            {
                case PatternOp.Match:
                    alwaysMatches = true;
                    break;
                case PatternOp.EndOfText:
                    first = default;
                    break;
                case PatternOp.Open or PatternOp.Position or PatternOp.Close:
                    break;
                case PatternOp.Optional or PatternOp.Greedy or PatternOp.Lazy:
                    node.IsPossessive = alwaysMatches || (node.Set & first).Count == 0;
                    first = node.Least == 0 ? node.Set | first : node.Set;
                    alwaysMatches &= node.Least == 0;
                    break;
                default:
                    alwaysMatches = false;
                    first = node.Op switch
                    {
                        PatternOp.Balance => ByteSet.Of(node.Byte),
                        PatternOp.Frontier => node.Set & first,
                        PatternOp.BackReference or PatternOp.Error => ByteSet.All,
                        _ => node.Set,
                    };
                    break;
            }
        }
        return first;
    }
}
