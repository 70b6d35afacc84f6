using Mu.ClientLib.Building;
using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Lua.Runtime.Operations;

/// <summary>string.gsub with a replacement that may run Lua code: the calls stand here, so that C# is never below Lua.</summary>
internal static class Substitution
{
    /// <summary><c>(s, pattern, replacement, max) -> s, count</c>: the first half of the function has checked the arguments.</summary>
    public static void Define(LuaRuntime runtime, Bundle bundle)
    {
        var (start, step) = runtime.Library.Substitution!.Value;
        var f = new LuaFunctionBuilder(bundle, runtime.Functions.Substitute, "lua.gsub.v1");
        var b = f.B;
        var replacement = f.Parameters[4];
        var state = f.AsFunction(LuaFunctionBuilder.First(b.Call(start, [.. f.Parameters])));
        var value = b.NewVariable(f.Nil, "value");
        var loop = b.NewLabel("loop");
        var finish = b.NewLabel("finish");
        var fromTable = b.NewLabel("table", cold: true);
        b.Place(loop);
        var captures = b.Call(step, f.Arguments(state, [b.Read(value), f.Boolean(f.IsFunction(replacement))]));
        b.BranchIf(b.Eq(captures[0], b.Int32(0)), finish);
        b.BranchUnless(f.IsFunction(replacement), fromTable);
        var function = f.AsFunction(replacement);
        b.Write(value, LuaFunctionBuilder.First(b.Call(f.CodeOf(function), [function, .. captures])));
        b.Jump(loop);
        b.PlaceSealed(fromTable);
        b.Write(value, b.CallOne(runtime.Functions.Index, replacement, LuaFunctionBuilder.First(captures)));
        b.Jump(loop);
        b.Seal(loop);
        b.PlaceSealed(finish);
        b.Return([.. b.Call(step, f.Arguments(state, []))]);
        b.Finish();
    }
}
