using Mu.RPython.Flow;
using Mu.RPython.Objects;

namespace Mu.RPython.Annotation;

/// <summary>Built-in functions and types in compiled code: what calls of them are.</summary>
internal static class BuiltinFunctions
{
    public static SomeValue Call(Annotator annotator, Operation o, string name, PlannedArgument[] arguments)
    {
        var a = Array.ConvertAll(arguments, annotator.Of);
        // As for attributes: what has been None only so far may become more.
        if (a is [SomeNone] && name is "len" or "iter" or "next" or "ord" or "reversed" or "abs" or "hash" && a[0] is SomeNone) return SomeImpossible.Instance;
        switch (name)
        {
            case "len": return Length(annotator, o, a[0], arguments);
            case "isinstance" when a is [SomeInstance i, SomePbc { Constant: null, Members.Items: [PyClass, ..] classes }]:
                annotator.Watch(i.Class);
                foreach (var c in classes.Cast<PyClass>()) annotator.Classes.Of(c);
                return Plan(o, "isinstance_any", arguments, SomeBool.Any);
            case "issubclass" when a is [SomePbc { Members.Items: [PyClass, ..] subclasses }, SomePbc { Members.Items: [PyClass, ..] } or { Constant: PyTuple }]:
                foreach (var c in subclasses.Cast<PyClass>()) annotator.Classes.Of(c);
                return Plan(o, name, arguments, SomeBool.Any);
            case "isinstance": return IsInstance(annotator, o, a, arguments);
            case "iter" when a is [SomeInstance i]:
                if (ClassTable.IsMethod(i.Class, "__iter__")) return annotator.CallSpecialMethod(o, i, "__iter__", arguments);
                return Plan(o, "same", arguments, i);
            case "iter" or "reversed" when a is [SomeList or SomeString or SomeChar]: return annotator.NewIterator(o, name == "iter" ? "ListIterator" : "ReversedIterator", a[0], arguments);
            case "iter" when a is [SomeDict]: return annotator.NewIterator(o, "KeyIterator", a[0], arguments);
            case "next" when a is [SomeInstance i]: return annotator.CallSpecialMethod(o, i, "next", arguments);
            case "ord": return a[0] is SomeChar ? Plan(o, name, arguments, SomeInteger.NonNegative) : a[0] is SomeString ? Plan(o, "ord_str", arguments, SomeInteger.NonNegative) : throw annotator.Error($"ord of {a[0]}");
            case "chr": return Plan(o, name, arguments, SomeChar.Byte);
            case "unichr": return Plan(o, name, arguments, SomeChar.Unicode);
            case "abs": return a[0] is SomeFloat ? Plan(o, "abs_float", arguments, SomeFloat.Any) : Plan(o, name, arguments, a[0] is SomeInteger { Kind.IsWide: true } wide ? new SomeInteger(wide.Kind, true) : SomeInteger.NonNegative);
            case "range" or "xrange": return annotator.CallLibrary(o, "rt.lists", $"range{a.Length}", arguments);
            case "min" or "max" when a is [SomeList]: return annotator.CallLibrary(o, "rt.lists", "list_" + name, arguments);
            case "min" or "max" when a.Length == 3: return annotator.CallLibrary(o, "rt.lists", name + "3", arguments);
            case "zip" when a.Length is 2 or 3: return annotator.CallLibrary(o, "rt.lists", $"zip{a.Length}", arguments);
            case "sum": return annotator.CallLibrary(o, "rt.lists", "list_sum", arguments);
            case "hex" or "oct" when a is [SomeInteger { Kind.IsSigned: false }]: return annotator.CallLibrary(o, "rt.formatting", name + "_of_uint", arguments);
            case "bin": return annotator.CallLibrary(o, "rt.formatting", "bin_of", arguments);
            case "hex": return annotator.CallLibrary(o, "rt.formatting", "hex_of", arguments);
            case "oct": return annotator.CallLibrary(o, "rt.formatting", "oct_of", arguments);
            case "divmod": return annotator.CallLibrary(o, "rt.lists", "divmod_", arguments);
            case "cmp": return annotator.CallLibrary(o, "rt.lists", "cmp_", arguments);
            case "repr": return annotator.CallLibrary(o, "rt.formatting", a[0] is SomeString or SomeChar ? "repr_of_str" : "repr_of", arguments);
            case "id" or "hash": return Intrinsics.Annotate(annotator, o, name == "id" ? "identity_hash" : "compute_hash", arguments);
            case "sorted": return annotator.CallLibrary(o, "rt.lists", "sorted_", arguments);
            case "open" or "file": return annotator.CallLibrary(o, "rpython.rlib.rfile", "create_file", arguments);
            case "pow" when a is [SomeFloat, _] or [_, SomeFloat]: return annotator.CallLibrary(o, "math", "pow", arguments);
            case "hasattr" or "callable": return HasAttribute(annotator, o, name, a);
            default:
                if (name.StartsWith("_mu.", StringComparison.Ordinal)) return Intrinsics.Annotate(annotator, o, name[4..], arguments);
                throw annotator.Error($"the built-in function {name}({string.Join(", ", a.AsEnumerable())}) is not supported yet");
        }
    }

    /// <summary>A call of a built-in type.</summary>
    public static SomeValue Convert(Annotator annotator, Operation o, PyClass type, PlannedArgument[] arguments)
    {
        var a = Array.ConvertAll(arguments, annotator.Of);
        if (BuiltinTypes.KindOf(type) is { } kind)
        {
            if (a is [SomeString or SomeChar, ..]) return annotator.CallLibrary(o, "rt.formatting", "int_of_str", arguments);
            if (a is [SomeFloat]) return Plan(o, "int_of_float", arguments, new SomeInteger(kind, !kind.IsSigned));
            if (a is [SomeInteger or SomeBool]) return Plan(o, "int_of_int", arguments, new SomeInteger(kind, !kind.IsSigned || (kind == IntegerKind.Signed && a[0] is SomeBool or SomeInteger { Kind.IsSigned: true, IsNonNegative: true })));
        }
        else if (type == BuiltinTypes.Float)
        {
            if (a is [SomeString or SomeChar]) return annotator.CallLibrary(o, "rt.formatting", "float_of_str", arguments);
            if (a is [SomeFloat or SomeInteger or SomeBool]) return Plan(o, "float_of", arguments, SomeFloat.Any);
        }
        else if (type == BuiltinTypes.Bool && a.Length == 1) return Plan(o, "bool_of", arguments, SomeBool.Any);
        else if (type == BuiltinTypes.Str && a is [SomeString { IsUnicode: true } or SomeChar { IsUnicode: true }]) return annotator.CallLibrary(o, "rt.encodings", "unicode_to_str", arguments);
        else if (type == BuiltinTypes.Str && a.Length == 1)
        {
            var str = new Operation(OpCode.Str, [arguments[0].Operand], o.Result, o.Line) { Detail = 's' };
            var result = annotator.AnnotateStr(str, a[0]);
            o.Plan = str.Plan ?? new BuiltinPlan("str_of_text", arguments);
            return result;
        }
        else if (type == BuiltinTypes.List && a is [SomeTuple t]) return Plan(o, "tuple_to_list", arguments, annotator.ListOf(t, o.Result.Annotation));
        else if (type == BuiltinTypes.List) return a.Length == 0 ? o.Result.Annotation ?? PlanNew(o, new SomeList(new ListType(), false)) : annotator.CallLibrary(o, "rt.lists", a[0] is SomeDict ? "list_of_dict" : a[0] is SomeString ? "list_of_str" : "list_copy", arguments);
        else if (type == BuiltinTypes.Dict && a.Length == 0) return PlanNew(o, o.Result.Annotation ?? new SomeDict(new DictType(), false));
        else if (type == BuiltinTypes.Unicode && a.Length == 1) return a[0] is SomeString { IsUnicode: true } or SomeChar { IsUnicode: true } ? Plan(o, "str_of_text", arguments, SomeString.Unicode) : a[0] is SomeInteger ? annotator.CallLibrary(o, "rt.encodings", "int_to_unicode", arguments) : annotator.CallLibrary(o, "rt.encodings", "str_to_unicode", arguments);
        else if (type == BuiltinTypes.Type && a is [SomeInstance]) return annotator.ClassOf(o, (SomeInstance)a[0], arguments);
        throw annotator.Error($"{type.Name}({string.Join(", ", a.AsEnumerable())}) is not supported yet");
    }

    /// <summary>Whether values of a type other than instances are instances of a class; null when that is not known.</summary>
    public static bool? IsInstance(SomeValue value, PyClass c)
    {
        var type = value switch
        {
            SomeBool => BuiltinTypes.Bool,
            SomeInteger i => BuiltinTypes.ClassOf(i.Kind),
            SomeFloat => BuiltinTypes.Float,
            SomeString { Nullable: false, IsUnicode: false } or SomeChar { IsUnicode: false } => BuiltinTypes.Str,
            SomeString { Nullable: false } or SomeChar => BuiltinTypes.Unicode,
            SomeTuple => BuiltinTypes.Tuple,
            SomeList { Nullable: false } => BuiltinTypes.List,
            SomeDict { Nullable: false } => BuiltinTypes.Dict,
            SomeNone => BuiltinTypes.NoneType,
            SomePbc { Constant: { } constant } => BuiltinTypes.Of(constant),
            _ => null,
        };
        return type?.IsSubclassOf(c) ?? (value.CanBeNone || value is SomeImpossible ? null : false);
    }

    private static SomeValue Plan(Operation o, string name, PlannedArgument[] arguments, SomeValue result)
    {
        o.Plan = new BuiltinPlan(name, arguments);
        return result;
    }

    private static SomeValue PlanNew(Operation o, SomeValue result) => Plan(o, "new", [], result);

    private static SomeValue Length(Annotator annotator, Operation o, SomeValue a, PlannedArgument[] arguments)
    {
        switch (a)
        {
            case SomeTuple t:
                o.Plan = new ConstantPlan((long)t.Items.Length);
                return annotator.OfConstant((long)t.Items.Length);
            case SomeChar: return Plan(o, "one", arguments, annotator.OfConstant(1L));
            case SomeList or SomeString or SomeDict: return Plan(o, "len", arguments, SomeInteger.NonNegative);
            case SomePointer p: return annotator.RawLength(o, p, arguments);
            case SomeInstance i: return annotator.CallSpecialMethod(o, i, "__len__", arguments);
            default: throw annotator.Error($"len of {a}");
        }
    }

    private static SomeBool IsInstance(Annotator annotator, Operation o, SomeValue[] a, PlannedArgument[] arguments)
    {
        PyClass[] classes = a[1].Constant switch
        {
            PyClass c => [c],
            PyTuple t => [.. t.Items.Cast<PyClass>()],
            _ => throw annotator.Error("the classes of isinstance must be constant"),
        };
        if (a[0] is SomeInstance instance)
        {
            foreach (var c in classes.Where(c => !c.IsBuiltin || c.IsSubclassOf(BuiltinTypes.BaseException))) annotator.Classes.Of(c);
            annotator.Watch(instance.Class);
            var all = instance.Class.SelfAndSubclasses;
            bool[] matches = [.. all.Select(s => classes.Any(s.Class.IsSubclassOf))];
            if (!matches.Contains(true)) return Known(o, false);
            if (!matches.Contains(false) && !instance.Nullable) return Known(o, true);
            o.Plan = new BuiltinPlan("isinstance", arguments);
            return SomeBool.Any;
        }
        bool?[] known = [.. classes.Select(c => IsInstance(a[0], c))];
        if (known.Contains(true)) return Known(o, true);
        if (!known.Contains(null)) return Known(o, false);
        o.Plan = new BuiltinPlan("is_object", arguments);
        return SomeBool.Any;
    }

    private static SomeBool Known(Operation o, bool value)
    {
        o.Plan = new ConstantPlan(value);
        return SomeBool.Of(value);
    }

    private static SomeBool HasAttribute(Annotator annotator, Operation o, string name, SomeValue[] a) => a switch
    {
        [SomeInstance i, { Constant: string attribute }] when name == "hasattr" => Known(o, ClassTable.IsMethod(i.Class, attribute) || ClassTable.Home(i.Class, attribute) is not null || i.Class.Class.Find(attribute) is not null),
        [_, { Constant: string }] => Known(o, false),
        _ => throw annotator.Error($"{name} of {a[0]}"),
    };
}
