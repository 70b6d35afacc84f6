using System.Runtime.CompilerServices;
using Mu.Core.IR;
using Mu.Core.Types;
using Mu.Lua.Runtime;
using Mu.Lua.Runtime.Host;
using Mu.Lua.Runtime.Leaves;

namespace Mu.Lua;

/// <summary>The two Mu functions through which a state and its host meet: one runs the delegates of host functions, the other sees errors on their way to the host.</summary>
internal sealed unsafe class HostEntry
{
    private readonly LuaRuntime runtime;
    private readonly Function code;
    private readonly GuestValue handler;
    private string? traceback;

    public HostEntry(LuaRuntime runtime)
    {
        this.runtime = runtime;
        var bundle = new Bundle();
        code = runtime.Host.Declare(bundle, new HostFunction("?", &Invoke) { NeedsCallee = true });
        var handlerCode = runtime.Host.Declare(bundle, new HostFunction("?", &KeepTraceback));
        runtime.Vm.Load(bundle);
        handler = runtime.Keep(runtime.NewClosure(runtime.Heap, handlerCode, 0, []));
    }

    /// <summary>The message handler of calls by the host: keeps the traceback, and leaves the error as it is.</summary>
    public ulong MessageHandler => handler.Word;

    /// <summary>The function object of a delegate.</summary>
    public ulong NewFunction(HostObjects objects, LuaHostFunction function)
    {
        int number = objects.Add(function);
        ulong word = runtime.NewClosure(runtime.Heap, code, 0, [TagRef64.FromInt(number)]);
        objects.Attach(number, TagRef64.ToAddress(word), isUnique: false);
        return word;
    }

    /// <summary>The traceback of the error that came last.</summary>
    public string? TakeTraceback() => Interlocked.Exchange(ref traceback, null);

    private static LeafResult KeepTraceback(ref HostCall c)
    {
        // Level 0 is this handler.
        ((LuaState)c.Runtime.Host.Embedder!).Host.traceback = Traceback.Text(c.Heap, null, 1);
        return HostCall.One(c[0]);
    }

    private static LeafResult Invoke(ref HostCall c)
    {
        var state = (LuaState)c.Runtime.Host.Embedder!;
        var function = (LuaHostFunction)state.Objects[(int)TagRef64.ToInt(FunctionObject.Upvalues(c.Callee)[0])];
        var arguments = new LuaValue[c.Count];
        for (int i = 0; i < arguments.Length; i++) arguments[i] = state.FromWord(c[i]);
        try
        {
            return Results(ref c, state, function(new LuaCall(state, arguments)));
        }
        catch (LuaArgumentException e)
        {
            throw c.ArgumentError(e.Index, e.Problem);
        }
        catch (LuaException e) when (e.Traceback is not null || e.Value.Type != LuaType.String)
        {
            throw new LuaFailure(state.ToWord(e.Value));
        }
        catch (Exception e) when (e is not LuaFailure)
        {
            throw state.FailureOf(e, c.Error(e.Message));
        }
    }

    private static LeafResult Results(ref HostCall c, LuaState state, LuaResult results)
    {
        switch (results.Count)
        {
            case 0: return HostCall.None;
            case 1: return HostCall.One(state.ToWord(results[0]));
            case <= LuaTypes.RegisterValues:
                ref ulong four = ref c.FourRoots(LuaTag.NilWord, LuaTag.NilWord);
                for (int i = 0; i < results.Count; i++) Unsafe.Add(ref four, i) = state.ToWord(results[i]);
                return c.Four(four, Unsafe.Add(ref four, 1), Unsafe.Add(ref four, 2), Unsafe.Add(ref four, 3), results.Count);
        }
        ref ulong array = ref c.Root(LuaTag.NilWord);
        var values = c.Heap.NewValues(results.Count);
        if (values == null) throw c.OutOfMemory();
        array = TagRef64.FromRef((ulong)values, LuaTag.Cell);
        for (int i = 0; i < results.Count; i++)
        {
            ulong word = state.ToWord(results[i]);
            ValuesObject.Items((ValuesObject*)TagRef64.ToAddress(array))[i] = word;
        }
        return c.All((ValuesObject*)TagRef64.ToAddress(array));
    }
}
