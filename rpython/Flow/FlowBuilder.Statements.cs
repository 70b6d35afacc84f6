using Mu.RPython.Evaluation;
using Mu.RPython.Objects;
using Mu.RPython.Syntax;

namespace Mu.RPython.Flow;

// Statements.
internal sealed partial class FlowBuilder
{
    private readonly Stack<Operand> handled = new();

    private void Build(Statement[] body)
    {
        for (int i = 0; i < body.Length && current is not null; i++)
        {
            if (body[i] is IfStatement or WhileStatement or ForStatement && i + 1 < body.Length && body[i + 1] is IfStatement next && DecidingName(next.Condition) is { } name)
            {
                Decide(WaysOut(body[i]), next, name);
                i++;
            }
            else Build(body[i]);
        }
    }

    /// <summary>Builds a statement. What is wrong with one that has no others inside is an operation, as it is with expressions.</summary>
    private void Build(Statement statement)
    {
        line = statement.Line;
        try
        {
            BuildStatement(statement);
        }
        catch (CompileException e) when (current is not null && statement is AssignStatement or AugmentedAssignStatement or DeleteStatement or FunctionStatement or PrintStatement or RaiseStatement or ReturnStatement)
        {
            var wrong = Emit(OpCode.Wrong, [], detail: e);
            if (statement is FunctionStatement s) state.Locals[s.Function.Name] = wrong;
        }
    }

    /// <summary>The local that a condition compares with a constant, when it does nothing else.</summary>
    private string? DecidingName(Expression condition) => condition switch
    {
        NotExpression e => DecidingName(e.Operand),
        NameExpression e when function.Node.Scope.Locals.Contains(e.Name) => e.Name,
        ComparisonExpression { First: NameExpression e, Rest: [(_, LiteralExpression or NameExpression)] } when function.Node.Scope.Locals.Contains(e.Name) => e.Name,
        _ => null,
    };

    private void BuildStatement(Statement statement)
    {
        switch (statement)
        {
            case PassStatement or GlobalStatement: break;
            case ExpressionStatement { Value: LiteralExpression }: break;
            case ExpressionStatement s: Evaluate(s.Value); break;
            case AssignStatement s:
                var value = Evaluate(s.Value);
                foreach (var target in s.Targets) Assign(target, value);
                break;
            case AugmentedAssignStatement s: AugmentedAssign(s); break;
            case ReturnStatement s:
                var result = s.Value is null ? ConstantOperand.None : Evaluate(s.Value);
                if (isGenerator && s.Value is not null) throw Error("return with a value in a generator");
                Leave(0);
                if (current is not null) EndBlock(new ReturnEnd(Defined(result), line));
                break;
            case IfStatement or WhileStatement or ForStatement: Place(WaysOut(statement)); break;
            case BreakStatement:
                Leave(loops.Peek().Protections);
                GoTo(loops.Peek().Break);
                break;
            case ContinueStatement:
                Leave(loops.Peek().Protections);
                if (current is not null) loops.Peek().Continue();
                break;
            case RaiseStatement s: Raise(s); break;
            case TryStatement s: Try(s); break;
            case WithStatement s: With(s); break;
            case AssertStatement s: Assert(s); break;
            case PrintStatement s: Print(s); break;
            case DeleteStatement s:
                foreach (var target in s.Targets) Delete(target);
                break;
            case FunctionStatement s: state.Locals[s.Function.Name] = LocalFunction(s); break;
            case ImportStatement or ImportFromStatement:
                foreach (var (name, imported) in evaluator.RunIn(function.Module, statement)) state.Locals[name] = new ConstantOperand(imported);
                break;
            default: throw Error($"{statement.GetType().Name} inside a function is not RPython");
        }
    }

    private Operand Defined(Operand operand) => operand is UndefinedOperand u ? throw Error($"local variable '{u.Name}' may be used before it is bound") : operand;

    private void AugmentedAssign(AugmentedAssignStatement s)
    {
        switch (s.Target)
        {
            case AttributeExpression a:
                var owner = Evaluate(a.Object);
                var old = GetAttribute(owner, a.Name);
                SetAttribute(owner, a.Name, Augmented(s.Operator, old, Evaluate(s.Value)));
                break;
            case IndexExpression i:
                var container = Evaluate(i.Object);
                var index = Evaluate(i.Index);
                var item = Emit(OpCode.GetItem, [container, index]);
                Emit(OpCode.SetItem, [container, index, Augmented(s.Operator, item, Evaluate(s.Value))]);
                break;
            default:
                var value = Evaluate(s.Target);
                Assign(s.Target, Augmented(s.Operator, value, Evaluate(s.Value)));
                break;
        }
    }

    private Operand Augmented(Operator op, Operand left, Operand right) => Binary(op, left, right, isInPlace: true);

    private void Assign(Expression target, Operand value)
    {
        switch (target)
        {
            case NameExpression name:
                if (function.Node.Scope.Globals.Contains(name.Name)) throw Error($"global '{name.Name}' is assigned in a function: globals of RPython are constants");
                state.Locals[name.Name] = value;
                break;
            case AttributeExpression a: SetAttribute(Evaluate(a.Object), a.Name, value); break;
            case IndexExpression { Index: SliceExpression slice } i: Emit(OpCode.SetSlice, [Evaluate(i.Object), .. Bounds(slice), value]); break;
            case IndexExpression i: Emit(OpCode.SetItem, [Evaluate(i.Object), Evaluate(i.Index), value]); break;
            case TupleExpression t: Unpack(t.Items, value); break;
            case ListExpression l: Unpack(l.Items, value); break;
            default: throw Error($"cannot assign to {target.GetType().Name}");
        }
    }

    private void SetAttribute(Operand owner, string name, Operand value) => Emit(OpCode.SetAttribute, [owner, value], detail: name);

    private void Unpack(Expression[] targets, Operand value)
    {
        if (KnownItems(value) is { } known)
        {
            if (known.Length != targets.Length) throw Error($"{targets.Length} targets for {known.Length} values");
            for (int i = 0; i < targets.Length; i++) Assign(targets[i], known[i]);
            return;
        }
        var items = new Operand[targets.Length];
        for (int i = 0; i < items.Length; i++) items[i] = Emit(OpCode.GetItem, [value, new ConstantOperand((long)i)], detail: targets.Length);
        for (int i = 0; i < items.Length; i++) Assign(targets[i], items[i]);
    }

    /// <summary>The items of a tuple that is made here or constant.</summary>
    private Operand[]? KnownItems(Operand value) => value switch
    {
        ConstantOperand { Value: PyTuple t } => Array.ConvertAll(t.Items, i => (Operand)new ConstantOperand(i)),
        FlowVariable v when tuples.TryGetValue(v, out var items) => items,
        _ => null,
    };

    private void Delete(Expression target)
    {
        switch (target)
        {
            case NameExpression name: state.Locals.Remove(name.Name); break;
            case IndexExpression { Index: SliceExpression slice } i: Emit(OpCode.DeleteSlice, [Evaluate(i.Object), .. Bounds(slice)]); break;
            case IndexExpression i: Emit(OpCode.DeleteItem, [Evaluate(i.Object), Evaluate(i.Index)]); break;
            default: throw Error("del of an attribute is not RPython");
        }
    }

    /// <summary>Builds an if statement or a loop, up to where its ways join.</summary>
    private JoinPoint WaysOut(Statement statement)
    {
        line = statement.Line;
        switch (statement)
        {
            case IfStatement s:
                JoinPoint yes = new(graph), no = new(graph);
                Branch(s.Condition, yes, no);
                return IfBranches(s, yes, no);
            case WhileStatement s: return While(s);
            case ForStatement s: return For(s.Target, s.Source, () => Build(s.Body), s.Else, [.. WayBack(s.Body)]);
            default: throw new InvalidOperationException($"{statement.GetType().Name} has no ways out");
        }
    }

    private JoinPoint IfBranches(IfStatement s, JoinPoint yes, JoinPoint no)
    {
        var end = new JoinPoint(graph);
        Place(yes);
        if (current is not null) Build(s.Then);
        GoTo(end);
        Place(no);
        if (current is not null) Build(s.Else);
        GoTo(end);
        return end;
    }

    /// <summary>
    /// An if statement whose condition may be known on the ways that lead to it: RPython's flow graphs join ways when an operation is made only, so that a local may be
    /// None on one way and an int on the other, if the next test tells them apart.
    /// </summary>
    private void Decide(JoinPoint end, IfStatement second, string name)
    {
        if (!end.DiffersInConstants(name))
        {
            Place(end);
            if (current is not null) Build(second);
            return;
        }
        JoinPoint then = new(graph), otherwise = new(graph);
        foreach (var (link, with) in end.Sources)
        {
            var block = graph.NewBlock();
            link.Target = block;
            StartBlock(block, with.Copy());
            line = second.Line;
            Branch(second.Condition, then, otherwise);
        }
        Place(IfBranches(second, then, otherwise));
    }

    /// <summary>The head of a loop: every name that the loop binds is a parameter. Gives what goes back to it.</summary>
    private Action LoopHead(IEnumerable<Node?> inside)
    {
        string[] names = [.. FunctionScope.BoundBy([.. inside]).Where(n => !function.Node.Scope.Globals.Contains(n))];
        return LoopHead(names);
    }

    private Action LoopHead(string[] names)
    {
        var head = graph.NewBlock();
        var parameters = new FlowState();
        foreach (var (name, operand) in state.Locals) parameters.Locals[name] = operand;
        foreach (string name in names)
        {
            var parameter = graph.NewVariable(name);
            head.Parameters.Add(parameter);
            parameters.Locals[name] = parameter;
        }
        Back();
        StartBlock(head, parameters);
        return Back;

        void Back()
        {
            var link = new FlowLink(head);
            foreach (string name in names) link.Arguments.Add(state.Locals.TryGetValue(name, out var value) ? value : new UndefinedOperand(name));
            EndBlock(new JumpEnd(link));
        }
    }

    /// <summary>What of a loop's body may be done before the loop's head is reached again: not what ends with leaving the loop.</summary>
    private static IEnumerable<Node> WayBack(Statement[] body)
    {
        if (body is [.., BreakStatement or ReturnStatement or RaiseStatement] && !Array.Exists(body, MayContinue)) return [];
        return body.SelectMany(s => s is IfStatement i ? [i.Condition, .. WayBack(i.Then), .. WayBack(i.Else)] : (IEnumerable<Node>)[s]);
    }

    private static bool MayContinue(Statement statement) => statement switch
    {
        ContinueStatement or TryStatement or WithStatement => true,
        IfStatement s => Array.Exists(s.Then, MayContinue) || Array.Exists(s.Else, MayContinue),
        _ => false,
    };

    private JoinPoint While(WhileStatement s)
    {
        JoinPoint body = new(graph), otherwise = new(graph), end = new(graph);
        var back = LoopHead([s.Condition, .. WayBack(s.Body)]);
        Branch(s.Condition, body, otherwise);
        loops.Push(new LoopTargets(end, back, protections.Count));
        Place(body);
        if (current is not null) Build(s.Body);
        if (current is not null) back();
        loops.Pop();
        Place(otherwise);
        if (current is not null) Build(s.Else);
        GoTo(end);
        return end;
    }

    /// <summary>Runs the finally clauses of all but the outermost <paramref name="depth"/> protections: for code that leaves them.</summary>
    private void Leave(int depth)
    {
        var open = new Stack<Protection>();
        while (protections.Count > depth && current is not null)
        {
            var protection = protections.Pop();
            open.Push(protection);
            if (protection.Finally is { } final) Build(final);
        }
        while (open.TryPop(out var protection)) protections.Push(protection);
    }

    private void Raise(RaiseStatement s)
    {
        Operand exception;
        if (s.Type is null) exception = handled.TryPeek(out var being) ? being : throw Error("raise without an exception outside of a handler");
        else
        {
            var type = Evaluate(s.Type);
            var value = s.Value is null ? null : Evaluate(s.Value);
            if (value is ConstantOperand { Value: PyNone }) value = null;
            if (type is ConstantOperand { Value: PyClass }) exception = value is null ? Call(type, []) : KnownItems(value) is { } items ? Call(type, items) : Call(type, [value]);
            else exception = Emit(OpCode.ToException, value is null ? [type] : [type, value]);
        }
        RaiseValue(exception);
    }

    private void RaiseValue(Operand exception)
    {
        if (current is null) return;
        if (Handler is { } handler)
        {
            var raised = state.Copy();
            raised.Locals[ExceptionName] = exception;
            EndBlock(new JumpEnd(handler.From(raised)));
        }
        else EndBlock(new RaiseEnd(exception));
    }

    private void Try(TryStatement s)
    {
        if (s.Finally.Length == 0)
        {
            TryHandlers(s);
            return;
        }
        var handler = new JoinPoint(graph);
        protections.Push(new Protection(handler, s.Finally));
        if (s.Handlers.Length > 0) TryHandlers(s);
        else Build(s.Body);
        protections.Pop();
        if (current is not null) Build(s.Finally);
        var end = new JoinPoint(graph);
        GoTo(end);
        Place(handler);
        if (current is not null)
        {
            var exception = state.Locals[ExceptionName];
            state.Locals.Remove(ExceptionName);
            Build(s.Finally);
            RaiseValue(exception);
        }
        Place(end);
    }

    private void TryHandlers(TryStatement s)
    {
        JoinPoint handler = new(graph), end = new(graph);
        protections.Push(new Protection(handler, null));
        Build(s.Body);
        protections.Pop();
        if (current is not null) Build(s.Else);
        GoTo(end);
        Place(handler);
        if (current is not null)
        {
            var exception = state.Locals[ExceptionName];
            state.Locals.Remove(ExceptionName);
            foreach (var h in s.Handlers)
            {
                if (current is null) break;
                Handle(h, exception, end);
            }
            RaiseValue(exception);
        }
        Place(end);
    }

    /// <summary>One except clause; leaves the builder where the exception did not match.</summary>
    private void Handle(ExceptionHandler h, Operand exception, JoinPoint end)
    {
        line = h.Line;
        var no = new JoinPoint(graph);
        var types = h.Type is null ? [BuiltinTypes.BaseException] : ExceptionTypes(h.Type);
        var yes = new JoinPoint(graph);
        foreach (var type in types)
        {
            var match = graph.NewBlock();
            if (type == BuiltinTypes.BaseException)
            {
                EndBlock(new JumpEnd(new FlowLink(match)));
            }
            else
            {
                var matches = Emit(OpCode.Matches, [exception], detail: type);
                var next = graph.NewBlock();
                EndBlock(new BranchEnd(matches, new FlowLink(match), new FlowLink(next)));
                var kept = state;
                Matched(type, match);
                StartBlock(next, kept);
                continue;
            }
            Matched(type, match);
            break;
        }
        if (current is not null) GoTo(no);
        Place(yes);
        if (current is not null)
        {
            var caught = state.Locals[".caught"];
            state.Locals.Remove(".caught");
            if (h.Target is not null) Assign(h.Target, caught);
            handled.Push(caught);
            Build(h.Body);
            handled.Pop();
        }
        GoTo(end);
        Place(no);

        void Matched(PyClass type, FlowBlock match)
        {
            StartBlock(match, state.Copy());
            state.Locals[".caught"] = Emit(OpCode.NarrowToInstance, [exception], detail: type);
            GoTo(yes);
        }
    }

    private PyClass[] ExceptionTypes(Expression type) => Evaluate(type) switch
    {
        ConstantOperand { Value: PyClass c } => [c],
        ConstantOperand { Value: PyTuple t } => [.. t.Items.Cast<PyClass>()],
        var v when KnownItems(v) is { } items => Array.ConvertAll(items, i => i is ConstantOperand { Value: PyClass c } ? c : throw Error("except clauses name constant classes")),
        _ => throw Error("except clauses name constant classes"),
    };

    private void With(WithStatement s)
    {
        var context = Evaluate(s.Context);
        var value = Call(GetAttribute(context, "__enter__"), []);
        if (s.Target is not null) Assign(s.Target, value);
        JoinPoint handler = new(graph), end = new(graph);
        Statement[] Exit(Operand exception) =>
            [new ExpressionStatement(s.Line, new CallExpression(s.Line, new AttributeExpression(s.Line, new BoundExpression(s.Line, context), "__exit__"), [new BoundExpression(s.Line, exception), new BoundExpression(s.Line, exception), new BoundExpression(s.Line, ConstantOperand.None)], [], null, null))];
        protections.Push(new Protection(handler, Exit(ConstantOperand.None)));
        Build(s.Body);
        var final = protections.Pop().Finally!;
        if (current is not null) Build(final);
        GoTo(end);
        Place(handler);
        if (current is not null)
        {
            var exception = state.Locals[ExceptionName];
            state.Locals.Remove(ExceptionName);
            // As in RPython: the exception stands for its class too, and cannot be suppressed.
            Build(Exit(exception));
            RaiseValue(exception);
        }
        Place(end);
    }

    /// <summary>An expression whose value is known to the builder.</summary>
    private sealed record BoundExpression(int Line, Operand Value) : Expression(Line);

    private void Assert(AssertStatement s)
    {
        JoinPoint yes = new(graph), no = new(graph);
        Branch(s.Condition, yes, no);
        Place(no);
        if (current is not null)
        {
            Operand[] arguments = s.Message is null ? [] : [Evaluate(s.Message)];
            RaiseValue(Call(new ConstantOperand(BuiltinTypes.Exception("AssertionError")), arguments is [ConstantOperand { Value: string }] ? arguments : []));
        }
        Place(yes);
    }

    private void Print(PrintStatement s)
    {
        if (s.File is not null) throw Error("print >>file is not RPython");
        for (int i = 0; i < s.Values.Length; i++) Call(LibraryFunction("rt.printing", "print_item"), [Text(Evaluate(s.Values[i]), 'p')]);
        if (s.EndsLine) Call(LibraryFunction("rt.printing", "print_newline"), []);
    }

    /// <summary>print as a function (from __future__); end and sep are constants.</summary>
    private ConstantOperand PrintFunction(CallExpression e)
    {
        string end = "\n", separator = " ";
        foreach (var (name, value) in e.Keywords)
            if (name is "end" or "sep" && Evaluate(value) is ConstantOperand { Value: string text }) (end, separator) = name == "end" ? (text, separator) : (end, text);
            else throw Error($"print(…, {name}=…) is not RPython");
        for (int i = 0; i < e.Arguments.Length; i++)
        {
            if (i > 0 && separator.Length > 0) Call(LibraryFunction("rt.printing", "print_text"), [new ConstantOperand(separator)]);
            Call(LibraryFunction("rt.printing", "print_text"), [Text(Evaluate(e.Arguments[i]), 'p')]);
        }
        if (end == "\n") Call(LibraryFunction("rt.printing", "print_newline"), []);
        else
        {
            if (end.Length > 0) Call(LibraryFunction("rt.printing", "print_text"), [new ConstantOperand(end)]);
            Call(LibraryFunction("rt.printing", "print_pending"), []);
        }
        return ConstantOperand.None;
    }

    private ConstantOperand LibraryFunction(string module, string name) => new(evaluator.Loader.Library(evaluator, module).Names[name]);

    /// <summary>A function defined in a function: its free names must be constants.</summary>
    private ConstantOperand LocalFunction(FunctionStatement s)
    {
        var value = new ConstantOperand(MakeFunction(s.Function));
        foreach (var decorator in s.Decorators.Reverse())
            if (Evaluate(decorator) is ConstantOperand { Value: var d }) value = new ConstantOperand(evaluator.Call(d, value.Value));
            else throw Error("a decorator inside a function must be constant");
        return value;
    }

    private PyFunction MakeFunction(FunctionNode node)
    {
        var known = new Dictionary<string, object>();
        foreach (var (name, operand) in state.Locals)
            if (operand is ConstantOperand constant) known[name] = constant.Value;
        var defaults = node.Parameters.Where(p => p.Default is not null)
            .Select(p => Evaluate(p.Default!) is ConstantOperand c ? c.Value : throw Error("defaults of a function inside a function must be constant")).ToArray();
        return new PyFunction(node, function.Module, defaults, new Frame(function.Module, known, function.Enclosing, function.Node.Scope));
    }
}
