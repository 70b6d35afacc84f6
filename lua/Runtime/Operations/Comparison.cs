using Mu.ClientLib.Building;
using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Lua.Runtime.Operations;

/// <summary>Comparisons; each gives an int&lt;1&gt;.</summary>
internal static class Comparison
{
    /// <summary>Status of the comparing leaf: 0 and 1 are answers.</summary>
    public const int NeedsMetamethod = 2, Failed = 3, NeedsSwappedMetamethod = 4;

    /// <summary>a == b.</summary>
    public static Value EmitEqual(LuaFunctionBuilder f, LuaRuntime runtime, bool isInline, Value left, Value right)
    {
        var b = f.B;
        if (IsIdentityConstant(left) || IsIdentityConstant(right)) return f.Tagged.Same(left, right);
        if (!isInline) return b.CallOne(runtime.Functions.Equal, left, right);
        var result = b.NewVariable(IntType.I1);
        var slow = b.NewLabel("eq.slow", cold: true);
        var notBoth = b.NewLabel("eq.notint");
        var end = b.NewLabel("eq.end");
        b.BranchUnless(f.Tagged.BothInt(left, right), notBoth);
        b.Write(result, f.Tagged.Same(left, right));
        b.Jump(end);
        b.PlaceSealed(notBoth);
        // The same reference is equal to itself; a double may be NaN.
        var different = b.NewLabel("eq.different");
        b.BranchUnless(f.Tagged.Same(left, right), different);
        b.BranchIf(f.Tagged.Same(left, b.TagRefWord(TagRef64.CanonicalNaN)), slow);
        b.Write(result, b.Bool(true));
        b.Jump(end);
        b.PlaceSealed(different);
        b.Jump(slow);
        b.PlaceSealed(slow);
        b.Write(result, b.CallOne(runtime.Functions.Equal, left, right));
        b.PlaceSealed(end);
        return b.Read(result);
    }

    /// <summary>a &lt; b, or a ≤ b.</summary>
    public static Value EmitOrder(LuaFunctionBuilder f, LuaRuntime runtime, Site site, bool orEqual, Value left, Value right)
    {
        var b = f.B;
        var function = orEqual ? runtime.Functions.LessEqual : runtime.Functions.LessThan;
        if (!site.IsInline) return b.CallOne(function, left, right);
        var result = b.NewVariable(IntType.I1);
        var slow = site.NewSlowLabel(b, "lt.slow");
        var end = b.NewLabel("lt.end");
        if (site.Expects(OperandKinds.Ints))
        {
            bool floats = site.Expects(OperandKinds.Floats | OperandKinds.Mixed);
            var notInt = b.NewLabel("lt.notint", cold: !floats);
            b.BranchUnless(f.Tagged.BothInt(left, right), notInt);
            site.Record(b, OperandKinds.Ints);
            b.Write(result, b.Compare(orEqual ? CompareOp.Sle : CompareOp.Slt, f.Tagged.ToInt(left), f.Tagged.ToInt(right)));
            b.Jump(end);
            b.PlaceSealed(notInt);
        }
        if (site.Records || site.Expected == OperandKinds.Floats)
        {
            var other = b.NewLabel("lt.mixed", cold: !site.Records);
            b.BranchUnless(f.Tagged.IsDouble(left), other);
            b.BranchUnless(f.Tagged.IsDouble(right), other);
            site.Record(b, OperandKinds.Floats);
            b.Write(result, b.Compare(orEqual ? CompareOp.FOle : CompareOp.FOlt, f.Tagged.ToDouble(left), f.Tagged.ToDouble(right)));
            b.Jump(end);
            b.PlaceSealed(other);
            site.Record(b, OperandKinds.Mixed);
        }
        // Small integers convert to floats exactly, so mixed operands compare as floats.
        var x = f.Tagged.ToDoubleFromNumber(left, slow);
        var y = f.Tagged.ToDoubleFromNumber(right, slow);
        b.Write(result, b.Compare(orEqual ? CompareOp.FOle : CompareOp.FOlt, x, y));
        b.Jump(end);
        b.PlaceSealed(slow);
        site.RecordSlow(b);
        b.Write(result, b.CallOne(function, left, right));
        b.PlaceSealed(end);
        return b.Read(result);
    }

    /// <summary>nil, false and true are equal to themselves only, by word.</summary>
    private static bool IsIdentityConstant(Value value) => value is TagRefConstant c && TagRef64.IsRef(c.Word);

    /// <summary><c>eq (a, b)</c> with numbers of both kinds, long strings and __eq.</summary>
    public static void DefineEqual(LuaRuntime runtime, Bundle bundle)
    {
        var f = new LuaFunctionBuilder(bundle, runtime.Functions.Equal, "lua.eq.v1");
        TableMetamethods.EmitEqual(f, runtime, f.Parameters[0], f.Parameters[1]);
        EmitLeafThenMetamethod(f, runtime, f.B.CCall(NativeConvention.Runtime, runtime.Leaves.Equal, f.Parameters[0], f.Parameters[1]));
    }

    /// <summary><c>lt (a, b)</c> or <c>le (a, b)</c> with numbers of both kinds, strings and metamethods.</summary>
    public static void DefineOrder(LuaRuntime runtime, Bundle bundle, Function function, int metamethod)
    {
        var f = new LuaFunctionBuilder(bundle, function, function.Name + ".v1");
        TableMetamethods.EmitOrder(f, runtime, f.Parameters[0], f.Parameters[1], metamethod);
        EmitLeafThenMetamethod(f, runtime,
            f.B.CCall(NativeConvention.Runtime, runtime.Leaves.Order, f.B.Int64(metamethod), f.Parameters[0], f.Parameters[1]));
    }

    private static void EmitLeafThenMetamethod(LuaFunctionBuilder f, LuaRuntime runtime, IReadOnlyList<Value> results)
    {
        var b = f.B;
        var (value, status) = (results[0], results[1]);
        var known = b.NewLabel("known");
        var other = b.NewLabel("other");
        b.Branch(b.Compare(CompareOp.Ult, status, b.Int64(NeedsMetamethod)), known, other);
        b.PlaceSealed(known);
        b.Return(b.Convert(ConvertOp.Trunc, IntType.I1, status));
        b.PlaceSealed(other);
        var failed = b.NewLabel("failed");
        var notMeta = b.NewLabel("notmeta");
        var swapped = b.NewLabel("swapped");
        b.BranchUnless(b.Eq(status, b.Int64(NeedsMetamethod)), notMeta);
        var arguments = f.Parameters;
        var answer = LuaFunctionBuilder.First(Calls.EmitCallAny(f, runtime, value, arguments[^2], arguments[^1]));
        b.Return(b.Not(f.IsFalsy(answer)));
        b.PlaceSealed(notMeta);
        b.Branch(b.Eq(status, b.Int64(NeedsSwappedMetamethod)), swapped, failed);
        b.PlaceSealed(swapped);
        b.Return(f.IsFalsy(LuaFunctionBuilder.First(Calls.EmitCallAny(f, runtime, value, arguments[^1], arguments[^2]))));
        b.PlaceSealed(failed);
        Errors.EmitRaise(f, runtime, value);
        b.Finish();
    }
}
