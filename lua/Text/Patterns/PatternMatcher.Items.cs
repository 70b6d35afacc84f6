using System.Runtime.CompilerServices;

namespace Mu.Lua.Text.Patterns;

/// <summary><c>%b</c>, <c>%f</c> and back references.</summary>
internal ref partial struct PatternMatcher
{
    private readonly int MatchSpecial(int s, in PatternNode node) => node.Op switch
    {
        PatternOp.Balance => MatchBalance(s, node.Byte, node.Close),
        PatternOp.Frontier => MatchFrontier(s, in node.Set),
        _ => MatchBackReference(s, _captures[node.Capture]),
    };

    private readonly int MatchBalance(int s, byte open, byte close)
    {
        if (s >= _length || Unsafe.Add(ref _source, s) != open) return -1;
        int nesting = 1;
        while (++s < _length)
        {
            byte c = Unsafe.Add(ref _source, s);
            if (c == close)
            {
                if (--nesting == 0) return s + 1;
            }
            else if (c == open) nesting++;
        }
        return -1;
    }

    private readonly int MatchFrontier(int s, in ByteSet set)
    {
        byte before = s == 0 ? (byte)0 : Unsafe.Add(ref _source, s - 1);
        byte here = s < _length ? Unsafe.Add(ref _source, s) : (byte)0;
        return !set.Contains(before) && set.Contains(here) ? s : -1;
    }

    private readonly int MatchBackReference(int s, Capture capture)
    {
        // PUC takes a position capture's mark for a huge length, which never fits.
        if (capture.Length < 0 || _length - s < capture.Length) return -1;
        return Source[s..].StartsWith(Source.Slice(capture.Start, capture.Length)) ? s + capture.Length : -1;
    }
}
