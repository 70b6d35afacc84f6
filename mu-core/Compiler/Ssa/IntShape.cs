using Mu.Core.Types;

namespace Mu.Core.Compiler.Ssa;

/// <summary>How <c>int&lt;n&gt;</c> sits in a word (docs/abi.md): low bits for 1, 8, 16, 32 and 64, left-justified otherwise.</summary>
internal readonly struct IntShape
{
    public IntShape(int bits)
    {
        if (bits > 64) throw new ArgumentOutOfRangeException(nameof(bits), $"int<{bits}> is no word");
        Bits = bits;
    }

    public int Bits { get; }

    public bool IsBool => Bits == 1;

    public bool IsJustified => Bits is not (1 or 8 or 16 or 32 or 64);

    /// <summary>8 or 16: narrower than the machine's operations, with undefined upper bits.</summary>
    public bool IsNarrow => Bits is 8 or 16;

    /// <summary>Distance of the value from bit 0.</summary>
    public int Shift => IsJustified ? 64 - Bits : 0;

    /// <summary>Width of the machine operations.</summary>
    public byte Width => Bits is 1 or 8 or 16 or 32 ? (byte)32 : (byte)64;

    public ValueKind Kind => Bits == 1 ? ValueKind.Bool : Width == 32 ? ValueKind.I32 : ValueKind.I64;

    public int MemorySize => Bits <= 8 ? 1 : Bits <= 16 ? 2 : Bits <= 32 ? 4 : 8;

    /// <summary>Stored shifted down.</summary>
    public bool IsShiftedInMemory => IsJustified && Bits <= 32;

    public static IntShape Of(MuType type) => type switch
    {
        IntType i => new IntShape(i.Bits),
        _ => new IntShape(64),
    };

    /// <summary>The word of a constant.</summary>
    public long Encode(ulong value) => Bits switch
    {
        1 => (long)(value & 1),
        8 => (sbyte)value,
        16 => (short)value,
        32 => (int)value,
        64 => (long)value,
        _ => (long)(value << Shift),
    };
}
