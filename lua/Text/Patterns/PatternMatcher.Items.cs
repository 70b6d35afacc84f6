namespace Mu.Lua.Text.Patterns;

/// <summary>Single-character items, <c>%b</c>, <c>%f</c> and back references.</summary>
internal ref partial struct PatternMatcher
{
    private int ItemEnd(int p)
    {
        byte c = _pattern[p++];
        if (c == Escape) return p == _pattern.Length ? Fail(PatternError.EndsWithEscape) : p + 1;
        return c == '[' ? SetEnd(p) : p;
    }

    // A ']' that comes first stands for itself.
    private int SetEnd(int p)
    {
        if (p < _pattern.Length && _pattern[p] == '^') p++;
        do
        {
            if (p == _pattern.Length) return Fail(PatternError.MissingBracket);
            if (_pattern[p++] == Escape && p < _pattern.Length) p++;
        }
        while (p >= _pattern.Length || _pattern[p] != ']');
        return p + 1;
    }

    private readonly bool MatchesOne(int s, int p, int next)
        => (uint)s < (uint)_source.Length && MatchesByte(_source[s], p, next);

    private readonly bool MatchesByte(byte c, int p, int next) => _pattern[p] switch
    {
        (byte)'.' => true,
        Escape => CharacterClass.Contains(_pattern[p + 1], c),
        (byte)'[' => InSet(c, p, next - 1),
        byte literal => literal == c,
    };

    // p is at '[', last at the closing ']'.
    private readonly bool InSet(byte c, int p, int last)
    {
        bool found = true;
        if (_pattern[p + 1] == '^')
        {
            found = false;
            p++;
        }
        while (++p < last)
        {
            if (_pattern[p] == Escape)
            {
                if (CharacterClass.Contains(_pattern[++p], c)) return found;
            }
            else if (_pattern[p + 1] == '-' && p + 2 < last)
            {
                p += 2;
                if (_pattern[p - 2] <= c && c <= _pattern[p]) return found;
            }
            else if (_pattern[p] == c) return found;
        }
        return !found;
    }

    // How often an item matches from s on; the two commonest items are vector searches.
    private readonly int RunLength(int s, int p, int next)
    {
        ReadOnlySpan<byte> rest = _source[s..];
        int count = 0;
        switch (_pattern[p])
        {
            case (byte)'.': return rest.Length;
            case Escape:
                byte letter = _pattern[p + 1];
                while (count < rest.Length && CharacterClass.Contains(letter, rest[count])) count++;
                return count;
            case (byte)'[':
                while (count < rest.Length && InSet(rest[count], p, next - 1)) count++;
                return count;
            default:
                count = rest.IndexOfAnyExcept(_pattern[p]);
                return count < 0 ? rest.Length : count;
        }
    }

    private int MatchBalance(int s, int p)
    {
        if (p + 1 >= _pattern.Length) return Fail(PatternError.MissingBalanceArguments);
        byte open = _pattern[p], close = _pattern[p + 1];
        if (s >= _source.Length || _source[s] != open) return -1;
        int nesting = 1;
        while (++s < _source.Length)
        {
            if (_source[s] == close)
            {
                if (--nesting == 0) return s + 1;
            }
            else if (_source[s] == open) nesting++;
        }
        return -1;
    }

    private int MatchFrontier(int s, ref int p)
    {
        if (p >= _pattern.Length || _pattern[p] != '[') return Fail(PatternError.MissingFrontierSet);
        int next = ItemEnd(p);
        if (next < 0) return -1;
        byte before = s == 0 ? (byte)0 : _source[s - 1];
        byte here = s < _source.Length ? _source[s] : (byte)0;
        bool match = !InSet(before, p, next - 1) && InSet(here, p, next - 1);
        p = next;
        return match ? s : -1;
    }

    private int MatchBackReference(int s, byte digit)
    {
        int index = digit - '1';
        if (index < 0 || index >= CaptureCount || _captures[index].Length == Capture.Unfinished)
            return Fail(PatternError.InvalidCaptureIndex, index + 1);
        Capture capture = _captures[index];
        // PUC takes a position capture's mark for a huge length, which never fits.
        if (capture.Length < 0 || _source.Length - s < capture.Length) return -1;
        ReadOnlySpan<byte> text = _source.Slice(capture.Start, capture.Length);
        return _source[s..].StartsWith(text) ? s + capture.Length : -1;
    }
}
