using System.Buffers.Binary;

namespace Mu.Lua.Text.Strings;

/// <summary>A seeded hash of all bytes of a string: 128-bit products folded over 8-byte chunks, in the manner of wyhash.</summary>
internal static class StringHash
{
    private const ulong First = 0xa0761d6478bd642f, Second = 0xe7037ed1a0b428db;

    /// <summary>The hash.</summary>
    public static ulong Of(ReadOnlySpan<byte> text, ulong seed)
    {
        ulong hash = seed ^ Fold((ulong)text.Length ^ First, Second);
        while (text.Length >= 8)
        {
            hash = Fold(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(text) ^ First, Second);
            text = text[8..];
        }
        ulong tail = 0;
        foreach (byte c in text) tail = (tail << 8) | c;
        return Fold(hash ^ tail ^ Second, First);
    }

    private static ulong Fold(ulong a, ulong b)
    {
        ulong high = Math.BigMul(a, b, out ulong low);
        return high ^ low;
    }
}
