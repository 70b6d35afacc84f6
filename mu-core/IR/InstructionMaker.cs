using Mu.Core.Types;

namespace Mu.Core.IR;

/// <summary>
/// Makes an instruction of its form and parts, as files and IR builders have them. Whatever does not fit together (numbers of operands, kinds of types) is an
/// <see cref="InstructionFormException"/>; whether the instruction is well-formed, the verifier says.
/// </summary>
internal readonly ref struct InstructionMaker(InstructionForm form, Value[] operands, Destination[] destinations, GlobalValue[] keys)
{
    private readonly InstructionForm form = form;
    private readonly Value[] operands = operands;
    private readonly Destination[] destinations = destinations;
    private readonly GlobalValue[] keys = keys;

    /// <summary>The instruction. Destinations of an EXC clause are not among the given ones: the caller sets the clause.</summary>
    public Instruction Make()
    {
        Instruction made = form.Kind switch
        {
            InstructionKind.Binary => new BinaryInstruction(Named<BinaryOp>(0), Type(0), Operand(0), Operand(1), Flags(1)),
            InstructionKind.Compare => new CompareInstruction(Named<CompareOp>(0), Type(0), Operand(0), Operand(1)),
            InstructionKind.Convert => new ConvertInstruction(Named<ConvertOp>(0), Type(0), Type(1), Operand(0)),
            InstructionKind.Select => new SelectInstruction(Type(0), Type(1), Operand(0), Operand(1), Operand(2)),
            InstructionKind.ExtractValue => new ExtractValueInstruction(Type<StructType>(0), Index(0), Operand(0)),
            InstructionKind.InsertValue => new InsertValueInstruction(Type<StructType>(0), Index(0), Operand(0), Operand(1)),
            InstructionKind.ExtractElement => new ExtractElementInstruction(Type<SequenceType>(0), Type(1), Operand(0), Operand(1)),
            InstructionKind.InsertElement => new InsertElementInstruction(Type<SequenceType>(0), Type(1), Operand(0), Operand(1), Operand(2)),
            InstructionKind.ShuffleVector => new ShuffleVectorInstruction(Type<SequenceType>(0), Type<SequenceType>(1), Operand(0), Operand(1), Operand(2)),
            >= InstructionKind.New and <= InstructionKind.Fence => MakeMemory(),
            >= InstructionKind.Branch and <= InstructionKind.CCall => MakeControl(),
            _ => MakeStack(),
        };
        Require(made.Operands.Length == operands.Length, $"{operands.Length} operands");
        Require(made.Destinations.Length == destinations.Length, $"{destinations.Length} destinations");
        return made;
    }

    private Instruction MakeMemory() => form.Kind switch
    {
        InstructionKind.New => new NewInstruction(Type(0)),
        InstructionKind.NewHybrid => new NewHybridInstruction(Type<HybridType>(0), Type(1), Operand(0)),
        InstructionKind.Alloca => new AllocaInstruction(Type(0)),
        InstructionKind.AllocaHybrid => new AllocaHybridInstruction(Type<HybridType>(0), Type(1), Operand(0)),
        InstructionKind.GetIRef => new GetIRefInstruction(Type(0), Operand(0)),
        InstructionKind.GetFieldIRef => new GetFieldIRefInstruction(Truth(0), Type(0), Index(1), Operand(0)),
        InstructionKind.GetElemIRef => new GetElemIRefInstruction(Truth(0), Type<SequenceType>(0), Type(1), Operand(0), Operand(1)),
        InstructionKind.ShiftIRef => new ShiftIRefInstruction(Truth(0), Type(0), Type(1), Operand(0), Operand(1)),
        InstructionKind.GetVarPartIRef => new GetVarPartIRefInstruction(Truth(0), Type<HybridType>(0), Operand(0)),
        InstructionKind.Load => new LoadInstruction(Truth(0), Named<MemoryOrder>(1), Type(0), Operand(0)),
        InstructionKind.Store => new StoreInstruction(Truth(0), Named<MemoryOrder>(1), Type(0), Operand(0), Operand(1)),
        InstructionKind.CompareExchange =>
            new CompareExchangeInstruction(Truth(0), Truth(1), Named<MemoryOrder>(2), Named<MemoryOrder>(3), Type(0), Operand(0), Operand(1), Operand(2)),
        InstructionKind.AtomicRmw => new AtomicRmwInstruction(Truth(0), Named<MemoryOrder>(1), Named<AtomicRmwOp>(2), Type(0), Operand(0), Operand(1)),
        InstructionKind.Fence => new FenceInstruction(Named<MemoryOrder>(0)),
        _ => throw Misfit("its kind"),
    };

    private Instruction MakeControl() => form.Kind switch
    {
        InstructionKind.Branch => new BranchInstruction(Destination(0)),
        InstructionKind.Branch2 => new Branch2Instruction(Operand(0), Destination(0), Destination(1)),
        InstructionKind.Switch => MakeSwitch(),
        InstructionKind.Call => new CallInstruction(Signature(0), Operand(0), operands.AsSpan(1)),
        InstructionKind.TailCall => new TailCallInstruction(Signature(0), Operand(0), operands.AsSpan(1)),
        InstructionKind.Return => new ReturnInstruction(operands),
        InstructionKind.Throw => new ThrowInstruction(Operand(0)),
        InstructionKind.Trap => new TrapInstruction(Types(0, form.Types.Length)),
        InstructionKind.Watchpoint => new WatchpointInstruction(Index(0), Types(0, form.Types.Length), Destination(0), Destination(1), destinations.Length > 2 ? destinations[2] : null),
        InstructionKind.WatchpointBranch => new WatchpointBranchInstruction(Index(0), Destination(0), Destination(1)),
        InstructionKind.CCall => new CCallInstruction(Named<NativeConvention>(0), Type(0), Signature(1), Operand(0), operands.AsSpan(1)),
        _ => throw Misfit("its kind"),
    };

    private Instruction MakeStack()
    {
        switch (form.Kind)
        {
            case InstructionKind.SwapStack:
                int kept = Index(0);
                MuType[]? returned = kept < 0 ? null : Types(0, kept);
                return new SwapStackInstruction(Operand(0), returned, Clause(1, Math.Max(kept, 0), Truth(1)));
            case InstructionKind.NewThread:
                bool hasLocal = Truth(0);
                return new NewThreadInstruction(Operand(0), hasLocal ? Operand(1) : null, Clause(hasLocal ? 2 : 1, 0, Truth(1)));
            case InstructionKind.Common:
                int types = Index(1);
                Require(types >= 0 && types <= form.Types.Length, "its types");
                var signatures = new FunctionSignature[form.Types.Length - types];
                for (int i = 0; i < signatures.Length; i++) signatures[i] = Signature(types + i);
                var op = (CommonOp)Number(0);
                Require(CommonSignature.IsKnown(op), $"its number {Number(0):x}");
                return new CommonInstruction(op, form.Flags, Types(0, types), signatures, operands);
            default:
                throw Misfit("its kind");
        }
    }

    private SwitchInstruction MakeSwitch()
    {
        Require(destinations.Length == keys.Length + 1, $"{keys.Length} keys");
        var cases = new (GlobalValue, Destination)[keys.Length];
        for (int i = 0; i < cases.Length; i++) cases[i] = (keys[i], destinations[i + 1]);
        return new SwitchInstruction(Type(0), Operand(0), Destination(0), cases);
    }

    private NewStackClause Clause(int firstOperand, int firstType, bool throws)
    {
        if (throws) return NewStackClause.ThrowException(Operand(firstOperand));
        Require(firstOperand <= operands.Length, "its operands");
        return NewStackClause.PassValues(Types(firstType, form.Types.Length - firstType), operands[firstOperand..]);
    }

    private long Number(int i) => i < form.Numbers.Length ? form.Numbers[i] : throw Misfit("its numbers");

    private int Index(int i) => Number(i) is >= int.MinValue and <= int.MaxValue and var number ? (int)number : throw Misfit("its numbers");

    private StatusFlags Flags(int i) => Number(i) is >= 0 and <= 15 and var flags ? (StatusFlags)flags : throw Misfit("its status flags");

    private T Named<T>(int i) where T : struct, Enum => Number(i) is >= 0 and <= byte.MaxValue and var number && (T)Enum.ToObject(typeof(T), (byte)number) is var value && Enum.IsDefined(value)
        ? value
        : throw Misfit($"a {typeof(T).Name} of {Number(i)}");

    private bool Truth(int i) => Number(i) != 0;

    private Value Operand(int i) => i < operands.Length ? operands[i] : throw Misfit($"{operands.Length} operands");

    private Destination Destination(int i) => i < destinations.Length ? destinations[i] : throw Misfit($"{destinations.Length} destinations");

    private MuType Type(int i) => Type<MuType>(i);

    private T Type<T>(int i) where T : MuType => i < form.Types.Length && form.Types[i] is T type ? type : throw Misfit("its types");

    private FunctionSignature Signature(int i) => i < form.Types.Length && form.Types[i] is FunctionSignature signature ? signature : throw Misfit("its signatures");

    private MuType[] Types(int start, int count)
    {
        Require(count >= 0 && start + count <= form.Types.Length, "its types");
        var types = new MuType[count];
        for (int i = 0; i < count; i++) types[i] = Type(start + i);
        return types;
    }

    private void Require(bool condition, string what)
    {
        if (!condition) throw Misfit(what);
    }

    private InstructionFormException Misfit(string what) => new($"an instruction of kind {form.Kind} does not fit {what}");
}

/// <summary>Parts that make no instruction.</summary>
internal sealed class InstructionFormException(string message) : Exception(message);
