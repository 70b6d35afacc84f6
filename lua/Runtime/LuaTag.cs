using Mu.Core.Types;

namespace Mu.Lua.Runtime;

/// <summary>The reference tags of Lua values, and the words of the constants.</summary>
internal static class LuaTag
{
    public const int Nil = 0, False = 1, True = 2, Table = 3, String = 4, Function = 5, Userdata = 6, Coroutine = 7;

    /// <summary>An integer that does not fit 52 bits.</summary>
    public const int BoxedInteger = 8;

    /// <summary>The cell of a captured variable; never a value that a program sees.</summary>
    public const int Cell = 9;

    /// <summary>Light userdata: an address of the host in a one-word object.</summary>
    public const int LightUserdata = 10;

    public static readonly ulong NilWord = TagRef64.FromRef(0, Nil);
    public static readonly ulong FalseWord = TagRef64.FromRef(0, False);
    public static readonly ulong TrueWord = TagRef64.FromRef(0, True);

    /// <summary>The key of a node whose weak key died.</summary>
    public static readonly ulong DeadKeyWord = TagRef64.FromRef(0, Cell);

    public static bool IsFalsy(ulong word) => word == NilWord || word == FalseWord;

    public static bool Has(ulong word, int tag) => (word & TagRef64.RefTagMask) == TagRef64.RefBits(tag);

    public static ulong Boolean(bool value) => value ? TrueWord : FalseWord;
}
