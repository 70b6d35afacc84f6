using Mu.RPython.Objects;

namespace Mu.RPython.Evaluation;

/// <summary>Attributes of host objects.</summary>
internal static class HostAttributes
{
    public static object Get(Evaluator e, object owner, string name) =>
        TryGet(e, owner, name, out var value) ? value : throw Evaluator.Raise("AttributeError", $"{HostText.Repr(owner)} has no attribute '{name}'");

    public static bool TryGet(Evaluator e, object owner, string name, out object value)
    {
        value = null!;
        switch (owner)
        {
            case PyModule m:
                if (m.Names.TryGetValue(name, out value!)) return true;
                if (name == "__dict__") return Found(out value, DictOf(m.Names, isLive: true));
                if (name == "__name__") return Found(out value, m.Name);
                return e.Loader.TryImport(e, $"{m.Name}.{name}", m) is { } inner && Found(out value, inner);
            case PyInstance i: return TryGetOfInstance(e, i, name, out value);
            case PyClass c: return TryGetOfClass(e, c, name, out value);
            case PyFunction f:
                if (f.Attributes.TryGetValue(name, out value!)) return true;
                return name switch
                {
                    "__name__" or "func_name" => Found(out value, f.Name),
                    "__module__" => Found(out value, f.Module.Name),
                    "__doc__" => Found(out value, PyNone.Value),
                    "__dict__" => Found(out value, DictOf(f.Attributes)),
                    "func_globals" => Found(out value, DictOf(f.Module.Names)),
                    "func_defaults" => Found(out value, f.Defaults.Length == 0 ? PyNone.Value : new PyTuple(f.Defaults)),
                    "func_code" or "__code__" => Found(out value, CodeOf(f)),
                    _ => false,
                };
            case PyMethod m:
                switch (name)
                {
                    case "im_func" or "__func__": return Found(out value, m.Function);
                    case "im_self" or "__self__": return Found(out value, m.Self ?? PyNone.Value);
                    case "im_class": return Found(out value, m.Class);
                    default: return TryGet(e, m.Function, name, out value);
                }
            case PyBuiltin b when name is "__name__" or "func_name": return Found(out value, b.Name);
            case PyProperty p:
                switch (name)
                {
                    case "fget": return Found(out value, p.Getter);
                    case "fset": return Found(out value, p.Setter);
                    case "setter": return Found(out value, new PyBuiltin("setter", (_, a, _) => new PyProperty(p.Getter, a[0])));
                    default: return false;
                }
            // sys.version_info is the one tuple with names.
            case PyTuple { Items: [long major, long minor, long micro] } when name is "major" or "minor" or "micro": return Found(out value, name == "major" ? major : name == "minor" ? minor : micro);
            case System.Numerics.Complex c when name is "real" or "imag": return Found(out value, name == "real" ? c.Real : c.Imaginary);
            case PyStaticMethod s when name is "__func__": return Found(out value, s.Function);
        }
        if (name == "__class__") return Found(out value, BuiltinTypes.Of(owner));
        return HostMethods.Find(owner, name) is { } method && Found(out value, method);
    }

    public static void Set(Evaluator e, object owner, string name, object value)
    {
        switch (owner)
        {
            case PyInstance i when i.Class.Find(name) is PyProperty p: e.Call(p.Setter, i, value); break;
            case PyInstance i when name == "__class__": throw Evaluator.Raise("TypeError", $"the class of {i} cannot change");
            case PyInstance i: i.Fields[name] = value; break;
            case PyClass c:
                c.Names[name] = value;
                Evaluator.SetOwner(value, c);
                break;
            case PyFunction f when name == "func_name": f.Attributes["__name__"] = value; break;
            case PyFunction f: f.Attributes[name] = value; break;
            case PyMethod m: Set(e, m.Function, name, value); break;
            case PyModule m: m.Names[name] = value; break;
            default: throw Evaluator.Raise("AttributeError", $"attributes of {HostText.Repr(owner)} cannot be set");
        }
    }

    public static void Delete(object owner, string name)
    {
        var names = owner switch { PyInstance i => i.Fields, PyClass c => c.Names, PyModule m => m.Names, PyFunction f => f.Attributes, _ => [] };
        if (!names.Remove(name)) throw Evaluator.Raise("AttributeError", $"{HostText.Repr(owner)} has no attribute '{name}'");
    }

    private static bool Found(out object value, object found)
    {
        value = found;
        return true;
    }

    private static bool TryGetOfInstance(Evaluator e, PyInstance i, string name, out object value)
    {
        if (i.Class.Find(name) is PyProperty p) return Found(out value, e.Call(p.Getter, i));
        if (i.Fields.TryGetValue(name, out value!)) return true;
        if (name == "__class__") return Found(out value, i.Class);
        if (name == "__dict__") return Found(out value, DictOf(i.Fields));
        if (i.Class.Find(name) is { } found) return Found(out value, Bind(found, i, i.Class));
        if (name == "message" && i.Class.IsSubclassOf(BuiltinTypes.BaseException)) return Found(out value, HostText.MessageOf(i));
        return i.Class.Find("__getattr__") is { } fallback && Found(out value, e.Call(fallback, i, name));
    }

    private static bool TryGetOfClass(Evaluator e, PyClass c, string name, out object value)
    {
        if (c.Find(name) is { } found) return Found(out value, Bind(found, null, c));
        if (c.Find("__metaclass__") is PyClass meta && meta != BuiltinTypes.Type && meta.Find(name) is PyFunction ofMeta) return Found(out value, new PyMethod(c, ofMeta, meta));
        switch (name)
        {
            case "__name__": return Found(out value, c.Name);
            case "__module__": return Found(out value, c.Module);
            case "__bases__": return Found(out value, new PyTuple([.. c.Bases]));
            case "__base__": return Found(out value, c.Bases.Length > 0 ? c.Bases[0] : PyNone.Value);
            case "__mro__": return Found(out value, new PyTuple([.. c.Mro]));
            case "__dict__": return Found(out value, DictOf(c.Names));
            case "__doc__": return Found(out value, PyNone.Value);
            case "__class__": return Found(out value, BuiltinTypes.Type);
            case "mro": return Found(out value, new PyBuiltin("mro", (_, _, _) => new PyList(c.Mro)));
            case "__subclasses__": return Found(out value, new PyBuiltin("__subclasses__", (_, _, _) => new PyList([])));
            case "__init__" when c.IsSubclassOf(BuiltinTypes.BaseException):
                return Found(out value, new PyBuiltin("__init__", (_, a, _) => { ((PyInstance)a[0]).Fields["args"] = new PyTuple(a[1..]); return PyNone.Value; }));
            case "__init__": return Found(out value, new PyBuiltin("__init__", (_, _, _) => PyNone.Value));
            case "__new__": return Found(out value, new PyBuiltin("__new__", (_, a, _) => new PyInstance((PyClass)a[0])));
            default: return HostMethods.FindUnbound(c, name) is { } method ? Found(out value, method) : !Found(out value, PyNone.Value);
        }
    }

    /// <summary>An attribute of a class, seen through an instance or (null) the class.</summary>
    public static object Bind(object found, object? self, PyClass c) => found switch
    {
        PyFunction => new PyMethod(self, found, c),
        PyStaticMethod s => s.Function,
        PyClassMethod m => new PyMethod(c, m.Function, c),
        _ => found,
    };

    private static PyDict DictOf(Dictionary<string, object> names, bool isLive = false)
    {
        var dict = new PyDict { Shown = isLive ? names : null };
        foreach (var (name, value) in names) dict.Items[name] = value;
        return dict;
    }

    private static PyInstance CodeOf(PyFunction f)
    {
        var code = new PyInstance(BuiltinTypes.Object);
        code.Fields["co_name"] = f.Name;
        code.Fields["co_argcount"] = (long)f.Node.Parameters.Length;
        code.Fields["co_varnames"] = new PyTuple([.. f.Node.Parameters.Select((p, i) => (object)p.NameAt(i))]);
        code.Fields["co_flags"] = (f.Node.Rest is null ? 0L : 4L) | (f.Node.Keywords is null ? 0L : 8L) | (f.Node.Scope.IsGenerator ? 32L : 0L);
        code.Fields["co_firstlineno"] = (long)f.Node.Line;
        code.Fields["co_filename"] = f.Module.File;
        return code;
    }
}
