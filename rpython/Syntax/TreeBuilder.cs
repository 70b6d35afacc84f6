using Antlr4.Runtime;
using Antlr4.Runtime.Tree;
using Mu.RPython.Generated;
using static Mu.RPython.Generated.RPythonParser;

namespace Mu.RPython.Syntax;

/// <summary>ANTLR's tree to the syntax tree: statements.</summary>
internal sealed partial class TreeBuilder(string file)
{
    public ModuleNode Module(FileContext tree) => new(file, Flatten(tree.statement()));

    private PythonSyntaxException Error(ParserRuleContext at, string message) => new(file, LineOf(at), message);

    private static int LineOf(ParserRuleContext context) => context.Start.Line;

    private Statement[] Flatten(IEnumerable<StatementContext> statements)
    {
        var list = new List<Statement>();
        foreach (var statement in statements)
            if (statement.compound() is { } compound) list.Add(Compound(compound));
            else AddSimple(statement.simpleLine(), list);
        return [.. list];
    }

    private void AddSimple(SimpleLineContext line, List<Statement> list)
    {
        foreach (var simple in line.simple()) list.Add(Simple(simple));
    }

    private Statement[] Suite(SuiteContext suite)
    {
        if (suite.simpleLine() is not { } line) return Flatten(suite.statement());
        var list = new List<Statement>();
        AddSimple(line, list);
        return [.. list];
    }

    private Statement Simple(SimpleContext context)
    {
        int line = LineOf(context);
        switch (context)
        {
            case ExpressionStatementContext c: return ExpressionStatement(line, c);
            case YieldStatementContext c: return new ExpressionStatement(line, Yield(c.yielding()));
            case PrintContext c: return Print(line, c);
            case DeleteContext c: return new DeleteStatement(line, Tests(c.tests()) is TupleExpression tuple ? tuple.Items : [Tests(c.tests())]);
            case PassContext: return new PassStatement(line);
            case BreakContext: return new BreakStatement(line);
            case ContinueContext: return new ContinueStatement(line);
            case ReturnContext c: return new ReturnStatement(line, c.tests() is { } value ? Tests(value) : null);
            case RaiseContext c: return new RaiseStatement(line, c.test(0) is { } type ? Test(type) : null, c.test(1) is { } argument ? Test(argument) : null);
            case ImportModulesContext c: return new ImportStatement(line, Array.ConvertAll(c.importedModule(), m => (Dotted(m.dottedName()), m.NAME()?.GetText())));
            case ImportFromContext c: return ImportFrom(line, c);
            case GlobalContext c: return new GlobalStatement(line, Array.ConvertAll(c.NAME(), n => n.GetText()));
            case ExecContext c: return new ExecStatement(line, Expression(c.expression()), c.test(0) is { } globals ? Test(globals) : null);
            case AssertContext c: return new AssertStatement(line, Test(c.test(0)), c.test(1) is { } message ? Test(message) : null);
            default: throw new InvalidOperationException($"no rule for {context.GetType().Name}");
        }
    }

    private Statement ExpressionStatement(int line, ExpressionStatementContext c)
    {
        var first = Tests(c.tests(0));
        if (c.augmented() is { } augmented)
            return new AugmentedAssignStatement(line, Target(first, c), AugmentedOperator(augmented), c.yielding(0) is { } y ? Yield(y) : Tests(c.tests(1)));
        var parts = new List<Expression> { first };
        foreach (var child in c.children.Skip(1))
            if (child is TestsContext tests) parts.Add(Tests(tests));
            else if (child is YieldingContext yielding) parts.Add(Yield(yielding));
        if (parts.Count == 1) return new ExpressionStatement(line, first);
        return new AssignStatement(line, [.. parts.Take(parts.Count - 1).Select(p => Target(p, c))], parts[^1]);
    }

    private Expression Target(Expression expression, ParserRuleContext at)
    {
        switch (expression)
        {
            case NameExpression or AttributeExpression or IndexExpression: return expression;
            case TupleExpression tuple:
                foreach (var item in tuple.Items) Target(item, at);
                return tuple;
            case ListExpression list: return Target(new TupleExpression(list.Line, list.Items), at);
            default: throw Error(at, "cannot assign to this expression");
        }
    }

    private static Operator AugmentedOperator(AugmentedContext context) => ((ITerminalNode)context.GetChild(0)).Symbol.Type switch
    {
        PLUS_ASSIGN => Operator.Add,
        MINUS_ASSIGN => Operator.Subtract,
        STAR_ASSIGN => Operator.Multiply,
        SLASH_ASSIGN => Operator.Divide,
        DOUBLE_SLASH_ASSIGN => Operator.FloorDivide,
        PERCENT_ASSIGN => Operator.Modulo,
        AND_ASSIGN => Operator.And,
        OR_ASSIGN => Operator.Or,
        XOR_ASSIGN => Operator.Xor,
        SHIFT_LEFT_ASSIGN => Operator.ShiftLeft,
        SHIFT_RIGHT_ASSIGN => Operator.ShiftRight,
        _ => Operator.Power,
    };

    private Statement Print(int line, PrintContext c)
    {
        var values = Array.ConvertAll(c.test(), Test);
        bool endsLine = values.Length == 0 || c.GetChild(c.ChildCount - 1) is not ITerminalNode { Symbol.Type: COMMA };
        return c.SHIFT_RIGHT() is null ? new PrintStatement(line, null, values, endsLine) : new PrintStatement(line, values[0], values[1..], endsLine || values.Length == 1);
    }

    private static string Dotted(DottedNameContext context) => string.Join('.', context.NAME().Select(n => n.GetText()));

    private static Statement ImportFrom(int line, ImportFromContext c)
    {
        var names = c.importedNames() is { } imported ? Array.ConvertAll(imported.importedName(), n => (n.NAME(0).GetText(), n.NAME(1)?.GetText())) : [];
        return new ImportFromStatement(line, c.DOT().Length, c.dottedName() is { } module ? Dotted(module) : "", names);
    }

    private Statement Compound(CompoundContext context)
    {
        int line = LineOf(context);
        switch (context)
        {
            case IfContext c: return If(c, 0);
            case WhileContext c: return new WhileStatement(line, Test(c.test()), Suite(c.suite(0)), Else(c.suite(1)));
            case ForContext c: return new ForStatement(line, Targets(c.targets()), Tests(c.tests()), Suite(c.suite(0)), Else(c.suite(1)));
            case TryContext c: return Try(line, c);
            case WithContext c: return With(c, 0);
            case FunctionDefinitionContext c:
                var function = new FunctionNode(c.DEF().Symbol.Line, c.NAME().GetText(), [], null, null, Suite(c.suite()));
                return new FunctionStatement(line, WithParameters(function, c.parameters()), Decorators(c.decorator()));
            case ClassDefinitionContext c:
                Expression[] bases = c.tests() is { } tests ? Tests(tests) is TupleExpression tuple ? tuple.Items : [Tests(tests)] : [];
                return new ClassStatement(line, c.NAME().GetText(), bases, Suite(c.suite()), Decorators(c.decorator()));
            default: throw new InvalidOperationException($"no rule for {context.GetType().Name}");
        }
    }

    private Statement[] Else(SuiteContext? suite) => suite is null ? [] : Suite(suite);

    private IfStatement If(IfContext c, int index)
    {
        var tests = c.test();
        Statement[] otherwise = index + 1 < tests.Length ? [If(c, index + 1)] : Else(c.suite(index + 1));
        return new IfStatement(LineOf(tests[index]), Test(tests[index]), Suite(c.suite(index)), otherwise);
    }

    private TryStatement Try(int line, TryContext c)
    {
        var handlers = Array.ConvertAll(c.handler(), h => new ExceptionHandler(LineOf(h), h.test(0) is { } type ? Test(type) : null,
            h.test(1) is { } target ? Target(Test(target), h) : null, Suite(h.suite())));
        int next = 1;
        var otherwise = c.ELSE() is null ? [] : Suite(c.suite(next++));
        var final = c.FINALLY() is null ? [] : Suite(c.suite(next));
        return new TryStatement(line, Suite(c.suite(0)), handlers, otherwise, final);
    }

    private WithStatement With(WithContext c, int index)
    {
        var item = c.withItem(index);
        Statement[] body = index + 1 < c.withItem().Length ? [With(c, index + 1)] : Suite(c.suite());
        return new WithStatement(LineOf(item), Test(item.test()), item.expression() is { } target ? Target(Expression(target), item) : null, body);
    }

    private Expression[] Decorators(DecoratorContext[] decorators) => Array.ConvertAll(decorators, d =>
    {
        int line = LineOf(d);
        var names = d.dottedName().NAME();
        Expression name = new NameExpression(line, names[0].GetText());
        foreach (var part in names.Skip(1)) name = new AttributeExpression(line, name, part.GetText());
        return d.OPEN_PAREN() is null ? name : Call(line, name, d.arguments());
    });

    private FunctionNode WithParameters(FunctionNode function, ParametersContext? parameters)
    {
        var list = new List<Parameter>();
        string? rest = null, keywords = null;
        foreach (var p in parameters?.parameter() ?? [])
            if (p.STAR() is not null) rest = p.NAME().GetText();
            else if (p.POWER() is not null) keywords = p.NAME().GetText();
            else list.Add(new Parameter(Pattern(p.pattern()), p.test() is { } value ? Test(value) : null));
        return new FunctionNode(function.Line, function.Name, [.. list], rest, keywords, function.Body);
    }

    private static Expression Pattern(PatternContext c)
    {
        if (c.NAME() is { } name) return new NameExpression(LineOf(c), name.GetText());
        return c.pattern().Length == 1 && c.COMMA().Length == 0 ? Pattern(c.pattern(0)) : new TupleExpression(LineOf(c), Array.ConvertAll(c.pattern(), Pattern));
    }
}
