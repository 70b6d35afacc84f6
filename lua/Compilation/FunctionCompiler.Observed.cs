using Mu.ClientLib.Building;
using Mu.Core.IR;
using Mu.Core.Types;
using Mu.Lua.Runtime;
using Mu.Lua.Runtime.Operations;
using Mu.Lua.Scoping;
using Mu.Lua.Syntax;

namespace Mu.Lua.Compilation;

// Functions as debug observes them: locals are in an array that calls keep alive, and every operation looks whether a hook is set. Others have nothing of this.
internal sealed partial class FunctionCompiler
{
    private readonly bool isObserved;
    private readonly HashSet<int> activeLines = [];
    private Value? frame;
    private Variable? lastLine;
    private VisibleLocal? visible;
    private int usedSlots;

    /// <summary>Makes the array of locals: element 0 says whether the function was called by a tail call, local i is element i + 1, and hidden variables of loops follow.</summary>
    private void BeginObservation()
    {
        if (!isObserved) return;
        usedSlots = 1 + (node.Locals.Count == 0 ? 0 : node.Locals.Max(local => local.Index) + 1);
        frame = b.NewHybrid(LuaTypes.Values, b.Int64(usedSlots + HiddenVariables.In(node.Body)));
        lastLine = b.NewVariable(b.Int64(-1), "line");
        b.CallKeepAlives = [Self, frame];
        b.Store(f.Item(frame, b.Int64(0)), f.Boolean(b.Eq(b.Load(runtime.State(f, RootCell.TailCalled)), b.Int64(1))));
        b.Store(runtime.State(f, RootCell.TailCalled), b.Int64(0));
    }

    /// <summary>The call event, once the parameters are there.</summary>
    private void ObserveEntry()
    {
        if (!isObserved) return;
        if (varargs is not null) b.CallKeepAlives = [.. b.CallKeepAlives, b.Read(varargs)];
        WhenHooked(HookMask.Call, () =>
        {
            var isTail = f.Tagged.Same(b.Load(f.Item(frame!, b.Int64(0))), f.True);
            b.Call(runtime.Functions.HookFire, b.Select(isTail, b.Int64((long)HookEvent.TailCall), b.Int64((long)HookEvent.Call)), f.Nil);
        });
        // Without lines there is one line event, for the first instruction.
        if (prototype.IsStripped) WhenHooked(HookMask.Line, () => b.Call(runtime.Functions.HookFire, b.Int64((long)HookEvent.Line), f.Nil));
    }

    /// <summary>The return event.</summary>
    private void ObserveReturn()
    {
        if (isObserved) WhenHooked(HookMask.Return, () => b.Call(runtime.Functions.HookFire, b.Int64((long)HookEvent.Return), f.Nil));
    }

    /// <summary>A statement's first instruction, where that is not of an expression which tells its own line.</summary>
    private void ObserveBegin(Statement statement)
    {
        var first = statement switch
        {
            LocalStatement s => s.Values.FirstOrDefault(),
            AssignStatement { Targets: [LocalExpression or UpvalueExpression] or { Count: > 1 } } s => s.Values[0],
            CallStatement { Call: CallExpression call } => call.Callee,
            ReturnStatement { Values: [CallExpression call] } => call.Callee,
            ReturnStatement s => s.Values.FirstOrDefault(),
            _ => null,
        };
        if (first is { IsLeaf: true }) At(first.At);
        else if (statement is BreakStatement or GotoStatement) At(statement.At);
    }

    /// <summary>A value that PUC puts into a register: in an observed function a constant or local there is an instruction.</summary>
    private Value InRegister(Expression expression)
    {
        if (isObserved && expression.IsLeaf) At(expression.At);
        return Expression(expression);
    }

    /// <summary>Count and line events of an instruction of a line.</summary>
    private void ObserveLine(int line)
    {
        if (prototype.IsStripped) line = -1;
        else activeLines.Add(line);
        if (!isObserved || lastLine is null || !b.IsReachable) return;
        WhenHooked(HookMask.Line | HookMask.Count, () => b.Call(runtime.Functions.HookPoint, b.Int64(line), b.Read(lastLine!)));
        b.Write(lastLine!, b.Int64(line));
    }

    /// <summary>A jump back: the line behind it is a new one even if it is the same. It counts, but where one instruction does it and all else at the end of a loop.</summary>
    private void ObserveJumpBack(bool counts = true)
    {
        if (!isObserved || !b.IsReachable) return;
        if (counts) WhenHooked(HookMask.Count, () => b.Call(runtime.Functions.HookPoint, b.Read(lastLine!), b.Read(lastLine!)));
        b.Write(lastLine!, b.Int64(-1));
    }

    private void WhenHooked(HookMask kinds, Action then)
    {
        var mask = b.LoadField(b.Load(runtime.State(f, RootCell.Current)), LuaTypes.CoroutineHookMask);
        var hooked = b.NewLabel("hooked", cold: true);
        var go = b.NewLabel("go");
        b.Branch(b.Eq(b.And(mask, b.Int64((long)kinds)), b.Int64(0)), go, hooked);
        b.PlaceSealed(hooked);
        then();
        b.Jump(go);
        b.PlaceSealed(go);
    }

    /// <summary>A call; in an observed function with events for library functions, which have none of their own.</summary>
    private IReadOnlyList<Value> EmitCall(Value callee, ReadOnlySpan<Value> list)
    {
        if (isObserved) return b.Call(runtime.Functions.HookedCall, [callee, .. list]);
        return tier == Tier.Compact ? b.Call(runtime.Functions.CallValue, [callee, .. list]) : Runtime.Operations.Calls.EmitCallList(f, runtime, callee, list);
    }

    /// <summary>A tail call; of a library function a call, as always.</summary>
    private void ObservedTailCall(Value callee, IReadOnlyList<Value> list)
    {
        var tail = b.NewLabel("tail");
        var call = b.NewLabel("tail.call");
        b.Branch(b.Eq(b.CCall(NativeConvention.Runtime, runtime.Leaves.IsProgramFunction, callee)[0], b.Int64(1)), tail, call);
        b.PlaceSealed(tail);
        b.Store(runtime.State(f, RootCell.TailCalled), b.Int64(1));
        var function = f.AsFunction(callee);
        b.TailCall(f.CodeOf(function), [function, .. list]);
        b.PlaceSealed(call);
        Value[] results = [.. EmitCall(callee, [.. list])];
        ObserveReturn();
        b.Return(results);
    }

    private Value SlotOf(int slot) => f.Item(frame!, b.Int64(slot));

    private void DeclareObserved(LocalVariable local, Value value)
    {
        int slot = local.Index + 1;
        b.Store(SlotOf(slot), local.NeedsCell ? f.Tagged.FromRef(NewCell(value), LuaTag.Cell) : value);
        visible = new VisibleLocal(local.Name, slot, visible);
    }

    /// <summary>A variable of a loop that has no name in the program; its value is for debug alone.</summary>
    private int DeclareHidden(Value value)
    {
        if (!isObserved) return 0;
        int slot = usedSlots++;
        b.Store(SlotOf(slot), value);
        visible = new VisibleLocal("(for state)", slot, visible);
        return slot;
    }
}

/// <summary>A local variable that is in scope at an instruction, and those declared before it.</summary>
internal sealed class VisibleLocal(string name, int slot, VisibleLocal? outer)
{
    public string Name { get; } = name;

    /// <summary>Its place in the frame's array.</summary>
    public int Slot { get; } = slot;

    public VisibleLocal? Outer { get; } = outer;

    public int Count { get; } = (outer?.Count ?? 0) + 1;

    /// <summary>Variable number <paramref name="n"/> of those up to this one, from 1; null when there are fewer.</summary>
    public VisibleLocal? Find(long n)
    {
        if (n < 1 || n > Count) return null;
        var local = this;
        while (local!.Count > n) local = local.Outer;
        return local;
    }
}

/// <summary>Counts the hidden variables of loops: three of a numeric one, four of a generic one (manual §3.3.5).</summary>
internal static class HiddenVariables
{
    public static int In(Block block) => block.Statements.Sum(In);

    private static int In(Statement statement) => statement switch
    {
        NumericForStatement s => 3 + In(s.Body),
        GenericForStatement s => 4 + In(s.Body),
        DoStatement s => In(s.Body),
        WhileStatement s => In(s.Body),
        RepeatStatement s => In(s.Body),
        IfStatement s => s.Clauses.Sum(clause => In(clause.Body)) + (s.Otherwise is null ? 0 : In(s.Otherwise)),
        _ => 0,
    };
}
