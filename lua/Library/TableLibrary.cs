using Mu.Core.Types;
using Mu.Lua.Numbers;
using Mu.Lua.Runtime;
using Mu.Lua.Runtime.Host;
using Mu.Lua.Runtime.Leaves;
using Mu.Lua.Runtime.Tables;

namespace Mu.Lua.Library;

/// <summary>table (ltablib.c) for tables without metatable; for others, and for sort with an order, the prelude takes over.</summary>
internal static unsafe class TableLibrary
{
    private const string Library = "table";
    private const int MaxResults = 1_000_000;

    public static void Register(LibraryBuilder b)
    {
        b.Add(Library, "insert", &Insert);
        b.Add(Library, "remove", &Remove);
        b.Add(Library, "concat", &Concat);
        b.Add(Library, "unpack", &Unpack);
        b.Add(Library, "pack", &Pack);
        b.Add(Library, "move", &Move);
        b.Add(Library, "sort", &Sort);
        b.AddPrimitive("check_tablelike", &CheckTableLike);
        b.AddPrimitive("compare_error", &CompareError);
    }

    /// <summary>The table argument when raw access will do; null when the prelude must see to it.</summary>
    private static TableObject* Raw(ref HostCall c, int index)
    {
        if (!Arguments.IsTable(c[index])) return null;
        var table = Arguments.AsTable(c[index]);
        return table->Metatable == null ? table : null;
    }

    private static LeafResult Insert(ref HostCall c)
    {
        var table = Raw(ref c, 0);
        if (table == null) return HostCall.Deferred;
        long end = TableAccess.Border(table) + 1;
        if (c.Count == 2)
        {
            if (!TableInsertion.Set(c.Heap, table, TagRef64.FromInt(end), c[1])) throw c.OutOfMemory();
            return HostCall.None;
        }
        if (c.Count != 3) throw c.Error("wrong number of arguments to 'insert'");
        long position = c.CheckInteger(1);
        if ((ulong)position - 1 >= (ulong)end) throw c.ArgumentError(1, "position out of bounds");
        if (position == end || end - 1 != Arguments.AsTable(c[0])->Count || c[2] == LuaTag.NilWord) return InsertByKeys(ref c, position, end);
        if (!TableInsertion.Append(c.Heap, table, c[2])) throw c.OutOfMemory();
        var items = ItemsOf(c[0])[..(int)end];
        items[((int)position - 1)..^1].CopyTo(items[(int)position..]);
        items[(int)position - 1] = c[2];
        return HostCall.None;
    }

    private static LeafResult InsertByKeys(ref HostCall c, long position, long end)
    {
        for (long i = end; i > position; i--) Set(ref c, 0, i, Get(ref c, 0, i - 1));
        Set(ref c, 0, position, c[2]);
        return HostCall.None;
    }

    private static LeafResult Remove(ref HostCall c)
    {
        var table = Raw(ref c, 0);
        if (table == null) return HostCall.Deferred;
        long size = TableAccess.Border(table), position = size;
        if (!c.IsNoneOrNil(1))
        {
            position = c.CheckInteger(1);
            // PUC names argument 1 here. Size + 1 is allowed; so is 0 in an empty table, as the default is.
            if (position != size && (ulong)position - 1 > (ulong)size) throw c.ArgumentError(0, "position out of bounds");
        }
        ref ulong removed = ref c.Root(Get(ref c, 0, position));
        table = Arguments.AsTable(c[0]);
        if (size == table->Count && position >= 1 && position <= size)
        {
            var items = ItemsOf(c[0])[..(int)size];
            items[(int)position..].CopyTo(items[((int)position - 1)..]);
            TableAccess.Write(table, ValuesObject.Items(table->Array) + size - 1, LuaTag.NilWord);
            return HostCall.One(removed);
        }
        for (; position < size; position++) Set(ref c, 0, position, Get(ref c, 0, position + 1));
        Set(ref c, 0, position, LuaTag.NilWord);
        return HostCall.One(removed);
    }

    private static LeafResult Concat(ref HostCall c)
    {
        if (Raw(ref c, 0) == null) return HostCall.Deferred;
        if (!c.IsNoneOrNil(1)) c.EnsureString(1);
        long first = c.OptionalInteger(2, 1);
        long last = c.IsNoneOrNil(3) ? TableAccess.Border(Arguments.AsTable(c[0])) : c.CheckInteger(3);
        // Nothing below allocates in the guest heap before the result.
        var separator = c.IsNoneOrNil(1) ? default : Arguments.BytesOf(c[1]);
        var buffer = c.Library().TakeBuffer();
        Span<byte> number = stackalloc byte[LuaNumberText.MaxLength];
        for (long i = first; i <= last; i++)
        {
            ulong word = Get(ref c, 0, i);
            if (Arguments.IsString(word)) buffer.Append(Arguments.BytesOf(word));
            else if (Arguments.TryNumberText(word, number, out int length)) buffer.Append(number[..length]);
            else throw c.Error($"invalid value ({c.TypeName(word)}) at index {i} in table for 'concat'");
            if (i == last) break;
            buffer.Append(separator);
        }
        return c.StringResult(buffer.Written);
    }

    private static LeafResult Unpack(ref HostCall c)
    {
        if (Raw(ref c, 0) == null) return HostCall.Deferred;
        long first = c.OptionalInteger(1, 1);
        long last = c.IsNoneOrNil(2) ? TableAccess.Border(Arguments.AsTable(c[0])) : c.CheckInteger(2);
        if (first > last) return HostCall.None;
        ulong count = (ulong)last - (ulong)first;
        if (count >= MaxResults) throw c.Error("too many results to unpack");
        if (count == 0) return HostCall.One(Get(ref c, 0, first));
        ref ulong results = ref c.NewResults((int)count + 1);
        for (int i = 0; i <= (int)count; i++) Arguments.SetResult(ref results, i, Get(ref c, 0, first + i));
        return c.Results(ref results);
    }

    private static LeafResult Pack(ref HostCall c)
    {
        ref ulong table = ref c.NewTable();
        for (int i = 0; i < c.Count; i++) c.SetIndex(ref table, i + 1, c[i]);
        c.SetField(ref table, "n", TagRef64.FromInt(c.Count));
        return HostCall.One(table);
    }

    private static LeafResult Move(ref HostCall c)
    {
        int target = c.IsNoneOrNil(4) ? 0 : 4;
        if (Raw(ref c, 0) == null || Raw(ref c, target) == null) return HostCall.Deferred;
        long first = c.CheckInteger(1), last = c.CheckInteger(2), to = c.CheckInteger(3);
        if (last >= first)
        {
            if (first <= 0 && last >= long.MaxValue + first) throw c.ArgumentError(2, "too many elements to move");
            if (to > long.MaxValue - (last - first + 1) + 1) throw c.ArgumentError(3, "destination wrap around");
            bool overlaps = to > first && to <= last && c[0] == c[target];
            long count = last - first + 1;
            for (long i = 0; i < count; i++)
            {
                if (c.Runtime.Interrupts.Signal.IsSet) throw c.Error("interrupted");
                long at = overlaps ? count - 1 - i : i;
                Set(ref c, target, to + at, Get(ref c, 0, first + at));
            }
        }
        return HostCall.One(c[target]);
    }

    /// <summary>Sorts numbers alone or strings alone, when there is no order given; everything else is the prelude's.</summary>
    private static LeafResult Sort(ref HostCall c)
    {
        var table = Raw(ref c, 0);
        if (table == null || c[1] != LuaTag.NilWord) return HostCall.Deferred;
        long count = TableAccess.Border(table);
        if (count < 2) return HostCall.None;
        if (count != table->Count) return HostCall.Deferred;
        var items = ItemsOf(c[0])[..(int)count];
        bool numbers = true, strings = true;
        foreach (ulong word in items)
        {
            numbers &= TagRef64.IsInt(word) || TagRef64.IsDouble(word) && !double.IsNaN(TagRef64.ToDouble(word));
            strings &= Arguments.IsString(word);
        }
        if (numbers) items.Sort(CompareNumbers);
        else if (strings) items.Sort(static (a, b) => Arguments.BytesOf(a).SequenceCompareTo(Arguments.BytesOf(b)));
        else return HostCall.Deferred;
        return HostCall.None;
    }

    private static int CompareNumbers(ulong a, ulong b)
    {
        if (TagRef64.IsInt(a) && TagRef64.IsInt(b)) return TagRef64.ToInt(a).CompareTo(TagRef64.ToInt(b));
        // Small integers are exact as doubles.
        double x = TagRef64.IsInt(a) ? TagRef64.ToInt(a) : TagRef64.ToDouble(a);
        double y = TagRef64.IsInt(b) ? TagRef64.ToInt(b) : TagRef64.ToDouble(b);
        return x.CompareTo(y);
    }

    /// <summary>check_tablelike(function, n, has argument, value, r, w, l): that the value is a table or its metatable has what the letters ask for.</summary>
    private static LeafResult CheckTableLike(ref HostCall c)
    {
        if (Arguments.IsTable(c[3])) return HostCall.None;
        var metatable = MetatableLeaves.MetatableOf(c.Runtime, c[3]);
        bool fits = metatable != null;
        string needed = fits ? Arguments.Latin1(c.CheckString(4)) : "";
        if (needed.Contains('r')) fits &= c.GetField(Metatable(ref c), "__index") != LuaTag.NilWord;
        if (needed.Contains('w')) fits &= c.GetField(Metatable(ref c), "__newindex") != LuaTag.NilWord;
        if (needed.Contains('l')) fits &= c.GetField(Metatable(ref c), "__len") != LuaTag.NilWord;
        if (fits) return HostCall.None;
        string got = c[2] == LuaTag.FalseWord ? "no value" : c.TypeName(c[3]);
        string function = Arguments.Latin1(c.CheckString(0));
        throw new LuaFailure(ErrorLeaves.Argument(c.Heap, (int)c.CheckInteger(1), $"table expected, got {got}", function));
    }

    private static ulong Metatable(ref HostCall c) =>
        TagRef64.FromRef((ulong)MetatableLeaves.MetatableOf(c.Runtime, c[3]), LuaTag.Table);

    /// <summary>compare_error(a, b).</summary>
    private static LeafResult CompareError(ref HostCall c) => throw new LuaFailure(ErrorLeaves.CompareError(c.Heap, c[0], c[1]));

    private static Span<ulong> ItemsOf(ulong table)
    {
        var t = Arguments.AsTable(table);
        return new(ValuesObject.Items(t->Array), (int)t->Count);
    }

    private static ulong Get(ref HostCall c, int argument, long index)
    {
        ulong key = LuaNumbers.FitsSmall(index) ? TagRef64.FromInt(index) : c.Integer(index);
        return TableAccess.Get(Arguments.AsTable(c[argument]), key);
    }

    private static void Set(ref HostCall c, int argument, long index, ulong value)
    {
        ulong key = LuaNumbers.FitsSmall(index) ? TagRef64.FromInt(index) : WideIndex(ref c, index, ref value);
        if (!TableInsertion.Set(c.Heap, Arguments.AsTable(c[argument]), key, value)) throw c.OutOfMemory();
    }

    /// <summary>An integer that is an object: making it may move the value.</summary>
    private static ulong WideIndex(ref HostCall c, long index, ref ulong value)
    {
        using var roots = c.Heap.OpenRoots();
        ref ulong rooted = ref roots.Tagged(value);
        ulong key = c.Integer(index);
        value = rooted;
        return key;
    }
}
