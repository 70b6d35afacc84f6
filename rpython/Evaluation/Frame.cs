using Mu.RPython.Objects;
using Mu.RPython.Syntax;

namespace Mu.RPython.Evaluation;

/// <summary>The names of a running function, class body or module.</summary>
internal sealed class Frame(PyModule module, Dictionary<string, object> names, Frame? enclosing, FunctionScope? scope)
{
    public PyModule Module { get; } = module;

    public Dictionary<string, object> Names { get; } = names;

    /// <summary>The function frame around it, for free names; class bodies are not seen from inside.</summary>
    public Frame? Enclosing { get; } = enclosing;

    /// <summary>Null at module level and in class bodies.</summary>
    public FunctionScope? Scope { get; } = scope;

    public HashSet<string> Globals { get; } = [];

    public int Line { get; set; }

    /// <summary>What a generator has yielded so far: generators run to their end at once at compile time.</summary>
    public List<object>? Yielded { get; init; }

    public bool IsGlobal(string name) => Scope is null ? Globals.Contains(name) : Scope.Globals.Contains(name);

    public bool TryFind(Evaluator e, string name, out object value)
    {
        if (!IsGlobal(name))
            for (var frame = this; frame is not null; frame = frame.Enclosing)
                if (frame.Names.TryGetValue(name, out value!)) return true;
        return Module.Names.TryGetValue(name, out value!) || (value = Builtins.Find(e, name)!) is not null;
    }

    /// <summary>The frame that functions defined here see as enclosing.</summary>
    public Frame? ForInner => Scope is null ? Enclosing : this;
}
