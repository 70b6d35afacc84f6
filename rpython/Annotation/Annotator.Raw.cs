using Mu.RPython.Flow;
using Mu.RPython.Objects;

namespace Mu.RPython.Annotation;

// Raw memory and native functions (rpython.rtyper.lltypesystem).
internal sealed partial class Annotator
{
    /// <summary>The type of a value that stands in raw memory, or is passed to a native function.</summary>
    public SomeValue OfLowLevel(LowLevelType type) => type.Kind switch
    {
        "int" => new SomeInteger(type.Integer, !type.Integer.IsSigned),
        "float" => SomeFloat.Any,
        "bool" => SomeBool.Any,
        "char" => SomeChar.Byte,
        "unichar" => SomeChar.Unicode,
        "void" => SomeNone.Instance,
        "ptr" => new SomePointer(type.Target),
        _ => throw Error($"a {type} is no value"),
    };

    /// <summary>What reading a place gives: of a struct or an array that stands there, its address.</summary>
    private SomeValue Read(Operation o, LowLevelType type, int offset, int itemSize, params PlannedArgument[] arguments)
    {
        o.Plan = new RawPlan(type.IsContainer ? RawOperation.Address : RawOperation.Load, type, offset, itemSize, arguments);
        return type.IsContainer ? new SomePointer(type) : OfLowLevel(type);
    }

    private SomeNone Write(Operation o, LowLevelType type, int offset, int itemSize, SomeValue value, params PlannedArgument[] arguments)
    {
        if (type.IsContainer) throw Error($"a {type} cannot be assigned as a whole");
        CheckFits(value, type, $"what is stored as {type}");
        o.Plan = new RawPlan(RawOperation.Store, type, offset, itemSize, arguments);
        return SomeNone.Instance;
    }

    /// <summary>Raw memory is as strict as C's types: ints are cast by rffi.cast, unless they have the right type.</summary>
    private void CheckFits(SomeValue value, LowLevelType type, string what)
    {
        bool fits = (value, OfLowLevel(type)) switch
        {
            (SomeInteger, SomeInteger) or (SomeBool, SomeBool or SomeInteger) => true,
            (SomeFloat or SomeInteger or SomeBool, SomeFloat) => true,
            (SomeChar a, SomeChar b) => a.IsUnicode == b.IsUnicode,
            (SomePointer a, SomePointer b) => a.Target == b.Target,
            (SomeImpossible, _) => true,
            _ => false,
        };
        if (!fits) throw Error($"{what} is {value}");
    }

    private LowLevelType ArrayOf(SomePointer p) => p.Target.Kind == "array" ? p.Target : throw Error($"{p} has no items");

    private SomeValue RawItem(Operation o, SomePointer p)
    {
        var array = ArrayOf(p);
        return Read(o, array.Item, array.Offset, array.Item.Size, At(o, 0), At(o, 1));
    }

    private SomeNone SetRawItem(Operation o, SomePointer p, SomeValue value)
    {
        var array = ArrayOf(p);
        return Write(o, array.Item, array.Offset, array.Item.Size, value, At(o, 0), At(o, 1), At(o, 2));
    }

    private (int Offset, LowLevelType Type) FieldOf(SomePointer p, string name) => p.Target.Field(name) ?? throw Error($"{p} has no field '{name}'");

    private SomeValue RawField(Operation o, SomePointer p, string name)
    {
        var (offset, type) = FieldOf(p, name);
        return Read(o, type, offset, 0, At(o, 0));
    }

    private SomeNone SetRawField(Operation o, SomePointer p, string name, SomeValue value)
    {
        var (offset, type) = FieldOf(p, name);
        return Write(o, type, offset, 0, value, At(o, 0), At(o, 1));
    }

    /// <summary>The intrinsics of raw memory; null for others.</summary>
    public SomeValue? Raw(Operation o, string name, PlannedArgument[] arguments, SomeValue[] a)
    {
        switch (name)
        {
            case "raw_cast":
                var type = LowLevelType.From(a[0].Constant) ?? throw Error($"rffi.cast to {a[0]}");
                o.Plan = new RawPlan(RawOperation.Cast, type, 0, 0, [arguments[1]]);
                if (a[1] is not (SomeInteger or SomeBool or SomeFloat or SomeChar or SomePointer or SomeImpossible)) throw Error($"rffi.cast of {a[1]} to {type}");
                return OfLowLevel(type);
            case "raw_malloc": return new SomePointer(LowLevelType.From(a[0].Constant) ?? throw Error($"lltype.malloc of {a[0]}"));
            case "raw_free": return a[0] is SomePointer ? SomeNone.Instance : throw Error($"lltype.free of {a[0]}");
            case "raw_function":
                var pointer = LowLevelType.From(a[0].Constant) is { Kind: "ptr", Target: { Kind: "func" } function } ? function : throw Error($"a function pointer of type {a[0]}");
                if (a[1].Constant is not PyFunction pointed) throw Error($"the function behind a pointer must be constant, not {a[1]}");
                o.Plan = new FunctionPointerPlan(Callback(pointed, pointer), pointer);
                return new SomePointer(pointer);
            case "raw_type_of":
                var stored = TypeInMemory(a[0]);
                o.Plan = new ConstantPlan(stored);
                return OfConstant(stored);
            case "raw_set_length":
                o.Plan = new RawPlan(RawOperation.Store, SignedWord(), 0, 0, arguments);
                return SomeNone.Instance;
            case "raw_add":
                var array = ArrayOf(a[0] as SomePointer ?? throw Error($"rffi.ptradd of {a[0]}"));
                o.Plan = new RawPlan(RawOperation.Address, array, 0, array.Item.Size, arguments);
                return new SomePointer(array);
            case "raw_field_pointer" when a is [SomePointer p, { Constant: string field }]:
                var (offset, found) = FieldOf(p, field);
                o.Plan = new RawPlan(RawOperation.Address, found, offset, 0, [arguments[0]]);
                return new SomePointer(found);
            default: return null;
        }
    }

    private object LowLevelName(string name) => evaluator.Loader.Library(evaluator, "rpython.rtyper.lltypesystem.rffi").Names[name];

    private LowLevelType SignedWord() => new((PyInstance)LowLevelName("Signed"));

    /// <summary>The low-level type that a value has (lltype.typeOf).</summary>
    private object TypeInMemory(SomeValue value) => value switch
    {
        SomeInteger { Kind: { IsWide: false } kind } => LowLevelName((kind.IsSigned ? "INT" : "UINT") + kind.Bits),
        SomeFloat => LowLevelName("Float"),
        SomeBool => LowLevelName("Bool"),
        SomeChar { IsUnicode: false } => LowLevelName("Char"),
        SomeChar => LowLevelName("UniChar"),
        SomePointer p => evaluator.Call(LowLevelName("Ptr"), p.Target.Host),
        _ => throw Error($"lltype.typeOf of {value}"),
    };

    /// <summary>The length of an array that has one.</summary>
    public SomeValue RawLength(Operation o, SomePointer p, PlannedArgument[] arguments)
    {
        if (!p.Target.HasLength) throw Error($"len of {p}, which does not know its length");
        o.Plan = new RawPlan(RawOperation.Load, SignedWord(), 0, 0, arguments);
        return SomeInteger.NonNegative;
    }

    private SomeValue CallNative(Operation o, NativeFunction native, PlannedArgument[] arguments, PlannedArgument? pointer = null)
    {
        if (arguments.Length != native.Parameters.Length) throw Error($"{native.Name}() takes {native.Parameters.Length} arguments, {arguments.Length} are given");
        var callbacks = new Dictionary<int, AnnotatedFunction>();
        for (int i = 0; i < arguments.Length; i++)
        {
            var (type, given) = (native.Parameters[i], Of(arguments[i]));
            if (type.Kind == "ptr" && given is SomePbc { Constant: PyFunction f } && type.Target.Kind == "func") callbacks[i] = Callback(f, type.Target);
            else if (!(type.Kind == "ptr" && given is SomeString { IsUnicode: false } or SomeChar { IsUnicode: false } or SomeNone)) CheckFits(given, type, $"argument {i + 1} of {native.Name}, a {type},");
        }
        o.Plan = new NativePlan(native, arguments, callbacks) { Pointer = pointer };
        return OfLowLevel(native.Result);
    }

    /// <summary>A function that native code calls.</summary>
    private AnnotatedFunction Callback(PyFunction f, LowLevelType type)
    {
        var target = Enter(null, f, [.. type.Parameters.Select(p => new PlannedArgument(new FlowVariable("argument", -1) { Annotation = OfLowLevel(p) }))]);
        var result = target.Result.Read(this);
        if (type.Result.Kind != "void") CheckFits(result, type.Result, $"the result of {f.QualifiedName}, which native code takes as {type.Result},");
        return target;
    }
}
