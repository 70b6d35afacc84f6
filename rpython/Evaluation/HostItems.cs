using Mu.RPython.Objects;

namespace Mu.RPython.Evaluation;

/// <summary>Indexing and slicing of host objects.</summary>
internal static class HostItems
{
    public static object Get(Evaluator e, object container, object index)
    {
        switch (container, index)
        {
            case (PyDict d, _): return d.Items.TryGetValue(index, out var found) ? found : throw new PyRaise(Evaluator.NewException(BuiltinTypes.Exception("KeyError"), index));
            case (PyBuffer b, _): return Get(e, b.ToString(), index);
            case (PyList l, PySlice s): return new PyList(Slice(e, l.Items, s));
            case (PyTuple t, PySlice s): return new PyTuple([.. Slice(e, t.Items, s)]);
            case (string t, PySlice s): return string.Concat(Slice(e, t.ToCharArray(), s));
            case (PyUnicode t, PySlice s): return new PyUnicode(string.Concat(Slice(e, t.Text.ToCharArray(), s)));
            case (PyList l, _): return l.Items[At(index, l.Items.Count)];
            case (PyTuple t, _): return t.Items[At(index, t.Items.Length)];
            case (string t, _): return t[At(index, t.Length)].ToString();
            case (PyUnicode t, _): return new PyUnicode(t.Text[At(index, t.Text.Length)].ToString());
            case (PyInstance i, _) when i.Class.Find("__getitem__") is { } method: return e.Call(method, i, index);
            default: throw Evaluator.Raise("TypeError", $"{HostText.Repr(container)} has no items");
        }
    }

    public static void Set(Evaluator e, object container, object index, object value)
    {
        switch (container, index)
        {
            case (PyDict d, _): d.Set(index, value); break;
            case (PyList l, PySlice s):
                var (start, stop, _) = Bounds(e, s, l.Items.Count);
                l.Items.RemoveRange(start, Math.Max(0, stop - start));
                l.Items.InsertRange(start, e.Iterate(value).ToArray());
                break;
            case (PyList l, _): l.Items[At(index, l.Items.Count)] = value; break;
            case (PyInstance i, _) when i.Class.Find("__setitem__") is { } method: e.Call(method, i, index, value); break;
            default: throw Evaluator.Raise("TypeError", $"items of {HostText.Repr(container)} cannot be set");
        }
    }

    public static void Delete(Evaluator e, object container, object index)
    {
        switch (container, index)
        {
            case (PyDict d, _):
                if (!d.Items.Remove(index)) throw new PyRaise(Evaluator.NewException(BuiltinTypes.Exception("KeyError"), index));
                break;
            case (PyList l, PySlice s):
                var (start, stop, _) = Bounds(e, s, l.Items.Count);
                l.Items.RemoveRange(start, Math.Max(0, stop - start));
                break;
            case (PyList l, _): l.Items.RemoveAt(At(index, l.Items.Count)); break;
            case (PyInstance i, _) when i.Class.Find("__delitem__") is { } method: e.Call(method, i, index); break;
            default: throw Evaluator.Raise("TypeError", $"items of {HostText.Repr(container)} cannot be deleted");
        }
    }

    public static bool Contains(Evaluator e, object container, object item) => container switch
    {
        PyDict d => d.Items.ContainsKey(item),
        PySet s => s.Items.Contains(item),
        string s => s.Contains(item.ToString()!, StringComparison.Ordinal),
        PyUnicode u => u.Text.Contains(item.ToString()!, StringComparison.Ordinal),
        PyInstance i when i.Class.Find("__contains__") is { } method => e.IsTrue(e.Call(method, i, item)),
        _ => e.Iterate(container).Any(x => HostOperators.AreEqual(e, x, item)),
    };

    public static int Length(Evaluator e, object value) => value switch
    {
        string s => s.Length,
        PyUnicode u => u.Text.Length,
        PyTuple t => t.Items.Length,
        PyList l => l.Items.Count,
        PyDict d => d.Items.Count,
        PySet s => s.Items.Count,
        PyUnrolling u => u.Items.Length,
        PyInstance i when i.Class.Find("__len__") is { } method => (int)(long)e.Call(method, i),
        _ => throw Evaluator.Raise("TypeError", $"{HostText.Repr(value)} has no len()"),
    };

    private static int At(object index, int count)
    {
        if (!HostNumbers.IsInteger(index) && index is not PyFixedInteger) throw Evaluator.Raise("TypeError", $"{HostText.Repr(index)} is no index");
        var at = HostNumbers.ToBig(index);
        if (at < 0) at += count;
        return at >= 0 && at < count ? (int)at : throw Evaluator.Raise("IndexError", "index out of range");
    }

    private static (int Start, int Stop, int Step) Bounds(Evaluator e, PySlice s, int count)
    {
        int step = s.Step is PyNone ? 1 : (int)HostNumbers.ToBig(s.Step);
        int low = step < 0 ? -1 : 0, high = step < 0 ? count - 1 : count;
        return (Bound(s.Start, step < 0 ? high : low), Bound(s.Stop, step < 0 ? low : high), step);

        int Bound(object value, int otherwise)
        {
            if (value is PyNone) return otherwise;
            var at = HostNumbers.ToBig(value);
            if (at < 0) at += count;
            return (int)System.Numerics.BigInteger.Min(System.Numerics.BigInteger.Max(at, low), high);
        }
    }

    private static IEnumerable<T> Slice<T>(Evaluator e, IReadOnlyList<T> items, PySlice s)
    {
        var (start, stop, step) = Bounds(e, s, items.Count);
        for (int i = start; step > 0 ? i < stop : i > stop; i += step) yield return items[i];
    }
}
