using Mu.ClientLib.Building;
using Mu.Core.IR;
using Mu.Core.Types;
using Mu.Lua.Runtime;
using Mu.Lua.Runtime.Operations;
using Mu.Lua.Syntax;

namespace Mu.Lua.Compilation;

// Calls and value lists.
internal sealed partial class FunctionCompiler
{
    /// <summary>All values of a call or of <c>...</c>, as a list (n, v0…v3, extra).</summary>
    private IReadOnlyList<Value> MultipleList(Expression expression) =>
        expression is VarargExpression ? VarargList() : CallList(expression);

    private IReadOnlyList<Value> CallList(Expression call)
    {
        var (callee, list) = CalleeAndArguments(call);
        At(call.At, new OperandNames(CalleeName(call)));
        return EmitCall(callee, [.. list]);
    }

    /// <summary>A call in tail position: the frame is replaced.</summary>
    private void TailCall(Expression call)
    {
        var (callee, list) = CalleeAndArguments(call);
        At(call.At, new OperandNames(CalleeName(call)));
        if (isObserved)
        {
            ObservedTailCall(callee, list);
            return;
        }
        var slow = b.NewLabel("tail.slow", cold: true);
        b.BranchUnless(f.IsFunction(callee), slow);
        var function = f.AsFunction(callee);
        // A library function is called from this frame, as PUC does: its messages tell the position of the call.
        var library = b.NewLabel("tail.library", cold: true);
        b.BranchIf(b.Compare(CompareOp.Ule, b.ToUnsigned(IntType.I32, b.LoadField(function, LuaTypes.FunctionInfo)), b.Int32(runtime.Prototypes.LastOfLibrary)), library);
        b.TailCall(f.CodeOf(function), [function, .. list]);
        b.PlaceSealed(library);
        b.Return([.. b.Call(f.CodeOf(function), [function, .. list])]);
        // What cannot be called is found out while the frame, which knows the callee's name, is still there.
        b.PlaceSealed(slow);
        var handler = b.CCall(NativeConvention.Runtime, runtime.Leaves.CallHandler, callee);
        Errors.EmitRaiseOnStatus(f, runtime, handler[0], handler[1]);
        b.TailCall(runtime.Functions.CallValue, [callee, .. list]);
    }

    private (Value Callee, IReadOnlyList<Value> List) CalleeAndArguments(Expression call)
    {
        if (call is CallExpression plain)
        {
            var callee = Expression(plain.Callee);
            return (callee, List([], plain.Arguments));
        }
        var method = (MethodCallExpression)call;
        var receiver = Expression(method.Object);
        var name = Cells.String(method.Method);
        At(method.MethodAt, new OperandNames(NameOf(method.Object), Quote("method", method.Method)));
        var function = method.Method.Length <= StringObject.MaxInterned
            ? Indexing.EmitGetName(f, runtime, SiteOf(method), receiver, name)
            : Indexing.EmitGet(f, runtime, SiteOf(method), receiver, name);
        return (function, List([receiver], method.Arguments));
    }

    private static string? CalleeName(Expression call) =>
        call is MethodCallExpression ? NameOf(call) : NameOf(((CallExpression)call).Callee);

    /// <summary>Values and then expressions, of which the last may give many, as a list.</summary>
    private IReadOnlyList<Value> List(IReadOnlyList<Value> first, IReadOnlyList<Expression> expressions)
    {
        var values = new List<Value>(first);
        int single = expressions.Count > 0 && expressions[^1].IsMultiple ? expressions.Count - 1 : expressions.Count;
        for (int i = 0; i < single; i++) values.Add(InRegister(expressions[i]));
        return single == expressions.Count ? FixedList(values) : ListBefore(values, MultipleList(expressions[^1]));
    }

    private IReadOnlyList<Value> FixedList(List<Value> values)
    {
        var list = new Value[LuaTypes.ValueList.Length];
        list[0] = b.Int32(values.Count);
        for (int i = 0; i < LuaTypes.RegisterValues; i++) list[1 + i] = i < values.Count ? values[i] : f.Nil;
        list[^1] = values.Count <= LuaTypes.RegisterValues ? f.NoExtra : ArrayOf(values, LuaTypes.RegisterValues);
        return list;
    }

    /// <summary>A fresh array of the values from index <paramref name="from"/> on.</summary>
    private Value ArrayOf(List<Value> values, int from)
    {
        var array = b.NewHybrid(LuaTypes.Values, b.Int64(values.Count - from));
        for (int i = from; i < values.Count; i++) b.Store(f.Item(array, b.Int64(i - from)), values[i]);
        return array;
    }

    /// <summary>A list with values before it: shifted in registers where all fit, else one by one.</summary>
    private IReadOnlyList<Value> ListBefore(List<Value> values, IReadOnlyList<Value> list)
    {
        if (values.Count == 0) return list;
        if (tier == Tier.Compact || values.Count > LuaTypes.RegisterValues) return PrependAll(values, list);
        var result = new Variable[LuaTypes.ValueList.Length];
        for (int i = 0; i < result.Length; i++) result[i] = b.NewVariable(LuaTypes.ValueList[i]);
        var slow = b.NewLabel("prepend", cold: true);
        var end = b.NewLabel("list");
        b.BranchUnless(b.Compare(CompareOp.Sle, list[0], b.Int32(LuaTypes.RegisterValues - values.Count)), slow);
        b.Write(result[0], b.Add(list[0], b.Int32(values.Count)));
        for (int i = 0; i < LuaTypes.RegisterValues; i++) b.Write(result[1 + i], i < values.Count ? values[i] : list[1 + i - values.Count]);
        b.Write(result[^1], f.NoExtra);
        b.Jump(end);
        b.PlaceSealed(slow);
        var longer = PrependAll(values, list);
        for (int i = 0; i < result.Length; i++) b.Write(result[i], longer[i]);
        b.PlaceSealed(end);
        return Array.ConvertAll(result, b.Read);
    }

    private IReadOnlyList<Value> PrependAll(List<Value> values, IReadOnlyList<Value> list)
    {
        for (int i = values.Count - 1; i >= 0; i--) list = b.Call(runtime.Functions.Prepend, [values[i], .. list]);
        return list;
    }

    /// <summary>Value <paramref name="index"/> of a list; nil when it has fewer.</summary>
    private Value ListItem(IReadOnlyList<Value> list, int index)
    {
        if (index < LuaTypes.RegisterValues) return list[1 + index];
        return ExtraParameter(list[0], list[^1], index);
    }

    /// <summary>Exactly <paramref name="count"/> values of a list of expressions: missing ones are nil, surplus ones are evaluated and dropped.</summary>
    private Value[] Adjust(IReadOnlyList<Expression> expressions, int count)
    {
        var values = new Value[count];
        for (int i = 0; i < expressions.Count; i++)
        {
            bool isLast = i == expressions.Count - 1;
            if (isLast && expressions[i] is VarargExpression)
            {
                for (int k = i; k < count; k++) values[k] = Vararg(k - i);
                return values;
            }
            if (isLast && expressions[i].IsMultiple && count > i + 1)
            {
                var list = MultipleList(expressions[i]);
                for (int k = i; k < count; k++) values[k] = ListItem(list, k - i);
                return values;
            }
            var value = InRegister(expressions[i]);
            if (i < count) values[i] = value;
        }
        for (int i = expressions.Count; i < count; i++) values[i] = f.Nil;
        return values;
    }
}
