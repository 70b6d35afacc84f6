using Mu.RPython.Flow;
using Mu.RPython.Objects;
using Mu.RPython.Syntax;

namespace Mu.RPython.Annotation;

// The result types of operations, and what the operations are in terms of simpler ones.
internal sealed partial class Annotator
{
    private SomeValue Annotate(Operation o, SomeValue[] a)
    {
        switch (o.Code)
        {
            case OpCode.Binary: return Binary(o, a[0], a[1]);
            case OpCode.BinaryChecked: return a is [SomeInteger { Kind.IsWide: false } or SomeBool, SomeInteger { Kind.IsWide: false } or SomeBool] ? Integers(o.Operator, a[0], a[1]) with { Constant = null } : throw Error($"ovfcheck of {a[0]} and {a[1]}");
            case OpCode.Unary or OpCode.UnaryChecked: return Unary(o, a[0]);
            case OpCode.Compare: return Compare(o, a[0], a[1]);
            case OpCode.Truth: return Truth(o, a[0]);
            case OpCode.Not: return a[0].Constant is bool b ? SomeBool.Of(!b) : SomeBool.Any;
            case OpCode.Str: return Str(o, a[0], (char)o.Detail!);
            case OpCode.GetAttribute: return GetAttribute(o, a[0], (string)o.Detail!);
            case OpCode.SetAttribute: return SetAttribute(o, a[0], a[1], (string)o.Detail!);
            case OpCode.GetItem: return GetItem(o, a[0], a[1]);
            case OpCode.SetItem: return SetItem(o, a[0], a[1], a[2]);
            case OpCode.DeleteItem: return a[0] switch
                {
                    SomeList => CallLibrary(o, "rt.lists", "list_delete_item", At(o, 0), At(o, 1)),
                    SomeDict => CallLibrary(o, "rt.dicts", "dict_delete_item", At(o, 0), At(o, 1)),
                    SomeInstance instance => CallSpecial(o, instance, "__delitem__"),
                    _ => throw Error($"items of {a[0]} cannot be deleted"),
                };
            case OpCode.GetSlice: return GetSlice(o, a[0]);
            case OpCode.SetSlice when a[0] is SomeInstance owner: return CallSpecialMethod(o, owner, "__setslice__", [At(o, 0), Start(o), Stop(o), At(o, 3)]);
            case OpCode.DeleteSlice when a[0] is SomeInstance owner: return CallSpecialMethod(o, owner, "__delslice__", [At(o, 0), Start(o), Stop(o)]);
            case OpCode.SetSlice: return CallLibrary(o, "rt.lists", "list_set_slice", At(o, 0), Start(o), Stop(o), At(o, 3));
            case OpCode.DeleteSlice: return CallLibrary(o, "rt.lists", "list_delete_slice", At(o, 0), Start(o), Stop(o));
            case OpCode.NewList: return NewList(o, a);
            case OpCode.NewTuple: return new SomeTuple(a);
            case OpCode.NewDict: return o.Result.Annotation ?? new SomeDict(new DictType(), false);
            case OpCode.Append:
                ((SomeList)a[0]).Type.Item.Add(this, a[1]);
                return SomeNone.Instance;
            case OpCode.Call: return Call(o, a[0]);
            case OpCode.Iterate: return Iterate(o, a);
            case OpCode.Next: return Next(o, (a[0] as SomeIterator) ?? throw Error($"{a[0]} is no iterator"));
            case OpCode.NarrowToInstance: return NarrowToInstance(a[0], (PyClass)o.Detail!);
            case OpCode.NarrowToObject: return a[0] is SomeNone ? SomeImpossible.Instance : a[0].CanBeNone ? a[0].WithNone(false) : a[0];
            case OpCode.NarrowToNone: return a[0].CanBeNone ? SomeNone.Instance : SomeImpossible.Instance;
            case OpCode.NarrowToAtLeast: return a[0] is SomeInteger { IsNonNegative: false } && Integer(a[1]).IsNonNegative && (a[1] is SomeInteger or SomeBool) ? new SomeInteger(((SomeInteger)a[0]).Kind, true) { Constant = a[0].Constant } : a[0];
            case OpCode.Matches: return SomeBool.Any;
            case OpCode.Wrong: throw (CompileException)o.Detail!;
            case OpCode.ToException: return ToException(o, a);
            default: throw new InvalidOperationException($"no rule for {o.Code}");
        }
    }

    private static PlannedArgument At(Operation o, int index) => new(o.Operands[index]);

    private static PlannedArgument Start(Operation o) => o.Operands[1] is ConstantOperand { Value: PyNone } ? new(new ConstantOperand(0L)) : At(o, 1);

    /// <summary>A missing end of a slice is the largest int: slices end at the list's end at the latest.</summary>
    private static PlannedArgument Stop(Operation o) => o.Operands[2] is ConstantOperand { Value: PyNone } ? new(new ConstantOperand(long.MaxValue)) : At(o, 2);

    private SomeValue CallSpecial(Operation o, SomeInstance instance, string name)
    {
        if (!ClassTable.IsMethod(instance.Class, name)) throw Error($"{instance} has no {name}");
        var call = new Operation(OpCode.Call, o.Operands, o.Result, o.Line) { Detail = CallShape.Plain(o.Operands.Length - 1) };
        var result = CallMethod(call, new SomeMethod(instance, name), CallShape.Plain(o.Operands.Length - 1));
        o.Plan = call.Plan;
        return result;
    }

    private SomeValue NewList(Operation o, SomeValue[] items)
    {
        var list = o.Result.Annotation as SomeList ?? new SomeList(new ListType(), false);
        foreach (var item in items) list.Type.Item.Add(this, item);
        return list;
    }

    private const string ByteArrays = "rt.bytearrays";

    /// <summary>Whether values are of the built-in type bytearray, which is a class of the library.</summary>
    private static bool IsByteArray(SomeValue value) => value is SomeInstance { Class.Class.Module: ByteArrays };

    // Arithmetic.

    private SomeValue Binary(Operation o, SomeValue a, SomeValue b)
    {
        o.Plan = null;
        switch (a, b)
        {
            case (SomeInteger or SomeBool, SomeInteger or SomeBool): return o.Operator == Operator.Power ? throw Error("** of ints is not RPython") : Integers(o.Operator, a, b);
            case (SomeFloat or SomeInteger or SomeBool, SomeFloat or SomeInteger or SomeBool): return Floats(o);
            case (SomeString or SomeChar, SomeString or SomeChar) when o.Operator == Operator.Add: return CallLibrary(o, "rt.strings", "str_concat", At(o, 0), At(o, 1));
            case (SomeString or SomeChar, SomeInteger or SomeBool) when o.Operator == Operator.Multiply: return CallLibrary(o, "rt.strings", "str_mul", At(o, 0), At(o, 1));
            case (SomeInteger or SomeBool, SomeString or SomeChar) when o.Operator == Operator.Multiply: return CallLibrary(o, "rt.strings", "str_mul", At(o, 1), At(o, 0));
            case (SomeString { Constant: string or PyUnicode }, _) when o.Operator == Operator.Modulo: return CallLibrary(o, "rt.formatting", b is SomeTuple ? "format_tuple" : "format_one", At(o, 0), At(o, 1));
            case (SomeList, SomeList) when o.Operator == Operator.Add && o.Detail is "in place":
                CallLibrary(o, "rt.lists", "list_extend", At(o, 0), At(o, 1));
                o.Plan = new BuiltinPlan("extend_in_place", [At(o, 0), At(o, 1)]) { Library = (DirectPlan)o.Plan! };
                return a;
            case (SomeList, SomeString or SomeChar) when o.Operator == Operator.Add && o.Detail is "in place":
                CallLibrary(o, "rt.lists", "list_extend_str", At(o, 0), At(o, 1));
                o.Plan = new BuiltinPlan("extend_in_place", [At(o, 0), At(o, 1)]) { Library = (DirectPlan)o.Plan! };
                return a;
            case (SomeList, SomeList) when o.Operator == Operator.Add: return CallLibrary(o, "rt.lists", "list_concat", At(o, 0), At(o, 1));
            case (SomeList, SomeInteger or SomeBool) when o.Operator == Operator.Multiply: return CallLibrary(o, "rt.lists", "list_mul", At(o, 0), At(o, 1));
            case (SomeInteger or SomeBool, SomeList) when o.Operator == Operator.Multiply: return CallLibrary(o, "rt.lists", "list_mul", At(o, 1), At(o, 0));
            case (SomeTuple x, SomeTuple y) when o.Operator == Operator.Add: return new SomeTuple([.. x.Items, .. y.Items]);
            case (SomeInstance or SomeString or SomeChar, SomeInstance or SomeString or SomeChar) when o.Operator == Operator.Add && (IsByteArray(a) || IsByteArray(b)): return CallLibrary(o, ByteArrays, "concat", At(o, 0), At(o, 1));
            case (SomeInstance i, _) when ClassTable.IsMethod(i.Class, $"__{Evaluation.HostOperators.SpecialName(o.Operator)}__"): return CallSpecial(o, i, $"__{Evaluation.HostOperators.SpecialName(o.Operator)}__");
        }
        throw Error($"{o.Operator} of {a} and {b}");
    }

    private SomeValue Floats(Operation o)
    {
        switch (o.Operator)
        {
            case Operator.Add or Operator.Subtract or Operator.Multiply or Operator.Divide: return SomeFloat.Any;
            case Operator.Modulo: return CallLibrary(o, "rt.floats", "float_mod", At(o, 0), At(o, 1));
            case Operator.FloorDivide: return CallLibrary(o, "rt.floats", "float_floordiv", At(o, 0), At(o, 1));
            case Operator.Power: return CallLibrary(o, "math", "pow", At(o, 0), At(o, 1));
            default: throw Error($"{o.Operator} of floats");
        }
    }

    private SomeInteger Integers(Operator op, SomeValue a, SomeValue b)
    {
        var (ka, pa) = Integer(a);
        var (kb, pb) = Integer(b);
        var kind = op is Operator.ShiftLeft or Operator.ShiftRight ? Widened(ka) : Common(a, ka, b, kb);
        bool positive = op switch
        {
            Operator.Add or Operator.Multiply or Operator.FloorDivide or Operator.Divide or Operator.Or or Operator.Xor => pa && pb,
            Operator.Modulo => pb,
            Operator.And => pa || pb,
            Operator.ShiftRight => pa,
            _ => false,
        };
        return new SomeInteger(kind, positive || !kind.IsSigned);
    }

    private IntegerKind Common(SomeValue a, IntegerKind ka, SomeValue b, IntegerKind kb)
    {
        if (ka == kb) return Widened(ka);
        if (ka == IntegerKind.Signed && a.Constant is not null) return Widened(kb);
        if (kb == IntegerKind.Signed && b.Constant is not null) return Widened(ka);
        if (ka.IsWide || kb.IsWide) return ka.IsWide && kb.IsWide ? IntegerKind.Unsigned128 : ka.IsWide ? ka : kb;
        if (ka.Bits < 64 && kb.Bits < 64) return IntegerKind.Signed;
        if (ka.Bits < 64) return kb;
        if (kb.Bits < 64) return ka;
        // r_uint wins over int, as in rarithmetic.
        return IntegerKind.Unsigned;
    }

    private static IntegerKind Widened(IntegerKind kind) => kind;

    private static (IntegerKind Kind, bool IsNonNegative) Integer(SomeValue value) => value is SomeInteger i ? (i.Kind, i.IsNonNegative) : (IntegerKind.Signed, true);

    private SomeValue Unary(Operation o, SomeValue a) => a switch
    {
        SomeInteger i => new SomeInteger(i.Kind, !i.Kind.IsSigned || (o.Operator == Operator.Plus && i.IsNonNegative)),
        SomeBool => SomeInteger.Any,
        SomeFloat when o.Operator != Operator.Invert => SomeFloat.Any,
        SomeInstance i => CallSpecial(o, i, $"__{Evaluation.HostOperators.SpecialName(o.Operator)}__"),
        _ => throw Error($"{o.Operator} of {a}"),
    };

    private SomeBool Compare(Operation o, SomeValue a, SomeValue b)
    {
        o.Plan = null;
        bool isNegated = o.Operator is Operator.IsNot or Operator.NotEqual;
        if (o.Operator is Operator.Is or Operator.IsNot or Operator.Equal or Operator.NotEqual)
        {
            if (a is SomeNone && b is SomeNone) return SomeBool.Of(!isNegated);
            if ((a is SomeNone && !b.CanBeNone) || (b is SomeNone && !a.CanBeNone)) return SomeBool.Of(isNegated);
            if (a is SomeNone || b is SomeNone) return SomeBool.Any;
            if (a is SomePbc { Constant: { } x } && b is SomePbc { Constant: { } y }) return SomeBool.Of(ReferenceEquals(x, y) != isNegated);
            if (a.Constant is bool or long or string && b.Constant is bool or long or string && a.GetType() == b.GetType()) return SomeBool.Of(Equals(a.Constant, b.Constant) != isNegated);
        }
        switch (o.Operator, a, b)
        {
            case (Operator.In, _, SomeDict d):
                d.Type.Root.Key.Add(this, a);
                NeedEquality(d.Type.Root.Key.Value);
                CallLibrary(o, "rt.dicts", "dict_contains", At(o, 1), At(o, 0));
                return SomeBool.Any;
            case (Operator.In, _, SomeTuple t):
                foreach (var item in t.Items) NeedEquality(a, item);
                return SomeBool.Any;
            case (Operator.In, _, SomeList l):
                CallLibrary(o, "rt.lists", "list_contains", At(o, 1), At(o, 0));
                return SomeBool.Any;
            case (Operator.In, SomeString or SomeChar, SomeString or SomeChar):
                CallLibrary(o, "rt.strings", "str_contains", At(o, 1), At(o, 0));
                return SomeBool.Any;
            case (Operator.In, _, SomeInstance i):
                var swapped = new Operation(OpCode.Call, [o.Operands[1], o.Operands[0]], o.Result, o.Line);
                CallSpecial(swapped, i, "__contains__");
                o.Plan = swapped.Plan;
                return SomeBool.Any;
            case (Operator.Is or Operator.IsNot, _, _): return SomeBool.Any;
            case (_, SomeString or SomeChar, SomeString or SomeChar):
                if (a is SomeChar && b is SomeChar) return SomeBool.Any;
                if (o.Operator is Operator.Equal or Operator.NotEqual) CallLibrary(o, "rt.strings", o.Operator == Operator.Equal ? "str_eq" : "str_ne", At(o, 0), At(o, 1));
                else CallLibrary(o, "rt.strings", $"str_{Evaluation.HostOperators.SpecialName(o.Operator)}", At(o, 0), At(o, 1));
                return SomeBool.Any;
            case (Operator.Equal or Operator.NotEqual, SomeList, SomeList):
                CallLibrary(o, "rt.lists", o.Operator == Operator.Equal ? "list_eq" : "list_ne", At(o, 0), At(o, 1));
                return SomeBool.Any;
            case (Operator.Equal or Operator.NotEqual, SomeTuple x, SomeTuple y):
                if (x.Items.Length != y.Items.Length) return SomeBool.Of(isNegated);
                NeedEquality(x, y);
                return SomeBool.Any;
            // Instances are equal that are the same: RPython calls no __eq__. Types of the library's own have values.
            case (_, SomeInstance i, _) when (o.Operator is not (Operator.Equal or Operator.NotEqual) || IsOfLibrary(i.Class.Class)) && ClassTable.IsMethod(i.Class, $"__{Evaluation.HostOperators.SpecialName(o.Operator)}__"):
                CallSpecial(o, i, $"__{Evaluation.HostOperators.SpecialName(o.Operator)}__");
                return SomeBool.Any;
            case (_, SomeInteger or SomeBool or SomeFloat, SomeInteger or SomeBool or SomeFloat): return SomeBool.Any;
            case (Operator.Equal or Operator.NotEqual, SomeInstance, SomeInstance): return SomeBool.Any;
            case (Operator.Equal or Operator.NotEqual, SomeInstance or SomePbc or SomeDict or SomePointer or SomeWords, _):
                Lattice.Union(this, a, b);
                return SomeBool.Any;
        }
        throw Error($"{o.Operator} of {a} and {b}");
    }

    private static bool IsOfLibrary(PyClass c) => c.Module.StartsWith("rt.", StringComparison.Ordinal);

    /// <summary>Has the library functions annotated that comparing or hashing values of a type takes.</summary>
    public void NeedEquality(SomeValue type)
    {
        switch (type)
        {
            case SomeString { IsUnicode: var isUnicode }:
                var text = new FlowVariable("s", -1) { Annotation = new SomeString(isUnicode, true) };
                Enter(null, LibraryFunction("rt.strings", "str_eq"), [new(text), new(text)]);
                Enter(null, LibraryFunction("rt.strings", "str_hash"), [new(text)]);
                break;
            case SomeTuple t:
                foreach (var item in t.Items) NeedEquality(item);
                break;
        }
    }

    /// <summary>Has the library functions annotated that comparing two values takes.</summary>
    private void NeedEquality(SomeValue a, SomeValue b)
    {
        switch (a, b)
        {
            case (SomeTuple x, SomeTuple y):
                for (int i = 0; i < Math.Min(x.Items.Length, y.Items.Length); i++) NeedEquality(x.Items[i], y.Items[i]);
                break;
            case (SomeList, SomeList):
                Enter(null, LibraryFunction("rt.lists", "list_eq"), [new(new FlowVariable("a", -1) { Annotation = a }), new(new FlowVariable("b", -1) { Annotation = b })]);
                break;
            case (SomeString s, SomeString or SomeChar): NeedEquality(s); break;
            case (SomeChar, SomeString s): NeedEquality(s); break;
            case (SomeInteger or SomeBool or SomeFloat, SomeInteger or SomeBool or SomeFloat): break;
            default: Lattice.Union(this, a, b); break;
        }
    }

    private SomeBool Truth(Operation o, SomeValue a)
    {
        o.Plan = null;
        switch (a)
        {
            case SomeBool b: return b;
            case { Constant: long or double or string or PyNone or PyTuple }: return SomeBool.Of(evaluator.IsTrue(a.Constant!));
            case SomeTuple t: return SomeBool.Of(t.Items.Length > 0);
            case SomeChar: return SomeBool.Of(true);
            case SomeInstance when IsByteArray(a):
                CallLibrary(o, ByteArrays, "is_true", At(o, 0));
                return SomeBool.Any;
            case SomeInstance { Nullable: false } or SomePbc { Nullable: false } or SomeMethod or SomeBuiltinMethod: return SomeBool.Of(true);
            default: return SomeBool.Any;
        }
    }

    private SomeValue Str(Operation o, SomeValue a, char format)
    {
        o.Plan = null;
        switch (a, format)
        {
            // What the print statement writes of a unicode string.
            case (SomeString { IsUnicode: true } or SomeChar { IsUnicode: true }, 'p'): return CallLibrary(o, "rt.encodings", "encode_utf8", At(o, 0));
            case (_, 'p'): return Str(o, a, 's');
            case (SomeInteger or SomeBool, 'o'): return CallLibrary(o, "rt.formatting", "str_of_oct", At(o, 0));
            case (SomeFloat or SomeInteger or SomeBool, 'g'): return CallLibrary(o, "rt.formatting", "str_of_float_g", At(o, 0));
            case (SomeFloat or SomeInteger or SomeBool, 'e'): return CallLibrary(o, "rt.formatting", "str_of_float_e", At(o, 0));
            case (SomeString { IsUnicode: true, Nullable: true }, 's'): return CallLibrary(o, "rt.formatting", "unicode_of_unicode", At(o, 0));
            case (SomeString s, 's'): return s.Nullable ? CallLibrary(o, "rt.formatting", "str_of_str", At(o, 0)) : a;
            case (SomeChar c, 's' or 'c'): return new SomeString(c.IsUnicode, false);
            case (SomeInteger or SomeBool, 'c'): return SomeString.Byte;
            case (SomeBool, 's'): return CallLibrary(o, "rt.formatting", "str_of_bool", At(o, 0));
            case (SomeInteger { Kind.IsWide: true } i, 's' or 'd' or 'r'): return CallLibrary(o, "rt.formatting", i.Kind.IsSigned ? "str_of_wide" : "str_of_uwide", At(o, 0));
            case (SomeInteger { Kind.IsSigned: false }, 's' or 'd'): return CallLibrary(o, "rt.formatting", "str_of_uint", At(o, 0));
            case (SomeInteger or SomeBool, 's' or 'd' or 'r'): return CallLibrary(o, "rt.formatting", "str_of_int", At(o, 0));
            case (SomeInteger or SomeBool, 'x'): return CallLibrary(o, "rt.formatting", "str_of_hex", At(o, 0));
            case (SomeFloat, 'd'): return CallLibrary(o, "rt.formatting", "str_of_float_as_int", At(o, 0));
            case (SomeFloat, 's' or 'f' or 'r'): return CallLibrary(o, "rt.formatting", "str_of_float", At(o, 0));
            case (SomeInteger or SomeBool, 'f'): return CallLibrary(o, "rt.formatting", "str_of_float", At(o, 0));
            case (SomeNone, _):
                o.Plan = new ConstantPlan("None");
                return SomeString.Byte;
            case (SomeString or SomeChar, 'r'): return CallLibrary(o, "rt.formatting", "repr_of_str", At(o, 0));
            case (SomeList, _): return CallLibrary(o, "rt.formatting", "str_of_list", At(o, 0));
            case (SomeTuple t, _): return StrOfTuple(o, t);
            case (SomeInstance, _) when IsByteArray(a): return CallLibrary(o, ByteArrays, "text_of", At(o, 0));
            case (SomeInstance, _): return CallLibrary(o, "rt.formatting", "str_of_instance", At(o, 0));
            case (SomePbc { Constant: null, Nullable: false, Members.Items: [PyClass, ..] classes }, _):
                o.Plan = new SwitchPlan([.. classes.Select(c => (c, (CallPlan)new ConstantPlan(((PyClass)c).Name)))]) { On = o.Operands[0] };
                return SomeString.Byte;
            case (SomePbc { Constant: { } constant }, _):
                o.Plan = new ConstantPlan(HostText.Str(constant));
                return SomeString.Byte;
            default: throw Error($"%{format} of {a}");
        }
    }

    private SomeValue StrOfTuple(Operation o, SomeTuple t)
    {
        if (t.Items.Length > 8) return CallLibrary(o, "rt.formatting", "str_of_long_tuple", At(o, 0), new PlannedArgument(new ConstantOperand((long)t.Items.Length)));
        return CallLibrary(o, "rt.formatting", $"str_of_tuple{t.Items.Length}", [.. Enumerable.Range(0, t.Items.Length).Select(i => new PlannedArgument(o.Operands[0], i))]);
    }

    // Items.

    private SomeValue GetItem(Operation o, SomeValue container, SomeValue index)
    {
        o.Plan = null;
        switch (container)
        {
            case SomeList l: return index is SomeInteger or SomeBool ? l.Type.Item.Read(this) : throw Error($"a list index of type {index}");
            case SomeString s: return index is SomeInteger or SomeBool ? new SomeChar(s.IsUnicode) : throw Error($"a string index of type {index}");
            case SomeChar c: return c with { Constant = null };
            case SomePointer p: return index is SomeInteger or SomeBool ? RawItem(o, p) : throw Error($"an index of type {index}");
            case SomeDict d:
                d.Type.Root.Key.Add(this, index);
                NeedEquality(d.Type.Root.Key.Value);
                return CallLibrary(o, "rt.dicts", "dict_getitem", At(o, 0), At(o, 1));
            case SomeTuple t when index.Constant is long at && at >= -t.Items.Length && at < t.Items.Length:
                if (o.Detail is int count && count != t.Items.Length) throw Error($"{count} targets for {t.Items.Length} values");
                return t.Items[at < 0 ? at + t.Items.Length : at];
            case SomeTuple: throw Error($"the index of a tuple must be a constant in its range, and is {index}");
            case SomeInstance i: return CallSpecial(o, i, "__getitem__");
            default: throw Error($"{container} has no items");
        }
    }

    private SomeValue SetItem(Operation o, SomeValue container, SomeValue index, SomeValue value)
    {
        o.Plan = null;
        switch (container)
        {
            case SomeList l:
                if (index is not (SomeInteger or SomeBool)) throw Error($"a list index of type {index}");
                l.Type.Item.Add(this, value);
                return SomeNone.Instance;
            case SomeDict d:
                d.Type.Root.Key.Add(this, index);
                d.Type.Root.Value.Add(this, value);
                NeedEquality(d.Type.Root.Key.Value);
                return CallLibrary(o, "rt.dicts", "dict_setitem", At(o, 0), At(o, 1), At(o, 2));
            case SomePointer p: return index is SomeInteger or SomeBool ? SetRawItem(o, p, value) : throw Error($"an index of type {index}");
            case SomeInstance i: return CallSpecial(o, i, "__setitem__");
            default: throw Error($"items of {container} cannot be set");
        }
    }

    private SomeValue GetSlice(Operation o, SomeValue container) => container switch
    {
        SomeList => CallLibrary(o, "rt.lists", "list_slice", At(o, 0), Start(o), Stop(o)),
        SomeString or SomeChar => CallLibrary(o, "rt.strings", "str_slice", At(o, 0), Start(o), Stop(o)),
        SomeTuple t when o.Operands[1] is ConstantOperand start && o.Operands[2] is ConstantOperand stop => SliceOf(t, start.Value, stop.Value),
        SomeInstance i => CallSpecialMethod(o, i, "__getslice__", [At(o, 0), Start(o), Stop(o)]),
        _ => throw Error($"{container} cannot be sliced"),
    };

    private static SomeTuple SliceOf(SomeTuple t, object start, object stop)
    {
        int from = start is long s ? (int)s : 0, to = stop is long e ? (int)e : t.Items.Length;
        if (from < 0) from += t.Items.Length;
        if (to < 0) to += t.Items.Length;
        return new SomeTuple(t.Items[from..Math.Min(to, t.Items.Length)]);
    }

    // Loops.

    private SomeValue Iterate(Operation o, SomeValue[] a)
    {
        o.Plan = null;
        if (o.Detail is "range")
        {
            if (!Array.TrueForAll(a, i => i is SomeInteger or SomeBool)) throw Error($"range of {string.Join(", ", a.AsEnumerable())}");
            bool? up = a.Length < 3 ? true : a[2].Constant is long step ? step > 0 : null;
            bool positive = up is null ? Integer(a[0]).IsNonNegative && Integer(a[1]).IsNonNegative : up == true ? a.Length == 1 || Integer(a[0]).IsNonNegative : Integer(a[1]).IsNonNegative || a[1].Constant is -1L;
            return new SomeIterator("range", new SomeInteger(IntegerKind.Signed, positive));
        }
        switch (a[0])
        {
            case SomeIterator i: return i;
            case SomeList or SomeString or SomeChar: return new SomeIterator(o.Detail is "reversed" ? "reversed" : "items", a[0]);
            case SomeDict: return new SomeIterator("keys", a[0]);
            case SomeTuple t: return new SomeIterator(o.Detail is "reversed" ? "reversed" : "items", ListOf(t, (o.Result.Annotation as SomeIterator)?.Source));
            case SomeInstance i when ClassTable.IsMethod(i.Class, "__iter__"):
                var result = CallSpecial(o, i, "__iter__");
                return result is SomeInstance made ? new SomeIterator("object", made) : result;
            case SomeInstance i: return new SomeIterator("object", i);
            default: throw Error($"{a[0]} cannot be iterated over");
        }
    }

    /// <summary>The list that a tuple's items make; the one that the operation has made before if it has.</summary>
    public SomeList ListOf(SomeTuple tuple, SomeValue? before)
    {
        var list = before as SomeList ?? new SomeList(new ListType(), false);
        foreach (var item in tuple.Items) list.Type.Item.Add(this, item);
        return list;
    }

    private SomeValue Next(Operation o, SomeIterator iterator)
    {
        o.Plan = null;
        switch (iterator.Kind, iterator.Source)
        {
            case ("range", _): return iterator.Source;
            case ("items" or "reversed", SomeList l): return l.Type.Item.Read(this);
            case ("items" or "reversed", SomeString s): return new SomeChar(s.IsUnicode);
            case ("items" or "reversed", SomeChar c): return new SomeChar(c.IsUnicode);
            case ("keys", SomeDict d): return d.Type.Root.Key.Read(this);
            case ("values", SomeDict d): return d.Type.Root.Value.Read(this);
            case ("pairs", SomeDict d):
                var (key, value) = (d.Type.Root.Key.Read(this), d.Type.Root.Value.Read(this));
                return key is SomeImpossible || value is SomeImpossible ? SomeImpossible.Instance : new SomeTuple([key, value]);
            case ("object", SomeInstance i):
                return CallSpecial(o, i, "next");
            default: throw Error($"{iterator} cannot be iterated over");
        }
    }

    private SomeValue NarrowToInstance(SomeValue value, PyClass c)
    {
        if (value is not SomeInstance instance) return BuiltinFunctions.IsInstance(value, c) == false ? SomeImpossible.Instance : value.CanBeNone && value is not SomeNone ? value.WithNone(false) : value;
        var type = Classes.Of(c);
        if (instance.Class.IsSubclassOf(type)) return instance with { Nullable = false };
        // A mixin says nothing of the layout.
        return type.IsSubclassOf(instance.Class) ? new SomeInstance(type, false) : instance.Class.SelfAndSubclasses.Any(s => s.Class.IsSubclassOf(c)) ? instance with { Nullable = false } : SomeImpossible.Instance;
    }

    private SomeValue ToException(Operation o, SomeValue[] a)
    {
        switch (a[0])
        {
            case SomeInstance: return a[0].WithNone(false);
            case SomePbc { Members.Items: [PyClass, ..] } pbc:
                var call = new Operation(OpCode.Call, o.Operands, o.Result, o.Line) { Detail = CallShape.Plain(a.Length - 1) };
                var result = CallPrebuilt(call, pbc, pbc.Members.Items, (CallShape)call.Detail!);
                o.Plan = call.Plan;
                return result;
            default: throw Error($"raise of {a[0]}");
        }
    }
}
