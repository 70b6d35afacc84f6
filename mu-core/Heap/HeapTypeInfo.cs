using System.Runtime.InteropServices;

namespace Mu.Core.Heap;

/// <summary>How the collector looks for references in an object.</summary>
internal enum ScanShape : byte
{
    /// <summary>There are none.</summary>
    Leaf,
    /// <summary>A few at fixed offsets.</summary>
    Fixed,
    /// <summary>At fixed offsets, and every word of the variable part is a ref.</summary>
    RefElements,
    /// <summary>At fixed offsets, and every word of the variable part is a tagref64.</summary>
    TagRefElements,
    /// <summary>At fixed offsets, and at the same offsets in each element.</summary>
    MappedElements,
    /// <summary>At fixed offsets; the variable part's tagref64 words are weak in some way (<see cref="WeakMode"/>).</summary>
    Weak,
    /// <summary>A stack: <see cref="IStackScanner"/> knows.</summary>
    Stack,
}

/// <summary>Which tagref64 words of a hybrid's variable part do not keep their objects alive: what <c>__mode</c> needs.</summary>
internal enum WeakMode : byte
{
    /// <summary>All are strong.</summary>
    None,
    /// <summary>Each word stands for itself and is weak.</summary>
    Elements,
    /// <summary>Ephemeron pairs: a key is weak, and its value is kept by the key (Hayes, "Ephemerons", OOPSLA 1997).</summary>
    Keys,
    /// <summary>Pairs of a strong key and a weak value.</summary>
    Values,
    /// <summary>Pairs with both weak.</summary>
    KeysAndValues,
}

/// <summary>What a weak variant of a hybrid does with its variable part.</summary>
/// <param name="Mode">What is weak.</param>
/// <param name="ClearedKey">The word that replaces a dead key (its value becomes <paramref name="ClearedValue"/>).</param>
/// <param name="ClearedValue">The word that replaces a dead value or element.</param>
/// <param name="StrongTags">References whose 6-bit tag is in this set are strong nevertheless (Lua: strings are values, not objects).</param>
internal readonly record struct WeakPolicy(WeakMode Mode, ulong ClearedKey = 0, ulong ClearedValue = 0, ulong StrongTags = 0);

/// <summary>One entry of <see cref="HeapTypeTable"/>, in native memory: one cache line.</summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal unsafe struct HeapTypeInfo
{
    /// <summary>Bytes of the payload before the variable part.</summary>
    public uint FixedSize;
    /// <summary>Bytes of an element of the variable part; 0 for fixed types.</summary>
    public uint ElementSize;
    /// <summary>How to find the references.</summary>
    public ScanShape Shape;
    /// <summary>Number of entries of <see cref="FixedMap"/>.</summary>
    public int FixedCount;
    /// <summary>Number of entries of <see cref="ElementMap"/>.</summary>
    public int ElementCount;
    /// <summary>References of the fixed part: offset × 256 + kind.</summary>
    public ulong* FixedMap;
    /// <summary>References of an element, likewise.</summary>
    public ulong* ElementMap;
    /// <summary>Only for <see cref="ScanShape.Weak"/>.</summary>
    public WeakLayout* Weak;

    /// <summary>Bytes from this object's header to the next one's.</summary>
    public readonly ulong ObjectSize(uint length) => (ObjectHeader.Size + FixedSize + (ulong)ElementSize * length + 7) & ~7UL;
}

/// <summary>Where the pairs (or single words) of a weak variable part are, and its policy.</summary>
internal struct WeakLayout
{
    /// <summary>Distance between two pairs, or two words.</summary>
    public uint Stride;
    /// <summary>Offset of the key in a pair.</summary>
    public uint KeyOffset;
    /// <summary>Offset of the value in a pair, or of the word.</summary>
    public uint ValueOffset;
    /// <summary>What is weak and what replaces the dead.</summary>
    public WeakPolicy Policy;
}
