using Mu.Core.Types;
using Mu.Lua.Runtime;
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
    public static unsafe ulong WordOf(Expression e, LuaRuntime runtime)
    {
        var heap = runtime.Heap;
        switch (e)
        {
            case BooleanExpression { Value: var truth }: return truth ? LuaTag.TrueWord : LuaTag.FalseWord;
            case IntegerExpression { Value: var integer }: return LuaNumbers.FromInteger(heap, integer);
            case FloatExpression { Value: var number }: return TagRef64.FromDouble(number);
            case UnaryExpression { Operand: IntegerExpression { Value: var integer } }: return LuaNumbers.FromInteger(heap, unchecked(-integer));
            case UnaryExpression { Operand: FloatExpression { Value: var number } }: return TagRef64.FromDouble(-number);
            case StringExpression { Value: var bytes }:
                var s = heap.NewString(bytes);
                return s == null ? runtime.OutOfMemoryMessage : TagRef64.FromRef((ulong)s, LuaTag.String);
            default: throw new ArgumentException($"{e.GetType().Name} is no literal", nameof(e));
        }
    }
}
