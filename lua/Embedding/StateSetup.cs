using System.Numerics;
using Mu.Core.Api;
using Mu.Lua.Runtime;

namespace Mu.Lua;

/// <summary>From a state's options to its micro VM and its globals.</summary>
internal static class StateSetup
{
    /// <summary>Of stack for a call, about, and what every stack needs besides.</summary>
    private const ulong BytesOfCall = 128, BytesOfInterpretedCall = 2048, BytesOfStack = 192 << 10;

    /// <summary>Library tables by flag, and the functions of Base that belong to others.</summary>
    private static readonly (LuaLibraries Library, string Table)[] Tables =
    [
        (LuaLibraries.Coroutine, "coroutine"), (LuaLibraries.String, "string"), (LuaLibraries.Utf8, "utf8"), (LuaLibraries.Table, "table"), (LuaLibraries.Math, "math"),
        (LuaLibraries.Time, "os"), (LuaLibraries.Io, "io"), (LuaLibraries.Debug, "debug"), (LuaLibraries.Package, "package"),
    ];

    private static readonly string[] LoadFunctions = ["load"], PackageFunctions = ["require", "loadfile", "dofile"];

    private static readonly string[] TimeFunctions = ["clock", "date", "difftime", "time"];

    public static MuVMOptions MachineOptions(LuaOptions options) => new()
    {
        Engine = options.Engine,
        CollectorStress = options.StressesCollector,
        MainStackSize = StackSize(options, LuaRuntime.MainStack),
        StackSize = StackSize(options, LuaRuntime.CoroutineStack),
        // The limit is looked at after collections; the heap ends somewhat above it, so that there is one in time.
        MaxHeap = options.Limits.Memory is { } limit ? (ulong)limit + Math.Max((ulong)limit / 4, 4UL << 20) : null,
    };

    private static ulong StackSize(LuaOptions options, ulong otherwise)
    {
        if (options.Limits.CallDepth is not { } calls) return otherwise;
        ulong bytesOfCall = options.Engine == EngineKind.Interpreter ? BytesOfInterpretedCall : BytesOfCall;
        return Math.Min(BitOperations.RoundUpToPowerOf2(BytesOfStack + (ulong)calls * bytesOfCall), 1UL << 32);
    }

    /// <summary>Takes away what the options do not allow.</summary>
    public static void Restrict(LuaState state, LuaLibraries allowed)
    {
        if (allowed == LuaLibraries.All) return;
        using LuaTable globals = state.Globals;
        using LuaTable loaded = globals["package"].AsTable()["loaded"].AsTable();
        if (allowed.HasFlag(LuaLibraries.Time) && !allowed.HasFlag(LuaLibraries.Os)) KeepOnly(globals["os"].AsTable(), TimeFunctions);
        foreach (var (library, table) in Tables)
        {
            if ((allowed & library) != 0) continue;
            globals.RawSet(table, LuaValue.Nil);
            loaded.RawSet(table, LuaValue.Nil);
        }
        if (!allowed.HasFlag(LuaLibraries.String)) state.RemoveStringMetatable();
        if (!allowed.HasFlag(LuaLibraries.Load)) Remove(globals, LoadFunctions);
        if (!allowed.HasFlag(LuaLibraries.Package)) Remove(globals, PackageFunctions);
        if (!allowed.HasFlag(LuaLibraries.Base)) RemoveBase(globals, [.. LoadFunctions, .. PackageFunctions]);
    }

    private static void KeepOnly(LuaTable table, string[] names)
    {
        foreach (var (name, _) in table.ToArray())
            if (!names.Contains(name.AsString())) table.RawSet(name, LuaValue.Nil);
    }

    private static void Remove(LuaTable table, string[] names)
    {
        foreach (string name in names) table.RawSet(name, LuaValue.Nil);
    }

    /// <summary>The functions that are globals themselves, and what describes the state.</summary>
    private static void RemoveBase(LuaTable globals, string[] others)
    {
        foreach (var (name, value) in globals.ToArray())
            if (value.Type is LuaType.Function or LuaType.String && !others.Contains(name.AsString())) globals.RawSet(name, LuaValue.Nil);
        globals.RawSet("_G", LuaValue.Nil);
    }
}
