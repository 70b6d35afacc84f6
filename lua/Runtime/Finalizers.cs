namespace Mu.Lua.Runtime;

/// <summary>Objects with __gc: the collector reports the dead ones; they wait for Lua code to call their finalisers.</summary>
internal sealed class Finalizers(LuaRuntime runtime)
{
    /// <summary>Has an object's finaliser called once it is unreachable (manual §2.5.3).</summary>
    public void Register(ulong value) => Mu.Core.Api.RuntimeInterface.RegisterFinalizable(runtime.Vm, Mu.Core.Types.TagRef64.ToAddress(value));
}
