using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mu.Core.Types;
using Mu.Lua.Numbers;

namespace Mu.Lua.Runtime.Leaves;

/// <summary>Concatenation.</summary>
internal static unsafe class StringLeaves
{
    /// <summary>All operands when they are strings and numbers; else NeedsMetamethod, and the caller goes on pair by pair.</summary>
    [UnmanagedCallersOnly]
    public static LeafResult Concat(nint context, ulong count, ulong a, ulong b, ulong c, ulong d)
    {
        var heap = LuaRuntime.HeapOf(context);
        return Join(heap, [a, b, c, d], (int)(uint)count) ?? new(0, Operations.Arithmetic.NeedsMetamethod);
    }

    /// <summary>a .. b, its metamethod, or an error. <paramref name="packed"/> and <paramref name="number"/> tell which operand of a chain a is; b is the next, or what those right of a have given.</summary>
    [UnmanagedCallersOnly]
    public static LeafResult ConcatPair(nint context, ulong left, ulong right, ulong packed, ulong number)
    {
        var heap = LuaRuntime.HeapOf(context);
        if (Join(heap, [left, right], 2) is { } joined) return joined;
        ulong handler = MetatableLeaves.FindBinary(heap.Runtime, left, right, Metamethods.Concat);
        return handler != LuaTag.NilWord
            ? new(handler, Operations.Arithmetic.NeedsMetamethod)
            : new(ErrorLeaves.ConcatenationError(heap, left, right, IsStringOrNumber(left), Operations.Concatenation.OperandsBehind((int)packed, (int)number)), Operations.Arithmetic.Failed);
    }

    private static bool IsStringOrNumber(ulong word) => LuaTag.Has(word, LuaTag.String) || LuaNumbers.TryGet(word, out _, out _, out _);

    [SkipLocalsInit]
    private static LeafResult? Join(LuaHeap heap, ReadOnlySpan<ulong> operands, int count)
    {
        Span<byte> numbers = stackalloc byte[LuaNumberText.MaxLength * 4];
        Span<int> lengths = stackalloc int[4];
        long total = 0;
        for (int i = 0; i < count; i++)
        {
            if (LuaTag.Has(operands[i], LuaTag.String)) lengths[i] = StringObject.Length((StringObject*)TagRef64.ToAddress(operands[i]));
            else if (LuaNumbers.TryGet(operands[i], out bool isInteger, out long integer, out double number))
            {
                var text = numbers.Slice(i * LuaNumberText.MaxLength, LuaNumberText.MaxLength);
                lengths[i] = isInteger ? LuaNumberText.Write(integer, text) : LuaNumberText.Write(number, text);
            }
            else return null;
            total += lengths[i];
        }
        return total <= StringObject.MaxInterned
            ? JoinShort(heap, operands, numbers, lengths, count, (int)total)
            : JoinLong(heap, operands, numbers, lengths, count, total);
    }

    [SkipLocalsInit]
    private static LeafResult JoinShort(LuaHeap heap, ReadOnlySpan<ulong> operands, ReadOnlySpan<byte> numbers, ReadOnlySpan<int> lengths, int count, int total)
    {
        Span<byte> bytes = stackalloc byte[StringObject.MaxInterned];
        Copy(operands, numbers, lengths, count, bytes);
        return Result(heap, heap.NewString(bytes[..total]));
    }

    private static LeafResult JoinLong(LuaHeap heap, ReadOnlySpan<ulong> operands, ReadOnlySpan<byte> numbers, ReadOnlySpan<int> lengths, int count, long total)
    {
        using var roots = heap.OpenRoots();
        ref ulong a = ref roots.Tagged(operands[0]);
        ref ulong b = ref roots.Tagged(operands[1]);
        ref ulong c = ref roots.Tagged(count > 2 ? operands[2] : LuaTag.NilWord);
        ref ulong d = ref roots.Tagged(count > 3 ? operands[3] : LuaTag.NilWord);
        var s = heap.NewUnfilled(total);
        if (s == null) return Result(heap, null);
        Copy([a, b, c, d], numbers, lengths, count, StringObject.Bytes(s));
        return Result(heap, heap.Complete(s));
    }

    private static void Copy(ReadOnlySpan<ulong> operands, ReadOnlySpan<byte> numbers, ReadOnlySpan<int> lengths, int count, Span<byte> to)
    {
        for (int i = 0; i < count; i++)
        {
            var source = LuaTag.Has(operands[i], LuaTag.String)
                ? StringObject.Bytes((StringObject*)TagRef64.ToAddress(operands[i]))
                : numbers.Slice(i * LuaNumberText.MaxLength, lengths[i]);
            source.CopyTo(to);
            to = to[lengths[i]..];
        }
    }

    private static LeafResult Result(LuaHeap heap, StringObject* s) => s == null
        ? new(heap.Runtime.OutOfMemoryMessage, Operations.Arithmetic.Failed)
        : LeafResult.Done(TagRef64.FromRef((ulong)s, LuaTag.String));
}
