using System.Text;
using Mu.ClientLib.Building;
using Mu.Core.IR;
using Mu.Core.Types;
using Mu.Lua.Runtime;
using Mu.Lua.Runtime.Operations;
using Mu.Lua.Syntax;

namespace Mu.Lua.Compilation;

// Varargs are read from where the arguments came: nothing is collected. The list of arguments stays as it is through the function (nobody writes to its array).
internal sealed partial class FunctionCompiler
{
    private Value ArgumentCount => b.Read(argumentCount!);

    private Value ExtraArguments => b.Read(extraArguments!);

    private void KeepArguments(Value n, Value[] values, Value extra)
    {
        argumentCount = NewLive(n, "n");
        for (int i = node.Parameters.Count; i < LuaTypes.RegisterValues; i++) arguments[i] = NewLive(values[i], "argument");
        extraArguments = NewLive(extra, "extra");
    }

    /// <summary>The arguments as a list, with nil for those that are parameters.</summary>
    private IReadOnlyList<Value> ArgumentList() => [ArgumentCount, .. Array.ConvertAll(arguments, a => a is null ? f.Nil : b.Read(a)), ExtraArguments];

    /// <summary>The arguments behind the parameters as an array of exact length, which debug may write to.</summary>
    private Value CollectVarargs(Value n, Value[] values, Value extra)
    {
        int parameters = node.Parameters.Count;
        var count = b.ToSigned(IntType.I64, b.Select(b.Compare(CompareOp.Sgt, n, b.Int32(parameters)), b.Sub(n, b.Int32(parameters)), b.Int32(0)));
        var array = b.NewHybrid(LuaTypes.Values, count);
        int inRegisters = Math.Max(LuaTypes.RegisterValues - parameters, 0);
        var done = b.NewLabel();
        for (int i = 0; i < inRegisters; i++)
        {
            b.BranchUnless(b.Compare(CompareOp.Sgt, count, b.Int64(i)), done);
            b.Store(f.Item(array, b.Int64(i)), values[parameters + i]);
        }
        b.BranchUnless(b.Compare(CompareOp.Sgt, count, b.Int64(inRegisters)), done);
        var source = f.Item(extra, b.Int64(Math.Max(parameters - LuaTypes.RegisterValues, 0)));
        b.Common(CommonOp.CopyElements, [LuaTypes.Value], f.Item(array, b.Int64(inRegisters)), source, b.Sub(count, b.Int64(inRegisters)));
        b.PlaceSealed(done);
        return array;
    }

    /// <summary>How many varargs there are, as int&lt;32&gt;.</summary>
    private Value VarargCount()
    {
        if (varargs is not null) return b.Convert(ConvertOp.Trunc, IntType.I32, b.HybridLength(b.Read(varargs)));
        if (node.Parameters.Count == 0) return ArgumentCount;
        var fixedCount = b.Int32(node.Parameters.Count);
        return b.Select(b.Compare(CompareOp.Sgt, ArgumentCount, fixedCount), b.Sub(ArgumentCount, fixedCount), b.Int32(0));
    }

    /// <summary>Vararg <paramref name="index"/>, from 0; nil when there are fewer.</summary>
    private Value Vararg(int index)
    {
        if (varargs is not null)
        {
            var value = b.NewVariable(f.Nil);
            var array = b.Read(varargs);
            b.If(b.Compare(CompareOp.Sgt, b.HybridLength(array), b.Int64(index)), () => b.Write(value, b.Load(f.Item(array, b.Int64(index)))));
            return b.Read(value);
        }
        int argument = node.Parameters.Count + index;
        return argument < LuaTypes.RegisterValues ? b.Read(arguments[argument]!) : ExtraParameter(ArgumentCount, ExtraArguments, argument);
    }

    /// <summary>All varargs as a list: the arguments themselves, or those behind the parameters.</summary>
    private IReadOnlyList<Value> VarargList()
    {
        if (varargs is not null) return b.Call(runtime.Functions.Spread, b.Read(varargs));
        if (node.Parameters.Count == 0) return ArgumentList();
        var list = new Value[LuaTypes.ValueList.Length];
        list[0] = VarargCount();
        for (int i = 0; i < LuaTypes.RegisterValues; i++) list[1 + i] = i + node.Parameters.Count < LuaTypes.RegisterValues ? Vararg(i) : f.Nil;
        list[^1] = f.NoExtra;
        return ValueLists.EmitEither(f, b.Compare(CompareOp.Sle, ArgumentCount, b.Int32(LuaTypes.RegisterValues)), () => list, LongVarargList);
    }

    private IReadOnlyList<Value> LongVarargList()
    {
        var list = ArgumentList();
        for (int i = 0; i < node.Parameters.Count; i++) list = b.Call(runtime.Functions.DropFirst, [.. list]);
        return list;
    }

    /// <summary>
    /// <c>select("#", ...)</c>, and <c>select(i, ...)</c> where one value is wanted, read where the varargs are, after a look whether select is the library's; else a call.
    /// Null for other expressions.
    /// </summary>
    private Value? SelectFromVarargs(CallExpression call)
    {
        if (isObserved || call is not { Arguments: [var selector, VarargExpression] } || !IsNamed(call.Callee, "select")) return null;
        bool isCount = selector is StringExpression { Value: [(byte)'#'] };
        var callee = Expression(call.Callee);
        var wanted = Expression(selector);
        var result = b.NewVariable(LuaTypes.Value, "selected");
        var other = b.NewLabel("select.call", cold: true);
        var end = b.NewLabel("select.end");
        b.BranchUnless(f.Tagged.Same(callee, b.Load(runtime.State(f, RootCell.SelectFunction))), other);
        if (isCount) b.Write(result, Traversal.EmitIntegerKey(f, b.ToSigned(IntType.I64, VarargCount())));
        else SelectOne(wanted, result, other);
        b.Jump(end);
        b.PlaceSealed(other);
        At(call.At, new OperandNames(CalleeName(call)));
        var results = Runtime.Operations.Calls.EmitCallList(f, runtime, callee, [.. ListBefore([wanted], VarargList())]);
        b.Write(result, LuaFunctionBuilder.First(results));
        b.PlaceSealed(end);
        return b.Read(result);
    }

    /// <summary>Vararg number <paramref name="index"/> (from 1), which must be a positive small integer.</summary>
    private void SelectOne(Value index, Variable result, Label other)
    {
        b.BranchUnless(f.Tagged.IsInt(index), other);
        var number = f.Tagged.ToInt64(index);
        b.BranchUnless(b.Compare(CompareOp.Sgt, number, b.Int64(0)), other);
        // The place among all arguments, from 0. Registers that have no argument hold nil.
        var argument = b.Add(number, b.Int64(node.Parameters.Count - 1));
        var value = f.Nil;
        for (int i = LuaTypes.RegisterValues - 1; i >= node.Parameters.Count; i--)
            value = b.Select(b.Eq(argument, b.Int64(i)), b.Read(arguments[i]!), value);
        b.Write(result, value);
        var inExtra = b.And(
            b.Compare(CompareOp.Sge, argument, b.Int64(LuaTypes.RegisterValues)), b.Compare(CompareOp.Slt, argument, b.ToSigned(IntType.I64, ArgumentCount)));
        b.If(inExtra, () => b.Write(result, b.Load(f.Item(ExtraArguments, b.Sub(argument, b.Int64(LuaTypes.RegisterValues))))));
    }

    /// <summary>Whether a name is used, as a global, local or upvalue.</summary>
    private static bool IsNamed(Expression expression, string name) => expression switch
    {
        LocalExpression e => e.Variable.Name == name,
        UpvalueExpression e => e.Upvalue.Name == name,
        GlobalExpression e => Encoding.Latin1.GetString(e.Name) == name,
        _ => false,
    };
}
