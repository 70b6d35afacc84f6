using Antlr4.Runtime;
using Antlr4.Runtime.Tree;
using Mu.Lua.Generated;
using Mu.Lua.Scoping;

namespace Mu.Lua.Syntax;

internal sealed partial class TreeBuilder
{
    private List<Statement> Statements(LuaParser.BlockContext block)
    {
        var result = new List<Statement>();
        var children = block.children ?? [];
        for (var i = 0; i < children.Count; i++)
        {
            var child = children[i];
            if (child is LuaParser.LabelStatementContext)
                i = Labels(children, i, result);
            else if (child is LuaParser.ReturnStatementContext last)
                result.Add(new ReturnStatement(At(last.Start), At((last.expressionList() ?? (ParserRuleContext)last).Stop), Expressions(last.expressionList())));
            else if (child is not LuaParser.EmptyStatementContext)
                result.Add(Statement((LuaParser.StatementContext)child));
        }
        return result;
    }

    private Block Block(LuaParser.BlockContext block, IToken end, bool isLoop)
    {
        scope.OpenBlock(isLoop);
        var statements = Statements(block);
        return new Block(statements, Guard(end, scope.CloseBlock));
    }

    private Statement Statement(LuaParser.StatementContext statement)
    {
        Enter(statement.Start);
        var at = At(statement.Start);
        Statement result = statement switch
        {
            LuaParser.ExpressionStatementContext s => ExpressionStatement(s),
            LuaParser.LocalStatementContext s => s.functionBody() is null ? Local(s) : LocalFunction(s),
            LuaParser.FunctionStatementContext s => FunctionStatement(s),
            LuaParser.IfStatementContext s => If(s),
            LuaParser.ForStatementContext s => For(s),
            LuaParser.WhileStatementContext s => new WhileStatement(at, Expression(s.expression()), Block(s.block(), s.END().Symbol, isLoop: true)),
            LuaParser.RepeatStatementContext s => Repeat(s),
            LuaParser.DoStatementContext s => new DoStatement(at, Block(s.block(), s.END().Symbol, isLoop: false)),
            LuaParser.GotoStatementContext s => new GotoStatement(at, scope.Goto(Name(s.NAME().Symbol), At(s.NAME().Symbol))),
            LuaParser.BreakStatementContext => Break(at),
            _ => throw new InvalidOperationException($"No tree for {statement.GetType().Name}."),
        };
        depth--;
        return result;
    }

    private BreakStatement Break(SourcePosition at)
    {
        scope.Break(at);
        return new BreakStatement(at);
    }

    /// <summary>A run of labels and semicolons, which PUC defines from its end (lparser.c: labelstat); the index of its last child.</summary>
    private int Labels(IList<IParseTree> children, int first, List<Statement> result)
    {
        var end = first;
        while (end + 1 < children.Count && children[end + 1] is LuaParser.EmptyStatementContext or LuaParser.LabelStatementContext)
            end++;
        var reached = After(((ParserRuleContext)children[end]).Stop);
        var insertAt = result.Count;
        for (var i = end; i >= first; i--)
        {
            if (children[i] is LuaParser.LabelStatementContext label)
                result.Insert(insertAt, Label(label, end == children.Count - 1, reached));
        }
        return end;
    }

    private LabelStatement Label(LuaParser.LabelStatementContext statement, bool endsBlock, IToken reached)
    {
        // The condition of 'repeat' sees the locals of the block: there a label at the end is inside their scope.
        endsBlock &= statement.Parent.Parent is not LuaParser.RepeatStatementContext;
        var name = statement.NAME().Symbol;
        return new LabelStatement(At(statement.Start), Guard(reached, () => scope.DefineLabel(Name(name), At(statement.Start), endsBlock)));
    }

    private Statement ExpressionStatement(LuaParser.ExpressionStatementContext statement)
    {
        var at = At(statement.Start);
        var parts = statement.suffixed();
        if (statement.ASSIGN() is null)
        {
            var call = Suffixed(parts[0]);
            return call.IsMultiple ? new CallStatement(at, call) : throw Error("syntax error", After(statement.Stop), near: true);
        }
        if (parts.Length > TokenNesting.Limit - depth)
            throw new LuaSyntaxException("C stack overflow", at.Line, at.Column);
        var targets = new List<Expression>();
        foreach (var part in parts)
        {
            var target = Suffixed(part);
            if (target.IsMultiple || target is ParenthesizedExpression)
                throw Error("syntax error", After(part.Stop), near: true);
            MarkAssigned(target, After(part.Stop));
            targets.Add(target);
        }
        var values = Expressions(statement.expressionList());
        // Variables are assigned to behind the last value.
        return new AssignStatement(at, [.. targets.Select(target => ReadAt(target, statement.Stop))], values);
    }

    private void MarkAssigned(Expression target, IToken reached)
    {
        var variable = target switch
        {
            LocalExpression local => local.Variable,
            UpvalueExpression upvalue => upvalue.Upvalue.Origin,
            _ => null,
        };
        if (variable is null)
            return;
        if (variable.Attribute != LocalAttribute.None)
            throw Error($"attempt to assign to const variable '{variable.Name}'", reached);
        variable.IsReassigned = true;
    }

    private LocalStatement Local(LuaParser.LocalStatementContext statement)
    {
        var variables = new List<LocalVariable>();
        var toBeClosed = 0;
        foreach (var declared in statement.attributedName())
        {
            var name = declared.NAME(0).Symbol;
            var attribute = declared.NAME().Length == 1 ? LocalAttribute.None : Attribute(declared);
            if (attribute == LocalAttribute.Close && ++toBeClosed > 1)
                throw Error("multiple to-be-closed variables in local list", After(declared.Stop));
            variables.Add(Declare(name, attribute));
        }
        var values = Expressions(statement.expressionList());
        foreach (var variable in variables)
            scope.Activate(variable);
        if (variables.Count == values.Count && variables[^1].Attribute == LocalAttribute.Const
            && values[^1] is NilExpression or BooleanExpression or IntegerExpression or FloatExpression or StringExpression)
            variables[^1].Constant = values[^1];
        return new LocalStatement(At(statement.Start), At(statement.Stop), variables, values);
    }

    private LocalAttribute Attribute(LuaParser.AttributedNameContext declared) => Name(declared.NAME(1).Symbol) switch
    {
        "const" => LocalAttribute.Const,
        "close" => LocalAttribute.Close,
        var unknown => throw Error($"unknown attribute '{unknown}'", After(declared.Stop)),
    };

    private LocalFunctionStatement LocalFunction(LuaParser.LocalStatementContext statement)
    {
        var name = statement.NAME().Symbol;
        var variable = Declare(name);
        scope.Activate(variable);
        var keyword = statement.FUNCTION().Symbol;
        var function = Function(statement.functionBody(), keyword, isMethod: false);
        variable.IsCapturedBeforeInitialised = variable.IsCaptured;
        return new LocalFunctionStatement(At(statement.Start), variable, new FunctionExpression(At(keyword), function));
    }

    private AssignStatement FunctionStatement(LuaParser.FunctionStatementContext statement)
    {
        var path = statement.functionName();
        var names = path.NAME();
        var target = Variable(names[0].Symbol);
        if (names.Length > ChainLimit)
            throw TooLong(names[ChainLimit].Symbol);
        foreach (var name in names.Skip(1))
            target = new IndexExpression(At(name.Symbol), target, Constant(name));
        var function = Function(statement.functionBody(), statement.Start, isMethod: path.COLON() is not null);
        MarkAssigned(target, After(statement.Stop));
        var at = At(statement.Start);
        return new AssignStatement(at, [ReadAt(target, statement.Start)], [new FunctionExpression(at, function)]);
    }

    private IfStatement If(LuaParser.IfStatementContext statement)
    {
        var blocks = statement.block();
        // Looked for among all children, which may be many.
        var end = statement.END().Symbol;
        var clauses = new List<IfClause> { Clause(statement.expression(), statement.THEN(), blocks[0]) };
        foreach (var clause in statement.elseIf())
            clauses.Add(Clause(clause.expression(), clause.THEN(), clause.block()));
        var otherwise = blocks.Length > 1 ? Block(blocks[1], end, isLoop: false) : null;
        return new IfStatement(At(statement.Start), clauses, otherwise);

        IfClause Clause(LuaParser.ExpressionContext condition, ITerminalNode then, LuaParser.BlockContext body) =>
            new(ReadAt(Expression(condition), then.Symbol), At(then.Symbol), Block(body, end, isLoop: false));
    }

    private RepeatStatement Repeat(LuaParser.RepeatStatementContext statement)
    {
        scope.OpenBlock(isLoop: true);
        var statements = Statements(statement.block());
        var condition = Expression(statement.expression());
        var body = new Block(statements, Guard(After(statement.Stop), scope.CloseBlock));
        return new RepeatStatement(At(statement.Start), body, condition);
    }

    private Statement For(LuaParser.ForStatementContext statement)
    {
        var at = At(statement.Start);
        var end = statement.END().Symbol;
        var first = statement.NAME().Symbol;
        if (statement.numericRange() is { } range)
        {
            var bounds = range.expression().Select(Expression).ToArray();
            var (variables, body) = ForBody([first], hidden: 3);
            return new NumericForStatement(at, At(statement.DO().Symbol), variables[0], bounds[0], bounds[1], bounds.Length > 2 ? bounds[2] : null, body);
        }
        var generic = statement.genericRange();
        var values = Expressions(generic.expressionList());
        var (names, block) = ForBody([first, .. generic.NAME().Select(name => name.Symbol)], hidden: 4);
        return new GenericForStatement(At(generic.expressionList().Start), names, values, block);

        (List<LocalVariable> Variables, Block Body) ForBody(IToken[] tokens, int hidden)
        {
            scope.OpenBlock(isLoop: true);
            Guard(After(tokens[0]), () =>
            {
                scope.Declare(hidden);
                return scope;
            });
            var variables = new List<LocalVariable>();
            foreach (var token in tokens)
            {
                variables.Add(Declare(token));
                scope.Activate(variables[^1]);
            }
            var statements = Statements(statement.block());
            return (variables, new Block(statements, Guard(end, scope.CloseBlock)));
        }
    }
}
