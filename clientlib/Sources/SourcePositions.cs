namespace Mu.ClientLib.Sources;

/// <summary>A place in a source file, with what the language wants to know of it at run time (names for messages, say).</summary>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1; 0 when not known.</param>
/// <param name="Note">What the language attaches; null for nothing.</param>
public readonly record struct SourcePosition(int Line, int Column, object? Note = null);

/// <summary>
/// The table from source tags of instructions to source positions of one compilation unit. A tag goes into
/// <see cref="Building.FunctionBuilder.SourceTag"/>, and comes back from frame cursors as the tag of the instruction at which a frame stands.
/// Tag 0 means that no position is known.
/// </summary>
public sealed class SourcePositions
{
    private readonly List<SourcePosition> positions = [default];

    /// <summary>Records a position and gives its tag. The same position twice in a row gives the same tag.</summary>
    public int Add(SourcePosition position)
    {
        if (positions.Count > 1 && positions[^1] == position) return positions.Count - 1;
        positions.Add(position);
        return positions.Count - 1;
    }

    /// <summary>The lines that have positions, in order.</summary>
    public IReadOnlyCollection<int> Lines() => new SortedSet<int>(positions.Skip(1).Select(position => position.Line));

    /// <summary>The position of a tag; null for tag 0.</summary>
    public SourcePosition? Find(int tag)
    {
        if (tag < 0 || tag >= positions.Count) throw new ArgumentOutOfRangeException(nameof(tag), tag, "not a tag of this table");
        return tag == 0 ? null : positions[tag];
    }
}
