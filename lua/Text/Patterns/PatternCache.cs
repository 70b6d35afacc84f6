namespace Mu.Lua.Text.Patterns;

/// <summary>
/// The patterns that a state used last, ready to match. A program's patterns are few and constant: one place for each hash of the text is enough.
/// </summary>
internal sealed class PatternCache
{
    private const int Places = 256;

    private readonly Pattern?[] patterns = new Pattern?[2 * Places];

    /// <summary>The pattern with this text.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="hash">A hash of the text.</param>
    /// <param name="mayBeAnchored">As in <see cref="Pattern.Compile"/>.</param>
    public Pattern Get(ReadOnlySpan<byte> text, uint hash, bool mayBeAnchored)
    {
        ref var place = ref patterns[(hash & (Places - 1)) + (mayBeAnchored ? 0 : Places)];
        if (place is { } known && text.SequenceEqual(known.Source)) return known;
        return place = Pattern.Compile(text, mayBeAnchored);
    }
}
