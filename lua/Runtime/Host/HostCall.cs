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
    private readonly ref ulong first, second, third, fourth, extra;

    public HostCall(LuaRuntime runtime, Mutator mutator, int count, ulong a0, ulong a1, ulong a2, ulong a3)
    {
        Heap = new LuaHeap(runtime, mutator);
        Count = count;
        roots = mutator.OpenRoots();
        first = ref roots.Tagged(a0);
        second = ref roots.Tagged(a1);
        third = ref roots.Tagged(a2);
        fourth = ref roots.Tagged(a3);
        extra = ref roots.Ref(count > LuaTypes.RegisterValues ? runtime.StateWord(LuaState.Transfer) : 0);
    }

    public LuaHeap Heap { get; }

    public readonly LuaRuntime Runtime => Heap.Runtime;

    /// <summary>Number of arguments.</summary>
    public int Count { get; }

    /// <summary>Argument <paramref name="index"/>, from 0; nil when there are fewer.</summary>
    public readonly ulong this[int index] => index switch
    {
        0 => first,
        1 => second,
        2 => third,
        3 => fourth,
        _ => index < Count ? ValuesObject.Items((ValuesObject*)extra)[index - LuaTypes.RegisterValues] : LuaTag.NilWord,
    };

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

    /// <summary>Two results, without an array: the second travels in the state's root cell.</summary>
    public readonly LeafResult Two(ulong a, ulong b)
    {
        Runtime.StateWord(LuaState.Second) = b;
        return new(a, HostFunctions.PairStatus);
    }

    /// <summary>Any number of results. They are rooted before the array is made.</summary>
    public readonly LeafResult Many(ReadOnlySpan<ulong> values)
    {
        if (values.Length == 0) return None;
        if (values.Length == 1) return One(values[0]);
        var copies = roots;
        int start = 0;
        ref ulong slot = ref copies.Tagged(values[0]);
        for (start = 1; start < values.Length; start++) copies.Tagged(values[start]);
        var array = Heap.NewValues(values.Length);
        if (array == null) throw OutOfMemory();
        for (int i = 0; i < values.Length; i++) ValuesObject.Items(array)[i] = System.Runtime.CompilerServices.Unsafe.Add(ref slot, i);
        return new(TagRef64.FromRef((ulong)array, LuaTag.Cell), (ulong)values.Length);
    }

    /// <summary>The elements of a full array (its length is their number; at least two) as results.</summary>
    public static LeafResult All(ValuesObject* array) => new(TagRef64.FromRef((ulong)array, LuaTag.Cell), ValuesObject.Capacity(array));

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
        ArgumentError(index, $"{expected} expected, got {(index < Count ? ErrorLeaves.TypeNameOf(Runtime, this[index]) : "no value")}");

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
    public readonly void EnsureString(int index)
    {
        ulong word = this[index];
        if (LuaTag.Has(word, LuaTag.String)) return;
        if (!LuaNumbers.TryGet(word, out bool isInteger, out long integer, out double number)) throw TypeError(index, "string");
        Span<byte> text = stackalloc byte[LuaNumberText.MaxLength];
        int length = isInteger ? LuaNumberText.Write(integer, text) : LuaNumberText.Write(number, text);
        Set(index, String(text[..length]));
    }

    public readonly bool IsNoneOrNil(int index) => this[index] == LuaTag.NilWord;

    public readonly long CheckInteger(int index)
    {
        ulong word = this[index];
        if (TagRef64.IsInt(word)) return TagRef64.ToInt(word);
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
        switch (index)
        {
            case 0: first = word; break;
            case 1: second = word; break;
            case 2: third = word; break;
            case 3: fourth = word; break;
            default: ValuesObject.Items((ValuesObject*)extra)[index - LuaTypes.RegisterValues] = word; break;
        }
    }
}
