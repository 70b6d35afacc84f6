using Mu.Core.Types;
using Mu.Lua.Runtime.Host;
using Mu.Lua.Runtime.Leaves;

namespace Mu.Lua.Library;

// The functions of 5.2 that the usual build of 5.4 still has (lmathlib.c's LUA_COMPAT_MATHLIB).
internal static unsafe partial class MathLibrary
{
    private const int DoubleBias = 1022;

    private static void RegisterCompatible(LibraryBuilder b)
    {
        b.Add(Library, "atan2", &Atan);
        b.Add(Library, "cosh", &HyperbolicCosine);
        b.Add(Library, "sinh", &HyperbolicSine);
        b.Add(Library, "tanh", &HyperbolicTangent);
        b.Add(Library, "pow", &Power);
        b.Add(Library, "frexp", &SplitExponent);
        b.Add(Library, "ldexp", &ScaleByExponent);
        b.Add(Library, "log10", &DecimalLogarithm);
    }

    private static LeafResult HyperbolicCosine(ref HostCall c) => Arguments.Double(Math.Cosh(c.CheckNumber(0)));

    private static LeafResult HyperbolicSine(ref HostCall c) => Arguments.Double(Math.Sinh(c.CheckNumber(0)));

    private static LeafResult HyperbolicTangent(ref HostCall c) => Arguments.Double(Math.Tanh(c.CheckNumber(0)));

    private static LeafResult Power(ref HostCall c)
    {
        double x = c.CheckNumber(0);
        return Arguments.Double(Math.Pow(x, c.CheckNumber(1)));
    }

    private static LeafResult DecimalLogarithm(ref HostCall c) => Arguments.Double(Math.Log10(c.CheckNumber(0)));

    /// <summary>frexp(x): m and e with x = m · 2^e and ½ ≤ |m| &lt; 1; both 0 for 0.</summary>
    private static LeafResult SplitExponent(ref HostCall c)
    {
        double x = c.CheckNumber(0);
        if (x == 0 || !double.IsFinite(x)) return c.Two(TagRef64.FromDouble(x), TagRef64.FromInt(0));
        int exponent = Math.ILogB(x) + 1;
        // In two steps: the inverse of the least subnormal's power of two is no double.
        double mantissa = Math.ScaleB(Math.ScaleB(x, -Math.Clamp(exponent, -DoubleBias, DoubleBias)), -(exponent - Math.Clamp(exponent, -DoubleBias, DoubleBias)));
        return c.Two(TagRef64.FromDouble(mantissa), TagRef64.FromInt(exponent));
    }

    private static LeafResult ScaleByExponent(ref HostCall c)
    {
        double x = c.CheckNumber(0);
        return Arguments.Double(Math.ScaleB(x, (int)Math.Clamp(c.CheckInteger(1), int.MinValue, int.MaxValue)));
    }
}
