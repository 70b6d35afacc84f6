namespace Mu.RPython.Syntax;

/// <summary>
/// What the names of a function are: its locals (parameters and whatever it binds), names declared global, and whether it is a generator. Names bound in a list comprehension
/// are the function's, as in Python 2.
/// </summary>
internal sealed class FunctionScope
{
    private FunctionScope() { }

    public HashSet<string> Locals { get; } = [];

    public HashSet<string> Globals { get; } = [];

    public bool IsGenerator { get; private set; }

    public static FunctionScope Of(FunctionNode function)
    {
        var scope = new FunctionScope();
        for (int i = 0; i < function.Parameters.Length; i++)
        {
            scope.Locals.Add(function.Parameters[i].NameAt(i));
            scope.Bind(function.Parameters[i].Target);
        }
        if (function.Rest is { } rest) scope.Locals.Add(rest);
        if (function.Keywords is { } keywords) scope.Locals.Add(keywords);
        scope.Visit(function.Body);
        scope.Locals.ExceptWith(scope.Globals);
        return scope;
    }

    /// <summary>The names that statements bind.</summary>
    public static HashSet<string> BoundBy(params ReadOnlySpan<Node?> nodes)
    {
        var scope = new FunctionScope();
        foreach (var node in nodes) scope.Visit(node);
        return scope.Locals;
    }

    private void Visit(IEnumerable<Node?> nodes)
    {
        foreach (var node in nodes) Visit(node);
    }

    private void Bind(Expression? target)
    {
        switch (target)
        {
            case NameExpression name: Locals.Add(name.Name); break;
            case TupleExpression tuple:
                foreach (var item in tuple.Items) Bind(item);
                break;
            case ListExpression list:
                foreach (var item in list.Items) Bind(item);
                break;
            default: Visit(target); break;
        }
    }

    private void Visit(Node? node)
    {
        switch (node)
        {
            case null or PassStatement or BreakStatement or ContinueStatement or LiteralExpression or NameExpression or LambdaExpression: break;
            case ExpressionStatement s: Visit(s.Value); break;
            case AssignStatement s:
                foreach (var target in s.Targets) Bind(target);
                Visit(s.Value);
                break;
            case AugmentedAssignStatement s: Bind(s.Target); Visit(s.Value); break;
            case PrintStatement s: Visit(s.File); Visit(s.Values); break;
            case DeleteStatement s:
                foreach (var target in s.Targets) Bind(target);
                break;
            case ReturnStatement s: Visit(s.Value); break;
            case RaiseStatement s: Visit(s.Type); Visit(s.Value); break;
            case GlobalStatement s: Globals.UnionWith(s.Names); break;
            case ImportStatement s:
                foreach (var (module, alias) in s.Modules) Locals.Add(alias ?? module.Split('.')[0]);
                break;
            case ImportFromStatement s:
                foreach (var (name, alias) in s.Names) Locals.Add(alias ?? name);
                break;
            case ExecStatement s: Visit(s.Code); Visit(s.Globals); break;
            case AssertStatement s: Visit(s.Condition); Visit(s.Message); break;
            case IfStatement s: Visit(s.Condition); Visit(s.Then); Visit(s.Else); break;
            case WhileStatement s: Visit(s.Condition); Visit(s.Body); Visit(s.Else); break;
            case ForStatement s: Bind(s.Target); Visit(s.Source); Visit(s.Body); Visit(s.Else); break;
            case TryStatement s:
                Visit(s.Body);
                Visit(s.Handlers);
                Visit(s.Else);
                Visit(s.Finally);
                break;
            case ExceptionHandler h: Visit(h.Type); Bind(h.Target); Visit(h.Body); break;
            case WithStatement s: Visit(s.Context); Bind(s.Target); Visit(s.Body); break;
            case FunctionStatement s: Locals.Add(s.Function.Name); Visit(s.Decorators); break;
            case ClassStatement s: Locals.Add(s.Name); Visit(s.Bases); Visit(s.Decorators); break;
            case TupleExpression e: Visit(e.Items); break;
            case ListExpression e: Visit(e.Items); break;
            case SetExpression e: Visit(e.Items); break;
            case DictExpression e:
                foreach (var (key, value) in e.Entries) { Visit(key); Visit(value); }
                break;
            case ComprehensionExpression e:
                foreach (var clause in e.Clauses)
                {
                    if (e.Kind == ComprehensionKind.List) Bind(clause.Target);
                    Visit(clause.Source);
                    Visit(clause.Conditions);
                }
                Visit(e.Element);
                Visit(e.Value);
                break;
            case UnaryExpression e: Visit(e.Operand); break;
            case NotExpression e: Visit(e.Operand); break;
            case BinaryExpression e: Visit(e.Left); Visit(e.Right); break;
            case LogicalExpression e: Visit(e.Operands); break;
            case ComparisonExpression e:
                Visit(e.First);
                foreach (var (_, operand) in e.Rest) Visit(operand);
                break;
            case ConditionalExpression e: Visit(e.Condition); Visit(e.Then); Visit(e.Else); break;
            case YieldExpression e: IsGenerator = true; Visit(e.Value); break;
            case AttributeExpression e: Visit(e.Object); break;
            case IndexExpression e: Visit(e.Object); Visit(e.Index); break;
            case SliceExpression e: Visit(e.Start); Visit(e.Stop); Visit(e.Step); break;
            case CallExpression e:
                Visit(e.Function);
                Visit(e.Arguments);
                foreach (var (_, value) in e.Keywords) Visit(value);
                Visit(e.Star);
                Visit(e.DoubleStar);
                break;
            default: throw new InvalidOperationException($"no scope rule for {node.GetType().Name}");
        }
    }
}
