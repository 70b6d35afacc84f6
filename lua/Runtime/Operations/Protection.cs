using Mu.ClientLib.Building;
using Mu.Core.IR;

namespace Mu.Lua.Runtime.Operations;

/// <summary>pcall and xpcall. They are Mu code, so coroutines yield across them and errors unwind to them by tables.</summary>
internal static class Protection
{
    /// <summary><c>pcall (f, …)</c></summary>
    public static void DefineProtectedCall(LuaRuntime runtime, Bundle bundle)
    {
        var f = new LuaFunctionBuilder(bundle, runtime.Functions.ProtectedCall, "lua.pcall.v1");
        var b = f.B;
        b.If(b.Compare(CompareOp.Slt, f.Parameters[1], b.Int32(1)), () => Errors.EmitRaise(f, runtime, b.CCall(NativeConvention.Runtime, runtime.Leaves.MissingArgument, b.Int64(1))[0]));
        var callee = f.Parameters[2];
        var arguments = ValueLists.EmitDropFirst(f, runtime, [.. f.Parameters.Skip(1)]);
        EmitProtected(f, runtime, f.Nil, callee, arguments);
        b.Finish();
    }

    /// <summary><c>xpcall (f, handler, …)</c></summary>
    public static void DefineProtectedCallWithHandler(LuaRuntime runtime, Bundle bundle) =>
        DefineWithHandler(runtime, bundle, runtime.Functions.ProtectedCallWithHandler, isOutermost: false);

    /// <summary><c>enter (f, handler, …)</c>: the same for calls by the host, to which errors come that programs cannot catch.</summary>
    public static void DefineEnter(LuaRuntime runtime, Bundle bundle) => DefineWithHandler(runtime, bundle, runtime.Functions.Enter, isOutermost: true);

    private static void DefineWithHandler(LuaRuntime runtime, Bundle bundle, Function function, bool isOutermost)
    {
        var f = new LuaFunctionBuilder(bundle, function, function.Name + ".v1");
        var b = f.B;
        var callee = f.Parameters[2];
        var handler = f.Parameters[3];
        if (!isOutermost) b.If(b.Not(f.IsFunction(handler)), () => Errors.EmitRaise(f, runtime, b.CCall(NativeConvention.Runtime, runtime.Leaves.BadHandler, handler, f.Parameters[1])[0]));
        var arguments = ValueLists.EmitDropFirst(f, runtime, [.. f.Parameters.Skip(1)]);
        arguments = ValueLists.EmitDropFirst(f, runtime, arguments);
        EmitProtected(f, runtime, handler, callee, arguments, isOutermost);
        b.Finish();
    }

    private static void EmitProtected(LuaFunctionBuilder f, LuaRuntime runtime, Value handler, Value callee, IReadOnlyList<Value> arguments, bool isOutermost = false)
    {
        var b = f.B;
        // The handler belongs to the coroutine: a body that yields and is resumed finds its own again.
        var coroutine = b.Load(runtime.State(f, RootCell.Current));
        var outer = b.LoadField(coroutine, LuaTypes.CoroutineHandler);
        var depth = b.LoadField(coroutine, LuaTypes.CoroutineDepth);
        if (!isOutermost) b.If(b.Compare(CompareOp.Sge, depth, b.Int64(Errors.MaxDepth)), () => Errors.EmitRaise(f, runtime, Errors.EmitText(f, runtime, Errors.StackOfC)));
        b.StoreField(coroutine, LuaTypes.CoroutineDepth, b.Add(depth, b.Int64(1)));
        b.StoreField(coroutine, LuaTypes.CoroutineHandler, handler);
        var caught = b.NewHandler("caught");
        IReadOnlyList<Value> results;
        using (b.Try(caught)) results = Calls.EmitCallList(f, runtime, callee, [.. arguments]);
        b.StoreField(coroutine, LuaTypes.CoroutineHandler, outer);
        b.StoreField(coroutine, LuaTypes.CoroutineDepth, depth);
        b.Return(ValueLists.EmitPrepend(f, runtime, f.True, results));

        b.PlaceSealed(caught);
        b.StoreField(coroutine, LuaTypes.CoroutineDepth, depth);
        if (!isOutermost) Interruption.EmitEndIfEnding(f, runtime);
        // A coroutine that is being closed unwinds through pcall too, with errors of __close.
        var closing = b.NewLabel("closing", cold: true);
        var failed = b.NewLabel("failed");
        b.Branch(f.Tagged.Same(b.LoadField(coroutine, LuaTypes.CoroutineHandler), f.True), closing, failed);
        b.PlaceSealed(closing);
        b.Throw(caught.Exception);
        b.PlaceSealed(failed);
        b.StoreField(coroutine, LuaTypes.CoroutineHandler, outer);
        f.ReturnList(f.False, b.CallOne(runtime.Functions.ErrorValue, caught.Exception));
    }

    /// <summary>Whether an exception is the one that unwinds a coroutine which is being closed: its traceback is true, which no error's is.</summary>
    public static Value EmitIsKill(LuaFunctionBuilder f, Value exception)
    {
        var b = f.B;
        var result = b.NewVariable(b.Bool(false), "kill");
        b.If(b.Not(b.IsNull(exception)), () =>
            b.Write(result, f.Tagged.Same(b.LoadField(b.CastRef(exception, LuaTypes.FailureRef), LuaTypes.FailureTraceback), f.True)));
        return b.Read(result);
    }

    /// <summary><c>error_value (exception)</c></summary>
    public static void DefineErrorValue(LuaRuntime runtime, Bundle bundle)
    {
        var f = new LuaFunctionBuilder(bundle, runtime.Functions.ErrorValue, "lua.error_value.v1");
        f.B.Return(EmitErrorValue(f, runtime, f.Parameters[0]));
        f.B.Finish();
    }

    /// <summary><c>close (value, error)</c></summary>
    public static void DefineClose(LuaRuntime runtime, Bundle bundle)
    {
        var f = new LuaFunctionBuilder(bundle, runtime.Functions.Close, "lua.close.v1");
        var b = f.B;
        var handler = b.CCall(NativeConvention.Runtime, runtime.Leaves.CloseHandler, f.Parameters[0]);
        Errors.EmitRaiseOnStatus(f, runtime, handler[0], handler[1]);
        b.If(b.Not(f.IsNil(handler[0])), () => Calls.EmitCallAny(f, runtime, handler[0], f.Parameters[0], f.Parameters[1]));
        b.Return();
        b.Finish();
    }

    /// <summary>The error value of a caught exception: NULL is the micro VM's, for exhausted memory or the stack overflow that only the handling of an overflow gets to.</summary>
    private static Value EmitErrorValue(LuaFunctionBuilder f, LuaRuntime runtime, Value exception)
    {
        var b = f.B;
        var value = b.NewVariable(LuaTypes.Value, "error");
        b.If(b.IsNull(exception),
            () => b.Write(value, b.CCall(NativeConvention.Runtime, runtime.Leaves.NullError, b.Int64(0))[0]),
            () => b.Write(value, b.LoadField(b.CastRef(exception, LuaTypes.FailureRef), LuaTypes.FailureValue)));
        return b.Read(value);
    }
}
