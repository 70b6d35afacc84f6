using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.ClientLib.Building;

// Control flow: jumps, calls, stacks, and structured statements over them.
public sealed partial class FunctionBuilder
{
    /// <summary>BRANCH. Nothing behind it is reachable until a label is placed.</summary>
    public void Jump(Label target, params ReadOnlySpan<Value> arguments)
    {
        var from = Current;
        var destination = new Destination(target.Block);
        AddEdge(from, destination, target, UseAll(arguments));
        EndBlock(new BranchInstruction(destination));
    }

    /// <summary>BRANCH2 to labels without declared parameters.</summary>
    public void Branch(Value condition, Label ifTrue, Label ifFalse)
    {
        Require(condition, IntType.I1, nameof(Branch));
        var from = Current;
        condition = Use(condition);
        var yes = new Destination(ifTrue.Block);
        var no = new Destination(ifFalse.Block);
        AddEdge(from, yes, ifTrue, []);
        AddEdge(from, no, ifFalse, []);
        EndBlock(new Branch2Instruction(condition, yes, no));
    }

    /// <summary>Goes to <paramref name="target"/> when the condition holds, else goes on here.</summary>
    public void BranchIf(Value condition, Label target)
    {
        var next = NewLabel();
        Branch(condition, target, next);
        PlaceSealed(next);
    }

    /// <summary>Goes to <paramref name="target"/> when the condition does not hold, else goes on here.</summary>
    public void BranchUnless(Value condition, Label target)
    {
        var next = NewLabel();
        Branch(condition, next, target);
        PlaceSealed(next);
    }

    /// <summary>SWITCH to labels without declared parameters.</summary>
    public void Switch(Value value, Label otherwise, params ReadOnlySpan<(ulong Key, Label Target)> cases)
    {
        var from = Current;
        value = Use(value);
        var defaultDestination = new Destination(otherwise.Block);
        AddEdge(from, defaultDestination, otherwise, []);
        var destinations = new (GlobalValue, Destination)[cases.Length];
        for (int i = 0; i < cases.Length; i++)
        {
            var destination = new Destination(cases[i].Target.Block);
            AddEdge(from, destination, cases[i].Target, []);
            destinations[i] = (Constant((IntType)value.Type, cases[i].Key), destination);
        }
        EndBlock(new SwitchInstruction(value.Type, value, defaultDestination, destinations));
    }

    /// <summary>RET</summary>
    public void Return(params ReadOnlySpan<Value> values)
    {
        var results = Version.Function.Signature.Results;
        if (values.Length != results.Count) throw new ArgumentException($"Return: the function has {results.Count} results, {values.Length} given");
        for (int i = 0; i < values.Length; i++) Require(values[i], results[i], nameof(Return));
        EndBlock(new ReturnInstruction(UseAll(values)));
    }

    /// <summary>Raises an exception (ref&lt;void&gt;): inside a <see cref="Try(Label)"/> a jump to the handler, else THROW.</summary>
    public void Throw(Value exception)
    {
        if (handlers.Count > 0) Jump(handlers[^1], exception);
        else EndBlock(new ThrowInstruction(Use(exception)));
    }

    /// <summary>CALL: its results.</summary>
    public IReadOnlyList<Value> Call(Value callee, params ReadOnlySpan<Value> arguments) =>
        Emit(new CallInstruction(CheckCall(callee, arguments, nameof(Call)), Use(callee), UseAll(arguments)) { KeepAlives = UseAll(CallKeepAlives) }, canRaise: true).Results;

    /// <summary>CALL of a function with one result.</summary>
    public Value CallOne(Value callee, params ReadOnlySpan<Value> arguments)
    {
        var results = Call(callee, arguments);
        return results.Count == 1 ? results[0] : throw new ArgumentException($"CallOne: the callee has {results.Count} results");
    }

    /// <summary>TAILCALL</summary>
    public void TailCall(Value callee, params ReadOnlySpan<Value> arguments) =>
        EndBlock(new TailCallInstruction(CheckCall(callee, arguments, nameof(TailCall)), Use(callee), UseAll(arguments)));

    /// <summary>CCALL: its results.</summary>
    public IReadOnlyList<Value> CCall(NativeConvention convention, Value callee, params ReadOnlySpan<Value> arguments)
    {
        if (callee.Type is not FunctionReferenceType { Kind: TypeKind.UFuncPtr } type) throw new ArgumentException($"CCall: {callee} is no ufuncptr");
        CheckArguments(type.Signature, arguments, nameof(CCall));
        return Emit(new CCallInstruction(convention, type, type.Signature, Use(callee), UseAll(arguments))).Results;
    }

    /// <summary>TRAP: its results.</summary>
    public IReadOnlyList<Value> Trap(MuType[] resultTypes, params ReadOnlySpan<Value> keepAlives) =>
        Emit(new TrapInstruction(resultTypes) { KeepAlives = UseAll(keepAlives) }, canRaise: true).Results;

    /// <summary>A new stack whose bottom frame will be a call of a function.</summary>
    public Value NewStack(Value function) =>
        Emit(new CommonInstruction(CommonOp.NewStack, [], [], [((FunctionReferenceType)function.Type).Signature], Use(function)), canRaise: true).Result;

    /// <summary>SWAPSTACK with RET_WITH and PASS_VALUES: what this frame is resumed with.</summary>
    public IReadOnlyList<Value> SwapStack(Value stack, MuType[] returnTypes, params ReadOnlySpan<Value> values)
    {
        var used = UseAll(values);
        var clause = NewStackClause.PassValues(Array.ConvertAll(used, v => v.Type), used);
        return Emit(new SwapStackInstruction(Use(stack), returnTypes, clause), canRaise: true).Results;
    }

    /// <summary>SWAPSTACK with RET_WITH and THROW_EXC: what this frame is resumed with.</summary>
    public IReadOnlyList<Value> SwapStackThrow(Value stack, MuType[] returnTypes, Value exception) =>
        Emit(new SwapStackInstruction(Use(stack), returnTypes, NewStackClause.ThrowException(Use(exception))), canRaise: true).Results;

    /// <summary>SWAPSTACK with KILL_OLD and PASS_VALUES.</summary>
    public void SwapStackKillOld(Value stack, params ReadOnlySpan<Value> values)
    {
        var used = UseAll(values);
        EndBlock(new SwapStackInstruction(Use(stack), null, NewStackClause.PassValues(Array.ConvertAll(used, v => v.Type), used)));
    }

    /// <summary>SWAPSTACK with KILL_OLD and THROW_EXC.</summary>
    public void SwapStackKillOldThrow(Value stack, Value exception) =>
        EndBlock(new SwapStackInstruction(Use(stack), null, NewStackClause.ThrowException(Use(exception))));

    /// <summary>@uvm.thread_exit</summary>
    public void ThreadExit() => EndBlock(new CommonInstruction(CommonOp.ThreadExit));

    /// <summary>if … then … else …; either part may leave by itself.</summary>
    public void If(Value condition, Action then, Action? otherwise = null)
    {
        var yes = NewLabel("then");
        var end = NewLabel("endif");
        var no = otherwise is null ? end : NewLabel("else");
        Branch(condition, yes, no);
        PlaceSealed(yes);
        then();
        if (otherwise is not null)
        {
            if (IsReachable) Jump(end);
            PlaceSealed(no);
            otherwise();
        }
        if (IsReachable) Jump(end);
        if (end.IsTargeted) PlaceSealed(end);
    }

    /// <summary>while (condition) body. The condition is evaluated at the top of each round.</summary>
    public void While(Func<Value> condition, Action body)
    {
        var head = NewLabel("while");
        var round = NewLabel("body");
        var end = NewLabel("endwhile");
        Place(head);
        Branch(condition(), round, end);
        PlaceSealed(round);
        body();
        if (IsReachable) Jump(head);
        Seal(head);
        PlaceSealed(end);
    }

    private void EndBlock(Instruction terminator)
    {
        terminator.SourceTag = SourceTag;
        Current.Block.Instructions.Add(terminator);
        current = null;
    }

    private static FunctionSignature CheckCall(Value callee, ReadOnlySpan<Value> arguments, string operation)
    {
        if (callee.Type is not FunctionReferenceType { Kind: TypeKind.FuncRef } type) throw new ArgumentException($"{operation}: {callee} is no funcref");
        CheckArguments(type.Signature, arguments, operation);
        return type.Signature;
    }

    private static void CheckArguments(FunctionSignature signature, ReadOnlySpan<Value> arguments, string operation)
    {
        if (arguments.Length != signature.Parameters.Count)
            throw new ArgumentException($"{operation}: the callee has {signature.Parameters.Count} parameters, {arguments.Length} arguments given");
        for (int i = 0; i < arguments.Length; i++) Require(arguments[i], signature.Parameters[i], operation);
    }
}
