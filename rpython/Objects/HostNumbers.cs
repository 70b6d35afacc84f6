using System.Globalization;
using System.Numerics;

namespace Mu.RPython.Objects;

/// <summary>Numbers at compile time.</summary>
internal static class HostNumbers
{
    public static object Normalize(BigInteger value) => value >= long.MinValue && value <= long.MaxValue ? (object)(long)value : value;

    public static bool IsInteger(object value) => value is long or BigInteger or bool;

    public static bool IsNumber(object value) => value is long or BigInteger or bool or double;

    public static BigInteger ToBig(object value) => value switch
    {
        long i => i,
        BigInteger b => b,
        bool b => b ? 1 : 0,
        PyFixedInteger f => f.Kind.IsSigned ? (BigInteger)f.Bits : f.Kind.IsWide ? (BigInteger)(UInt128)f.Bits : (ulong)f.Word,
        double d => new BigInteger(d),
        _ => throw new InvalidCastException($"{value} is no integer"),
    };

    public static double ToDouble(object value) => value switch
    {
        double d => d,
        long i => i,
        bool b => b ? 1 : 0,
        // .NET's conversion of a BigInteger cuts off; Python's rounds.
        _ => double.Parse(ToBig(value).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
    };

    public static Complex ToComplex(object value) => value is Complex c ? c : ToDouble(value);

    /// <summary>A value modulo 2^n as a fixed-width integer.</summary>
    public static PyFixedInteger Fix(IntegerKind kind, BigInteger value) => new(kind, kind.Wrap((Int128)(UInt128)(value & UInt128.MaxValue)));

    public static BigInteger FloorDivide(BigInteger a, BigInteger b)
    {
        var quotient = BigInteger.DivRem(a, b, out var remainder);
        return !remainder.IsZero && (remainder.Sign < 0) != (b.Sign < 0) ? quotient - 1 : quotient;
    }

    public static BigInteger Modulo(BigInteger a, BigInteger b) => a - FloorDivide(a, b) * b;

    public static double Modulo(double a, double b)
    {
        double r = Math.IEEERemainder(0, 1) + a % b;
        return r != 0 && (r < 0) != (b < 0) ? r + b : r;
    }
}
