using System.Runtime.InteropServices;
using Mu.Lua.Runtime.Operations;

namespace Mu.Lua.Runtime.Leaves;

/// <summary>Compiling a function again.</summary>
internal static unsafe class TieringLeaves
{
    /// <summary>(prototype number): the function has become hot.</summary>
    [UnmanagedCallersOnly]
    public static ulong Promote(nint context, ulong prototype)
    {
        var runtime = LuaRuntime.Of(context);
        runtime.Specialize(runtime.Prototypes.Find((int)prototype)!);
        return 0;
    }

    /// <summary>(prototype number, loop, variables): the same while it runs in a loop; afterwards the loop's cell has code that begins there.</summary>
    [UnmanagedCallersOnly]
    public static ulong PromoteLoop(nint context, ulong prototype, ulong loop, ulong variables)
    {
        var runtime = LuaRuntime.Of(context);
        runtime.SpecializeLoop(runtime.Prototypes.Find((int)prototype)!, (int)loop, new ReadOnlySpan<ulong>(ValuesObject.Items((ValuesObject*)variables), (int)ValuesObject.Capacity((ValuesObject*)variables)).ToArray());
        return 0;
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
