using System.Runtime.InteropServices;
using Mu.Core.Types;
using Mu.Lua.Runtime.Tables;

namespace Mu.Lua.Runtime.Leaves;

/// <summary>Metatables and metamethods of any value.</summary>
internal static unsafe class MetatableLeaves
{
    /// <summary>The metatable of a value; null for none. All values of a type but tables and userdata share one.</summary>
    public static TableObject* MetatableOf(LuaRuntime runtime, ulong value)
    {
        if (!TagRef64.IsRef(value)) return (TableObject*)runtime.StateWord(RootCell.NumberMetatable);
        void* target = (void*)TagRef64.ToAddress(value);
        return TagRef64.ToTag(value) switch
        {
            LuaTag.Table => ((TableObject*)target)->Metatable,
            LuaTag.Userdata => ((UserdataObject*)target)->Metatable,
            LuaTag.String => (TableObject*)runtime.StateWord(RootCell.StringMetatable),
            LuaTag.Function => (TableObject*)runtime.StateWord(RootCell.FunctionMetatable),
            LuaTag.BoxedInteger => (TableObject*)runtime.StateWord(RootCell.NumberMetatable),
            LuaTag.Nil => (TableObject*)runtime.StateWord(RootCell.NilMetatable),
            LuaTag.False or LuaTag.True => (TableObject*)runtime.StateWord(RootCell.BooleanMetatable),
            LuaTag.Coroutine => (TableObject*)runtime.StateWord(RootCell.CoroutineMetatable),
            LuaTag.LightUserdata => (TableObject*)runtime.StateWord(RootCell.LightUserdataMetatable),
            _ => null,
        };
    }

    /// <summary>A metamethod of a value; nil when it has none.</summary>
    public static ulong Find(LuaRuntime runtime, ulong value, int metamethod)
    {
        var metatable = MetatableOf(runtime, value);
        return metatable == null ? LuaTag.NilWord : FindIn(runtime, metatable, metamethod);
    }

    public static ulong FindIn(LuaRuntime runtime, TableObject* metatable, int metamethod)
    {
        if ((metatable->Flags & (1UL << metamethod)) != 0) return LuaTag.NilWord;
        var node = TableAccess.FindInterned(metatable->Nodes, runtime.MetamethodName(metamethod));
        if (node != null && node->Value != LuaTag.NilWord) return node->Value;
        metatable->Flags |= 1UL << metamethod;
        return LuaTag.NilWord;
    }

    /// <summary>The metamethod of a binary operation: the left operand's, else the right one's.</summary>
    public static ulong FindBinary(LuaRuntime runtime, ulong left, ulong right, int metamethod)
    {
        ulong handler = Find(runtime, left, metamethod);
        return handler != LuaTag.NilWord ? handler : Find(runtime, right, metamethod);
    }

    /// <summary>__index or __newindex of a value that is no table; an error when there is none.</summary>
    [UnmanagedCallersOnly]
    public static LeafResult IndexHandler(nint context, ulong value, ulong key, ulong metamethod)
    {
        var heap = LuaRuntime.HeapOf(context);
        ulong handler = Find(heap.Runtime, value, (int)metamethod);
        return handler != LuaTag.NilWord ? LeafResult.Done(handler) : LeafResult.Error(ErrorLeaves.IndexError(heap, value));
    }

    /// <summary>__call of a value that is no function; an error when there is none.</summary>
    [UnmanagedCallersOnly]
    public static LeafResult CallHandler(nint context, ulong value)
    {
        var heap = LuaRuntime.HeapOf(context);
        ulong handler = Find(heap.Runtime, value, Metamethods.Call);
        return handler != LuaTag.NilWord ? LeafResult.Done(handler) : LeafResult.Error(ErrorLeaves.CallError(heap, value));
    }
}
