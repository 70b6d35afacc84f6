namespace Mu.Lua.Syntax;

/// <summary>Offsets to lines. CR LF and LF CR are one line break (llex.c: inclinenumber).</summary>
internal sealed class LineTable
{
    private readonly List<int> starts = [0];

    public LineTable(ReadOnlySpan<byte> source)
    {
        for (var i = 0; i < source.Length; i++)
        {
            var c = source[i];
            if (c is not ((byte)'\n' or (byte)'\r'))
                continue;
            if (i + 1 < source.Length && source[i + 1] is (byte)'\n' or (byte)'\r' && source[i + 1] != c)
                i++;
            starts.Add(i + 1);
        }
    }

    public SourcePosition Find(int offset)
    {
        var found = starts.BinarySearch(offset);
        var line = found >= 0 ? found : ~found - 1;
        return new SourcePosition(line + 1, offset - starts[line] + 1);
    }
}
