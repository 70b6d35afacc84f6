using Mu.RPython.Objects;
using Mu.RPython.Syntax;

namespace Mu.RPython.Evaluation;

// Expressions.
internal sealed partial class Evaluator
{
    public object Evaluate(Expression expression)
    {
        switch (expression)
        {
            case LiteralExpression e: return e.Value;
            case NameExpression e: return Name(e);
            case TupleExpression e: return new PyTuple(Array.ConvertAll(e.Items, Evaluate));
            case ListExpression e: return new PyList(Array.ConvertAll(e.Items, Evaluate));
            case SetExpression e: return new PySet(Array.ConvertAll(e.Items, Evaluate));
            case DictExpression e:
                var dict = new PyDict();
                foreach (var (key, value) in e.Entries) dict.Items[Evaluate(key)] = Evaluate(value);
                return dict;
            case ComprehensionExpression e: return Comprehension(e);
            case UnaryExpression e: return HostOperators.Unary(this, e.Operator, Evaluate(e.Operand));
            case BinaryExpression e: return HostOperators.Binary(this, e.Operator, Evaluate(e.Left), Evaluate(e.Right));
            case NotExpression e: return !IsTrue(Evaluate(e.Operand));
            case LogicalExpression e: return Logical(e);
            case ComparisonExpression e: return Comparison(e);
            case ConditionalExpression e: return Evaluate(IsTrue(Evaluate(e.Condition)) ? e.Then : e.Else);
            case LambdaExpression e: return MakeFunction(e.Function);
            case AttributeExpression e: return HostAttributes.Get(this, Evaluate(e.Object), e.Name);
            case IndexExpression e: return HostItems.Get(this, Evaluate(e.Object), Evaluate(e.Index));
            case SliceExpression e: return new PySlice(OrNone(e.Start), OrNone(e.Stop), OrNone(e.Step));
            case CallExpression e: return Call(e);
            case YieldExpression e:
                (frames.Peek().Yielded ?? throw new InvalidOperationException($"{Here}: yield outside of a function")).Add(OrNone(e.Value));
                return PyNone.Value;
            default: throw new InvalidOperationException($"no rule for {expression.GetType().Name}");
        }
    }

    private object OrNone(Expression? expression) => expression is null ? PyNone.Value : Evaluate(expression);

    private object Name(NameExpression e) =>
        frames.Peek().TryFind(this, e.Name, out var value) ? value : throw Raise("NameError", $"name '{e.Name}' is not defined");

    private object Logical(LogicalExpression e)
    {
        object value = PyNone.Value;
        foreach (var operand in e.Operands)
        {
            value = Evaluate(operand);
            if (IsTrue(value) != e.IsAnd) return value;
        }
        return value;
    }

    private object Comparison(ComparisonExpression e)
    {
        var left = Evaluate(e.First);
        object result = true;
        foreach (var (op, operand) in e.Rest)
        {
            var right = Evaluate(operand);
            result = HostOperators.Compare(this, op, left, right);
            if (!IsTrue(result)) return result;
            left = right;
        }
        return result;
    }

    private object Call(CallExpression e)
    {
        var callee = Evaluate(e.Function);
        List<object> arguments = [.. e.Arguments.Select(Evaluate)];
        if (e.Star is not null) arguments.AddRange(Iterate(Evaluate(e.Star)));
        Dictionary<string, object>? keywords = null;
        foreach (var (name, value) in e.Keywords) (keywords ??= [])[name] = Evaluate(value);
        if (e.DoubleStar is not null)
            foreach (var (name, value) in ((PyDict)Evaluate(e.DoubleStar)).Items) (keywords ??= [])[(string)name] = value;
        frames.Peek().Line = e.Line;
        return Call(callee, [.. arguments], keywords);
    }

    private object Comprehension(ComprehensionExpression e)
    {
        var items = new List<object>();
        var dict = new PyDict();
        var outer = frames.Peek();
        // Only list comprehensions bind their variables in the function around them (Python 2).
        bool isScoped = e.Kind != ComprehensionKind.List;
        if (isScoped) frames.Push(new Frame(outer.Module, [], outer.Scope is null && outer.Names != outer.Module.Names ? outer : outer.ForInner ?? outer, FunctionScope.Of(new FunctionNode(e.Line, "<comprehension>", [], null, null, []))) { Line = e.Line });
        Clause(0);
        if (isScoped) frames.Pop();
        return e.Kind switch { ComprehensionKind.Dict => dict, ComprehensionKind.Set => new PySet(items), _ => new PyList(items) };

        void Clause(int index)
        {
            if (index == e.Clauses.Length)
            {
                if (e.Kind == ComprehensionKind.Dict) dict.Items[Evaluate(e.Element)] = Evaluate(e.Value!);
                else items.Add(Evaluate(e.Element));
                return;
            }
            var clause = e.Clauses[index];
            foreach (var item in Iterate(Evaluate(clause.Source)))
            {
                Assign(clause.Target, item);
                if (clause.Conditions.All(c => IsTrue(Evaluate(c)))) Clause(index + 1);
            }
        }
    }

    public bool IsTrue(object value)
    {
        switch (value)
        {
            case bool b: return b;
            case PyNone: return false;
            case long i: return i != 0;
            case System.Numerics.BigInteger b: return !b.IsZero;
            case PyFixedInteger f: return f.Bits != 0;
            case double d: return d != 0;
            case System.Numerics.Complex c: return c != 0;
            case string s: return s.Length > 0;
            case PyUnicode u: return u.Text.Length > 0;
            case PyTuple t: return t.Items.Length > 0;
            case PyList l: return l.Items.Count > 0;
            case PyDict d: return d.Items.Count > 0;
            case PySet s: return s.Items.Count > 0;
            case PyInstance i when i.Class.Find("__nonzero__") is { } nonzero: return IsTrue(Call(nonzero, i));
            case PyInstance i when i.Class.Find("__len__") is { } length: return IsTrue(Call(length, i));
            default: return true;
        }
    }

    public string ToStr(object value) => value is PyInstance i && (i.Class.Find("__str__") ?? i.Class.Find("__repr__")) is { } str ? (string)Call(str, i) : HostText.Str(value);

    public string ToRepr(object value) => value is PyInstance i && i.Class.Find("__repr__") is { } repr ? (string)Call(repr, i) : HostText.Repr(value);

    public IEnumerable<object> Iterate(object value)
    {
        switch (value)
        {
            case PyTuple t: return t.Items;
            case PyList l: return IterateList(l);
            case PyDict d: return d.Items.Keys.ToArray();
            case PySet s: return s.Items.ToArray();
            case string s: return s.Select(c => (object)c.ToString());
            case PyUnicode u: return u.Text.Select(c => (object)new PyUnicode(c.ToString()));
            case PyUnrolling u: return u.Items;
            case PyIterator i: return i.Rest();
            case PyInstance i when i.Class.Find("__iter__") is { } iterate:
                var iterator = Call(iterate, i);
                return iterator is PyInstance made ? IterateNext(made) : Iterate(iterator);
            case PyInstance i when i.Class.Find("next") is not null: return IterateNext(i);
            default: throw Raise("TypeError", $"{HostText.Repr(value)} is not iterable");
        }
    }

    private static IEnumerable<object> IterateList(PyList list)
    {
        for (int i = 0; i < list.Items.Count; i++) yield return list.Items[i];
    }

    private IEnumerable<object> IterateNext(PyInstance iterator)
    {
        while (true)
        {
            object item;
            try
            {
                item = Call(iterator.Class.Find("next")!, iterator);
            }
            catch (PyRaise e) when (e.Value.Class.IsSubclassOf(BuiltinTypes.Exception("StopIteration")))
            {
                yield break;
            }
            yield return item;
        }
    }
}
