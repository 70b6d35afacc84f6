using System.Numerics;
using Antlr4.Runtime;
using Antlr4.Runtime.Tree;
using Mu.Core.IR;
using Mu.Core.Types;
using static Mu.Core.Generated.MuIRParser;

namespace Mu.Core.Text;

/// <summary>Makes the object model from a syntax tree: types, then other definitions in the order in which they need each other, then bodies.</summary>
internal sealed class BundleReader
{
    // Composite constants are made of others; this bounds the recursion, and ends cycles.
    private const int MaximumConstantDepth = 500;
    private readonly SyntaxErrors errors;
    private readonly INameResolver? alreadyLoaded;
    private readonly Bundle bundle = new();
    private readonly Dictionary<string, Entity> entities = [];
    private readonly Dictionary<string, DefinitionContext> pending = [];
    private int constantDepth;

    public BundleReader(SyntaxErrors errors, INameResolver? alreadyLoaded, SourcePositions positions)
    {
        bundle.Positions = positions;
        this.errors = errors;
        this.alreadyLoaded = alreadyLoaded;
        Types = new TypeReader(errors, Find);
    }

    public SyntaxErrors Errors => errors;

    public TypeReader Types { get; }

    public Bundle Read(BundleContext tree)
    {
        foreach (DefinitionContext definition in tree.definition()) Declare(definition);
        foreach (DefinitionContext definition in tree.definition()) Fill(definition);
        foreach (DefinitionContext definition in tree.definition()) MakeValue(definition);
        foreach (DefinitionContext definition in tree.definition())
            if (definition is FunctionDefinitionContext f) ReadBody(f);
        return bundle;
    }

    /// <summary>Remembers where an entity is written.</summary>
    public void Locate(Entity entity, IToken at) => bundle.Positions!.Set(entity, at.Line, at.Column + 1);

    /// <summary>The global variable that a token names; an error and a stand-in where there is none.</summary>
    public GlobalValue Global(IToken name)
    {
        if (Resolve(name.Text[1..]) is GlobalValue value) return value;
        errors.Add(name, $"{name.Text} is no variable that is defined here or at top level");
        return new NullConstant(SimpleType.Void);
    }

    private Entity? Find(string name) => entities.TryGetValue(name, out Entity? found) ? found : alreadyLoaded?.Find(name) ?? Predefined.Find(name);

    private Entity? Resolve(string name)
    {
        if (!entities.ContainsKey(name) && pending.TryGetValue(name, out DefinitionContext? definition)) MakeValue(definition);
        return Find(name);
    }

    private void Declare(DefinitionContext definition)
    {
        switch (definition)
        {
            case TypeDefinitionContext t: Enter(t.GLOBAL(), name => bundle.Add(name, Types.Make(t.typeConstructor()))); break;
            case SignatureDefinitionContext s: Enter(s.GLOBAL(), name => bundle.AddSignature(name, new FunctionSignature([], []))); break;
            case ConstantDefinitionContext c: Await(c.GLOBAL(), c); break;
            case GlobalDefinitionContext g: Await(g.GLOBAL(), g); break;
            case FunctionDeclarationContext f: Await(f.GLOBAL(), f); break;
            case ExposeDefinitionContext e: Await(e.GLOBAL(0), e); break;
            // A definition declares its function too, unless the bundle or an earlier one does.
            case FunctionDefinitionContext f when !pending.ContainsKey(NameOf(f.GLOBAL())): pending[NameOf(f.GLOBAL())] = f; break;
        }
    }

    private void Enter(ITerminalNode name, Func<string, Entity> make)
    {
        if (!CheckNew(name)) return;
        Entity made = entities[NameOf(name)] = make(NameOf(name));
        Locate(made, name.Symbol);
    }

    private void Await(ITerminalNode name, DefinitionContext definition)
    {
        bool replaces = definition is FunctionDeclarationContext && pending.GetValueOrDefault(NameOf(name)) is FunctionDefinitionContext;
        if (replaces || CheckNew(name)) pending[NameOf(name)] = definition;
    }

    private bool CheckNew(ITerminalNode name)
    {
        if (!entities.ContainsKey(NameOf(name)) && !pending.ContainsKey(NameOf(name))) return true;
        errors.Add(name.Symbol, $"{name.GetText()} is defined already");
        return false;
    }

    private void Fill(DefinitionContext definition)
    {
        if (definition is TypeDefinitionContext t && entities.GetValueOrDefault(NameOf(t.GLOBAL())) is MuType type && Matches(type, t.typeConstructor()))
            Types.Fill(type, t.typeConstructor());
        else if (definition is SignatureDefinitionContext s && entities.GetValueOrDefault(NameOf(s.GLOBAL())) is FunctionSignature signature)
            signature.SetTypes(Types.Read(s.signature().typeList(0)), Types.Read(s.signature().typeList(1)));
    }

    // Of two definitions of one name the first made the type; the second may be of another kind and is an error already.
    private static bool Matches(MuType type, TypeConstructorContext context) => (type, context) is
        (ReferenceType, ReferenceConstructorContext) or (FunctionReferenceType, FunctionReferenceConstructorContext) or
        (StructType, StructConstructorContext) or (HybridType, HybridConstructorContext) or (SequenceType, SequenceConstructorContext);

    private void MakeValue(DefinitionContext definition)
    {
        ITerminalNode? node = definition switch
        {
            ConstantDefinitionContext c => c.GLOBAL(),
            GlobalDefinitionContext g => g.GLOBAL(),
            FunctionDeclarationContext f => f.GLOBAL(),
            FunctionDefinitionContext f => f.GLOBAL(),
            ExposeDefinitionContext e => e.GLOBAL(0),
            _ => null,
        };
        if (node is null || pending.GetValueOrDefault(NameOf(node)) != definition || entities.ContainsKey(NameOf(node))) return;
        string name = NameOf(node);
        if (definition is FunctionDefinitionContext && alreadyLoaded?.Find(name) is Function) return;
        if (++constantDepth > MaximumConstantDepth)
            errors.Add(node.Symbol, $"{node.GetText()} contains itself, or constants nest deeper than {MaximumConstantDepth}");
        else
            Locate(entities[name] = Make(definition, name), node.Symbol);
        constantDepth--;
    }

    private Entity Make(DefinitionContext definition, string name)
    {
        switch (definition)
        {
            case ConstantDefinitionContext c: return bundle.AddConstant(MakeConstant(Types.Read(c.type()), c.constant()), name);
            case GlobalDefinitionContext g: return bundle.AddGlobal(name, Types.Read(g.type()));
            case FunctionDeclarationContext f: return bundle.AddFunction(name, Types.Read(f.signatureRef()));
            case FunctionDefinitionContext f: return bundle.AddFunction(name, Types.Read(f.signatureRef()));
            case ExposeDefinitionContext e: return Expose(e, name);
            default: throw new InvalidOperationException($"definition {definition.GetText()}");
        }
    }

    private ExposedFunction Expose(ExposeDefinitionContext context, string name)
    {
        if (Global(context.function) is not Function function)
        {
            errors.Add(context.function, $"{context.function.Text} is no function");
            function = new Function(new FunctionSignature([], []));
        }
        if (Global(context.cookie) is not IntConstant cookie)
        {
            errors.Add(context.cookie, $"{context.cookie.Text} is no integer constant");
            cookie = new IntConstant(IntType.I64, 0);
        }
        var type = new FunctionReferenceType(TypeKind.UFuncPtr, function.Signature);
        var exposed = new ExposedFunction(type, function, context.FLAG().GetText()[1..], cookie) { Name = name };
        bundle.Exposed.Add(exposed);
        return exposed;
    }

    private Constant MakeConstant(MuType type, ConstantContext context)
    {
        switch (context)
        {
            case IntLiteralContext c: return MakeInt(type, c.INT().Symbol);
            case FPLiteralContext c when c.FP().GetText()[^1] == 'f': return new FloatConstant(type, Literals.Single(c.FP().GetText()));
            case FPLiteralContext c: return new DoubleConstant(type, Literals.Double(c.FP().GetText()));
            case FPBitsContext { kind.Text: "bitsf" } c: return new FloatConstant(type, BitConverter.UInt32BitsToSingle((uint)(Ranged(c.INT().Symbol, 32) & uint.MaxValue)));
            case FPBitsContext c: return new DoubleConstant(type, BitConverter.UInt64BitsToDouble(Literals.Unsigned(c.INT().Symbol, errors)));
            case NullLiteralContext: return new NullConstant(type);
            case CompositeLiteralContext c: return new CompositeConstant(type, Array.ConvertAll(c.GLOBAL(), g => Global(g.Symbol)));
            case ExternLiteralContext c: return new ExternConstant(type, c.STRING().GetText()[1..^1]);
            case TagRefIntContext c: return new TagRefConstant(type, TagRef64.FromInt((long)Ranged(c.INT().Symbol, 52)));
            case TagRefDoubleContext c: return new TagRefConstant(type, TagRef64.FromDouble(Literals.Double(c.FP().GetText())));
            case TagRefNullContext c: return new TagRefConstant(type, TagRef64.FromRef(0, (int)Ranged(c.INT().Symbol, 6)));
            default: throw new InvalidOperationException($"constant {context.GetText()}");
        }
    }

    private IntConstant MakeInt(MuType type, IToken token)
    {
        int bits = type is IntType i ? Math.Clamp(i.Bits, 1, 128) : 64;
        BigInteger value = Ranged(token, bits) & ((BigInteger.One << bits) - 1);
        return new IntConstant(type, (ulong)(value & ulong.MaxValue), (ulong)(value >> 64));
    }

    // An integer literal is a bit pattern: signed and unsigned readings of the width are both fine.
    private BigInteger Ranged(IToken token, int bits)
    {
        BigInteger value = Literals.Integer(token.Text);
        if (value >= -(BigInteger.One << (bits - 1)) && value < BigInteger.One << bits) return value;
        errors.Add(token, $"{token.Text} does not fit {bits} bits");
        return 0;
    }

    private void ReadBody(FunctionDefinitionContext context)
    {
        IToken at = context.GLOBAL().Symbol;
        if (Resolve(NameOf(context.GLOBAL())) is not Function function)
        {
            errors.Add(at, $"{at.Text} is no function");
            return;
        }
        if (!TypeEquality.Equal(function.Signature, Types.Read(context.signatureRef())))
            errors.Add(at, $"{at.Text} is declared with signature {function.Signature.Describe()}");
        string text = context.version?.GetText() ?? "%v" + bundle.Versions.Count;
        string versionName = text[0] == '@' ? text[1..] : $"{function.Name}.{text[1..]}";
        FunctionVersion version = bundle.Define(function, versionName);
        Locate(version, at);
        new BodyReader(this, version).Read(context);
    }

    private static string NameOf(ITerminalNode name) => name.GetText()[1..];
}
