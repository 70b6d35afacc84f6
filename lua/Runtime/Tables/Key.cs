using System.Numerics;
using Mu.Core.Types;

namespace Mu.Lua.Runtime.Tables;

/// <summary>Keys of tables: normal form, hash, equality.</summary>
internal static unsafe class Key
{
    /// <summary>2^64 divided by the golden ratio.</summary>
    public const ulong Multiplier = 0x9E3779B97F4A7C15UL;

    private const uint IdentityFactor = 0x9E3779B1;

    private static uint nextIdentity;

    /// <summary>Floats with an integer value become that integer, as the manual's 3.2 says. The result is no allocation: integers beyond 52 bits
    /// stay floats here, and are found by value.</summary>
    public static ulong Normalize(ulong key)
    {
        if (!TagRef64.IsDouble(key)) return key;
        double d = TagRef64.ToDouble(key);
        if (d is >= -2251799813685248.0 and < 2251799813685248.0 && d == Math.Floor(d)) return TagRef64.FromInt((long)d);
        return key;
    }

    public static uint Hash(ulong key)
    {
        if (TagRef64.IsInt(key)) return Integer((ulong)TagRef64.ToInt(key));
        if (!TagRef64.IsRef(key))
        {
            // A float that equals a boxed integer must meet it.
            double d = TagRef64.ToDouble(key);
            return d == Math.Floor(d) && Math.Abs(d) < 9.3e18 && d >= long.MinValue && d < 9223372036854775808.0 ? Integer((ulong)(long)d) : Mix(key);
        }
        void* target = (void*)TagRef64.ToAddress(key);
        return TagRef64.ToTag(key) switch
        {
            LuaTag.String => StringObject.HashOf((StringObject*)target),
            LuaTag.Table => Identity(ref ((TableObject*)target)->Flags),
            LuaTag.Function => Identity(ref ((FunctionObject*)target)->Info),
            LuaTag.Userdata => Identity(ref ((UserdataObject*)target)->Info),
            LuaTag.Coroutine => Identity(ref ((CoroutineObject*)target)->Info),
            LuaTag.BoxedInteger or LuaTag.LightUserdata => Integer(((CellObject*)target)->Value),
            _ => Mix(key),
        };
    }

    /// <summary>Equality of normal keys, which is raw equality but that a NaN never gets here.</summary>
    public static bool Equal(ulong a, ulong b)
    {
        if (a == b) return true;
        if (LuaTag.Has(a, LuaTag.String) && LuaTag.Has(b, LuaTag.String))
            return EqualLong((StringObject*)TagRef64.ToAddress(a), (StringObject*)TagRef64.ToAddress(b));
        if (LuaTag.Has(a, LuaTag.BoxedInteger)) return EqualBoxed(((CellObject*)TagRef64.ToAddress(a))->Value, b);
        if (LuaTag.Has(b, LuaTag.BoxedInteger)) return EqualBoxed(((CellObject*)TagRef64.ToAddress(b))->Value, a);
        return LuaTag.Has(a, LuaTag.LightUserdata) && LuaTag.Has(b, LuaTag.LightUserdata)
            && ((CellObject*)TagRef64.ToAddress(a))->Value == ((CellObject*)TagRef64.ToAddress(b))->Value;
    }

    /// <summary>The object's identity hash; objects move, so their addresses cannot serve.</summary>
    public static uint Identity(ref ulong flags)
    {
        uint hash = (uint)(flags >> TableObject.IdentityShift);
        if (hash == 0)
        {
            // A bijection of 32 bits: no two objects have the same before 2^32 have been asked.
            do hash = Interlocked.Increment(ref nextIdentity) * IdentityFactor; while (hash == 0);
            flags |= (ulong)hash << TableObject.IdentityShift;
        }
        return hash;
    }

    private static bool EqualBoxed(ulong integer, ulong other)
    {
        if (LuaTag.Has(other, LuaTag.BoxedInteger)) return ((CellObject*)TagRef64.ToAddress(other))->Value == integer;
        if (!TagRef64.IsDouble(other)) return false;
        double d = TagRef64.ToDouble(other);
        return d >= long.MinValue && d < 9223372036854775808.0 && (long)d == (long)integer && d == Math.Floor(d);
    }

    private static bool EqualLong(StringObject* a, StringObject* b) =>
        !a->IsInterned && !b->IsInterned && StringObject.Bytes(a).SequenceEqual(StringObject.Bytes(b));

    /// <summary>The hash of an integer, as Mu code computes it too (NodeSearch): Fibonacci hashing, Knuth volume 3, section 6.4.</summary>
    private static uint Integer(ulong x) => (uint)((x * Multiplier) >> 32);

    /// <summary>Doubles and addresses have their entropy in other bits than integers do.</summary>
    private static uint Mix(ulong x) => (uint)((x * Multiplier) >> 32) ^ (uint)BitOperations.RotateLeft(x, 7);
}
