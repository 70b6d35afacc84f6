using System.Runtime.CompilerServices;
using Mu.Core.Interpreter;
using Mu.Core.Types;

namespace Mu.Core.Threads;

/// <summary>Scalars between native code, in registers or in memory, and the words that Mu functions exchange (docs/abi.md).</summary>
internal static unsafe class NativeImage
{
    /// <summary>The word of a scalar in a native register, whose upper bits are undefined.</summary>
    public static ulong FromWord(MuType type, ulong word) => IntWord.ToContract(type, type is IntType integer ? word & integer.Mask : word);

    /// <summary>A scalar for a native register: integers in the low bits.</summary>
    public static ulong ToWord(MuType type, ulong word) => IntWord.FromContract(type, word);

    /// <summary>The word of a scalar in memory.</summary>
    public static ulong Read(MuType type, void* address)
    {
        ulong image = TypeLayout.Of(type).Size switch
        {
            1 => *(byte*)address,
            2 => Unsafe.ReadUnaligned<ushort>(address),
            4 => Unsafe.ReadUnaligned<uint>(address),
            _ => Unsafe.ReadUnaligned<ulong>(address),
        };
        return IsLeftInMemory(type) ? image : FromWord(type, image);
    }

    /// <summary>Writes a word as the scalar is in memory.</summary>
    public static void Write(MuType type, void* address, ulong word)
    {
        ulong image = IsLeftInMemory(type) ? word : ToWord(type, word);
        switch (TypeLayout.Of(type).Size)
        {
            case 1: *(byte*)address = (byte)image; break;
            case 2: Unsafe.WriteUnaligned(address, (ushort)image); break;
            case 4: Unsafe.WriteUnaligned(address, (uint)image); break;
            default: Unsafe.WriteUnaligned(address, image); break;
        }
    }

    /// <summary>33 to 63 bits are left-justified in memory too.</summary>
    private static bool IsLeftInMemory(MuType type) => type is IntType { Bits: > 32 and < 64 };
}
