using System.Runtime.InteropServices;

namespace Mu.Lua.Runtime.Leaves;

/// <summary>Interruptions of runs (<see cref="Interrupts"/>).</summary>
internal static unsafe class InterruptLeaves
{
    /// <summary>The error of an interruption, and whether it ends the run.</summary>
    [UnmanagedCallersOnly]
    public static LeafResult TakeError(nint context, ulong unused)
    {
        var heap = LuaRuntime.HeapOf(context);
        return heap.Runtime.Interrupts.TakeError(heap);
    }

    /// <summary>The error of a run that ends.</summary>
    [UnmanagedCallersOnly]
    public static ulong EndingError(nint context, ulong unused)
    {
        var heap = LuaRuntime.HeapOf(context);
        return heap.Runtime.Interrupts.EndingError(heap);
    }
}
