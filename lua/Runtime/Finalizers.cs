using Mu.Core.Api;
using Mu.Core.Types;

namespace Mu.Lua.Runtime;

/// <summary>Objects with __gc: the collector reports the dead ones, and Lua code calls their finalisers after collectgarbage and when the state ends (manual §2.5.3).</summary>
internal sealed class Finalizers(LuaRuntime runtime)
{
    /// <summary>Has an object's finaliser called once it is unreachable.</summary>
    public void Register(ulong value) => runtime.Vm.RegisterFinalizable(TagRef64.ToAddress(value));

    /// <summary>Whether dead objects wait for their finalisers.</summary>
    public bool ArePending => runtime.Vm.HasFinalizable();

    /// <summary>Takes a dead object, as a value again.</summary>
    public bool TryTake(out ulong value)
    {
        bool taken = runtime.Vm.TryTakeFinalizable(out ulong reference);
        value = !taken ? LuaTag.NilWord : TagRef64.FromRef(reference, Mutator.TypeOf(reference) == runtime.HeapTypes.Userdata ? LuaTag.Userdata : LuaTag.Table);
        return taken;
    }
}
