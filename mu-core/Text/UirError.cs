namespace Mu.Core.Text;

/// <summary>One thing wrong with a text of Mu IR.</summary>
/// <param name="File">The file's name as the reader was told it.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
/// <param name="Reason">What is wrong.</param>
public sealed record UirError(string File, int Line, int Column, string Reason)
{
    /// <inheritdoc/>
    public override string ToString() => $"{File}:{Line}:{Column}: {Reason}";
}

/// <summary>A text of Mu IR that is no bundle; all errors that were found.</summary>
public sealed class UirException(IReadOnlyList<UirError> errors) : Exception(string.Join('\n', errors))
{
    /// <summary>The errors in the order of the text.</summary>
    public IReadOnlyList<UirError> Errors { get; } = errors;
}

/// <summary>The top-level definitions of bundles that are loaded already. Names have no sigil.</summary>
public interface INameResolver
{
    /// <summary>The entity of that name, or null.</summary>
    IR.Entity? Find(string name);
}
