using Mu.RPython.Annotation;

namespace Mu.RPython.Lowering;

/// <summary>
/// Where instructions come from. The tag of an instruction is the number of a <see cref="SourceScope"/> and a line, counted from the function's first; a scope is a function, or a function lowered in the
/// place of a call, which is told by the call's tag.
/// </summary>
internal sealed class SourceTable
{
    private const int LineBits = 14;

    private const int MostScopes = 1 << (31 - LineBits);

    private readonly Dictionary<SourceFunction, int> functionNumbers = [];
    private readonly Dictionary<SourceScope, int> scopeNumbers = [];
    private readonly List<SourceFunction> functions = [];
    private readonly List<SourceScope> scopes = [];

    public SourceTable()
    {
    }

    public SourceTable(IEnumerable<SourceFunction> functions, IEnumerable<SourceScope> scopes)
    {
        this.functions.AddRange(functions);
        this.scopes.AddRange(scopes);
    }

    public IReadOnlyList<SourceFunction> Functions => functions;

    public IReadOnlyList<SourceScope> Scopes => scopes;

    /// <summary>The number of a function's scope; <paramref name="call"/> is the tag of the call in whose place it is lowered, or 0. When there are too many, the callers are forgotten.</summary>
    public int ScopeOf(AnnotatedFunction function, int call)
    {
        var code = function.Function;
        var scope = new SourceScope(NumberOf(new SourceFunction(code.Module.File, code.QualifiedName, code.Node.Line), functionNumbers, functions), call);
        return scopes.Count < MostScopes || scopeNumbers.ContainsKey(scope) ? NumberOf(scope, scopeNumbers, scopes) : 0;
    }

    private static int NumberOf<T>(T item, Dictionary<T, int> numbers, List<T> items) where T : notnull
    {
        if (!numbers.TryGetValue(item, out int number))
        {
            numbers[item] = number = items.Count;
            items.Add(item);
        }
        return number;
    }

    /// <summary>The tag of a line in a scope; never 0.</summary>
    public int TagOf(int scope, int line) => (scope << LineBits) + Math.Clamp(line - functions[scopes[scope].Function].Line + 1, 1, (1 << LineBits) - 1);

    /// <summary>What a tag says, as lines of a traceback do, the innermost first; nothing if it says nothing.</summary>
    public IEnumerable<string> Describe(int tag)
    {
        while (tag != 0 && tag >> LineBits < scopes.Count)
        {
            var scope = scopes[tag >> LineBits];
            var function = functions[scope.Function];
            yield return $"  File \"{function.File}\", line {function.Line - 1 + (tag & ((1 << LineBits) - 1))}, in {function.Name}";
            tag = scope.Call;
        }
    }
}

/// <summary>A function in the source text.</summary>
internal readonly record struct SourceFunction(string File, string Name, int Line);

/// <summary>A function by its number, and the tag of the call in whose place it was lowered, or 0.</summary>
internal readonly record struct SourceScope(int Function, int Call);
