using Mu.ClientLib.Building;
using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Lua.Runtime.Operations;

/// <summary>Raising errors. A leaf makes the message (it sees the stack, hence position and names); Mu code runs the handler and throws.</summary>
internal static class Errors
{
    /// <summary>
    /// How many protected calls, message handlers and coroutines run inside each other: what PUC's C stack has room for (LUAI_MAXCCALLS). Beyond is the error <see cref="StackOfC"/>, whose
    /// handlers may go a little deeper (luaE_checkcstack) before no handler is run.
    /// </summary>
    public const int MaxDepth = 200, MaxHandlerDepth = 220;

    /// <summary>PUC's message where <see cref="MaxDepth"/> is reached.</summary>
    public const string StackOfC = "C stack overflow";

    /// <summary>PUC's message where there is no way to handle an error.</summary>
    public const string InErrorHandling = "error in error handling";

    /// <summary>Raises an error value; code behind is unreachable.</summary>
    public static void EmitRaise(LuaFunctionBuilder f, LuaRuntime runtime, Value error)
    {
        f.B.Call(runtime.Functions.Raise, error);
        // raise never returns; the block needs an end.
        f.B.Throw(f.B.Null(WellKnownTypes.RefVoid));
    }

    /// <summary>Raises the value that a leaf gave when its status is not zero.</summary>
    public static void EmitRaiseOnStatus(LuaFunctionBuilder f, LuaRuntime runtime, Value error, Value status)
    {
        var b = f.B;
        var failed = b.NewLabel("failed", cold: true);
        b.BranchUnless(b.Eq(status, b.Int64(0)), failed);
        var go = b.NewLabel("ok");
        b.Jump(go);
        b.PlaceSealed(failed);
        EmitRaise(f, runtime, error);
        b.PlaceSealed(go);
    }

    /// <summary>Raises "position: message" for a message of the runtime.</summary>
    public static void EmitRaiseMessage(LuaFunctionBuilder f, LuaRuntime runtime, string message)
    {
        var value = f.B.CCall(NativeConvention.Runtime, runtime.Leaves.ErrorMessage, f.B.Int64(runtime.Messages.Add(message)))[0];
        EmitRaise(f, runtime, value);
    }

    /// <summary><c>raise (value)</c>: runs the message handler of the innermost xpcall, then throws a failure; ends the coroutine when nothing in it would catch that.</summary>
    public static void DefineRaise(LuaRuntime runtime, Bundle bundle)
    {
        var f = new LuaFunctionBuilder(bundle, runtime.Functions.Raise, "lua.raise.v1");
        var b = f.B;
        var value = b.NewVariable(f.Parameters[0], "error");
        var coroutine = b.Load(runtime.State(f, RootCell.Current));
        var handler = b.LoadField(coroutine, LuaTypes.CoroutineHandler);
        var isFunction = b.NewLabel("handler", cold: true);
        var other = b.NewLabel("nohandler");
        var uncaught = b.NewLabel("uncaught", cold: true);
        var done = b.NewLabel("throw");
        b.Branch(f.IsFunction(handler), isFunction, other);
        b.PlaceSealed(other);
        b.Branch(f.Tagged.Same(handler, f.False), uncaught, done);
        b.PlaceSealed(uncaught);
        Coroutines.EmitFail(f, runtime, coroutine, b.Read(value));
        b.PlaceSealed(isFunction);
        var depth = b.LoadField(coroutine, LuaTypes.CoroutineDepth);
        b.If(b.Eq(depth, b.Int64(MaxDepth)), () => b.Write(value, EmitText(f, runtime, StackOfC)));
        var run = b.NewLabel("run");
        var tooDeep = b.NewLabel("toodeep");
        b.Branch(b.Compare(CompareOp.Slt, depth, b.Int64(MaxHandlerDepth)), run, tooDeep);
        b.PlaceSealed(tooDeep);
        b.Write(value, EmitText(f, runtime, InErrorHandling));
        b.Jump(done);
        b.PlaceSealed(run);
        b.StoreField(coroutine, LuaTypes.CoroutineDepth, b.Add(depth, b.Int64(1)));
        b.Write(value, LuaFunctionBuilder.First(f.CallFunction(f.AsFunction(handler), b.Read(value))));
        b.StoreField(coroutine, LuaTypes.CoroutineDepth, depth);
        b.PlaceSealed(done);
        EmitThrow(f, b.Read(value));
        b.Finish();
    }

    /// <summary>A message of the runtime without position, as a value.</summary>
    public static Value EmitText(LuaFunctionBuilder f, LuaRuntime runtime, string message) =>
        f.B.CCall(NativeConvention.Runtime, runtime.Leaves.PlainString, f.B.Int64(runtime.Messages.Add(message)))[0];

    /// <summary>Throws an error value, past the message handler.</summary>
    public static void EmitThrow(LuaFunctionBuilder f, Value error)
    {
        var b = f.B;
        var failure = b.New(LuaTypes.Failure);
        b.StoreField(failure, LuaTypes.FailureValue, error);
        b.StoreField(failure, LuaTypes.FailureTraceback, f.Nil);
        b.Throw(b.CastRef(failure, WellKnownTypes.RefVoid));
    }

    /// <summary>
    /// <c>overflow ()</c>: raises "stack overflow" at the call for which there was no room. The handler runs on the stack's reserve; when that overflows too, the exception is NULL.
    /// </summary>
    public static void DefineOverflow(LuaRuntime runtime, Bundle bundle)
    {
        var f = new LuaFunctionBuilder(bundle, runtime.Functions.Overflow, "lua.overflow.v1");
        var b = f.B;
        var caught = b.NewHandler("caught");
        using (b.Try(caught)) EmitRaiseMessage(f, runtime, "stack overflow");
        b.PlaceSealed(caught);
        b.CCall(NativeConvention.Runtime, runtime.Leaves.LeaveStackReserve, b.Int64(0));
        b.Throw(caught.Exception);
        b.Finish();
    }

    /// <summary><c>(object, key) -> handler</c>: __index or __newindex of an object that is no table; an error when it cannot be indexed.</summary>
    public static void DefineHandler(LuaRuntime runtime, Bundle bundle, Function function, int metamethod)
    {
        var f = new LuaFunctionBuilder(bundle, function, function.Name + ".v1");
        var b = f.B;
        // The methods of strings need no leaf.
        var other = b.NewLabel("other", cold: true);
        b.BranchUnless(f.IsString(f.Parameters[0]), other);
        var metatable = b.Load(runtime.State(f, RootCell.StringMetatable));
        b.BranchIf(b.IsNull(metatable), other);
        b.Return(Indexing.EmitMetamethod(f, runtime, metatable, metamethod, other));
        b.PlaceSealed(other);
        var results = b.CCall(NativeConvention.Runtime, runtime.Leaves.IndexHandler, f.Parameters[0], f.Parameters[1], b.Int64(metamethod));
        EmitRaiseOnStatus(f, runtime, results[0], results[1]);
        b.Return(results[0]);
        b.Finish();
    }
}
