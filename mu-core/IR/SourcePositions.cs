namespace Mu.Core.IR;

/// <summary>Where in a text the entities of a bundle are written. Lines and columns count from 1.</summary>
/// <param name="file">The text's name in messages.</param>
internal sealed class SourcePositions(string file)
{
    private readonly Dictionary<Entity, (int Line, int Column)> positions = new(ReferenceEqualityComparer.Instance);

    public void Set(Entity entity, int line, int column) => positions.TryAdd(entity, (line, column));

    /// <summary>As <c>file:line:column</c>, or null for what is not written in the text.</summary>
    public string? Of(Entity? entity) => entity is not null && positions.TryGetValue(entity, out (int Line, int Column) at) ? $"{file}:{at.Line}:{at.Column}" : null;
}
