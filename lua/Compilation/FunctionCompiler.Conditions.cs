using Mu.ClientLib.Building;
using Mu.Core.IR;
using Mu.Core.Types;
using Mu.Lua.Runtime.Operations;
using Mu.Lua.Syntax;

namespace Mu.Lua.Compilation;

// Conditions: comparisons and logic as branches, without making Lua booleans.
internal sealed partial class FunctionCompiler
{
    /// <summary>Goes to one of two labels by the truth of an expression.</summary>
    private void Branch(Expression condition, Label ifTrue, Label ifFalse)
    {
        switch (condition)
        {
            case ParenthesizedExpression { Inner: { IsMultiple: false } inner }:
                Branch(inner, ifTrue, ifFalse);
                return;
            case UnaryExpression { Operator: UnaryOperator.Not } not:
                Branch(not.Operand, ifFalse, ifTrue);
                return;
            case BinaryExpression { Operator: BinaryOperator.And } and:
            {
                var more = b.NewLabel("and");
                Branch(and.Left, more, ifFalse);
                PlaceIfTargeted(more);
                if (b.IsReachable) Branch(and.Right, ifTrue, ifFalse);
                return;
            }
            case BinaryExpression { Operator: BinaryOperator.Or } or:
            {
                var more = b.NewLabel("or");
                Branch(or.Left, ifTrue, more);
                PlaceIfTargeted(more);
                if (b.IsReachable) Branch(or.Right, ifTrue, ifFalse);
                return;
            }
            case BooleanExpression { Value: true } or IntegerExpression or FloatExpression or StringExpression:
                b.Jump(ifTrue);
                return;
            case NilExpression or BooleanExpression { Value: false }:
                b.Jump(ifFalse);
                return;
            case BinaryExpression binary when IsComparison(binary.Operator):
                b.Branch(Comparison(binary), ifTrue, ifFalse);
                return;
            default:
                b.Branch(f.IsFalsy(Expression(condition)), ifFalse, ifTrue);
                return;
        }
    }

    /// <summary>The truth of an expression as int&lt;1&gt;.</summary>
    private Value Condition(Expression expression)
    {
        if (expression is BinaryExpression binary && IsComparison(binary.Operator)) return Comparison(binary);
        if (expression is UnaryExpression { Operator: UnaryOperator.Not } not) return b.Not(Condition(not.Operand));
        return b.Not(f.IsFalsy(Expression(expression)));
    }

    private static bool IsComparison(BinaryOperator op) =>
        op is BinaryOperator.Less or BinaryOperator.Greater or BinaryOperator.LessEqual or BinaryOperator.GreaterEqual or BinaryOperator.Equal or BinaryOperator.NotEqual;

    private Value Comparison(BinaryExpression e)
    {
        var left = Expression(e.Left);
        var right = Expression(e.Right);
        At(e.At, new OperandNames(NameOf(e.Left), NameOf(e.Right)));
        switch (e.Operator)
        {
            case BinaryOperator.Less: return Runtime.Operations.Comparison.EmitOrder(f, runtime, SiteOf(e), false, left, right);
            case BinaryOperator.LessEqual: return Runtime.Operations.Comparison.EmitOrder(f, runtime, SiteOf(e), true, left, right);
            // a > b is b < a, with the operands evaluated in the order written.
            case BinaryOperator.Greater: return Runtime.Operations.Comparison.EmitOrder(f, runtime, SiteOf(e), false, right, left);
            case BinaryOperator.GreaterEqual: return Runtime.Operations.Comparison.EmitOrder(f, runtime, SiteOf(e), true, right, left);
        }
        // An interned string is equal to itself only.
        var equal = IsShortName(e.Left) || IsShortName(e.Right)
            ? f.Tagged.Same(left, right)
            : Runtime.Operations.Comparison.EmitEqual(f, runtime, tier != Tier.Compact, left, right);
        return e.Operator == BinaryOperator.Equal ? equal : b.Not(equal);
    }

    /// <summary>Places a label that may have no jump to it: then what follows is unreachable.</summary>
    private void PlaceIfTargeted(Label label)
    {
        if (label.IsTargeted || b.IsReachable) b.PlaceSealed(label);
    }
}
