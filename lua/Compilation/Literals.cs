using Mu.Core.Types;
using Mu.Lua.Runtime;
using Mu.Lua.Runtime.Leaves;
using Mu.Lua.Syntax;

namespace Mu.Lua.Compilation;

/// <summary>Expressions whose values are known before anything runs.</summary>
internal static class Literals
{
    public static bool Is(Expression e) => e switch
    {
        BooleanExpression or IntegerExpression or FloatExpression or StringExpression => true,
        UnaryExpression { Operator: UnaryOperator.Negate, Operand: IntegerExpression or FloatExpression } => true,
        _ => false,
    };

    /// <summary>The value's word; it may be an object made now, or the message that there is no memory for it.</summary>
    public static ulong WordOf(Expression e, LuaHeap heap) => e switch
    {
        BooleanExpression { Value: var truth } => truth ? LuaTag.TrueWord : LuaTag.FalseWord,
        IntegerExpression { Value: var integer } => LuaNumbers.FromInteger(heap, integer),
        FloatExpression { Value: var number } => TagRef64.FromDouble(number),
        UnaryExpression { Operand: IntegerExpression { Value: var integer } } => LuaNumbers.FromInteger(heap, unchecked(-integer)),
        UnaryExpression { Operand: FloatExpression { Value: var number } } => TagRef64.FromDouble(-number),
        StringExpression { Value: var bytes } => ErrorLeaves.Text(heap, bytes),
        _ => throw new ArgumentException($"{e.GetType().Name} is no literal", nameof(e)),
    };
}
