using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Interpreter;

/// <summary>
/// Decodes a function version: values get words, instructions become operations, and the time of each value's last use is noted for the collector. The other parts of this class
/// stand beside the operations that they make.
/// </summary>
internal sealed partial class Decoder
{
    private readonly FunctionVersion version;
    private readonly IInterpreterHost host;
    private readonly Dictionary<BasicBlock, BlockCode> blocks = [];
    private readonly Dictionary<GlobalValue, int> constantOperands = [];
    private readonly List<ulong> constants = [];
    private readonly Dictionary<LocalValue, int> slots = [];
    private readonly Dictionary<LocalValue, (int Defined, int LastUse)> lifetimes = [];
    private int nextSlot, position;

    private Decoder(FunctionVersion version, IInterpreterHost host) => (this.version, this.host) = (version, host);

    /// <summary>Decodes a version.</summary>
    public static VersionCode Decode(FunctionVersion version, IInterpreterHost host) => new Decoder(version, host).Run();

    private VersionCode Run()
    {
        foreach (BasicBlock block in version.Blocks) blocks.Add(block, new BlockCode { HasExceptionParameter = block.ExceptionParameter is not null });
        var code = new VersionCode(version);
        foreach (BasicBlock block in version.Blocks)
        {
            DecodeBlock(block, blocks[block]);
            code.FrameWords = Math.Max(code.FrameWords, nextSlot);
        }

        code.Blocks = [.. version.Blocks.Select(b => blocks[b])];
        code.Constants = [.. constants];
        return code;
    }

    private void DecodeBlock(BasicBlock block, BlockCode code)
    {
        slots.Clear();
        lifetimes.Clear();
        (nextSlot, position) = (0, 0);
        foreach (BlockParameter parameter in block.Parameters) Define(parameter, -1);
        if (block.ExceptionParameter is { } exception) Define(exception, -1);
        var operations = new List<Operation> { new PollOperation() };
        foreach (Instruction instruction in block.Instructions)
        {
            position++;
            operations.Add(DecodeInstruction(instruction));
        }

        code.Operations = [.. operations];
        code.Roots = [.. lifetimes.SelectMany(RootsOf)];
    }

    private Operation DecodeInstruction(Instruction instruction)
    {
        Operation operation = Decode(instruction);
        int resultSlot = nextSlot;
        foreach (InstructionResult result in instruction.Results) Define(result, 2 * position + 1);
        Edge[] edges = Array.ConvertAll(instruction.Destinations, MakeEdge);
        int[] keepAlives = Array.ConvertAll(instruction.KeepAlives, value => Use(value, 2 * position + 1));
        operation.Place(instruction, resultSlot, nextSlot - resultSlot, edges, keepAlives);
        return operation;
    }

    private Operation Decode(Instruction instruction) => instruction switch
    {
        BinaryInstruction i => DecodeBinary(i),
        CompareInstruction i => DecodeCompare(i),
        ConvertInstruction i => DecodeConvert(i),
        SelectInstruction i => DecodeSelect(i),
        ExtractValueInstruction i => DecodeExtractValue(i),
        InsertValueInstruction i => DecodeInsertValue(i),
        ExtractElementInstruction i => DecodeExtractElement(i),
        InsertElementInstruction i => DecodeInsertElement(i),
        ShuffleVectorInstruction i => DecodeShuffle(i),
        GetIRefInstruction i => new MoveOperation(Operand(i.Operands[0])),
        GetFieldIRefInstruction i => DecodeFieldAddress(i),
        GetVarPartIRefInstruction i => new OffsetOperation(Operand(i.Operands[0]), TypeLayout.Of(i.LocationType).VariablePartOffset),
        GetElemIRefInstruction i => DecodeIndexedAddress(i.Operands, i.IndexType, i.LocationType.Element),
        ShiftIRefInstruction i => DecodeIndexedAddress(i.Operands, i.OffsetType, i.ElementType),
        LoadInstruction i => DecodeLoad(i),
        StoreInstruction i => DecodeStore(i),
        CompareExchangeInstruction i => DecodeCompareExchange(i),
        AtomicRmwInstruction i => DecodeAtomicRmw(i),
        FenceInstruction => new FenceOperation(),
        NewInstruction i => new NewOperation(host.Heap.Types.TypeIdOf(i.AllocatedType)),
        NewHybridInstruction i => new NewHybridOperation(host.Heap.Types.TypeIdOf(i.AllocatedType), Operand(i.Length), i.LengthType.IsWideInt),
        AllocaInstruction i => new AllocaOperation(TypeLayout.Of(i.AllocatedType), null),
        AllocaHybridInstruction i => new AllocaOperation(TypeLayout.Of(i.AllocatedType), Operand(i.Length)),
        CommonInstruction i => DecodeCommon(i),
        _ => DecodeControl(instruction),
    };

    // Values

    private void Define(LocalValue value, int time)
    {
        slots.Add(value, nextSlot);
        lifetimes.Add(value, (time, time));
        nextSlot += FlatValue.Words(value.Type);
    }

    /// <summary>The operand number of a value that the current operation uses.</summary>
    private int Operand(Value value) => Use(value, 2 * position);

    /// <summary>The operand numbers of all words of some values.</summary>
    private int[] Words(ReadOnlySpan<Value> values, int? time = null)
    {
        var words = new List<int>();
        foreach (Value value in values)
        {
            int first = Use(value, time ?? 2 * position), step = first < 0 ? -1 : 1;
            for (int i = 0; i < FlatValue.Words(value.Type); i++) words.Add(first + i * step);
        }

        return [.. words];
    }

    private Edge MakeEdge(Destination destination) => new(blocks[destination.Target], Words(destination.Arguments, 2 * position + 1));

    private int Use(Value value, int time)
    {
        if (value is not LocalValue local) return ConstantOperand((GlobalValue)value);
        (int defined, int last) = lifetimes[local];
        lifetimes[local] = (defined, Math.Max(last, time));
        return slots[local];
    }

    private IEnumerable<RootWord> RootsOf(KeyValuePair<LocalValue, (int Defined, int LastUse)> lifetime)
    {
        MuType[] scalars = FlatValue.Scalars([lifetime.Key.Type]);
        for (int i = 0; i < scalars.Length; i++)
            if (TypeLayout.KindOf(scalars[i]) is var kind and not SlotKind.None)
                yield return new RootWord(slots[lifetime.Key] + i, kind, lifetime.Value.Defined, lifetime.Value.LastUse);
    }

    private int ConstantOperand(GlobalValue value)
    {
        if (constantOperands.TryGetValue(value, out int known)) return known;
        var words = new List<ulong>();
        AddConstant(value, words);
        int operand = ~constants.Count;
        constants.AddRange(words);
        constantOperands.Add(value, operand);
        return operand;
    }

    private void AddConstant(GlobalValue value, List<ulong> words)
    {
        switch (value)
        {
            case IntConstant { Type.IsWideInt: true } c:
                words.Add(c.Value);
                words.Add(c.High);
                break;
            case IntConstant c:
                words.Add(c.Value & IntWord.Mask(IntWord.BitsOf(c.Type)));
                break;
            case FloatConstant c:
                words.Add(BitConverter.SingleToUInt32Bits(c.Value));
                break;
            case DoubleConstant c:
                words.Add(BitConverter.DoubleToUInt64Bits(c.Value));
                break;
            case NullConstant:
                words.Add(0);
                break;
            case TagRefConstant c:
                words.Add(c.Word);
                break;
            case CompositeConstant c:
                foreach (GlobalValue element in c.Elements) AddConstant(element, words);
                break;
            default:
                words.Add(host.AddressOf(value));
                break;
        }
    }
}
