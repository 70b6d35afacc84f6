using System.Runtime.InteropServices;
using Mu.Core.Types;

namespace Mu.Lua.Runtime.Leaves;

/// <summary>Checks and messages of coroutines.</summary>
internal static unsafe class CoroutineLeaves
{
    [UnmanagedCallersOnly]
    public static LeafResult CheckFunction(nint context, ulong value, ulong count) => Check(context, value, count, LuaTag.Function, "function");

    [UnmanagedCallersOnly]
    public static LeafResult CheckCoroutine(nint context, ulong value, ulong count) => Check(context, value, count, LuaTag.Coroutine, "thread");

    /// <summary>Why a coroutine of this status cannot be resumed: a suspended one because too many are inside each other.</summary>
    [UnmanagedCallersOnly]
    public static ulong ResumeRefusal(nint context, ulong status) => ErrorLeaves.Text(LuaRuntime.HeapOf(context), (CoroutineStatus)status switch
    {
        CoroutineStatus.Dead => "cannot resume dead coroutine",
        CoroutineStatus.Suspended => Operations.Errors.StackOfC,
        _ => "cannot resume non-suspended coroutine",
    });

    /// <summary>Whether a coroutine of this status can be closed.</summary>
    [UnmanagedCallersOnly]
    public static LeafResult CheckClose(nint context, ulong status)
    {
        if ((CoroutineStatus)status is CoroutineStatus.Suspended or CoroutineStatus.Dead) return LeafResult.Done(LuaTag.NilWord);
        string name = (CoroutineStatus)status == CoroutineStatus.Running ? "running" : "normal";
        return LeafResult.Error(ErrorLeaves.HostLocated(LuaRuntime.HeapOf(context), $"cannot close a {name} coroutine"));
    }

    /// <summary>The error that a wrapped coroutine's function raises: a string gets the caller's position before it.</summary>
    [UnmanagedCallersOnly]
    public static ulong WrapError(nint context, ulong error) => LuaTag.Has(error, LuaTag.String)
        ? ErrorLeaves.HostLocated(LuaRuntime.HeapOf(context), ErrorLeaves.Latin1(error))
        : error;

    private static LeafResult Check(nint context, ulong value, ulong count, int tag, string expected)
    {
        if (LuaTag.Has(value, tag)) return LeafResult.Done(value);
        var heap = LuaRuntime.HeapOf(context);
        return LeafResult.Error(ErrorLeaves.Argument(heap, 1, $"{expected} expected, got {((int)count == 0 ? "no value" : ErrorLeaves.TypeNameOf(heap.Runtime, value))}"));
    }
}
