using Mu.Core.Types;
using Mu.Lua.Numbers;

namespace Mu.Lua.Runtime;

/// <summary>Numbers as Lua values: integers in two forms, doubles, and strings that look like numbers.</summary>
internal static unsafe class LuaNumbers
{
    /// <summary>The range of int&lt;52&gt;.</summary>
    public const long MinSmall = -(1L << 51), MaxSmall = (1L << 51) - 1;

    public static bool FitsSmall(long value) => value is >= MinSmall and <= MaxSmall;

    /// <summary>A number's value; false for what is no number.</summary>
    public static bool TryGet(ulong word, out bool isInteger, out long integer, out double number)
    {
        isInteger = true;
        number = 0;
        integer = 0;
        if (TagRef64.IsInt(word)) integer = TagRef64.ToInt(word);
        else if (!TagRef64.IsRef(word))
        {
            isInteger = false;
            number = TagRef64.ToDouble(word);
            // A value has one NaN. It is shown with its sign set, as that of 0/0 is on x86.
            if (double.IsNaN(number)) number = double.NaN;
        }
        else if (LuaTag.Has(word, LuaTag.BoxedInteger)) integer = (long)((CellObject*)TagRef64.ToAddress(word))->Value;
        else return false;
        return true;
    }

    /// <summary>A number, or a string that converts to one (manual §3.4.3).</summary>
    public static bool TryCoerce(ulong word, out bool isInteger, out long integer, out double number)
    {
        if (TryGet(word, out isInteger, out integer, out number)) return true;
        return LuaTag.Has(word, LuaTag.String)
            && LuaNumber.TryParse(StringObject.Bytes((StringObject*)TagRef64.ToAddress(word)), out isInteger, out integer, out number);
    }

    /// <summary>An integer as a value; 0 when memory for a boxed one is exhausted (0 is the word of +0.0, which no integer has).</summary>
    public static ulong FromInteger(LuaHeap heap, long value)
    {
        if (FitsSmall(value)) return TagRef64.FromInt(value);
        var box = heap.NewBoxedInteger(value);
        return box == null ? 0 : TagRef64.FromRef((ulong)box, LuaTag.BoxedInteger);
    }
}
