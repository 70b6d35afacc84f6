using Mu.Core.IR;

namespace Mu.Core.Building;

/// <summary>
/// The specification's <c>MuIRBuilder</c>, for Mu programs (clients in C# make <see cref="Bundle"/>s directly): symbols are ids, nodes are said in any order, and the bundle is put together when it
/// is loaded. One thread at a time uses a builder.
/// </summary>
/// <param name="newId">Gives out ids.</param>
/// <param name="loaded">What is loaded, by name and by id.</param>
internal sealed class IRBuilder(Func<int> newId, INodeResolver loaded)
{
    private readonly Dictionary<int, string?> symbols = [];
    private readonly Dictionary<string, int> named = [];
    private readonly Dictionary<int, BuilderNode> nodes = [];

    /// <summary>A new symbol; or the id of what is loaded, or generated already, under the name.</summary>
    public int GenerateSymbol(string? name)
    {
        name = name?.TrimStart('@');
        if (name is not null)
        {
            if (named.TryGetValue(name, out int known)) return known;
            if (loaded.Find(name) is { } entity) return entity.Id;
        }

        int symbol = newId();
        symbols.Add(symbol, name);
        if (name is not null) named.Add(name, symbol);
        return symbol;
    }

    /// <summary>Takes a definition.</summary>
    public void Define(CommonOp op, BuilderOperand[] operands)
    {
        var node = new BuilderNode(op, operands);
        int symbol = node.Symbol(0);
        if (!symbols.ContainsKey(symbol)) throw new IRBuilderException($"{node}: the symbol is none of this builder's");
        if (!nodes.TryAdd(symbol, node)) throw new IRBuilderException($"{node}: the symbol is defined already");
    }

    /// <summary>The bundle of all that has been defined; not verified.</summary>
    public Bundle Assemble() => new BundleAssembler(nodes, symbols, loaded).Assemble();
}

/// <summary>What is loaded in the micro VM.</summary>
internal interface INodeResolver
{
    /// <summary>The entity of a name, or null.</summary>
    Entity? Find(string name);

    /// <summary>The entity of an id outside function bodies, or null.</summary>
    Entity? Find(int id);
}
