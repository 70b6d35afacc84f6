using Mu.ClientLib.Building;
using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Lua.Runtime.Operations;

/// <summary>The operator <c>#</c>.</summary>
internal static class Lengths
{
    /// <summary>#a: strings, and tables without metatable and hash part, inline.</summary>
    public static Value Emit(LuaFunctionBuilder f, LuaRuntime runtime, Site site, Value operand)
    {
        var b = f.B;
        var result = b.NewVariable(LuaTypes.Value);
        var slow = site.NewSlowLabel(b, "len.slow");
        var end = b.NewLabel("len.end");
        b.BranchUnless(f.IsTable(operand), slow);
        var table = f.AsTable(operand);
        b.BranchUnless(b.IsNull(b.LoadField(table, LuaTypes.TableMetatable)), slow);
        b.BranchUnless(b.Eq(b.LoadField(table, LuaTypes.TableNodes), b.Load(runtime.State(f, LuaState.SharedNodes))), slow);
        b.Write(result, f.Tagged.FromInt(b.Convert(ConvertOp.Trunc, IntType.I52, b.LoadField(table, LuaTypes.TableCount))));
        b.Jump(end);
        b.PlaceSealed(slow);
        site.RecordSlow(b);
        b.Write(result, b.CallOne(runtime.Functions.Length, operand));
        b.PlaceSealed(end);
        return b.Read(result);
    }

    /// <summary><c>len (a)</c></summary>
    public static void Define(LuaRuntime runtime, Bundle bundle)
    {
        var f = new LuaFunctionBuilder(bundle, runtime.Functions.Length, "lua.len.v1");
        var b = f.B;
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
