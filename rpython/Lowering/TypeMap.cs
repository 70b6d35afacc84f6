using Mu.ClientLib.Building;
using Mu.Core.Types;
using Mu.RPython.Annotation;
using Mu.RPython.Objects;

namespace Mu.RPython.Lowering;

/// <summary>
/// Annotated types as Mu types. In registers a bool is int&lt;1&gt;; in memory int&lt;8&gt;. Every instance is <c>ref&lt;Object&gt;</c>, cast to its class's struct where a field
/// is touched, so that no conversion stands between a class and its bases.
/// </summary>
internal sealed class TypeMap(ClassTable classes, CallableFamilies families)
{
    /// <summary>Header of instances: class number and identity hash (0: not asked for yet).</summary>
    public static readonly StructType Object = new(IntType.I32, IntType.I32);

    public static readonly ReferenceType ObjectRef = new(TypeKind.Ref, Object);

    /// <summary>A weak reference as a value.</summary>
    public static readonly StructType WeakReference = new(new ReferenceType(TypeKind.WeakRef, Object));

    public static readonly ReferenceType WeakReferenceRef = new(TypeKind.Ref, WeakReference);

    /// <summary>A str: hash (0: not computed yet) and bytes.</summary>
    public static readonly HybridType String = new([IntType.I64], IntType.I8);

    public static readonly ReferenceType StringRef = new(TypeKind.Ref, String);

    /// <summary>A unicode string: hash and code points.</summary>
    public static readonly HybridType Unicode = new([IntType.I64], IntType.I32);

    public static readonly ReferenceType UnicodeRef = new(TypeKind.Ref, Unicode);

    /// <summary>What a thread knows of itself (its thread-local reference): its number. The first thread has none, and the number 1.</summary>
    public static readonly StructType Thread = new(IntType.I64);

    public static readonly ReferenceType ThreadRef = new(TypeKind.Ref, Thread);

    /// <summary>The index of a dict: number of an entry + 1, 0 for free, -1 for deleted.</summary>
    public static readonly HybridType Index = new([], IntType.I32);

    public static readonly ReferenceType IndexRef = new(TypeKind.Ref, Index);

    /// <summary>An r_longlonglong.</summary>
    public static readonly IntType Wide = new(128);

    /// <summary>An array of ints of the library's.</summary>
    public static readonly HybridType Words = new([], IntType.I64);

    public static readonly ReferenceType WordsRef = new(TypeKind.Ref, Words);

    private readonly Dictionary<string, ReferenceType> tuples = [];
    private readonly Dictionary<ListType, ReferenceType> lists = [];
    private readonly Dictionary<DictType, ReferenceType> dicts = [];
    private readonly Dictionary<ClassType, ClassLayout> layouts = [];
    private readonly Dictionary<AnnotatedFunction, FunctionReferenceType> functionTypes = [];
    private readonly Dictionary<AnnotatedFunction, FunctionSignature> signatures = [];

    /// <summary>Of a value in a register.</summary>
    public MuType Of(SomeValue type) => type switch
    {
        SomeInteger { Kind.IsWide: true } => Wide,
        SomeInteger or SomePointer => IntType.I64,
        SomeWords => WordsRef,
        SomeWeakReference => WeakReferenceRef,
        SomeBool => IntType.I1,
        SomeFloat => SimpleType.Double,
        SomeChar { IsUnicode: false } => IntType.I8,
        SomeChar => IntType.I32,
        SomeString s => s.IsUnicode ? UnicodeRef : StringRef,
        SomeTuple t => OfTuple(t),
        SomeList l => OfList(l.Type.Root),
        SomeDict d => OfDict(d.Type.Root),
        SomeInstance or SomeMethod => ObjectRef,
        SomeBuiltinMethod m => Of(m.Self),
        SomeIterator { Kind: not "range" } i => Of(i.Source),
        SomePbc p => OfPbc(p),
        _ => WellKnownTypes.RefVoid,
    };

    /// <summary>Of a value in memory.</summary>
    public MuType InMemory(SomeValue type) => type is SomeBool ? IntType.I8 : Of(type);

    /// <summary>A list: number of items, and an array that may be longer.</summary>
    public StructType ListStruct(ListType type) => (StructType)OfList(type).Referent;

    public static ReferenceType ItemsRef(StructType list) => (ReferenceType)list.Fields[1];

    /// <summary>A dict: live entries, used entries, index (NULL: to be made again), entries; functions that an r_dict has in it.</summary>
    public StructType DictStruct(DictType type) => (StructType)OfDict(type).Referent;

    /// <summary>The functions that dicts of a type have in them, with the numbers of the fields.</summary>
    public static IEnumerable<(int Field, TypeCell Function)> FunctionsOf(DictType type) => type.Root.Functions?.Stored.Select((f, i) => (4 + i, f)) ?? [];

    public static HybridType EntriesOf(StructType dict) => (HybridType)((ReferenceType)dict.Fields[3]).Referent;

    public StructType TupleStruct(SomeTuple type) => (StructType)OfTuple(type).Referent;

    public ClassLayout LayoutOf(ClassType type) => layouts.TryGetValue(type, out var known) ? known : layouts[type] = new ClassLayout(type, this);

    public ClassTable Classes => classes;

    public FunctionSignature SignatureOf(AnnotatedFunction function)
    {
        var family = function.Family;
        if (signatures.TryGetValue(family, out var known)) return known;
        var signature = signatures[family] = new FunctionSignature([], []);
        signature.SetTypes([.. function.Parameters.Select((p, i) => i == 0 && function.IsMethod ? ObjectRef : Of(p.Value))], [Of(function.Result.Value)]);
        return signature;
    }

    private FunctionReferenceType FunctionType(AnnotatedFunction function)
    {
        if (!functionTypes.TryGetValue(function.Family, out var type)) functionTypes[function.Family] = type = new FunctionReferenceType(TypeKind.FuncRef, SignatureOf(function));
        return type;
    }

    private MuType OfPbc(SomePbc pbc)
    {
        if (pbc.Members.Items.Count == 1 && !pbc.Nullable) return WellKnownTypes.RefVoid;
        return families.Signature(pbc.Members.Items[0]) is { } f ? FunctionType(f) : IntType.I64;
    }

    private ReferenceType OfTuple(SomeTuple type)
    {
        string key = Key(type);
        if (tuples.TryGetValue(key, out var known)) return known;
        var body = new StructType();
        var reference = tuples[key] = new ReferenceType(TypeKind.Ref, body);
        // A struct has at least one field.
        body.SetFields(type.Items.Length == 0 ? [IntType.I64] : Array.ConvertAll(type.Items, InMemory));
        return reference;
    }

    private string Key(SomeValue type) => type switch
    {
        SomeTuple t => $"({string.Join(',', t.Items.Select(Key))})",
        SomeList l => $"list{l.Type.Root.Number}",
        SomeDict d => $"dict{d.Type.Root.Number}",
        SomePbc p => OfPbc(p).Describe(),
        SomePointer => "pointer",
        _ => InMemory(type).Describe(),
    };

    private ReferenceType OfList(ListType type)
    {
        if (lists.TryGetValue(type.Root, out var known)) return known;
        var body = new StructType();
        var reference = lists[type.Root] = new ReferenceType(TypeKind.Ref, body);
        body.SetFields(IntType.I64, new ReferenceType(TypeKind.Ref, new HybridType([], InMemory(type.Root.Item.Value))));
        return reference;
    }

    private ReferenceType OfDict(DictType type)
    {
        if (dicts.TryGetValue(type.Root, out var known)) return known;
        var body = new StructType();
        var reference = dicts[type.Root] = new ReferenceType(TypeKind.Ref, body);
        var entry = new StructType(InMemory(type.Root.Key.Value), InMemory(type.Root.Value.Value), IntType.I64);
        body.SetFields([IntType.I64, IntType.I64, IndexRef, new ReferenceType(TypeKind.Ref, new HybridType([], entry)), .. FunctionsOf(type).Select(f => InMemory(f.Function.Value))]);
        return reference;
    }
}

/// <summary>The struct of a class's instances: the header, then the attributes of its bases from the root down, then its own.</summary>
internal sealed class ClassLayout
{
    private readonly Dictionary<string, int> indices = [];

    public ClassLayout(ClassType type, TypeMap types)
    {
        Struct = new StructType();
        Reference = new ReferenceType(TypeKind.Ref, Struct);
        var fields = new List<MuType> { IntType.I32, IntType.I32 };
        foreach (var c in type.SelfAndBases.Reverse())
            foreach (var (name, cell) in c.Attributes)
            {
                indices[name] = fields.Count;
                Attributes.Add((name, cell));
                fields.Add(types.InMemory(cell.Value));
            }
        Struct.SetFields([.. fields]);
    }

    public StructType Struct { get; }

    public ReferenceType Reference { get; }

    public List<(string Name, TypeCell Cell)> Attributes { get; } = [];

    public int IndexOf(string name) => indices[name];
}
