using Mu.ClientLib.Building;
using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Lua.Runtime.Operations;

/// <summary>
/// Coroutines on stacks of their own: resume and yield are one SWAPSTACK each, and pass a value list. Nothing of C# lies on these stacks, so a coroutine
/// can yield from anywhere.
/// </summary>
internal static class Coroutines
{
    /// <summary>Status word while a coroutine that died of an error has not been told apart from one that ended.</summary>
    private const int Failed = 4;

    /// <summary><c>coroutine.create (f)</c></summary>
    public static void DefineCreate(LuaRuntime runtime, Bundle bundle)
    {
        var f = new LuaFunctionBuilder(bundle, runtime.Functions.CoroutineCreate, "lua.co_create.v1");
        f.ReturnList(f.Tagged.FromRef(EmitCreate(f, runtime, f.Parameters[2]), LuaTag.Coroutine));
        f.B.Finish();
    }

    /// <summary><c>coroutine.wrap (f)</c>: a function with the coroutine as its upvalue.</summary>
    public static void DefineWrap(LuaRuntime runtime, Bundle bundle)
    {
        var f = new LuaFunctionBuilder(bundle, runtime.Functions.CoroutineWrap, "lua.co_wrap.v1");
        var b = f.B;
        var coroutine = EmitCreate(f, runtime, f.Parameters[2]);
        var function = b.NewHybrid(LuaTypes.Function, b.Int64(1));
        b.StoreField(function, LuaTypes.FunctionCode, runtime.Functions.CoroutineWrapped);
        b.Store(f.Upvalue(function, 0), f.Tagged.FromRef(coroutine, LuaTag.Coroutine));
        f.ReturnList(f.FunctionValue(function));
        b.Finish();
    }

    private static Value EmitCreate(LuaFunctionBuilder f, LuaRuntime runtime, Value body)
    {
        var b = f.B;
        var check = b.CCall(NativeConvention.Runtime, runtime.Leaves.CheckFunction, body);
        Errors.EmitRaiseOnStatus(f, runtime, check[0], check[1]);
        var coroutine = b.New(LuaTypes.Coroutine);
        b.StoreField(coroutine, LuaTypes.CoroutineBody, body);
        b.StoreField(coroutine, LuaTypes.CoroutineHandler, f.Nil);
        b.StoreField(coroutine, LuaTypes.CoroutineError, f.Nil);
        b.StoreField(coroutine, LuaTypes.CoroutineInfo, b.Int64((long)CoroutineStatus.Suspended));
        b.StoreField(coroutine, LuaTypes.CoroutineStack, b.NewStack(runtime.Functions.CoroutineBody));
        return coroutine;
    }

    /// <summary>The bottom of a coroutine's stack: calls the body, then leaves the stack for good.</summary>
    public static void DefineBody(LuaRuntime runtime, Bundle bundle)
    {
        var f = new LuaFunctionBuilder(bundle, runtime.Functions.CoroutineBody, "lua.co_body.v1");
        var b = f.B;
        var self = b.Load(runtime.State(f, LuaState.Current));
        var body = b.LoadField(self, LuaTypes.CoroutineBody);
        // No body any more: the coroutine has begun, and can be unwound.
        b.StoreField(self, LuaTypes.CoroutineBody, f.Nil);
        var caught = b.NewHandler("caught");
        IReadOnlyList<Value> results;
        using (b.Try(caught)) results = Calls.EmitCallList(f, runtime, body, [.. f.Parameters]);
        EmitLeave(f, runtime, self, b.Int64((long)CoroutineStatus.Dead), results);

        b.PlaceSealed(caught);
        var killed = b.NewLabel("killed");
        var failed = b.NewLabel("failed");
        b.Branch(Protection.EmitIsKill(f, caught.Exception), killed, failed);
        b.PlaceSealed(killed);
        EmitLeave(f, runtime, self, b.Int64((long)CoroutineStatus.Dead), [b.Int32(0), f.Nil, f.Nil, f.Nil, f.Nil, f.NoExtra]);
        b.PlaceSealed(failed);
        var error = b.CallOne(runtime.Functions.ErrorValue, caught.Exception);
        b.StoreField(self, LuaTypes.CoroutineError, error);
        EmitLeave(f, runtime, self, b.Int64(Failed), [b.Int32(1), error, f.Nil, f.Nil, f.Nil, f.NoExtra]);
        b.Finish();
    }

    /// <summary>Ends the current coroutine: its resumer goes on with the list.</summary>
    private static void EmitLeave(LuaFunctionBuilder f, LuaRuntime runtime, Value self, Value status, IReadOnlyList<Value> list)
    {
        var b = f.B;
        var resumer = EmitSwitchToResumer(f, runtime, self, status);
        b.StoreField(self, LuaTypes.CoroutineStack, b.Null(SimpleType.StackRef));
        b.SwapStackKillOld(b.LoadField(resumer, LuaTypes.CoroutineStack), [.. list]);
    }

    private static Value EmitSwitchToResumer(LuaFunctionBuilder f, LuaRuntime runtime, Value self, Value status)
    {
        var b = f.B;
        var resumer = b.LoadField(self, LuaTypes.CoroutineResumer);
        b.StoreField(self, LuaTypes.CoroutineResumer, b.Null(LuaTypes.CoroutineRef));
        EmitSetStatus(f, self, status);
        EmitSetStatus(f, resumer, b.Int64((long)CoroutineStatus.Running));
        b.Store(runtime.State(f, LuaState.Current), resumer);
        return resumer;
    }

    /// <summary>The status is the low half of the info word; the other half is the identity hash.</summary>
    private static void EmitSetStatus(LuaFunctionBuilder f, Value coroutine, Value status)
    {
        var b = f.B;
        var info = b.LoadField(coroutine, LuaTypes.CoroutineInfo);
        b.StoreField(coroutine, LuaTypes.CoroutineInfo, b.Or(b.And(info, b.Constant(IntType.I64, 0xFFFFFFFF00000000)), status));
    }

    private static Value EmitStatus(LuaFunctionBuilder f, Value coroutine) =>
        f.B.And(f.B.LoadField(coroutine, LuaTypes.CoroutineInfo), f.B.Int64(0xFFFFFFFF));

    /// <summary><c>co_transfer (coroutine, list) -> (failed, list)</c>: resumes a coroutine that may be resumed; what came back, and whether it is an error.</summary>
    public static void DefineTransfer(LuaRuntime runtime, Bundle bundle)
    {
        var f = new LuaFunctionBuilder(bundle, runtime.Functions.CoroutineTransfer, "lua.co_transfer.v1");
        var b = f.B;
        var coroutine = f.Parameters[0];
        var suspended = b.NewLabel("suspended");
        var refused = b.NewLabel("refused", cold: true);
        b.Branch(b.Eq(EmitStatus(f, coroutine), b.Int64((long)CoroutineStatus.Suspended)), suspended, refused);
        b.PlaceSealed(refused);
        var message = b.CCall(NativeConvention.Runtime, runtime.Leaves.ResumeRefusal, EmitStatus(f, coroutine))[0];
        b.Return(b.Bool(true), b.Int32(1), message, f.Nil, f.Nil, f.Nil, f.NoExtra);

        b.PlaceSealed(suspended);
        EmitEnter(f, runtime, coroutine);
        var back = b.SwapStack(b.LoadField(coroutine, LuaTypes.CoroutineStack), LuaTypes.ValueList, [.. f.Parameters.Skip(1)]);
        EmitReturnFromTransfer(f, coroutine, back);
        b.Finish();
    }

    /// <summary>Makes a coroutine the current one, resumed by the one that was.</summary>
    private static void EmitEnter(LuaFunctionBuilder f, LuaRuntime runtime, Value coroutine)
    {
        var b = f.B;
        var current = b.Load(runtime.State(f, LuaState.Current));
        b.StoreField(current, LuaTypes.CoroutineStack, b.Common(CommonOp.CurrentStack));
        EmitSetStatus(f, current, b.Int64((long)CoroutineStatus.Normal));
        EmitSetStatus(f, coroutine, b.Int64((long)CoroutineStatus.Running));
        b.StoreField(coroutine, LuaTypes.CoroutineResumer, current);
        b.Store(runtime.State(f, LuaState.Current), coroutine);
    }

    private static void EmitReturnFromTransfer(LuaFunctionBuilder f, Value coroutine, IReadOnlyList<Value> back)
    {
        var b = f.B;
        var failed = b.Eq(EmitStatus(f, coroutine), b.Int64(Failed));
        b.If(failed, () => EmitSetStatus(f, coroutine, b.Int64((long)CoroutineStatus.Dead)));
        b.Return([failed, .. back]);
    }

    /// <summary><c>coroutine.resume (co, …)</c></summary>
    public static void DefineResume(LuaRuntime runtime, Bundle bundle)
    {
        var f = new LuaFunctionBuilder(bundle, runtime.Functions.CoroutineResume, "lua.co_resume.v1");
        var b = f.B;
        var coroutine = EmitCheckCoroutine(f, runtime, f.Parameters[2]);
        var arguments = b.Call(runtime.Functions.DropFirst, [.. f.Parameters.Skip(1)]);
        var results = b.Call(runtime.Functions.CoroutineTransfer, [coroutine, .. arguments]);
        b.Return([.. b.Call(runtime.Functions.Prepend, [b.Select(results[0], f.False, f.True), .. results.Skip(1)])]);
        b.Finish();
    }

    /// <summary>The function that coroutine.wrap gives: errors go on, with a position when they are strings (lcorolib.c's auxwrap).</summary>
    public static void DefineWrapped(LuaRuntime runtime, Bundle bundle)
    {
        var f = new LuaFunctionBuilder(bundle, runtime.Functions.CoroutineWrapped, "lua.co_wrapped.v1");
        var b = f.B;
        var coroutine = f.Tagged.ToRef(b.Load(f.Upvalue(f.Parameters[0], 0)), LuaTypes.CoroutineRef);
        var results = b.Call(runtime.Functions.CoroutineTransfer, [coroutine, .. f.Parameters.Skip(1)]);
        var failed = b.NewLabel("failed", cold: true);
        b.BranchIf(results[0], failed);
        b.Return([.. results.Skip(1)]);
        b.PlaceSealed(failed);
        Errors.EmitRaise(f, runtime, b.CCall(NativeConvention.Runtime, runtime.Leaves.WrapError, results[2])[0]);
        b.Finish();
    }

    /// <summary><c>coroutine.yield (…)</c></summary>
    public static void DefineYield(LuaRuntime runtime, Bundle bundle)
    {
        var f = new LuaFunctionBuilder(bundle, runtime.Functions.CoroutineYield, "lua.co_yield.v1");
        var b = f.B;
        var self = b.Load(runtime.State(f, LuaState.Current));
        var resumer = b.LoadField(self, LuaTypes.CoroutineResumer);
        var outside = b.NewLabel("outside", cold: true);
        b.BranchIf(b.IsNull(resumer), outside);
        b.StoreField(self, LuaTypes.CoroutineStack, b.Common(CommonOp.CurrentStack));
        EmitSwitchToResumer(f, runtime, self, b.Int64((long)CoroutineStatus.Suspended));
        b.Return([.. b.SwapStack(b.LoadField(resumer, LuaTypes.CoroutineStack), LuaTypes.ValueList, [.. f.Parameters.Skip(1)])]);
        b.PlaceSealed(outside);
        Errors.EmitRaiseMessage(f, runtime, "attempt to yield from outside a coroutine");
        b.Finish();
    }

    /// <summary><c>coroutine.close (co)</c>: unwinds a suspended coroutine, so that its pending variables are closed.</summary>
    public static void DefineClose(LuaRuntime runtime, Bundle bundle)
    {
        var f = new LuaFunctionBuilder(bundle, runtime.Functions.CoroutineClose, "lua.co_close.v1");
        var b = f.B;
        var coroutine = EmitCheckCoroutine(f, runtime, f.Parameters[2]);
        var check = b.CCall(NativeConvention.Runtime, runtime.Leaves.CheckClose, EmitStatus(f, coroutine));
        Errors.EmitRaiseOnStatus(f, runtime, check[0], check[1]);
        var dead = b.NewLabel("dead");
        b.BranchIf(b.Eq(EmitStatus(f, coroutine), b.Int64((long)CoroutineStatus.Dead)), dead);
        var begun = b.NewLabel("begun");
        b.BranchIf(f.IsNil(b.LoadField(coroutine, LuaTypes.CoroutineBody)), begun);
        EmitSetStatus(f, coroutine, b.Int64((long)CoroutineStatus.Dead));
        b.StoreField(coroutine, LuaTypes.CoroutineStack, b.Null(SimpleType.StackRef));
        b.Jump(dead);
        b.PlaceSealed(begun);
        EmitEnter(f, runtime, coroutine);
        var kill = b.New(LuaTypes.Failure);
        b.StoreField(kill, LuaTypes.FailureValue, f.Nil);
        b.StoreField(kill, LuaTypes.FailureTraceback, f.True);
        b.SwapStackThrow(b.LoadField(coroutine, LuaTypes.CoroutineStack), LuaTypes.ValueList, b.CastRef(kill, WellKnownTypes.RefVoid));
        EmitSetStatus(f, coroutine, b.Int64((long)CoroutineStatus.Dead));
        b.PlaceSealed(dead);
        var error = b.LoadField(coroutine, LuaTypes.CoroutineError);
        b.StoreField(coroutine, LuaTypes.CoroutineError, f.Nil);
        var fine = b.NewLabel("fine");
        b.BranchIf(f.IsNil(error), fine);
        f.ReturnList(f.False, error);
        b.PlaceSealed(fine);
        f.ReturnList(f.True);
        b.Finish();
    }

    private static Value EmitCheckCoroutine(LuaFunctionBuilder f, LuaRuntime runtime, Value value)
    {
        var check = f.B.CCall(NativeConvention.Runtime, runtime.Leaves.CheckCoroutine, value);
        Errors.EmitRaiseOnStatus(f, runtime, check[0], check[1]);
        return f.Tagged.ToRef(value, LuaTypes.CoroutineRef);
    }
}
