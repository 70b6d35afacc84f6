using Mu.RPython.Objects;

namespace Mu.RPython.Evaluation;

/// <summary>A method of a built-in type: the evaluator, the object, the arguments.</summary>
internal delegate object HostMethod(Evaluator e, object self, object[] a);

/// <summary>Methods of the built-in types at compile time.</summary>
internal static class HostMethods
{
    private static readonly Dictionary<string, HostMethod> OfStrings = new()
    {
        ["join"] = (e, s, a) => Like(s, string.Join(Text(s), e.Iterate(a[0]).Select(Text))),
        ["split"] = (_, s, a) => new PyList(Split(Text(s), a).Select(p => Like(s, p))),
        ["splitlines"] = (_, s, _) => new PyList(Lines(Text(s)).Select(p => Like(s, p))),
        ["upper"] = (_, s, _) => Like(s, Text(s).ToUpperInvariant()),
        ["lower"] = (_, s, _) => Like(s, Text(s).ToLowerInvariant()),
        ["title"] = (_, s, _) => Like(s, System.Globalization.CultureInfo.InvariantCulture.TextInfo.ToTitleCase(Text(s))),
        ["capitalize"] = (_, s, _) => Like(s, Text(s).Length == 0 ? "" : char.ToUpperInvariant(Text(s)[0]) + Text(s)[1..].ToLowerInvariant()),
        ["strip"] = (_, s, a) => Like(s, Text(s).Trim(Characters(a))),
        ["lstrip"] = (_, s, a) => Like(s, Text(s).TrimStart(Characters(a))),
        ["rstrip"] = (_, s, a) => Like(s, Text(s).TrimEnd(Characters(a))),
        ["startswith"] = (_, s, a) => Options(a[0]).Any(p => Text(s).StartsWith(p, StringComparison.Ordinal)),
        ["endswith"] = (_, s, a) => Options(a[0]).Any(p => Text(s).EndsWith(p, StringComparison.Ordinal)),
        ["replace"] = (_, s, a) => Like(s, Text(s).Replace(Text(a[0]), Text(a[1]), StringComparison.Ordinal)),
        ["find"] = (_, s, a) => (long)Text(s).IndexOf(Text(a[0]), a.Length > 1 ? (int)(long)a[1] : 0, StringComparison.Ordinal),
        ["rsplit"] = (_, s, a) => new PyList(SplitFromRight(Text(s), a).Select(p => Like(s, p))),
        ["partition"] = (_, s, a) => Text(s).IndexOf(Text(a[0]), StringComparison.Ordinal) is >= 0 and var at
            ? new PyTuple(Like(s, Text(s)[..at]), a[0], Like(s, Text(s)[(at + Text(a[0]).Length)..])) : new PyTuple(s, Like(s, ""), Like(s, "")),
        ["rpartition"] = (_, s, a) => Text(s).LastIndexOf(Text(a[0]), StringComparison.Ordinal) is >= 0 and var at
            ? new PyTuple(Like(s, Text(s)[..at]), a[0], Like(s, Text(s)[(at + Text(a[0]).Length)..])) : new PyTuple(Like(s, ""), Like(s, ""), s),
        ["center"] = (_, s, a) => Like(s, Text(s).PadLeft(Text(s).Length + (Math.Max(0, (int)(long)a[0] - Text(s).Length) / 2)).PadRight((int)(long)a[0])),
        ["swapcase"] = (_, s, _) => Like(s, string.Concat(Text(s).Select(c => char.IsUpper(c) ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c)))),
        ["rfind"] = (_, s, a) => (long)Text(s).LastIndexOf(Text(a[0]), StringComparison.Ordinal),
        ["index"] = (_, s, a) => Text(s).IndexOf(Text(a[0]), StringComparison.Ordinal) is >= 0 and var at ? (long)at : throw Evaluator.Raise("ValueError", "substring not found"),
        ["count"] = (_, s, a) => (long)(Text(s).Split(Text(a[0])).Length - 1),
        ["isdigit"] = (_, s, _) => Text(s).Length > 0 && Text(s).All(char.IsAsciiDigit),
        ["isalpha"] = (_, s, _) => Text(s).Length > 0 && Text(s).All(char.IsAsciiLetter),
        ["isalnum"] = (_, s, _) => Text(s).Length > 0 && Text(s).All(char.IsAsciiLetterOrDigit),
        ["isspace"] = (_, s, _) => Text(s).Length > 0 && Text(s).All(char.IsWhiteSpace),
        ["isupper"] = (_, s, _) => Text(s).Any(char.IsAsciiLetterUpper) && !Text(s).Any(char.IsAsciiLetterLower),
        ["islower"] = (_, s, _) => Text(s).Any(char.IsAsciiLetterLower) && !Text(s).Any(char.IsAsciiLetterUpper),
        ["ljust"] = (_, s, a) => Like(s, Text(s).PadRight((int)(long)a[0])),
        ["rjust"] = (_, s, a) => Like(s, Text(s).PadLeft((int)(long)a[0])),
        ["zfill"] = (_, s, a) => Like(s, Text(s).PadLeft((int)(long)a[0], '0')),
        ["encode"] = (_, s, a) => Limit(a) is { } limit ? Below(limit, Text(s), "UnicodeEncodeError") : System.Text.Encoding.Latin1.GetString(System.Text.Encoding.UTF8.GetBytes(Text(s))),
        ["decode"] = (_, s, a) => new PyUnicode(Limit(a) is { } limit ? Below(limit, Text(s), "UnicodeDecodeError") : System.Text.Encoding.UTF8.GetString(System.Text.Encoding.Latin1.GetBytes(Text(s)))),
        ["expandtabs"] = (_, s, a) => Like(s, Text(s).Replace("\t", new string(' ', a.Length > 0 ? (int)(long)a[0] : 8), StringComparison.Ordinal)),
    };

    private static readonly Dictionary<string, HostMethod> OfLists = new()
    {
        ["append"] = (_, l, a) => Do(() => Items(l).Add(a[0])),
        ["extend"] = (e, l, a) => Do(() => Items(l).AddRange(e.Iterate(a[0]).ToArray())),
        ["insert"] = (_, l, a) => Do(() => Items(l).Insert(Math.Clamp((int)(long)a[0] + ((long)a[0] < 0 ? Items(l).Count : 0), 0, Items(l).Count), a[1])),
        ["pop"] = (e, l, a) =>
        {
            object index = a.Length > 0 ? a[0] : -1L, item = HostItems.Get(e, l, index);
            HostItems.Delete(e, l, index);
            return item;
        },
        ["remove"] = (_, l, a) => Do(() => Items(l).RemoveAt(IndexOf(Items(l), a[0]))),
        ["index"] = (_, l, a) => (long)IndexOf(Items(l), a[0]),
        ["count"] = (_, l, a) => (long)Items(l).Count(x => HostEquality.Instance.Equals(x, a[0])),
        ["reverse"] = (_, l, _) => Do(Items(l).Reverse),
        ["sort"] = (e, l, a) => Do(() =>
        {
            var sorted = Builtins.Sorted(e, Items(l), a.Length > 0 && a[0] is not PyNone ? a[0] : null, null, false);
            Items(l).Clear();
            Items(l).AddRange(sorted);
        }),
    };

    private static readonly Dictionary<string, HostMethod> OfDicts = new()
    {
        ["keys"] = (_, d, _) => new PyList(Dict(d).Keys),
        ["values"] = (_, d, _) => new PyList(Dict(d).Values),
        ["items"] = (_, d, _) => new PyList(Dict(d).Select(p => new PyTuple(p.Key, p.Value))),
        ["iterkeys"] = (_, d, _) => new PyIterator(Dict(d).Keys),
        ["itervalues"] = (_, d, _) => new PyIterator(Dict(d).Values),
        ["iteritems"] = (_, d, _) => new PyIterator(Dict(d).Select(p => new PyTuple(p.Key, p.Value))),
        ["get"] = (_, d, a) => Dict(d).TryGetValue(a[0], out var found) ? found : a.Length > 1 ? a[1] : PyNone.Value,
        ["has_key"] = (_, d, a) => Dict(d).ContainsKey(a[0]),
        ["setdefault"] = (_, d, a) =>
        {
            Dict(d).TryAdd(a[0], a.Length > 1 ? a[1] : PyNone.Value);
            return Dict(d)[a[0]];
        },
        ["pop"] = (e, d, a) =>
        {
            if (Dict(d).Remove(a[0], out var found)) return found;
            return a.Length > 1 ? a[1] : throw new PyRaise(Evaluator.NewException(BuiltinTypes.Exception("KeyError"), a[0]));
        },
        ["update"] = (e, d, a) => Do(() =>
        {
            foreach (var (key, value) in ((PyDict)BuiltinTypes.Dict.Constructor!(e, a)).Items) ((PyDict)d).Set(key, value);
        }),
        ["copy"] = (e, d, _) => BuiltinTypes.Dict.Constructor!(e, [d]),
        ["clear"] = (_, d, _) => Do(Dict(d).Clear),
        ["popitem"] = (_, d, _) =>
        {
            if (Dict(d).Count == 0) throw Evaluator.Raise("KeyError", "popitem(): dictionary is empty");
            var (key, value) = Dict(d).GetAt(Dict(d).Count - 1);
            Dict(d).RemoveAt(Dict(d).Count - 1);
            return new PyTuple(key, value);
        },
    };

    private static readonly Dictionary<string, HostMethod> OfSets = new()
    {
        ["add"] = (_, s, a) => Do(() => ((PySet)s).Items.Add(a[0])),
        ["discard"] = (_, s, a) => Do(() => ((PySet)s).Items.Remove(a[0])),
        ["remove"] = (_, s, a) => ((PySet)s).Items.Remove(a[0]) ? PyNone.Value : throw new PyRaise(Evaluator.NewException(BuiltinTypes.Exception("KeyError"), a[0])),
        ["update"] = (e, s, a) => Do(() => ((PySet)s).Items.UnionWith(e.Iterate(a[0]))),
        ["union"] = (e, s, a) => new PySet(((PySet)s).Items.Concat(a.SelectMany(e.Iterate))),
        ["intersection"] = (e, s, a) => new PySet(((PySet)s).Items.Intersect(e.Iterate(a[0]), HostEquality.Instance)),
        ["difference"] = (e, s, a) => new PySet(((PySet)s).Items.Except(e.Iterate(a[0]), HostEquality.Instance)),
        ["issubset"] = (e, s, a) => ((PySet)s).Items.IsSubsetOf(e.Iterate(a[0])),
        ["issuperset"] = (e, s, a) => ((PySet)s).Items.IsSupersetOf(e.Iterate(a[0])),
        ["copy"] = (_, s, _) => new PySet(((PySet)s).Items),
        ["clear"] = (_, s, _) => Do(((PySet)s).Items.Clear),
        ["pop"] = (_, s, _) =>
        {
            var item = ((PySet)s).Items.FirstOrDefault() ?? throw Evaluator.Raise("KeyError", "pop from an empty set");
            ((PySet)s).Items.Remove(item);
            return item;
        },
    };

    private static readonly Dictionary<string, HostMethod> OfTuples = new()
    {
        ["index"] = (_, t, a) => (long)IndexOf([.. ((PyTuple)t).Items], a[0]),
        ["count"] = (_, t, a) => (long)((PyTuple)t).Items.Count(x => HostEquality.Instance.Equals(x, a[0])),
    };

    private static readonly Dictionary<string, HostMethod> OfIterators = new()
    {
        ["next"] = (_, i, _) => ((PyIterator)i).TryNext(out var item) ? item : throw Evaluator.Raise("StopIteration", ""),
        ["__iter__"] = (_, i, _) => i,
    };

    private static readonly Dictionary<string, HostMethod> OfIntegers = new()
    {
        ["bit_length"] = (_, n, _) => (long)(System.Numerics.BigInteger.Abs(HostNumbers.ToBig(n)).GetBitLength()),
    };

    public static object? Find(object self, string name)
    {
        if (name == "format" && self is (string or PyUnicode))
            return new PyMethod(self, new PyBuiltin(name, (e, a, keywords) => Like(a[0], HostFormat.Braces(e, Text(a[0]), a[1..], keywords))), BuiltinTypes.Of(self));
        if (Table(self) is not { } table || !table.TryGetValue(name, out var method)) return null;
        return new PyMethod(self, new PyBuiltin(name, (e, a, keywords) => method(e, a[0], WithKeywords(e, name, a, keywords))), BuiltinTypes.Of(self));
    }

    public static object? FindUnbound(PyClass type, string name)
    {
        if (type == BuiltinTypes.Dict && name == "fromkeys") return new PyBuiltin(name, (e, a, _) => FromKeys(e.Iterate(a[0]), a.Length > 1 ? a[1] : PyNone.Value));
        var table = type == BuiltinTypes.Str || type == BuiltinTypes.Unicode ? OfStrings : type == BuiltinTypes.List ? OfLists : type == BuiltinTypes.Dict ? OfDicts
            : type == BuiltinTypes.Set ? OfSets : null;
        return table is not null && table.TryGetValue(name, out var method) ? new PyBuiltin(name, (e, a, _) => method(e, a[0], a[1..])) : null;
    }

    private static PyDict FromKeys(IEnumerable<object> keys, object value)
    {
        var dict = new PyDict();
        foreach (var key in keys) dict.Items[key] = value;
        return dict;
    }

    private static object[] WithKeywords(Evaluator e, string name, object[] a, Dictionary<string, object>? keywords)
    {
        if (keywords is null || name != "sort") return a[1..];
        var sorted = Builtins.Sorted(e, Items(a[0]), keywords.GetValueOrDefault("cmp"), keywords.GetValueOrDefault("key"), keywords.TryGetValue("reverse", out var r) && e.IsTrue(r));
        Items(a[0]).Clear();
        Items(a[0]).AddRange(sorted);
        return [new PyBuiltin("cmp", (_, _, _) => 0L)];
    }

    private static Dictionary<string, HostMethod>? Table(object self) => self switch
    {
        string or PyUnicode => OfStrings,
        PyList => OfLists,
        PyDict => OfDicts,
        PySet => OfSets,
        PyIterator => OfIterators,
        PyTuple => OfTuples,
        long or System.Numerics.BigInteger => OfIntegers,
        _ => null,
    };

    private static string Text(object s) => s as string ?? (s as PyUnicode)?.Text ?? throw Evaluator.Raise("TypeError", $"expected a string, not {HostText.Repr(s)}");

    /// <summary>The characters that an encoding has; null for UTF-8.</summary>
    private static int? Limit(object[] arguments) => arguments.Length == 0 ? 128 : Text(arguments[0]).ToLowerInvariant() switch
    {
        "utf-8" or "utf8" => null,
        "latin-1" or "latin1" or "iso-8859-1" => 256,
        "ascii" or "us-ascii" => 128,
        var other => throw Evaluator.Raise("LookupError", $"unknown encoding: {other}"),
    };

    private static string Below(int limit, string text, string error) => text.All(c => c < limit) ? text : throw Evaluator.Raise(error, "a character that the encoding does not have");

    private static object Like(object s, string text) => s is PyUnicode ? new PyUnicode(text) : text;

    private static List<object> Items(object list) => ((PyList)list).Items;

    private static OrderedDictionary<object, object> Dict(object dict) => ((PyDict)dict).Items;

    private static char[] Characters(object[] a) => a.Length > 0 ? Text(a[0]).ToCharArray() : [' ', '\t', '\n', '\r', '\v', '\f'];

    private static IEnumerable<string> Options(object a) => a is PyTuple t ? t.Items.Select(Text) : [Text(a)];

    private static IEnumerable<string> Split(string text, object[] a)
    {
        int limit = a.Length > 1 ? (int)(long)a[1] + 1 : int.MaxValue;
        if (a.Length > 0 && a[0] is not PyNone) return text.Split(Text(a[0]), limit <= 0 ? int.MaxValue : limit, StringSplitOptions.None);
        return text.Split([' ', '\t', '\n', '\r', '\v', '\f'], limit <= 0 ? int.MaxValue : limit, StringSplitOptions.RemoveEmptyEntries);
    }

    private static IEnumerable<string> SplitFromRight(string text, object[] a)
    {
        string[] parts = [.. Split(text, a.Length > 0 ? [a[0]] : [])];
        int limit = a.Length > 1 ? (int)(long)a[1] : -1;
        if (limit < 0 || parts.Length <= limit + 1 || a[0] is PyNone) return parts;
        return [string.Join(Text(a[0]), parts[..^limit]), .. parts[^limit..]];
    }

    private static IEnumerable<string> Lines(string text)
    {
        string[] lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');
        return lines[^1].Length == 0 ? lines[..^1] : lines;
    }

    private static int IndexOf(List<object> items, object value) =>
        items.FindIndex(x => HostEquality.Instance.Equals(x, value)) is >= 0 and var at ? at : throw Evaluator.Raise("ValueError", $"{HostText.Repr(value)} is not in list");

    private static PyNone Do(Action action)
    {
        action();
        return PyNone.Value;
    }
}
