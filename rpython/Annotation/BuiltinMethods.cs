using Mu.RPython.Flow;
using Mu.RPython.Objects;

namespace Mu.RPython.Annotation;

/// <summary>Methods of strings, lists and dicts in compiled code: most are functions of the library that take the object first.</summary>
internal static class BuiltinMethods
{
    public static SomeValue Call(Annotator annotator, Operation o, SomeBuiltinMethod method, PlannedArgument[] arguments, bool isLoopSource)
    {
        PlannedArgument self = new(o.Operands[0], IsReceiver: true);
        PlannedArgument[] all = [self, .. arguments];
        var a = Array.ConvertAll(arguments, annotator.Of);
        switch (method.Self)
        {
            case SomeList l: return OfList(annotator, o, l, method.Name, a, all);
            case SomeDict d: return OfDict(annotator, o, d, method.Name, a, all, isLoopSource);
            case SomeString or SomeChar: return OfString(annotator, o, method, a, all);
            default: throw annotator.Error($"{method.Self} has no method '{method.Name}'");
        }
    }

    private static SomeValue OfString(Annotator annotator, Operation o, SomeBuiltinMethod method, SomeValue[] a, PlannedArgument[] all)
    {
        string name = method.Name switch
        {
            "join" when a is [SomeList l] && l.Type.Item.Read(annotator) is SomeChar => "str_join_chars",
            "split" or "rsplit" when a.Length == 0 || a[0] is SomeNone => $"str_{method.Name}_space",
            "count" when a.Length > 1 => "str_count_between",
            "strip" or "lstrip" or "rstrip" when a.Length == 0 => $"str_{method.Name}_space",
            "startswith" or "endswith" or "find" or "rfind" or "count" or "replace" or "split" or "rsplit" or "strip" or "lstrip" or "rstrip" or "join" or "upper" or "lower" or "isdigit" or "isalpha"
                or "isalnum" or "isspace" or "isupper" or "islower" or "splitlines" or "ljust" or "rjust" or "zfill" or "center" or "index" or "decode" or "encode" => "str_" + method.Name,
            _ => throw annotator.Error($"{method.Self} has no method '{method.Name}' in RPython"),
        };
        if (method.Self is SomeString { IsUnicode: true } or SomeChar { IsUnicode: true })
            for (int i = 1; i < all.Length; i++)
                if (method.Name is not ("encode" or "decode") && annotator.Of(all[i]).Constant is string text) all[i] = new PlannedArgument(new ConstantOperand(new PyUnicode(text)));
        if (name.EndsWith("_space", StringComparison.Ordinal)) all = [all[0], .. all.Skip(2)];
        return annotator.CallLibrary(o, method.Name is "decode" or "encode" ? "rt.encodings" : "rt.strings", name, all);
    }

    private static SomeValue OfList(Annotator annotator, Operation o, SomeList list, string name, SomeValue[] a, PlannedArgument[] all)
    {
        switch (name)
        {
            case "append":
                list.Type.Item.Add(annotator, a[0]);
                o.Plan = new BuiltinPlan("list_append", all);
                return SomeNone.Instance;
            case "extend" when a[0] is SomeString or SomeChar: return annotator.CallLibrary(o, "rt.lists", "list_extend_str", all);
            case "pop" when a.Length == 0: return annotator.CallLibrary(o, "rt.lists", "list_pop_last", all);
            case "pop" when a[0].Constant is 0L: return annotator.CallLibrary(o, "rt.lists", "list_pop_first", all);
            case "extend" or "insert" or "pop" or "remove" or "index" or "count" or "reverse" or "sort": return annotator.CallLibrary(o, "rt.lists", "list_" + name, all);
            default: throw annotator.Error($"a list has no method '{name}' in RPython");
        }
    }

    private static SomeValue OfDict(Annotator annotator, Operation o, SomeDict dict, string name, SomeValue[] a, PlannedArgument[] all, bool isLoopSource)
    {
        var type = dict.Type.Root;
        switch (name)
        {
            case "iterkeys" or "itervalues" or "iteritems" when !isLoopSource:
                return annotator.NewIterator(o, name switch { "iterkeys" => "KeyIterator", "itervalues" => "ValueIterator", _ => "ItemIterator" }, dict, all);
            case "iterkeys" or "itervalues" or "iteritems":
                o.Plan = new BuiltinPlan("self", all);
                return new SomeIterator(name switch { "iterkeys" => "keys", "itervalues" => "values", _ => "pairs" }, dict);
            case "get" or "setdefault" or "has_key" or "pop":
                type.Key.Add(annotator, a[0]);
                annotator.NeedEquality(type.Key.Value);
                if (name is "get" or "setdefault") type.Value.Add(annotator, a.Length > 1 ? a[1] : SomeNone.Instance);
                if (name == "get" && a.Length == 1) all = [.. all, new PlannedArgument(ConstantOperand.None)];
                return annotator.CallLibrary(o, "rt.dicts", name == "has_key" ? "dict_contains" : name == "pop" && a.Length > 1 ? "dict_pop_default" : "dict_" + name, all);
            case "keys" or "values" or "items" or "update" or "clear" or "copy" or "popitem": return annotator.CallLibrary(o, "rt.dicts", "dict_" + name, all);
            default: throw annotator.Error($"a dict has no method '{name}' in RPython");
        }
    }
}
