using Mu.ClientLib.Building;
using Mu.Core.IR;

namespace Mu.Lua.Runtime.Operations;

/// <summary>
/// Errors from outside (<see cref="Interrupts"/>). While a run ends, the root cell says so, and whatever catches errors for programs throws again: nothing else is needed for an error that cannot be
/// caught, and code that catches nothing pays nothing.
/// </summary>
internal static class Interruption
{
    /// <summary><c>interrupted ()</c>: raises the error of an interruption, or ends the run. Called in the place of code that was stopped at a safepoint; never returns.</summary>
    public static void DefineInterrupted(LuaRuntime runtime, Bundle bundle)
    {
        var f = new LuaFunctionBuilder(bundle, runtime.Functions.Interrupted, "lua.interrupted.v1");
        var b = f.B;
        var error = b.CCall(NativeConvention.Runtime, runtime.Leaves.InterruptError, b.Int64(0));
        var ending = b.NewLabel("ending");
        var plain = b.NewLabel("plain");
        b.Branch(b.Eq(error[1], b.Int64(0)), plain, ending);
        b.PlaceSealed(plain);
        Errors.EmitRaise(f, runtime, error[0]);
        b.PlaceSealed(ending);
        Errors.EmitThrow(f, error[0]);
        b.Finish();
    }

    /// <summary><c>end_run ()</c>: goes on ending the run; never returns.</summary>
    public static void DefineEndRun(LuaRuntime runtime, Bundle bundle)
    {
        var f = new LuaFunctionBuilder(bundle, runtime.Functions.EndRun, "lua.end_run.v1");
        Errors.EmitThrow(f, f.B.CCall(NativeConvention.Runtime, runtime.Leaves.EndingError, f.B.Int64(0))[0]);
        f.B.Finish();
    }

    /// <summary>Where a program would go on after an error: not if the run ends.</summary>
    public static void EmitEndIfEnding(LuaFunctionBuilder f, LuaRuntime runtime)
    {
        var b = f.B;
        var ending = b.NewLabel("ending", cold: true);
        var go = b.NewLabel("goon");
        b.Branch(b.Eq(b.Load(runtime.State(f, RootCell.Ending)), b.Int64(0)), go, ending);
        b.PlaceSealed(ending);
        b.Call(runtime.Functions.EndRun);
        b.Throw(b.Null(WellKnownTypes.RefVoid));
        b.PlaceSealed(go);
    }

    /// <summary>In loops of functions with to-be-closed variables: at a safepoint their handlers would be left out, so they look themselves.</summary>
    public static void EmitCheck(LuaFunctionBuilder f, LuaRuntime runtime)
    {
        var b = f.B;
        var interrupted = b.NewLabel("interrupted", cold: true);
        var go = b.NewLabel("uninterrupted");
        b.Branch(b.Eq(b.Load(runtime.State(f, RootCell.Interrupted), MemoryOrder.Relaxed), b.Int64(0)), go, interrupted);
        b.PlaceSealed(interrupted);
        b.Call(runtime.Functions.Interrupted);
        b.Jump(go);
        b.PlaceSealed(go);
    }
}
