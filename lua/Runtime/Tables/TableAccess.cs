using System.Runtime.CompilerServices;
using Mu.Core.Types;

namespace Mu.Lua.Runtime.Tables;

/// <summary>Raw reads of tables, and writes that need no memory.</summary>
internal static unsafe class TableAccess
{
    /// <summary>t[key] without metamethods; nil when absent.</summary>
    public static ulong Get(TableObject* table, ulong key)
    {
        key = Key.Normalize(key);
        ulong* slot = Find(table, key);
        return slot == null ? LuaTag.NilWord : *slot;
    }

    /// <summary>Where the value of a normal key is kept; null when there is no place for it. The value there may be nil.</summary>
    public static ulong* Find(TableObject* table, ulong key)
    {
        if (TagRef64.IsInt(key))
        {
            ulong index = (ulong)TagRef64.ToInt(key) - 1;
            if (index < (ulong)table->Count) return ValuesObject.Items(table->Array) + index;
        }
        var node = FindNode(table->Nodes, key);
        return node == null ? null : &node->Value;
    }

    /// <summary>The node of a normal key; null when there is none.</summary>
    public static Node* FindNode(NodesObject* nodes, ulong key)
    {
        for (var node = MainPosition(nodes, key); ; node = NodesObject.At(nodes, node->Next - 1))
        {
            if (Key.Equal(node->Key, key)) return node;
            if (node->Next == 0) return null;
        }
    }

    /// <summary>The node of an interned string; null when there is none.</summary>
    public static Node* FindInterned(NodesObject* nodes, StringObject* name)
    {
        ulong key = TagRef64.FromRef((ulong)name, LuaTag.String);
        for (var node = NodesObject.At(nodes, name->Hash & (NodesObject.Size(nodes) - 1)); ; node = NodesObject.At(nodes, node->Next - 1))
        {
            if (node->Key == key) return node;
            if (node->Next == 0) return null;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Node* MainPosition(NodesObject* nodes, ulong key) => NodesObject.At(nodes, Key.Hash(key) & (NodesObject.Size(nodes) - 1));

    /// <summary>Writes to a place that <see cref="Find"/> gave, keeping the border right.</summary>
    public static void Write(TableObject* table, ulong* slot, ulong value)
    {
        *slot = value;
        if (value != LuaTag.NilWord || table->Count == 0) return;
        ulong* items = ValuesObject.Items(table->Array);
        if (slot != items + table->Count - 1) return;
        // The array part ends with a value that is not nil, so that its count is a border.
        long count = table->Count - 1;
        while (count > 0 && items[count - 1] == LuaTag.NilWord) count--;
        table->Count = count;
    }

    /// <summary>A border: the array part's count, or one found in the hash part when it goes on there.</summary>
    public static long Border(TableObject* table)
    {
        if (NodesObject.Size(table->Nodes) == 1 && NodesObject.At(table->Nodes, 0)->Value == LuaTag.NilWord) return table->Count;
        long n = table->Count;
        while (HasInteger(table, n + 1)) n++;
        return n;
    }

    private static bool HasInteger(TableObject* table, long n)
    {
        ulong* slot = Find(table, TagRef64.FromInt(n));
        return slot != null && *slot != LuaTag.NilWord;
    }

    /// <summary>
    /// The entry after <paramref name="key"/> in the order of a traversal: array part, then nodes. False at the end; <paramref name="found"/> is false for a key that the table does not have.
    /// </summary>
    public static bool Next(TableObject* table, ulong key, out ulong nextKey, out ulong nextValue, out bool found)
    {
        found = true;
        long position = 0;
        if (key != LuaTag.NilWord)
        {
            position = PositionAfter(table, Key.Normalize(key));
            found = position >= 0;
        }
        nextKey = nextValue = LuaTag.NilWord;
        if (!found) return false;
        for (; position < table->Count; position++)
        {
            ulong value = ValuesObject.Items(table->Array)[position];
            if (value == LuaTag.NilWord) continue;
            nextKey = TagRef64.FromInt(position + 1);
            nextValue = value;
            return true;
        }
        // Positions of nodes start behind the array's capacity: the count may shrink while a traversal goes on.
        long capacity = ValuesObject.Capacity(table->Array);
        uint size = NodesObject.Size(table->Nodes);
        for (long i = Math.Max(position - capacity, 0); i < size; i++)
        {
            var node = NodesObject.At(table->Nodes, i);
            if (node->Value == LuaTag.NilWord) continue;
            nextKey = node->Key;
            nextValue = node->Value;
            return true;
        }
        return false;
    }

    private static long PositionAfter(TableObject* table, ulong key)
    {
        long capacity = ValuesObject.Capacity(table->Array);
        if (TagRef64.IsInt(key))
        {
            // Any index within the capacity may have been in the array when the traversal met it.
            long index = TagRef64.ToInt(key);
            if (index >= 1 && index <= table->Count) return index;
            var inHash = FindNode(table->Nodes, key);
            if (inHash == null) return index >= 1 && index <= capacity ? index : -1;
            return capacity + IndexOf(table->Nodes, inHash) + 1;
        }
        var node = FindNode(table->Nodes, key);
        return node == null ? -1 : capacity + IndexOf(table->Nodes, node) + 1;
    }

    private static long IndexOf(NodesObject* nodes, Node* node) => node - NodesObject.At(nodes, 0);
}
