using Mu.Core.Types;

namespace Mu.Core.IR;

/// <summary>
/// What happens on the stack that a thread is bound to next: values are passed to it, or an exception is raised in it.
/// The operand positions belong to the instruction that carries the clause.
/// </summary>
public sealed class NewStackClause
{
    private NewStackClause(MuType[] types, Value[] values, Value? exception)
    {
        PassTypes = types;
        Values = values;
        Exception = exception;
    }

    /// <summary>PASS_VALUES.</summary>
    public static NewStackClause PassValues(MuType[] types, params Value[] values) => new(types, values, null);

    /// <summary>THROW_EXC.</summary>
    public static NewStackClause ThrowException(Value exception) => new([], [], exception);

    /// <summary>Types of the values passed.</summary>
    public MuType[] PassTypes { get; }

    /// <summary>The values passed.</summary>
    public Value[] Values { get; }

    /// <summary>The exception of THROW_EXC, else null.</summary>
    public Value? Exception { get; }

    internal Value[] Operands => Exception is null ? Values : [Exception];
}

/// <summary>SWAPSTACK: unbinds the thread from its stack and binds it to another one.</summary>
public sealed class SwapStackInstruction : Instruction
{
    /// <summary>RET_WITH: the current frame waits for values of <paramref name="returnTypes"/>; null means KILL_OLD, which ends the block.</summary>
    public SwapStackInstruction(Value swappee, MuType[]? returnTypes, NewStackClause clause) : base(Join(swappee, clause.Operands))
    {
        ReturnTypes = returnTypes;
        Clause = clause;
        Results = MakeResults(returnTypes.AsSpan());
    }

    /// <summary>The stack to bind to.</summary>
    public Value Swappee => Operands[0];

    /// <summary>Types of RET_WITH; null for KILL_OLD.</summary>
    public MuType[]? ReturnTypes { get; }

    /// <summary>Whether the old stack is killed.</summary>
    public bool KillsOld => ReturnTypes is null;

    /// <summary>What the new stack is resumed with. The values stand in Operands from 1 on.</summary>
    public NewStackClause Clause { get; }

    /// <inheritdoc/>
    protected override bool AlwaysTerminates => KillsOld;
}

/// <summary>NEWTHREAD: starts a thread on a stack.</summary>
public sealed class NewThreadInstruction : Instruction
{
    /// <summary>Starts a thread, with an optional thread-local reference.</summary>
    public NewThreadInstruction(Value stack, Value? threadLocal, NewStackClause clause)
        : base(threadLocal is null ? Join(stack, clause.Operands) : Join(stack, [threadLocal, .. clause.Operands]))
    {
        HasThreadLocal = threadLocal is not null;
        Clause = clause;
        Results = MakeResults(SimpleType.ThreadRef);
    }

    /// <summary>The stack.</summary>
    public Value Stack => Operands[0];

    /// <summary>Whether operand 1 is the thread-local reference.</summary>
    public bool HasThreadLocal { get; }

    /// <summary>What the stack is started with. The values stand in the operands after the stack and the thread-local reference.</summary>
    public NewStackClause Clause { get; }
}

/// <summary>COMMINST: an instruction of the specification's extensible set.</summary>
public sealed class CommonInstruction : Instruction
{
    /// <summary>A common instruction; result types follow from the operation and the type arguments (<see cref="CommonSignature"/>).</summary>
    public CommonInstruction(CommonOp op, string[] flags, MuType[] types, FunctionSignature[] signatures, params Value[] arguments) : base(arguments)
    {
        Op = op;
        Flags = flags;
        Types = types;
        Signatures = signatures;
        Results = MakeResults(CommonSignature.ResultTypes(op, types, signatures).AsSpan());
    }

    /// <summary>A common instruction without flags, types and signatures.</summary>
    public CommonInstruction(CommonOp op, params Value[] arguments) : this(op, [], [], [], arguments) { }

    /// <summary>The operation.</summary>
    public CommonOp Op { get; }

    /// <summary>Flags, without the <c>#</c>.</summary>
    public string[] Flags { get; }

    /// <summary>Type arguments.</summary>
    public MuType[] Types { get; }

    /// <summary>Signature arguments.</summary>
    public FunctionSignature[] Signatures { get; }

    /// <inheritdoc/>
    protected override bool AlwaysTerminates => Op == CommonOp.ThreadExit;
}
