using System.Runtime.InteropServices;
using Mu.Core.Types;
using Mu.Lua.Numbers;
using Mu.Lua.Runtime.Tables;

namespace Mu.Lua.Runtime.Leaves;

/// <summary>Comparisons; the status is the answer (0, 1), or says that a metamethod or an error is in the value.</summary>
internal static unsafe class ComparisonLeaves
{
    [UnmanagedCallersOnly]
    public static LeafResult Equal(nint context, ulong left, ulong right)
    {
        if (RawEqual(left, right)) return new(0, 1);
        int tag = TagRef64.IsRef(left) ? TagRef64.ToTag(left) : -1;
        if (tag is not (LuaTag.Table or LuaTag.Userdata) || !LuaTag.Has(right, tag)) return new(0, 0);
        ulong handler = MetatableLeaves.FindBinary(LuaRuntime.Of(context), left, right, Metamethods.Eq);
        return handler == LuaTag.NilWord ? new(0, 0) : new(handler, Operations.Comparison.NeedsMetamethod);
    }

    /// <summary>Primitive equality (manual §3.4.4): numbers by value, strings by content, the rest by identity.</summary>
    public static bool RawEqual(ulong left, ulong right)
    {
        if (left == right) return left != TagRef64.CanonicalNaN;
        if (LuaNumbers.TryGet(left, out bool leftIsInt, out long leftInt, out double leftDouble))
        {
            if (!LuaNumbers.TryGet(right, out bool rightIsInt, out long rightInt, out double rightDouble)) return false;
            if (leftIsInt) return rightIsInt ? leftInt == rightInt : LuaArithmetic.AreEqual(leftInt, rightDouble);
            return rightIsInt ? LuaArithmetic.AreEqual(rightInt, leftDouble) : leftDouble == rightDouble;
        }
        return Key.Equal(left, right);
    }

    [UnmanagedCallersOnly]
    public static LeafResult Order(nint context, ulong metamethod, ulong left, ulong right)
    {
        bool orEqual = metamethod == Metamethods.Le;
        if (LuaNumbers.TryGet(left, out bool leftIsInt, out long leftInt, out double leftDouble)
            && LuaNumbers.TryGet(right, out bool rightIsInt, out long rightInt, out double rightDouble))
            return Answer(Compare(orEqual, leftIsInt, leftInt, leftDouble, rightIsInt, rightInt, rightDouble));
        if (LuaTag.Has(left, LuaTag.String) && LuaTag.Has(right, LuaTag.String))
        {
            int order = StringObject.Bytes((StringObject*)TagRef64.ToAddress(left)).SequenceCompareTo(StringObject.Bytes((StringObject*)TagRef64.ToAddress(right)));
            return Answer(orEqual ? order <= 0 : order < 0);
        }
        var heap = LuaRuntime.HeapOf(context);
        ulong handler = MetatableLeaves.FindBinary(heap.Runtime, left, right, (int)metamethod);
        if (handler != LuaTag.NilWord) return new(handler, Operations.Comparison.NeedsMetamethod);
        // a <= b as not (b < a), which 5.4 keeps for compatibility (LUA_COMPAT_LT_LE).
        if (orEqual) handler = MetatableLeaves.FindBinary(heap.Runtime, right, left, Metamethods.Lt);
        return handler != LuaTag.NilWord
            ? new(handler, Operations.Comparison.NeedsSwappedMetamethod)
            : new(ErrorLeaves.CompareError(heap, left, right), Operations.Comparison.Failed);
    }

    private static LeafResult Answer(bool answer) => new(0, answer ? 1UL : 0);

    private static bool Compare(bool orEqual, bool leftIsInt, long leftInt, double leftDouble, bool rightIsInt, long rightInt, double rightDouble)
    {
        if (leftIsInt && rightIsInt) return orEqual ? leftInt <= rightInt : leftInt < rightInt;
        if (leftIsInt) return orEqual ? LuaArithmetic.LessOrEqual(leftInt, rightDouble) : LuaArithmetic.Less(leftInt, rightDouble);
        if (rightIsInt) return orEqual ? LuaArithmetic.LessOrEqual(leftDouble, rightInt) : LuaArithmetic.Less(leftDouble, rightInt);
        return orEqual ? leftDouble <= rightDouble : leftDouble < rightDouble;
    }
}
