using Mu.Core.Types;
using Mu.Lua.Numbers;
using Mu.Lua.Random;
using Mu.Lua.Runtime;
using Mu.Lua.Runtime.Host;
using Mu.Lua.Runtime.Leaves;

namespace Mu.Lua.Library;

/// <summary>math (lmathlib.c). Constants (pi, huge, …) are set by the prelude.</summary>
internal static unsafe partial class MathLibrary
{
    private const string Library = "math";

    public static void Register(LibraryBuilder b)
    {
        b.Add(Library, "abs", &Abs);
        b.Add(Library, "ceil", &Ceil);
        b.Add(Library, "floor", &Floor);
        b.Add(Library, "sqrt", &Sqrt);
        b.Add(Library, "sin", &Sin);
        b.Add(Library, "cos", &Cos);
        b.Add(Library, "tan", &Tan);
        b.Add(Library, "asin", &Asin);
        b.Add(Library, "acos", &Acos);
        b.Add(Library, "atan", &Atan);
        b.Add(Library, "exp", &Exp);
        b.Add(Library, "log", &Log);
        b.Add(Library, "deg", &Degrees);
        b.Add(Library, "rad", &Radians);
        b.Add(Library, "fmod", &FloatModulo);
        b.Add(Library, "modf", &Modf);
        b.Add(Library, "max", &Max);
        b.Add(Library, "min", &Min);
        b.Add(Library, "tointeger", &ToInteger);
        b.Add(Library, "type", &Type);
        b.Add(Library, "ult", &UnsignedLess);
        b.Add(Library, "random", &Random);
        b.Add(Library, "randomseed", &RandomSeed);
        RegisterCompatible(b);
    }

    private static LeafResult Abs(ref HostCall c)
    {
        ulong word = CheckNumberWord(ref c, 0, out bool isInteger, out long integer, out double number);
        if (!isInteger) return Arguments.Double(Math.Abs(number));
        return integer >= 0 ? HostCall.One(word) : HostCall.One(c.Integer(unchecked(-integer)));
    }

    private static LeafResult Floor(ref HostCall c)
    {
        ulong word = CheckNumberWord(ref c, 0, out bool isInteger, out _, out double number);
        return isInteger ? HostCall.One(word) : Rounded(ref c, Math.Floor(number));
    }

    private static LeafResult Ceil(ref HostCall c)
    {
        ulong word = CheckNumberWord(ref c, 0, out bool isInteger, out _, out double number);
        return isInteger ? HostCall.One(word) : Rounded(ref c, Math.Ceiling(number));
    }

    private static LeafResult Rounded(ref HostCall c, double value) =>
        LuaArithmetic.TryToInteger(value, out long integer) ? HostCall.One(c.Integer(integer)) : Arguments.Double(value);

    private static LeafResult Sqrt(ref HostCall c) => Arguments.Double(Math.Sqrt(c.CheckNumber(0)));

    private static LeafResult Sin(ref HostCall c) => Arguments.Double(Math.Sin(c.CheckNumber(0)));

    private static LeafResult Cos(ref HostCall c) => Arguments.Double(Math.Cos(c.CheckNumber(0)));

    private static LeafResult Tan(ref HostCall c) => Arguments.Double(Math.Tan(c.CheckNumber(0)));

    private static LeafResult Asin(ref HostCall c) => Arguments.Double(Math.Asin(c.CheckNumber(0)));

    private static LeafResult Acos(ref HostCall c) => Arguments.Double(Math.Acos(c.CheckNumber(0)));

    private static LeafResult Atan(ref HostCall c)
    {
        double y = c.CheckNumber(0);
        return Arguments.Double(Math.Atan2(y, c.IsNoneOrNil(1) ? 1 : c.CheckNumber(1)));
    }

    private static LeafResult Exp(ref HostCall c) => Arguments.Double(Math.Exp(c.CheckNumber(0)));

    private static LeafResult Log(ref HostCall c)
    {
        double x = c.CheckNumber(0);
        if (c.IsNoneOrNil(1)) return Arguments.Double(Math.Log(x));
        double b = c.CheckNumber(1);
        return Arguments.Double(b == 2 ? Math.Log2(x) : b == 10 ? Math.Log10(x) : Math.Log(x) / Math.Log(b));
    }

    private static LeafResult Degrees(ref HostCall c) => Arguments.Double(c.CheckNumber(0) * (180.0 / Math.PI));

    private static LeafResult Radians(ref HostCall c) => Arguments.Double(c.CheckNumber(0) * (Math.PI / 180.0));

    private static LeafResult FloatModulo(ref HostCall c)
    {
        if (LuaNumbers.TryGet(c[0], out bool firstIsInteger, out long a, out _) && firstIsInteger
            && LuaNumbers.TryGet(c[1], out bool secondIsInteger, out long b, out _) && secondIsInteger)
        {
            if (b == 0) throw c.ArgumentError(1, "zero");
            return HostCall.One(c.Integer(b == -1 ? 0 : a % b));
        }
        double x = c.CheckNumber(0);
        return Arguments.Double(x % c.CheckNumber(1));
    }

    private static LeafResult Modf(ref HostCall c)
    {
        ulong given = CheckNumberWord(ref c, 0, out bool isInteger, out _, out double number);
        if (isInteger) return c.Two(given, TagRef64.FromDouble(0));
        double whole = Math.Truncate(number);
        double fraction = double.IsInfinity(number) ? 0 : number - whole;
        ulong part = LuaArithmetic.TryToInteger(whole, out long integer) ? c.Integer(integer) : TagRef64.FromDouble(whole);
        return c.Two(part, TagRef64.FromDouble(fraction));
    }

    private static LeafResult Max(ref HostCall c) => Extreme(ref c, wantsGreater: true);

    private static LeafResult Min(ref HostCall c) => Extreme(ref c, wantsGreater: false);

    /// <summary>Values that are no numbers are compared as the operator does, by the prelude.</summary>
    private static LeafResult Extreme(ref HostCall c, bool wantsGreater)
    {
        c.CheckAny(0);
        int best = 0;
        for (int i = 0; i < c.Count; i++)
        {
            if (!Arguments.IsNumber(c[i])) return HostCall.Deferred;
            if (wantsGreater ? IsLess(c[best], c[i]) : IsLess(c[i], c[best])) best = i;
        }
        return HostCall.One(c[best]);
    }

    private static bool IsLess(ulong left, ulong right)
    {
        LuaNumbers.TryGet(left, out bool leftIsInteger, out long a, out double x);
        LuaNumbers.TryGet(right, out bool rightIsInteger, out long b, out double y);
        if (leftIsInteger) return rightIsInteger ? a < b : LuaArithmetic.Less(a, y);
        return rightIsInteger ? LuaArithmetic.Less(x, b) : x < y;
    }

    private static LeafResult ToInteger(ref HostCall c)
    {
        c.CheckAny(0);
        if (!LuaNumbers.TryCoerce(c[0], out bool isInteger, out long integer, out double number)) return Arguments.Nil;
        return isInteger || LuaArithmetic.TryToInteger(number, out integer) ? HostCall.One(c.Integer(integer)) : Arguments.Nil;
    }

    private static LeafResult Type(ref HostCall c)
    {
        c.CheckAny(0);
        if (!LuaNumbers.TryGet(c[0], out bool isInteger, out _, out _)) return Arguments.Nil;
        return c.StringResult(isInteger ? "integer"u8 : "float"u8);
    }

    private static LeafResult UnsignedLess(ref HostCall c)
    {
        long a = c.CheckInteger(0);
        return Arguments.Boolean((ulong)a < (ulong)c.CheckInteger(1));
    }

    private static LeafResult Random(ref HostCall c)
    {
        var state = c.Library();
        long low, high;
        switch (c.Count)
        {
            case 0:
                return Arguments.Double(state.Random.NextDouble());
            case 1:
                low = 1;
                high = c.CheckInteger(0);
                if (high == 0) return HostCall.One(c.Integer((long)state.Random.NextBits()));
                break;
            case 2:
                low = c.CheckInteger(0);
                high = c.CheckInteger(1);
                break;
            default:
                throw c.Error("wrong number of arguments");
        }
        if (low > high) throw c.ArgumentError(0, "interval is empty");
        return HostCall.One(c.Integer(state.Random.Next(low, high)));
    }

    private static LeafResult RandomSeed(ref HostCall c)
    {
        long low, high = 0;
        if (c.Count == 0)
        {
            low = System.Random.Shared.NextInt64();
            high = Environment.TickCount64;
        }
        else
        {
            low = c.CheckInteger(0);
            high = c.OptionalInteger(1, 0);
        }
        c.Library().Random = new Xoshiro256(low, high);
        ref ulong first = ref c.Root(c.Integer(low));
        ulong second = c.Integer(high);
        return c.Two(first, second);
    }

    private static ulong CheckNumberWord(ref HostCall c, int index, out bool isInteger, out long integer, out double number)
    {
        ulong word = c[index];
        if (LuaNumbers.TryGet(word, out isInteger, out integer, out number)) return word;
        if (!LuaNumbers.TryCoerce(word, out isInteger, out integer, out number)) throw c.TypeError(index, "number");
        // lmathlib's functions take a numeral as a float, but for abs of an integer one (lua_isinteger is false for strings).
        if (isInteger) number = integer;
        isInteger = false;
        return word;
    }
}
