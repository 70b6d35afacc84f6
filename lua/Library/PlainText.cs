using System.Text;
using Mu.Core.Types;
using Mu.Lua.Numbers;
using Mu.Lua.Runtime;
using Mu.Lua.Runtime.Host;
using Mu.Lua.Runtime.Leaves;
using Mu.Lua.Runtime.Tables;
using Mu.Lua.Text;

namespace Mu.Lua.Library;

/// <summary>The text of values as <c>tostring</c> gives it, as long as no metamethod has a say.</summary>
internal static unsafe class PlainText
{
    /// <summary>Appends the text; false, with nothing appended, when the value has __tostring.</summary>
    public static bool TryAppend(ref HostCall c, ulong word, ByteBuffer to)
    {
        if (Arguments.IsString(word))
        {
            to.Append(Arguments.BytesOf(word));
            return true;
        }
        Span<byte> text = stackalloc byte[LuaNumberText.MaxLength];
        if (Arguments.TryNumberText(word, text, out int length)) to.Append(text[..length]);
        else if (MetatableLeaves.Find(c.Runtime, word, Metamethods.AsString) != LuaTag.NilWord) return false;
        else if (word == LuaTag.NilWord) to.Append("nil"u8);
        else if (word == LuaTag.TrueWord) to.Append("true"u8);
        else if (word == LuaTag.FalseWord) to.Append("false"u8);
        else to.Append(Encoding.Latin1.GetBytes($"{KindOf(ref c, word)}: {Pointer(word)}"));
        return true;
    }

    /// <summary>What stands for an address: objects move, so it is made of the identity hash.</summary>
    public static ulong Address(ulong word)
    {
        ulong copy = LuaTag.Has(word, LuaTag.String) ? StringObject.CopyNumber((StringObject*)TagRef64.ToAddress(word)) : 0;
        return 0x5500_0000_0000UL + (copy << 36) + ((ulong)Key.Hash(word) << 4);
    }

    private static string Pointer(ulong word) => $"0x{Address(word):x}";

    private static string KindOf(ref HostCall c, ulong word)
    {
        ulong name = MetatableLeaves.Find(c.Runtime, word, Metamethods.TypeName);
        return Arguments.IsString(name) ? ErrorLeaves.Latin1(name) : LuaTypeNames.Of(word);
    }
}
