namespace Mu.RPython.Objects;

/// <summary>Width and sign of a fixed-width integer type. RPython's int is 64 bits, signed.</summary>
internal sealed record IntegerKind(string Name, int Bits, bool IsSigned)
{
    public static readonly IntegerKind Signed = new("int", 64, true);
    public static readonly IntegerKind Unsigned = new("r_uint", 64, false);
    public static readonly IntegerKind Signed32 = new("r_int32", 32, true);
    public static readonly IntegerKind Unsigned32 = new("r_uint32", 32, false);

    public static readonly IntegerKind Signed16 = new("r_int16", 16, true);
    public static readonly IntegerKind Unsigned16 = new("r_uint16", 16, false);
    public static readonly IntegerKind Signed8 = new("r_int8", 8, true);
    public static readonly IntegerKind Unsigned8 = new("r_uint8", 8, false);

    public static readonly IntegerKind Signed128 = new("r_longlonglong", 128, true);
    public static readonly IntegerKind Unsigned128 = new("r_ulonglonglong", 128, false);

    private static readonly IntegerKind[] All = [Signed, Unsigned, Signed32, Unsigned32, Signed16, Unsigned16, Signed8, Unsigned8, Signed128, Unsigned128];

    /// <summary>Whether values take two words.</summary>
    public bool IsWide => Bits == 128;

    public static IntegerKind Of(int bits, bool isSigned) => Array.Find(All, k => k.Bits == bits && k.IsSigned == isSigned)!;

    /// <summary>A value's low bits as those of a value of this type: extended as the sign says to 64 bits, and from 64 bits on by the sign.</summary>
    public Int128 Wrap(Int128 bits) => IsWide ? bits : Bits == 64 ? (long)bits : IsSigned ? (long)bits << (64 - Bits) >> (64 - Bits) : (long)bits & ((1L << Bits) - 1);
}
