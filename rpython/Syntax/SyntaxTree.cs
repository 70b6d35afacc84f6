namespace Mu.RPython.Syntax;

/// <summary>A place in a source file.</summary>
internal readonly record struct SourceLine(string File, int Line)
{
    public override string ToString() => $"{File}:{Line}";
}

/// <summary>A node of the syntax tree.</summary>
/// <param name="Line">Line where it begins.</param>
internal abstract record Node(int Line);

// Expressions.

internal abstract record Expression(int Line) : Node(Line);

/// <summary>A number, a string or a unicode string: the host object that it is.</summary>
internal sealed record LiteralExpression(int Line, object Value) : Expression(Line);

internal sealed record NameExpression(int Line, string Name) : Expression(Line);

internal sealed record TupleExpression(int Line, Expression[] Items) : Expression(Line);

internal sealed record ListExpression(int Line, Expression[] Items) : Expression(Line);

internal sealed record SetExpression(int Line, Expression[] Items) : Expression(Line);

internal sealed record DictExpression(int Line, (Expression Key, Expression Value)[] Entries) : Expression(Line);

internal enum ComprehensionKind
{
    List,
    Set,
    Dict,
    Generator,
}

/// <summary>One <c>for … in … if …</c> of a comprehension.</summary>
internal sealed record ComprehensionClause(Expression Target, Expression Source, Expression[] Conditions);

/// <summary>A comprehension. <paramref name="Value"/> is a dictionary's value.</summary>
internal sealed record ComprehensionExpression(int Line, ComprehensionKind Kind, Expression Element, Expression? Value, ComprehensionClause[] Clauses) : Expression(Line);

internal sealed record UnaryExpression(int Line, Operator Operator, Expression Operand) : Expression(Line);

internal sealed record BinaryExpression(int Line, Operator Operator, Expression Left, Expression Right) : Expression(Line);

internal sealed record NotExpression(int Line, Expression Operand) : Expression(Line);

/// <summary><c>and</c> or <c>or</c> of two or more operands.</summary>
internal sealed record LogicalExpression(int Line, bool IsAnd, Expression[] Operands) : Expression(Line);

internal sealed record ComparisonExpression(int Line, Expression First, (Operator Operator, Expression Operand)[] Rest) : Expression(Line);

internal sealed record ConditionalExpression(int Line, Expression Condition, Expression Then, Expression Else) : Expression(Line);

internal sealed record LambdaExpression(int Line, FunctionNode Function) : Expression(Line);

internal sealed record YieldExpression(int Line, Expression? Value) : Expression(Line);

internal sealed record AttributeExpression(int Line, Expression Object, string Name) : Expression(Line);

internal sealed record IndexExpression(int Line, Expression Object, Expression Index) : Expression(Line);

internal sealed record SliceExpression(int Line, Expression? Start, Expression? Stop, Expression? Step) : Expression(Line);

internal sealed record CallExpression(int Line, Expression Function, Expression[] Arguments, (string Name, Expression Value)[] Keywords, Expression? Star, Expression? DoubleStar)
    : Expression(Line);

// Statements.

internal abstract record Statement(int Line) : Node(Line);

internal sealed record ExpressionStatement(int Line, Expression Value) : Statement(Line);

internal sealed record AssignStatement(int Line, Expression[] Targets, Expression Value) : Statement(Line);

internal sealed record AugmentedAssignStatement(int Line, Expression Target, Operator Operator, Expression Value) : Statement(Line);

internal sealed record PrintStatement(int Line, Expression? File, Expression[] Values, bool EndsLine) : Statement(Line);

internal sealed record DeleteStatement(int Line, Expression[] Targets) : Statement(Line);

internal sealed record PassStatement(int Line) : Statement(Line);

internal sealed record BreakStatement(int Line) : Statement(Line);

internal sealed record ContinueStatement(int Line) : Statement(Line);

internal sealed record ReturnStatement(int Line, Expression? Value) : Statement(Line);

internal sealed record RaiseStatement(int Line, Expression? Type, Expression? Value) : Statement(Line);

internal sealed record GlobalStatement(int Line, string[] Names) : Statement(Line);

internal sealed record ImportStatement(int Line, (string Module, string? Alias)[] Modules) : Statement(Line);

/// <summary><c>from … import …</c>; no names mean <c>*</c>. The level counts the leading dots.</summary>
internal sealed record ImportFromStatement(int Line, int Level, string Module, (string Name, string? Alias)[] Names) : Statement(Line);

internal sealed record ExecStatement(int Line, Expression Code, Expression? Globals) : Statement(Line);

internal sealed record AssertStatement(int Line, Expression Condition, Expression? Message) : Statement(Line);

internal sealed record IfStatement(int Line, Expression Condition, Statement[] Then, Statement[] Else) : Statement(Line);

internal sealed record WhileStatement(int Line, Expression Condition, Statement[] Body, Statement[] Else) : Statement(Line);

internal sealed record ForStatement(int Line, Expression Target, Expression Source, Statement[] Body, Statement[] Else) : Statement(Line);

internal sealed record ExceptionHandler(int Line, Expression? Type, Expression? Target, Statement[] Body) : Node(Line);

internal sealed record TryStatement(int Line, Statement[] Body, ExceptionHandler[] Handlers, Statement[] Else, Statement[] Finally) : Statement(Line);

internal sealed record WithStatement(int Line, Expression Context, Expression? Target, Statement[] Body) : Statement(Line);

internal sealed record FunctionStatement(int Line, FunctionNode Function, Expression[] Decorators) : Statement(Line);

internal sealed record ClassStatement(int Line, string Name, Expression[] Bases, Statement[] Body, Expression[] Decorators) : Statement(Line);

/// <summary>A parameter: a name, or a tuple of names that the argument is unpacked into.</summary>
internal sealed record Parameter(Expression Target, Expression? Default)
{
    /// <summary>The name, or one made up for a tuple.</summary>
    public string NameAt(int index) => Target is NameExpression name ? name.Name : $".{index}";
}

/// <summary>A function or lambda expression.</summary>
internal sealed record FunctionNode(int Line, string Name, Parameter[] Parameters, string? Rest, string? Keywords, Statement[] Body)
{
    private FunctionScope? scope;

    /// <summary>What its names are.</summary>
    public FunctionScope Scope => scope ??= FunctionScope.Of(this);

    public string? Documentation => Body is [ExpressionStatement { Value: LiteralExpression { Value: string text } }, ..] ? text : null;
}

/// <summary>A source file.</summary>
internal sealed record ModuleNode(string File, Statement[] Body);
