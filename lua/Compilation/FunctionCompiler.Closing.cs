using Mu.ClientLib.Building;
using Mu.Core.IR;
using Mu.Lua.Runtime;
using Mu.Lua.Runtime.Operations;
using Mu.Lua.Scoping;
using SourcePosition = Mu.ClientLib.Sources.SourcePosition;

namespace Mu.Lua.Compilation;

// To-be-closed variables (manual §3.3.8): the rest of the block is a try region; every way out of it closes the variable.
internal sealed partial class FunctionCompiler
{
    /// <summary>A to-be-closed variable whose block is open. <see cref="Depth"/> is the local's number, to compare with where labels stand.</summary>
    private sealed record CloseScope(Variable Value, Label Handler, FunctionBuilder.TryScope Try, int TryDepth, int Depth);

    private readonly List<CloseScope> closeScopes = [];

    private void BeginCloseScope(LocalVariable local)
    {
        var value = ReadLocal(local);
        var check = b.CCall(NativeConvention.Runtime, runtime.Leaves.CheckClosable, value, Cells.String(System.Text.Encoding.Latin1.GetBytes(local.Name)));
        Errors.EmitRaiseOnStatus(f, runtime, check[0], check[1]);
        Push(value, local.Index);
    }

    /// <summary>The fourth value of a generic for: closed when the loop ends, if it is neither nil nor false.</summary>
    private void BeginGenericClose(Value value)
    {
        var isSet = b.NewLabel("tbc", cold: true);
        var go = b.NewLabel("notbc");
        b.Branch(f.IsFalsy(value), go, isSet);
        b.PlaceSealed(isSet);
        var check = b.CCall(NativeConvention.Runtime, runtime.Leaves.CheckClosable, value, Cells.String("(for state)"u8));
        Errors.EmitRaiseOnStatus(f, runtime, check[0], check[1]);
        b.PlaceSealed(go);
        Push(value, int.MinValue);
    }

    private void Push(Value value, int depth)
    {
        // A variable of its own: what is closed is the value at the declaration.
        var handler = b.NewHandler("close");
        int tryDepth = b.TryDepth;
        closeScopes.Add(new CloseScope(NewLive(value, "tbc"), handler, b.Try(handler), tryDepth, depth));
    }

    /// <summary>Ends the innermost scope: closes on the normal way, and on the exceptional one with the error.</summary>
    private void EndCloseScope()
    {
        var scope = closeScopes[^1];
        scope.Try.Dispose();
        closeScopes.RemoveAt(closeScopes.Count - 1);
        Label? end = null;
        if (b.IsReachable)
        {
            b.Call(runtime.Functions.Close, b.Read(scope.Value), f.Nil);
            end = b.NewLabel("closed");
            b.Jump(end);
        }
        b.PlaceSealed(scope.Handler);
        int tag = b.SourceTag;
        b.SourceTag = prototype.Positions.Add(new SourcePosition(prototype.Positions.Find(tag)?.Line ?? node.At.Line, 0, OperandNames.Unwinding));
        var error = b.CallOne(runtime.Functions.ErrorValue, scope.Handler.Exception);
        b.Call(runtime.Functions.Close, b.Read(scope.Value), error);
        b.Throw(scope.Handler.Exception);
        b.SourceTag = tag;
        if (end is not null) b.PlaceSealed(end);
    }

    /// <summary>Closes the variables of all scopes from the innermost down to number <paramref name="scopes"/>, which control is about to leave.</summary>
    private void CloseDownTo(int scopes)
    {
        for (int i = closeScopes.Count - 1; i >= scopes; i--)
            using (b.OutsideTry(closeScopes[i].TryDepth))
                b.Call(runtime.Functions.Close, b.Read(closeScopes[i].Value), f.Nil);
    }
}
