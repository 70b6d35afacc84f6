using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mu.Core.Types;
using Mu.Lua.Numbers;

namespace Mu.Lua.Runtime.Leaves;

/// <summary>
/// What the Mu code in front of library functions (<see cref="Operations.FastBuiltins"/>) calls with arguments that it has checked. A zero word as the result says that memory is exhausted, and the
/// library function is called after all, to say so.
/// </summary>
internal static unsafe class BuiltinLeaves
{
    /// <summary>Bytes of a string, from a start counted from 0.</summary>
    [UnmanagedCallersOnly]
    public static ulong Substring(nint context, ulong text, ulong start, ulong length) =>
        Word(LuaRuntime.HeapOf(context).Substring((StringObject*)text, (int)start, (int)length));

    /// <summary>The text of a number.</summary>
    [UnmanagedCallersOnly]
    [SkipLocalsInit]
    public static ulong NumberText(nint context, ulong number)
    {
        Span<byte> text = stackalloc byte[LuaNumberText.MaxLength];
        LuaNumbers.TryGet(number, out bool isInteger, out long integer, out double real);
        int length = isInteger ? LuaNumberText.Write(integer, text) : LuaNumberText.Write(real, text);
        return Word(LuaRuntime.HeapOf(context).NewString(text[..length]));
    }

    /// <summary>The number that a string says, or nil.</summary>
    [UnmanagedCallersOnly]
    public static LeafResult ParseNumber(nint context, ulong text)
    {
        if (!LuaNumber.TryParse(StringObject.Bytes((StringObject*)text), out bool isInteger, out long integer, out double real)) return LeafResult.Done(LuaTag.NilWord);
        if (!isInteger) return LeafResult.Done(TagRef64.FromDouble(real));
        if (LuaNumbers.FitsSmall(integer)) return LeafResult.Done(TagRef64.FromInt(integer));
        ulong boxed = LuaNumbers.FromInteger(LuaRuntime.HeapOf(context), integer);
        return boxed == 0 ? LeafResult.Error(boxed) : LeafResult.Done(boxed);
    }

    private static ulong Word(StringObject* s) => s == null ? 0 : TagRef64.FromRef((ulong)s, LuaTag.String);
}
