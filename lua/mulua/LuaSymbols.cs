using Mu.Core.Types;
using Mu.Lua.Command.Editing;
using Mu.Lua.Runtime;
using Mu.Lua.Runtime.Leaves;
using Mu.Lua.Runtime.Tables;

namespace Mu.Lua.Command;

/// <summary>The names that a state has, read without running anything of the program: fields of tables, and of the tables that their __index leads to.</summary>
internal sealed unsafe class LuaSymbols(LuaRuntime runtime) : ISymbols
{
    /// <summary>How far __index is followed.</summary>
    private const int MaxDepth = 10;

    public IEnumerable<string> Names(IReadOnlyList<string> path, bool onlyMethods)
    {
        ulong value = runtime.GlobalsValue;
        foreach (string name in path) value = Field(value, name);
        var names = new List<string>();
        foreach (ulong table in Tables(value)) Add(names, table, onlyMethods);
        return names;
    }

    private ulong Field(ulong value, string name)
    {
        foreach (ulong table in Tables(value))
            foreach (var (key, field) in Fields(table))
                if (ErrorLeaves.Latin1(key) == name) return field;
        return LuaTag.NilWord;
    }

    /// <summary>The value, if it is a table, and the tables behind it.</summary>
    private List<ulong> Tables(ulong value)
    {
        var tables = new List<ulong>();
        for (int depth = 0; depth < MaxDepth && value != LuaTag.NilWord; depth++)
        {
            if (LuaTag.Has(value, LuaTag.Table)) tables.Add(value);
            value = MetatableLeaves.Find(runtime, value, Metamethods.Index);
        }
        return tables;
    }

    private static void Add(List<string> names, ulong table, bool onlyMethods)
    {
        foreach (var (key, value) in Fields(table))
        {
            string name = ErrorLeaves.Latin1(key);
            if ((!onlyMethods || LuaTag.Has(value, LuaTag.Function)) && IsName(name)) names.Add(name);
        }
    }

    /// <summary>The fields whose keys are strings. Nothing is allocated meanwhile.</summary>
    private static List<(ulong Key, ulong Value)> Fields(ulong table)
    {
        var fields = new List<(ulong, ulong)>();
        ulong key = LuaTag.NilWord;
        while (TableAccess.Next((TableObject*)TagRef64.ToAddress(table), key, out ulong next, out ulong value, out _))
        {
            if (LuaTag.Has(next, LuaTag.String)) fields.Add((next, value));
            key = next;
        }
        return fields;
    }

    private static bool IsName(string text) => text.Length > 0 && !char.IsAsciiDigit(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
