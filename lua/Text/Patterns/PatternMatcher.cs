namespace Mu.Lua.Text.Patterns;

/// <summary>
/// The backtracking matcher of lstrlib.c over spans. A failed match and an error both give -1; <see cref="Error"/> tells them apart.
/// </summary>
internal ref partial struct PatternMatcher
{
    private const int MaxDepth = 200;
    private const byte Escape = (byte)'%';

    private readonly ReadOnlySpan<byte> _source;
    private readonly ReadOnlySpan<byte> _pattern;
    private CaptureList _captures;
    private int _depth;

    /// <summary>A matcher of a pattern without its leading <c>^</c>, which <see cref="TryFind"/> is told of.</summary>
    public PatternMatcher(ReadOnlySpan<byte> source, ReadOnlySpan<byte> pattern)
    {
        IsAnchored = pattern.Length > 0 && pattern[0] == '^';
        _source = source;
        _pattern = IsAnchored ? pattern[1..] : pattern;
    }

    /// <summary>A matcher for <c>gmatch</c>, where <c>^</c> has no special meaning.</summary>
    public static PatternMatcher Unanchored(ReadOnlySpan<byte> source, ReadOnlySpan<byte> pattern) => new(source, pattern, false);

    private PatternMatcher(ReadOnlySpan<byte> source, ReadOnlySpan<byte> pattern, bool anchored)
    {
        IsAnchored = anchored;
        _source = source;
        _pattern = pattern;
    }

    /// <summary>Whether the pattern began with <c>^</c>.</summary>
    public bool IsAnchored { get; }

    /// <summary>How many explicit captures the last match made.</summary>
    public int CaptureCount { get; private set; }

    /// <summary>What went wrong, if anything.</summary>
    public PatternError Error { get; private set; }

    /// <summary>The capture index that <see cref="Error"/> names.</summary>
    public int ErrorIndex { get; private set; }

    /// <summary>The message of <see cref="Error"/>.</summary>
    public readonly string ErrorMessage => PatternErrorText.Of(Error, ErrorIndex);

    /// <summary>Matches at exactly <paramref name="start"/>; the end of the match, or -1.</summary>
    public int MatchAt(int start)
    {
        CaptureCount = 0;
        _depth = MaxDepth;
        return Match(start, 0);
    }

    /// <summary>Looks for the first match from <paramref name="start"/> on.</summary>
    public bool TryFind(int start, out int matchStart, out int matchEnd)
    {
        for (matchStart = start; matchStart <= _source.Length; matchStart++)
        {
            matchEnd = MatchAt(matchStart);
            if (matchEnd >= 0) return true;
            if (IsAnchored || Error != PatternError.None) break;
        }
        matchEnd = -1;
        return false;
    }

    /// <summary>Whether a pattern has no magic, so that a plain search does.</summary>
    public static bool IsPlain(ReadOnlySpan<byte> pattern) => pattern.IndexOfAny(Magic) < 0;

    /// <summary>Plain search from an offset; -1 if there is none.</summary>
    public static int FindPlain(ReadOnlySpan<byte> source, ReadOnlySpan<byte> wanted, int start)
    {
        int at = source[start..].IndexOf(wanted);
        return at < 0 ? -1 : at + start;
    }

    private static readonly System.Buffers.SearchValues<byte> Magic = System.Buffers.SearchValues.Create("^$*+?.([%-"u8);

    /// <summary>
    /// Capture <paramref name="index"/> (from 0) of a match; without explicit captures number 0 is the whole match.
    /// False sets <see cref="Error"/>.
    /// </summary>
    public bool TryGetCapture(int index, int matchStart, int matchEnd, out Capture capture)
    {
        capture = default;
        if (index >= CaptureCount)
        {
            if (index != 0) return Fail(PatternError.InvalidCaptureIndex, index + 1) >= 0;
            capture = new Capture { Start = matchStart, Length = matchEnd - matchStart };
            return true;
        }
        capture = _captures[index];
        return capture.Length != Capture.Unfinished || Fail(PatternError.UnfinishedCapture) >= 0;
    }

    private int Fail(PatternError error, int index = 0)
    {
        Error = error;
        ErrorIndex = index;
        return -1;
    }

    // s and p are offsets in source and pattern. Tail calls of the C source are turns of the loop.
    private int Match(int s, int p)
    {
        if (_depth-- == 0) return Fail(PatternError.TooComplex);
        int end = MatchHere(s, p);
        _depth++;
        return end;
    }

    private int MatchHere(int s, int p)
    {
        while (p < _pattern.Length)
        {
            byte c = _pattern[p];
            if (c == '(')
            {
                return p + 1 < _pattern.Length && _pattern[p + 1] == ')'
                    ? StartCapture(s, p + 2, Capture.Position)
                    : StartCapture(s, p + 1, Capture.Unfinished);
            }
            if (c == ')') return EndCapture(s, p + 1);
            if (c == '$' && p + 1 == _pattern.Length) return s == _source.Length ? s : -1;
            if (c == Escape && p + 1 < _pattern.Length && IsSpecialEscape(_pattern[p + 1]))
            {
                s = MatchSpecial(s, ref p);
                if (s < 0) return -1;
                continue;
            }
            int next = ItemEnd(p);
            if (next < 0) return -1;
            byte suffix = next < _pattern.Length ? _pattern[next] : (byte)0;
            switch (suffix)
            {
                case (byte)'*': return ExpandMost(s, p, next, 0);
                case (byte)'+': return ExpandMost(s, p, next, 1);
                case (byte)'-': return ExpandLeast(s, p, next);
                case (byte)'?':
                    if (MatchesOne(s, p, next))
                    {
                        int end = Match(s + 1, next + 1);
                        if (end >= 0 || Error != PatternError.None) return end;
                    }
                    p = next + 1;
                    break;
                default:
                    if (!MatchesOne(s, p, next)) return -1;
                    s++;
                    p = next;
                    break;
            }
        }
        return s;
    }

    private static bool IsSpecialEscape(byte c) => c is (byte)'b' or (byte)'f' or (>= (byte)'0' and <= (byte)'9');

    private int MatchSpecial(int s, ref int p)
    {
        byte kind = _pattern[p + 1];
        p += 2;
        if (kind == 'b')
        {
            s = MatchBalance(s, p);
            p += 2;
            return s;
        }
        return kind == 'f' ? MatchFrontier(s, ref p) : MatchBackReference(s, kind);
    }

    private int ExpandMost(int s, int p, int next, int least)
    {
        int count = RunLength(s, p, next);
        for (; count >= least; count--)
        {
            int end = Match(s + count, next + 1);
            if (end >= 0 || Error != PatternError.None) return end;
        }
        return -1;
    }

    private int ExpandLeast(int s, int p, int next)
    {
        while (true)
        {
            int end = Match(s, next + 1);
            if (end >= 0 || Error != PatternError.None) return end;
            if (!MatchesOne(s, p, next)) return -1;
            s++;
        }
    }

    private int StartCapture(int s, int p, int mark)
    {
        if (CaptureCount >= CaptureList.Limit) return Fail(PatternError.TooManyCaptures);
        _captures[CaptureCount++] = new Capture { Start = s, Length = mark };
        int end = Match(s, p);
        if (end < 0) CaptureCount--;
        return end;
    }

    private int EndCapture(int s, int p)
    {
        int open = CaptureCount - 1;
        while (open >= 0 && _captures[open].Length != Capture.Unfinished) open--;
        if (open < 0) return Fail(PatternError.InvalidPatternCapture);
        _captures[open].Length = s - _captures[open].Start;
        int end = Match(s, p);
        if (end < 0) _captures[open].Length = Capture.Unfinished;
        return end;
    }
}
