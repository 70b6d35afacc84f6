using Mu.Lua.Scoping;

namespace Mu.Lua.Syntax;

internal abstract record Expression(SourcePosition At)
{
    /// <summary>Whether it may give any number of values (a call or <c>...</c>).</summary>
    public virtual bool IsMultiple => false;

    /// <summary>Whether it is a constant or a variable of a function: PUC's compiler has an instruction for it only where it must be in a register.</summary>
    public bool IsLeaf => this is NilExpression or BooleanExpression or IntegerExpression or FloatExpression or StringExpression or LocalExpression or UpvalueExpression;
}

internal sealed record NilExpression(SourcePosition At) : Expression(At);

internal sealed record BooleanExpression(SourcePosition At, bool Value) : Expression(At);

internal sealed record IntegerExpression(SourcePosition At, long Value) : Expression(At);

internal sealed record FloatExpression(SourcePosition At, double Value) : Expression(At);

/// <summary>A string constant: bytes, in no particular encoding.</summary>
internal sealed record StringExpression(SourcePosition At, byte[] Value) : Expression(At);

internal sealed record VarargExpression(SourcePosition At) : Expression(At)
{
    public override bool IsMultiple => true;
}

internal sealed record FunctionExpression(SourcePosition At, FunctionNode Function) : Expression(At);

internal sealed record LocalExpression(SourcePosition At, LocalVariable Variable) : Expression(At);

internal sealed record UpvalueExpression(SourcePosition At, Upvalue Upvalue) : Expression(At);

/// <summary>A free name: the field <see cref="Name"/> of <c>_ENV</c>, which is a local or an upvalue (manual, section 2.2).</summary>
internal sealed record GlobalExpression(SourcePosition At, Expression Environment, byte[] Name) : Expression(At);

internal sealed record IndexExpression(SourcePosition At, Expression Object, Expression Key) : Expression(At);

internal sealed record CallExpression(SourcePosition At, Expression Callee, IReadOnlyList<Expression> Arguments) : Expression(At)
{
    public override bool IsMultiple => true;
}

/// <summary>A call of a method, which is looked up in the line of its name.</summary>
internal sealed record MethodCallExpression(SourcePosition At, Expression Object, SourcePosition MethodAt, byte[] Method, IReadOnlyList<Expression> Arguments) : Expression(At)
{
    public override bool IsMultiple => true;
}

/// <summary>Parentheses: they cut many values to one, and keep a name from being assigned to.</summary>
internal sealed record ParenthesizedExpression(SourcePosition At, Expression Inner) : Expression(At);

internal sealed record UnaryExpression(SourcePosition At, UnaryOperator Operator, Expression Operand) : Expression(At);

internal sealed record BinaryExpression(SourcePosition At, BinaryOperator Operator, Expression Left, Expression Right) : Expression(At);

/// <summary>A table constructor.</summary>
internal sealed record TableExpression(SourcePosition At, IReadOnlyList<TableField> Fields) : Expression(At);

/// <summary>A field; one without key is positional.</summary>
internal readonly record struct TableField(Expression? Key, Expression Value, SourcePosition At);

internal enum UnaryOperator { Negate, Not, Length, BitwiseNot }

internal enum BinaryOperator
{
    Or, And, Less, Greater, LessEqual, GreaterEqual, NotEqual, Equal, BitwiseOr, BitwiseXor, BitwiseAnd,
    ShiftLeft, ShiftRight, Concat, Add, Subtract, Multiply, Divide, FloorDivide, Modulo, Power,
}
