using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Tests.Differential;

/// <summary>One instruction, or a few that belong together.</summary>
internal sealed partial class ProgramBuilder
{
    private static readonly BinaryOp[] IntOps =
    [
        BinaryOp.Add, BinaryOp.Sub, BinaryOp.Mul, BinaryOp.And, BinaryOp.Or, BinaryOp.Xor, BinaryOp.Shl, BinaryOp.LShr, BinaryOp.AShr,
        BinaryOp.SDiv, BinaryOp.SRem, BinaryOp.UDiv, BinaryOp.URem,
    ];

    private static readonly BinaryOp[] FloatOps = [BinaryOp.FAdd, BinaryOp.FSub, BinaryOp.FMul, BinaryOp.FDiv, BinaryOp.FRem];

    private T Choose<T>(params T[] items) => items[random.Next(items.Length)];

    private void AddInstruction()
    {
        switch (random.Next(19))
        {
            case <= 3: AddIntegerOperation(); break;
            case 4: AddComparison(); break;
            case 5 or 6: AddConversion(); break;
            case 7: AddFloatOperation(); break;
            case 8: AddSelect(); break;
            case 9 or 10: AddNew(); break;
            case 11 or 12: AddFieldAccess(); break;
            case 13: AddTagged(); break;
            case 14: AddIRefAccess(); break;
            case 15: AddArrayAccess(); break;
            case 16: AddAggregate(); break;
            case 17: AddAlloca(); break;
            default: AddTrap(); break;
        }
    }

    private void AddIntegerOperation()
    {
        int index = Choose(IntIndices);
        BinaryOp op = Choose(IntOps);
        bool arithmetic = op is BinaryOp.Add or BinaryOp.Sub or BinaryOp.Mul;
        StatusFlags flags = random.Next(3) == 0 ? (StatusFlags)random.Next(arithmetic ? 16 : 4) : StatusFlags.None;
        Value right = Pick(index);
        if (op is BinaryOp.SDiv or BinaryOp.SRem or BinaryOp.UDiv or BinaryOp.URem && random.Next(4) != 0)
            right = block.Add(new BinaryInstruction(BinaryOp.Or, State[index], right, new IntConstant(State[index], 1))).Results[0];
        BinaryInstruction made = block.Add(new BinaryInstruction(op, State[index], Pick(index), right, flags));
        Give(index, made.Results[0]);
        foreach (InstructionResult flag in made.Results.Skip(1)) Give(1, flag);
    }

    private void AddComparison()
    {
        switch (random.Next(4))
        {
            case 0:
                int fp = random.Next(9, 11);
                Give(1, block.Add(new CompareInstruction((CompareOp)random.Next((int)CompareOp.FFalse, (int)CompareOp.FOle + 1), State[fp], Pick(fp), Pick(fp))).Result);
                break;
            case 1:
                Give(1, block.Add(new CompareInstruction(Choose(CompareOp.Eq, CompareOp.Ne), NodeRef, Pick(NodeRef), random.Next(2) == 0 ? new NullConstant(NodeRef) : Pick(NodeRef))).Result);
                break;
            default:
                int index = Choose(IntIndices);
                Give(1, block.Add(new CompareInstruction((CompareOp)random.Next((int)CompareOp.Eq, (int)CompareOp.Ult + 1), State[index], Pick(index), Pick(index))).Result);
                break;
        }
    }

    private void AddConversion()
    {
        int from = random.Next(1, 11), to = random.Next(1, 11);
        MuType a = State[from], b = State[to];
        ConvertOp op;
        switch (a, b)
        {
            case (IntType x, IntType y) when x.Bits == y.Bits: return;
            case (IntType x, IntType y): op = x.Bits > y.Bits ? ConvertOp.Trunc : Choose(ConvertOp.ZExt, ConvertOp.SExt); break;
            case (IntType { Bits: 64 }, { Kind: TypeKind.Double }) or (IntType { Bits: 32 }, { Kind: TypeKind.Float }): op = Choose(ConvertOp.Bitcast, ConvertOp.SIToFP, ConvertOp.UIToFP); break;
            case (IntType, _): op = Choose(ConvertOp.SIToFP, ConvertOp.UIToFP); break;
            case (_, IntType): op = Choose(ConvertOp.FPToSI, ConvertOp.FPToUI); break;
            case ({ Kind: TypeKind.Float }, { Kind: TypeKind.Double }): op = ConvertOp.FPExt; break;
            case ({ Kind: TypeKind.Double }, { Kind: TypeKind.Float }): op = ConvertOp.FPTrunc; break;
            default: return;
        }

        Give(to, block.Add(new ConvertInstruction(op, a, b, Pick(from))).Result);
    }

    private void AddFloatOperation()
    {
        int index = random.Next(9, 11);
        if (random.Next(4) == 0)
            Give(index, block.Add(new CommonInstruction(Choose(CommonOp.Sqrt, CommonOp.Floor, CommonOp.Ceil, CommonOp.Truncate, CommonOp.Abs), [], [State[index]], [], Pick(index))).Result);
        else
            Give(index, block.Add(new BinaryInstruction(Choose(FloatOps), State[index], Pick(index), Pick(index))).Results[0]);
    }

    private void AddSelect()
    {
        int index = random.Next(1, State.Length);
        Give(index, block.Add(new SelectInstruction(IntType.I1, State[index], Pick(1), Pick(index), Pick(index))).Result);
    }

    private void AddNew()
    {
        InstructionResult made = block.Add(new NewInstruction(Node)).Result;
        fresh.Add(made);
        Give(IndexOf(NodeRef), made);
        StoreField(made, 0);
    }

    /// <summary>The iref of a field of an object that is not NULL, or of the global cell.</summary>
    private Value FieldOf(Value? node, int field)
    {
        Value location = node is null ? Cell : block.Add(new GetIRefInstruction(Node, node)).Result;
        return block.Add(new GetFieldIRefInstruction(false, Node, field, location)).Result;
    }

    private Value? SomeNode() => fresh.Count == 0 || random.Next(4) == 0 ? null : Choose(fresh.ToArray());

    private void StoreField(Value? node, int field) =>
        block.Add(new StoreInstruction(false, MemoryOrder.NotAtomic, Node.Fields[field], FieldOf(node, field), Pick(Node.Fields[field])));

    private void AddFieldAccess()
    {
        Value? node = SomeNode();
        int field = random.Next(12);
        if (random.Next(2) == 0) StoreField(node, field);
        else Give(IndexOf(Node.Fields[field]), block.Add(new LoadInstruction(false, MemoryOrder.NotAtomic, Node.Fields[field], FieldOf(node, field))).Result);
        if (field == 0 && random.Next(2) == 0) Give(IndexOf(WordIRef), FieldOf(node, 0));
    }

    private void AddIRefAccess()
    {
        Value location = Pick(WordIRef);
        switch (random.Next(4))
        {
            case 0: block.Add(new StoreInstruction(false, Choose(MemoryOrder.NotAtomic, MemoryOrder.SeqCst), IntType.I64, location, Pick(5))); break;
            case 1:
                Give(5, block.Add(new AtomicRmwInstruction(false, MemoryOrder.SeqCst, (AtomicRmwOp)random.Next(11), IntType.I64, location, Pick(5))).Results[0]);
                break;
            case 2:
                CompareExchangeInstruction exchange = block.Add(
                    new CompareExchangeInstruction(false, false, MemoryOrder.SeqCst, MemoryOrder.SeqCst, IntType.I64, location, Pick(5), Pick(5)));
                Give(5, exchange.Results[0]);
                Give(1, exchange.Results[1]);
                break;
            default: Give(5, block.Add(new LoadInstruction(false, Choose(MemoryOrder.NotAtomic, MemoryOrder.Acquire), IntType.I64, location)).Result); break;
        }
    }

    private void AddArrayAccess()
    {
        var array = (SequenceType)Node.Fields[12];
        Value index = block.Add(new BinaryInstruction(BinaryOp.And, IntType.I64, Pick(5), new IntConstant(IntType.I64, 3))).Results[0];
        Value element = block.Add(new GetElemIRefInstruction(false, array, IntType.I64, FieldOf(SomeNode(), 12), index)).Result;
        if (random.Next(2) == 0) block.Add(new StoreInstruction(false, MemoryOrder.NotAtomic, IntType.I32, element, Pick(4)));
        else Give(4, block.Add(new LoadInstruction(false, MemoryOrder.NotAtomic, IntType.I32, element)).Result);
    }

    private void AddTagged()
    {
        int tagged = IndexOf(SimpleType.TagRef64);
        switch (random.Next(5))
        {
            case 0: Give(tagged, block.Add(new CommonInstruction(CommonOp.TagRefFromDouble, Pick(10))).Result); break;
            case 1: Give(tagged, block.Add(new CommonInstruction(CommonOp.TagRefFromInt, Pick(6))).Result); break;
            case 2:
                Value reference = block.Add(new ConvertInstruction(ConvertOp.RefCast, NodeRef, RefVoid, Pick(NodeRef))).Result;
                Give(tagged, block.Add(new CommonInstruction(CommonOp.TagRefFromRef, reference, new IntConstant(IntType.I6, (ulong)random.Next(64)))).Result);
                break;
            case 3:
                Give(1, block.Add(new CommonInstruction(Choose(CommonOp.TagRefIsDouble, CommonOp.TagRefIsInt, CommonOp.TagRefIsRef), Pick(tagged))).Result);
                break;
            default:
                // Only a word that is an integer may be taken for one.
                Value word = Pick(tagged), isInt = block.Add(new CommonInstruction(CommonOp.TagRefIsInt, word)).Result;
                Value safe = block.Add(new SelectInstruction(IntType.I1, SimpleType.TagRef64, isInt, word, new TagRefConstant(SimpleType.TagRef64, TagRef64.FromInt(-3)))).Result;
                Give(6, block.Add(new CommonInstruction(CommonOp.TagRefToInt, safe)).Result);
                break;
        }
    }

    private void AddAggregate()
    {
        var pair = new StructType(IntType.I32, NodeRef, IntType.I52);
        Value aggregate = new CompositeConstant(pair, new IntConstant(IntType.I32, 5), new NullConstant(NodeRef), new IntConstant(IntType.I52, 6));
        for (int i = 0; i < 3; i++)
            if (random.Next(3) != 0) aggregate = block.Add(new InsertValueInstruction(pair, i, aggregate, Pick(pair.Fields[i]))).Result;
        if (random.Next(2) == 0)
        {
            Value memory = block.Add(new AllocaInstruction(pair)).Result;
            block.Add(new StoreInstruction(false, MemoryOrder.NotAtomic, pair, memory, aggregate));
            fresh.Add(block.Add(new NewInstruction(Node)).Result);
            aggregate = block.Add(new LoadInstruction(false, MemoryOrder.NotAtomic, pair, memory)).Result;
        }

        int field = random.Next(3);
        Give(IndexOf(pair.Fields[field]), block.Add(new ExtractValueInstruction(pair, field, aggregate)).Result);
    }

    private void AddAlloca()
    {
        // Written before it is read: whether a second execution finds zeros again is not for programs in loops to know.
        Value memory = block.Add(new AllocaInstruction(NodeRef)).Result;
        block.Add(new StoreInstruction(false, MemoryOrder.NotAtomic, NodeRef, memory, Pick(NodeRef)));
        fresh.Add(block.Add(new NewInstruction(Node)).Result);
        Give(IndexOf(NodeRef), block.Add(new LoadInstruction(false, MemoryOrder.NotAtomic, NodeRef, memory)).Result);
    }

    private void AddTrap()
    {
        TrapInstruction trap = block.Add(new TrapInstruction(IntType.I64));
        trap.KeepAlives = [.. new[] { Pick(2), Pick(6), Pick(5) }.Where(v => v is LocalValue)];
        Give(5, trap.Results[0]);
    }
}
