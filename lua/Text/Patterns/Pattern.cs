namespace Mu.Lua.Text.Patterns;

/// <summary>A pattern made ready: nodes in order, of which the last one ends the match, and what a search for its first byte needs. Immutable.</summary>
internal sealed class Pattern
{
    private readonly ByteSet first;

    internal Pattern(byte[] source, bool isAnchored, PatternNode[] nodes, int captureCount, in ByteSet first)
    {
        Source = source;
        IsAnchored = isAnchored;
        Nodes = nodes;
        CaptureCount = captureCount;
        this.first = first;
        BeginsWithAnything = first.Count == 256;
        Prefix = [.. nodes.TakeWhile(node => node.Op == PatternOp.Byte).Select(node => node.Byte)];
    }

    /// <summary>The pattern as it was written.</summary>
    public byte[] Source { get; }

    /// <summary>Whether it began with <c>^</c>.</summary>
    public bool IsAnchored { get; }

    /// <summary>The items.</summary>
    public PatternNode[] Nodes { get; }

    /// <summary>Number of captures.</summary>
    public int CaptureCount { get; }

    /// <summary>The bytes with which a match may begin.</summary>
    public ref readonly ByteSet First => ref first;

    /// <summary>Whether those are all.</summary>
    public bool BeginsWithAnything { get; }

    /// <summary>The bytes with which every match begins.</summary>
    public byte[] Prefix { get; }

    /// <summary>Makes a pattern ready. Mistakes in it show when a match meets them.</summary>
    /// <param name="pattern">Its text.</param>
    /// <param name="mayBeAnchored">Whether a leading <c>^</c> means the beginning; in <c>gmatch</c> it does not.</param>
    public static Pattern Compile(ReadOnlySpan<byte> pattern, bool mayBeAnchored = true) => new PatternCompiler(pattern, mayBeAnchored).Compile();
}
