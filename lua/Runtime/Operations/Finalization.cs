using Mu.ClientLib.Building;
using Mu.Core.IR;

namespace Mu.Lua.Runtime.Operations;

/// <summary>Finalisers where programs allocate.</summary>
internal static class Finalization
{
    /// <summary>Looks whether a collection has left finalisers to call: one load and a branch next to an allocation.</summary>
    public static void EmitCheck(LuaFunctionBuilder f, LuaRuntime runtime)
    {
        var b = f.B;
        var due = b.NewLabel("finalizers", cold: true);
        var go = b.NewLabel("go");
        // A collection sets it, which may be in any allocation.
        b.Branch(b.Eq(b.Load(runtime.State(f, RootCell.FinalizersDue), MemoryOrder.Relaxed), b.Int64(0)), go, due);
        b.PlaceSealed(due);
        b.Call(runtime.Functions.RunFinalizers);
        b.Jump(go);
        b.PlaceSealed(go);
    }

    /// <summary><c>run_finalizers ()</c>: the prelude's runner does it.</summary>
    public static void Define(LuaRuntime runtime, Bundle bundle)
    {
        var f = new LuaFunctionBuilder(bundle, runtime.Functions.RunFinalizers, "lua.run_finalizers.v1");
        var b = f.B;
        b.Store(runtime.State(f, RootCell.FinalizersDue), b.Int64(0));
        f.CallFunction(b.Load(runtime.State(f, RootCell.FinalizerRunner)));
        b.Return();
        b.Finish();
    }
}
