using System.Runtime.CompilerServices;
using Mu.Core.Api;
using Mu.Core.Types;
using Mu.Lua.Runtime.Strings;
using Mu.Lua.Text.Strings;

namespace Mu.Lua.Runtime;

/// <summary>
/// Allocation of Lua's objects, for leaves. Everything that allocates may collect, and gives null (or false) when memory is exhausted. Arguments that are objects
/// are rooted by the callee.
/// </summary>
internal readonly unsafe ref struct LuaHeap(LuaRuntime runtime, Mutator mutator)
{
    public LuaRuntime Runtime { get; } = runtime;

    public Mutator Mutator { get; } = mutator;

    public MutatorRoots OpenRoots() => Mutator.OpenRoots();

    public TableObject* NewTable()
    {
        var table = (TableObject*)Mutator.New(Runtime.HeapTypes.Table);
        if (table != null) table->Nodes = Runtime.SharedNodes;
        return table;
    }

    public bool IsSharedNodes(NodesObject* nodes) => nodes == Runtime.SharedNodes;

    /// <summary>A values array; with the weakness that <paramref name="like"/> has (null: strong). The items are not nil but zero words.</summary>
    public ValuesObject* NewValues(long capacity, ValuesObject* like = null) =>
        (ValuesObject*)Mutator.NewHybrid(like == null ? Runtime.HeapTypes.Values : Mutator.TypeOf((ulong)like), (ulong)capacity);

    /// <summary>A node array of free nodes, with the weakness that <paramref name="like"/> has.</summary>
    public NodesObject* NewNodes(ulong size, NodesObject* like)
    {
        if (size > 1UL << 30) return null;
        var nodes = (NodesObject*)Mutator.NewHybrid(IsSharedNodes(like) ? Runtime.HeapTypes.Nodes : Mutator.TypeOf((ulong)like), size);
        if (nodes == null) return null;
        nodes->LastFree = (long)size;
        for (ulong i = 0; i < size; i++)
        {
            var node = NodesObject.At(nodes, (long)i);
            node->Key = node->Value = LuaTag.NilWord;
        }
        return nodes;
    }

    /// <summary>A string with these bytes, which must not lie in the guest heap.</summary>
    public StringObject* NewString(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > StringObject.MaxInterned) return NewLong(bytes);
        uint hash = HashOf(bytes);
        var found = Runtime.Strings.Find(bytes, hash);
        return found != null ? found : NewShort(bytes, hash);
    }

    /// <summary>The bytes of a guest string from <paramref name="start"/> as a new one.</summary>
    public StringObject* Substring(StringObject* source, int start, int length)
    {
        if (length > StringObject.MaxInterned) return LongSubstring(source, start, length);
        var bytes = StringObject.Bytes(source).Slice(start, length);
        if (length == 1) return OneByte(bytes[0]);
        uint hash = HashOf(bytes);
        var found = Runtime.Strings.Find(bytes, hash);
        return found != null ? found : CopyShort(bytes, hash);
    }

    /// <summary>The string of one byte.</summary>
    public StringObject* OneByte(byte c) =>
        (StringObject*)TagRef64.ToAddress(ValuesObject.Items((ValuesObject*)Runtime.StateWord(RootCell.ByteStrings))[c]);

    /// <summary>A long string whose bytes the caller fills in, before <see cref="Complete"/>.</summary>
    public StringObject* NewUnfilled(long length) =>
        length > int.MaxValue ? null : (StringObject*)Mutator.NewHybrid(Runtime.HeapTypes.String, (ulong)length);

    /// <summary>Interns a string whose bytes are there if it is short: its equal may be there already. A long one is hashed when it becomes a key.</summary>
    public StringObject* Complete(StringObject* s)
    {
        var bytes = StringObject.Bytes(s);
        if (bytes.Length > StringObject.MaxInterned) return s;
        uint hash = HashOf(bytes);
        var found = Runtime.Strings.Find(bytes, hash);
        return found != null ? found : Intern(s, hash);
    }

    /// <summary>A boxed integer.</summary>
    public CellObject* NewBoxedInteger(long value)
    {
        var box = (CellObject*)Mutator.New(Runtime.HeapTypes.BoxedInteger);
        if (box != null) box->Value = (ulong)value;
        return box;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint HashOf(ReadOnlySpan<byte> bytes) => (uint)StringHash.Of(bytes, 0);

    private StringObject* NewLong(ReadOnlySpan<byte> bytes)
    {
        var s = (StringObject*)Mutator.NewHybrid(Runtime.HeapTypes.String, (ulong)bytes.Length);
        if (s != null) bytes.CopyTo(StringObject.Bytes(s));
        return s;
    }

    private StringObject* NewShort(ReadOnlySpan<byte> bytes, uint hash)
    {
        var s = (StringObject*)Mutator.NewHybrid(Runtime.HeapTypes.String, (ulong)bytes.Length);
        if (s == null) return null;
        bytes.CopyTo(StringObject.Bytes(s));
        return Intern(s, hash);
    }

    /// <summary>A short string of bytes in the guest heap: they are copied outside of it first, where a collection cannot move them.</summary>
    [SkipLocalsInit]
    private StringObject* CopyShort(ReadOnlySpan<byte> bytes, uint hash)
    {
        Span<byte> copy = stackalloc byte[StringObject.MaxInterned];
        bytes.CopyTo(copy);
        return NewShort(copy[..bytes.Length], hash);
    }

    private StringObject* LongSubstring(StringObject* source, int start, int length)
    {
        using var roots = OpenRoots();
        ref ulong root = ref roots.Ref((ulong)source);
        var s = (StringObject*)Mutator.NewHybrid(Runtime.HeapTypes.String, (ulong)length);
        if (s != null) StringObject.Bytes((StringObject*)root).Slice(start, length).CopyTo(StringObject.Bytes(s));
        return s;
    }

    private StringObject* Intern(StringObject* s, uint hash)
    {
        s->Info = hash | StringObject.InternedBit | ((ulong)Metamethods.IndexOf(StringObject.Bytes(s)) << StringObject.MetamethodShift);
        if (Runtime.Strings.Add(s)) Mutator.CollectSoon();
        return s;
    }
}
