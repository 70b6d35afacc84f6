using Mu.ClientLib.Building;
using Mu.Core.IR;

namespace Mu.Lua.Runtime.Operations;

/// <summary>Calls of Lua values.</summary>
internal static class Calls
{
    /// <summary>Calls any value with a value list (n, v0…v3, extra): a function directly, the rest through __call.</summary>
    public static IReadOnlyList<Value> EmitCallList(LuaFunctionBuilder f, LuaRuntime runtime, Value callee, params ReadOnlySpan<Value> list)
    {
        var b = f.B;
        var results = new Variable[LuaTypes.ValueList.Length];
        for (int i = 0; i < results.Length; i++) results[i] = b.NewVariable(LuaTypes.ValueList[i]);
        var slow = b.NewLabel("call.slow", cold: true);
        var end = b.NewLabel("call.end");
        b.BranchUnless(f.IsFunction(callee), slow);
        var function = f.AsFunction(callee);
        WriteAll(b, results, b.Call(f.CodeOf(function), [function, .. list]));
        b.Jump(end);
        b.PlaceSealed(slow);
        WriteAll(b, results, b.Call(runtime.Functions.CallValue, [callee, .. list]));
        b.PlaceSealed(end);
        return Array.ConvertAll(results, b.Read);
    }

    /// <summary>Calls any value with up to four values.</summary>
    public static IReadOnlyList<Value> EmitCallAny(LuaFunctionBuilder f, LuaRuntime runtime, Value callee, params ReadOnlySpan<Value> arguments)
    {
        var all = f.Arguments(callee, arguments);
        return EmitCallList(f, runtime, callee, all.AsSpan(1));
    }

    private static void WriteAll(FunctionBuilder b, Variable[] variables, IReadOnlyList<Value> values)
    {
        for (int i = 0; i < variables.Length; i++) b.Write(variables[i], values[i]);
    }

    /// <summary><c>callee (value) -> function</c>: the function that a value is, else NULL.</summary>
    public static void DefineCallee(LuaRuntime runtime, Bundle bundle)
    {
        var f = new LuaFunctionBuilder(bundle, runtime.Functions.Callee, "lua.callee.v1");
        var no = f.B.NewLabel("no");
        f.B.BranchUnless(f.IsFunction(f.Parameters[0]), no);
        f.B.Return(f.AsFunction(f.Parameters[0]));
        f.B.PlaceSealed(no);
        f.B.Return(f.B.Null(LuaTypes.FunctionRef));
        f.B.Finish();
    }

    /// <summary><c>call_value (value, list) -> list</c>: the metamethod is called with the value before the list, again and again while it is no function (manual §2.4).</summary>
    public static void DefineCallValue(LuaRuntime runtime, Bundle bundle)
    {
        var f = new LuaFunctionBuilder(bundle, runtime.Functions.CallValue, "lua.call_value.v1");
        var b = f.B;
        var callee = b.NewVariable(f.Parameters[0], "callee");
        var list = new Variable[LuaTypes.ValueList.Length];
        for (int i = 0; i < list.Length; i++) list[i] = b.NewVariable(f.Parameters[1 + i]);
        var loop = b.NewLabel("loop");
        var resolve = b.NewLabel("resolve");
        b.Place(loop);
        b.BranchUnless(f.IsFunction(b.Read(callee)), resolve);
        var function = f.AsFunction(b.Read(callee));
        b.TailCall(f.CodeOf(function), [function, .. Array.ConvertAll(list, b.Read)]);

        b.PlaceSealed(resolve);
        var handler = b.CCall(NativeConvention.Runtime, runtime.Leaves.CallHandler, b.Read(callee));
        Errors.EmitRaiseOnStatus(f, runtime, handler[0], handler[1]);
        WriteAll(b, list, b.Call(runtime.Functions.Prepend, [b.Read(callee), .. Array.ConvertAll(list, b.Read)]));
        b.Write(callee, handler[0]);
        b.Jump(loop);
        b.Seal(loop);
        b.Finish();
    }
}
