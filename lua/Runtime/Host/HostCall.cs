using System.Runtime.CompilerServices;
using System.Text;
using Mu.Core.Api;
using Mu.Core.Types;
using Mu.Lua.Numbers;
using Mu.Lua.Runtime.Leaves;

namespace Mu.Lua.Runtime.Host;

/// <summary>An error that a library function raises: caught where the call came from Mu code, never beyond.</summary>
internal sealed class LuaFailure(ulong value) : Exception
{
    /// <summary>The error value. No allocation in the guest heap happens between throw and catch.</summary>
    public ulong Value { get; } = value;
}

/// <summary>
/// One call of a library function written in C#: its arguments (kept in root slots), results, argument checks with PUC's messages (lauxlib.c). Such a function
/// never calls guest code. Addresses taken from arguments are stale after anything that allocates: take them again.
/// </summary>
internal unsafe ref struct HostCall
{
    private readonly MutatorRoots roots;
    private readonly ref ulong first;
    private readonly ref ulong extra;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public HostCall(LuaRuntime runtime, Mutator mutator, int count, ulong a0, ulong a1, ulong a2, ulong a3)
    {
        Heap = new LuaHeap(runtime, mutator);
        Count = count;
        roots = mutator.OpenRoots();
        first = ref roots.Tagged(a0, a1, a2, a3);
        if (count > LuaTypes.RegisterValues) extra = ref roots.Ref(runtime.StateWord(RootCell.Transfer));
    }

    public LuaHeap Heap { get; }

    public readonly LuaRuntime Runtime => Heap.Runtime;

    /// <summary>Number of arguments.</summary>
    public int Count { get; }

    /// <summary>Argument <paramref name="index"/>, from 0; nil when there are fewer.</summary>
    public readonly ulong this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (uint)index < LuaTypes.RegisterValues ? Unsafe.Add(ref first, index) : ExtraArgument(index);
    }

    private readonly ulong ExtraArgument(int index) =>
        index < Count ? ValuesObject.Items((ValuesObject*)extra)[index - LuaTypes.RegisterValues] : LuaTag.NilWord;

    /// <summary>The function object that was called; stale after anything that allocates, as every address.</summary>
    public readonly FunctionObject* Callee => (FunctionObject*)Runtime.StateWord(RootCell.Callee);

    /// <summary>Four adjacent root slots, the first of them.</summary>
    public readonly ref ulong FourRoots(ulong a, ulong b) => ref roots.Tagged(a, b, LuaTag.NilWord, LuaTag.NilWord);

    /// <summary>A further root slot, for the time of the call.</summary>
    public readonly ref ulong Root(ulong word) => ref roots.Tagged(word);

    public readonly void Dispose() => roots.Dispose();

    // Results.

    public static LeafResult None => new(LuaTag.NilWord, 0);

    /// <summary>Raises an error, as throwing <see cref="LuaFailure"/> does, but at the price of a return: for what programs do in loops.</summary>
    public static LeafResult Raise(ulong error) => new(error, HostFunctions.Failed);

    public static LeafResult One(ulong value) => new(value, 1);

    /// <summary>The call goes on in Lua: the function's deferred part (a prelude function) gets the same arguments, as a tail call.</summary>
    public static LeafResult Deferred => new(LuaTag.NilWord, HostFunctions.DeferredStatus);

    /// <summary>Two results. Up to four need no array: those from the second on travel in the state's root cell.</summary>
    public readonly LeafResult Two(ulong a, ulong b)
    {
        Runtime.StateWord(RootCell.Second) = b;
        return new(a, 2);
    }

    /// <summary>Three results.</summary>
    public readonly LeafResult Three(ulong a, ulong b, ulong c) => Four(a, b, c, LuaTag.NilWord, 3);

    /// <summary>Four results, or as many of them as <paramref name="count"/> says.</summary>
    public readonly LeafResult Four(ulong a, ulong b, ulong c, ulong d, int count = 4)
    {
        ref ulong words = ref Runtime.StateWord(RootCell.Second);
        words = b;
        Unsafe.Add(ref words, RootCell.Third - RootCell.Second) = c;
        Unsafe.Add(ref words, RootCell.Fourth - RootCell.Second) = d;
        return new(a, (ulong)count);
    }

    /// <summary>The elements of a full array (its length is their number) as results.</summary>
    public readonly LeafResult All(ValuesObject* array)
    {
        uint count = ValuesObject.Capacity(array);
        if (count > LuaTypes.RegisterValues) return new(TagRef64.FromRef((ulong)array, LuaTag.Cell), count);
        ulong* items = ValuesObject.Items(array);
        return count switch
        {
            0 => None,
            1 => One(items[0]),
            _ => Four(items[0], items[1], count > 2 ? items[2] : LuaTag.NilWord, count > 3 ? items[3] : LuaTag.NilWord, (int)count),
        };
    }

    public readonly ulong String(ReadOnlySpan<byte> bytes)
    {
        var s = Heap.NewString(bytes);
        return s != null ? TagRef64.FromRef((ulong)s, LuaTag.String) : throw OutOfMemory();
    }

    public readonly ulong String(string text) => String(Encoding.UTF8.GetBytes(text));

    public readonly ulong Integer(long value)
    {
        ulong word = LuaNumbers.FromInteger(Heap, value);
        return word != 0 || value == 0 ? word : throw OutOfMemory();
    }

    public readonly ulong Substring(ulong stringWord, int start, int length)
    {
        var s = Heap.Substring((StringObject*)TagRef64.ToAddress(stringWord), start, length);
        return s != null ? TagRef64.FromRef((ulong)s, LuaTag.String) : throw OutOfMemory();
    }

    // Errors.

    public readonly LuaFailure OutOfMemory() => new(Runtime.OutOfMemoryMessage);

    /// <summary>An error with the position of the Lua code that called (luaL_error).</summary>
    public readonly LuaFailure Error(string message) => new(ErrorLeaves.HostLocated(Heap, message));

    /// <summary>bad argument #n to 'f' (message); <paramref name="index"/> from 0.</summary>
    public readonly LuaFailure ArgumentError(int index, string message) => new(ErrorLeaves.Argument(Heap, index + 1, message));

    public readonly LuaFailure TypeError(int index, string expected) =>
        ArgumentError(index, $"{expected} expected, got {(index >= Count ? "no value" : LuaTag.Has(this[index], LuaTag.LightUserdata) ? "light userdata" : ErrorLeaves.TypeNameOf(Runtime, this[index]))}");

    // Checked arguments.

    public readonly void CheckAny(int index)
    {
        if (index >= Count) throw ArgumentError(index, "value expected");
    }

    public readonly TableObject* CheckTable(int index) =>
        LuaTag.Has(this[index], LuaTag.Table) ? (TableObject*)TagRef64.ToAddress(this[index]) : throw TypeError(index, "table");

    /// <summary>The bytes of a string argument, or of a number's text. Valid until the next allocation; a number is replaced by its text first.</summary>
    public readonly ReadOnlySpan<byte> CheckString(int index)
    {
        EnsureString(index);
        return StringObject.Bytes((StringObject*)TagRef64.ToAddress(this[index]));
    }

    /// <summary>Makes sure that an argument is a string, turning a number into its text.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void EnsureString(int index)
    {
        if (!LuaTag.Has(this[index], LuaTag.String)) MakeString(index);
    }

    private readonly void MakeString(int index)
    {
        ulong word = this[index];
        if (!LuaNumbers.TryGet(word, out bool isInteger, out long integer, out double number)) throw TypeError(index, "string");
        Span<byte> text = stackalloc byte[LuaNumberText.MaxLength];
        int length = isInteger ? LuaNumberText.Write(integer, text) : LuaNumberText.Write(number, text);
        Set(index, String(text[..length]));
    }

    public readonly bool IsNoneOrNil(int index) => this[index] == LuaTag.NilWord;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly long CheckInteger(int index)
    {
        ulong word = this[index];
        return TagRef64.IsInt(word) ? TagRef64.ToInt(word) : ToInteger(index, word);
    }

    private readonly long ToInteger(int index, ulong word)
    {
        if (!LuaNumbers.TryCoerce(word, out bool isInteger, out long integer, out double number)) throw TypeError(index, "number");
        if (isInteger || LuaArithmetic.TryToInteger(number, out integer)) return integer;
        throw ArgumentError(index, "number has no integer representation");
    }

    public readonly long OptionalInteger(int index, long otherwise) => IsNoneOrNil(index) ? otherwise : CheckInteger(index);

    public readonly double CheckNumber(int index) =>
        LuaNumbers.TryCoerce(this[index], out bool isInteger, out long integer, out double number) ? isInteger ? integer : number : throw TypeError(index, "number");

    /// <summary>Replaces an argument; for coercions.</summary>
    public readonly void Set(int index, ulong word)
    {
        if (index < LuaTypes.RegisterValues) Unsafe.Add(ref first, index) = word;
        else SetExtra(index - LuaTypes.RegisterValues, word);
    }

    /// <summary>The caller's array may be seen by others, a variadic function's arguments for one: this call gets a copy.</summary>
    private readonly void SetExtra(int index, ulong word)
    {
        ref ulong rooted = ref Root(word);
        int count = Count - LuaTypes.RegisterValues;
        var copy = Heap.NewValues(count);
        if (copy == null) throw OutOfMemory();
        new ReadOnlySpan<ulong>(ValuesObject.Items((ValuesObject*)extra), count).CopyTo(new Span<ulong>(ValuesObject.Items(copy), count));
        ValuesObject.Items(copy)[index] = rooted;
        extra = (ulong)copy;
    }
}
