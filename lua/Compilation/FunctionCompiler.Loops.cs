using Mu.ClientLib.Building;
using Mu.Core.IR;
using Mu.Core.Types;
using Mu.Lua.Runtime.Operations;
using Mu.Lua.Syntax;

namespace Mu.Lua.Compilation;

// Loops.
internal sealed partial class FunctionCompiler
{
    /// <summary>Where break leads, of the loops around, with the number of open close scopes there.</summary>
    private readonly Stack<(Label Label, int Scopes)> loops = new();

    private void While(WhileStatement s)
    {
        var head = b.NewLabel("while");
        var body = b.NewLabel("body");
        var end = b.NewLabel("endwhile");
        Mark(s.At);
        BeginLoop(s, head);
        Branch(s.Condition, body, end);
        PlaceIfTargeted(body);
        Body(s.Body, end);
        ObserveJumpBack();
        if (b.IsReachable) b.Jump(head);
        EndLoop(s, head);
        PlaceIfTargeted(end);
    }

    private void Repeat(RepeatStatement s)
    {
        var outerVisible = visible;
        var head = b.NewLabel("repeat");
        var end = b.NewLabel("until");
        Mark(s.At);
        BeginLoop(s, head);
        int variables = live.Count;
        loops.Push((end, closeScopes.Count));
        int scopes = closeScopes.Count;
        openBlocks.Add((s.Body, scopes));
        foreach (var statement in s.Body.Statements)
            if (statement is LabelStatement label) labelBlocks[label.Label] = s.Body;
        foreach (var statement in s.Body.Statements)
            if (b.IsReachable || statement is LabelStatement) Statement(statement, s.Body);
        if (b.IsReachable)
        {
            // The condition sees the body's locals, whose closing comes after it on both ways.
            var leave = b.NewLabel("leave");
            var again = b.NewLabel("again");
            Branch(s.Condition, leave, again);
            PlaceIfTargeted(again);
            if (b.IsReachable)
            {
                CloseDownTo(scopes);
                ObserveJumpBack();
                b.Jump(head);
            }
            PlaceIfTargeted(leave);
        }
        while (closeScopes.Count > scopes) EndCloseScope();
        visible = outerVisible;
        openBlocks.RemoveAt(openBlocks.Count - 1);
        live.RemoveRange(variables, live.Count - variables);
        loops.Pop();
        EndLoop(s, head);
        PlaceIfTargeted(end);
    }

    private void Body(Block block, Label end)
    {
        if (!b.IsReachable) return;
        loops.Push((end, closeScopes.Count));
        Statements(block);
        loops.Pop();
    }

    /// <summary>
    /// A numeric loop. The common case, small integers, counts iterations beforehand as the manual says (§3.3.5), so that the control variable cannot overflow.
    /// Float loops and wide integers step through a leaf.
    /// </summary>
    private void NumericFor(NumericForStatement s)
    {
        var start = InRegister(s.Start);
        var limit = InRegister(s.Limit);
        // A step that is not written is an instruction too.
        if (isObserved && s.Step is null) At(s.Do);
        var step = s.Step is null ? b.TagRefWord(TagRef64.FromInt(1)) : InRegister(s.Step);
        At(s.Do);
        var outerVisible = visible;
        foreach (var hidden in (Value[])[start, limit, step]) DeclareHidden(hidden);
        var loopVisible = visible;
        var end = b.NewLabel("endfor");
        int variables = live.Count;
        var index = b.NewVariable(IntType.I64, "index");
        var remaining = b.NewVariable(IntType.I64, "remaining");
        var bound = b.NewVariable(limit, "limit");
        // With literal start and step nothing but small integers can come: no flag is carried through the loop, and the value is the index.
        bool isIntegral = IsSmallLiteral(s.Start) && (s.Step is null || IsSmallLiteral(s.Step));
        var stepped = isIntegral ? null : new SteppedControl(b.NewVariable(Runtime.LuaTypes.Value, "control"), b.NewVariable(b.Bool(true), "fast"));
        PrepareFor(start, bound, step, index, remaining, stepped, end);
        var stride = step is Constant ? null : NewLive(step, "step");
        live.AddRange([bound, index, remaining]);
        if (stepped is not null) live.AddRange([stepped.Value, stepped.IsFast]);

        var head = b.NewLabel("for");
        BeginLoop(s, head);
        Declare(s.Variable, stepped is null ? SmallInteger(b.Read(index)) : b.Read(stepped.Value));
        Body(s.Body, end);
        visible = loopVisible;
        if (b.IsReachable)
        {
            At(s.At);
            NextFor(bound, stride is null ? step : b.Read(stride), index, remaining, stepped, head, end);
        }
        live.RemoveRange(variables, live.Count - variables);
        EndLoop(s, head);
        visible = outerVisible;
        PlaceIfTargeted(end);
    }

    /// <summary>What a loop has that may step through the leaf: its value, and whether it counts small integers after all.</summary>
    private sealed record SteppedControl(Variable Value, Variable IsFast);

    private static bool IsSmallLiteral(Expression e) => e switch
    {
        IntegerExpression i => Math.Abs(i.Value) < 1L << 50,
        UnaryExpression { Operator: UnaryOperator.Negate } negate => IsSmallLiteral(negate.Operand),
        _ => false,
    };

    private void PrepareFor(Value start, Variable bound, Value step, Variable index, Variable remaining, SteppedControl? stepped, Label end)
    {
        var slow = b.NewLabel("for.slow", cold: true);
        var count = b.NewLabel("for.count");
        b.BranchUnless(f.Tagged.BothInt(start, step), slow);
        b.BranchUnless(f.Tagged.IsInt(b.Read(bound)), slow);
        b.BranchIf(f.Tagged.Same(step, b.TagRefWord(TagRef64.FromInt(0))), slow);
        b.Jump(count);

        // Status 0: the loop is not entered. 1: the values step through the leaf. 2: an error. 3: small integers after all, with another limit.
        b.PlaceSealed(slow);
        var prepared = b.CCall(NativeConvention.Runtime, runtime.Leaves.ForPrepare, start, b.Read(bound), step);
        var entered = b.NewLabel("for.entered");
        var stepping = b.NewLabel("for.stepping");
        var other = b.NewLabel("for.other");
        var failed = b.NewLabel("for.failed");
        var clipped = b.NewLabel("for.clipped");
        b.Branch(b.Eq(prepared[1], b.Int64(0)), end, entered);
        b.PlaceSealed(entered);
        b.Branch(b.Eq(prepared[1], b.Int64(1)), stepping, other);
        b.PlaceSealed(other);
        b.Branch(b.Eq(prepared[1], b.Int64(2)), failed, clipped);
        b.PlaceSealed(failed);
        Errors.EmitRaise(f, runtime, prepared[0]);
        b.PlaceSealed(clipped);
        b.Write(bound, prepared[0]);
        b.Jump(count);

        b.PlaceSealed(count);
        var first = f.Tagged.ToInt64(start);
        var last = f.Tagged.ToInt64(b.Read(bound));
        var stride = f.Tagged.ToInt64(step);
        b.Write(index, first);
        if (stepped is not null)
        {
            b.Write(stepped.Value, start);
            b.Write(stepped.IsFast, b.Bool(true));
        }
        var up = b.NewLabel("for.up");
        var down = b.NewLabel("for.down");
        var enter = b.NewLabel("for.enter");
        b.Branch(b.Compare(CompareOp.Sgt, stride, b.Int64(0)), up, down);
        b.PlaceSealed(up);
        b.BranchIf(b.Compare(CompareOp.Sgt, first, last), end);
        b.Write(remaining, b.Binary(BinaryOp.UDiv, b.Sub(last, first), stride));
        b.Jump(enter);
        b.PlaceSealed(down);
        b.BranchIf(b.Compare(CompareOp.Slt, first, last), end);
        b.Write(remaining, b.Binary(BinaryOp.UDiv, b.Sub(first, last), b.Sub(b.Int64(0), stride)));
        b.Jump(enter);

        b.PlaceSealed(stepping);
        if (stepped is null)
        {
            // Unreachable: a limit beyond 52 bits has been clipped by the leaf.
            b.Throw(b.Null(WellKnownTypes.RefVoid));
            b.PlaceSealed(enter);
            return;
        }
        b.Write(index, b.Int64(0));
        b.Write(remaining, b.Int64(0));
        b.Write(stepped.Value, prepared[0]);
        b.Write(stepped.IsFast, b.Bool(false));
        b.PlaceSealed(enter);
    }

    private Value SmallInteger(Value integer) => f.Tagged.FromInt(b.Convert(ConvertOp.Trunc, IntType.I52, integer));

    private void NextFor(Variable bound, Value step, Variable index, Variable remaining, SteppedControl? stepped, Label head, Label end)
    {
        var slow = b.NewLabel("next.slow", cold: true);
        if (stepped is not null) b.BranchUnless(b.Read(stepped.IsFast), slow);
        b.BranchIf(b.Eq(b.Read(remaining), b.Int64(0)), end);
        b.Write(remaining, b.Sub(b.Read(remaining), b.Int64(1)));
        b.Write(index, b.Add(b.Read(index), f.Tagged.ToInt64(step)));
        if (stepped is not null) b.Write(stepped.Value, SmallInteger(b.Read(index)));
        ObserveJumpBack(counts: false);
        b.Jump(head);
        if (stepped is null) return;
        b.PlaceSealed(slow);
        var next = b.CCall(NativeConvention.Runtime, runtime.Leaves.ForNext, b.Read(stepped.Value), b.Read(bound), step);
        b.BranchIf(b.Eq(next[1], b.Int64(0)), end);
        b.Write(stepped.Value, next[0]);
        ObserveJumpBack(counts: false);
        b.Jump(head);
    }
}
