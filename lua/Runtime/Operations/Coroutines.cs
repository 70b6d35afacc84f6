using Mu.ClientLib.Building;
using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Lua.Runtime.Operations;

/// <summary>
/// Coroutines on stacks of their own: resume and yield are one SWAPSTACK each, and pass a value list. Nothing of C# lies on these stacks, so a coroutine
/// can yield from anywhere.
/// </summary>
internal static class Coroutines
{
    /// <summary>Status word while a coroutine that died of an error has not been told apart from one that ended.</summary>
    private const int Failed = 4;

    /// <summary>How many coroutines can be resumed inside each other: what PUC's C stack has room for (LUAI_MAXCCALLS).</summary>
    private const int MaxDepth = 197;

    /// <summary>Stacks that are kept for coroutines to come; each has the pages that its deepest calls touched.</summary>
    private const int MaxParked = 64;

    /// <summary><c>coroutine.create (f)</c></summary>
    public static void DefineCreate(LuaRuntime runtime, Bundle bundle)
    {
        var f = new LuaFunctionBuilder(bundle, runtime.Functions.CoroutineCreate, "lua.co_create.v1");
        f.ReturnList(f.Tagged.FromRef(EmitCreate(f, runtime, f.Parameters[2]), LuaTag.Coroutine));
        f.B.Finish();
    }

    /// <summary><c>coroutine.wrap (f)</c>: a function with the coroutine as its upvalue.</summary>
    public static void DefineWrap(LuaRuntime runtime, Bundle bundle)
    {
        var f = new LuaFunctionBuilder(bundle, runtime.Functions.CoroutineWrap, "lua.co_wrap.v1");
        var b = f.B;
        var coroutine = EmitCreate(f, runtime, f.Parameters[2]);
        var function = b.NewHybrid(LuaTypes.Function, b.Int64(1));
        b.StoreField(function, LuaTypes.FunctionCode, runtime.Functions.CoroutineWrapped);
        b.Store(f.Upvalue(function, 0), f.Tagged.FromRef(coroutine, LuaTag.Coroutine));
        f.ReturnList(f.FunctionValue(function));
        b.Finish();
    }

    private static Value EmitCreate(LuaFunctionBuilder f, LuaRuntime runtime, Value body)
    {
        var b = f.B;
        RequireTag(f, runtime, body, LuaTag.Function, runtime.Leaves.CheckFunction);
        var coroutine = b.New(LuaTypes.Coroutine);
        b.StoreField(coroutine, LuaTypes.CoroutineBody, body);
        // False: an error is the coroutine's end.
        b.StoreField(coroutine, LuaTypes.CoroutineHandler, f.False);
        b.StoreField(coroutine, LuaTypes.CoroutineError, f.Nil);
        b.StoreField(coroutine, LuaTypes.CoroutineInfo, b.Int64((long)CoroutineStatus.Suspended));
        // A hook is inherited, as lua_newthread does.
        var current = b.Load(runtime.State(f, RootCell.Current));
        b.If(b.Not(b.IsNull(b.LoadField(current, LuaTypes.CoroutineHook))), () =>
        {
            foreach (int field in (int[])[LuaTypes.CoroutineHook, LuaTypes.CoroutineHookMask, LuaTypes.CoroutineHookCount, LuaTypes.CoroutineHookLeft])
                b.StoreField(coroutine, field, b.LoadField(current, field));
        });
        b.StoreField(coroutine, LuaTypes.CoroutineStack, EmitTakeStack(f, runtime));
        return coroutine;
    }

    /// <summary>A stack that waits at the bottom of <see cref="DefineBody"/> for a coroutine: one that an ended coroutine has parked, else a new one.</summary>
    private static Value EmitTakeStack(LuaFunctionBuilder f, LuaRuntime runtime)
    {
        var b = f.B;
        var stack = b.NewVariable(SimpleType.StackRef, "stack");
        var parked = b.Load(runtime.State(f, RootCell.ParkedStacks));
        b.If(b.IsNull(parked),
            () => b.Write(stack, b.NewStack(runtime.Functions.CoroutineBody)),
            () =>
            {
                b.Store(runtime.State(f, RootCell.ParkedStacks), b.LoadField(parked, LuaTypes.ParkedNext));
                var count = runtime.State(f, RootCell.ParkedCount);
                b.Store(count, b.Sub(b.Load(count), b.Int64(1)));
                b.Write(stack, b.LoadField(parked, LuaTypes.ParkedStack));
            });
        return b.Read(stack);
    }

    /// <summary>
    /// The bottom of a coroutine's stack: calls the body, then goes back to the resumer with what it gave, or its error. A few stacks wait there to be the stacks of
    /// coroutines to come, whose first resume passes its values as to a fresh stack; beyond <see cref="MaxParked"/> they are left for good.
    /// </summary>
    public static void DefineBody(LuaRuntime runtime, Bundle bundle)
    {
        var f = new LuaFunctionBuilder(bundle, runtime.Functions.CoroutineBody, "lua.co_body.v1");
        var b = f.B;
        var list = new Variable[LuaTypes.ValueList.Length];
        for (int i = 0; i < list.Length; i++) list[i] = b.NewVariable(f.Parameters[i]);
        var parking = b.NewVariable(b.Null(LuaTypes.ParkedRef), "parking");
        var status = b.NewVariable(b.Int64((long)CoroutineStatus.Dead), "status");
        var begin = b.NewLabel("begin");
        var caught = b.NewHandler("caught");
        var leave = b.NewLabel("leave");
        b.Place(begin);
        var self = b.Load(runtime.State(f, RootCell.Current));
        var body = b.LoadField(self, LuaTypes.CoroutineBody);
        // No body any more: the coroutine has begun, and can be unwound.
        b.StoreField(self, LuaTypes.CoroutineBody, f.Nil);
        IReadOnlyList<Value> results;
        using (b.Try(caught)) results = Calls.EmitCallList(f, runtime, body, Array.ConvertAll(list, b.Read));
        b.Write(status, b.Int64((long)CoroutineStatus.Dead));
        WriteList(results);
        b.Jump(leave);

        b.PlaceSealed(caught);
        WriteList([b.Int32(0), f.Nil, f.Nil, f.Nil, f.Nil, f.NoExtra]);
        b.Write(status, b.Int64((long)CoroutineStatus.Dead));
        var failed = b.NewLabel("failed");
        b.Branch(Protection.EmitIsKill(f, caught.Exception), leave, failed);
        b.PlaceSealed(failed);
        var error = b.CallOne(runtime.Functions.ErrorValue, caught.Exception);
        b.StoreField(self, LuaTypes.CoroutineError, error);
        WriteList([b.Int32(1), error, f.Nil, f.Nil, f.Nil, f.NoExtra]);
        b.Write(status, b.Int64(Failed));
        b.Jump(leave);

        b.PlaceSealed(leave);
        var resumer = EmitSwitchToResumer(f, runtime, self, b.Read(status));
        var target = b.LoadField(resumer, LuaTypes.CoroutineStack);
        var count = b.Load(runtime.State(f, RootCell.ParkedCount));
        var park = b.NewLabel("park");
        var kill = b.NewLabel("kill", cold: true);
        b.Branch(b.Compare(CompareOp.Slt, count, b.Int64(MaxParked)), park, kill);
        b.PlaceSealed(kill);
        b.StoreField(self, LuaTypes.CoroutineStack, b.Null(SimpleType.StackRef));
        b.SwapStackKillOld(target, Array.ConvertAll(list, b.Read));

        b.PlaceSealed(park);
        b.If(b.IsNull(b.Read(parking)), () =>
        {
            var parked = b.New(LuaTypes.Parked);
            b.StoreField(parked, LuaTypes.ParkedStack, b.LoadField(self, LuaTypes.CoroutineStack));
            b.Write(parking, parked);
        });
        b.StoreField(self, LuaTypes.CoroutineStack, b.Null(SimpleType.StackRef));
        b.StoreField(b.Read(parking), LuaTypes.ParkedNext, b.Load(runtime.State(f, RootCell.ParkedStacks)));
        b.Store(runtime.State(f, RootCell.ParkedStacks), b.Read(parking));
        b.Store(runtime.State(f, RootCell.ParkedCount), b.Add(count, b.Int64(1)));
        WriteList(b.SwapStack(target, LuaTypes.ValueList, Array.ConvertAll(list, b.Read)));
        b.Jump(begin);
        b.Seal(begin);
        b.Finish();

        void WriteList(IReadOnlyList<Value> values)
        {
            for (int i = 0; i < list.Length; i++) b.Write(list[i], values[i]);
        }
    }

    internal static Value EmitSwitchToResumer(LuaFunctionBuilder f, LuaRuntime runtime, Value self, Value status)
    {
        var b = f.B;
        var resumer = b.LoadField(self, LuaTypes.CoroutineResumer);
        b.StoreField(self, LuaTypes.CoroutineResumer, b.Null(LuaTypes.CoroutineRef));
        EmitSetStatus(f, self, status);
        EmitSetStatus(f, resumer, b.Int64((long)CoroutineStatus.Running));
        b.Store(runtime.State(f, RootCell.Current), resumer);
        return resumer;
    }

    /// <summary>The status is the low half of the info word; the other half is the identity hash.</summary>
    internal static void EmitSetStatus(LuaFunctionBuilder f, Value coroutine, Value status)
    {
        var b = f.B;
        var info = b.LoadField(coroutine, LuaTypes.CoroutineInfo);
        b.StoreField(coroutine, LuaTypes.CoroutineInfo, b.Or(b.And(info, b.Constant(IntType.I64, 0xFFFFFFFF00000000)), status));
    }

    internal static Value EmitStatus(LuaFunctionBuilder f, Value coroutine) =>
        f.B.And(f.B.LoadField(coroutine, LuaTypes.CoroutineInfo), f.B.Int64(0xFFFFFFFF));

    /// <summary>Resumes a coroutine with a list: whether it failed, and the list that came back. One that cannot be resumed fails with a message.</summary>
    internal static (Value Failed, Value[] List) EmitTransfer(LuaFunctionBuilder f, LuaRuntime runtime, Value coroutine, ReadOnlySpan<Value> list)
    {
        var b = f.B;
        var failed = b.NewVariable(b.Bool(true), "failed");
        var back = new Variable[LuaTypes.ValueList.Length];
        for (int i = 0; i < back.Length; i++) back[i] = b.NewVariable(LuaTypes.ValueList[i]);
        var suspended = b.NewLabel("suspended");
        var refused = b.NewLabel("refused", cold: true);
        var end = b.NewLabel("transferred");
        var isSuspended = b.Eq(EmitStatus(f, coroutine), b.Int64((long)CoroutineStatus.Suspended));
        var depth = b.LoadField(b.Load(runtime.State(f, RootCell.Current)), LuaTypes.CoroutineDepth);
        b.Branch(b.And(isSuspended, b.Compare(CompareOp.Slt, depth, b.Int64(MaxDepth))), suspended, refused);
        b.PlaceSealed(refused);
        var message = b.CCall(NativeConvention.Runtime, runtime.Leaves.ResumeRefusal, EmitStatus(f, coroutine))[0];
        WriteBack([b.Int32(1), message, f.Nil, f.Nil, f.Nil, f.NoExtra]);
        b.Jump(end);

        b.PlaceSealed(suspended);
        EmitEnter(f, runtime, coroutine);
        WriteBack(b.SwapStack(b.LoadField(coroutine, LuaTypes.CoroutineStack), LuaTypes.ValueList, list));
        b.Write(failed, EmitDiesOfError(f, runtime, coroutine));
        b.PlaceSealed(end);
        return (b.Read(failed), Array.ConvertAll(back, b.Read));

        void WriteBack(IReadOnlyList<Value> values)
        {
            for (int i = 0; i < back.Length; i++) b.Write(back[i], values[i]);
        }
    }

    /// <summary>Where a coroutine has come back: whether an error has ended it.</summary>
    internal static Value EmitDiesOfError(LuaFunctionBuilder f, LuaRuntime runtime, Value coroutine)
    {
        var b = f.B;
        var failed = b.Eq(EmitStatus(f, coroutine), b.Int64(Failed));
        b.If(failed, () =>
        {
            EmitSetStatus(f, coroutine, b.Int64((long)CoroutineStatus.Dead));
            Interruption.EmitEndIfEnding(f, runtime);
        });
        return failed;
    }

    /// <summary>Makes a coroutine the current one, resumed by the one that was.</summary>
    private static void EmitEnter(LuaFunctionBuilder f, LuaRuntime runtime, Value coroutine)
    {
        var b = f.B;
        var current = b.Load(runtime.State(f, RootCell.Current));
        // Only the main coroutine's is not there yet: each run of it from C# has another.
        b.StoreField(current, LuaTypes.CoroutineStack, b.Common(CommonOp.CurrentStack));
        EmitSetStatus(f, current, b.Int64((long)CoroutineStatus.Normal));
        EmitSetStatus(f, coroutine, b.Int64((long)CoroutineStatus.Running));
        b.StoreField(coroutine, LuaTypes.CoroutineResumer, current);
        b.StoreField(coroutine, LuaTypes.CoroutineDepth, b.Add(b.LoadField(current, LuaTypes.CoroutineDepth), b.Int64(1)));
        b.Store(runtime.State(f, RootCell.Current), coroutine);
    }

    /// <summary><c>coroutine.resume (co, …)</c></summary>
    public static void DefineResume(LuaRuntime runtime, Bundle bundle)
    {
        var f = new LuaFunctionBuilder(bundle, runtime.Functions.CoroutineResume, "lua.co_resume.v1");
        var b = f.B;
        var coroutine = EmitCheckCoroutine(f, runtime, f.Parameters[2]);
        var (failed, list) = EmitTransfer(f, runtime, coroutine, ValueLists.EmitDropFirst(f, runtime, [.. f.Parameters.Skip(1)]));
        b.Return(ValueLists.EmitPrepend(f, runtime, b.Select(failed, f.False, f.True), list));
        b.Finish();
    }

    /// <summary>The function that coroutine.wrap gives: errors go on, with a position when they are strings (lcorolib.c's auxwrap).</summary>
    public static void DefineWrapped(LuaRuntime runtime, Bundle bundle)
    {
        var f = new LuaFunctionBuilder(bundle, runtime.Functions.CoroutineWrapped, "lua.co_wrapped.v1");
        var b = f.B;
        var coroutine = f.Tagged.ToRef(b.Load(f.Upvalue(f.Parameters[0], 0)), LuaTypes.CoroutineRef);
        var (hasFailed, list) = EmitTransfer(f, runtime, coroutine, [.. f.Parameters.Skip(1)]);
        var failed = b.NewLabel("failed", cold: true);
        b.BranchIf(hasFailed, failed);
        b.Return(list);
        b.PlaceSealed(failed);
        var error = b.NewVariable(list[1], "error");
        b.If(b.Not(b.IsNull(b.LoadField(coroutine, LuaTypes.CoroutineStack))), () =>
        {
            b.If(b.Eq(EmitStatus(f, coroutine), b.Int64((long)CoroutineStatus.Dead)), () =>
                b.Write(error, b.Call(runtime.Functions.CoroutineClose, f.Arguments(f.Parameters[0], [f.Tagged.FromRef(coroutine, LuaTag.Coroutine)]))[2]));
        });
        Errors.EmitRaise(f, runtime, b.CCall(NativeConvention.Runtime, runtime.Leaves.WrapError, b.Read(error))[0]);
        b.Finish();
    }

    /// <summary>
    /// An error that nothing in the running coroutine catches: it goes to the resumer, and the stack stays as it is, for debug.traceback, until the coroutine is closed (ldo.c's
    /// lua_resume). Then it unwinds from here.
    /// </summary>
    public static void EmitFail(LuaFunctionBuilder f, LuaRuntime runtime, Value coroutine, Value error)
    {
        var b = f.B;
        b.StoreField(coroutine, LuaTypes.CoroutineError, error);
        var resumer = EmitSwitchToResumer(f, runtime, coroutine, b.Int64(Failed));
        b.SwapStack(b.LoadField(resumer, LuaTypes.CoroutineStack), LuaTypes.ValueList, [b.Int32(1), error, f.Nil, f.Nil, f.Nil, f.NoExtra]);
        // Nobody resumes it; the block needs an end.
        b.Throw(b.Null(WellKnownTypes.RefVoid));
    }

    /// <summary><c>coroutine.yield (…)</c></summary>
    public static void DefineYield(LuaRuntime runtime, Bundle bundle)
    {
        var f = new LuaFunctionBuilder(bundle, runtime.Functions.CoroutineYield, "lua.co_yield.v1");
        var b = f.B;
        var self = b.Load(runtime.State(f, RootCell.Current));
        var resumer = b.LoadField(self, LuaTypes.CoroutineResumer);
        var outside = b.NewLabel("outside", cold: true);
        b.BranchIf(b.IsNull(resumer), outside);
        EmitSwitchToResumer(f, runtime, self, b.Int64((long)CoroutineStatus.Suspended));
        b.Return([.. b.SwapStack(b.LoadField(resumer, LuaTypes.CoroutineStack), LuaTypes.ValueList, [.. f.Parameters.Skip(1)])]);
        b.PlaceSealed(outside);
        Errors.EmitRaiseMessage(f, runtime, "attempt to yield from outside a coroutine");
        b.Finish();
    }

    /// <summary><c>coroutine.close (co)</c>: unwinds a suspended coroutine, or one that an error has ended, so that its pending variables are closed.</summary>
    public static void DefineClose(LuaRuntime runtime, Bundle bundle)
    {
        var f = new LuaFunctionBuilder(bundle, runtime.Functions.CoroutineClose, "lua.co_close.v1");
        var b = f.B;
        var coroutine = EmitCheckCoroutine(f, runtime, f.Parameters[2]);
        var check = b.CCall(NativeConvention.Runtime, runtime.Leaves.CheckClose, EmitStatus(f, coroutine));
        Errors.EmitRaiseOnStatus(f, runtime, check[0], check[1]);
        var dead = b.NewLabel("dead");
        b.BranchIf(b.IsNull(b.LoadField(coroutine, LuaTypes.CoroutineStack)), dead);
        var begun = b.NewLabel("begun");
        b.BranchIf(f.IsNil(b.LoadField(coroutine, LuaTypes.CoroutineBody)), begun);
        EmitSetStatus(f, coroutine, b.Int64((long)CoroutineStatus.Dead));
        b.StoreField(coroutine, LuaTypes.CoroutineStack, b.Null(SimpleType.StackRef));
        b.Jump(dead);
        b.PlaceSealed(begun);
        b.If(b.Compare(CompareOp.Sge, b.LoadField(b.Load(runtime.State(f, RootCell.Current)), LuaTypes.CoroutineDepth), b.Int64(MaxDepth)),
            () => f.ReturnList(f.False, Errors.EmitText(f, runtime, Errors.StackOfC)));
        b.StoreField(coroutine, LuaTypes.CoroutineHandler, f.True);
        EmitEnter(f, runtime, coroutine);
        var kill = b.New(LuaTypes.Failure);
        b.StoreField(kill, LuaTypes.FailureValue, b.LoadField(coroutine, LuaTypes.CoroutineError));
        b.StoreField(kill, LuaTypes.FailureTraceback, f.True);
        b.SwapStackThrow(b.LoadField(coroutine, LuaTypes.CoroutineStack), LuaTypes.ValueList, b.CastRef(kill, WellKnownTypes.RefVoid));
        EmitSetStatus(f, coroutine, b.Int64((long)CoroutineStatus.Dead));
        Interruption.EmitEndIfEnding(f, runtime);
        b.PlaceSealed(dead);
        var error = b.LoadField(coroutine, LuaTypes.CoroutineError);
        b.StoreField(coroutine, LuaTypes.CoroutineError, f.Nil);
        var fine = b.NewLabel("fine");
        b.BranchIf(f.IsNil(error), fine);
        f.ReturnList(f.False, error);
        b.PlaceSealed(fine);
        f.ReturnList(f.True);
        b.Finish();
    }

    internal static Value EmitCheckCoroutine(LuaFunctionBuilder f, LuaRuntime runtime, Value value)
    {
        RequireTag(f, runtime, value, LuaTag.Coroutine, runtime.Leaves.CheckCoroutine);
        return f.Tagged.ToRef(value, LuaTypes.CoroutineRef);
    }

    /// <summary>Raises the error of a leaf when a value is not of the type that the leaf checks too.</summary>
    private static void RequireTag(LuaFunctionBuilder f, LuaRuntime runtime, Value value, int tag, Value leaf)
    {
        var b = f.B;
        var other = b.NewLabel("other", cold: true);
        var fine = b.NewLabel("fine");
        b.Branch(f.Tagged.HasTag(value, tag), fine, other);
        b.PlaceSealed(other);
        Errors.EmitRaise(f, runtime, b.CCall(NativeConvention.Runtime, leaf, value, f.Parameters[1])[0]);
        b.PlaceSealed(fine);
    }
}
