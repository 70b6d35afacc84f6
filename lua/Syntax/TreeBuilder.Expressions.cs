using Antlr4.Runtime;
using Antlr4.Runtime.Tree;
using Mu.Lua.Generated;
using Mu.Lua.Scoping;

namespace Mu.Lua.Syntax;

internal sealed partial class TreeBuilder
{
    private const int UnaryPriority = 12;

    /// <summary>
    /// How many operators or suffixes one expression may have in a row: each is a level of the tree, and the compilers of trees recurse. PUC's compiler has no such limit, but the message for
    /// expressions beyond its own.
    /// </summary>
    private const int ChainLimit = 4000;

    /// <summary>A list. Each element but the last is of the line of the comma behind it; the last one of that of <paramref name="closing"/>, where the compiler gets to it only then.</summary>
    private List<Expression> Expressions(LuaParser.ExpressionListContext? list, IToken? closing = null)
    {
        var result = new List<Expression>();
        var elements = list?.expression() ?? [];
        for (var i = 0; i < elements.Length; i++)
        {
            var expression = Expression(elements[i]);
            var reached = i < elements.Length - 1 ? After(elements[i].Stop) : closing;
            result.Add(reached is null ? expression : ReadAt(expression, reached));
        }
        return result;
    }

    /// <summary>
    /// The same expression, a variable's or constant's value read in the line of a token behind it. PUC's compiler makes the instruction that reads a variable when it knows what the value is for, and gives it the line of the
    /// last token taken by then (lcode.c: luaK_dischargevars).
    /// </summary>
    private Expression ReadAt(Expression variable, IToken token) =>
        variable is IndexExpression or GlobalExpression || variable.IsLeaf ? variable with { At = At(token) } : variable;

    private Expression Expression(LuaParser.ExpressionContext flat)
    {
        var next = 0;
        return Climb(flat, ref next, 0, 0);
    }

    /// <summary>
    /// Precedence climbing over operand, operator, operand... (lparser.c: subexpr). <paramref name="next"/> is the child to read,
    /// <paramref name="skip"/> the number of unary operators of that operand that are already taken.
    /// </summary>
    private Expression Climb(LuaParser.ExpressionContext flat, ref int next, int skip, int limit)
    {
        Enter(flat.Start);
        var operand = (LuaParser.OperandContext)flat.GetChild(next);
        Expression left;
        if (skip < operand.ChildCount - 1)
        {
            var token = ((LuaParser.UnaryOperatorContext)operand.GetChild(skip)).Start;
            left = new UnaryExpression(At(token), Unary(token.Type), Climb(flat, ref next, skip + 1, UnaryPriority));
        }
        else
        {
            left = Simple(operand.simple());
            next++;
        }
        for (var length = 0; next < flat.ChildCount; length++)
        {
            var token = ((LuaParser.BinaryOperatorContext)flat.GetChild(next)).Start;
            var (operation, leftPriority, rightPriority) = Binary(token.Type);
            if (leftPriority <= limit)
                break;
            if (length == ChainLimit)
                throw TooLong(token);
            next++;
            left = ReadAt(left, token);
            var right = Climb(flat, ref next, 0, rightPriority);
            left = new BinaryExpression(OperationAt(token, operation, right, (ParserRuleContext)flat.GetChild(next - 1)), operation, left, right);
        }
        depth--;
        return left;
    }

    /// <summary>An operation is of its operator's line, but for comparisons, which are of their end's, and chains of concatenations, which are one instruction of the last operator's (lcode.c: luaK_posfix).</summary>
    private SourcePosition OperationAt(IToken token, BinaryOperator operation, Expression right, ParserRuleContext lastOperand) => operation switch
    {
        >= BinaryOperator.Less and <= BinaryOperator.Equal => At(lastOperand.Stop),
        BinaryOperator.Concat when right is BinaryExpression { Operator: BinaryOperator.Concat } => right.At,
        _ => At(token),
    };

    private static UnaryOperator Unary(int token) => token switch
    {
        LuaParser.NOT => UnaryOperator.Not,
        LuaParser.HASH => UnaryOperator.Length,
        LuaParser.MINUS => UnaryOperator.Negate,
        _ => UnaryOperator.BitwiseNot,
    };

    /// <summary>Operator with left and right priority (lparser.c: priority).</summary>
    private static (BinaryOperator Operation, int Left, int Right) Binary(int token) => token switch
    {
        LuaParser.OR => (BinaryOperator.Or, 1, 1),
        LuaParser.AND => (BinaryOperator.And, 2, 2),
        LuaParser.LESS => (BinaryOperator.Less, 3, 3),
        LuaParser.GREATER => (BinaryOperator.Greater, 3, 3),
        LuaParser.LESS_EQUAL => (BinaryOperator.LessEqual, 3, 3),
        LuaParser.GREATER_EQUAL => (BinaryOperator.GreaterEqual, 3, 3),
        LuaParser.NOT_EQUAL => (BinaryOperator.NotEqual, 3, 3),
        LuaParser.EQUAL => (BinaryOperator.Equal, 3, 3),
        LuaParser.PIPE => (BinaryOperator.BitwiseOr, 4, 4),
        LuaParser.TILDE => (BinaryOperator.BitwiseXor, 5, 5),
        LuaParser.AMPERSAND => (BinaryOperator.BitwiseAnd, 6, 6),
        LuaParser.SHIFT_LEFT => (BinaryOperator.ShiftLeft, 7, 7),
        LuaParser.SHIFT_RIGHT => (BinaryOperator.ShiftRight, 7, 7),
        LuaParser.CONCAT => (BinaryOperator.Concat, 9, 8),
        LuaParser.PLUS => (BinaryOperator.Add, 10, 10),
        LuaParser.MINUS => (BinaryOperator.Subtract, 10, 10),
        LuaParser.STAR => (BinaryOperator.Multiply, 11, 11),
        LuaParser.SLASH => (BinaryOperator.Divide, 11, 11),
        LuaParser.DOUBLE_SLASH => (BinaryOperator.FloorDivide, 11, 11),
        LuaParser.PERCENT => (BinaryOperator.Modulo, 11, 11),
        LuaParser.CARET => (BinaryOperator.Power, 14, 13),
        _ => throw new InvalidOperationException($"Token {token} is no binary operator."),
    };

    private Expression Simple(LuaParser.SimpleContext simple)
    {
        var token = simple.Start;
        switch (token.Type)
        {
            case LuaParser.NIL: return new NilExpression(At(token));
            case LuaParser.TRUE: return new BooleanExpression(At(token), true);
            case LuaParser.FALSE: return new BooleanExpression(At(token), false);
            case LuaParser.NUMBER: return NumericLiteral.Parse(At(token), Bytes(token)) ?? throw new MalformedTokenException();
            case LuaParser.STRING or LuaParser.LONG_STRING: return String(token);
            case LuaParser.FUNCTION: return new FunctionExpression(At(token), Function(simple.functionBody(), token, isMethod: false));
            case LuaParser.OPEN_BRACE: return Table(simple.table());
            case LuaParser.ELLIPSIS:
                if (!scope.IsVararg)
                    throw Error("cannot use '...' outside a vararg function", token, near: true);
                scope.UsesVararg = true;
                return new VarargExpression(At(token));
            default: return Suffixed(simple.suffixed());
        }
    }

    private StringExpression String(IToken token) =>
        StringLiteral.TryDecode(Bytes(token), out var value) ? new StringExpression(At(token), value) : throw new MalformedTokenException();

    private StringExpression Constant(ITerminalNode name) => new(At(name.Symbol), Bytes(name.Symbol).ToArray());

    private Expression Suffixed(LuaParser.SuffixedContext suffixed)
    {
        var result = suffixed.NAME() is { } name
            ? Variable(name.Symbol)
            : new ParenthesizedExpression(At(suffixed.Start), ReadAt(Expression(suffixed.expression()), suffixed.CLOSE_PAREN().Symbol));
        for (var i = suffixed.NAME() is null ? 3 : 1; i < suffixed.ChildCount; i++)
        {
            if (i == ChainLimit)
                throw TooLong(((LuaParser.SuffixContext)suffixed.GetChild(i)).Start);
            result = Suffix(result, (LuaParser.SuffixContext)suffixed.GetChild(i), At(suffixed.Start));
        }
        return result;
    }

    private LuaSyntaxException TooLong(IToken reached) => Error("function or expression needs too many registers", reached, near: true);

    /// <summary>A suffix; a call is of the line where the whole expression begins (lparser.c: suffixedexp).</summary>
    private Expression Suffix(Expression target, LuaParser.SuffixContext suffix, SourcePosition start)
    {
        if (suffix.arguments() is not { } arguments)
            return new IndexExpression(At(suffix.Stop), target, suffix.NAME() is { } field ? Constant(field) : Expression(suffix.expression()));
        if (suffix.NAME() is not { } method)
            return new CallExpression(start, target, Arguments(arguments));
        var name = method.Symbol;
        return new MethodCallExpression(start, ReadAt(target, name), At(name), Bytes(name).ToArray(), Arguments(arguments));
    }

    private List<Expression> Arguments(LuaParser.ArgumentsContext arguments) => arguments.Start.Type switch
    {
        LuaParser.OPEN_PAREN => Expressions(arguments.expressionList(), arguments.CLOSE_PAREN().Symbol),
        LuaParser.OPEN_BRACE => [Table(arguments.table())],
        _ => [String(arguments.Start)],
    };

    private Expression Variable(IToken token)
    {
        var name = Name(token);
        var (at, reached) = (At(token), After(token));
        return Guard(reached, () => Named(at, name) ?? new GlobalExpression(at, Named(at, "_ENV")!, System.Text.Encoding.Latin1.GetBytes(name)));
    }

    private Expression? Named(SourcePosition at, string name) => scope.Resolve(name) switch
    {
        ({ } local, _) => new LocalExpression(at, local),
        (_, { } upvalue) => new UpvalueExpression(at, upvalue),
        _ => null,
    };

    private TableExpression Table(LuaParser.TableContext table)
    {
        var fields = new List<TableField>();
        for (var i = 1; i < table.ChildCount - 1; i++)
        {
            if (table.GetChild(i) is not LuaParser.FieldContext field)
            {
                // The grammar lets separators follow each other, to decide on one token.
                if (table.GetChild(i + 1) is LuaParser.FieldSeparatorContext)
                    throw new MalformedTokenException();
                continue;
            }
            var parts = field.expression();
            var stored = At(field.Stop);
            if (field.OPEN_BRACKET() is not null)
                fields.Add(new TableField(Expression(parts[0]), Expression(parts[1]), stored));
            else if (parts.Length == 1)
                fields.Add(new TableField(null, ReadAt(Expression(parts[0]), i + 2 < table.ChildCount ? After(field.Stop) : table.Stop), stored));
            else
                fields.Add(new TableField(FieldName(parts[0]), Expression(parts[1]), stored));
        }
        return new TableExpression(At(table.Start), fields);
    }

    /// <summary>Left of '=' in a constructor stands a bare name; the grammar lets any expression through to decide on one token.</summary>
    private StringExpression FieldName(LuaParser.ExpressionContext left)
    {
        if (left.Start.Type != LuaParser.NAME || left.Start != left.Stop)
            throw new MalformedTokenException();
        return new StringExpression(At(left.Start), Bytes(left.Start).ToArray());
    }
}
