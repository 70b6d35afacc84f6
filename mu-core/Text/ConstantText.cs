using System.Globalization;
using System.Numerics;
using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Text;

/// <summary>Literals of constants that are not made of others.</summary>
internal static class ConstantText
{
    // Above this integers are more likely to be masks and bit patterns than counts.
    private const long LargestDecimal = 1_000_000;

    public static string Of(Constant constant) => constant switch
    {
        IntConstant c => Integer(c),
        FloatConstant c => Single(c.Value),
        DoubleConstant c => Double(c.Value),
        NullConstant => "NULL",
        ExternConstant c => $"EXTERN \"{c.Symbol}\"",
        TagRefConstant c => Tagged(c),
        _ => throw new InvalidOperationException($"{constant.GetType().Name} has no literal"),
    };

    private static string Integer(IntConstant constant)
    {
        int bits = constant.Type is IntType type ? type.Bits : 64;
        if (bits > 64) return "0x" + (((BigInteger)constant.High << 64) | constant.Value).ToString("x", CultureInfo.InvariantCulture);
        long signed = bits == 1 ? (long)constant.Value : (long)(constant.Value << (64 - bits)) >> (64 - bits);
        return signed is >= -LargestDecimal and <= LargestDecimal ? signed.ToString(CultureInfo.InvariantCulture) : $"0x{constant.Value:x}";
    }

    private static string Double(double value)
    {
        if (double.IsFinite(value)) return WithFraction(value.ToString("R", CultureInfo.InvariantCulture)) + "d";
        if (double.IsInfinity(value)) return value > 0 ? "+infd" : "-infd";
        ulong bits = BitConverter.DoubleToUInt64Bits(value);
        return bits == BitConverter.DoubleToUInt64Bits(double.NaN) ? "nand" : $"bitsd(0x{bits:x})";
    }

    private static string Single(float value)
    {
        if (float.IsFinite(value)) return WithFraction(value.ToString("R", CultureInfo.InvariantCulture)) + "f";
        if (float.IsInfinity(value)) return value > 0 ? "+inff" : "-inff";
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return bits == BitConverter.SingleToUInt32Bits(float.NaN) ? "nanf" : $"bitsf(0x{bits:x})";
    }

    // The text form wants digits on both sides of a point, before the exponent.
    private static string WithFraction(string digits)
    {
        if (digits.Contains('.', StringComparison.Ordinal)) return digits;
        int exponent = digits.IndexOf('E', StringComparison.Ordinal);
        return exponent < 0 ? digits + ".0" : digits.Insert(exponent, ".0");
    }

    private static string Tagged(TagRefConstant constant)
    {
        ulong word = constant.Word;
        if (TagRef64.IsInt(word)) return $"tagref int {TagRef64.ToInt(word).ToString(CultureInfo.InvariantCulture)}";
        if (TagRef64.IsDouble(word)) return $"tagref double {(word == TagRef64.CanonicalNaN ? "nand" : Double(TagRef64.ToDouble(word)))}";
        if (TagRef64.ToAddress(word) == 0) return $"tagref null {TagRef64.ToTag(word).ToString(CultureInfo.InvariantCulture)}";
        throw new InvalidOperationException($"tagref64 constant {constant} holds the address of an object");
    }
}
