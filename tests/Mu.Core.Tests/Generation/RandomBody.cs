using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Tests.Generation;

/// <summary>
/// Makes one function body, statement by statement. It works on variables: a variable is a typed place whose value is some SSA variable of the current block;
/// every edge passes the variables that live on, and a join takes the values that they have on each edge.
/// </summary>
internal sealed partial class RandomBody
{
    private const int MaximumDepth = 3, MaximumVariables = 24;
    private static readonly ReferenceType RefVoid = new(TypeKind.Ref, SimpleType.Void);
    private readonly RandomBundle random;
    private readonly Choices choices;
    private readonly FunctionVersion version;
    private readonly bool mayThrow;
    private readonly List<Value> variables = [];
    private BasicBlock block;
    private int depth;

    public RandomBody(RandomBundle random, FunctionVersion version, bool mayThrow)
    {
        this.random = random;
        this.version = version;
        this.mayThrow = mayThrow;
        choices = random.Choices;
        block = version.AddBlock();
        foreach (MuType type in version.Function.Signature.Parameters) variables.Add(block.AddParameter(type));
    }

    public void MakeMain()
    {
        block.Add(new StoreInstruction(false, MemoryOrder.NotAtomic, IntType.I64, random.Fuel, Int(IntType.I64, 400)));
        Value first = Add(new NewInstruction(random.Node));
        variables.Add(first);
        block.Add(new StoreInstruction(false, MemoryOrder.NotAtomic, random.NodeRef, random.Root, first));
        Statements();
        block.Add(new ReturnInstruction(Checksum()));
    }

    public void MakeFunction(Function? tail)
    {
        Statements();
        if (tail is not null) block.Add(new TailCallInstruction(tail.Signature, tail, Arguments(tail.Signature.Parameters)));
        else block.Add(new ReturnInstruction(Arguments(version.Function.Signature.Results)));
    }

    /// <summary>For ever: statements, then back to whoever resumed it.</summary>
    public void MakeCoroutine()
    {
        Value back = variables[0], number = variables[1];
        BasicBlock loop = version.AddBlock();
        block.Add(new BranchInstruction(new Destination(loop, back, number)));
        block = loop;
        BlockParameter caller = loop.AddParameter(SimpleType.StackRef);
        variables.Clear();
        variables.Add(loop.AddParameter(IntType.I64));
        variables.Add(caller);
        depth = 2;
        Statements();
        Value target = variables.Find(v => v.Type.Kind == TypeKind.StackRef)!;
        Instruction swap = block.Add(new SwapStackInstruction(target, [SimpleType.StackRef, IntType.I64], NewStackClause.PassValues([IntType.I64], Of(IntType.I64))));
        block.Add(new BranchInstruction(new Destination(loop, [.. swap.Results])));
    }

    private void Statements()
    {
        for (int n = 0; n < 40; n++)
        {
            int kind = choices.Below(37);
            if (kind == 0) return;
            Statement(kind);
        }
    }

    private void Statement(int kind)
    {
        switch (kind)
        {
            case 1 or 2 or 3: IntegerOperation(); break;
            case 4: FlaggedOperation(); break;
            case 5: Comparison(); break;
            case 6: Conversion(); break;
            case 7: Selection(); break;
            case 8: FloatOperation(); break;
            case 9: FloatComparison(); break;
            case 10: FloatConversion(); break;
            case 11: Division(); break;
            case 12 or 13: If(); break;
            case 14 or 15: Loop(); break;
            case 16: Switch(); break;
            case 17 or 18: Call(); break;
            case 19: Throw(); break;
            case 20: NewNode(); break;
            case 21: LoadField(); break;
            case 22: StoreField(); break;
            case 23: ArrayElement(); break;
            case 24: HybridElement(); break;
            case 25: StackMemory(); break;
            case 26: Atomic(); break;
            case 27: MakeTagged(); break;
            case 28: ReadTagged(); break;
            case 29: StructValue(); break;
            case 30: Coroutine(); break;
            case 31: InternalReference(); break;
            case 32 or 33: VectorOperation(); break;
            case 34: VectorElement(); break;
            case 35: Watchpoint(); break;
            default: Trap(); break;
        }
    }

    private InstructionResult Add(Instruction instruction) => block.Add(instruction).Results[0];

    private static IntConstant Int(MuType type, long value) => new(type, (ulong)value);

    /// <summary>A new variable, or a new value of one that is there.</summary>
    private void Define(Value value)
    {
        List<int> same = [.. Enumerable.Range(0, variables.Count).Where(i => TypeEquality.Equal(variables[i].Type, value.Type))];
        if (same.Count > 0 && (variables.Count >= MaximumVariables || choices.Coin())) variables[choices.Of(same)] = value;
        else if (variables.Count < MaximumVariables) variables.Add(value);
    }

    /// <summary>A value of a type: a variable's, or one made here.</summary>
    private Value Of(MuType type)
    {
        List<Value> same = [.. variables.Where(v => TypeEquality.Equal(v.Type, type))];
        if (same.Count > 0 && choices.Below(4) != 3) return choices.Of(same);
        return Fresh(type);
    }

    private Value Fresh(MuType type) => type switch
    {
        IntType { Bits: 128 } => new IntConstant(type, InterestingInteger(IntType.I64), InterestingInteger(IntType.I64)),
        IntType i => new IntConstant(type, InterestingInteger(i)),
        SequenceType s => new CompositeConstant(type, [.. Enumerable.Range(0, (int)s.Length).Select(_ => (GlobalValue)Fresh(s.Element))]),
        { Kind: TypeKind.Double } => new DoubleConstant(type, InterestingDouble()),
        { Kind: TypeKind.Float } => new FloatConstant(type, (float)InterestingDouble()),
        { Kind: TypeKind.TagRef64 } => new TagRefConstant(type, choices.Below(3) switch
        {
            0 => TagRef64.FromInt((long)InterestingInteger(IntType.I52)),
            1 => TagRef64.FromDouble(InterestingDouble()),
            _ => TagRef64.FromRef(0, choices.Below(64)),
        }),
        ReferenceType { Kind: TypeKind.Ref } => NodeValue(),
        StructType => Add(new LoadInstruction(false, MemoryOrder.NotAtomic, type, Field(6))),
        _ => throw new InvalidOperationException($"no value of type {type}"),
    };

    private Value[] Arguments(IReadOnlyList<MuType> types) => [.. types.Select(Of)];

    private ulong InterestingInteger(IntType type) => choices.Below(8) switch
    {
        0 => (ulong)choices.Below(16),
        1 => 1UL << choices.Below(type.Bits),
        2 => type.Mask,
        3 => type.Mask >> 1,
        4 => 1UL << (type.Bits - 1),
        5 => (ulong)-choices.Below(128),
        6 => (ulong)choices.Byte(),
        _ => choices.Word(),
    };

    private double InterestingDouble() => choices.Below(10) switch
    {
        0 => choices.Below(16),
        1 => -0.0,
        2 => double.PositiveInfinity,
        3 => double.NegativeInfinity,
        4 => double.NaN,
        5 => Math.ScaleB(1 + choices.Below(7), choices.Byte() - 128),
        6 => double.Epsilon,
        7 => -(1L << choices.Below(64)) - 0.5,
        8 => choices.Byte() / 7.0,
        _ => (long)choices.Word(),
    };

    /// <summary>Everything that is live, as one number.</summary>
    private Value Checksum()
    {
        Value sum = Int(IntType.I64, 17);
        foreach (Value value in variables.ToArray()) sum = Mix(sum, value);
        return sum;
    }

    private Value Mix(Value sum, Value value)
    {
        Value scaled = Add(new BinaryInstruction(BinaryOp.Mul, IntType.I64, sum, Int(IntType.I64, 1000003)));
        return Add(new BinaryInstruction(BinaryOp.Xor, IntType.I64, scaled, AsNumber(value)));
    }

    private Value Element(SequenceType type, Value value, int index) => Add(new ExtractElementInstruction(type, IntType.I32, value, Int(IntType.I32, index)));

    private Value Fold(Value wide)
    {
        Value high = Add(new BinaryInstruction(BinaryOp.LShr, wide.Type, wide, new IntConstant(wide.Type, 64)));
        Value low = Add(new ConvertInstruction(ConvertOp.Trunc, wide.Type, IntType.I64, wide));
        return Mix(low, Add(new ConvertInstruction(ConvertOp.Trunc, wide.Type, IntType.I64, high)));
    }

    private Value AsNumber(Value value) => value.Type switch
    {
        IntType { Bits: 64 } => value,
        IntType { Bits: 128 } => Fold(value),
        SequenceType s => Enumerable.Range(0, (int)s.Length).Select(i => Element(s, value, i)).Aggregate(AsNumber(Element(s, value, 0)), Mix),
        IntType => Add(new ConvertInstruction(ConvertOp.ZExt, value.Type, IntType.I64, value)),
        { Kind: TypeKind.Double } => Bits(value),
        { Kind: TypeKind.Float } => Bits(Add(new ConvertInstruction(ConvertOp.FPExt, SimpleType.Float, SimpleType.Double, value))),
        { Kind: TypeKind.TagRef64 } => AsNumber(Add(new CommonInstruction(CommonOp.TagRefIsInt, value))),
        ReferenceType { Kind: TypeKind.Ref } r when TypeEquality.Equal(r, random.NodeRef) => Add(new LoadInstruction(false, MemoryOrder.NotAtomic, IntType.I64, Field(0, value))),
        ReferenceType { Kind: TypeKind.IRef } r => AsNumber(Add(new LoadInstruction(false, MemoryOrder.NotAtomic, r.Referent, value))),
        StructType s => AsNumber(Add(new ExtractValueInstruction(s, 1, value))),
        _ => Int(IntType.I64, 0),
    };
}
