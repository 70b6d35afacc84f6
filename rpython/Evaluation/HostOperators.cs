using System.Numerics;
using Mu.RPython.Objects;
using Mu.RPython.Syntax;

namespace Mu.RPython.Evaluation;

/// <summary>Operators on host objects.</summary>
internal static class HostOperators
{
    private static readonly Dictionary<Operator, string> SpecialNames = new()
    {
        [Operator.Add] = "add", [Operator.Subtract] = "sub", [Operator.Multiply] = "mul", [Operator.Divide] = "div", [Operator.FloorDivide] = "floordiv",
        [Operator.Modulo] = "mod", [Operator.Power] = "pow", [Operator.ShiftLeft] = "lshift", [Operator.ShiftRight] = "rshift", [Operator.And] = "and",
        [Operator.Or] = "or", [Operator.Xor] = "xor", [Operator.Negate] = "neg", [Operator.Plus] = "pos", [Operator.Invert] = "invert", [Operator.Less] = "lt",
        [Operator.LessEqual] = "le", [Operator.Greater] = "gt", [Operator.GreaterEqual] = "ge", [Operator.Equal] = "eq", [Operator.NotEqual] = "ne",
    };

    public static string SpecialName(Operator op) => SpecialNames[op];

    public static object Unary(Evaluator e, Operator op, object value)
    {
        switch (value)
        {
            case double d: return op == Operator.Negate ? -d : d;
            case Complex c when op != Operator.Invert: return op == Operator.Negate ? -c : c;
            case PyFixedInteger f:
                var big = HostNumbers.ToBig(f);
                return HostNumbers.Fix(f.Kind, op == Operator.Negate ? -big : op == Operator.Invert ? -big - 1 : big);
            case PyInstance i when i.Class.Find($"__{SpecialNames[op]}__") is { } method: return e.Call(method, i);
        }
        if (!HostNumbers.IsInteger(value)) throw Evaluator.Raise("TypeError", $"bad operand type for unary {SpecialNames[op]}: {HostText.Repr(value)}");
        var n = HostNumbers.ToBig(value);
        return HostNumbers.Normalize(op == Operator.Negate ? -n : op == Operator.Invert ? -n - 1 : n);
    }

    public static object Binary(Evaluator e, Operator op, object a, object b)
    {
        if (HostNumbers.IsNumber(a) && HostNumbers.IsNumber(b)) return a is double || b is double ? Floats(op, HostNumbers.ToDouble(a), HostNumbers.ToDouble(b)) : Integers(op, a, b);
        switch (a, b)
        {
            case (Complex, Complex or double or long or bool or BigInteger) or (double or long or bool or BigInteger, Complex): return Complexes(op, HostNumbers.ToComplex(a), HostNumbers.ToComplex(b));
            case (PyFixedInteger x, PyFixedInteger or long or bool or BigInteger): return HostNumbers.Fix(x.Kind, Whole(op, HostNumbers.ToBig(x), HostNumbers.ToBig(b)));
            case (long or bool or BigInteger, PyFixedInteger y): return HostNumbers.Fix(y.Kind, Whole(op, HostNumbers.ToBig(a), HostNumbers.ToBig(y)));
            case (PyFixedInteger x, double y): return Floats(op, HostNumbers.ToDouble(x), y);
            case (double x, PyFixedInteger y): return Floats(op, x, HostNumbers.ToDouble(y));
            case (string s, _) when op == Operator.Modulo: return HostFormat.Format(e, s, b);
            case (PyUnicode u, _) when op == Operator.Modulo: return new PyUnicode(HostFormat.Format(e, u.Text, b));
            case (string x, string y) when op == Operator.Add: return x + y;
            case (PyUnicode or string, PyUnicode or string) when op == Operator.Add: return new PyUnicode(a.ToString() + b);
            case (string x, long n) when op == Operator.Multiply: return string.Concat(Enumerable.Repeat(x, (int)Math.Max(0, n)));
            case (long n, string x) when op == Operator.Multiply: return string.Concat(Enumerable.Repeat(x, (int)Math.Max(0, n)));
            case (PyUnicode x, long n) when op == Operator.Multiply: return new PyUnicode(string.Concat(Enumerable.Repeat(x.Text, (int)Math.Max(0, n))));
            case (PyTuple x, PyTuple y) when op == Operator.Add: return new PyTuple([.. x.Items, .. y.Items]);
            case (PyTuple x, long n) when op == Operator.Multiply: return new PyTuple([.. Enumerable.Repeat(x.Items, (int)Math.Max(0, n)).SelectMany(i => i)]);
            case (PyList x, PyList y) when op == Operator.Add: return new PyList(x.Items.Concat(y.Items));
            case (PyList x, long n) when op == Operator.Multiply: return new PyList(Enumerable.Repeat(x.Items, (int)Math.Max(0, n)).SelectMany(i => i));
            case (long n, PyList x) when op == Operator.Multiply: return new PyList(Enumerable.Repeat(x.Items, (int)Math.Max(0, n)).SelectMany(i => i));
            case (PySet x, PySet y): return Sets(op, x, y);
        }
        if (a is PyInstance i && i.Class.Find($"__{SpecialNames[op]}__") is { } method) return e.Call(method, i, b);
        if (b is PyInstance j && j.Class.Find($"__r{SpecialNames[op]}__") is { } reflected) return e.Call(reflected, j, a);
        throw Evaluator.Raise("TypeError", $"unsupported operands for {SpecialNames[op]}: {HostText.Repr(a)} and {HostText.Repr(b)}");
    }

    public static object Compare(Evaluator e, Operator op, object a, object b)
    {
        switch (op)
        {
            case Operator.Is: return IsSame(a, b);
            case Operator.IsNot: return !IsSame(a, b);
            case Operator.In: return HostItems.Contains(e, b, a);
            case Operator.NotIn: return !HostItems.Contains(e, b, a);
        }
        if (a is PyInstance i && i.Class.Find($"__{SpecialNames[op]}__") is { } method) return e.Call(method, i, b);
        if (op == Operator.Equal) return AreEqual(e, a, b);
        if (op == Operator.NotEqual) return !AreEqual(e, a, b);
        int order = Order(e, a, b);
        return op switch { Operator.Less => order < 0, Operator.LessEqual => order <= 0, Operator.Greater => order > 0, _ => order >= 0 };
    }

    public static bool AreEqual(Evaluator e, object a, object b)
    {
        if (a is PyInstance i && i.Class.Find("__eq__") is { } eq) return e.IsTrue(e.Call(eq, i, b));
        return HostEquality.Instance.Equals(a, b);
    }

    /// <summary>Negative, zero or positive, as cmp gives.</summary>
    public static int Order(Evaluator e, object a, object b)
    {
        if (a is string or PyUnicode && b is string or PyUnicode) return string.CompareOrdinal(a.ToString(), b.ToString());
        if ((HostNumbers.IsInteger(a) || a is PyFixedInteger) && (HostNumbers.IsInteger(b) || b is PyFixedInteger)) return HostNumbers.ToBig(a).CompareTo(HostNumbers.ToBig(b));
        if (HostNumbers.IsNumber(a) && HostNumbers.IsNumber(b)) return HostNumbers.ToDouble(a).CompareTo(HostNumbers.ToDouble(b));
        if (Items(a) is { } x && Items(b) is { } y)
        {
            for (int i = 0; i < x.Count && i < y.Count; i++)
                if (!AreEqual(e, x[i], y[i])) return Order(e, x[i], y[i]);
            return x.Count.CompareTo(y.Count);
        }
        if (a is PyInstance instance && instance.Class.Find("__lt__") is { } less) return e.IsTrue(e.Call(less, a, b)) ? -1 : AreEqual(e, a, b) ? 0 : 1;
        if (a is PyInstance other && other.Class.Find("__cmp__") is { } cmp) return (int)(long)e.Call(cmp, a, b);
        return string.CompareOrdinal(BuiltinTypes.Of(a).Name, BuiltinTypes.Of(b).Name);
    }

    private static IReadOnlyList<object>? Items(object value) => value switch { PyTuple t => t.Items, PyList l => l.Items, _ => null };

    private static bool IsSame(object a, object b)
    {
        if (a is bool or long or double or string && a.GetType() == b.GetType()) return a.Equals(b);
        return ReferenceEquals(a, b);
    }

    private static object Integers(Operator op, object a, object b)
    {
        if (a is bool x && b is bool y)
            switch (op)
            {
                case Operator.And: return x & y;
                case Operator.Or: return x | y;
                case Operator.Xor: return x ^ y;
            }
        if (op == Operator.Power && HostNumbers.ToBig(b).Sign < 0) return Math.Pow(HostNumbers.ToDouble(a), HostNumbers.ToDouble(b));
        return HostNumbers.Normalize(Whole(op, HostNumbers.ToBig(a), HostNumbers.ToBig(b)));
    }

    private static BigInteger Whole(Operator op, BigInteger a, BigInteger b)
    {
        if (b.IsZero && op is Operator.Divide or Operator.FloorDivide or Operator.Modulo && b.IsZero) throw Evaluator.Raise("ZeroDivisionError", "integer division or modulo by zero");
        return op switch
        {
            Operator.Add => a + b,
            Operator.Subtract => a - b,
            Operator.Multiply => a * b,
            Operator.Divide or Operator.FloorDivide => HostNumbers.FloorDivide(a, b),
            Operator.Modulo => HostNumbers.Modulo(a, b),
            Operator.Power => BigInteger.Pow(a, (int)b),
            Operator.ShiftLeft => a << (int)b,
            Operator.ShiftRight => a >> (int)b,
            Operator.And => a & b,
            Operator.Or => a | b,
            Operator.Xor => a ^ b,
            _ => throw new InvalidOperationException($"{op} is no arithmetic operator"),
        };
    }

    private static object Floats(Operator op, double a, double b)
    {
        if (b == 0 && op is Operator.Divide or Operator.FloorDivide or Operator.Modulo && b == 0) throw Evaluator.Raise("ZeroDivisionError", "float division by zero");
        return op switch
        {
            Operator.Add => a + b,
            Operator.Subtract => a - b,
            Operator.Multiply => a * b,
            Operator.Divide => a / b,
            Operator.FloorDivide => Math.Floor(a / b),
            Operator.Modulo => HostNumbers.Modulo(a, b),
            Operator.Power => Math.Pow(a, b),
            _ => throw Evaluator.Raise("TypeError", $"unsupported operand types for {SpecialNames[op]}: float"),
        };
    }

    private static object Complexes(Operator op, Complex a, Complex b)
    {
        if (b == 0 && op == Operator.Divide) throw Evaluator.Raise("ZeroDivisionError", "complex division by zero");
        return op switch
        {
            Operator.Add => a + b,
            Operator.Subtract => a - b,
            Operator.Multiply => a * b,
            Operator.Divide => a / b,
            Operator.Power => Complex.Pow(a, b),
            _ => throw Evaluator.Raise("TypeError", $"unsupported operand types for {SpecialNames[op]}: complex"),
        };
    }

    private static PySet Sets(Operator op, PySet a, PySet b) => new(op switch
    {
        Operator.Or => a.Items.Union(b.Items, HostEquality.Instance),
        Operator.And => a.Items.Intersect(b.Items, HostEquality.Instance),
        Operator.Subtract => a.Items.Except(b.Items, HostEquality.Instance),
        _ => a.Items.Except(b.Items, HostEquality.Instance).Union(b.Items.Except(a.Items, HostEquality.Instance), HostEquality.Instance),
    });
}
