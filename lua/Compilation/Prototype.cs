using Mu.ClientLib.Sources;
using Mu.Core.IR;
using Mu.Lua.Syntax;

namespace Mu.Lua.Compilation;

/// <summary>
/// A Lua function as written: what its closures have in common. The Mu function exists at once, so that closures can be made; its body is compiled
/// when it is first called.
/// </summary>
internal sealed class Prototype(int number, string chunkName, string sourceName, byte[] source, FunctionNode node, Function function, Prototype? parent)
{
    /// <summary>Its number in <see cref="PrototypeTable"/>, and in the function objects.</summary>
    public int Number { get; } = number;

    /// <summary>The chunk's display name, as messages show it.</summary>
    public string ChunkName { get; } = chunkName;

    /// <summary>The chunk's name as it was given.</summary>
    public string SourceName { get; } = sourceName;

    /// <summary>The whole chunk's text, for string.dump.</summary>
    public byte[] Source { get; } = source;

    public FunctionNode Node { get; } = node;

    public Function Function { get; } = function;

    public Prototype? Parent { get; } = parent;

    /// <summary>From instructions to lines and names; filled by compilation.</summary>
    public SourcePositions Positions { get; } = new();

    /// <summary>Whether it is of the library's part that is written in Lua: programs see it as a C function.</summary>
    public bool IsLibrary { get; } = sourceName == "=[C]";

    public bool IsMain => Parent is null;

    /// <summary>Whether it comes from a binary chunk without debug information: messages know neither lines nor names.</summary>
    public bool IsStripped { get; init; }

    /// <summary>Whether it has to-be-closed variables.</summary>
    public bool ClosesVariables { get; } = node.Locals.Any(local => local.Attribute == Scoping.LocalAttribute.Close);

    /// <summary>Whether the chunk names debug.sethook.</summary>
    public bool NamesHooks { get; } = parent?.NamesHooks ?? DebugNames.In(source).HasFlag(DebugUse.Hooks);

    /// <summary>Whether the code that runs keeps what debug observes.</summary>
    public bool IsObserved { get; set; }

    /// <summary>The lines with code, once it is compiled.</summary>
    public IReadOnlyCollection<int>? ActiveLines { get; set; }

    /// <summary>The cells of the chunk's long string constants.</summary>
    public Dictionary<string, Mu.Core.IR.GlobalCell> ChunkStrings { get; } = parent?.ChunkStrings ?? [];

    /// <summary>What recording code has recorded.</summary>
    public Feedback Feedback { get; } = new();

    /// <summary>How the code that calls enter is compiled.</summary>
    public Tier Tier { get; set; }

    public const int MostGeneralizations = 3;

    /// <summary>How often it was compiled again because its expectations were disappointed.</summary>
    public int Generalizations { get; set; }

    private readonly Dictionary<FunctionNode, Prototype> children = [];

    /// <summary>The prototype of a nested function: one, however often this function is compiled.</summary>
    public Prototype Child(FunctionNode node, Func<Prototype> declare)
    {
        if (!children.TryGetValue(node, out var child)) children[node] = child = declare();
        return child;
    }
}

/// <summary>How a function is compiled.</summary>
internal enum Tier
{
    /// <summary>At the first call: little code, in which every operation is a call, since most functions of most programs run a few times only.</summary>
    Compact,
    /// <summary>When it has run some times: common cases inline, with code that records what comes.</summary>
    Recording,
    /// <summary>When it has run often: for what has come.</summary>
    Specialized,
}

/// <summary>Names of operands at an instruction, for messages: "local 'x'", "field 'y'", "global 'f'"; and the metamethod's name of an arithmetic operator.</summary>
internal sealed record OperandNames(string? First, string? Second = null, string? Event = null)
{
    /// <summary>Of a chain of concatenations: the operands' names from the right.</summary>
    public string?[]? Chain { get; init; }

    /// <summary>In an observed function: the innermost of the local variables in scope.</summary>
    public VisibleLocal? Visible { get; init; }

    /// <summary>Of calls of __close on the way of an error: for the program the frame has gone by then.</summary>
    public static OperandNames Unwinding { get; } = new(null, null, "close");
}

/// <summary>All prototypes of a state, by number and by Mu function. A number is never reused.</summary>
internal sealed class PrototypeTable
{
    private readonly List<Prototype?> byNumber = [null];

    /// <summary>The library's own functions have numbers up to this one.</summary>
    public int LastOfLibrary { get; private set; }

    /// <summary>The library is complete.</summary>
    public void EndLibrary() => LastOfLibrary = byNumber.Count - 1;
    private readonly Dictionary<Function, Prototype> byFunction = [];

    public Prototype Add(string chunkName, string sourceName, byte[] source, FunctionNode node, Function function, Prototype? parent, bool isStripped = false)
    {
        var prototype = new Prototype(byNumber.Count, chunkName, sourceName, source, node, function, parent) { IsStripped = isStripped || parent is { IsStripped: true } };
        byNumber.Add(prototype);
        byFunction.Add(function, prototype);
        return prototype;
    }

    /// <summary>A further Mu function with a prototype's code.</summary>
    public void AddCode(Function function, Prototype prototype) => byFunction.Add(function, prototype);

    /// <summary>The prototype with a number; null for a function of the host (number 0).</summary>
    public Prototype? Find(int number) => byNumber[number];

    /// <summary>Those that have been compiled.</summary>
    public IEnumerable<Prototype> Compiled => byNumber.OfType<Prototype>().Where(prototype => prototype.ActiveLines is not null);

    public Prototype? Find(Function function) => byFunction.GetValueOrDefault(function);
}
