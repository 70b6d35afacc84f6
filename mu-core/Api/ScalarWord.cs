using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Api;

/// <summary>The words of scalars (docs/abi.md, "Words in registers and slots"): from and to plain numbers, memory and constants.</summary>
internal static class ScalarWord
{
    /// <summary>The word of an integer given by its low bits.</summary>
    public static ulong FromInteger(IntType type, ulong value) => IsJustified(Width(type)) ? value << (64 - type.Bits) : value & type.Mask;

    /// <summary>The integer of a word, zero-extended.</summary>
    public static ulong ToInteger(IntType type, ulong word) => IsJustified(Width(type)) ? word >> (64 - type.Bits) : word & type.Mask;

    /// <summary>What is stored in memory for a word.</summary>
    public static ulong ToMemory(MuType type, ulong word) => type is IntType { Bits: < 33 } narrow ? ToInteger(narrow, word) : word;

    /// <summary>The word of what is stored in memory.</summary>
    public static ulong FromMemory(MuType type, ulong stored) => type is IntType { Bits: < 33 } narrow ? FromInteger(narrow, stored) : stored;

    /// <summary>The words of a constant's scalars. <paramref name="addressOf"/> gives those of functions, cells and native symbols.</summary>
    public static IEnumerable<ulong> OfConstant(GlobalValue constant, Func<GlobalValue, ulong> addressOf) => constant switch
    {
        IntConstant { Type.IsWideInt: true } wide => [wide.Value, wide.High],
        IntConstant { Type: IntType type } i => [FromInteger(type, i.Value)],
        IntConstant pointer => [pointer.Value],
        FloatConstant f => [BitConverter.SingleToUInt32Bits(f.Value)],
        DoubleConstant d => [BitConverter.DoubleToUInt64Bits(d.Value)],
        TagRefConstant t => [t.Word],
        NullConstant => [0],
        CompositeConstant c => c.Elements.SelectMany(e => OfConstant(e, addressOf)),
        _ => [addressOf(constant)],
    };

    private static int Width(IntType type) => type.Bits <= 64 ? type.Bits : throw new NotSupportedException($"{type}: integers of more than 64 bits are not supported");

    private static bool IsJustified(int bits) => bits is not (1 or 8 or 16 or 32 or 64);
}
