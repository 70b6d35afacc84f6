using Mu.RPython.Objects;
using Mu.RPython.Syntax;

namespace Mu.RPython.Evaluation;

/// <summary>
/// Runs module-level code at compile time, and whatever it calls: an interpreter of Python 2 over host objects. What module level leaves behind is the program:
/// functions to compile and objects that become its initial heap.
/// </summary>
internal sealed partial class Evaluator(ModuleLoader loader)
{
    private const int MaxDepth = 400;

    private readonly Stack<Frame> frames = new();

    public ModuleLoader Loader => loader;

    /// <summary>Where execution is.</summary>
    public SourceLine Here => frames.TryPeek(out var frame) ? new(frame.Module.File, frame.Line) : new("?", 0);

    public string CurrentModule => frames.TryPeek(out var frame) ? frame.Module.Name : "__builtin__";

    public PyModule? Module => frames.TryPeek(out var frame) ? frame.Module : null;

    public Frame Frame => frames.Peek();

    /// <summary>The frame so many calls out.</summary>
    public Frame Caller(int depth) => frames.ElementAtOrDefault(depth) ?? throw Raise("ValueError", "call stack is not deep enough");

    public static PyRaise Raise(string type, string message) => new(NewException(BuiltinTypes.Exception(type), message));

    public static PyInstance NewException(PyClass type, params object[] args)
    {
        var instance = new PyInstance(type);
        instance.Fields["args"] = new PyTuple(args);
        return instance;
    }

    public bool HasCaller(int depth) => depth < frames.Count;

    /// <summary>Runs a module's body.</summary>
    public void Run(ModuleNode node, PyModule module) => Run(node.Body, new Frame(module, module.Names, null, null));

    /// <summary>Runs a statement by itself, as in a function of a module: the names that it binds.</summary>
    public Dictionary<string, object> RunIn(PyModule module, Statement statement)
    {
        var names = new Dictionary<string, object>();
        Run([statement], new Frame(module, names, null, null) { Line = statement.Line });
        return names;
    }

    public object Call(object callee, params object[] arguments) => Call(callee, arguments, null);

    public object Call(object callee, object[] arguments, Dictionary<string, object>? keywords)
    {
        switch (callee)
        {
            case PyFunction f: return CallFunction(f, arguments, keywords);
            case PyBuiltin b: return b.Body(this, arguments, keywords);
            case PyMethod { Self: not null } m: return Call(m.Function, [m.Self, .. arguments], keywords);
            case PyMethod m: return Call(m.Function, arguments, keywords);
            case PyClass c: return Instantiate(c, arguments, keywords);
            case PyStaticMethod s: return Call(s.Function, arguments, keywords);
            case PyWeakReference w: return w.Target;
            case PyInstance i when i.Class.Find("__call__") is { } call: return Call(call, [i, .. arguments], keywords);
            default: throw Raise("TypeError", $"{HostText.Repr(callee)} is not callable");
        }
    }

    private object Instantiate(PyClass c, object[] arguments, Dictionary<string, object>? keywords)
    {
        foreach (var k in c.Mro)
            if (k.IsBuiltin && k.Constructor is { } constructor && k != BuiltinTypes.Object) return constructor(this, arguments);
        if (c.Find("__new__") is { } create)
        {
            var made = Call(create is PyStaticMethod s ? s.Function : create, [c, .. arguments], keywords);
            if (made is not PyInstance { Class: var k } || !k.IsSubclassOf(c)) return made;
            if (c.Find("__init__") is { } initialize) Call(initialize, [made, .. arguments], keywords);
            return made;
        }
        var instance = new PyInstance(c);
        if (c.IsSubclassOf(BuiltinTypes.BaseException)) instance.Fields["args"] = new PyTuple(arguments);
        if (c.IsSubclassOf(BuiltinTypes.Exception("EnvironmentError")) && c.Find("__init__") is null) SetErrorAttributes(instance, arguments);
        if (c.Find("__init__") is { } init) Call(init, [instance, .. arguments], keywords);
        return instance;
    }

    private static void SetErrorAttributes(PyInstance error, object[] arguments)
    {
        foreach (var (name, value) in BuiltinTypes.EnvironmentErrorAttributes.Skip(arguments is [string] ? 1 : 0).Zip(arguments)) error.Fields[name] = value;
    }

    private object CallFunction(PyFunction f, object[] arguments, Dictionary<string, object>? keywords)
    {
        var node = f.Node;
        var names = new Dictionary<string, object>();
        Bind(f, names, arguments, keywords);
        var frame = new Frame(f.Module, names, f.Enclosing, node.Scope) { Line = node.Line, Yielded = node.Scope.IsGenerator ? [] : null };
        if (frames.Count >= MaxDepth) throw Raise("RuntimeError", "maximum recursion depth exceeded");
        for (int i = 0; i < node.Parameters.Length; i++)
            if (node.Parameters[i].Target is TupleExpression pattern) AssignIn(frame, pattern, names[node.Parameters[i].NameAt(i)]);
        var result = Run(node.Body, frame);
        return frame.Yielded is { } yielded ? new PyIterator(yielded) : result;
    }

    private static void Bind(PyFunction f, Dictionary<string, object> names, object[] arguments, Dictionary<string, object>? keywords)
    {
        var parameters = f.Node.Parameters;
        int positional = Math.Min(arguments.Length, parameters.Length);
        for (int i = 0; i < positional; i++) names[parameters[i].NameAt(i)] = arguments[i];
        if (f.Node.Rest is { } rest) names[rest] = new PyTuple(arguments[positional..]);
        else if (arguments.Length > positional) throw Raise("TypeError", $"{f.Name}() takes {parameters.Length} arguments ({arguments.Length} given)");
        PyDict? extra = null;
        if (f.Node.Keywords is { } collector) names[collector] = extra = new PyDict();
        foreach (var (name, value) in keywords ?? [])
            if (Array.FindIndex(parameters, p => p.Target is NameExpression n && n.Name == name) >= 0) names[name] = value;
            else if (extra is not null) extra.Items[name] = value;
            else throw Raise("TypeError", $"{f.Name}() got an unexpected keyword argument '{name}'");
        int firstDefault = parameters.Length - f.Defaults.Length;
        for (int i = 0; i < parameters.Length; i++)
        {
            string name = parameters[i].NameAt(i);
            if (names.ContainsKey(name)) continue;
            if (i < firstDefault) throw Raise("TypeError", $"{f.Name}() takes {parameters.Length} arguments ({arguments.Length} given)");
            names[name] = f.Defaults[i - firstDefault];
        }
    }

    /// <summary>Runs statements in a frame; what <c>return</c> gives, or None.</summary>
    private object Run(Statement[] body, Frame frame)
    {
        frames.Push(frame);
        try
        {
            return Execute(body) == Flow.Return ? returned! : PyNone.Value;
        }
        catch (PyRaise e)
        {
            e.Trace.Add(new SourceLine(frame.Module.File, frame.Line));
            throw;
        }
        catch (Exception e) when (e is InvalidCastException or IndexOutOfRangeException or ArgumentException or KeyNotFoundException)
        {
            // A built-in function was given what it does not take.
            var raised = Raise("TypeError", $"not possible while modules are imported: {e.Message}");
            raised.Trace.Add(new SourceLine(frame.Module.File, frame.Line));
            throw raised;
        }
        finally
        {
            frames.Pop();
        }
    }

    private void AssignIn(Frame frame, Expression target, object value)
    {
        frames.Push(frame);
        Assign(target, value);
        frames.Pop();
    }

    public PyFunction MakeFunction(FunctionNode node)
    {
        var frame = frames.Peek();
        var defaults = node.Parameters.Where(p => p.Default is not null).Select(p => Evaluate(p.Default!)).ToArray();
        var f = new PyFunction(node, frame.Module, defaults, frame.ForInner);
        if (node.Documentation is { } text) f.Attributes["__doc__"] = text;
        return f;
    }
}
