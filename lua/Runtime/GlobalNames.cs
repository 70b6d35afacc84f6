using Mu.Core.Types;
using Mu.Lua.Runtime.Leaves;
using Mu.Lua.Runtime.Tables;

namespace Mu.Lua.Runtime;

/// <summary>
/// Names of functions by which every program knows them: fields of loaded modules (lauxlib.c's pushglobalfuncname). It holds an address: nothing may allocate while it is in use.
/// </summary>
internal readonly unsafe ref struct GlobalNames
{
    private readonly LuaRuntime runtime;
    private readonly TableObject* loaded;

    public GlobalNames(LuaHeap heap)
    {
        runtime = heap.Runtime;
        ulong key = ErrorLeaves.Text(heap, "_LOADED");
        ulong found = TableAccess.Get((TableObject*)runtime.StateWord(RootCell.Registry), key);
        loaded = LuaTag.Has(found, LuaTag.Table) ? (TableObject*)TagRef64.ToAddress(found) : null;
    }

    /// <summary>The name of a level's function: "print", "string.rep"; null when it has none.</summary>
    public string? Find(in StackLevel level)
    {
        ulong function = Traceback.FunctionOf(runtime, level);
        if (function == LuaTag.NilWord || loaded == null) return null;
        string? name = null;
        ulong module = LuaTag.NilWord;
        while (name is null && TableAccess.Next(loaded, module, out module, out ulong fields, out _))
        {
            if (!LuaTag.Has(module, LuaTag.String)) continue;
            if (fields == function) return ErrorLeaves.Latin1(module);
            if (!LuaTag.Has(fields, LuaTag.Table) || FieldOf((TableObject*)TagRef64.ToAddress(fields), function) is not { } field) continue;
            string prefix = ErrorLeaves.Latin1(module);
            name = prefix == "_G" ? field : $"{prefix}.{field}";
        }
        return name;
    }

    private static string? FieldOf(TableObject* table, ulong value)
    {
        ulong key = LuaTag.NilWord;
        while (TableAccess.Next(table, key, out key, out ulong found, out _))
            if (found == value && LuaTag.Has(key, LuaTag.String)) return ErrorLeaves.Latin1(key);
        return null;
    }
}
