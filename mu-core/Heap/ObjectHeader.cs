namespace Mu.Core.Heap;

/// <summary>
/// The header word before every object: bits 0–7 collector state, 8–31 type id, 32–63 number of elements (docs/abi.md).
/// <para>
/// While an object's old copy is a forwarding word, bit 0 is set, bits 3–46 are the new address and bits 48–63 the old copy's size in
/// words: the size keeps the memory walkable from object to object for as long as the line is not reused.
/// </para>
/// </summary>
internal static unsafe class ObjectHeader
{
    /// <summary>Size of the header; a reference points just behind it.</summary>
    public const ulong Size = 8;

    /// <summary>Set in a forwarding word only.</summary>
    public const ulong Forwarded = 1;

    /// <summary>The bits of the mark: 0 fresh, else the number of the epoch (1 or 2, shifted) that found the object live.</summary>
    public const ulong MarkMask = 0b110;

    /// <summary>The first epoch's mark.</summary>
    public const ulong FirstEpoch = 0b010;

    /// <summary>The object must not move.</summary>
    public const ulong Pinned = 0b1000;

    /// <summary>The object is registered for finalisation.</summary>
    public const ulong Finalizable = 0b10000;

    /// <summary>Where the type id is.</summary>
    public const int TypeShift = 8;

    /// <summary>Mask of a type id after shifting.</summary>
    public const uint TypeMask = 0xFF_FFFF;

    /// <summary>Where the number of elements is.</summary>
    public const int LengthShift = 32;

    /// <summary>The header of a new object.</summary>
    public static ulong Fresh(int typeId, uint length = 0) => ((ulong)length << LengthShift) | ((ulong)(uint)typeId << TypeShift);

    /// <summary>The type id in a header that is not a forwarding word.</summary>
    public static int TypeId(ulong header) => (int)((uint)(header >> TypeShift) & TypeMask);

    /// <summary>The number of elements in a header that is not a forwarding word.</summary>
    public static uint Length(ulong header) => (uint)(header >> LengthShift);

    /// <summary>The forwarding word of an object of <paramref name="size"/> bytes (with header) that moved to <paramref name="address"/>.</summary>
    public static ulong Forward(ulong address, ulong size) => address | Forwarded | (size << (48 - 3));

    /// <summary>The new address in a forwarding word.</summary>
    public static ulong ForwardAddress(ulong word) => word & 0x7FFF_FFFF_FFF8;

    /// <summary>The size of the old copy that a forwarding word replaced, with header.</summary>
    public static ulong ForwardedSize(ulong word) => word >> 48 << 3;

    /// <summary>The header of the object at <paramref name="reference"/>.</summary>
    public static ref ulong Of(ulong reference) => ref *(ulong*)(reference - Size);
}
