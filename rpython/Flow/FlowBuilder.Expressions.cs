using System.Numerics;
using Mu.RPython.Evaluation;
using Mu.RPython.Objects;
using Mu.RPython.Syntax;

namespace Mu.RPython.Flow;

// Expressions.
internal sealed partial class FlowBuilder
{
    private readonly Dictionary<FlowVariable, Operand[]> tuples = [];

    /// <summary>An expression's value. What is wrong with it is an operation, so that the rest of the function is looked at too.</summary>
    private Operand Evaluate(Expression expression)
    {
        try
        {
            return ValueOf(expression);
        }
        catch (CompileException e) when (current is not null)
        {
            return Emit(OpCode.Wrong, [], detail: e);
        }
    }

    private Operand ValueOf(Expression expression)
    {
        if (expression is not (BoundExpression or LiteralExpression)) line = expression.Line;
        switch (expression)
        {
            case BoundExpression e: return e.Value;
            case LiteralExpression e: return new ConstantOperand(e.Value);
            case NameExpression e: return Name(e.Name);
            case TupleExpression e: return Tuple(Array.ConvertAll(e.Items, Evaluate));
            case ListExpression e: return Emit(OpCode.NewList, Array.ConvertAll(e.Items, Evaluate));
            case DictExpression e:
                var dict = Emit(OpCode.NewDict, []);
                foreach (var (key, value) in e.Entries)
                {
                    var item = Evaluate(value);
                    Emit(OpCode.SetItem, [dict, Evaluate(key), item]);
                }
                return dict;
            case ComprehensionExpression e: return Comprehension(e);
            case UnaryExpression e: return Unary(e.Operator, Evaluate(e.Operand), OpCode.Unary);
            case BinaryExpression { Operator: Operator.Multiply, Left: ListExpression { Items: [var repeated] } } e:
                var filler = Evaluate(repeated);
                return Call(LibraryFunction("rt.lists", "list_fill"), [filler, Evaluate(e.Right)]);
            case BinaryExpression e:
                var left = Evaluate(e.Left);
                if (e.Operator == Operator.Modulo && left is ConstantOperand { Value: string or PyUnicode } format) return Format(format.Value, e.Right);
                return Binary(e.Operator, left, Evaluate(e.Right), isInPlace: false);
            case NotExpression or LogicalExpression { IsAnd: true } or LogicalExpression when IsCondition(expression): return ConditionValue(expression);
            case LogicalExpression e: return Logical(e);
            case ComparisonExpression e: return e.Rest.Length == 1 ? Comparison(e) : ConditionValue(e);
            case ConditionalExpression e: return Conditional(e);
            case LambdaExpression e: return new ConstantOperand(MakeFunction(e.Function));
            case AttributeExpression e: return GetAttribute(Evaluate(e.Object), e.Name);
            case IndexExpression { Index: SliceExpression slice } e:
                var sliced = Evaluate(e.Object);
                if (KnownSlice(sliced, slice) is { } part) return part;
                return Emit(OpCode.GetSlice, [sliced, .. Bounds(slice)]);
            case IndexExpression e:
                var container = Evaluate(e.Object);
                return GetItem(container, Evaluate(e.Index));
            case CallExpression e: return Call(e);
            case YieldExpression e:
                var yielded = e.Value is null ? ConstantOperand.None : Evaluate(e.Value);
                Emit(OpCode.Yield, [yielded]);
                var resumed = graph.NewBlock();
                EndBlock(new JumpEnd(new FlowLink(resumed)));
                current = resumed;
                return ConstantOperand.None;
            default: throw Error($"{expression.GetType().Name} is not RPython");
        }
    }

    private Operand Name(string name)
    {
        if (state.Locals.TryGetValue(name, out var local)) return Defined(local);
        if (function.Node.Scope.Locals.Contains(name)) throw Error($"local variable '{name}' is used before it is bound");
        return new ConstantOperand(Lookup(name) ?? throw Error($"name '{name}' is not defined"));
    }

    /// <summary>A name that is not local.</summary>
    private object? Lookup(string name)
    {
        for (var frame = function.Enclosing; frame is not null; frame = frame.Enclosing)
            if (frame.Names.TryGetValue(name, out var free)) return free;
        return function.Module.Names.TryGetValue(name, out var found) ? found : Builtins.Find(evaluator, name);
    }

    private Operand Tuple(Operand[] items)
    {
        if (Array.TrueForAll(items, i => i is ConstantOperand)) return new ConstantOperand(new PyTuple(Array.ConvertAll(items, i => ((ConstantOperand)i).Value)));
        var tuple = Emit(OpCode.NewTuple, items);
        tuples[(FlowVariable)tuple] = items;
        return tuple;
    }

    /// <summary>A slice of a constant string, or of a tuple of known items.</summary>
    private Operand? KnownSlice(Operand sliced, SliceExpression slice)
    {
        if ((sliced is not ConstantOperand { Value: string or PyUnicode } && KnownItems(sliced) is null) || Bound(slice.Start) is not { } start || Bound(slice.Stop) is not { } stop || Bound(slice.Step) is not { } step) return null;
        var bounds = new PySlice(start, stop, step);
        if (KnownItems(sliced) is not { } items) return new ConstantOperand(HostItems.Get(evaluator, ((ConstantOperand)sliced).Value, bounds));
        var kept = (PyTuple)HostItems.Get(evaluator, new PyTuple([.. Enumerable.Range(0, items.Length).Select(i => (object)(long)i)]), bounds);
        return Tuple(Array.ConvertAll(kept.Items, i => items[(int)(long)i]));

        static object? Bound(Expression? e) => e switch
        {
            null => PyNone.Value,
            LiteralExpression { Value: long } literal => literal.Value,
            UnaryExpression { Operator: Operator.Negate, Operand: LiteralExpression { Value: long negated } } => -negated,
            _ => null,
        };
    }

    private Operand[] Bounds(SliceExpression slice)
    {
        if (slice.Step is not null && Evaluate(slice.Step) is not ConstantOperand { Value: 1L or PyNone }) throw Error("slices with a step are not RPython");
        return [slice.Start is null ? ConstantOperand.None : Evaluate(slice.Start), slice.Stop is null ? ConstantOperand.None : Evaluate(slice.Stop)];
    }

    /// <summary>Whether the operands of and, or, not all are conditions, so that the value is a bool.</summary>
    private static bool IsCondition(Expression e) => e switch
    {
        NotExpression => true,
        ComparisonExpression => true,
        LogicalExpression l => Array.TrueForAll(l.Operands, IsCondition),
        CallExpression { Function: NameExpression { Name: "isinstance" } } => true,
        _ => false,
    };

    /// <summary>A condition as a value.</summary>
    private Operand ConditionValue(Expression condition)
    {
        JoinPoint yes = new(graph), no = new(graph), end = new(graph);
        Branch(condition, yes, no);
        string name = NewTemporary();
        foreach (var (point, value) in new[] { (yes, true), (no, false) })
        {
            Place(point);
            if (current is null) continue;
            state.Locals[name] = new ConstantOperand(value);
            GoTo(end);
        }
        return Take(end, name);
    }

    private Operand Take(JoinPoint end, string name)
    {
        Place(end);
        if (current is null) throw new InvalidOperationException("an expression has no value");
        var result = state.Locals[name];
        state.Locals.Remove(name);
        return result;
    }

    private Operand Logical(LogicalExpression e)
    {
        var end = new JoinPoint(graph);
        string name = NewTemporary();
        foreach (var operand in e.Operands[..^1])
        {
            var next = new JoinPoint(graph);
            Decide(operand, !e.IsAnd, name, end, next);
            Place(next);
            if (current is null) return Take(end, name);
        }
        // Evaluation may go on in another state, which is the one that gets the value.
        var last = Evaluate(e.Operands[^1]);
        state.Locals[name] = last;
        GoTo(end);
        return Take(end, name);
    }

    /// <summary>
    /// An operand of and, or that is not the last: its value is the whole one's if its truth is <paramref name="decides"/>; the next operand is taken otherwise.
    /// In <c>a and b or c</c> a false a is never the value, and its type does not matter (as in CPython's code for it).
    /// </summary>
    private void Decide(Expression operand, bool decides, string name, JoinPoint end, JoinPoint next)
    {
        if (operand is LogicalExpression inner && inner.IsAnd == decides)
        {
            foreach (var part in inner.Operands[..^1])
            {
                var goOn = new JoinPoint(graph);
                Branch(part, decides ? goOn : next, decides ? next : goOn);
                Place(goOn);
                if (current is null) return;
            }
            Decide(inner.Operands[^1], decides, name, end, next);
            return;
        }
        var value = Evaluate(operand);
        var stop = new JoinPoint(graph);
        BranchOn(value, decides ? stop : next, decides ? next : stop);
        Place(stop);
        if (current is null) return;
        state.Locals[name] = value;
        GoTo(end);
    }

    private Operand Conditional(ConditionalExpression e)
    {
        JoinPoint yes = new(graph), no = new(graph), end = new(graph);
        string name = NewTemporary();
        Branch(e.Condition, yes, no);
        foreach (var (point, value) in new[] { (yes, e.Then), (no, e.Else) })
        {
            Place(point);
            if (current is null) continue;
            var result = Evaluate(value);
            state.Locals[name] = result;
            GoTo(end);
        }
        return Take(end, name);
    }

    /// <summary>Branches on a condition; what it says about variables is known on both sides.</summary>
    private void Branch(Expression condition, JoinPoint yes, JoinPoint no)
    {
        switch (condition)
        {
            case NotExpression e: Branch(e.Operand, no, yes); break;
            case LogicalExpression e:
                foreach (var operand in e.Operands[..^1])
                {
                    var next = new JoinPoint(graph);
                    if (e.IsAnd) Branch(operand, next, no);
                    else Branch(operand, yes, next);
                    Place(next);
                    if (current is null) return;
                }
                Branch(e.Operands[^1], yes, no);
                break;
            case ComparisonExpression { Rest.Length: > 1 } e:
                var left = Evaluate(e.First);
                for (int i = 0; i < e.Rest.Length; i++)
                {
                    var right = Evaluate(e.Rest[i].Operand);
                    var result = Compare(e.Rest[i].Operator, left, right);
                    left = right;
                    var next = i + 1 < e.Rest.Length ? new JoinPoint(graph) : yes;
                    BranchOn(result, next, no);
                    if (next == yes) return;
                    Place(next);
                    if (current is null) return;
                }
                break;
            default: BranchOn(Evaluate(condition), yes, no); break;
        }
    }

    private void BranchOn(Operand value, JoinPoint yes, JoinPoint no)
    {
        if (KnownTruth(value) is { } known)
        {
            GoTo(known ? yes : no);
            return;
        }
        // Of a constant (a prebuilt object, whose truth may change) nothing is learnt.
        var fact = value is not FlowVariable variable ? null : facts.TryGetValue(variable, out var found) ? found : new Fact(FactKind.IsTrue, variable, null, false);
        var truth = Emit(OpCode.Truth, [value]);
        FlowBlock yesBlock = graph.NewBlock(), noBlock = graph.NewBlock();
        EndBlock(new BranchEnd(truth, new FlowLink(yesBlock), new FlowLink(noBlock)));
        var before = state;
        StartBlock(yesBlock, before.Copy());
        if (fact is not null) Learn(fact);
        GoTo(yes);
        StartBlock(noBlock, before.Copy());
        if (fact is not null) Learn(fact.Negate());
        GoTo(no);
    }

    private bool? KnownTruth(Operand value) => value switch
    {
        ConstantOperand { Value: PyInstance or PyList or PyDict } => null,
        ConstantOperand c => evaluator.IsTrue(c.Value),
        FlowVariable v when tuples.TryGetValue(v, out var items) => items.Length > 0,
        _ => null,
    };

    /// <summary>Names that hold the fact's subject hold what is known of it from here on.</summary>
    private void Learn(Fact fact)
    {
        if (fact.Kind == FactKind.IsOrdered)
        {
            var (high, low) = fact.IsNegated ? fact.Order.Fails : fact.Order.Holds;
            if (high is FlowVariable subject) Narrow(OpCode.NarrowToAtLeast, subject, [subject, low], null);
            return;
        }
        var (code, detail) = (fact.Kind, fact.IsNegated) switch
        {
            (FactKind.IsInstance, false) => (OpCode.NarrowToInstance, (object?)fact.Class),
            (FactKind.IsNone, false) => (OpCode.NarrowToNone, null),
            (FactKind.IsNone, true) or (FactKind.IsTrue, false) => (OpCode.NarrowToObject, null),
            _ => (OpCode.Not, null),
        };
        if (code != OpCode.Not) Narrow(code, fact.Subject, [fact.Subject], detail);
    }

    private void Narrow(OpCode code, FlowVariable subject, Operand[] operands, object? detail)
    {
        string[] names = [.. state.Locals.Where(p => ReferenceEquals(p.Value, subject)).Select(p => p.Key)];
        if (names.Length == 0) return;
        var narrowed = Emit(code, operands, detail: detail);
        foreach (string name in names) state.Locals[name] = narrowed;
    }

    private Operand Comparison(ComparisonExpression e)
    {
        var left = Evaluate(e.First);
        return Compare(e.Rest[0].Operator, left, Evaluate(e.Rest[0].Operand));
    }

    private Operand Compare(Operator op, Operand left, Operand right)
    {
        if (op is Operator.In or Operator.NotIn && KnownItems(right) is { } items) return AmongItems(left, items, op == Operator.NotIn);
        if (left is ConstantOperand { Value: var a } && right is ConstantOperand { Value: var b } && IsPlain(a) && IsPlain(b) && Fold(() => HostOperators.Compare(evaluator, op, a, b)) is { } known) return known;
        if (op == Operator.NotIn) return Emit(OpCode.Not, [Emit(OpCode.Compare, [left, right], Operator.In)]);
        var result = Emit(OpCode.Compare, [left, right], op);
        if (right is ConstantOperand { Value: PyNone } && left is FlowVariable subject && op is Operator.Is or Operator.IsNot or Operator.Equal or Operator.NotEqual)
            facts[(FlowVariable)result] = new Fact(FactKind.IsNone, (FlowVariable)left, null, op is Operator.IsNot or Operator.NotEqual);
        else if (op is Operator.Less or Operator.LessEqual or Operator.Greater or Operator.GreaterEqual) facts[(FlowVariable)result] = Ordered(op, left, right, (FlowVariable)result);
        return result;
    }

    /// <summary>What an order says. More than -1 is at least 0.</summary>
    private static Fact Ordered(Operator op, Operand left, Operand right, FlowVariable result)
    {
        bool isGreater = op is Operator.Greater or Operator.GreaterEqual, isStrict = op is Operator.Less or Operator.Greater;
        var (high, low) = isGreater ? (left, right) : (right, left);
        return new Fact(FactKind.IsOrdered, result, null, false) { Order = ((high, isStrict ? Above(low) : low), (low, isStrict ? high : Above(high))) };
    }

    private static Operand Above(Operand operand) => operand is ConstantOperand { Value: -1L } ? new ConstantOperand(0L) : operand;

    /// <summary>x in (a, b, c): comparisons one after the other.</summary>
    private Operand AmongItems(Operand value, Operand[] items, bool isNegated)
    {
        JoinPoint yes = new(graph), no = new(graph), end = new(graph);
        string name = NewTemporary();
        foreach (var item in items)
        {
            var next = new JoinPoint(graph);
            BranchOn(Compare(Operator.Equal, value, item), yes, next);
            Place(next);
            if (current is null) break;
        }
        GoTo(no);
        foreach (var (point, found) in new[] { (yes, true), (no, false) })
        {
            Place(point);
            if (current is null) continue;
            state.Locals[name] = new ConstantOperand(found != isNegated);
            GoTo(end);
        }
        return Take(end, name);
    }

    private Operand Unary(Operator op, Operand operand, OpCode code)
    {
        if (operand is ConstantOperand { Value: var value } && IsPlain(value) && FitsWord(HostOperators.Unary(evaluator, op, value)) is { } folded) return folded;
        return Emit(code, [operand], op);
    }

    private Operand Binary(Operator op, Operand left, Operand right, bool isInPlace)
    {
        if (left is ConstantOperand { Value: string or PyUnicode } format && op == Operator.Modulo) return Format(format.Value, new BoundExpression(line, right));
        if (left is ConstantOperand { Value: var a } && right is ConstantOperand { Value: var b } && IsPlain(a) && IsPlain(b) && Fold(() => HostOperators.Binary(evaluator, op, a, b)) is { } folded
            && FitsWord(folded.Value) is { } constant) return constant;
        if (KnownItems(left) is { } first && KnownItems(right) is { } second && op == Operator.Add) return Tuple([.. first, .. second]);
        return Emit(OpCode.Binary, [left, right], op, isInPlace ? "in place" : null);
    }

    /// <summary>A folded constant, unless it is a long that no RPython int holds.</summary>
    private static ConstantOperand? FitsWord(object value) => value is BigInteger ? null : new ConstantOperand(value);

    /// <summary>A result computed now; null when it is an exception, which is left to run time.</summary>
    private static ConstantOperand? Fold(Func<object> compute)
    {
        try
        {
            return new ConstantOperand(compute());
        }
        catch (PyRaise)
        {
            return null;
        }
    }

    /// <summary>Values that never change and whose operations have no effects.</summary>
    private static bool IsPlain(object value) => value is long or BigInteger or bool or double or Complex or string or PyUnicode or PyNone or PyFixedInteger or PyClass or PyFunction or PyBuiltin
        || (value is PyTuple t && Array.TrueForAll(t.Items, IsPlain)) || IsFrozen(value);

    private static bool IsFrozen(object value) => value is PyInstance i && i.Class.Find("_freeze_") is not null;

    private static bool IsFoldableOwner(object value) => value is Complex or PyModule or PyClass or PyFunction or PyBuiltin || (value is PyMethod m && (m.Self is null || IsFoldableOwner(m.Self))) || IsFrozen(value);

    private Operand GetAttribute(Operand owner, string name)
    {
        if (owner is ConstantOperand { Value: var value } && IsFoldableOwner(value))
            return HostAttributes.TryGet(evaluator, value, name, out var found) ? new ConstantOperand(found) : throw Error($"{HostText.Repr(value)} has no attribute '{name}'");
        return Emit(OpCode.GetAttribute, [owner], detail: name);
    }

    private Operand GetItem(Operand container, Operand index)
    {
        if (KnownItems(container) is { } items && index is ConstantOperand { Value: long at } && at >= -items.Length && at < items.Length) return items[at < 0 ? at + items.Length : at];
        if (container is ConstantOperand { Value: string or PyUnicode } text && index is ConstantOperand { Value: long } position && Fold(() => HostItems.Get(evaluator, text.Value, position.Value)) is { } character) return character;
        return Emit(OpCode.GetItem, [container, index]);
    }
}
