namespace Mu.Lua.Runtime;

/// <summary>The metamethods, numbered from 1; the number is the bit in a metatable's absence cache.</summary>
internal static class Metamethods
{
    public const int Index = 1, NewIndex = 2, Call = 3, Add = 4, Sub = 5, Mul = 6, Mod = 7, Pow = 8, Div = 9, IDiv = 10, BAnd = 11, BOr = 12, BXor = 13,
        Shl = 14, Shr = 15, Unm = 16, BNot = 17, Concat = 18, Len = 19, Eq = 20, Lt = 21, Le = 22, Close = 23, Gc = 24, Mode = 25, TypeName = 26, AsString = 27,
        Metatable = 28, Pairs = 29;

    private static readonly string[] Names =
    [
        "", "__index", "__newindex", "__call", "__add", "__sub", "__mul", "__mod", "__pow", "__div", "__idiv", "__band", "__bor", "__bxor",
        "__shl", "__shr", "__unm", "__bnot", "__concat", "__len", "__eq", "__lt", "__le", "__close", "__gc", "__mode", "__name", "__tostring",
        "__metatable", "__pairs",
    ];

    public static int Count => Names.Length;

    public static string NameOf(int index) => Names[index];

    /// <summary>The number of a metamethod's name; 0 when the bytes are none.</summary>
    public static int IndexOf(ReadOnlySpan<byte> name)
    {
        if (name.Length < 4 || name[0] != '_' || name[1] != '_') return 0;
        for (int i = 1; i < Names.Length; i++)
            if (Matches(Names[i], name)) return i;
        return 0;
    }

    private static bool Matches(string candidate, ReadOnlySpan<byte> name)
    {
        if (candidate.Length != name.Length) return false;
        for (int i = 0; i < name.Length; i++)
            if (candidate[i] != name[i]) return false;
        return true;
    }
}
