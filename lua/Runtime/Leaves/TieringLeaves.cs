using System.Runtime.InteropServices;
using Mu.Lua.Compilation;
using Mu.Lua.Runtime.Operations;

namespace Mu.Lua.Runtime.Leaves;

/// <summary>Compiling a function again.</summary>
internal static unsafe class TieringLeaves
{
    /// <summary>(prototype number, tier): the function has become hot.</summary>
    [UnmanagedCallersOnly]
    public static ulong Promote(nint context, ulong prototype, ulong tier)
    {
        var runtime = LuaRuntime.Of(context);
        runtime.Promote(runtime.Prototypes.Find((int)prototype)!, (Tier)tier);
        return 0;
    }

    /// <summary>(prototype number, loop entry, variables): the same while it runs in a loop. 1: the entry's cell has code that begins there.</summary>
    [UnmanagedCallersOnly]
    public static ulong PromoteLoop(nint context, ulong prototype, ulong loop, ulong variables)
    {
        var runtime = LuaRuntime.Of(context);
        var values = (ValuesObject*)variables;
        return runtime.PromoteLoop(runtime.Prototypes.Find((int)prototype)!, (int)loop, new ReadOnlySpan<ulong>(ValuesObject.Items(values), (int)ValuesObject.Capacity(values)).ToArray()) ? 1u : 0u;
    }

    /// <summary>(site): what comes there is not what came when the function was compiled.</summary>
    [UnmanagedCallersOnly]
    public static ulong Generalize(nint context, ulong site)
    {
        var runtime = LuaRuntime.Of(context);
        runtime.Generalize(runtime.Prototypes.Find(((SiteMemory*)site)->Owner)!);
        return 0;
    }
}
