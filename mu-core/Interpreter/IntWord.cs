using System.Numerics;
using Mu.Core.Types;

namespace Mu.Core.Interpreter;

/// <summary>
/// The interpreter's form of <c>int&lt;n&gt;</c> is the plainest one: the value zero-extended, for every n. Compiled code has others for odd widths (docs/abi.md), which
/// are visible in memory (33 to 63 bits), to runtime functions and to clients that are handed words.
/// </summary>
internal static class IntWord
{
    /// <summary>Width of a type's words as integers: pointers, references and the low word of an int&lt;128&gt; have 64 bits.</summary>
    public static int BitsOf(MuType type) => type switch
    {
        IntType i => Math.Min(i.Bits, 64),
        { Kind: TypeKind.Float } => 32,
        _ => 64,
    };

    /// <summary>All-ones of a width.</summary>
    public static ulong Mask(int bits) => ulong.MaxValue >> (64 - bits);

    /// <summary>The value as a signed number.</summary>
    public static long Signed(ulong word, int bits) => (long)(word << (64 - bits)) >> (64 - bits);

    /// <summary>Whether compiled code keeps the width left-justified in its words.</summary>
    public static bool IsJustified(int bits) => bits is not (1 or 8 or 16 or 32 or 64);

    /// <summary>The word that compiled code and runtime functions have for the interpreter's word.</summary>
    public static ulong ToContract(MuType type, ulong word) => type is IntType { Bits: var bits } && IsJustified(bits) ? word << (64 - bits) : word;

    /// <summary>The interpreter's word for the word that compiled code and runtime functions have.</summary>
    public static ulong FromContract(MuType type, ulong word) => type switch
    {
        IntType { Bits: var bits } => IsJustified(bits) ? word >> (64 - bits) : word & Mask(bits),
        { Kind: TypeKind.Float } => (uint)word,
        _ => word,
    };

    /// <summary>A shift count: its low m bits, 2^m ≥ n.</summary>
    public static int ShiftCount(ulong word, int bits) => (int)(word & (BitOperations.RoundUpToPowerOf2((ulong)bits) - 1));
}
