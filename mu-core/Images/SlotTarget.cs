namespace Mu.Core.Images;

/// <summary>How a word that refers is written; the numbers stand in files.</summary>
internal enum SlotCode
{
    /// <summary>NULL; of a pointer, also address 0.</summary>
    Null,
    /// <summary>An object's beginning: its number follows.</summary>
    Object,
    /// <summary>A place in an object: its number and the distance follow.</summary>
    InObject,
    /// <summary>A place in a global cell: its number as a global variable and the distance follow.</summary>
    InCell,
    /// <summary>A function, or an exposed one: its number as a global variable follows.</summary>
    Global,
    /// <summary>The address of a native symbol, whose name follows.</summary>
    Symbol,
    /// <summary>One more than the last.</summary>
    Limit,
}

/// <summary>What a word refers to.</summary>
internal readonly record struct SlotTarget(SlotCode Code, int Number, ulong Distance, string? Symbol)
{
    public static SlotTarget OfObject(int number) => new(SlotCode.Object, number, 0, null);

    public static SlotTarget OfObject(int number, ulong distance) => new(SlotCode.InObject, number, distance, null);

    public static SlotTarget OfCell(int number, ulong distance) => new(SlotCode.InCell, number, distance, null);

    public static SlotTarget OfGlobal(int number) => new(SlotCode.Global, number, 0, null);

    public static SlotTarget Of(string symbol) => new(SlotCode.Symbol, 0, 0, symbol);
}
