using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Tests.Generation;

/// <summary>
/// Random well-typed bundles without undefined behaviour, for comparing engines. They end by construction: functions call earlier ones only, and loops
/// are bounded by counters and by a common supply of fuel. References that are dereferenced are never NULL; NaNs are made one before their bits are looked at.
/// The entry is <c>@main : (int&lt;64&gt; int&lt;64&gt; double) -> (int&lt;64&gt;)</c>, whose result depends on everything that is live at its end.
/// </summary>
internal sealed class RandomBundle
{
    private const int MaximumFunctions = 4;

    private RandomBundle(Choices choices)
    {
        Choices = choices;
        Node.SetFields(IntType.I64, NodeRef, SimpleType.TagRef64, SimpleType.Double, IntType.I32, Numbers, Pair, new IntType(17), SimpleType.Float, IntType.I8, IntType.I52,
            I128, Vectors[0], Vectors[1], Vectors[5]);
        Bundle.Add("node", Node);
        Bundle.Add("buffer", Buffer);
        Bundle.AddSignature("coroutine.sig", CoroutineSignature);
        Fuel = Bundle.AddGlobal("fuel", IntType.I64);
        Root = Bundle.AddGlobal("root", NodeRef);
    }

    public static Bundle Make(byte[] choices)
    {
        var random = new RandomBundle(new Choices(choices));
        random.MakeFunctions();
        return random.Bundle;
    }

    public static Bundle Make(int seed, int size) => Make(Choices.Random(seed, size));

    public Choices Choices { get; }

    public Bundle Bundle { get; } = new();

    /// <summary>The object of the heap: scalars of many kinds, a reference, an array, a struct.</summary>
    public StructType Node { get; } = new();

    public ReferenceType NodeRef => nodeRef ??= new ReferenceType(TypeKind.Ref, Node);

    public static readonly IntType I128 = new(128);

    /// <summary>Vectors: those that the specification requires, those of 256 bits, and some that no machine has.</summary>
    public static readonly SequenceType[] Vectors =
    [
        Vector(IntType.I32, 4), Vector(SimpleType.Float, 4), Vector(SimpleType.Double, 2), Vector(IntType.I64, 4), Vector(SimpleType.Float, 8), Vector(IntType.I8, 3), Vector(new IntType(13), 2),
        Vector(I128, 2), Vector(IntType.I8, 16), Vector(IntType.I16, 8), Vector(IntType.I64, 2),
    ];

    public static SequenceType Vector(MuType element, ulong length) => new(TypeKind.Vector, element, length);

    public SequenceType Numbers { get; } = new(TypeKind.Array, IntType.I32, 5);

    public StructType Pair { get; } = new(IntType.I64, IntType.I16, SimpleType.Double);

    /// <summary>Always allocated with <see cref="BufferLength"/> elements.</summary>
    public HybridType Buffer { get; } = new([IntType.I64], new IntType(24));

    public const int BufferLength = 6;

    public GlobalCell Fuel { get; }

    public GlobalCell Root { get; }

    /// <summary>Functions that a body may call.</summary>
    public List<Function> Callees { get; } = [];

    /// <summary>What is passed to a coroutine: the stack to go back to, and a number. It passes a number back.</summary>
    public FunctionSignature CoroutineSignature { get; } = new([SimpleType.StackRef, IntType.I64], []);

    public Function? Coroutine { get; private set; }

    private ReferenceType? nodeRef;

    /// <summary>Types of variables: every width comes up, the machine's own more often.</summary>
    public MuType ScalarType() => Choices.Below(14) switch
    {
        12 => I128,
        13 => Choices.Of(Vectors),
        0 or 1 => IntType.I64,
        2 => IntType.I32,
        3 => SimpleType.Double,
        4 => SimpleType.TagRef64,
        5 => NodeRef,
        6 => SimpleType.Float,
        7 => Choices.Of([IntType.I8, IntType.I16, IntType.I1]),
        8 => IntType.I52,
        _ => new IntType(1 + Choices.Below(64)),
    };

    private void MakeFunctions()
    {
        int count = Choices.Below(MaximumFunctions + 1);
        for (int i = 0; i < count; i++)
        {
            if (i == 1 && Choices.Coin())
            {
                Coroutine = Bundle.AddFunction("coroutine", CoroutineSignature);
                new RandomBody(this, Bundle.Define(Coroutine), mayThrow: false).MakeCoroutine();
            }
            MakeFunction(i);
        }
        Function main = Bundle.AddFunction("main", new FunctionSignature([IntType.I64, IntType.I64, SimpleType.Double], [IntType.I64]));
        new RandomBody(this, Bundle.Define(main), mayThrow: false).MakeMain();
    }

    private void MakeFunction(int number)
    {
        var parameters = new MuType[Choices.Below(14)];
        for (int i = 0; i < parameters.Length; i++) parameters[i] = ScalarType();
        Function? tail = Callees.Count > 0 && Choices.Below(4) == 3 ? Choices.Of(Callees) : null;
        var results = tail?.Signature.Results.ToArray() ?? new MuType[Choices.Below(12)];
        if (tail is null)
            for (int i = 0; i < results.Length; i++) results[i] = ScalarType();
        Function function = Bundle.AddFunction($"f{number}", new FunctionSignature(parameters, results));
        new RandomBody(this, Bundle.Define(function), mayThrow: true).MakeFunction(tail);
        Callees.Add(function);
    }
}
