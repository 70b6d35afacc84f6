using System.Numerics;
using Mu.RPython.Objects;

namespace Mu.RPython.Annotation;

// Types of constants and prebuilt objects.
internal sealed partial class Annotator
{
    private readonly Dictionary<object, SomeValue> prebuilt = new(ReferenceEqualityComparer.Instance);

    /// <summary>The type of a host object that compiled code refers to.</summary>
    public SomeValue OfConstant(object value)
    {
        switch (value)
        {
            case PyNone: return SomeNone.Instance;
            case bool b: return SomeBool.Of(b);
            case long i: return new SomeInteger(IntegerKind.Signed, i >= 0) { Constant = value };
            case PyFixedInteger f: return new SomeInteger(f.Kind, !f.Kind.IsSigned || f.Bits >= 0) { Constant = value };
            case BigInteger b when b <= ulong.MaxValue && b > 0: return new SomeInteger(IntegerKind.Unsigned, true) { Constant = HostNumbers.Fix(IntegerKind.Unsigned, b) };
            case Complex: throw Error("compiled code has no complex numbers, only what is computed of them while it is compiled");
            case BigInteger: throw Error($"{value} does not fit an int");
            case double: return SomeFloat.Any with { Constant = value };
            case string { Length: 1 }: return SomeChar.Byte with { Constant = value };
            case string: return SomeString.Byte with { Constant = value };
            case PyUnicode u: return u.CodePoints.Count() == 1 ? SomeChar.Unicode with { Constant = value } : SomeString.Unicode with { Constant = value };
            case PyWords: return SomeWords.Instance;
            case PyTuple t: return new SomeTuple(Array.ConvertAll(t.Items, OfConstant)) { Constant = t };
            case PyFunction or PyClass or PyBuiltin: return SomePbc.Of(value);
            case PyStaticMethod s: return OfConstant(s.Function);
            case PyMethod { Self: null } m: return OfConstant(m.Function);
            case PyMethod { Self: PyClass } m: return SomePbc.Of(Shared(m));
            case PyMethod { Self: PyInstance self, Function: PyFunction f } m:
                return OfConstant(self) is SomeInstance instance ? new SomeMethod(instance, f.Name) { Constant = m } : SomePbc.Of(Shared(m));
            case PyMethod { Self: { } self, Function: PyBuiltin f }: return new SomeBuiltinMethod(OfConstant(self), f.Name);
            case PyInstance i when LowLevelType.IsPointer(i): return new SomePointer(new LowLevelType((PyInstance)i.Fields["TO"])) { Constant = i };
            case PyInstance i when i.Class.Find("_freeze_") is not null: return SomePbc.Of(i);
        }
        if (prebuilt.TryGetValue(value, out var known)) return known;
        switch (value)
        {
            case PyList l:
                var list = new ListType();
                prebuilt[value] = new SomeList(list, false) { Constant = value };
                foreach (var item in l.Items) list.Item.Add(this, OfConstant(item));
                break;
            case PyDict d:
                var dict = new DictType { Functions = d.Custom is null ? null : new DictFunctions() };
                prebuilt[value] = new SomeDict(dict, false) { Constant = value };
                if (d.Custom is { } custom) dict.Functions!.Add(this, OfConstant(custom.Equal), OfConstant(custom.Hash));
                foreach (var (key, item) in d.Items)
                {
                    dict.Key.Add(this, OfConstant(key));
                    dict.Value.Add(this, OfConstant(item));
                }
                break;
            case PyInstance i: return OfInstance(i);
            case PyWeakReference w:
                prebuilt[value] = new SomeWeakReference((OfConstant(w.Target) as SomeInstance) is { } target ? target with { Constant = null } : null, false) { Constant = w };
                break;
            default: throw Error($"{HostText.Repr(value)} cannot be used in compiled code");
        }
        return prebuilt[value];
    }

    /// <summary>The type of a prebuilt instance whose attributes are read at run time.</summary>
    private SomeInstance OfInstance(PyInstance i)
    {
        if (prebuilt.TryGetValue(i, out var known)) return (SomeInstance)known;
        var type = Classes.Of(i.Class);
        var result = new SomeInstance(type, false) { Constant = i };
        prebuilt[i] = result;
        if (type.Class.Find("_freeze_") is not null)
            foreach (var memoizer in memoizers) Enqueue(memoizer);
        // What nobody reads or sets is not looked at: it may be anything.
        type.Prebuilt.Add(i);
        foreach (string name in i.Fields.Keys)
            if (ClassTable.Home(type, name) is { } home) AddField(home.Attributes[name], i, name);
        return result;
    }

    /// <summary>Adds to an attribute's cell what a prebuilt instance has there.</summary>
    public void AddField(TypeCell cell, PyInstance i, string name)
    {
        if (!IsHidden(i, name) && i.Fields.TryGetValue(name, out var field)) cell.Add(this, OfConstant(field));
    }

    /// <summary>A frozen instance as an instance like others.</summary>
    public SomeValue Thawed(SomePbc frozen) => OfInstance((PyInstance)frozen.Members.Items[0]);

    private readonly Dictionary<(object Self, object Function), PyMethod> methods = [];

    /// <summary>One object for each method of a frozen instance.</summary>
    private PyMethod Shared(PyMethod m)
    {
        if (!methods.TryGetValue((m.Self!, m.Function), out var shared)) methods[(m.Self!, m.Function)] = shared = m;
        return shared;
    }

    /// <summary>Fields of prebuilt objects that compiled code does not see.</summary>
    public static bool IsHidden(PyInstance i, string name) => name == "args" && i.Class.IsSubclassOf(BuiltinTypes.BaseException);
}
