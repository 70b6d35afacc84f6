using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Mu.Lua.Text.Strings;

/// <summary>A seeded hash of all bytes of a string: 128-bit products folded over 8-byte chunks, in the manner of wyhash; the last chunk overlaps the one before it.</summary>
internal static class StringHash
{
    private const ulong First = 0xa0761d6478bd642f, Second = 0xe7037ed1a0b428db;

    /// <summary>The hash.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(ReadOnlySpan<byte> text, ulong seed)
    {
        ref byte start = ref MemoryMarshal.GetReference(text);
        int length = text.Length;
        ulong hash = seed ^ ((ulong)length * Second);
        ulong tail;
        if (length >= 8)
        {
            int at = 0;
            for (; at < length - 8; at += 8) hash = Fold(hash ^ Read<ulong>(ref start, at) ^ First, Second);
            tail = Read<ulong>(ref start, length - 8);
        }
        else if (length >= 4) tail = Read<uint>(ref start, 0) | ((ulong)Read<uint>(ref start, length - 4) << 32);
        else if (length > 0) tail = start | ((ulong)Unsafe.Add(ref start, length >> 1) << 8) | ((ulong)Unsafe.Add(ref start, length - 1) << 16);
        else tail = 0;
        return Fold(hash ^ tail ^ Second, First);
    }

    private static T Read<T>(ref byte start, int at) where T : unmanaged => Unsafe.ReadUnaligned<T>(ref Unsafe.Add(ref start, at));

    private static ulong Fold(ulong a, ulong b)
    {
        ulong high = Math.BigMul(a, b, out ulong low);
        return high ^ low;
    }
}
