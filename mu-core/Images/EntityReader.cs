using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Images;

/// <summary>Makes the entities that <see cref="EntityWriter"/> has written. What it makes is a bundle that the verifier has to look at yet.</summary>
internal sealed class EntityReader(ImageInput input)
{
    // Constants of constants: the verifier's and the printer's recursion is bounded by this.
    private const int MaximumConstantDepth = 500;
    private readonly Dictionary<GlobalValue, int> constantDepths = [];
    private Entity[] types = [];
    private GlobalValue[] globals = [];

    /// <summary>What is loaded.</summary>
    public Bundle Bundle { get; } = new();

    /// <summary>Number of global variables.</summary>
    public int GlobalCount => globals.Length;

    /// <summary>Reads all.</summary>
    public void Read()
    {
        types = new Entity[input.Count("types")];
        var heads = new int[types.Length];
        for (int i = 0; i < types.Length; i++) types[i] = ReadHead(out heads[i]);
        for (int i = 0; i < types.Length; i++) ReadParts(types[i], heads[i]);
        // A type that is shared by all micro VMs may stand in an image twice.
        foreach (Entity type in types.Where((_, i) => heads[i] != TypeEntry.Predefined).Distinct())
        {
            if (type is MuType t) Bundle.Types.Add(t);
            else Bundle.Signatures.Add((FunctionSignature)type);
        }

        globals = new GlobalValue[input.Count("global variables")];
        for (int i = 0; i < globals.Length; i++) List(globals[i] = ReadGlobal(i));
        int versions = input.Count("function definitions");
        for (int i = 0; i < versions; i++) Bundle.Versions.Add(new VersionReader(this, input).Read());
    }

    /// <summary>A type by its number, which is read.</summary>
    public MuType Type() => Type<MuType>();

    /// <summary>A type or signature by its number, which is read.</summary>
    public Entity TypeOrSignature() => types[input.Below(types.Length, "type")];

    /// <summary>A global variable by its number.</summary>
    public GlobalValue Global(int number) => number < globals.Length && globals[number] is { } value ? value : throw input.Bad($"global variable {number}, which is not before it");

    /// <summary>A global variable of a kind by its number, which is read.</summary>
    public T Global<T>() where T : GlobalValue => Global<T>(out _);

    /// <summary>A global variable of a kind by its number, which is read and given.</summary>
    public T Global<T>(out int number) where T : GlobalValue =>
        Global(number = input.Below(globals.Length, "global variable")) as T ?? throw input.Bad($"a {typeof(T).Name} that is something else");

    private T Type<T>() where T : Entity => TypeOrSignature() as T ?? throw input.Bad($"a {typeof(T).Name} that is something else");

    private Entity ReadHead(out int kind)
    {
        kind = input.Below(TypeEntry.Limit, "kind of type");
        string? name = input.Text();
        if (kind == TypeEntry.Predefined) return Predefined.Find(name ?? "") ?? throw input.Bad($"type {name}, which this micro VM does not have");
        Entity type = kind == TypeEntry.Signature ? new FunctionSignature([], []) : MakeType((TypeKind)kind, name is null);
        if (name is not null) type.Name = name;
        return type;
    }

    private MuType MakeType(TypeKind kind, bool isAnonymous)
    {
        switch (kind)
        {
            case TypeKind.Int: return MakeInt(input.Below(int.MaxValue, "integer width"), isAnonymous);
            case TypeKind.Ref or TypeKind.IRef or TypeKind.WeakRef or TypeKind.UPtr: return new ReferenceType(kind);
            case TypeKind.FuncRef or TypeKind.UFuncPtr: return new FunctionReferenceType(kind);
            case TypeKind.Struct: return new StructType();
            case TypeKind.Hybrid: return new HybridType([], null);
            case TypeKind.Array or TypeKind.Vector: return new SequenceType(kind, null, input.Number());
            default:
                if (!Enum.IsDefined(kind)) throw input.Bad($"a type of kind {(int)kind}");
                return isAnonymous ? SimpleType.Shared(kind) : new SimpleType(kind);
        }
    }

    private static IntType MakeInt(int bits, bool isAnonymous) => isAnonymous && IntType.Shared(bits) is { } shared ? shared : new IntType(bits);

    private void ReadParts(Entity type, int kind)
    {
        if (kind == TypeEntry.Predefined) return;
        switch (type)
        {
            case ReferenceType r: r.Referent = Type(); break;
            case FunctionReferenceType f: f.Signature = Type<FunctionSignature>(); break;
            case StructType s: s.SetFields(Types(input.Count("fields"))); break;
            case HybridType h:
                MuType[] parts = Types(input.Count("fields"));
                if (parts.Length == 0) throw input.Bad("a hybrid without element");
                h.SetParts(parts[..^1], parts[^1]);
                break;
            case SequenceType q: q.Element = Type(); break;
            case FunctionSignature s:
                int all = input.Count("types"), parameters = input.Below(all + 1, "number of parameters");
                MuType[] list = Types(all);
                s.SetTypes(list[..parameters], list[parameters..]);
                break;
        }
    }

    private MuType[] Types(int count)
    {
        var list = new MuType[count];
        for (int i = 0; i < count; i++) list[i] = Type();
        return list;
    }

    private GlobalValue ReadGlobal(int number)
    {
        var kind = (GlobalEntry)input.Below((int)GlobalEntry.Limit, "kind of global variable");
        string? name = input.Text();
        GlobalValue value = kind switch
        {
            GlobalEntry.Int => new IntConstant(Type(), input.Number(), input.Number()),
            GlobalEntry.Float => new FloatConstant(Type(), BitConverter.UInt32BitsToSingle((uint)input.Number())),
            GlobalEntry.Double => new DoubleConstant(Type(), BitConverter.UInt64BitsToDouble(input.Number())),
            GlobalEntry.Null => new NullConstant(Type()),
            GlobalEntry.Composite => new CompositeConstant(Type(), Elements(number)),
            GlobalEntry.Extern => new ExternConstant(Type(), input.NeededText()),
            GlobalEntry.TagRef => new TagRefConstant(Type(), input.Number()),
            GlobalEntry.Cell => new GlobalCell(Type()),
            GlobalEntry.Function => new Function(Type<FunctionSignature>()),
            GlobalEntry.Exposed => new ExposedFunction(Type(), Global<Function>(), input.NeededText(), Global<IntConstant>()),
            _ => throw input.Bad($"a global variable of kind {(int)kind}"),
        };
        value.Name = name;
        if (value is CompositeConstant composite) BoundDepth(composite);
        return value;
    }

    private GlobalValue[] Elements(int number)
    {
        var elements = new GlobalValue[input.Count("elements")];
        for (int i = 0; i < elements.Length; i++) elements[i] = Global(input.Below(number, "global variable"));
        return elements;
    }

    private void BoundDepth(CompositeConstant composite)
    {
        int depth = 1 + composite.Elements.Select(e => constantDepths.GetValueOrDefault(e)).DefaultIfEmpty().Max();
        if (depth > MaximumConstantDepth) throw input.Bad($"constants nested deeper than {MaximumConstantDepth}");
        constantDepths.Add(composite, depth);
    }

    private void List(GlobalValue value)
    {
        switch (value)
        {
            case Constant c: Bundle.Constants.Add(c); break;
            case GlobalCell c: Bundle.Globals.Add(c); break;
            case Function f: Bundle.Functions.Add(f); break;
            case ExposedFunction e: Bundle.Exposed.Add(e); break;
        }
    }
}
