using Mu.Lua.Scoping;

namespace Mu.Lua.Syntax;

internal abstract record Statement(SourcePosition At);

/// <summary>Declarations, which are complete at <see cref="End"/>.</summary>
internal sealed record LocalStatement(SourcePosition At, SourcePosition End, IReadOnlyList<LocalVariable> Variables, IReadOnlyList<Expression> Values) : Statement(At);

internal sealed record LocalFunctionStatement(SourcePosition At, LocalVariable Variable, FunctionExpression Function) : Statement(At);

/// <summary>An assignment; <c>function a.b() end</c> is one too. Targets are local, upvalue, global or index expressions.</summary>
internal sealed record AssignStatement(SourcePosition At, IReadOnlyList<Expression> Targets, IReadOnlyList<Expression> Values) : Statement(At);

internal sealed record CallStatement(SourcePosition At, Expression Call) : Statement(At);

internal sealed record DoStatement(SourcePosition At, Block Body) : Statement(At);

internal sealed record WhileStatement(SourcePosition At, Expression Condition, Block Body) : Statement(At);

/// <summary>The condition sees the locals of the body.</summary>
internal sealed record RepeatStatement(SourcePosition At, Block Body, Expression Condition) : Statement(At);

internal sealed record IfStatement(SourcePosition At, IReadOnlyList<IfClause> Clauses, Block? Otherwise) : Statement(At);

internal readonly record struct IfClause(Expression Condition, SourcePosition Then, Block Body);

/// <summary>The control variable is a local of <see cref="Body"/>: fresh in every iteration. The bounds are prepared in the line of <c>do</c>.</summary>
internal sealed record NumericForStatement(
    SourcePosition At, SourcePosition Do, LocalVariable Variable, Expression Start, Expression Limit, Expression? Step, Block Body) : Statement(At);

/// <summary>The variables are locals of <see cref="Body"/>: fresh in every iteration. The iterator is called in the line where the values begin.</summary>
internal sealed record GenericForStatement(
    SourcePosition At, IReadOnlyList<LocalVariable> Variables, IReadOnlyList<Expression> Values, Block Body) : Statement(At);

/// <summary>A return, which is complete at <see cref="End"/>.</summary>
internal sealed record ReturnStatement(SourcePosition At, SourcePosition End, IReadOnlyList<Expression> Values) : Statement(At);

/// <summary>Leaves the innermost loop.</summary>
internal sealed record BreakStatement(SourcePosition At) : Statement(At);

internal sealed record GotoStatement(SourcePosition At, GotoTarget Target) : Statement(At);

internal sealed record LabelStatement(SourcePosition At, LuaLabel Label) : Statement(At);

/// <summary>Statements with the locals they declare; those captured need a fresh cell each time the block is entered.</summary>
internal sealed record Block(IReadOnlyList<Statement> Statements, IReadOnlyList<LocalVariable> Locals)
{
    public IEnumerable<LocalVariable> CapturedLocals => Locals.Where(local => local.IsCaptured);

    public bool HasToBeClosed => Locals.Any(local => local.Attribute == LocalAttribute.Close);
}
