using Mu.RPython.Flow;
using Mu.RPython.Objects;

namespace Mu.RPython.Annotation;

/// <summary>Result types of the operations that the library is built upon (module <c>_mu</c>).</summary>
internal static class Intrinsics
{
    private delegate SomeValue Rule(Annotator annotator, SomeValue[] a);

    private static readonly Dictionary<string, Rule> Table = Make();

    public static IEnumerable<string> Names => Table.Keys.Concat(["ovfcheck", "weak_reference", "run_finalizers", "take_finalizable", "register_finalizer", "we_are_translated", "hint", "instantiate", "dict_key_equal", "dict_key_hash", "compute_hash", "r_dict", "dict_equality", "dict_hashing", "compile_error", "start_thread",
        "raw_cast", "raw_function", "raw_malloc", "raw_free", "raw_set_length", "raw_add", "raw_field_pointer", "raw_type_of"]);

    public static SomeValue Annotate(Annotator annotator, Operation o, string name, PlannedArgument[] arguments)
    {
        var a = Array.ConvertAll(arguments, annotator.Of);
        o.Plan = new BuiltinPlan(name, arguments);
        switch (name)
        {
            case "instantiate": return annotator.Instantiated(o, a[0]);
            case "weak_reference": return new SomeWeakReference(a[0] is SomeInstance target ? target with { Constant = null, Nullable = false } : throw annotator.Error($"a weak reference to {a[0]}"), false);
            case "run_finalizers": return annotator.RunFinalizers(o);
            case "take_finalizable": return new SomeInstance(annotator.Classes.Root, true);
            case "register_finalizer":
                annotator.NeedFinalizers();
                return SomeNone.Instance;
            case "ovfcheck": return a[0];
            case "start_thread":
                o.Plan = new ThreadPlan(annotator.Enter(null, Function(annotator, a[0], "the function of a thread"), []));
                return SomeInteger.NonNegative;
            case "compile_error": throw annotator.Error((string)a[0].Constant!);
            case "r_dict":
                var made = o.Result.Annotation as SomeDict ?? new SomeDict(new DictType { Functions = new DictFunctions() }, false);
                made.Type.Root.Functions!.Add(annotator, a[0], a[1]);
                return made;
            case "dict_equality": return Dict(annotator, a[0]).Type.Root.Functions!.Equal.Read(annotator);
            case "dict_hashing": return Dict(annotator, a[0]).Type.Root.Functions!.Hash.Read(annotator);
            case "identity_hash" when a[0] is not (SomeInstance or SomeString or SomeList or SomeDict or SomeNone): throw annotator.Error($"only objects have an identity that is a number, not {a[0]}");
            case "compute_hash":
                annotator.NeedEquality(a[0]);
                return SomeInteger.Any;
            case "dict_key_hash":
                if (Dict(annotator, a[0]).Type.Root.Functions is { } own) return CallCustom(annotator, o, own.Hash, "custom_hash", arguments);
                annotator.NeedEquality(a[1]);
                return SomeInteger.Any;
            case "dict_key_equal":
                if (Dict(annotator, a[0]).Type.Root.Functions is { } functions) return CallCustom(annotator, o, functions.Equal, "custom_equal", arguments);
                annotator.NeedEquality(a[1]);
                return SomeBool.Any;
        }
        if (annotator.Raw(o, name, arguments, a) is { } raw) return raw;
        return Table.TryGetValue(name, out var rule) ? rule(annotator, a) : throw annotator.Error($"_mu.{name} is not supported yet");
    }

    /// <summary>Calls a function of an r_dict: a known one, or through the library the one that the dict has.</summary>
    private static SomeValue CallCustom(Annotator annotator, Operation o, TypeCell function, string library, PlannedArgument[] arguments) => DictFunctions.Known(function.Read(annotator)) switch
    {
        PyMethod { Self: { } self, Function: PyFunction method } => annotator.CallFunction(o, method, [new PlannedArgument(new ConstantOperand(self)), .. arguments.Skip(1)], CallShape.Plain(0)),
        PyFunction known => annotator.CallFunction(o, known, arguments[1..], CallShape.Plain(0)),
        _ => annotator.CallLibrary(o, "rt.dicts", library, arguments),
    };

    private static PyFunction Function(Annotator annotator, SomeValue value, string what) => value.Constant as PyFunction ?? throw annotator.Error($"{what} must be constant, not {value}");

    private static Dictionary<string, Rule> Make()
    {
        var table = new Dictionary<string, Rule>();
        foreach (string name in (string[])["sqrt", "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "exp", "log", "log10", "pow", "fmod", "floor", "ceil", "sinh", "cosh", "tanh", "fabs"])
            table[name] = (_, _) => SomeFloat.Any;
        table["time"] = table["clock"] = table["parse_double"] = (_, _) => SomeFloat.Any;
        table["intmask"] = table["widen"] = (_, _) => SomeInteger.Any;
        table["identity_hash"] = table["thread_number"] = (_, _) => SomeInteger.Any;
        table["is_double"] = table["key_is_none"] = (_, _) => SomeBool.Any;
        table["float_bits"] = (_, _) => SomeInteger.Any;
        table["single_bits"] = (_, _) => new SomeInteger(IntegerKind.Unsigned32, true);
        table["bits_single"] = table["bits_float"] = (_, _) => SomeFloat.Any;
        table["format_double"] = (_, _) => SomeString.Byte;
        table["environment"] = table["class_name"] = (_, _) => SomeString.Byte;
        table["keepalive"] = table["always_inline"] = (_, _) => SomeNone.Instance;
        table["uint_of"] = (_, _) => new SomeInteger(IntegerKind.Unsigned, true);
        table["write"] = table["read"] = table["open"] = table["close"] = table["lseek"] = table["errno"] = table["unlink"] = table["signal_set"] = table["signal_poll"] = table["getpid"] = table["getuid"] = table["getcwd"] = table["isatty"] = table["mkdir"] = table["rmdir"] = table["rename"] = table["is_folder"] = table["status"] = (_, _) => SomeInteger.Any;
        table["exit"] = table["sleep"] = table["collect"] = (_, _) => SomeNone.Instance;
        // Arrays of words, and products of two digits of 63 bits.
        table["words_new"] = (_, _) => SomeWords.Instance;
        table["words_length"] = table["words_get"] = table["mul_add_low"] = table["mul_add_high"] = (_, _) => SomeInteger.NonNegative;
        table["words_set"] = table["words_copy"] = (_, _) => SomeNone.Instance;
        // Strings.
        table["str_new"] = (_, a) => IsUnicode(a[0]) ? SomeString.Unicode : SomeString.Byte;
        table["str_get"] = (_, a) => new SomeChar(IsUnicode(a[0]));
        table["str_set"] = table["str_copy"] = table["str_set_hash"] = (_, _) => SomeNone.Instance;
        table["str_hash_field"] = (_, _) => SomeInteger.Any;
        table["text"] = (_, a) => new SomeString(IsUnicode(a[0]), a[0].CanBeNone);
        table["char_below"] = (_, _) => SomeBool.Any;
        // Lists.
        table["list_new"] = (annotator, a) => new SomeList(List(annotator, a[0]).Type.Root, false);
        table["list_item_is_zero"] = (_, _) => SomeBool.Any;
        table["list_resize"] = table["list_copy"] = (_, _) => SomeNone.Instance;
        table["list_get"] = (annotator, a) => List(annotator, a[0]).Type.Item.Read(annotator);
        table["list_set"] = (annotator, a) =>
        {
            List(annotator, a[0]).Type.Item.Add(annotator, a[2]);
            return SomeNone.Instance;
        };
        // Dicts.
        table["dict_new"] = (annotator, a) => new SomeDict(Dict(annotator, a[0]).Type.Root, false);
        table["dict_live"] = table["dict_used"] = table["dict_index_size"] = table["dict_capacity"] = (_, _) => SomeInteger.NonNegative;
        table["dict_index_get"] = table["dict_entry_hash"] = (_, _) => SomeInteger.Any;
        foreach (string name in (string[])["dict_set_live", "dict_set_used", "dict_index_set", "dict_index_new", "dict_grow", "dict_entry_set_hash", "dict_entry_clear"])
            table[name] = (_, _) => SomeNone.Instance;
        table["dict_entry_valid"] = (_, _) => SomeBool.Any;
        table["dict_entry_key"] = (annotator, a) => Dict(annotator, a[0]).Type.Root.Key.Read(annotator);
        table["dict_entry_value"] = (annotator, a) => Dict(annotator, a[0]).Type.Root.Value.Read(annotator);
        table["dict_entry_set_key"] = (annotator, a) =>
        {
            Dict(annotator, a[0]).Type.Root.Key.Add(annotator, a[2]);
            return SomeNone.Instance;
        };
        table["dict_entry_set_value"] = (annotator, a) =>
        {
            Dict(annotator, a[0]).Type.Root.Value.Add(annotator, a[2]);
            return SomeNone.Instance;
        };
        return table;
    }

    private static SomeList List(Annotator annotator, SomeValue value) => value as SomeList ?? throw annotator.Error($"a list is needed here, not {value}");

    private static SomeDict Dict(Annotator annotator, SomeValue value) => value as SomeDict ?? throw annotator.Error($"a dict is needed here, not {value}");

    private static bool IsUnicode(SomeValue value) => value is SomeString { IsUnicode: true } or SomeChar { IsUnicode: true };
}
