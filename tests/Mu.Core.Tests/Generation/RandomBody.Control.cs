using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Tests.Generation;

internal sealed partial class RandomBody
{
    private void If()
    {
        if (depth >= MaximumDepth) return;
        Branches(Of(IntType.I1), Statements, Statements);
    }

    private void Branches(Value condition, Action ifTrue, Action ifFalse)
    {
        (BasicBlock first, BasicBlock second) = (NewBlock(), NewBlock());
        first.IsCold = choices.Below(8) == 7;
        block.Add(new Branch2Instruction(condition, To(first), To(second)));
        Join([(first, ifTrue), (second, ifFalse)]);
    }

    private void Switch()
    {
        if (depth >= MaximumDepth) return;
        IntType type = choices.Of([IntType.I64, IntType.I32, IntType.I8, IntType.I16, IntType.I52, RandomBundle.I128]);
        int count = choices.Below(6);
        BasicBlock other = NewBlock();
        var cases = new (GlobalValue, Destination)[count];
        List<(BasicBlock, Action)> arms = [(other, Statements)];
        for (int i = 0; i < count; i++)
        {
            BasicBlock arm = i > 0 && choices.Below(3) == 2 ? arms[^1].Item1 : NewBlock();
            if (arm != arms[^1].Item1) arms.Add((arm, Statements));
            cases[i] = (Key(type, count > 3 ? i - 1 : i * 37 - 40), To(arm));
        }
        block.Add(new SwitchInstruction(type, Of(type), To(other), cases));
        Join(arms);
    }

    private static IntConstant Key(IntType type, long value) => new(type, (ulong)value, type.Bits > 64 && value < 0 ? ulong.MaxValue : 0);

    /// <summary>The handler sees some variables, and answers with a number.</summary>
    private void Trap()
    {
        var trap = block.Add(new TrapInstruction(IntType.I64));
        trap.KeepAlives = Kept();
        Define(trap.Results[0]);
    }

    /// <summary>Of an enabled number (1) or another.</summary>
    private void Watchpoint()
    {
        if (depth >= MaximumDepth) return;
        int id = 1 + choices.Below(2);
        BasicBlock disabled = NewBlock(), enabled = NewBlock();
        if (choices.Coin())
        {
            block.Add(new WatchpointBranchInstruction(id, To(disabled), To(enabled)));
            Join([(disabled, Statements), (enabled, Statements)]);
            return;
        }

        BlockParameter given = enabled.AddParameter(IntType.I64);
        var watchpoint = block.Add(new WatchpointInstruction(id, [IntType.I64], To(disabled), To(enabled), null));
        watchpoint.Destinations[1] = With(To(enabled), [.. watchpoint.Results]);
        watchpoint.KeepAlives = Kept();
        Join([(disabled, Statements), (enabled, () => Define(given))]);
    }

    private Value[] Kept() => [.. variables.Where(v => !v.IsGlobal && v.Type is IntType or SequenceType { Element.Kind: TypeKind.Int }).Distinct().Take(4)];

    private void Loop()
    {
        if (depth >= MaximumDepth) return;
        BasicBlock head = NewBlock(), body = NewBlock(), exit = NewBlock();
        BlockParameter counter = head.AddParameter(IntType.I8), bodyCounter = body.AddParameter(IntType.I8);
        int limit = 1 + choices.Below(6);
        block.Add(new BranchInstruction(With(To(head), Int(IntType.I8, 0))));

        Enter(head);
        Value fuel = Add(new LoadInstruction(false, MemoryOrder.NotAtomic, IntType.I64, random.Fuel));
        Value less = Add(new BinaryInstruction(BinaryOp.Sub, IntType.I64, fuel, Int(IntType.I64, 1)));
        block.Add(new StoreInstruction(false, MemoryOrder.NotAtomic, IntType.I64, random.Fuel, less));
        Value isLeft = Add(new CompareInstruction(CompareOp.Sgt, IntType.I64, less, Int(IntType.I64, 0)));
        Value isBelow = Add(new CompareInstruction(CompareOp.Ult, IntType.I8, counter, Int(IntType.I8, limit)));
        Value goesOn = Add(new BinaryInstruction(BinaryOp.And, IntType.I1, isLeft, isBelow));
        block.Add(new Branch2Instruction(goesOn, With(To(body), counter), To(exit)));

        int kept = variables.Count;
        Enter(body);
        variables.Add(bodyCounter);
        depth++;
        Statements();
        depth--;
        Value next = Add(new BinaryInstruction(BinaryOp.Add, IntType.I8, variables[kept], Int(IntType.I8, 1)));
        // The body may have given the counter another value; fuel ends the loop then.
        block.Add(new BranchInstruction(With(To(head, kept), next)));
        variables.RemoveRange(kept, variables.Count - kept);
        Enter(exit);
    }

    private void Call()
    {
        if (random.Callees.Count == 0) return;
        Function callee = choices.Of(random.Callees);
        Value target = callee;
        if (choices.Below(3) == 2) target = Add(new SelectInstruction(IntType.I1, callee.Type, Of(IntType.I1), callee, callee));
        var call = new CallInstruction(callee.Signature, target, Arguments(callee.Signature.Parameters));
        block.Add(call);
        if (variables.Count > 0 && choices.Below(4) == 3) call.KeepAlives = [.. variables.Where(v => !v.IsGlobal).Distinct().Take(3)];
        if (!mayThrow || choices.Coin()) WithHandler(call, caught: true);
        else
            foreach (InstructionResult result in call.Results) Define(result);
    }

    /// <summary>Throws a node on some condition; goes on otherwise.</summary>
    private void Throw()
    {
        if (!mayThrow) return;
        BasicBlock thrower = NewBlock(), rest = NewBlock();
        block.Add(new Branch2Instruction(Of(IntType.I1), To(thrower), To(rest)));
        List<Value> saved = [.. variables];
        Enter(thrower);
        Value exception = Add(new ConvertInstruction(ConvertOp.RefCast, random.NodeRef, RefVoid, Of(random.NodeRef)));
        block.Add(new ThrowInstruction(exception));
        Restore(saved);
        Enter(rest);
    }

    /// <summary>An EXC clause: the results are new variables on the normal edge, the exception is one on the other, and both meet.</summary>
    private void WithHandler(Instruction instruction, bool caught)
    {
        BasicBlock normal = NewBlock(), exceptional = NewBlock();
        exceptional.IsCold = true;
        BlockParameter[] results = [.. instruction.Results.Select(r => normal.AddParameter(r.Type))];
        BlockParameter? exception = caught && choices.Coin() ? exceptional.AddExceptionParameter(RefVoid) : null;
        instruction.SetExceptionClause(With(To(normal), [.. instruction.Results]), To(exceptional));
        Join([(normal, () => { foreach (BlockParameter result in results) Define(result); }),
            (exceptional, () => { if (exception is not null) Define(NotNull(exception)); })]);
    }

    /// <summary>Starts the coroutine on a new stack and swaps with it a few times.</summary>
    private void Coroutine()
    {
        // One that started itself would never end.
        if (random.Coroutine is not { } coroutine || version.Function == coroutine) return;
        Value stack = Add(new CommonInstruction(CommonOp.NewStack, [], [], [coroutine.Signature], coroutine));
        Value here = Add(new CommonInstruction(CommonOp.CurrentStack));
        for (int i = choices.Below(3); i >= 0; i--)
        {
            var clause = NewStackClause.PassValues([SimpleType.StackRef, IntType.I64], here, Of(IntType.I64));
            Define(Add(new SwapStackInstruction(stack, [IntType.I64], clause)));
        }
        if (choices.Coin()) block.Add(new CommonInstruction(CommonOp.KillStack, stack));
    }

    /// <summary>A block that takes all variables.</summary>
    private BasicBlock NewBlock()
    {
        BasicBlock made = version.AddBlock();
        foreach (Value value in variables) made.AddParameter(value.Type);
        return made;
    }

    private Destination To(BasicBlock target, int count = -1) => new(target, [.. variables.Take(count < 0 ? variables.Count : count)]);

    private static Destination With(Destination destination, params Value[] more)
    {
        destination.Arguments = [.. destination.Arguments, .. more];
        return destination;
    }

    private void Enter(BasicBlock next)
    {
        block = next;
        for (int i = 0; i < variables.Count; i++) variables[i] = next.Parameters[i];
    }

    private void Restore(List<Value> saved)
    {
        variables.Clear();
        variables.AddRange(saved);
    }

    /// <summary>Makes the arms, each from the variables of now, and a block where they meet.</summary>
    private void Join(List<(BasicBlock Block, Action Body)> arms)
    {
        List<Value> before = [.. variables];
        BasicBlock join = NewBlock();
        depth++;
        foreach ((BasicBlock arm, Action body) in arms)
        {
            Restore(before);
            Enter(arm);
            body();
            block.Add(new BranchInstruction(To(join, before.Count)));
        }
        depth--;
        Restore(before);
        Enter(join);
    }
}
