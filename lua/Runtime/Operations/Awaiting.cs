using Mu.ClientLib.Building;
using Mu.Core.IR;

namespace Mu.Lua.Runtime.Operations;

/// <summary>
/// Coroutines that wait for operations of the host. The host resumes one with <c>drive</c>, and <c>await</c> goes back to the host from however many coroutines further up: each has a stack of its
/// own, so the innermost switches to the host's and is resumed itself later, while those between stay as they are. For programs all of them run: nobody else can resume them.
/// </summary>
internal static class Awaiting
{
    /// <summary><c>await (token)</c>: waits until the host resumes the coroutine that it drives. The caller has made sure that there is one (LuaTypes.CoroutineMayWait).</summary>
    public static void DefineAwait(LuaRuntime runtime, Bundle bundle)
    {
        var f = new LuaFunctionBuilder(bundle, runtime.Functions.Await, "lua.await.v1");
        var b = f.B;
        var self = b.Load(runtime.State(f, RootCell.Current));
        var driven = b.NewVariable(self, "driven");
        var look = b.NewLabel("look");
        var further = b.NewLabel("further");
        var found = b.NewLabel("found");
        b.Place(look);
        b.Branch(b.Eq(b.LoadField(b.Read(driven), LuaTypes.CoroutineMayWait), b.Int64(0)), further, found);
        b.PlaceSealed(further);
        b.Write(driven, b.LoadField(b.Read(driven), LuaTypes.CoroutineResumer));
        b.Jump(look);
        b.Seal(look);
        b.PlaceSealed(found);
        var root = b.Read(driven);
        b.StoreField(root, LuaTypes.CoroutineWaiting, self);
        var driver = Coroutines.EmitSwitchToResumer(f, runtime, root, b.Int64((long)CoroutineStatus.Normal));
        Coroutines.EmitSetStatus(f, self, b.Int64((long)CoroutineStatus.Normal));
        b.SwapStack(b.LoadField(driver, LuaTypes.CoroutineStack), LuaTypes.ValueList, [.. f.Parameters.Skip(1)]);
        // The host may have cancelled the run in the meantime.
        Interruption.EmitCheck(f, runtime);
        f.ReturnList();
        b.Finish();
    }

    /// <summary><c>drive (co, …)</c>: true and what the coroutine yields or returns, false and an error, nil and the token of the operation that it waits for.</summary>
    public static void DefineDrive(LuaRuntime runtime, Bundle bundle)
    {
        var f = new LuaFunctionBuilder(bundle, runtime.Functions.Drive, "lua.drive.v1");
        var b = f.B;
        var coroutine = Coroutines.EmitCheckCoroutine(f, runtime, f.Parameters[2]);
        var failed = b.NewVariable(b.Bool(false), "failed");
        var list = Array.ConvertAll(LuaTypes.ValueList, type => b.NewVariable(type));
        var waiting = b.LoadField(coroutine, LuaTypes.CoroutineWaiting);
        b.If(b.IsNull(waiting),
            () =>
            {
                var (hasFailed, back) = Coroutines.EmitTransfer(f, runtime, coroutine, ValueLists.EmitDropFirst(f, runtime, [.. f.Parameters.Skip(1)]));
                b.Write(failed, hasFailed);
                Write(back);
            },
            () =>
            {
                EmitReturnTo(f, runtime, coroutine, waiting);
                Write(b.SwapStack(b.LoadField(waiting, LuaTypes.CoroutineStack), LuaTypes.ValueList, f.List()));
                b.Write(failed, Coroutines.EmitDiesOfError(f, runtime, coroutine));
            });
        var outcome = b.Select(b.Read(failed), f.False, b.Select(b.IsNull(b.LoadField(coroutine, LuaTypes.CoroutineWaiting)), f.True, f.Nil));
        b.Return(ValueLists.EmitPrepend(f, runtime, outcome, Array.ConvertAll(list, b.Read)));
        b.Finish();

        void Write(IReadOnlyList<Value> values)
        {
            for (int i = 0; i < list.Length; i++) b.Write(list[i], values[i]);
        }
    }

    /// <summary>Has the coroutine that waited go on, on top of the one that is driven.</summary>
    private static void EmitReturnTo(LuaFunctionBuilder f, LuaRuntime runtime, Value driven, Value waiting)
    {
        var b = f.B;
        var current = b.Load(runtime.State(f, RootCell.Current));
        b.StoreField(current, LuaTypes.CoroutineStack, b.Common(CommonOp.CurrentStack));
        Coroutines.EmitSetStatus(f, current, b.Int64((long)CoroutineStatus.Normal));
        Coroutines.EmitSetStatus(f, waiting, b.Int64((long)CoroutineStatus.Running));
        b.StoreField(driven, LuaTypes.CoroutineResumer, current);
        b.StoreField(driven, LuaTypes.CoroutineWaiting, b.Null(LuaTypes.CoroutineRef));
        b.Store(runtime.State(f, RootCell.Current), waiting);
    }
}
