using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Building;

/// <summary>Puts a builder's nodes together: types, which may be cyclic, first empty and then filled; global variables as they need each other; function bodies last.</summary>
internal sealed partial class BundleAssembler(Dictionary<int, BuilderNode> nodes, Dictionary<int, string?> symbols, INodeResolver loaded)
{
    private readonly Dictionary<int, Entity> made = [];
    private readonly HashSet<int> underWay = [];
    private readonly Bundle bundle = new();

    /// <summary>The bundle.</summary>
    public Bundle Assemble()
    {
        foreach ((int symbol, BuilderNode node) in nodes)
            if (MakeType(node) is { } type) Keep(symbol, type);
        foreach ((int symbol, BuilderNode node) in nodes)
            if (made.TryGetValue(symbol, out Entity? type)) Fill(type, node);
        foreach ((int symbol, BuilderNode node) in nodes)
            if (node.Op is >= CommonOp.BuilderNewConstantInt and <= CommonOp.BuilderNewExposedFunction) Global(symbol);
        foreach ((int symbol, BuilderNode node) in nodes)
            if (node.Op == CommonOp.BuilderNewVersion) AssembleVersion(symbol, node);
        return bundle;
    }

    // Symbols

    /// <summary>The entity of a symbol: made here, or loaded.</summary>
    private T Find<T>(int symbol, string what) where T : Entity =>
        (made.TryGetValue(symbol, out Entity? entity) ? entity : nodes.ContainsKey(symbol) ? null : loaded.Find(symbol)) as T ?? throw new IRBuilderException($"symbol {Describe(symbol)} is no {what}");

    private MuType Type(int symbol) => Find<MuType>(symbol, "type");

    private FunctionSignature Signature(int symbol) => Find<FunctionSignature>(symbol, "signature");

    private MuType[] TypesOf(int[] list) => Array.ConvertAll(list, Type);

    private BuilderNode Node(int symbol, string what) => nodes.TryGetValue(symbol, out BuilderNode? node) ? node : throw new IRBuilderException($"symbol {Describe(symbol)} is no {what}");

    private string Describe(int symbol) => symbols.GetValueOrDefault(symbol) is { } name ? $"{symbol} (@{name})" : $"{symbol}";

    /// <summary>Gives an entity its symbol's id and name.</summary>
    private T Keep<T>(int symbol, T entity) where T : Entity
    {
        if (!symbols.TryGetValue(symbol, out string? name)) throw new IRBuilderException($"symbol {symbol} is none of this builder's");
        if (!made.TryAdd(symbol, entity)) throw new IRBuilderException($"symbol {Describe(symbol)} is defined twice");
        entity.Id = symbol;
        if (name is not null) entity.Name = name;
        switch (entity)
        {
            case MuType type: bundle.Types.Add(type); break;
            case FunctionSignature signature: bundle.Signatures.Add(signature); break;
            case Constant constant: bundle.Constants.Add(constant); break;
            case GlobalCell cell: bundle.Globals.Add(cell); break;
            case Function function: bundle.Functions.Add(function); break;
            case ExposedFunction exposed: bundle.Exposed.Add(exposed); break;
        }

        return entity;
    }

    // Types

    private static Entity? MakeType(BuilderNode node) => node.Op switch
    {
        CommonOp.BuilderNewTypeInt => new IntType(node.Number(1)),
        CommonOp.BuilderNewTypeFloat => new SimpleType(TypeKind.Float),
        CommonOp.BuilderNewTypeDouble => new SimpleType(TypeKind.Double),
        CommonOp.BuilderNewTypeUPtr => new ReferenceType(TypeKind.UPtr),
        CommonOp.BuilderNewTypeUFuncPtr => new FunctionReferenceType(TypeKind.UFuncPtr),
        CommonOp.BuilderNewTypeStruct => new StructType(),
        CommonOp.BuilderNewTypeHybrid => new HybridType([], null),
        CommonOp.BuilderNewTypeArray => new SequenceType(TypeKind.Array, null, node.Word(2)),
        CommonOp.BuilderNewTypeVector => new SequenceType(TypeKind.Vector, null, node.Word(2)),
        CommonOp.BuilderNewTypeVoid => new SimpleType(TypeKind.Void),
        CommonOp.BuilderNewTypeRef => new ReferenceType(TypeKind.Ref),
        CommonOp.BuilderNewTypeIRef => new ReferenceType(TypeKind.IRef),
        CommonOp.BuilderNewTypeWeakRef => new ReferenceType(TypeKind.WeakRef),
        CommonOp.BuilderNewTypeFuncRef => new FunctionReferenceType(TypeKind.FuncRef),
        CommonOp.BuilderNewTypeTagRef64 => new SimpleType(TypeKind.TagRef64),
        CommonOp.BuilderNewTypeThreadRef => new SimpleType(TypeKind.ThreadRef),
        CommonOp.BuilderNewTypeStackRef => new SimpleType(TypeKind.StackRef),
        CommonOp.BuilderNewTypeFrameCursorRef => new SimpleType(TypeKind.FrameCursorRef),
        CommonOp.BuilderNewTypeIRBuilderRef => new SimpleType(TypeKind.IRBuilderRef),
        CommonOp.BuilderNewSignature => new FunctionSignature([], []),
        _ => null,
    };

    private void Fill(Entity type, BuilderNode node)
    {
        switch (type)
        {
            case ReferenceType r: r.Referent = Type(node.Symbol(1)); break;
            case FunctionReferenceType f: f.Signature = Signature(node.Symbol(1)); break;
            case StructType s: s.SetFields(TypesOf(node.Symbols(1))); break;
            case HybridType h: h.SetParts(TypesOf(node.Symbols(1)), Type(node.Symbol(2))); break;
            case SequenceType q: q.Element = Type(node.Symbol(1)); break;
            case FunctionSignature s: s.SetTypes(TypesOf(node.Symbols(1)), TypesOf(node.Symbols(2))); break;
        }
    }

    // Global variables

    private GlobalValue Global(int symbol)
    {
        if (made.TryGetValue(symbol, out Entity? known) || !nodes.TryGetValue(symbol, out BuilderNode? node)) return known as GlobalValue ?? Find<GlobalValue>(symbol, "global variable");
        if (!underWay.Add(symbol)) throw new IRBuilderException($"constant {Describe(symbol)} is made of itself");
        if (underWay.Count > 500) throw new IRBuilderException($"constant {Describe(symbol)} is nested deeper than 500");
        GlobalValue value = Keep(symbol, MakeGlobal(symbol, node));
        underWay.Remove(symbol);
        return value;
    }

    private T Global<T>(int symbol, string what) where T : GlobalValue => Global(symbol) as T ?? throw new IRBuilderException($"symbol {Describe(symbol)} is no {what}");

    private GlobalValue MakeGlobal(int symbol, BuilderNode node) => node.Op switch
    {
        CommonOp.BuilderNewConstantInt => new IntConstant(Type(node.Symbol(1)), node.Word(2)),
        CommonOp.BuilderNewConstantWideInt when node.Words(2) is { Length: 1 or 2 } words => new IntConstant(Type(node.Symbol(1)), words[0], words.Length > 1 ? words[1] : 0),
        CommonOp.BuilderNewConstantWideInt => throw new IRBuilderException($"{node}: {node.Words(2).Length} words"),
        CommonOp.BuilderNewConstantFloat => new FloatConstant(Type(node.Symbol(1)), BitConverter.UInt32BitsToSingle((uint)node.Word(2))),
        CommonOp.BuilderNewConstantDouble => new DoubleConstant(Type(node.Symbol(1)), BitConverter.UInt64BitsToDouble(node.Word(2))),
        CommonOp.BuilderNewConstantNull => new NullConstant(Type(node.Symbol(1))),
        CommonOp.BuilderNewConstantComposite => new CompositeConstant(Type(node.Symbol(1)), Array.ConvertAll(node.Symbols(2), Global)),
        CommonOp.BuilderNewConstantExtern => new ExternConstant(Type(node.Symbol(1)), node.Text(2)),
        CommonOp.BuilderNewGlobalCell => new GlobalCell(Type(node.Symbol(1))),
        CommonOp.BuilderNewFunction => new Function(Signature(node.Symbol(1))),
        CommonOp.BuilderNewExposedFunction => MakeExposed(node),
        _ => throw new IRBuilderException($"symbol {Describe(symbol)} is no global variable"),
    };

    private ExposedFunction MakeExposed(BuilderNode node)
    {
        var function = Global<Function>(node.Symbol(1), "function");
        if (node.Number(2) != 0) throw new IRBuilderException($"{node}: calling convention {node.Number(2)}");
        return new ExposedFunction(new FunctionReferenceType(TypeKind.UFuncPtr, function.Signature), function, "DEFAULT", Global<IntConstant>(node.Symbol(3), "integer constant"));
    }
}
