using Mu.Core.Api;
using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Lua.Runtime;

// Calls of Lua functions by a host, outside of all Lua code or from a function that Lua code has called.
internal sealed unsafe partial class LuaRuntime
{
    /// <summary>
    /// Calls a function on a new stack: of the handles, which are deleted, the first is the function, the second its message handler, and the others are the arguments. The result is true and the
    /// results, or false and the error; the words are good until the next allocation.
    /// </summary>
    public ulong[] EnterCall(ReadOnlySpan<MuValue> values)
    {
        int registers = Math.Min(values.Length, LuaTypes.RegisterValues);
        var list = new MuValue[LuaTypes.ValueList.Length + 1];
        list[0] = Context.FromReference(LuaTypes.FunctionRef, 0);
        list[1] = Context.FromInteger(IntType.I32, (ulong)values.Length);
        for (int i = 0; i < LuaTypes.RegisterValues; i++) list[2 + i] = i < registers ? values[i] : Context.FromTagRef(LuaTag.NilWord);
        list[^1] = Context.FromReference(LuaTypes.ValuesRef, (ulong)Overflow(values[registers..]));
        try
        {
            return ListOf(Context.Call(Functions.Enter, list));
        }
        finally
        {
            foreach (var handle in list) Context.Delete(handle);
            foreach (var handle in values[registers..]) Context.Delete(handle);
        }
    }

    /// <summary>
    /// The same while a leaf runs: its stack waits, and the coroutine that it belongs to cannot yield, since the leaf's C# frame lies in between.
    /// </summary>
    public ulong[] EnterNestedCall(ReadOnlySpan<MuValue> values)
    {
        var heap = Heap;
        using var roots = heap.OpenRoots();
        ref ulong current = ref roots.Ref(StateWord(RootCell.Current));
        var coroutine = (CoroutineObject*)current;
        ref ulong resumer = ref roots.Ref((ulong)coroutine->Resumer);
        ref ulong stack = ref roots.Ref(coroutine->Stack);
        ref ulong handler = ref roots.Tagged(coroutine->Handler);
        coroutine->Resumer = null;
        using var nesting = heap.Mutator.OpenNesting();
        try
        {
            return EnterCall(values);
        }
        finally
        {
            coroutine = (CoroutineObject*)current;
            coroutine->Resumer = (CoroutineObject*)resumer;
            (coroutine->Stack, coroutine->Handler) = (stack, handler);
        }
    }

    private ValuesObject* Overflow(ReadOnlySpan<MuValue> values)
    {
        if (values.Length == 0) return null;
        var extra = Heap.NewValues(values.Length);
        if (extra == null) throw new Host.LuaFailure(OutOfMemoryMessage);
        for (int i = 0; i < values.Length; i++) ValuesObject.Items(extra)[i] = Context.ToAddress(values[i]);
        return extra;
    }
}
