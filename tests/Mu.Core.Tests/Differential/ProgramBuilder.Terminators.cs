using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Tests.Differential;

/// <summary>How blocks end.</summary>
internal sealed partial class ProgramBuilder
{
    private bool IsLast => position == blocks.Length - 1;

    private void AddTerminator()
    {
        if (IsLast)
        {
            AddExit();
            return;
        }

        switch (random.Next(9))
        {
            case 0: block.Add(new BranchInstruction(Forward())); break;
            case 1 or 2: block.Add(new Branch2Instruction(Pick(1), Forward(), Forward())); break;
            case 3 or 4: AddLoop(); break;
            case 5: AddSwitch(); break;
            case 6 when function + 1 < functions.Length: AddCall(); break;
            case 7 when function + 1 < functions.Length: AddCoroutine(); break;
            case 8: AddNullableLoad(); break;
            default: block.Add(new BranchInstruction(Forward())); break;
        }
    }

    private Destination Forward(Value? fuel = null) => new(blocks[Math.Min(position + 1 + random.Next(2), blocks.Length - 1)], CurrentState(fuel));

    private void AddLoop()
    {
        if (position == 0)
        {
            block.Add(new BranchInstruction(Forward()));
            return;
        }

        Value fuel = pools[0][0], less = block.Add(new BinaryInstruction(BinaryOp.Sub, IntType.I64, fuel, new IntConstant(IntType.I64, 1))).Results[0];
        Value more = block.Add(new CompareInstruction(CompareOp.Sgt, IntType.I64, fuel, new IntConstant(IntType.I64, 0))).Result;
        var back = new Destination(blocks[1 + random.Next(position)], CurrentState(less));
        block.Add(new Branch2Instruction(more, back, Forward()));
    }

    private void AddSwitch()
    {
        Value masked = block.Add(new BinaryInstruction(BinaryOp.And, IntType.I8, Pick(2), new IntConstant(IntType.I8, 3))).Results[0];
        block.Add(new SwitchInstruction(IntType.I8, masked, Forward(), (new IntConstant(IntType.I8, 0), Forward()), (new IntConstant(IntType.I8, 2), Forward())));
    }

    private void AddCall()
    {
        int callee = random.Next(function + 1, functions.Length);
        AddCatching(new CallInstruction(Signature, functions[callee], CurrentState(new IntConstant(IntType.I64, 2))));
    }

    private void AddCoroutine()
    {
        int callee = random.Next(function + 1, functions.Length);
        Value stack = block.Add(new CommonInstruction(CommonOp.NewStack, [], [], [CoroutineSignature], coroutines[callee])).Result;
        Value current = block.Add(new CommonInstruction(CommonOp.CurrentStack)).Result;
        MuType[] passed = [SimpleType.StackRef, .. State];
        AddCatching(new SwapStackInstruction(stack, State, NewStackClause.PassValues(passed, [current, .. CurrentState(new IntConstant(IntType.I64, 2))])));
    }

    /// <summary>An instruction that gives a state, with or without EXC clause.</summary>
    private void AddCatching(Instruction instruction)
    {
        block.Add(instruction);
        Value[] results = [pools[0][0], .. instruction.Results.Skip(1)];
        BasicBlock next = blocks[position + 1];
        if (random.Next(4) != 0) instruction.SetExceptionClause(new Destination(next, results), Landing());
        else block.Add(new BranchInstruction(new Destination(next, results)));
    }

    /// <summary>A way to a landing block, which goes on forward with the exception as the state's reference.</summary>
    private Destination Landing()
    {
        Value[] state = CurrentState();
        BasicBlock landing = version.AddBlock($"landing{position}");
        Value[] parameters = Array.ConvertAll(State, t => (Value)landing.AddParameter(t));
        BlockParameter exception = landing.AddExceptionParameter(RefVoid);
        parameters[IndexOf(NodeRef)] = landing.Add(new ConvertInstruction(ConvertOp.RefCast, RefVoid, NodeRef, exception)).Result;
        landing.Add(new BranchInstruction(new Destination(blocks[Math.Min(position + 1 + random.Next(2), blocks.Length - 1)], parameters)));
        return new Destination(landing, state);
    }

    /// <summary>A field of what may be NULL.</summary>
    private void AddNullableLoad()
    {
        Value reference = Pick(NodeRef), location = block.Add(new GetIRefInstruction(Node, reference)).Result;
        var first = new ReferenceType(TypeKind.IRef, IntType.I64);
        Value word = block.Add(new ConvertInstruction(ConvertOp.RefCast, location.Type, first, location)).Result;
        LoadInstruction load = block.Add(new LoadInstruction(false, MemoryOrder.NotAtomic, IntType.I64, word));
        Value[] state = CurrentState();
        state[5] = load.Result;
        load.SetExceptionClause(new Destination(blocks[position + 1], state), Landing());
    }

    private void AddExit()
    {
        Value[] state = CurrentState();
        switch (random.Next(8))
        {
            case 0: block.Add(new ThrowInstruction(block.Add(new ConvertInstruction(ConvertOp.RefCast, NodeRef, RefVoid, state[IndexOf(NodeRef)])).Result)); break;
            case 1 or 2 when function + 1 < functions.Length:
                state[0] = new IntConstant(IntType.I64, 2);
                block.Add(new TailCallInstruction(Signature, functions[random.Next(function + 1, functions.Length)], state));
                break;
            default: block.Add(new ReturnInstruction(state)); break;
        }
    }
}
