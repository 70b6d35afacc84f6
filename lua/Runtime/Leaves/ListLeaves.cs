using System.Runtime.InteropServices;

namespace Mu.Lua.Runtime.Leaves;

/// <summary>Leaves on the arrays of value lists. They give 0 when there is no memory.</summary>
internal static unsafe class ListLeaves
{
    /// <summary>The extra part of a list of <paramref name="n"/> values when one is put before it: the fourth value moves in.</summary>
    [UnmanagedCallersOnly]
    public static ulong PrependExtra(nint context, ulong n, ulong fourth, ulong extra)
    {
        var heap = LuaRuntime.HeapOf(context);
        using var roots = heap.OpenRoots();
        ref ulong e = ref roots.Ref(extra);
        ref ulong v = ref roots.Tagged(fourth);
        long old = Math.Max((long)n - LuaTypes.RegisterValues, 0);
        var grown = heap.NewValues(old + 1);
        if (grown == null) return 0;
        ValuesObject.Items(grown)[0] = v;
        Copy((ValuesObject*)e, 0, grown, 1, old);
        return (ulong)grown;
    }

    /// <summary>The extra part of a list of <paramref name="n"/> values without its first.</summary>
    [UnmanagedCallersOnly]
    public static ulong DropExtra(nint context, ulong n, ulong extra) =>
        Slice(LuaRuntime.HeapOf(context), extra, 1, (long)n - LuaTypes.RegisterValues - 1);

    /// <summary>The elements of an array from the fifth on.</summary>
    [UnmanagedCallersOnly]
    public static ulong SliceExtra(nint context, ulong values) =>
        Slice(LuaRuntime.HeapOf(context), values, LuaTypes.RegisterValues, ValuesObject.Capacity((ValuesObject*)values) - LuaTypes.RegisterValues);

    /// <summary>An array of <paramref name="count"/> elements of another from <paramref name="from"/> on.</summary>
    [UnmanagedCallersOnly]
    public static ulong Collect(nint context, ulong from, ulong count, ulong values) => Slice(LuaRuntime.HeapOf(context), values, (long)from, (long)count);

    private static ulong Slice(LuaHeap heap, ulong values, long from, long count)
    {
        using var roots = heap.OpenRoots();
        ref ulong v = ref roots.Ref(values);
        var slice = heap.NewValues(count);
        if (slice != null) Copy((ValuesObject*)v, from, slice, 0, count);
        return (ulong)slice;
    }

    private static void Copy(ValuesObject* source, long from, ValuesObject* target, long to, long count)
    {
        if (count > 0)
            new ReadOnlySpan<ulong>(ValuesObject.Items(source) + from, (int)count).CopyTo(new Span<ulong>(ValuesObject.Items(target) + to, (int)count));
    }
}
