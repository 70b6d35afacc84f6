using Mu.ClientLib.Building;
using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Lua.Runtime.Operations;

/// <summary>
/// Indexing. The fast paths are written inline by <see cref="EmitGet"/> and its kin wherever a program indexes; what they leave, the functions
/// <c>index</c>, <c>index_name</c>, <c>set_index</c>, <c>set_name</c> do, with metamethods (manual §2.4).
/// </summary>
internal static class Indexing
{
    /// <summary>t[k] for any key: array part inline, the rest by call.</summary>
    public static Value EmitGet(LuaFunctionBuilder f, LuaRuntime runtime, Site site, Value table, Value key)
    {
        var b = f.B;
        if (!site.IsInline) return b.CallOne(runtime.Functions.Index, table, key);
        var result = b.NewVariable(LuaTypes.Value);
        var slow = site.NewSlowLabel(b, "index.slow");
        var end = b.NewLabel("index.end");
        b.BranchUnless(f.IsTable(table), slow);
        b.BranchUnless(f.Tagged.IsInt(key), slow);
        var location = EmitArrayLocation(f, f.AsTable(table), f.Tagged.ToInt64(key), slow);
        var value = b.Load(location);
        b.BranchIf(f.IsNil(value), slow);
        b.Write(result, value);
        b.Jump(end);
        b.PlaceSealed(slow);
        site.RecordSlow(b);
        b.Write(result, b.CallOne(runtime.Functions.Index, table, key));
        b.PlaceSealed(end);
        return b.Read(result);
    }

    /// <summary>t.name: the inline cache, the rest by call.</summary>
    public static Value EmitGetName(LuaFunctionBuilder f, LuaRuntime runtime, Site site, Value table, Value name)
    {
        var b = f.B;
        if (!site.IsInline) return b.CallOne(runtime.Functions.IndexName, table, name, b.Field(site.Cell, Site.Place));
        var result = b.NewVariable(LuaTypes.Value);
        EmitCount(f, runtime, RootCell.CacheUses);
        var slow = site.NewSlowLabel(b, "name.slow");
        var end = b.NewLabel("name.end");
        b.BranchUnless(f.IsTable(table), slow);
        var node = EmitCachedNode(f, site, f.AsTable(table), name, slow);
        var value = b.LoadField(node, LuaTypes.NodeValue);
        b.BranchIf(f.IsNil(value), slow);
        b.Write(result, value);
        b.Jump(end);
        b.PlaceSealed(slow);
        site.RecordSlow(b);
        EmitCount(f, runtime, RootCell.CacheMisses);
        b.Write(result, b.CallOne(runtime.Functions.IndexName, table, name, b.Field(site.Cell, Site.Place)));
        b.PlaceSealed(end);
        return b.Read(result);
    }

    /// <summary>t[k] = v for any key: a place in the array part that holds a value is overwritten inline. Where that is often not the case, the next element is added inline as well.</summary>
    public static void EmitSet(LuaFunctionBuilder f, LuaRuntime runtime, Site site, Value table, Value key, Value value)
    {
        var b = f.B;
        if (!site.IsInline)
        {
            b.Call(runtime.Functions.SetIndex, table, key, value);
            return;
        }
        var slow = site.NewSlowLabel(b, "set.slow");
        var end = b.NewLabel("set.end");
        b.BranchUnless(f.IsTable(table), slow);
        b.BranchUnless(f.Tagged.IsInt(key), slow);
        b.BranchIf(f.IsNil(value), slow);
        var outside = site.SlowIsCommon ? b.NewLabel("set.outside") : slow;
        var location = EmitArrayLocation(f, f.AsTable(table), f.Tagged.ToInt64(key), outside);
        // An existing value means that __newindex is out of question.
        b.BranchIf(f.IsNil(b.Load(location)), slow);
        b.Store(location, value);
        b.Jump(end);
        if (site.SlowIsCommon)
        {
            b.PlaceSealed(outside);
            RawTables.EmitAppendInPlace(f, runtime, f.AsTable(table), f.Tagged.ToInt64(key), value, slow);
            b.Jump(end);
        }
        b.PlaceSealed(slow);
        site.RecordSlow(b);
        b.Call(runtime.Functions.SetIndex, table, key, value);
        b.PlaceSealed(end);
    }

    /// <summary>t.name = v: the inline cache, the rest by call.</summary>
    public static void EmitSetName(LuaFunctionBuilder f, LuaRuntime runtime, Site site, Value table, Value name, Value value)
    {
        var b = f.B;
        if (!site.IsInline)
        {
            b.Call(runtime.Functions.SetIndexName, table, name, b.Field(site.Cell, Site.Place), value);
            return;
        }
        EmitCount(f, runtime, RootCell.CacheUses);
        var slow = site.NewSlowLabel(b, "setname.slow");
        var end = b.NewLabel("setname.end");
        b.BranchUnless(f.IsTable(table), slow);
        var node = EmitCachedNode(f, site, f.AsTable(table), name, slow);
        var location = b.Field(node, LuaTypes.NodeValue);
        b.BranchIf(f.IsNil(b.Load(location)), slow);
        b.Store(location, value);
        b.Jump(end);
        b.PlaceSealed(slow);
        site.RecordSlow(b);
        EmitCount(f, runtime, RootCell.CacheMisses);
        b.Call(runtime.Functions.SetIndexName, table, name, b.Field(site.Cell, Site.Place), value);
        b.PlaceSealed(end);
    }

    /// <summary>Counts for mulua --stats; else no code.</summary>
    private static void EmitCount(LuaFunctionBuilder f, LuaRuntime runtime, int counter)
    {
        if (!runtime.CountsCaches) return;
        var location = runtime.State(f, counter);
        f.B.Store(location, f.B.Add(f.B.Load(location), f.B.Int64(1)));
    }

    /// <summary>The location of array element <paramref name="index"/> (from 1); to <paramref name="outside"/> when it is not in the array part.</summary>
    public static Value EmitArrayLocation(LuaFunctionBuilder f, Value table, Value index, Label outside)
    {
        var b = f.B;
        var position = b.Sub(index, b.Int64(1));
        b.BranchUnless(b.Compare(CompareOp.Ult, position, b.LoadField(table, LuaTypes.TableCount)), outside);
        return f.Item(b.LoadField(table, LuaTypes.TableArray), position);
    }

    /// <summary>The node where an inline cache says that an interned name is; to <paramref name="miss"/> when another key is there.</summary>
    private static Value EmitCachedNode(LuaFunctionBuilder f, Site site, Value table, Value name, Label miss)
    {
        var b = f.B;
        var nodes = b.LoadField(table, LuaTypes.TableNodes);
        var index = site.KnownPlace >= 0 ? b.Int64(site.KnownPlace) : b.LoadField(site.Cell, Site.Place);
        b.BranchUnless(b.Compare(CompareOp.Ult, index, b.HybridLength(nodes)), miss);
        var node = b.VarElement(nodes, index);
        b.BranchUnless(f.Tagged.Same(b.LoadField(node, LuaTypes.NodeKey), name), miss);
        return node;
    }

    /// <summary><c>index_name (object, name, cache) -> value</c>: obj.name with metamethods, for an interned name. A hit in the object itself goes into the cache.</summary>
    public static void DefineIndexName(LuaRuntime runtime, Bundle bundle)
    {
        var f = new LuaFunctionBuilder(bundle, runtime.Functions.IndexName, "lua.index_name.v1");
        var b = f.B;
        var name = f.Parameters[1];
        var cache = f.Parameters[2];
        var current = b.NewVariable(f.Parameters[0], "object");
        var isFirst = b.NewVariable(b.Bool(true), "first");
        var steps = b.NewVariable(b.Int64(LoopLimit), "steps");

        var loop = b.NewLabel("loop");
        var other = b.NewLabel("other", cold: true);
        var absent = b.NewLabel("absent");
        b.Place(loop);
        b.BranchUnless(f.IsTable(b.Read(current)), other);
        var nodes = b.LoadField(f.AsTable(b.Read(current)), LuaTypes.TableNodes);
        var index = NodeSearch.EmitFindName(f, nodes, name, absent);
        var value = b.LoadField(b.VarElement(nodes, index), LuaTypes.NodeValue);
        b.BranchIf(f.IsNil(value), absent);
        b.If(b.Read(isFirst), () => b.Store(cache, index));
        b.Return(value);

        b.PlaceSealed(absent);
        var metatable = b.LoadField(f.AsTable(b.Read(current)), LuaTypes.TableMetatable);
        var isNil = b.NewLabel("nil");
        b.BranchIf(b.IsNull(metatable), isNil);
        var handler = b.NewVariable(EmitMetamethod(f, runtime, metatable, Metamethods.Index, isNil), "handler");
        EmitFollow(f, runtime, current, handler, name, isFirst, steps, loop);

        b.PlaceSealed(isNil);
        b.Return(f.Nil);

        b.PlaceSealed(other);
        b.Write(handler, b.CallOne(runtime.Functions.IndexHandler, b.Read(current), name));
        EmitFollow(f, runtime, current, handler, name, isFirst, steps, loop);
        b.Seal(loop);
        b.Finish();
    }

    /// <summary><c>index (object, key) -> value</c>: obj[key] with metamethods, for any key.</summary>
    public static void DefineIndex(LuaRuntime runtime, Bundle bundle)
    {
        var f = new LuaFunctionBuilder(bundle, runtime.Functions.Index, "lua.index.v1");
        var b = f.B;
        var key = f.Parameters[1];
        var current = b.NewVariable(f.Parameters[0], "object");
        var steps = b.NewVariable(b.Int64(LoopLimit), "steps");
        var isFirst = b.NewVariable(b.Bool(true), "first");

        var loop = b.NewLabel("loop");
        var other = b.NewLabel("other", cold: true);
        b.Place(loop);
        b.BranchUnless(f.IsTable(b.Read(current)), other);
        var table = f.AsTable(b.Read(current));
        var value = RawTables.EmitGet(f, runtime, table, key);
        var absent = b.NewLabel("absent");
        b.BranchIf(f.IsNil(value), absent);
        b.Return(value);

        b.PlaceSealed(absent);
        var metatable = b.LoadField(table, LuaTypes.TableMetatable);
        var isNil = b.NewLabel("nil");
        b.BranchIf(b.IsNull(metatable), isNil);
        var handler = b.NewVariable(EmitMetamethod(f, runtime, metatable, Metamethods.Index, isNil), "handler");
        EmitFollow(f, runtime, current, handler, key, isFirst, steps, loop);

        b.PlaceSealed(isNil);
        b.Return(f.Nil);

        b.PlaceSealed(other);
        b.Write(handler, b.CallOne(runtime.Functions.IndexHandler, b.Read(current), key));
        EmitFollow(f, runtime, current, handler, key, isFirst, steps, loop);
        b.Seal(loop);
        b.Finish();
    }

    /// <summary><c>set_index (object, key, value)</c>: obj[key] = value with metamethods.</summary>
    public static void DefineSetIndex(LuaRuntime runtime, Bundle bundle)
    {
        var f = new LuaFunctionBuilder(bundle, runtime.Functions.SetIndex, "lua.set_index.v1");
        EmitSetLoop(f, runtime, f.Parameters[1], f.Parameters[2], null);
    }

    /// <summary><c>set_name (object, name, cache, value)</c>: obj.name = value with metamethods; the place goes into the cache.</summary>
    public static void DefineSetIndexName(LuaRuntime runtime, Bundle bundle)
    {
        var f = new LuaFunctionBuilder(bundle, runtime.Functions.SetIndexName, "lua.set_name.v1");
        EmitSetLoop(f, runtime, f.Parameters[1], f.Parameters[3], f.Parameters[2]);
    }

    private static void EmitSetLoop(LuaFunctionBuilder f, LuaRuntime runtime, Value key, Value value, Value? cache)
    {
        var b = f.B;
        var current = b.NewVariable(f.Parameters[0], "object");
        var steps = b.NewVariable(b.Int64(LoopLimit), "steps");
        var loop = b.NewLabel("loop");
        var other = b.NewLabel("other", cold: true);
        var raw = b.NewLabel("raw");
        b.Place(loop);
        b.BranchUnless(f.IsTable(b.Read(current)), other);
        var table = f.AsTable(b.Read(current));
        var metatable = b.LoadField(table, LuaTypes.TableMetatable);
        b.BranchIf(b.IsNull(metatable), raw);
        var handler = b.NewVariable(EmitMetamethod(f, runtime, metatable, Metamethods.NewIndex, raw), "handler");
        // __newindex matters only where the key has no value.
        b.BranchUnless(f.IsNil(b.CallOne(runtime.Functions.RawGet, table, key)), raw);
        var follow = b.NewLabel("follow");
        b.Jump(follow);

        b.PlaceSealed(raw);
        if (cache is null) b.TailCall(runtime.Functions.RawSet, f.AsTable(b.Read(current)), key, value);
        else b.TailCall(runtime.Functions.RawSetName, f.AsTable(b.Read(current)), key, value, cache);

        b.PlaceSealed(other);
        b.Write(handler, b.CallOne(runtime.Functions.NewIndexHandler, b.Read(current), key));
        b.PlaceSealed(follow);
        var call = b.NewLabel("call");
        b.BranchIf(f.IsFunction(b.Read(handler)), call);
        EmitCountStep(f, runtime, steps, "'__newindex' chain too long; possible loop");
        b.Write(current, b.Read(handler));
        b.Jump(loop);
        b.Seal(loop);

        b.PlaceSealed(call);
        f.CallFunction(f.AsFunction(b.Read(handler)), b.Read(current), key, value);
        b.Return();
        b.Finish();
    }

    /// <summary>Goes on with a handler of __index: calls a function, else indexes the handler.</summary>
    private static void EmitFollow(LuaFunctionBuilder f, LuaRuntime runtime, Variable current, Variable handler, Value key, Variable isFirst, Variable steps, Label loop)
    {
        var b = f.B;
        var call = b.NewLabel("call");
        b.BranchIf(f.IsFunction(b.Read(handler)), call);
        EmitCountStep(f, runtime, steps, "'__index' chain too long; possible loop");
        b.Write(current, b.Read(handler));
        b.Write(isFirst, b.Bool(false));
        b.Jump(loop);
        b.PlaceSealed(call);
        b.Return(LuaFunctionBuilder.First(f.CallFunction(f.AsFunction(b.Read(handler)), b.Read(current), key)));
    }

    private static void EmitCountStep(LuaFunctionBuilder f, LuaRuntime runtime, Variable steps, string message)
    {
        var b = f.B;
        var left = b.Sub(b.Read(steps), b.Int64(1));
        b.Write(steps, left);
        b.If(b.Eq(left, b.Int64(0)), () => Errors.EmitRaiseMessage(f, runtime, message));
    }

    /// <summary>A metatable's metamethod; to <paramref name="absent"/> when it has none. What is absent is noted in the metatable's flags.</summary>
    public static Value EmitMetamethod(LuaFunctionBuilder f, LuaRuntime runtime, Value metatable, int metamethod, Label absent)
    {
        var b = f.B;
        var flag = b.And(b.LoadField(metatable, LuaTypes.TableFlags), b.Int64(1L << metamethod));
        b.BranchUnless(b.Eq(flag, b.Int64(0)), absent);
        var missing = b.NewLabel("nometamethod", cold: true);
        var nodes = b.LoadField(metatable, LuaTypes.TableNodes);
        var index = NodeSearch.EmitFindName(f, nodes, b.Load(runtime.MetamethodNameLocation(f, metamethod)), missing);
        var value = b.LoadField(b.VarElement(nodes, index), LuaTypes.NodeValue);
        var present = b.NewLabel("metamethod");
        b.Branch(f.IsNil(value), missing, present);
        b.PlaceSealed(missing);
        var flags = b.Field(metatable, LuaTypes.TableFlags);
        b.Store(flags, b.Or(b.Load(flags), b.Int64(1L << metamethod)));
        b.Jump(absent);
        b.PlaceSealed(present);
        return value;
    }

    private const int LoopLimit = 2000;
}
