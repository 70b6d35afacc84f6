using Mu.Core.Api;
using Mu.Core.Types;

namespace Mu.Lua.Runtime;

/// <summary>
/// Objects with __gc: the collector reports the dead ones, and Lua code (the prelude's runner) calls their finalisers after collectgarbage, where programs allocate after a collection, and when
/// the state ends (manual §2.5.3). A collection sets a word of the root cell, which compiled allocations look at.
/// </summary>
internal sealed class Finalizers(LuaRuntime runtime) : IWeakSlots
{
    private bool isUsed;
    private bool isClosing;
    private bool isStarting;

    /// <summary>Whether finalisers are running: then neither do others nor is there a collector for programs.</summary>
    public bool AreRunning { get; private set; }

    /// <summary>Whether the collector is stopped for programs (collectgarbage "stop").</summary>
    public bool AreStopped { get; set; }

    /// <summary>The run that called finalisers was ended.</summary>
    public void Abandon() => AreRunning = isStarting = false;

    /// <summary>Has an object's finaliser called once it is unreachable. An object that waits already waits once.</summary>
    public void Register(ulong value)
    {
        if (isClosing) return;
        isUsed = true;
        runtime.Vm.RegisterFinalizable(TagRef64.ToAddress(value));
    }

    /// <summary>Whether dead objects wait for their finalisers.</summary>
    public bool ArePending => runtime.Vm.HasFinalizable();

    /// <summary>Whether a library function is to let finalisers run first: not those that the runner itself calls on its way.</summary>
    public bool TryStart()
    {
        if (AreRunning || isStarting) return false;
        if (ArePending) return isStarting = true;
        runtime.StateWord(RootCell.FinalizersDue) = 0;
        return false;
    }

    /// <summary>The state ends: every object is due.</summary>
    public void Close()
    {
        isClosing = true;
        runtime.Vm.RetireFinalizable();
    }

    /// <summary>Takes a dead object, as a value again. The last answer, false, says that the run is over.</summary>
    public bool TryTake(out ulong value)
    {
        isStarting = false;
        AreRunning = runtime.Vm.TryTakeFinalizable(out ulong reference);
        value = !AreRunning ? LuaTag.NilWord : TagRef64.FromRef(reference, Mutator.TypeOf(reference) == runtime.HeapTypes.Userdata ? LuaTag.Userdata : LuaTag.Table);
        return AreRunning;
    }

    /// <inheritdoc/>
    /// <remarks>There are no slots: this is called in every collection.</remarks>
    public void Visit(WeakSlotVisitor visitor)
    {
        if (isUsed && !AreStopped) runtime.StateWord(RootCell.FinalizersDue) = 1;
    }
}
