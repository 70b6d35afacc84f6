using System.Text;
using Mu.ClientLib.Building;
using Mu.Core.IR;
using Mu.Core.Types;
using Mu.Lua.Runtime;
using Mu.Lua.Runtime.Operations;
using Mu.Lua.Scoping;
using Mu.Lua.Syntax;

namespace Mu.Lua.Compilation;

// Expressions that give one value.
internal sealed partial class FunctionCompiler
{
    private Value Expression(Expression expression)
    {
        switch (expression)
        {
            case NilExpression: return f.Nil;
            case BooleanExpression e: return e.Value ? f.True : f.False;
            case IntegerExpression e: return Cells.Integer(e.Value);
            case FloatExpression e: return b.TagRefWord(TagRef64.FromDouble(e.Value));
            case StringExpression e: return Cells.String(e.Value);
            case LocalExpression e: return ReadLocal(e.Variable);
            case UpvalueExpression e: return ReadUpvalue(e.Upvalue);
            case ParenthesizedExpression e: return Expression(e.Inner);
            case FunctionExpression e: return Closure(e);
            case GlobalExpression e: return Global(e);
            case IndexExpression e: return Index(e);
            case TableExpression e: return Table(e);
            case UnaryExpression e: return Unary(e);
            case BinaryExpression e: return Binary(e);
            case CallExpression e: return SelectFromVarargs(e) ?? LuaFunctionBuilder.First(CallList(e));
            case MethodCallExpression: return LuaFunctionBuilder.First(CallList(expression));
            case VarargExpression: return Vararg(0);
            default: throw new InvalidOperationException($"unknown expression {expression.GetType().Name}");
        }
    }

    private Value Global(GlobalExpression e)
    {
        var environment = Expression(e.Environment);
        var name = Cells.String(e.Name);
        At(e.At, new OperandNames(NameOf(e.Environment), Quote("global", e.Name)));
        return e.Name.Length <= StringObject.MaxInterned
            ? Indexing.EmitGetName(f, runtime, SiteOf(e), environment, name)
            : Indexing.EmitGet(f, runtime, SiteOf(e), environment, name);
    }

    private Value Index(IndexExpression e)
    {
        var table = Expression(e.Object);
        var key = Expression(e.Key);
        At(e.At, new OperandNames(NameOf(e.Object), KeyName(e.Key)));
        return IsShortName(e.Key)
            ? Indexing.EmitGetName(f, runtime, SiteOf(e), table, key)
            : Indexing.EmitGet(f, runtime, SiteOf(e), table, key);
    }

    private static bool IsShortName(Expression key) => key is StringExpression { Value.Length: <= StringObject.MaxInterned };

    private Value Unary(UnaryExpression e)
    {
        if (e.Operator == UnaryOperator.Not) return f.Boolean(Condition(e));
        var operand = Expression(e.Operand);
        At(e.At, new OperandNames(NameOf(e.Operand), Event: e.Operator == UnaryOperator.Negate ? "unm" : "bnot"));
        return e.Operator switch
        {
            UnaryOperator.Negate => Arithmetic.EmitNegate(f, runtime, SiteOf(e), operand),
            UnaryOperator.BitwiseNot => Arithmetic.EmitComplement(f, runtime, SiteOf(e), operand),
            UnaryOperator.Length => Lengths.Emit(f, runtime, SiteOf(e), operand),
            _ => throw new InvalidOperationException($"unknown operator {e.Operator}"),
        };
    }

    private Value Binary(BinaryExpression e)
    {
        if (e.Operator is BinaryOperator.And or BinaryOperator.Or) return Logical(e);
        if (e.Operator == BinaryOperator.Concat) return Concatenate(e);
        if (IsComparison(e.Operator)) return f.Boolean(Comparison(e));
        var left = Expression(e.Left);
        var right = Expression(e.Right);
        var operation = ArithmeticOpOf(e.Operator);
        At(e.At, new OperandNames(NameOf(e.Left), NameOf(e.Right), operation.ToString().ToLowerInvariant()));
        return Arithmetic.Emit(f, runtime, SiteOf(e), operation, left, right);
    }

    private static ArithmeticOp ArithmeticOpOf(BinaryOperator op) => op switch
    {
        BinaryOperator.Add => ArithmeticOp.Add,
        BinaryOperator.Subtract => ArithmeticOp.Sub,
        BinaryOperator.Multiply => ArithmeticOp.Mul,
        BinaryOperator.Divide => ArithmeticOp.Div,
        BinaryOperator.FloorDivide => ArithmeticOp.IDiv,
        BinaryOperator.Modulo => ArithmeticOp.Mod,
        BinaryOperator.Power => ArithmeticOp.Pow,
        BinaryOperator.BitwiseAnd => ArithmeticOp.BAnd,
        BinaryOperator.BitwiseOr => ArithmeticOp.BOr,
        BinaryOperator.BitwiseXor => ArithmeticOp.BXor,
        BinaryOperator.ShiftLeft => ArithmeticOp.Shl,
        BinaryOperator.ShiftRight => ArithmeticOp.Shr,
        _ => throw new InvalidOperationException($"{op} is no arithmetic operator"),
    };

    /// <summary>a and b, a or b: the first operand's value where it decides.</summary>
    private Value Logical(BinaryExpression e)
    {
        var result = b.NewVariable(Expression(e.Left), "logical");
        var more = b.NewLabel("more");
        var end = b.NewLabel("end");
        var isFalsy = f.IsFalsy(b.Read(result));
        if (e.Operator == BinaryOperator.And) b.Branch(isFalsy, end, more);
        else b.Branch(isFalsy, more, end);
        b.PlaceSealed(more);
        b.Write(result, Expression(e.Right));
        b.PlaceSealed(end);
        return b.Read(result);
    }

    private Value Concatenate(BinaryExpression e)
    {
        var operands = new List<Value>();
        var names = new List<string?>();
        Expression rest = e;
        while (rest is BinaryExpression { Operator: BinaryOperator.Concat } concat)
        {
            operands.Add(Expression(concat.Left));
            names.Insert(0, NameOf(concat.Left));
            rest = concat.Right;
        }
        operands.Add(Expression(rest));
        names.Insert(0, NameOf(rest));
        CheckFinalizers();
        At(e.At, new OperandNames(First: null) { Chain = [.. names] });
        return Concatenation.Emit(f, runtime, operands.ToArray());
    }

    private Value Closure(FunctionExpression e)
    {
        if (isObserved) AtLine(e.Function.LastLine);
        CheckFinalizers();
        var child = prototype.Child(e.Function, () => runtime.DeclareChild(prototype, e.Function, b.Bundle));
        var function = b.NewHybrid(LuaTypes.Function, b.Int64(e.Function.Upvalues.Count));
        b.StoreField(function, LuaTypes.FunctionCode, child.Function);
        b.StoreField(function, LuaTypes.FunctionInfo, b.Int64(child.Number));
        foreach (var upvalue in e.Function.Upvalues) b.Store(f.Upvalue(function, upvalue.Index), Captured(upvalue));
        return f.FunctionValue(function);
    }

    /// <summary>What a closure stores for an upvalue: the cell where there is one, else the value.</summary>
    private Value Captured(Upvalue upvalue)
    {
        if (upvalue.ParentLocal is not { } local) return b.Load(f.Upvalue(Self, upvalue.ParentUpvalue!.Index));
        if (isObserved) return b.Load(SlotOf(local.Index + 1));
        var value = b.Read(locals[local]);
        return local.NeedsCell ? f.Tagged.FromRef(value, LuaTag.Cell) : value;
    }

    /// <summary>How a message names an expression; null where PUC has no name for it.</summary>
    private static string? NameOf(Expression expression) => expression switch
    {
        LocalExpression { Variable.Constant: { } constant } => NameOf(constant),
        UpvalueExpression { Upvalue.Origin.Constant: { } constant } => NameOf(constant),
        LocalExpression e => $"local '{e.Variable.Name}'",
        UpvalueExpression e => $"upvalue '{e.Upvalue.Name}'",
        GlobalExpression e => Quote("global", e.Name),
        IndexExpression e => ConstantOf(e.Key) switch
        {
            StringExpression s => Quote(IsEnvironment(e.Object) ? "global" : "field", s.Value),
            // PUC's words for what its instructions hold: a small integer, or a register.
            IntegerExpression { Value: >= 0 and <= 255 } => "field 'integer index'",
            _ => "field '?'",
        },
        MethodCallExpression e => Quote("method", e.Method),
        StringExpression s => Quote("constant", s.Value),
        ParenthesizedExpression { Inner: { IsMultiple: false } inner } => NameOf(inner),
        _ => null,
    };

    private static string? KeyName(Expression key) => key is StringExpression s ? Quote("field", s.Value) : null;

    private static bool IsEnvironment(Expression table) => table is LocalExpression { Variable.Name: "_ENV" } or UpvalueExpression { Upvalue.Name: "_ENV" };

    /// <summary>What PUC's compiler knows of a key: constants, and sums and the like of integers.</summary>
    private static Expression ConstantOf(Expression key) => key switch
    {
        LocalExpression { Variable.Constant: { } constant } => constant,
        UpvalueExpression { Upvalue.Origin.Constant: { } constant } => constant,
        ParenthesizedExpression { Inner: var inner } => ConstantOf(inner),
        BinaryExpression { Operator: BinaryOperator.Add or BinaryOperator.Subtract or BinaryOperator.Multiply } e
            when ConstantOf(e.Left) is IntegerExpression a && ConstantOf(e.Right) is IntegerExpression b => new IntegerExpression(e.At, e.Operator switch
            {
                BinaryOperator.Add => unchecked(a.Value + b.Value),
                BinaryOperator.Subtract => unchecked(a.Value - b.Value),
                _ => unchecked(a.Value * b.Value),
            }),
        _ => key,
    };

    private static string Quote(string kind, byte[] name) => $"{kind} '{Encoding.Latin1.GetString(name)}'";
}
