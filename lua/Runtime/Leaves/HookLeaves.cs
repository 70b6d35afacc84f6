using System.Runtime.InteropServices;
using Mu.Core.Types;
using Mu.Lua.Runtime.Operations;

namespace Mu.Lua.Runtime.Leaves;

/// <summary>What hooks need of C#.</summary>
internal static unsafe class HookLeaves
{
    /// <summary>The name of an event, as a string.</summary>
    [UnmanagedCallersOnly]
    public static ulong EventName(nint context, ulong number) => ErrorLeaves.Text(LuaRuntime.HeapOf(context), Hooks.Names[(int)number]);

    /// <summary>1 for a function of a program; 0 for the library's, and for other values.</summary>
    [UnmanagedCallersOnly]
    public static ulong IsProgramFunction(nint context, ulong value)
    {
        if (!LuaTag.Has(value, LuaTag.Function)) return 0;
        var prototype = LuaRuntime.Of(context).Prototypes.Find(((FunctionObject*)TagRef64.ToAddress(value))->Prototype);
        return prototype is { IsLibrary: false } ? 1UL : 0;
    }
}
