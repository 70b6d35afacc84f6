using System.Numerics;

namespace Mu.RPython.Objects;

/// <summary>Python's equality and hashing of built-in values; identity for the rest (classes with <c>__eq__</c> are compared by the evaluator).</summary>
internal sealed class HostEquality : IEqualityComparer<object>
{
    public static readonly HostEquality Instance = new();

    private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<object, object> Identities = [];
    private static long identities;

    /// <summary>What <c>id</c> gives: a number of the object alone.</summary>
    public static long IdentityOf(object value) => (long)Identities.GetValue(value, _ => Interlocked.Increment(ref identities));

    public new bool Equals(object? x, object? y)
    {
        if (ReferenceEquals(x, y)) return true;
        switch (x, y)
        {
            case (string a, string b): return a == b;
            case (PyUnicode a, PyUnicode b): return a.Text == b.Text;
            case (string a, PyUnicode b): return a == b.Text;
            case (PyUnicode a, string b): return a.Text == b;
            case (PyTuple a, PyTuple b): return Equals(a.Items, b.Items);
            case (PyList a, PyList b): return Equals(a.Items, b.Items);
            case (PyDict a, PyDict b): return a.Items.Count == b.Items.Count && a.Items.All(p => b.Items.TryGetValue(p.Key, out var v) && Equals(p.Value, v));
            case (PySet a, PySet b): return a.Items.SetEquals(b.Items);
            case (PyMethod a, PyMethod b): return ReferenceEquals(a.Self, b.Self) && ReferenceEquals(a.Function, b.Function);
            case (PyFixedInteger a, PyFixedInteger b): return HostNumbers.ToBig(a) == HostNumbers.ToBig(b);
            case (PyFixedInteger a, _) when y is not null && HostNumbers.IsInteger(y): return HostNumbers.ToBig(a) == HostNumbers.ToBig(y);
            case (_, PyFixedInteger b) when x is not null && HostNumbers.IsInteger(x): return HostNumbers.ToBig(x) == HostNumbers.ToBig(b);
            case (double a, double b): return a == b;
        }
        if (x is not null && y is not null && HostNumbers.IsNumber(x) && HostNumbers.IsNumber(y))
            return x is double || y is double ? HostNumbers.ToDouble(x) == HostNumbers.ToDouble(y) : HostNumbers.ToBig(x) == HostNumbers.ToBig(y);
        return false;
    }

    public int GetHashCode(object obj)
    {
        switch (obj)
        {
            case string s: return string.GetHashCode(s, StringComparison.Ordinal);
            case PyUnicode u: return string.GetHashCode(u.Text, StringComparison.Ordinal);
            case bool b: return b ? 1L.GetHashCode() : 0L.GetHashCode();
            case double d when d == Math.Floor(d) && Math.Abs(d) < 1e18: return ((long)d).GetHashCode();
            case BigInteger or long or double: return obj.GetHashCode();
            case PyFixedInteger f: return HostNumbers.Normalize(HostNumbers.ToBig(f)).GetHashCode();
            case PyTuple t:
                var hash = new HashCode();
                foreach (var item in t.Items) hash.Add(GetHashCode(item));
                return hash.ToHashCode();
            case PyMethod m: return System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(m.Function);
            default: return System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(obj);
        }
    }

    private bool Equals(IReadOnlyList<object> a, IReadOnlyList<object> b)
    {
        if (a.Count != b.Count) return false;
        for (int i = 0; i < a.Count; i++)
            if (!Equals(a[i], b[i])) return false;
        return true;
    }
}
