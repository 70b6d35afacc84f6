using Mu.RPython.Objects;
using Mu.RPython.Syntax;

namespace Mu.RPython.Evaluation;

// Statements.
internal sealed partial class Evaluator
{
    /// <summary>How statements end.</summary>
    private enum Flow
    {
        Next,
        Break,
        Continue,
        Return,
    }

    private object? returned;
    private PyInstance? handled;

    private Flow Execute(Statement[] body)
    {
        foreach (var statement in body)
        {
            var flow = Execute(statement);
            if (flow != Flow.Next) return flow;
        }
        return Flow.Next;
    }

    private Flow Execute(Statement statement)
    {
        var frame = frames.Peek();
        frame.Line = statement.Line;
        switch (statement)
        {
            case PassStatement: break;
            case BreakStatement: return Flow.Break;
            case ContinueStatement: return Flow.Continue;
            case ExpressionStatement s: Evaluate(s.Value); break;
            case AssignStatement s:
                var value = Evaluate(s.Value);
                foreach (var target in s.Targets) Assign(target, value);
                break;
            case AugmentedAssignStatement s: AugmentedAssign(s); break;
            case ReturnStatement s:
                returned = s.Value is null ? PyNone.Value : Evaluate(s.Value);
                return Flow.Return;
            case IfStatement s: return Execute(IsTrue(Evaluate(s.Condition)) ? s.Then : s.Else);
            case WhileStatement s: return While(s);
            case ForStatement s: return For(s);
            case TryStatement s: return Try(s);
            case RaiseStatement s: throw RaiseOf(s);
            case FunctionStatement s: Define(s.Function.Name, s.Decorators, MakeFunction(s.Function)); break;
            case ClassStatement s: Define(s.Name, s.Decorators, MakeClass(s)); break;
            case GlobalStatement s: frame.Globals.UnionWith(s.Names); break;
            case ImportStatement s:
                foreach (var (module, alias) in s.Modules) SetName(alias ?? module.Split('.')[0], Import(module, whole: alias is not null));
                break;
            case ImportFromStatement s: ImportFrom(s); break;
            case AssertStatement s:
                if (!IsTrue(Evaluate(s.Condition))) throw Raise("AssertionError", s.Message is null ? "" : HostText.Str(Evaluate(s.Message)));
                break;
            case DeleteStatement s:
                foreach (var target in s.Targets) Delete(target);
                break;
            case PrintStatement s: Print(s); break;
            case WithStatement s: return With(s);
            case ExecStatement s: Exec(s); break;
            default: throw new InvalidOperationException($"no rule for {statement.GetType().Name}");
        }
        return Flow.Next;
    }

    private void Define(string name, Expression[] decorators, object value)
    {
        foreach (var decorator in decorators.Reverse()) value = Call(Evaluate(decorator), value);
        SetName(name, value);
    }

    private void AugmentedAssign(AugmentedAssignStatement s)
    {
        var old = Evaluate(s.Target);
        var operand = Evaluate(s.Value);
        if (old is PyList list && s.Operator == Operator.Add) list.Items.AddRange(Iterate(operand).ToArray());
        else Assign(s.Target, HostOperators.Binary(this, s.Operator, old, operand));
    }

    private Flow While(WhileStatement s)
    {
        while (IsTrue(Evaluate(s.Condition)))
        {
            var flow = Execute(s.Body);
            if (flow == Flow.Break) return Flow.Next;
            if (flow == Flow.Return) return flow;
        }
        return Execute(s.Else);
    }

    private Flow For(ForStatement s)
    {
        foreach (var item in Iterate(Evaluate(s.Source)))
        {
            Assign(s.Target, item);
            var flow = Execute(s.Body);
            if (flow == Flow.Break) return Flow.Next;
            if (flow == Flow.Return) return flow;
        }
        return Execute(s.Else);
    }

    private Flow Try(TryStatement s)
    {
        if (s.Finally.Length == 0) return TryHandlers(s);
        Flow flow;
        try
        {
            flow = TryHandlers(s);
        }
        catch (PyRaise)
        {
            var left = Execute(s.Finally);
            if (left != Flow.Next) return left;
            throw;
        }
        var kept = returned;
        var final = Execute(s.Finally);
        if (final != Flow.Next) return final;
        returned = kept;
        return flow;
    }

    private Flow TryHandlers(TryStatement s)
    {
        int depth = frames.Count;
        try
        {
            var flow = Execute(s.Body);
            if (flow != Flow.Next) return flow;
        }
        catch (PyRaise e)
        {
            while (frames.Count > depth) frames.Pop();
            foreach (var handler in s.Handlers)
            {
                if (handler.Type is not null && !Matches(e.Value, Evaluate(handler.Type))) continue;
                if (handler.Target is not null) Assign(handler.Target, e.Value);
                var outer = handled;
                handled = e.Value;
                var flow = Execute(handler.Body);
                handled = outer;
                return flow;
            }
            throw;
        }
        return Execute(s.Else);
    }

    private static bool Matches(PyInstance exception, object type) => type switch
    {
        PyClass c => exception.Class.IsSubclassOf(c),
        PyTuple t => t.Items.Any(i => Matches(exception, i)),
        _ => false,
    };

    private PyRaise RaiseOf(RaiseStatement s)
    {
        if (s.Type is null) return new PyRaise(handled ?? throw new InvalidOperationException($"{Here}: raise outside of a handler"));
        var type = Evaluate(s.Type);
        if (type is PyInstance instance) return new PyRaise(instance);
        object[] arguments = s.Value is null ? [] : Evaluate(s.Value) switch { PyNone => [], PyTuple t => t.Items, PyInstance given => [given], var one => [one] };
        if (arguments is [PyInstance ready] && type is PyClass c && ready.Class.IsSubclassOf(c)) return new PyRaise(ready);
        return Call(type, arguments) is PyInstance made ? new PyRaise(made) : Raise("TypeError", "exceptions must be instances or classes");
    }

    private object MakeClass(ClassStatement s)
    {
        var frame = frames.Peek();
        var bases = Array.ConvertAll(s.Bases, b => Evaluate(b) as PyClass ?? throw Raise("TypeError", $"a base of class {s.Name} is no class"));
        var body = new Frame(frame.Module, [], frame.ForInner, null) { Line = s.Line };
        body.Names["__module__"] = frame.Module.Name;
        Run(s.Body, body);
        if (bases.Length == 0) bases = [BuiltinTypes.Object];
        var c = new PyClass(s.Name, bases, frame.Module.Name) { Source = new SourceLine(frame.Module.File, s.Line) };
        foreach (var (name, value) in body.Names) c.Names[name] = value;
        foreach (var value in c.Names.Values) SetOwner(value, c);
        if (c.Find("__metaclass__") is PyClass meta && meta != BuiltinTypes.Type) InitializeByMetaclass(meta, c);
        return c;
    }

    internal static void SetOwner(object value, PyClass c)
    {
        var f = value switch { PyFunction g => g, PyStaticMethod { Function: PyFunction g } => g, PyClassMethod { Function: PyFunction g } => g, _ => null };
        if (f is not null) f.Class ??= c;
    }

    /// <summary>Metaclasses as RPython programs use them: their __init__ looks at the finished class.</summary>
    private void InitializeByMetaclass(PyClass meta, PyClass c)
    {
        if (meta.Find("__init__") is not { } init || c.Find("__metaclass__") is null) return;
        var names = new PyDict();
        foreach (var (name, value) in c.Names) names.Items[name] = value;
        Call(init, c, c.Name, new PyTuple([.. c.Bases]), names);
    }

    private object Import(string name, bool whole)
    {
        var module = loader.Import(this, name, frames.Peek().Module);
        return whole ? module : loader.Import(this, name.Split('.')[0], frames.Peek().Module);
    }

    private void ImportFrom(ImportFromStatement s)
    {
        if (s.Module == "__future__") return;
        var module = loader.ImportFrom(this, s.Level, s.Module, frames.Peek().Module);
        if (s.Names.Length == 0)
        {
            var names = module.Names.TryGetValue("__all__", out var all) ? Iterate(all).Cast<string>() : module.Names.Keys.Where(n => n[0] != '_').ToArray();
            foreach (string name in names) SetName(name, module.Names[name]);
        }
        foreach (var (name, alias) in s.Names) SetName(alias ?? name, FromModule(module, name));
    }

    private object FromModule(PyModule module, string name)
    {
        if (module.Names.TryGetValue(name, out var value)) return value;
        return loader.TryImport(this, $"{module.Name}.{name}", module) ?? throw Raise("ImportError", $"cannot import name {name} from {module.Name}");
    }

    private void SetName(string name, object value)
    {
        var frame = frames.Peek();
        (frame.IsGlobal(name) ? frame.Module.Names : frame.Names)[name] = value;
    }

    private void Assign(Expression target, object value)
    {
        switch (target)
        {
            case NameExpression name: SetName(name.Name, value); break;
            case AttributeExpression attribute: HostAttributes.Set(this, Evaluate(attribute.Object), attribute.Name, value); break;
            case IndexExpression index: HostItems.Set(this, Evaluate(index.Object), Evaluate(index.Index), value); break;
            case TupleExpression tuple: Unpack(tuple.Items, value); break;
            case ListExpression list: Unpack(list.Items, value); break;
            default: throw new InvalidOperationException($"no rule for assigning to {target.GetType().Name}");
        }
    }

    private void Unpack(Expression[] targets, object value)
    {
        var items = Iterate(value).ToArray();
        if (items.Length != targets.Length) throw Raise("ValueError", $"need {targets.Length} values to unpack, got {items.Length}");
        for (int i = 0; i < items.Length; i++) Assign(targets[i], items[i]);
    }

    private void Delete(Expression target)
    {
        switch (target)
        {
            case NameExpression name:
                var frame = frames.Peek();
                (frame.IsGlobal(name.Name) ? frame.Module.Names : frame.Names).Remove(name.Name);
                break;
            case AttributeExpression attribute: HostAttributes.Delete(Evaluate(attribute.Object), attribute.Name); break;
            case IndexExpression index: HostItems.Delete(this, Evaluate(index.Object), Evaluate(index.Index)); break;
            default: throw new InvalidOperationException($"no rule for deleting {target.GetType().Name}");
        }
    }

    /// <summary>What modules print while they are imported goes to standard error: standard output belongs to the program.</summary>
    private void Print(PrintStatement s)
    {
        Console.Error.Write(string.Join(' ', s.Values.Select(v => ToStr(Evaluate(v)))));
        if (s.EndsLine) Console.Error.WriteLine();
    }

    private Flow With(WithStatement s)
    {
        var context = Evaluate(s.Context);
        var value = Call(HostAttributes.Get(this, context, "__enter__"));
        if (s.Target is not null) Assign(s.Target, value);
        var exit = HostAttributes.Get(this, context, "__exit__");
        Flow flow;
        try
        {
            flow = Execute(s.Body);
        }
        catch (PyRaise e)
        {
            if (!IsTrue(Call(exit, e.Value.Class, e.Value, PyNone.Value))) throw;
            return Flow.Next;
        }
        Call(exit, PyNone.Value, PyNone.Value, PyNone.Value);
        return flow;
    }

    private void Exec(ExecStatement s)
    {
        var code = Evaluate(s.Code);
        var globals = s.Globals is null ? null : Evaluate(s.Globals);
        if (code is PyTuple { Items: [var text, var names, ..] }) (code, globals) = (text, names);
        var frame = frames.Peek();
        var node = PythonFrontEnd.Parse(System.Text.Encoding.Latin1.GetBytes(ToStr(code)), $"<exec in {frame.Module.Name}>");
        if (globals is null)
        {
            Run(node.Body, new Frame(frame.Module, frame.Names, null, null));
            return;
        }
        var module = new PyModule(frame.Module.Name, node.File);
        var dict = (PyDict)globals;
        foreach (var (name, value) in dict.Items) module.Names[(string)name] = value;
        Run(node, module);
        foreach (var (name, value) in module.Names) dict.Set(name, value);
    }
}
