using Antlr4.Runtime;
using Antlr4.Runtime.Tree;
using Mu.RPython.Generated;
using static Mu.RPython.Generated.RPythonParser;

namespace Mu.RPython.Syntax;

// Expressions.
internal sealed partial class TreeBuilder
{
    private Expression Tests(TestsContext c) => c.test().Length == 1 && c.COMMA().Length == 0 ? Test(c.test(0)) : new TupleExpression(LineOf(c), Array.ConvertAll(c.test(), Test));

    private Expression Targets(TargetsContext c) =>
        Target(c.expression().Length == 1 && c.COMMA().Length == 0 ? Expression(c.expression(0)) : new TupleExpression(LineOf(c), Array.ConvertAll(c.expression(), Expression)), c);

    private Expression Test(TestContext c)
    {
        if (c.LAMBDA() is { } lambda) return Lambda(lambda.Symbol.Line, c.parameters(), Test(c.test()));
        var value = Or(c.orTest(0));
        return c.IF() is null ? value : new ConditionalExpression(LineOf(c), Or(c.orTest(1)), value, Test(c.test()));
    }

    private Expression PlainTest(PlainTestContext c) =>
        c.LAMBDA() is { } lambda ? Lambda(lambda.Symbol.Line, c.parameters(), PlainTest(c.plainTest())) : Or(c.orTest());

    private LambdaExpression Lambda(int line, ParametersContext? parameters, Expression body) =>
        new(line, WithParameters(new FunctionNode(line, "<lambda>", [], null, null, [new ReturnStatement(line, body)]), parameters));

    private Expression Or(OrTestContext c) => c.andTest().Length == 1 ? And(c.andTest(0)) : new LogicalExpression(LineOf(c), false, Array.ConvertAll(c.andTest(), And));

    private Expression And(AndTestContext c) => c.notTest().Length == 1 ? Not(c.notTest(0)) : new LogicalExpression(LineOf(c), true, Array.ConvertAll(c.notTest(), Not));

    private Expression Not(NotTestContext c) => c.notTest() is { } operand ? new NotExpression(LineOf(c), Not(operand)) : Comparison(c.comparison());

    private Expression Comparison(ComparisonContext c)
    {
        var operands = c.expression();
        var first = Expression(operands[0]);
        if (operands.Length == 1) return first;
        var rest = new (Operator, Expression)[operands.Length - 1];
        for (int i = 0; i < rest.Length; i++) rest[i] = (Comparator(c.comparator(i)), Expression(operands[i + 1]));
        return new ComparisonExpression(LineOf(c), first, rest);
    }

    private static Operator Comparator(ComparatorContext c) => ((ITerminalNode)c.GetChild(0)).Symbol.Type switch
    {
        LESS => Operator.Less,
        GREATER => Operator.Greater,
        EQUAL => Operator.Equal,
        GREATER_EQUAL => Operator.GreaterEqual,
        LESS_EQUAL => Operator.LessEqual,
        NOT_EQUAL => Operator.NotEqual,
        IN => Operator.In,
        NOT => Operator.NotIn,
        _ => c.ChildCount == 1 ? Operator.Is : Operator.IsNot,
    };

    private Expression Expression(ExpressionContext context)
    {
        switch (context)
        {
            case PowerExpressionContext c: return Power(c.power());
            case UnaryContext c: return Unary(LineOf(c), c.op, Expression(c.expression()));
            case BinaryContext c: return Binary(c);
            default: throw new InvalidOperationException($"no rule for {context.GetType().Name}");
        }
    }

    private static Expression Unary(int line, IToken op, Expression operand) => op.Type switch
    {
        MINUS when operand is LiteralExpression { Value: long value } => new LiteralExpression(line, -value),
        MINUS when operand is LiteralExpression { Value: double value } => new LiteralExpression(line, -value),
        MINUS => new UnaryExpression(line, Operator.Negate, operand),
        PLUS => new UnaryExpression(line, Operator.Plus, operand),
        _ => new UnaryExpression(line, Operator.Invert, operand),
    };

    private Expression Binary(BinaryContext c)
    {
        var op = c.op.Type switch
        {
            STAR => Operator.Multiply,
            SLASH => Operator.Divide,
            DOUBLE_SLASH => Operator.FloorDivide,
            PERCENT => Operator.Modulo,
            PLUS => Operator.Add,
            MINUS => Operator.Subtract,
            SHIFT_LEFT => Operator.ShiftLeft,
            SHIFT_RIGHT => Operator.ShiftRight,
            AMPERSAND => Operator.And,
            CARET => Operator.Xor,
            _ => Operator.Or,
        };
        return new BinaryExpression(LineOf(c), op, Expression(c.expression(0)), Expression(c.expression(1)));
    }

    private Expression Power(PowerContext c)
    {
        var value = Atom(c.atom());
        foreach (var trailer in c.trailer()) value = Trailer(value, trailer);
        return c.powerOperand() is { } exponent ? new BinaryExpression(LineOf(c), Operator.Power, value, Operand(exponent)) : value;
    }

    private Expression Operand(PowerOperandContext c) =>
        c.power() is { } power ? Power(power) : Unary(LineOf(c), ((ITerminalNode)c.GetChild(0)).Symbol, Operand(c.powerOperand()));

    private Expression Trailer(Expression value, TrailerContext context)
    {
        int line = LineOf(context);
        switch (context)
        {
            case CallContext c: return Call(line, value, c.arguments());
            case AttributeContext c: return new AttributeExpression(line, value, c.NAME().GetText());
            case IndexContext c:
                var subscripts = Array.ConvertAll(c.subscript(), Subscript);
                return new IndexExpression(line, value, subscripts.Length == 1 && c.COMMA().Length == 0 ? subscripts[0] : new TupleExpression(line, subscripts));
            default: throw new InvalidOperationException($"no rule for {context.GetType().Name}");
        }
    }

    private Expression Subscript(SubscriptContext c)
    {
        if (c.COLON().Length == 0) return Test(c.test(0));
        var parts = new Expression?[3];
        int part = 0;
        foreach (var child in c.children)
            if (child is TestContext test) parts[part] = Test(test);
            else part++;
        return new SliceExpression(LineOf(c), parts[0], parts[1], parts[2]);
    }

    private CallExpression Call(int line, Expression function, ArgumentsContext? arguments)
    {
        var positional = new List<Expression>();
        var keywords = new List<(string, Expression)>();
        Expression? star = null, doubleStar = null;
        foreach (var a in arguments?.argument() ?? [])
            if (a.STAR() is not null) star = Test(a.test());
            else if (a.POWER() is not null) doubleStar = Test(a.test());
            else if (a.NAME() is { } name) keywords.Add((name.GetText(), Test(a.test())));
            else positional.Add(a.comprehension() is { } clauses ? Comprehension(line, ComprehensionKind.Generator, Test(a.test()), null, clauses) : Test(a.test()));
        return new CallExpression(line, function, [.. positional], [.. keywords], star, doubleStar);
    }

    private Expression Yield(YieldingContext c) => new YieldExpression(LineOf(c), c.tests() is { } value ? Tests(value) : null);

    private Expression Atom(AtomContext context)
    {
        int line = LineOf(context);
        switch (context)
        {
            case NameContext c: return new NameExpression(line, c.GetText());
            case IntegerContext c: return new LiteralExpression(line, Literals.Integer(c.GetText()));
            case FloatContext c:
                return new LiteralExpression(line, Literals.Float(c.GetText()));
            case StringContext c: return new LiteralExpression(line, Literals.Join(Array.ConvertAll(c.STRING(), s => Literals.String(s.GetText()))));
            case ParenthesizedContext c:
                if (c.yielding() is { } yielding) return Yield(yielding);
                if (c.comprehension() is { } generator) return Comprehension(line, ComprehensionKind.Generator, Test(c.test()), null, generator);
                return c.tests() is { } tests ? Tests(tests) : new TupleExpression(line, []);
            case ListContext c:
                if (c.comprehension() is { } clauses) return Comprehension(line, ComprehensionKind.List, Test(c.test()), null, clauses);
                return new ListExpression(line, c.tests() is { } items ? Array.ConvertAll(items.test(), Test) : []);
            case DictionaryContext c:
                if (c.comprehension() is { } entries) return Comprehension(line, ComprehensionKind.Dict, Test(c.entry(0).test(0)), Test(c.entry(0).test(1)), entries);
                return new DictExpression(line, Array.ConvertAll(c.entry(), e => (Test(e.test(0)), Test(e.test(1)))));
            case SetContext c:
                if (c.comprehension() is { } members) return Comprehension(line, ComprehensionKind.Set, Test(c.test(0)), null, members);
                return new SetExpression(line, Array.ConvertAll(c.test(), Test));
            default: throw new InvalidOperationException($"no rule for {context.GetType().Name}");
        }
    }

    private ComprehensionExpression Comprehension(int line, ComprehensionKind kind, Expression element, Expression? value, ComprehensionContext first)
    {
        var clauses = new List<ComprehensionClause>();
        for (var c = first; c is not null;)
        {
            var conditions = new List<Expression>();
            var part = c.comprehensionPart();
            for (; part?.plainTest() is { } condition; part = part.comprehensionPart()) conditions.Add(PlainTest(condition));
            var source = c.comprehensionSource();
            var sourceExpression = source.plainTest().Length == 1 && source.COMMA().Length == 0
                ? PlainTest(source.plainTest(0)) : new TupleExpression(LineOf(source), Array.ConvertAll(source.plainTest(), PlainTest));
            clauses.Add(new ComprehensionClause(Targets(c.targets()), sourceExpression, [.. conditions]));
            c = part?.comprehension();
        }
        return new ComprehensionExpression(line, kind, element, value, [.. clauses]);
    }
}
