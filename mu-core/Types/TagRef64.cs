using System.Numerics;

namespace Mu.Core.Types;

/// <summary>
/// The bit layout of <c>tagref64</c>: a NaN box rotated left by 13, so that the kind is in the low 12 bits, where x64 has
/// short immediates, and an int&lt;52&gt; sits left-justified, where the hardware's overflow flag is its own.
/// <para>
/// Let E = rol(w, 13), w a double's bits: E[11:1] is the exponent, E[0] the mantissa's top bit, E[12] the sign and E[63:13] the rest of the
/// mantissa. A finite double has an exponent below 7FF, hence E[11:1] ≠ 7FF, and needs no more than the rotation. What remains:
/// </para>
/// <list type="table">
/// <item><term>int</term><description>E[11:0] = FFF; E[63:12] is the value. All 2^52 values.</description></item>
/// <item><term>±infinity</term><description>0FFE and 1FFE: the rotation, like any double.</description></item>
/// <item><term>NaN</term><description>4FFE; every NaN is stored as this one.</description></item>
/// <item><term>reference</term><description>E[11:0] = FFE and E[13] = 1; E[63:19] is the address divided by 8, and E[18:14],E[12] the tag's
/// bits 5..1 and 0.</description></item>
/// </list>
/// The zero word is +0.0, which is the specification's initial value.
/// </summary>
public static class TagRef64
{
    /// <summary>Low bits that tell the kind.</summary>
    public const ulong KindMask = 0xFFF;
    /// <summary>The kind bits of an integer.</summary>
    public const ulong IntKind = 0xFFF;
    /// <summary>Distance of an integer's value from bit 0.</summary>
    public const int IntShift = 12;
    /// <summary>Rotation (to the left) from a double's bits to the box.</summary>
    public const int DoubleRotation = 13;
    /// <summary>Bits that are <see cref="RefKind"/> in a reference and in nothing else.</summary>
    public const ulong RefMask = 0x2FFF;
    /// <summary>The value of the bits of <see cref="RefMask"/> in a reference.</summary>
    public const ulong RefKind = 0x2FFE;
    /// <summary>Kind bits and tag bits of a reference.</summary>
    public const ulong RefTagMask = 0x7FFFF;
    /// <summary>Distance of an address from its own bit position.</summary>
    public const int AddressShift = 16;
    /// <summary>The one NaN.</summary>
    public const ulong CanonicalNaN = 0x4FFE;

    /// <summary>Whether the word holds an int&lt;52&gt;.</summary>
    public static bool IsInt(ulong word) => (word & KindMask) == IntKind;

    /// <summary>Whether the word holds a reference with a tag.</summary>
    public static bool IsRef(ulong word) => (word & RefMask) == RefKind;

    /// <summary>Whether the word holds a double.</summary>
    public static bool IsDouble(ulong word) => !IsInt(word) && !IsRef(word);

    /// <summary>Boxes the low 52 bits of <paramref name="value"/>.</summary>
    public static ulong FromInt(long value) => ((ulong)value << IntShift) | IntKind;

    /// <summary>Boxes a double; NaNs become one.</summary>
    public static ulong FromDouble(double value) =>
        double.IsNaN(value) ? CanonicalNaN : BitOperations.RotateLeft(BitConverter.DoubleToUInt64Bits(value), DoubleRotation);

    /// <summary>Boxes an object's address (8-byte aligned, below 2^48; 0 is NULL) with the low 6 bits of <paramref name="tag"/>.</summary>
    public static ulong FromRef(ulong address, int tag) => (address << AddressShift) | RefBits(tag);

    /// <summary>The low 19 bits of a reference with this tag.</summary>
    public static ulong RefBits(int tag) => RefKind | ((ulong)(tag & 1) << 12) | ((ulong)((tag >> 1) & 0x1F) << 14);

    /// <summary>The integer, sign-extended. The word must hold one.</summary>
    public static long ToInt(ulong word) => (long)word >> IntShift;

    /// <summary>The double. The word must hold one.</summary>
    public static double ToDouble(ulong word) => BitConverter.UInt64BitsToDouble(BitOperations.RotateRight(word, DoubleRotation));

    /// <summary>The address, 0 for NULL. The word must hold a reference.</summary>
    public static ulong ToAddress(ulong word) => (word >> AddressShift) & ~7UL;

    /// <summary>The tag. Of a word that holds no reference it is arbitrary bits: a test of kind and tag need not branch between the two.</summary>
    public static int ToTag(ulong word) => (int)((word >> 12) & 1) | (int)(((word >> 14) & 0x1F) << 1);

    /// <summary>The same reference word with another address: what a collector writes when the object has moved.</summary>
    public static ulong WithAddress(ulong word, ulong address) => (word & RefTagMask) | (address << AddressShift);
}
