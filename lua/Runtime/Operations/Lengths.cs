using Mu.ClientLib.Building;
using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Lua.Runtime.Operations;

/// <summary>The operator <c>#</c>.</summary>
internal static class Lengths
{
    /// <summary>#a: tables without __len, inline.</summary>
    public static Value Emit(LuaFunctionBuilder f, LuaRuntime runtime, Site site, Value operand)
    {
        var b = f.B;
        if (!site.IsInline) return b.CallOne(runtime.Functions.Length, operand);
        var result = b.NewVariable(LuaTypes.Value);
        var slow = site.NewSlowLabel(b, "len.slow");
        var end = b.NewLabel("len.end");
        b.BranchUnless(f.IsTable(operand), slow);
        var table = f.AsTable(operand);
        var metatable = b.LoadField(table, LuaTypes.TableMetatable);
        b.If(b.Not(b.IsNull(metatable)), () =>
            b.BranchIf(b.Eq(b.And(b.LoadField(metatable, LuaTypes.TableFlags), b.Int64(1L << Metamethods.Len)), b.Int64(0)), slow));
        b.Write(result, Traversal.EmitIntegerKey(f, EmitBorder(f, runtime, table, slow)));
        b.Jump(end);
        b.PlaceSealed(slow);
        site.RecordSlow(b);
        b.Write(result, b.CallOne(runtime.Functions.Length, operand));
        b.PlaceSealed(end);
        return b.Read(result);
    }

    /// <summary>
    /// A border: the count of the array part. Only when that is full the hash part may go on with the next index; then, if there is a hash part, to <paramref name="slow"/>.
    /// </summary>
    public static Value EmitBorder(LuaFunctionBuilder f, LuaRuntime runtime, Value table, Label slow)
    {
        var b = f.B;
        var count = b.LoadField(table, LuaTypes.TableCount);
        var end = b.NewLabel("border");
        b.BranchIf(b.Eq(b.LoadField(table, LuaTypes.TableNodes), b.Load(runtime.State(f, RootCell.SharedNodes))), end);
        var array = b.LoadField(table, LuaTypes.TableArray);
        b.BranchIf(b.IsNull(array), slow);
        b.BranchUnless(b.Compare(CompareOp.Ult, count, b.HybridLength(array)), slow);
        b.PlaceSealed(end);
        return count;
    }

    /// <summary><c>len (a)</c></summary>
    public static void Define(LuaRuntime runtime, Bundle bundle)
    {
        var f = new LuaFunctionBuilder(bundle, runtime.Functions.Length, "lua.len.v1");
        var b = f.B;
        var notString = b.NewLabel("notstring");
        b.BranchUnless(f.IsString(f.Parameters[0]), notString);
        b.Return(Traversal.EmitIntegerKey(f, b.HybridLength(f.Tagged.ToRef(f.Parameters[0], LuaTypes.StringRef))));
        b.PlaceSealed(notString);
        var results = b.CCall(NativeConvention.Runtime, runtime.Leaves.Length, f.Parameters[0]);
        var done = b.NewLabel("done");
        var notDone = b.NewLabel("notdone");
        b.Branch(b.Eq(results[1], b.Int64(Arithmetic.Done)), done, notDone);
        b.PlaceSealed(done);
        b.Return(results[0]);
        b.PlaceSealed(notDone);
        var failed = b.NewLabel("failed");
        b.BranchUnless(b.Eq(results[1], b.Int64(Arithmetic.NeedsMetamethod)), failed);
        b.Return(LuaFunctionBuilder.First(Calls.EmitCallAny(f, runtime, results[0], f.Parameters[0], f.Parameters[0])));
        b.PlaceSealed(failed);
        Errors.EmitRaise(f, runtime, results[0]);
        b.Finish();
    }
}
