using Mu.ClientLib.Building;
using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Lua.Runtime.Operations;

/// <summary>The events that a hook asked for, in a coroutine's mask. While its hook runs the mask is 0.</summary>
[Flags]
internal enum HookMask
{
    None = 0,
    Call = 1,
    Return = 2,
    Line = 4,
    Count = 8,

    /// <summary>In the saved mask: the hook is running.</summary>
    Running = 16,
}

/// <summary>Events of hooks; <see cref="Hooks.Names"/> has their names.</summary>
internal enum HookEvent
{
    Call,
    Return,
    Line,
    Count,
    TailCall,
}

/// <summary>Calling hooks (debug.sethook). Only observed functions get here.</summary>
internal static class Hooks
{
    public static readonly string[] Names = ["call", "return", "line", "count", "tail call"];

    /// <summary><c>hook_point (line, last line)</c>: counts, and tells a new line.</summary>
    public static void DefinePoint(LuaRuntime runtime, Bundle bundle)
    {
        var f = new LuaFunctionBuilder(bundle, runtime.Functions.HookPoint, "lua.hook_point.v1");
        var b = f.B;
        b.If(EmitHas(f, runtime, HookMask.Count), () =>
        {
            var coroutine = b.Load(runtime.State(f, RootCell.Current));
            var left = b.Sub(b.LoadField(coroutine, LuaTypes.CoroutineHookLeft), b.Int64(1));
            b.StoreField(coroutine, LuaTypes.CoroutineHookLeft, left);
            b.If(b.Compare(CompareOp.Sle, left, b.Int64(0)), () =>
            {
                b.StoreField(coroutine, LuaTypes.CoroutineHookLeft, b.LoadField(coroutine, LuaTypes.CoroutineHookCount));
                b.Call(runtime.Functions.HookFire, b.Int64((long)HookEvent.Count), f.Nil);
            });
        });
        var isNew = b.Not(b.Eq(f.Parameters[0], f.Parameters[1]));
        b.If(b.And(isNew, EmitHas(f, runtime, HookMask.Line)), () =>
            b.Call(runtime.Functions.HookFire, b.Int64((long)HookEvent.Line), f.Tagged.FromInt(b.Convert(ConvertOp.Trunc, IntType.I52, f.Parameters[0]))));
        b.Return();
        b.Finish();
    }

    /// <summary><c>hook_fire (event, line or nil)</c>: calls the hook, during which there are no events.</summary>
    public static void DefineFire(LuaRuntime runtime, Bundle bundle)
    {
        var f = new LuaFunctionBuilder(bundle, runtime.Functions.HookFire, "lua.hook_fire.v1");
        var b = f.B;
        var coroutine = b.Load(runtime.State(f, RootCell.Current));
        var name = b.CCall(NativeConvention.Runtime, runtime.Leaves.HookEventName, f.Parameters[0])[0];
        var hook = b.LoadField(coroutine, LuaTypes.CoroutineHook);
        var none = b.NewLabel("none");
        b.BranchIf(b.IsNull(hook), none);
        var mask = b.LoadField(coroutine, LuaTypes.CoroutineHookMask);
        b.StoreField(coroutine, LuaTypes.CoroutineHookSaved, b.Or(mask, b.Int64((long)HookMask.Running)));
        b.StoreField(coroutine, LuaTypes.CoroutineHookMask, b.Int64(0));
        var caught = b.NewHandler("caught");
        using (b.Try(caught)) f.CallFunction(hook, name, f.Parameters[1]);
        EmitRestore(f, coroutine);
        b.Jump(none);
        b.PlaceSealed(caught);
        EmitRestore(f, coroutine);
        b.Throw(caught.Exception);
        b.PlaceSealed(none);
        b.Return();
        b.Finish();
    }

    private static void EmitRestore(LuaFunctionBuilder f, Value coroutine)
    {
        var b = f.B;
        var saved = b.LoadField(coroutine, LuaTypes.CoroutineHookSaved);
        b.StoreField(coroutine, LuaTypes.CoroutineHookMask, b.And(saved, b.Int64(~(long)HookMask.Running)));
        b.StoreField(coroutine, LuaTypes.CoroutineHookSaved, b.Int64(0));
    }

    /// <summary><c>hooked_call (callee, list) -> list</c>: a call, with events when it is of a library function. Its frame is a level for the hook, since the function's own is not there.</summary>
    public static void DefineCall(LuaRuntime runtime, Bundle bundle)
    {
        var f = new LuaFunctionBuilder(bundle, runtime.Functions.HookedCall, "lua.hooked_call.v1");
        var b = f.B;
        var callee = f.Parameters[0];
        Value[] list = [.. f.Parameters.Skip(1)];
        var library = b.NewLabel("library");
        var plain = b.NewLabel("plain");
        b.BranchUnless(f.IsFunction(callee), plain);
        b.Branch(b.Eq(b.CCall(NativeConvention.Runtime, runtime.Leaves.IsProgramFunction, callee)[0], b.Int64(1)), plain, library);
        b.PlaceSealed(plain);
        b.TailCall(runtime.Functions.CallValue, [callee, .. list]);
        b.PlaceSealed(library);
        var function = f.AsFunction(callee);
        EmitEvent(f, runtime, function, HookMask.Call, HookEvent.Call);
        var results = b.Call(f.CodeOf(function), [function, .. list]);
        EmitEvent(f, runtime, function, HookMask.Return, HookEvent.Return);
        b.Return([.. results]);
        b.Finish();
    }

    private static void EmitEvent(LuaFunctionBuilder f, LuaRuntime runtime, Value function, HookMask kind, HookEvent name)
    {
        var b = f.B;
        b.If(EmitHas(f, runtime, kind), () =>
        {
            b.CallKeepAlives = [function];
            b.Call(runtime.Functions.HookFire, b.Int64((long)name), f.Nil);
            b.CallKeepAlives = [];
        });
    }

    private static Value EmitHas(LuaFunctionBuilder f, LuaRuntime runtime, HookMask kinds)
    {
        var mask = f.B.LoadField(f.B.Load(runtime.State(f, RootCell.Current)), LuaTypes.CoroutineHookMask);
        return f.B.Not(f.B.Eq(f.B.And(mask, f.B.Int64((long)kinds)), f.B.Int64(0)));
    }
}
