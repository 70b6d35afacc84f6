using Mu.RPython.Syntax;

namespace Mu.RPython.Flow;

/// <summary>Something in a program that is no RPython, or that the compiler does not know.</summary>
internal sealed class CompileException(SourceLine at, string message) : Exception($"{at}: {message}")
{
    public SourceLine At { get; } = at;
}

/// <summary>All that was found wrong in a program, one thing in each line of it: types that widen while annotation goes on would repeat what was said.</summary>
internal sealed class CompileErrors
{
    private readonly List<CompileException> errors = [];
    private readonly HashSet<SourceLine> seen = [];

    public bool Any => errors.Count > 0;

    public IEnumerable<string> Messages => errors.OrderBy(e => e.At.File, StringComparer.Ordinal).ThenBy(e => e.At.Line).Select(e => e.Message);

    public void Add(CompileException error)
    {
        if (seen.Add(error.At)) errors.Add(error);
    }

    public void Clear()
    {
        errors.Clear();
        seen.Clear();
    }
}
