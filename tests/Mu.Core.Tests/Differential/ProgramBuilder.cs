using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Tests.Differential;

/// <summary>
/// Makes a bundle of genes. All functions and all blocks but landing pads have the same parameters, one for each type of <see cref="State"/>, and functions return the same; the
/// first is the fuel of loops. Functions call only later ones, so every program ends. No program does anything undefined, and none looks at which NaN a NaN is.
/// </summary>
internal sealed partial class ProgramBuilder
{
    public static readonly StructType Node = MakeNode();
    public static readonly ReferenceType NodeRef = new(TypeKind.Ref, Node), RefVoid = new(TypeKind.Ref, SimpleType.Void), WordIRef = new(TypeKind.IRef, IntType.I64);

    /// <summary>Types of what every block gets and every function takes and gives.</summary>
    public static readonly MuType[] State =
    [
        IntType.I64, IntType.I1, IntType.I8, IntType.I16, IntType.I32, IntType.I64, IntType.I52, new IntType(33), new IntType(7), SimpleType.Float, SimpleType.Double,
        NodeRef, SimpleType.TagRef64, WordIRef,
    ];

    private static readonly FunctionSignature Signature = new(State, State) { Name = "sig" }, CoroutineSignature = new([SimpleType.StackRef, .. State], []) { Name = "cosig" };
    private static readonly int[] IntIndices = [1, 2, 3, 4, 5, 6, 7, 8];
    private readonly Genes genes;
    private readonly Bundle bundle = new();
    private readonly Function[] functions, coroutines;
    private FunctionVersion version = null!;
    private BasicBlock[] blocks = [];
    private BasicBlock block = null!;
    private Random random = null!;
    private List<Value>[] pools = [];
    private readonly List<Value> fresh = [];
    private int function, position;

    private ProgramBuilder(Genes genes)
    {
        this.genes = genes;
        functions = [.. genes.Functions.Select((_, i) => bundle.AddFunction($"f{i}", Signature))];
        coroutines = [.. genes.Functions.Select((_, i) => bundle.AddFunction($"co{i}", CoroutineSignature))];
        Cell = bundle.AddGlobal("cell", Node);
        Main = bundle.AddFunction("main", new FunctionSignature([], State) { Name = "mainsig" });
    }

    public GlobalCell Cell { get; }

    public Function Main { get; }

    public Bundle Bundle => bundle;

    public static ProgramBuilder Build(Genes genes)
    {
        var builder = new ProgramBuilder(genes);
        builder.BuildMain();
        for (int f = 0; f < genes.Functions.Count; f++)
        {
            builder.BuildFunction(f);
            builder.BuildCoroutine(f);
        }

        return builder;
    }

    private static StructType MakeNode()
    {
        var node = new StructType { Name = "node" };
        node.SetFields(IntType.I64, new ReferenceType(TypeKind.Ref, node), IntType.I32, SimpleType.Double, SimpleType.TagRef64, IntType.I8, IntType.I52, new IntType(7),
            new IntType(33), SimpleType.Float, IntType.I16, IntType.I1, new SequenceType(TypeKind.Array, IntType.I32, 4));
        return node;
    }

    private void BuildMain()
    {
        BasicBlock entry = bundle.Define(Main).AddBlock("entry");
        entry.Add(new TailCallInstruction(Signature, functions[0], InitialState()));
    }

    private Value[] InitialState()
    {
        var values = new Value[State.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = State[i] switch
            {
                IntType t => new IntConstant(t, i == 0 ? 5 : 0x9E37_79B9_7F4A_7C15 >> i),
                { Kind: TypeKind.Float } => new FloatConstant(State[i], 1.25f),
                { Kind: TypeKind.Double } => new DoubleConstant(State[i], -3.5),
                { Kind: TypeKind.TagRef64 } => new TagRefConstant(State[i], TagRef64.FromInt(17)),
                { Kind: TypeKind.IRef } => null!,
                _ => new NullConstant(State[i]),
            };
        BasicBlock entry = bundle.Versions[^1].Blocks[0];
        values[^1] = entry.Add(new GetFieldIRefInstruction(false, Node, 0, Cell)).Result;
        return values;
    }

    private void BuildCoroutine(int f)
    {
        FunctionVersion body = bundle.Define(coroutines[f]);
        BasicBlock entry = body.AddBlock("entry"), done = body.AddBlock("done"), failed = body.AddBlock("failed");
        BlockParameter back = entry.AddParameter(SimpleType.StackRef);
        BlockParameter[] state = Array.ConvertAll(State, t => entry.AddParameter(t));
        CallInstruction call = entry.Add(new CallInstruction(Signature, functions[f], state));
        call.SetExceptionClause(new Destination(done, [back, .. call.Results]), new Destination(failed, back));
        BlockParameter doneBack = done.AddParameter(SimpleType.StackRef);
        BlockParameter[] results = Array.ConvertAll(State, t => done.AddParameter(t));
        done.Add(new SwapStackInstruction(doneBack, null, NewStackClause.PassValues(State, results)));
        BlockParameter failedBack = failed.AddParameter(SimpleType.StackRef);
        failed.Add(new SwapStackInstruction(failedBack, null, NewStackClause.ThrowException(failed.AddExceptionParameter(RefVoid))));
    }

    private void BuildFunction(int f)
    {
        function = f;
        version = bundle.Define(functions[f]);
        IReadOnlyList<BlockGenes> blockGenes = genes.Functions[f].Blocks;
        blocks = [.. blockGenes.Select((_, i) => version.AddBlock($"b{i}"))];
        // What is said to be cold has no meaning, but another shape of code.
        version.SplitsCold = (blockGenes[0].End >> 8) % 2 == 0;
        version.PeelsLoops = (blockGenes[0].End >> 9) % 2 == 0;
        for (int i = 1; i < blocks.Length; i++) blocks[i].IsCold = (blockGenes[i].End >> 12) % 4 == 0;
        foreach (BasicBlock each in blocks)
            foreach (MuType type in State) each.AddParameter(type);
        for (position = 0; position < blocks.Length; position++)
        {
            block = blocks[position];
            fresh.Clear();
            pools = [.. block.Parameters.Select(p => new List<Value> { p })];
            foreach (int gene in blockGenes[position].Body)
            {
                random = new Random(gene);
                AddInstruction();
            }

            random = new Random(blockGenes[position].End);
            AddTerminator();
        }
    }

    // Choosing values

    private int IndexOf(MuType type) => Array.FindIndex(State, 1, t => TypeEquality.Equal(t, type));

    private Value Pick(int index)
    {
        List<Value> pool = pools[index];
        if (State[index] is IntType type && random.Next(6) == 0) return Constant(type);
        if (State[index].Kind == TypeKind.Double && random.Next(8) == 0) return new DoubleConstant(State[index], random.Next(-4, 5) * 0.75);
        return pool[^(1 + random.Next(Math.Min(pool.Count, 5)))];
    }

    private Value Pick(MuType type) => Pick(IndexOf(type));

    private IntConstant Constant(IntType type) => new(type, random.Next(5) switch
    {
        0 => 0,
        1 => 1,
        2 => ulong.MaxValue,
        3 => 1UL << (type.Bits - 1),
        _ => (ulong)random.NextInt64(),
    });

    private void Give(int index, Value value) => pools[index].Add(value);

    private Value[] CurrentState(Value? fuel = null)
    {
        var state = new Value[State.Length];
        state[0] = fuel ?? pools[0][0];
        for (int i = 1; i < state.Length; i++) state[i] = Pick(i);
        return state;
    }
}
