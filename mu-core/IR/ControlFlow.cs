using Mu.Core.Types;

namespace Mu.Core.IR;

/// <summary>BRANCH.</summary>
public sealed class BranchInstruction : Instruction
{
    /// <summary>Jumps.</summary>
    public BranchInstruction(Destination destination) => Destinations = [destination];

    /// <inheritdoc/>
    protected override bool AlwaysTerminates => true;
}

/// <summary>BRANCH2: two ways on an int&lt;1&gt;.</summary>
public sealed class Branch2Instruction : Instruction
{
    /// <summary>Goes to <paramref name="ifTrue"/> when the condition is 1.</summary>
    public Branch2Instruction(Value condition, Destination ifTrue, Destination ifFalse) : base(condition) => Destinations = [ifTrue, ifFalse];

    /// <summary>The condition.</summary>
    public Value Condition => Operands[0];

    /// <inheritdoc/>
    protected override bool AlwaysTerminates => true;
}

/// <summary>SWITCH on distinct constants. Destinations: the default, then one for each case.</summary>
public sealed class SwitchInstruction : Instruction
{
    /// <summary>Switches on a value.</summary>
    public SwitchInstruction(MuType type, Value value, Destination defaultDestination, params (GlobalValue Key, Destination Destination)[] cases) : base(value)
    {
        OperandType = type;
        Keys = Array.ConvertAll(cases, c => c.Key);
        Destinations = [defaultDestination, .. cases.Select(c => c.Destination)];
    }

    /// <summary>Type of the value.</summary>
    public MuType OperandType { get; }

    /// <summary>Constants of the cases, in order.</summary>
    public GlobalValue[] Keys { get; }

    /// <inheritdoc/>
    protected override bool AlwaysTerminates => true;
}

/// <summary>CALL.</summary>
public sealed class CallInstruction : Instruction
{
    /// <summary>Calls a funcref.</summary>
    public CallInstruction(FunctionSignature signature, Value callee, params ReadOnlySpan<Value> arguments) : base(Join(callee, arguments))
    {
        Signature = signature;
        Results = MakeResults(signature.Results);
    }

    /// <summary>The callee's signature.</summary>
    public FunctionSignature Signature { get; }

    /// <summary>The funcref.</summary>
    public Value Callee => Operands[0];

    /// <summary>The arguments.</summary>
    public ReadOnlySpan<Value> Arguments => Operands.AsSpan(1);
}

/// <summary>TAILCALL: replaces the frame.</summary>
public sealed class TailCallInstruction : Instruction
{
    /// <summary>Tail-calls a funcref.</summary>
    public TailCallInstruction(FunctionSignature signature, Value callee, params ReadOnlySpan<Value> arguments) : base(Join(callee, arguments)) =>
        Signature = signature;

    /// <summary>The callee's signature.</summary>
    public FunctionSignature Signature { get; }

    /// <summary>The funcref.</summary>
    public Value Callee => Operands[0];

    /// <summary>The arguments.</summary>
    public ReadOnlySpan<Value> Arguments => Operands.AsSpan(1);

    /// <inheritdoc/>
    protected override bool AlwaysTerminates => true;
}

/// <summary>RET.</summary>
public sealed class ReturnInstruction : Instruction
{
    /// <summary>Returns values.</summary>
    public ReturnInstruction(params Value[] values) : base(values) { }

    /// <inheritdoc/>
    protected override bool AlwaysTerminates => true;
}

/// <summary>THROW.</summary>
public sealed class ThrowInstruction : Instruction
{
    /// <summary>Throws a reference.</summary>
    public ThrowInstruction(Value exception) : base(exception) { }

    /// <summary>The reference thrown.</summary>
    public Value Exception => Operands[0];

    /// <inheritdoc/>
    protected override bool AlwaysTerminates => true;
}

/// <summary>TRAP: unbinds the stack and hands it to the client, who gives values of the result types or an exception.</summary>
public sealed class TrapInstruction : Instruction
{
    /// <summary>A trap with results of these types.</summary>
    public TrapInstruction(params MuType[] resultTypes) => Results = MakeResults(resultTypes.AsSpan());
}

/// <summary>WATCHPOINT. Destinations: disabled, enabled, and perhaps exceptional.</summary>
public sealed class WatchpointInstruction : Instruction
{
    /// <summary>A watchpoint that traps while enabled.</summary>
    public WatchpointInstruction(int watchpointId, MuType[] resultTypes, Destination disabled, Destination enabled, Destination? exceptional)
    {
        WatchpointId = watchpointId;
        Results = MakeResults(resultTypes.AsSpan());
        Destinations = exceptional is null ? [disabled, enabled] : [disabled, enabled, exceptional];
    }

    /// <summary>The client's number; many instructions may share it.</summary>
    public int WatchpointId { get; }

    /// <inheritdoc/>
    protected override bool AlwaysTerminates => true;
}

/// <summary>WPBRANCH. Destinations: disabled, enabled.</summary>
public sealed class WatchpointBranchInstruction : Instruction
{
    /// <summary>A branch on whether a watchpoint is enabled.</summary>
    public WatchpointBranchInstruction(int watchpointId, Destination disabled, Destination enabled)
    {
        WatchpointId = watchpointId;
        Destinations = [disabled, enabled];
    }

    /// <summary>The client's number.</summary>
    public int WatchpointId { get; }

    /// <inheritdoc/>
    protected override bool AlwaysTerminates => true;
}

/// <summary>How a native function is called.</summary>
public enum NativeConvention : byte
{
    /// <summary><c>#DEFAULT</c>: the platform's C convention; the call may block, and collections go on meanwhile.</summary>
    Default,
    /// <summary><c>#RUNTIME</c>, an extension: a leaf of the runtime. It gets the thread context first, may use any scalar types and give up to two integer or reference
    /// results, reads and writes the heap through raw addresses; a collection waits for it, except where it allocates.</summary>
    Runtime,
}

/// <summary>CCALL.</summary>
public sealed class CCallInstruction : Instruction
{
    /// <summary>Calls a native function.</summary>
    public CCallInstruction(NativeConvention convention, MuType calleeType, FunctionSignature signature, Value callee, params ReadOnlySpan<Value> arguments)
        : base(Join(callee, arguments))
    {
        Convention = convention;
        CalleeType = calleeType;
        Signature = signature;
        Results = MakeResults(signature.Results);
    }

    /// <summary>Calling convention.</summary>
    public NativeConvention Convention { get; }

    /// <summary>Type of the callee: ufuncptr of the signature.</summary>
    public MuType CalleeType { get; }

    /// <summary>The signature.</summary>
    public FunctionSignature Signature { get; }

    /// <summary>The function pointer.</summary>
    public Value Callee => Operands[0];

    /// <summary>The arguments.</summary>
    public ReadOnlySpan<Value> Arguments => Operands.AsSpan(1);
}
