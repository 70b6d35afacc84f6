namespace Mu.Lua.Text.Packing;

/// <summary>What an item of a pack format stands for (KOption of lstrlib.c).</summary>
internal enum PackKind : byte
{
    /// <summary>Only alignment or a setting: takes no value.</summary>
    None,
    Signed,
    Unsigned,
    Float,
    Double,

    /// <summary>A string of a size the format gives.</summary>
    FixedString,

    /// <summary>A string after its length.</summary>
    CountedString,

    /// <summary>A string that ends with a zero byte.</summary>
    ZeroString,

    /// <summary>One byte of padding: takes no value.</summary>
    Padding,
}

/// <summary>One item of a pack format at its place in the data.</summary>
internal readonly record struct PackItem(PackKind Kind, int Size, int Alignment, bool IsLittleEndian)
{
    /// <summary>The largest size of an integer.</summary>
    public const int MaxIntegerSize = 16;

    /// <summary>Whether a value goes with it.</summary>
    public bool TakesValue => Kind is not (PackKind.None or PackKind.Padding);
}
