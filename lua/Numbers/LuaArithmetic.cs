namespace Mu.Lua.Numbers;

/// <summary>The arithmetic of lvm.c where it differs from the machine's: floored division, shifts, conversions, mixed comparisons.</summary>
internal static class LuaArithmetic
{
    private const double TwoTo63 = 9223372036854775808.0;

    /// <summary>Floored division; the caller has raised "attempt to perform 'n//0'" for zero.</summary>
    public static long FloorDivide(long a, long b)
    {
        if (b == -1) return unchecked(-a); // the machine's division would trap on the least integer
        long quotient = a / b;
        return (a ^ b) < 0 && quotient * b != a ? quotient - 1 : quotient;
    }

    /// <summary>Remainder of floored division; the caller has raised "attempt to perform 'n%%0'" for zero.</summary>
    public static long Modulo(long a, long b)
    {
        if (b == -1) return 0;
        long rest = a % b;
        return rest != 0 && (rest ^ b) < 0 ? rest + b : rest;
    }

    /// <summary>Floored float division.</summary>
    public static double FloorDivide(double a, double b) => Math.Floor(a / b);

    /// <summary>Float remainder with the sign of the divisor.</summary>
    public static double Modulo(double a, double b)
    {
        double rest = a % b; // C's fmod
        bool signsDiffer = rest > 0 ? b < 0 : rest < 0 && b > 0;
        return signsDiffer ? rest + b : rest;
    }

    /// <summary>Exponentiation; squares are exact products, as in PUC.</summary>
    public static double Power(double a, double b) => b == 2 ? a * a : Math.Pow(a, b);

    /// <summary>Logical shift; a negative count shifts right, 64 or more gives 0.</summary>
    public static long ShiftLeft(long value, long count)
    {
        if (count <= -64 || count >= 64) return 0;
        return count >= 0 ? value << (int)count : (long)((ulong)value >> (int)-count);
    }

    /// <summary>Logical shift right.</summary>
    public static long ShiftRight(long value, long count) => count == long.MinValue ? 0 : ShiftLeft(value, -count);

    /// <summary>The integer equal to a float, if there is one.</summary>
    public static bool TryToInteger(double value, out long integer)
    {
        bool fits = value >= -TwoTo63 && value < TwoTo63;
        integer = fits ? (long)value : 0;
        return fits && integer == value;
    }

    /// <summary>The floor as an integer, if it fits.</summary>
    public static bool TryFloor(double value, out long integer) => TryToInteger(Math.Floor(value), out integer);

    /// <summary>The ceiling as an integer, if it fits.</summary>
    public static bool TryCeiling(double value, out long integer) => TryToInteger(Math.Ceiling(value), out integer);

    /// <summary>Exact i &lt; f.</summary>
    public static bool Less(long i, double f) => TryCeiling(f, out long bound) ? i < bound : f > 0;

    /// <summary>Exact i &lt;= f.</summary>
    public static bool LessOrEqual(long i, double f) => TryFloor(f, out long bound) ? i <= bound : f > 0;

    /// <summary>Exact f &lt; i.</summary>
    public static bool Less(double f, long i) => TryFloor(f, out long bound) ? bound < i : f < 0;

    /// <summary>Exact f &lt;= i.</summary>
    public static bool LessOrEqual(double f, long i) => TryCeiling(f, out long bound) ? bound <= i : f < 0;

    /// <summary>Exact equality.</summary>
    public static bool AreEqual(long i, double f) => TryToInteger(f, out long other) && i == other;
}
