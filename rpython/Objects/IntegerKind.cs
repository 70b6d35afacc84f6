namespace Mu.RPython.Objects;

/// <summary>Width and sign of a fixed-width integer type. RPython's int is 64 bits, signed.</summary>
internal sealed record IntegerKind(string Name, int Bits, bool IsSigned)
{
    public static readonly IntegerKind Signed = new("int", 64, true);
    public static readonly IntegerKind Unsigned = new("r_uint", 64, false);
    public static readonly IntegerKind Signed32 = new("r_int32", 32, true);
    public static readonly IntegerKind Unsigned32 = new("r_uint32", 32, false);

    /// <summary>A value's low bits, extended to 64 bits as the sign says.</summary>
    public long Wrap(long bits) => Bits == 64 ? bits : IsSigned ? bits << (64 - Bits) >> (64 - Bits) : bits & ((1L << Bits) - 1);
}
