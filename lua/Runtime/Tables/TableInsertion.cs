using System.Numerics;
using Mu.Core.Api;
using Mu.Core.Types;

namespace Mu.Lua.Runtime.Tables;

/// <summary>Writes of tables that may need memory: new keys, growth, rehash. All give false when there is no memory; the table is unchanged then.</summary>
internal static unsafe class TableInsertion
{
    private const int MaxBits = 31;

    /// <summary>t[key] = value without metamethods. The key is neither nil nor NaN.</summary>
    public static bool Set(LuaHeap heap, TableObject* table, ulong key, ulong value)
    {
        key = Key.Normalize(key);
        ulong* slot = TableAccess.Find(table, key);
        if (slot != null)
        {
            // A node whose value is nil may be a deleted one: writing to it revives the key, which needs the caches cleared as an insertion does.
            if (value != LuaTag.NilWord) ForgetAbsence(table);
            if (*slot != LuaTag.NilWord || value == LuaTag.NilWord || !TagRef64.IsInt(key) || TagRef64.ToInt(key) != table->Count + 1)
            {
                TableAccess.Write(table, slot, value);
                return true;
            }
        }
        return value == LuaTag.NilWord || Insert(heap, table, key, value);
    }

    /// <summary>Adds a normal key that the table does not have, with a value that is not nil.</summary>
    public static bool Insert(LuaHeap heap, TableObject* table, ulong key, ulong value)
    {
        ForgetAbsence(table);
        if (TagRef64.IsInt(key) && TagRef64.ToInt(key) == table->Count + 1) return Append(heap, table, value);
        if (TryPlace(table->Nodes, heap.IsSharedNodes(table->Nodes), key, value)) return true;

        using var roots = heap.OpenRoots();
        ref ulong t = ref roots.Ref((ulong)table);
        ref ulong k = ref roots.Tagged(key);
        ref ulong v = ref roots.Tagged(value);
        if (!Rehash(heap, ref t, key)) return false;
        table = (TableObject*)t;
        if (TagRef64.IsInt(k))
        {
            long index = TagRef64.ToInt(k);
            if (index == table->Count + 1) return Append(heap, table, v);
            if (index >= 1 && index <= table->Count)
            {
                // The rehash moved a larger key into the array part, and left a hole for this one.
                ValuesObject.Items(table->Array)[index - 1] = v;
                return true;
            }
            if (index > table->Count && index <= ValuesObject.Capacity(table->Array))
            {
                FillNil(table->Array, table->Count, index - 1);
                ValuesObject.Items(table->Array)[index - 1] = v;
                table->Count = index;
                return true;
            }
        }
        return TryPlace(table->Nodes, false, k, v) ? true : throw new InvalidOperationException("no free node after a rehash");
    }

    /// <summary>t[#t + 1] = value, for a value that is not nil.</summary>
    public static bool Append(LuaHeap heap, TableObject* table, ulong value)
    {
        if (table->Count >= ValuesObject.Capacity(table->Array))
        {
            using var roots = heap.OpenRoots();
            ref ulong t = ref roots.Ref((ulong)table);
            ref ulong v = ref roots.Tagged(value);
            if (!Reserve(heap, ref t, Math.Max(4, table->Count * 2))) return false;
            table = (TableObject*)t;
            value = v;
        }
        ValuesObject.Items(table->Array)[table->Count++] = value;
        TakeSuccessors(table);
        return true;
    }

    /// <summary>Makes room for <paramref name="capacity"/> elements in the array part.</summary>
    public static bool Reserve(LuaHeap heap, ref ulong tableRoot, long capacity)
    {
        if (capacity <= ValuesObject.Capacity(((TableObject*)tableRoot)->Array)) return true;
        var grown = heap.NewValues(capacity, ((TableObject*)tableRoot)->Array);
        if (grown == null) return false;
        var table = (TableObject*)tableRoot;
        if (table->Count > 0)
            new Span<ulong>(ValuesObject.Items(table->Array), (int)table->Count).CopyTo(new Span<ulong>(ValuesObject.Items(grown), (int)table->Count));
        table->Array = grown;
        return true;
    }

    /// <summary>Makes room for <paramref name="count"/> keys in the hash part of a table that has none.</summary>
    public static bool ReserveNodes(LuaHeap heap, ref ulong tableRoot, long count)
    {
        if (count == 0) return true;
        var nodes = heap.NewNodes(BitOperations.RoundUpToPowerOf2((ulong)count), ((TableObject*)tableRoot)->Nodes);
        if (nodes == null) return false;
        ((TableObject*)tableRoot)->Nodes = nodes;
        return true;
    }

    /// <summary>The absence of metamethods that was noted is no longer known.</summary>
    private static void ForgetAbsence(TableObject* table) => table->Flags &= 0xFFFFFFFF00000000;

    /// <summary>Moves count+1, count+2 … over from the hash part, which keeps the array's count a border.</summary>
    private static void TakeSuccessors(TableObject* table)
    {
        if (NodesObject.Size(table->Nodes) == 1 && NodesObject.At(table->Nodes, 0)->Value == LuaTag.NilWord) return;
        while (table->Count < ValuesObject.Capacity(table->Array))
        {
            var node = TableAccess.FindNode(table->Nodes, TagRef64.FromInt(table->Count + 1));
            if (node == null || node->Value == LuaTag.NilWord) return;
            ValuesObject.Items(table->Array)[table->Count++] = node->Value;
            node->Value = LuaTag.NilWord;
        }
    }

    private static void FillNil(ValuesObject* values, long from, long to)
    {
        for (long i = from; i < to; i++) ValuesObject.Items(values)[i] = LuaTag.NilWord;
    }

    /// <summary>PUC's insertion (chained scatter with Brent's variation): a colliding node that is not in its main position gives way.</summary>
    private static bool TryPlace(NodesObject* nodes, bool shared, ulong key, ulong value)
    {
        if (shared) return false;
        var main = TableAccess.MainPosition(nodes, key);
        if (main->Key != LuaTag.NilWord)
        {
            var free = TakeFree(nodes);
            if (free == null) return false;
            long freeIndex = free - NodesObject.At(nodes, 0);
            // A key that a collection cleared no longer tells which chain it is in: its node stays.
            var other = main->Key == LuaTag.DeadKeyWord ? main : TableAccess.MainPosition(nodes, main->Key);
            if (other != main)
            {
                long mainIndex = main - NodesObject.At(nodes, 0);
                while (other->Next != mainIndex + 1) other = NodesObject.At(nodes, other->Next - 1);
                other->Next = freeIndex + 1;
                *free = *main;
                main->Next = 0;
            }
            else
            {
                free->Next = main->Next;
                main->Next = freeIndex + 1;
                main = free;
            }
        }
        main->Key = key;
        main->Value = value;
        return true;
    }

    private static Node* TakeFree(NodesObject* nodes)
    {
        while (nodes->LastFree > 0)
        {
            var node = NodesObject.At(nodes, --nodes->LastFree);
            if (node->Key == LuaTag.NilWord) return node;
        }
        return null;
    }

    /// <summary>Sizes both parts anew for the live keys and one more, as PUC's luaH_resize: the array part is the largest n of which more than half is used.</summary>
    private static bool Rehash(LuaHeap heap, ref ulong tableRoot, ulong extraKey)
    {
        var table = (TableObject*)tableRoot;
        Span<int> histogram = stackalloc int[MaxBits + 1];
        int integers = CountArray(table, histogram);
        int total = integers + CountNodes(table, histogram, ref integers) + 1;
        if (CountInteger(extraKey, histogram)) integers++;
        var (arraySize, inArray) = ArraySize(histogram, integers);
        arraySize = Math.Max(arraySize, table->Count);

        long inHash = total - Math.Max(inArray, integersUpTo(histogram, table->Count));
        if (!Reserve(heap, ref tableRoot, arraySize)) return false;
        var nodes = heap.NewNodes(BitOperations.RoundUpToPowerOf2((ulong)Math.Max(inHash, 1)), ((TableObject*)tableRoot)->Nodes);
        if (nodes == null) return false;
        table = (TableObject*)tableRoot;
        var old = table->Nodes;
        table->Nodes = nodes;
        // All that fits the capacity, lest a later key be put into the array part beyond one that stayed behind.
        Reinsert(table, old, ValuesObject.Capacity(table->Array));
        return true;

        static long integersUpTo(ReadOnlySpan<int> histogram, long count)
        {
            long sum = 0;
            for (int bits = 0; bits < histogram.Length && (1L << bits) <= count; bits++) sum += histogram[bits];
            return sum;
        }
    }

    private static void Reinsert(TableObject* table, NodesObject* old, long capacity)
    {
        uint size = NodesObject.Size(old);
        for (long i = 0; i < size; i++)
        {
            var node = NodesObject.At(old, i);
            if (node->Value == LuaTag.NilWord) continue;
            if (TagRef64.IsInt(node->Key) && TagRef64.ToInt(node->Key) is var index && index > table->Count && index <= capacity)
            {
                FillNil(table->Array, table->Count, index - 1);
                ValuesObject.Items(table->Array)[index - 1] = node->Value;
                table->Count = index;
                continue;
            }
            if (TagRef64.IsInt(node->Key) && TagRef64.ToInt(node->Key) is var inside && inside >= 1 && inside <= table->Count)
            {
                ValuesObject.Items(table->Array)[inside - 1] = node->Value;
                continue;
            }
            if (!TryPlace(table->Nodes, false, node->Key, node->Value)) throw new InvalidOperationException("a rehashed table is too small");
        }
    }

    private static int CountArray(TableObject* table, Span<int> histogram)
    {
        int used = 0;
        for (long i = 1; i <= table->Count; i++)
        {
            if (ValuesObject.Items(table->Array)[i - 1] == LuaTag.NilWord) continue;
            histogram[CeilLog2(i)]++;
            used++;
        }
        return used;
    }

    private static int CountNodes(TableObject* table, Span<int> histogram, ref int integers)
    {
        int used = 0;
        uint size = NodesObject.Size(table->Nodes);
        for (long i = 0; i < size; i++)
        {
            var node = NodesObject.At(table->Nodes, i);
            if (node->Value == LuaTag.NilWord) continue;
            if (CountInteger(node->Key, histogram)) integers++;
            used++;
        }
        return used;
    }

    private static bool CountInteger(ulong key, Span<int> histogram)
    {
        if (!TagRef64.IsInt(key)) return false;
        long index = TagRef64.ToInt(key);
        if (index < 1 || index > 1L << MaxBits) return false;
        histogram[CeilLog2(index)]++;
        return true;
    }

    private static (long Size, long Count) ArraySize(ReadOnlySpan<int> histogram, int integers)
    {
        long sum = 0, best = 0, inBest = 0;
        for (int bits = 0; bits <= MaxBits && 1L << bits > 0 && integers > (1L << bits) / 2; bits++)
        {
            sum += histogram[bits];
            if (sum <= (1L << bits) / 2) continue;
            best = 1L << bits;
            inBest = sum;
        }
        return (best, inBest);
    }

    private static int CeilLog2(long n) => n <= 1 ? 0 : 64 - BitOperations.LeadingZeroCount((ulong)(n - 1));
}
