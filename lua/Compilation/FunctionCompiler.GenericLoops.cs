using Mu.ClientLib.Building;
using Mu.Core.IR;
using Mu.Core.Types;
using Mu.Lua.Runtime;
using Mu.Lua.Runtime.Operations;
using Mu.Lua.Syntax;

namespace Mu.Lua.Compilation;

// Generic loops (manual §3.3.5). Where the text suggests pairs or ipairs, the loop looks whether the iterator is next, or ipairs' own, and then steps without calling it.
internal sealed partial class FunctionCompiler
{
    /// <summary>The place of the control value among the hidden variables of the loop that begins.</summary>
    private int controlSlot;

    private enum Iterator
    {
        Any,
        Pairs,
        Ipairs,
    }

    private void GenericFor(GenericForStatement s)
    {
        var initial = Adjust(s.Values, 4);
        At(s.At, new OperandNames("for iterator 'for iterator'"));
        var end = b.NewLabel("endfor");
        int scopes = closeScopes.Count, variables = live.Count;
        openBlocks.Add((s, scopes));
        BeginGenericClose(initial[3]);
        var outerVisible = visible;
        foreach (var hidden in initial) controlSlot = DeclareHidden(hidden) - 1;
        var (function, state) = (NewLive(initial[0], "iterator"), NewLive(initial[1], "state"));
        var leave = b.NewLabel("forleave");
        var iterator = s.Variables.Count <= 2 && !isObserved ? IteratorOf(s.Values[0]) : Iterator.Any;
        if (iterator == Iterator.Any) LoopByCalls(s, function, state, initial[2], leave);
        else LoopByPosition(s, function, state, initial[2], leave, iterator);
        visible = outerVisible;
        PlaceIfTargeted(leave);
        while (closeScopes.Count > scopes) EndCloseScope();
        openBlocks.RemoveAt(openBlocks.Count - 1);
        live.RemoveRange(variables, live.Count - variables);
        if (b.IsReachable) b.Jump(end);
        PlaceIfTargeted(end);
    }

    /// <summary>What the iterator probably is, by the names pairs, next and ipairs.</summary>
    private static Iterator IteratorOf(Expression values)
    {
        if (values is not CallExpression call) return IsNamed(values, "next") ? Iterator.Pairs : Iterator.Any;
        return IsNamed(call.Callee, "pairs") ? Iterator.Pairs : IsNamed(call.Callee, "ipairs") ? Iterator.Ipairs : Iterator.Any;
    }

    private void LoopByCalls(GenericForStatement s, Variable function, Variable state, Value first, Label leave)
    {
        var control = NewLive(first, "control");
        var head = b.NewLabel("for");
        int slot = controlSlot;
        var loopVisible = visible;
        BeginLoop(s, head);
        if (isObserved) At(s.At, new OperandNames("for iterator 'for iterator'"));
        var results = CallIterator(function, state, b.Read(control));
        b.BranchIf(f.IsNil(LuaFunctionBuilder.First(results)), leave);
        b.Write(control, LuaFunctionBuilder.First(results));
        if (isObserved) b.Store(SlotOf(slot), b.Read(control));
        ObserveJumpBack();
        for (int i = 0; i < s.Variables.Count; i++) Declare(s.Variables[i], ListItem(results, i));
        Body(s.Body, leave);
        visible = loopVisible;
        if (b.IsReachable) b.Jump(head);
        EndLoop(s, head);
    }

    private IReadOnlyList<Value> CallIterator(Variable function, Variable state, Value control)
    {
        var arguments = f.Arguments(b.Read(function), [b.Read(state), control]);
        return EmitCall(b.Read(function), arguments.AsSpan(1));
    }

    /// <summary>
    /// A loop that has two ways to step, and chooses once: by position in a table, when the iterator and the first control value are those that pairs or ipairs give; else by calls.
    /// </summary>
    private void LoopByPosition(GenericForStatement s, Variable function, Variable state, Value first, Label leave, Iterator iterator)
    {
        var (expected, start) = iterator == Iterator.Pairs
            ? (RootCell.NextFunction, f.Nil)
            : (RootCell.IpairsIterator, b.TagRefWord(TagRef64.FromInt(0)));
        var isKnown = NewLive(b.And(
            b.And(f.Tagged.Same(b.Read(function), b.Load(runtime.State(f, expected))), f.Tagged.Same(first, start)), f.IsTable(b.Read(state))), "isknown");
        var control = NewLive(first, "control");
        var second = NewLive(f.Nil, "second");
        var position = NewLive(b.Int64(0), "position");
        var head = b.NewLabel("for");
        var step = b.NewLabel("for.step");
        var call = b.NewLabel("for.call", cold: true);
        var body = b.NewLabel("for.body");
        BeginLoop(s, head);
        b.Branch(b.Read(isKnown), step, call);

        b.PlaceSealed(call);
        var results = CallIterator(function, state, b.Read(control));
        b.Write(control, LuaFunctionBuilder.First(results));
        b.Write(second, results[2]);
        b.Branch(f.IsNil(b.Read(control)), leave, body);

        b.PlaceSealed(step);
        if (iterator == Iterator.Pairs) StepPairs(b.Read(state), position, control, second, leave);
        else StepIpairs(b.Read(state), position, control, second, leave);
        b.Jump(body);

        b.PlaceSealed(body);
        Declare(s.Variables[0], b.Read(control));
        if (s.Variables.Count == 2) Declare(s.Variables[1], b.Read(second));
        Body(s.Body, leave);
        if (b.IsReachable) b.Jump(head);
        EndLoop(s, head);
    }

    private void StepPairs(Value state, Variable position, Variable key, Variable value, Label leave)
    {
        var next = b.Call(runtime.Functions.NextFrom, f.AsTable(state), b.Read(position));
        b.BranchIf(f.IsNil(next[1]), leave);
        b.Write(position, next[0]);
        b.Write(key, next[1]);
        b.Write(value, next[2]);
    }

    /// <summary>Elements outside of the array part, and absent ones, are looked up as t[i] is, with metamethods.</summary>
    private void StepIpairs(Value state, Variable position, Variable key, Variable value, Label leave)
    {
        var table = f.AsTable(state);
        var index = b.Add(b.Read(position), b.Int64(1));
        b.Write(key, Traversal.EmitIntegerKey(f, index));
        var other = b.NewLabel("ipairs.other", cold: true);
        var found = b.NewLabel("ipairs.found");
        b.Write(value, b.Load(Indexing.EmitArrayLocation(f, table, index, other)));
        b.Branch(f.IsNil(b.Read(value)), other, found);
        b.PlaceSealed(other);
        b.Write(value, b.CallOne(runtime.Functions.Index, state, b.Read(key)));
        b.BranchIf(f.IsNil(b.Read(value)), leave);
        b.PlaceSealed(found);
        b.Write(position, index);
    }
}
