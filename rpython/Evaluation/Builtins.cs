using System.Numerics;
using Mu.RPython.Objects;

namespace Mu.RPython.Evaluation;

/// <summary>The built-in names. In compiled code a built-in function goes by its name; here is what it does at compile time.</summary>
internal static class Builtins
{
    public static readonly Dictionary<string, object> All = Make();

    /// <summary>A built-in name; null when there is none. Some are of the library, which is imported when a program names them first.</summary>
    public static object? Find(Evaluator e, string name) =>
        All.TryGetValue(name, out var found) ? found : name == "bytearray" ? e.Loader.Library(e, "rt.bytearrays").Names[name] : null;

    public static List<object> Sorted(Evaluator e, IEnumerable<object> items, object? comparison, object? key, bool descending)
    {
        var keyed = items.Select(i => (Key: key is null or PyNone ? i : e.Call(key, i), Item: i)).ToList();
        Comparison<object> compare = comparison is null or PyNone ? (x, y) => HostOperators.Order(e, x, y) : (x, y) => (int)(long)e.Call(comparison, x, y);
        var comparer = Comparer<object>.Create(descending ? (x, y) => compare(y, x) : compare);
        return [.. keyed.OrderBy(k => k.Key, comparer).Select(k => k.Item)];
    }

    public static bool IsInstance(object value, object type) => type switch
    {
        PyTuple t => t.Items.Any(i => IsInstance(value, i)),
        PyClass c => BuiltinTypes.Of(value).IsSubclassOf(c) || (c.Name is "ClassType" && value is PyClass),
        _ => throw Evaluator.Raise("TypeError", "isinstance() arg 2 must be a class"),
    };

    private static Dictionary<string, object> Make()
    {
        var all = new Dictionary<string, object> { ["None"] = PyNone.Value, ["True"] = true, ["False"] = false, ["NotImplemented"] = PyNone.Value, ["__debug__"] = true, ["Ellipsis"] = PyNone.Value };
        foreach (var (name, type) in BuiltinTypes.All) all[name] = type;
        foreach (var (name, type) in BuiltinTypes.Exceptions) all[name] = type;
        all["bytes"] = BuiltinTypes.Str;
        Add("len", (e, a, _) => (long)HostItems.Length(e, a[0]));
        Add("isinstance", (_, a, _) => IsInstance(a[0], a[1]));
        Add("issubclass", (_, a, _) => a[1] is PyTuple t ? t.Items.Any(c => ((PyClass)a[0]).IsSubclassOf((PyClass)c)) : ((PyClass)a[0]).IsSubclassOf((PyClass)a[1]));
        Add("getattr", (e, a, _) => HostAttributes.TryGet(e, a[0], (string)a[1], out var v) ? v : a.Length > 2 ? a[2] : HostAttributes.Get(e, a[0], (string)a[1]));
        Add("setattr", (e, a, _) => { HostAttributes.Set(e, a[0], (string)a[1], a[2]); return PyNone.Value; });
        Add("delattr", (e, a, _) => { HostAttributes.Delete(a[0], (string)a[1]); return PyNone.Value; });
        Add("hasattr", (e, a, _) => HostAttributes.TryGet(e, a[0], (string)a[1], out var found) && found is not null);
        Add("callable", (_, a, _) => a[0] is PyFunction or PyBuiltin or PyMethod or PyClass || (a[0] is PyInstance i && i.Class.Find("__call__") is not null));
        Add("range", (_, a, _) => new PyList(Range(a)));
        Add("xrange", (_, a, _) => new PyList(Range(a)));
        Add("map", (e, a, _) => new PyList(a.Length == 2 ? e.Iterate(a[1]).Select(x => e.Call(a[0], x)).ToArray() : Zip(e, a[1..]).Select(t => e.Call(a[0], t.Items)).ToArray()));
        Add("filter", (e, a, _) => new PyList(e.Iterate(a[1]).Where(x => e.IsTrue(a[0] is PyNone ? x : e.Call(a[0], x))).ToArray()));
        Add("reduce", (e, a, _) => a.Length > 2 ? e.Iterate(a[1]).Aggregate(a[2], (x, y) => e.Call(a[0], x, y)) : e.Iterate(a[1]).Aggregate((x, y) => e.Call(a[0], x, y)));
        Add("zip", (e, a, _) => new PyList(Zip(e, a)));
        Add("enumerate", (e, a, k) => new PyIterator(e.Iterate(a[0]).Select((x, i) => new PyTuple((long)i + (a.Length > 1 ? (long)a[1] : k is null ? 0 : (long)k["start"]), x))));
        Add("sorted", (e, a, k) => new PyList(Sorted(e, e.Iterate(a[0]), a.Length > 1 ? a[1] : k?.GetValueOrDefault("cmp"), a.Length > 2 ? a[2] : k?.GetValueOrDefault("key"),
            k?.GetValueOrDefault("reverse") is { } r && e.IsTrue(r))));
        Add("reversed", (e, a, _) => new PyIterator(e.Iterate(a[0]).Reverse()));
        Add("iter", (e, a, _) => a[0] is PyIterator ? a[0] : a[0] is PyInstance i && i.Class.Find("__iter__") is { } iterate ? e.Call(iterate, i) : new PyIterator(e.Iterate(a[0])));
        Add("min", (e, a, _) => (a.Length == 1 ? e.Iterate(a[0]) : a).Aggregate((x, y) => HostOperators.Order(e, y, x) < 0 ? y : x));
        Add("max", (e, a, _) => (a.Length == 1 ? e.Iterate(a[0]) : a).Aggregate((x, y) => HostOperators.Order(e, y, x) > 0 ? y : x));
        Add("sum", (e, a, _) => e.Iterate(a[0]).Aggregate(a.Length > 1 ? a[1] : 0L, (x, y) => HostOperators.Binary(e, Syntax.Operator.Add, x, y)));
        Add("any", (e, a, _) => e.Iterate(a[0]).Any(e.IsTrue));
        Add("all", (e, a, _) => e.Iterate(a[0]).All(e.IsTrue));
        Add("abs", (e, a, _) => a[0] is double d ? Math.Abs(d) : a[0] is Complex c ? c.Magnitude : (object)HostNumbers.Normalize(BigInteger.Abs(HostNumbers.ToBig(a[0]))));
        Add("round", (_, a, _) => Math.Round(HostNumbers.ToDouble(a[0]), a.Length > 1 ? (int)(long)a[1] : 0, MidpointRounding.AwayFromZero));
        Add("divmod", (e, a, _) => new PyTuple(HostOperators.Binary(e, Syntax.Operator.FloorDivide, a[0], a[1]), HostOperators.Binary(e, Syntax.Operator.Modulo, a[0], a[1])));
        Add("pow", (e, a, _) => a.Length > 2 ? HostNumbers.Normalize(BigInteger.ModPow(HostNumbers.ToBig(a[0]), HostNumbers.ToBig(a[1]), HostNumbers.ToBig(a[2]))) : HostOperators.Binary(e, Syntax.Operator.Power, a[0], a[1]));
        Add("cmp", (e, a, _) => (long)Math.Sign(HostOperators.Order(e, a[0], a[1])));
        Add("buffer", (e, a, _) => HostItems.Get(e, a[0], new PySlice(a.Length > 1 ? a[1] : PyNone.Value, a.Length > 2 ? (long)a[1] + (long)a[2] : PyNone.Value, PyNone.Value)));
        Add("ord", (_, a, _) => (long)(a[0].ToString()![0]));
        Add("chr", (_, a, _) => ((char)(long)a[0]).ToString());
        Add("unichr", (_, a, _) => new PyUnicode(char.ConvertFromUtf32((int)(long)a[0])));
        Add("hex", (_, a, _) => HostFormat.Radix(a[0], 16, "0x"));
        Add("oct", (_, a, _) => HostNumbers.ToBig(a[0]).IsZero ? "0" : HostFormat.Radix(a[0], 8, "0"));
        Add("bin", (_, a, _) => HostFormat.Radix(a[0], 2, "0b"));
        Add("repr", (e, a, _) => e.ToRepr(a[0]));
        Add("id", (_, a, _) => HostEquality.IdentityOf(a[0]));
        Add("hash", (_, a, _) => (long)HostEquality.Instance.GetHashCode(a[0]));
        Add("dir", (e, a, _) => new PyList(Names(a.Length > 0 ? a[0] : e.Module!).Distinct().Order(StringComparer.Ordinal)));
        Add("vars", (e, a, _) => HostAttributes.Get(e, a[0], "__dict__"));
        Add("globals", (e, _, _) => HostAttributes.Get(e, e.Module!, "__dict__"));
        Add("locals", (e, _, _) => Locals(e));
        Add("super", (_, a, _) => Super(a));
        Add("print", (e, a, _) => { Console.Error.WriteLine(string.Join(' ', a.Select(e.ToStr))); return PyNone.Value; });
        // Compiled code is its source: exec takes both.
        Add("compile", (_, a, _) => a[2] is "exec" ? a[0] : throw Evaluator.Raise("ValueError", "compile() makes what exec runs only"));
        Add("intern", (_, a, _) => a[0]);
        Add("__import__", (e, a, _) => e.Loader.Import(e, (string)a[0], e.Module!));
        Add("open", (e, a, _) => e.Call(e.Loader.Library(e, "rpython.rlib.rfile").Names["create_file"], a));
        Add("file", (e, a, _) => e.Call(e.Loader.Library(e, "rpython.rlib.rfile").Names["create_file"], a));
        Add("next", (e, a, _) => Next(e, a[0], a.Length > 1 ? a[1] : null));
        return all;

        void Add(string name, Func<Evaluator, object[], Dictionary<string, object>?, object> body) => all[name] = new PyBuiltin(name, body);
    }

    private static object Next(Evaluator e, object iterator, object? otherwise)
    {
        if (iterator is PyIterator rest && rest.TryNext(out var item)) return item;
        if (iterator is PyIterator) return otherwise ?? throw Evaluator.Raise("StopIteration", "");
        try
        {
            return e.Call(HostAttributes.Get(e, iterator, "next"));
        }
        catch (PyRaise raised) when (otherwise is not null && raised.Value.Class.IsSubclassOf(BuiltinTypes.Exception("StopIteration")))
        {
            return otherwise;
        }
    }

    private static IEnumerable<object> Range(object[] a)
    {
        long start = a.Length > 1 ? (long)HostNumbers.ToBig(a[0]) : 0, stop = (long)HostNumbers.ToBig(a.Length > 1 ? a[1] : a[0]), step = a.Length > 2 ? (long)HostNumbers.ToBig(a[2]) : 1;
        if (step == 0) throw Evaluator.Raise("ValueError", "range() step argument must not be zero");
        for (long i = start; step > 0 ? i < stop : i > stop; i += step) yield return i;
    }

    private static IEnumerable<PyTuple> Zip(Evaluator e, object[] sequences)
    {
        var items = sequences.Select(s => e.Iterate(s).ToArray()).ToArray();
        int count = items.Length == 0 ? 0 : items.Min(i => i.Length);
        for (int i = 0; i < count; i++) yield return new PyTuple([.. items.Select(s => s[i])]);
    }

    private static IEnumerable<string> Names(object owner) => owner switch
    {
        PyModule m => m.Names.Keys,
        PyClass c => c.Mro.SelectMany(k => k.Names.Keys),
        PyInstance i => i.Fields.Keys.Concat(i.Class.Mro.SelectMany(k => k.Names.Keys)),
        _ => [],
    };

    private static PyDict Locals(Evaluator e)
    {
        var dict = new PyDict();
        foreach (var (name, value) in e.Frame.Names) dict.Items[name] = value;
        return dict;
    }

    private static PyInstance Super(object[] a)
    {
        var (type, self) = ((PyClass)a[0], (PyInstance)a[1]);
        var mro = self.Class.Mro;
        var proxy = new PyInstance(new PyClass("super", [.. mro.SkipWhile(c => c != type).Skip(1)], "__builtin__"));
        foreach (var c in mro.SkipWhile(c => c != type).Skip(1))
            foreach (var (name, value) in c.Names) proxy.Fields.TryAdd(name, HostAttributes.Bind(value, self, self.Class));
        return proxy;
    }
}
