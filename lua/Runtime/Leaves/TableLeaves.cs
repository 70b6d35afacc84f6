using System.Runtime.InteropServices;
using Mu.Core.Types;
using Mu.Lua.Runtime.Tables;

namespace Mu.Lua.Runtime.Leaves;

/// <summary>Leaves on tables.</summary>
internal static unsafe class TableLeaves
{
    [UnmanagedCallersOnly]
    public static ulong RawGet(nint context, ulong table, ulong key) => TableAccess.Get((TableObject*)table, key);

    /// <summary>t[key] = value; status 1 with an error for a nil or NaN key, or no memory.</summary>
    [UnmanagedCallersOnly]
    public static LeafResult RawSet(nint context, ulong table, ulong key, ulong value)
    {
        var heap = LuaRuntime.HeapOf(context);
        return Store(heap, (TableObject*)table, key, value);
    }

    /// <summary>t.name = value for an interned name; the place goes into an inline cache.</summary>
    [UnmanagedCallersOnly]
    public static LeafResult RawSetName(nint context, ulong table, ulong name, ulong value, ulong cache)
    {
        var heap = LuaRuntime.HeapOf(context);
        using var roots = heap.OpenRoots();
        ref ulong t = ref roots.Ref(table);
        ref ulong k = ref roots.Tagged(name);
        var result = Store(heap, (TableObject*)table, name, value);
        if (result.Status != 0) return result;
        var nodes = ((TableObject*)t)->Nodes;
        var node = TableAccess.FindInterned(nodes, (StringObject*)TagRef64.ToAddress(k));
        if (node != null) *(long*)cache = node - NodesObject.At(nodes, 0);
        return result;
    }

    /// <summary>A table with room for array elements and named fields; 0 when there is no memory.</summary>
    [UnmanagedCallersOnly]
    public static ulong NewTable(nint context, ulong arraySize, ulong hashSize)
    {
        var heap = LuaRuntime.HeapOf(context);
        return (ulong)Create(heap, (long)arraySize, (long)hashSize);
    }

    public static TableObject* Create(LuaHeap heap, long arraySize, long hashSize)
    {
        using var roots = heap.OpenRoots();
        ref ulong t = ref roots.Ref((ulong)heap.NewTable());
        if (t == 0 || !TableInsertion.Reserve(heap, ref t, arraySize) || !TableInsertion.ReserveNodes(heap, ref t, hashSize)) return null;
        return (TableObject*)t;
    }

    /// <summary>A node array with these names (interned strings) and no values, and the index of each name's node; 0 when there is no memory.</summary>
    [UnmanagedCallersOnly]
    public static ulong MakeTemplate(nint context, ulong names, ulong places)
    {
        var heap = LuaRuntime.HeapOf(context);
        using var roots = heap.OpenRoots();
        ref ulong n = ref roots.Ref(names);
        uint count = ValuesObject.Capacity((ValuesObject*)names);
        ref ulong t = ref roots.Ref((ulong)Create(heap, 0, count));
        if (t == 0) return 0;
        for (uint i = 0; i < count; i++)
            if (!TableInsertion.Set(heap, (TableObject*)t, ValuesObject.Items((ValuesObject*)n)[i], LuaTag.TrueWord)) return 0;
        var nodes = ((TableObject*)t)->Nodes;
        for (uint i = 0; i < count; i++)
        {
            var node = TableAccess.FindInterned(nodes, (StringObject*)TagRef64.ToAddress(ValuesObject.Items((ValuesObject*)n)[i]));
            ((long*)places)[i] = node - NodesObject.At(nodes, 0);
        }
        for (uint i = 0; i < NodesObject.Size(nodes); i++) NodesObject.At(nodes, i)->Value = LuaTag.NilWord;
        return (ulong)nodes;
    }

    /// <summary>t[first], t[first+1], … = the elements of an array; 0 when there is no memory.</summary>
    [UnmanagedCallersOnly]
    public static ulong SetList(nint context, ulong table, ulong first, ulong count, ulong values)
    {
        if (values == 0) return 0;
        var heap = LuaRuntime.HeapOf(context);
        using var roots = heap.OpenRoots();
        ref ulong t = ref roots.Ref(table);
        ref ulong v = ref roots.Ref(values);
        if ((long)first == ((TableObject*)t)->Count + 1 && !TableInsertion.Reserve(heap, ref t, (long)(first + count) - 1)) return 0;
        for (ulong i = 0; i < count; i++)
            if (!TableInsertion.Set(heap, (TableObject*)t, TagRef64.FromInt((long)(first + i)), ValuesObject.Items((ValuesObject*)v)[i])) return 0;
        return 1;
    }

    /// <summary>Cuts nils off the end of an array part that was filled as a whole.</summary>
    [UnmanagedCallersOnly]
    public static ulong TrimArray(nint context, ulong table)
    {
        var t = (TableObject*)table;
        while (t->Count > 0 && ValuesObject.Items(t->Array)[t->Count - 1] == LuaTag.NilWord) t->Count--;
        return 0;
    }

    /// <summary>#value: done for strings and tables without __len, else the metamethod, else an error.</summary>
    [UnmanagedCallersOnly]
    public static LeafResult Length(nint context, ulong value)
    {
        if (LuaTag.Has(value, LuaTag.String)) return LeafResult.Done(TagRef64.FromInt(StringObject.Length((StringObject*)TagRef64.ToAddress(value))));
        var heap = LuaRuntime.HeapOf(context);
        ulong handler = MetatableLeaves.Find(heap.Runtime, value, Metamethods.Len);
        if (handler != LuaTag.NilWord) return new(handler, Operations.Arithmetic.NeedsMetamethod);
        if (LuaTag.Has(value, LuaTag.Table)) return LeafResult.Done(TagRef64.FromInt(TableAccess.Border((TableObject*)TagRef64.ToAddress(value))));
        return new(ErrorLeaves.OperandError(heap, value, "get length of"), Operations.Arithmetic.Failed);
    }

    private static LeafResult Store(LuaHeap heap, TableObject* table, ulong key, ulong value)
    {
        if (key == LuaTag.NilWord) return LeafResult.Error(ErrorLeaves.Located(heap, "table index is nil"));
        if (key == TagRef64.CanonicalNaN) return LeafResult.Error(ErrorLeaves.Located(heap, "table index is NaN"));
        return TableInsertion.Set(heap, table, key, value) ? LeafResult.Done(LuaTag.NilWord) : LeafResult.Error(heap.Runtime.OutOfMemoryMessage);
    }
}
