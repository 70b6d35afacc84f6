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

    private static readonly IntegerKind[] All = [Signed, Unsigned, Signed32, Unsigned32, Signed16, Unsigned16, Signed8, Unsigned8];

    public static IntegerKind Of(int bits, bool isSigned) => Array.Find(All, k => k.Bits == bits && k.IsSigned == isSigned)!;

    /// <summary>A value's low bits, extended to 64 bits as the sign says.</summary>
    public long Wrap(long bits) => Bits == 64 ? bits : IsSigned ? bits << (64 - Bits) >> (64 - Bits) : bits & ((1L << Bits) - 1);
}
