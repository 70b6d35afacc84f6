using Mu.ClientLib.Building;
using Mu.ClientLib.Tagged;
using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Lua.Runtime.Operations;

/// <summary>A function builder that knows Lua's values and objects. Runtime functions and compiled Lua functions are written with it.</summary>
internal sealed class LuaFunctionBuilder
{
    public LuaFunctionBuilder(Bundle bundle, Function function, string? versionName = null)
    {
        B = new FunctionBuilder(bundle, function, versionName);
        Tagged = new TaggedValues(B);
        Nil = B.TagRefWord(LuaTag.NilWord);
        False = B.TagRefWord(LuaTag.FalseWord);
        True = B.TagRefWord(LuaTag.TrueWord);
    }

    public FunctionBuilder B { get; }

    public TaggedValues Tagged { get; }

    public Value Nil { get; }

    public Value False { get; }

    public Value True { get; }

    public Value NoExtra => B.Null(LuaTypes.ValuesRef);

    public IReadOnlyList<Value> Parameters => B.Parameters;

    public Value IsNil(Value value) => Tagged.Same(value, Nil);

    public Value IsFalsy(Value value) => B.Or(Tagged.Same(value, Nil), Tagged.Same(value, False));

    public Value Boolean(Value condition) => B.Select(condition, True, False);

    public Value IsTable(Value value) => Tagged.HasTag(value, LuaTag.Table);

    public Value IsFunction(Value value) => Tagged.HasTag(value, LuaTag.Function);

    public Value IsString(Value value) => Tagged.HasTag(value, LuaTag.String);

    public Value AsTable(Value value) => Tagged.ToRef(value, LuaTypes.TableRef);

    public Value AsFunction(Value value) => Tagged.ToRef(value, LuaTypes.FunctionRef);

    public Value TableValue(Value table) => Tagged.FromRef(table, LuaTag.Table);

    public Value FunctionValue(Value function) => Tagged.FromRef(function, LuaTag.Function);

    /// <summary>The code of a function object.</summary>
    public Value CodeOf(Value function) => B.LoadField(function, LuaTypes.FunctionCode);

    /// <summary>Calls a function object with up to four values; the rest of the list is nil.</summary>
    public IReadOnlyList<Value> CallFunction(Value function, params ReadOnlySpan<Value> arguments) =>
        B.Call(CodeOf(function), Arguments(function, arguments));

    /// <summary>The operands of a call of a function object with up to four values.</summary>
    public Value[] Arguments(Value function, ReadOnlySpan<Value> arguments)
    {
        if (arguments.Length > LuaTypes.RegisterValues) throw new ArgumentException("more than four arguments need an array");
        var all = new Value[2 + LuaTypes.RegisterValues + 1];
        all[0] = function;
        all[1] = B.Int32(arguments.Length);
        for (int i = 0; i < LuaTypes.RegisterValues; i++) all[2 + i] = i < arguments.Length ? arguments[i] : Nil;
        all[^1] = NoExtra;
        return all;
    }

    /// <summary>A list of up to four values.</summary>
    public Value[] List(params ReadOnlySpan<Value> values)
    {
        var all = new Value[1 + LuaTypes.RegisterValues + 1];
        all[0] = B.Int32(values.Length);
        for (int i = 0; i < LuaTypes.RegisterValues; i++) all[1 + i] = i < values.Length ? values[i] : Nil;
        all[^1] = NoExtra;
        return all;
    }

    /// <summary>Returns a list of up to four values.</summary>
    public void ReturnList(params ReadOnlySpan<Value> values) => B.Return(List(values));

    /// <summary>The first value of a value list.</summary>
    public static Value First(IReadOnlyList<Value> list) => list[1];

    /// <summary>The location of value <paramref name="index"/> of an array.</summary>
    public Value Item(Value values, Value index) => B.VarElement(values, index);

    /// <summary>The location of upvalue <paramref name="index"/> of a function object.</summary>
    public Value Upvalue(Value function, int index) => B.VarElement(function, B.Int64(index));

    /// <summary>The location of the value in a cell, given as a value.</summary>
    public Value CellContent(Value cell) => B.Field(Tagged.ToRef(cell, LuaTypes.CellRef), 0);
}
