using System.Text;
using Mu.Core.Types;
using Mu.Lua.Numbers;
using Mu.Lua.Runtime;
using Mu.Lua.Runtime.Host;
using Mu.Lua.Runtime.Leaves;
using Mu.Lua.Runtime.Tables;

namespace Mu.Lua.Library;

/// <summary>Reading of arguments and making of results, beyond what <see cref="HostCall"/> has.</summary>
internal static unsafe class Arguments
{
    public static LibraryState Library(this ref HostCall c) => c.Runtime.Library;

    public static LeafResult Double(double value) => HostCall.One(TagRef64.FromDouble(value));

    public static LeafResult Boolean(bool value) => HostCall.One(LuaTag.Boolean(value));

    public static LeafResult Nil => HostCall.One(LuaTag.NilWord);

    public static string Latin1(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    public static bool IsTable(ulong word) => LuaTag.Has(word, LuaTag.Table);

    public static bool IsString(ulong word) => LuaTag.Has(word, LuaTag.String);

    public static bool IsNumber(ulong word) => !TagRef64.IsRef(word) || LuaTag.Has(word, LuaTag.BoxedInteger);

    public static TableObject* AsTable(ulong word) => (TableObject*)TagRef64.ToAddress(word);

    public static ReadOnlySpan<byte> BytesOf(ulong stringWord) => StringObject.Bytes((StringObject*)TagRef64.ToAddress(stringWord));

    /// <summary>luaL_checkoption.</summary>
    public static int CheckOption(this ref HostCall c, int index, string? otherwise, params ReadOnlySpan<string> options)
    {
        string given = otherwise is not null && c.IsNoneOrNil(index) ? otherwise : Latin1(c.CheckString(index));
        int found = options.IndexOf(given);
        return found >= 0 ? found : throw c.ArgumentError(index, $"invalid option '{given}'");
    }

    public static long IntegerOrMissing(this ref HostCall c, int index, long otherwise) => c.OptionalInteger(index, otherwise);

    /// <summary>Arguments from <paramref name="first"/> on, as results.</summary>
    public static LeafResult Rest(this ref HostCall c, int first)
    {
        int count = c.Count - first;
        if (count <= 0) return HostCall.None;
        if (count == 1) return HostCall.One(c[first]);
        var array = c.Heap.NewValues(count);
        if (array == null) throw c.OutOfMemory();
        for (int i = 0; i < count; i++) ValuesObject.Items(array)[i] = c[first + i];
        return c.All(array);
    }

    /// <summary>A root slot with a new array of <paramref name="count"/> nils, tagged as a cell: for results that are made one by one.</summary>
    public static ref ulong NewResults(this ref HostCall c, int count)
    {
        var array = c.Heap.NewValues(count);
        if (array == null) throw c.OutOfMemory();
        new Span<ulong>(ValuesObject.Items(array), count).Fill(LuaTag.NilWord);
        return ref c.Root(TagRef64.FromRef((ulong)array, LuaTag.Cell));
    }

    public static void SetResult(ref ulong results, int index, ulong value) => ValuesObject.Items((ValuesObject*)TagRef64.ToAddress(results))[index] = value;

    /// <summary>The results of such an array: any number of them.</summary>
    public static LeafResult Results(this ref HostCall c, ref ulong results) => c.All((ValuesObject*)TagRef64.ToAddress(results));

    /// <summary>A string of bytes outside of the guest heap.</summary>
    public static LeafResult StringResult(this ref HostCall c, scoped ReadOnlySpan<byte> bytes) => HostCall.One(c.String(bytes));

    /// <summary>table[name] = value, raw.</summary>
    public static void SetField(this ref HostCall c, ref ulong table, string name, ulong value)
    {
        ref ulong rooted = ref c.Root(value);
        ulong key = c.String(name);
        if (!TableInsertion.Set(c.Heap, AsTable(table), key, rooted)) throw c.OutOfMemory();
    }

    public static void SetIndex(this ref HostCall c, ref ulong table, long index, ulong value)
    {
        if (!TableInsertion.Set(c.Heap, AsTable(table), TagRef64.FromInt(index), value)) throw c.OutOfMemory();
    }

    public static ref ulong NewTable(this ref HostCall c)
    {
        var table = c.Heap.NewTable();
        if (table == null) throw c.OutOfMemory();
        return ref c.Root(TagRef64.FromRef((ulong)table, LuaTag.Table));
    }

    /// <summary>table[name], raw.</summary>
    public static ulong GetField(this ref HostCall c, ulong table, string name)
    {
        ref ulong rooted = ref c.Root(table);
        ulong key = c.String(name);
        return TableAccess.Get(AsTable(rooted), key);
    }

    /// <summary>The text of a number; false for other values.</summary>
    public static bool TryNumberText(ulong word, Span<byte> to, out int length)
    {
        length = 0;
        if (!LuaNumbers.TryGet(word, out bool isInteger, out long integer, out double number)) return false;
        length = isInteger ? LuaNumberText.Write(integer, to) : LuaNumberText.Write(number, to);
        return true;
    }

    public static string TypeName(this ref HostCall c, ulong word) => ErrorLeaves.TypeNameOf(c.Runtime, word);
}
