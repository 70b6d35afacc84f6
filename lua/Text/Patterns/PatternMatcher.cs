using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Mu.Lua.Text.Patterns;

/// <summary>
/// Backtracking over the nodes of a compiled pattern, as do_match of lstrlib.c does over its text. A failed match and an error both give -1; <see cref="Error"/> tells them apart.
/// Where the compiler found that a repetition leaves no choice, the match goes on without a recursion.
/// <para>Invariant of the unchecked reads: 0 ≤ s ≤ length of the text, and the last node ends every walk.</para>
/// </summary>
internal ref partial struct PatternMatcher
{
    // MAXCCALLS of lstrlib.c.
    private const int MaxDepth = 200;

    private readonly Pattern _pattern;
    private readonly ref PatternNode _nodes;
    private readonly Span<Capture> _captures;
    private readonly StopSignal _stop;
    private ref byte _source;
    private int _length;
    private int _depth;

    /// <summary>A matcher. <paramref name="captures"/> is memory for <see cref="CaptureList.Limit"/> of them, with any contents.</summary>
    public PatternMatcher(ReadOnlySpan<byte> source, Pattern pattern, Span<Capture> captures, StopSignal stop)
    {
        _stop = stop;
        _pattern = pattern;
        _nodes = ref MemoryMarshal.GetArrayDataReference(pattern.Nodes);
        _captures = captures;
        Source = source;
    }

    /// <summary>The text. It may move between matches.</summary>
    public ReadOnlySpan<byte> Source
    {
        readonly get => MemoryMarshal.CreateReadOnlySpan(ref _source, _length);
        set
        {
            _source = ref MemoryMarshal.GetReference(value);
            _length = value.Length;
        }
    }

    /// <summary>Whether the pattern began with <c>^</c>.</summary>
    public readonly bool IsAnchored => _pattern.IsAnchored;

    /// <summary>How many explicit captures a match makes.</summary>
    public readonly int CaptureCount => _pattern.CaptureCount;

    /// <summary>What went wrong, if anything.</summary>
    public PatternError Error { get; private set; }

    /// <summary>The capture index that <see cref="Error"/> names.</summary>
    public int ErrorIndex { get; private set; }

    /// <summary>The message of <see cref="Error"/>.</summary>
    public readonly string ErrorMessage => PatternErrorText.Of(Error, ErrorIndex);

    /// <summary>Matches at exactly <paramref name="start"/>; the end of the match, or -1.</summary>
    public int MatchAt(int start)
    {
        _depth = MaxDepth;
        return Match(start, 0);
    }

    /// <summary>Looks for the first match from <paramref name="start"/> on.</summary>
    public bool TryFind(int start, out int matchStart, out int matchEnd)
    {
        matchStart = start;
        if (IsAnchored)
        {
            matchEnd = MatchAt(start);
            return matchEnd >= 0;
        }
        for (; (matchStart = NextStart(matchStart)) <= _length; matchStart++)
        {
            matchEnd = MatchAt(matchStart);
            if (matchEnd >= 0) return true;
            if (Error != PatternError.None) return false;
        }
        matchEnd = -1;
        return false;
    }

    /// <summary>The first place from <paramref name="start"/> on where a match may begin: the end of the text is always one.</summary>
    public readonly int NextStart(int start)
    {
        if (_pattern.BeginsWithAnything || start >= _length) return start;
        int found;
        if (_pattern.Prefix.Length > 0)
        {
            found = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref _source, start), _length - start).IndexOf(_pattern.Prefix);
            return found < 0 ? _length : start + found;
        }
        // As a rule the place is near.
        ref readonly ByteSet first = ref _pattern.First;
        for (found = start; found < _length; found++)
            if (first.Contains(Unsafe.Add(ref _source, found))) break;
        return found;
    }

    /// <summary>Whether a pattern has no magic, so that a plain search does.</summary>
    public static bool IsPlain(ReadOnlySpan<byte> pattern) => pattern.IndexOfAny(Magic) < 0;

    private static readonly System.Buffers.SearchValues<byte> Magic = System.Buffers.SearchValues.Create("^$*+?.([%-"u8);

    /// <summary>Plain search from an offset; -1 if there is none.</summary>
    public static int FindPlain(ReadOnlySpan<byte> source, ReadOnlySpan<byte> wanted, int start)
    {
        int at = source[start..].IndexOf(wanted);
        return at < 0 ? -1 : at + start;
    }

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

    // A choice point calls this for each choice; the depth is what it was when the choice failed.
    private int Match(int s, int p)
    {
        int depth = _depth;
        if (_depth-- == 0) return Fail(PatternError.TooComplex);
        // Choices are what can take exponential time.
        if (_stop.IsSet) return Fail(PatternError.Stopped);
        int end = MatchHere(s, p);
        _depth = depth;
        return end;
    }

    // s and p are offsets in text and nodes. lstrlib.c recurs at captures and at every repetition, hence the count of the depth where this only goes on.
    private int MatchHere(int s, int p)
    {
        while (true)
        {
            ref readonly var node = ref Unsafe.Add(ref _nodes, p++);
            switch (node.Op)
            {
                case PatternOp.Byte:
                    if (s == _length || Unsafe.Add(ref _source, s) != node.Byte) return -1;
                    s++;
                    continue;
                case PatternOp.Set:
                    if (s == _length || !node.Set.Contains(Unsafe.Add(ref _source, s))) return -1;
                    s++;
                    continue;
                case PatternOp.Any:
                    if (s == _length) return -1;
                    s++;
                    continue;
                case PatternOp.Match:
                    return s;
                case PatternOp.Greedy:
                    int count = RunLength(s, in node);
                    if (!node.IsPossessive) return Longest(s, p, count, in node);
                    if (count < node.Least) return -1;
                    s += count;
                    break;
                case PatternOp.Open:
                    _captures[node.Capture] = new Capture { Start = s, Length = Capture.Unfinished };
                    break;
                case PatternOp.Close:
                    ref var capture = ref _captures[node.Capture];
                    capture.Length = s - capture.Start;
                    break;
                case PatternOp.Position:
                    _captures[node.Capture] = new Capture { Start = s, Length = Capture.Position };
                    break;
                case PatternOp.EndOfText:
                    return s == _length ? s : -1;
                case PatternOp.Lazy:
                    return Shortest(s, p, in node);
                case PatternOp.Optional:
                    if (s == _length || !node.Set.Contains(Unsafe.Add(ref _source, s))) continue;
                    if (!node.IsPossessive)
                    {
                        int end = Match(s + 1, p);
                        if (end >= 0 || Error != PatternError.None) return end;
                        continue;
                    }
                    s++;
                    break;
                case PatternOp.Error:
                    return Fail(node.Error, node.Capture);
                default:
                    s = MatchSpecial(s, in node);
                    if (s < 0) return -1;
                    continue;
            }
            if (_depth-- == 0) return Fail(PatternError.TooComplex);
        }
    }

    private int Longest(int s, int p, int count, in PatternNode node)
    {
        for (; count >= node.Least; count--)
        {
            if (!MayFollow(s + count, in node)) continue;
            int end = Match(s + count, p);
            if (end >= 0 || Error != PatternError.None) return end;
        }
        return -1;
    }

    private int Shortest(int s, int p, in PatternNode node)
    {
        while (true)
        {
            if (MayFollow(s, in node))
            {
                int end = Match(s, p);
                if (end >= 0 || Error != PatternError.None) return end;
            }
            if (s == _length || !node.Set.Contains(Unsafe.Add(ref _source, s))) return -1;
            s++;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly bool MayFollow(int s, in PatternNode node) =>
        node.FollowsAnything || s == _length || node.Follow.Contains(Unsafe.Add(ref _source, s));

    // How often an item matches from s on.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int RunLength(int s, in PatternNode node)
    {
        if (node.Run != RunKind.Set) return LongRun(s, in node);
        int end = s;
        while (end < _length && node.Set.Contains(Unsafe.Add(ref _source, end))) end++;
        return end - s;
    }

    private readonly int LongRun(int s, in PatternNode node)
    {
        if (node.Run == RunKind.Any) return _length - s;
        int found = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref _source, s), _length - s).IndexOf(node.Byte);
        return found < 0 ? _length - s : found;
    }
}
