using Mu.ClientLib.Building;
using Mu.Core.IR;
using Mu.Core.Types;
using Mu.Lua.Runtime.Tables;

namespace Mu.Lua.Runtime.Operations;

/// <summary>
/// Raw reads and writes of tables in Mu code. Leaves do what is rare: float keys, long strings, keys that never were one, and a hash part that is full
/// (<see cref="TableInsertion"/> is the whole of it in C#).
/// </summary>
internal static class RawTables
{
    /// <summary>Array elements at the first growth, and nodes of the first hash part.</summary>
    private const int FirstCapacity = 4;

    /// <summary>t[key] without metamethods; nil when absent.</summary>
    public static Value EmitGet(LuaFunctionBuilder f, LuaRuntime runtime, Value table, Value key)
    {
        var b = f.B;
        var result = b.NewVariable(f.Nil, "value");
        var leaf = b.NewLabel("get.leaf", cold: true);
        var end = b.NewLabel("get.end");
        var inNodes = b.NewLabel("get.nodes");
        var normal = NodeSearch.EmitNormalize(f, key, leaf);
        b.BranchUnless(f.Tagged.IsInt(normal), inNodes);
        b.Write(result, b.Load(Indexing.EmitArrayLocation(f, table, f.Tagged.ToInt64(normal), inNodes)));
        b.Jump(end);
        b.PlaceSealed(inNodes);
        var hash = NodeSearch.EmitHash(f, normal, end, leaf);
        var nodes = b.LoadField(table, LuaTypes.TableNodes);
        var index = NodeSearch.EmitFind(f, nodes, normal, NodeSearch.EmitMainPosition(f, nodes, hash), end);
        b.Write(result, b.LoadField(b.VarElement(nodes, index), LuaTypes.NodeValue));
        b.Jump(end);
        b.PlaceSealed(leaf);
        b.Write(result, b.CCall(NativeConvention.Runtime, runtime.Leaves.RawGet, table, key)[0]);
        b.PlaceSealed(end);
        return b.Read(result);
    }

    /// <summary><c>raw_get (table, key) -> value</c></summary>
    public static void DefineGet(LuaRuntime runtime, Bundle bundle)
    {
        var f = new LuaFunctionBuilder(bundle, runtime.Functions.RawGet, "lua.raw_get.v1");
        f.B.Return(EmitGet(f, runtime, f.Parameters[0], f.Parameters[1]));
        f.B.Finish();
    }

    /// <summary><c>raw_set (table, key, value)</c>; an error for a nil or NaN key, or no memory.</summary>
    public static void DefineSet(LuaRuntime runtime, Bundle bundle)
    {
        var f = new LuaFunctionBuilder(bundle, runtime.Functions.RawSet, "lua.raw_set.v1");
        var b = f.B;
        var (table, key, value) = (f.Parameters[0], f.Parameters[1], f.Parameters[2]);
        var leaf = b.NewLabel("set.leaf", cold: true);
        var inNodes = b.NewLabel("set.nodes");
        var hashed = b.NewLabel("set.hash");
        var normal = NodeSearch.EmitNormalize(f, key, leaf);
        b.BranchUnless(f.Tagged.IsInt(normal), hashed);
        EmitSetInArray(f, runtime, table, f.Tagged.ToInt64(normal), value, inNodes, leaf);
        b.PlaceSealed(inNodes);
        b.Jump(hashed);

        // Integer keys beyond the array part, and all others.
        b.PlaceSealed(hashed);
        var nodes = b.LoadField(table, LuaTypes.TableNodes);
        var hash = NodeSearch.EmitHash(f, normal, leaf, leaf);
        var main = NodeSearch.EmitMainPosition(f, nodes, hash);
        var absent = b.NewLabel("set.absent");
        var index = NodeSearch.EmitFind(f, nodes, normal, main, absent);
        EmitOverwrite(f, table, b.VarElement(nodes, index), value);
        b.Return();

        b.PlaceSealed(absent);
        EmitReturnIfNil(f, value);
        EmitInsert(f, runtime, table, nodes, normal, main, value, null, leaf);
        b.Return();

        b.PlaceSealed(leaf);
        var error = b.CCall(NativeConvention.Runtime, runtime.Leaves.RawSet, table, key, value);
        Errors.EmitRaiseOnStatus(f, runtime, error[0], error[1]);
        b.Return();
        b.Finish();
    }

    /// <summary><c>raw_set_name (table, name, value, cache)</c>: for an interned name; its place goes into the inline cache.</summary>
    public static void DefineSetName(LuaRuntime runtime, Bundle bundle)
    {
        var f = new LuaFunctionBuilder(bundle, runtime.Functions.RawSetName, "lua.raw_set_name.v1");
        var b = f.B;
        var (table, name, value, cache) = (f.Parameters[0], f.Parameters[1], f.Parameters[2], f.Parameters[3]);
        var leaf = b.NewLabel("set.leaf", cold: true);
        var absent = b.NewLabel("set.absent");
        var nodes = b.LoadField(table, LuaTypes.TableNodes);
        var main = NodeSearch.EmitMainPosition(f, nodes, NodeSearch.EmitStringHash(f, name));
        var index = NodeSearch.EmitFind(f, nodes, name, main, absent);
        EmitOverwrite(f, table, b.VarElement(nodes, index), value);
        b.Store(cache, index);
        b.Return();

        b.PlaceSealed(absent);
        EmitReturnIfNil(f, value);
        EmitInsert(f, runtime, table, nodes, name, main, value, cache, leaf);
        b.Return();

        b.PlaceSealed(leaf);
        var error = b.CCall(NativeConvention.Runtime, runtime.Leaves.RawSetName, table, name, value, cache);
        Errors.EmitRaiseOnStatus(f, runtime, error[0], error[1]);
        b.Return();
        b.Finish();
    }

    /// <summary>An absent key that is set to nil stays absent.</summary>
    private static void EmitReturnIfNil(LuaFunctionBuilder f, Value value)
    {
        var b = f.B;
        b.If(f.IsNil(value), () => b.Return());
    }

    /// <summary>
    /// Writes element <paramref name="index"/> and returns, when it is in the array part or is the next one; else goes to <paramref name="inNodes"/>.
    /// The array part ends with a value that is not nil: nil at its end shortens it.
    /// </summary>
    private static void EmitSetInArray(LuaFunctionBuilder f, LuaRuntime runtime, Value table, Value index, Value value, Label inNodes, Label leaf)
    {
        var b = f.B;
        var outside = b.NewLabel("set.outside");
        var shorten = b.NewLabel("set.shorten");
        b.Store(Indexing.EmitArrayLocation(f, table, index, outside), value);
        b.BranchIf(f.IsNil(value), shorten);
        b.Return();

        b.PlaceSealed(shorten);
        EmitShorten(f, table);
        b.Return();

        b.PlaceSealed(outside);
        var count = b.LoadField(table, LuaTypes.TableCount);
        b.BranchUnless(b.Eq(index, b.Add(count, b.Int64(1))), inNodes);
        b.BranchIf(f.IsNil(value), inNodes);
        EmitAppend(f, runtime, table, index, count, value, leaf);
        b.Return();
    }

    /// <summary>Lets the count fall to the last element that is not nil.</summary>
    public static void EmitShorten(LuaFunctionBuilder f, Value table)
    {
        var b = f.B;
        var array = b.LoadField(table, LuaTypes.TableArray);
        var count = b.NewVariable(b.LoadField(table, LuaTypes.TableCount), "count");
        var loop = b.NewLabel("shorten");
        var done = b.NewLabel("shortened");
        b.Place(loop);
        b.BranchIf(b.Eq(b.Read(count), b.Int64(0)), done);
        var last = b.Sub(b.Read(count), b.Int64(1));
        b.BranchUnless(f.IsNil(b.Load(f.Item(array, last))), done);
        b.Write(count, last);
        b.Jump(loop);
        b.Seal(loop);
        b.PlaceSealed(done);
        b.StoreField(table, LuaTypes.TableCount, b.Read(count));
    }

    /// <summary>
    /// Adds element count + 1. Beside a full array part, the hash part may have the element already. The leaf grows what may be weak, and moves elements that
    /// follow over from the hash part.
    /// </summary>
    private static void EmitAppend(LuaFunctionBuilder f, LuaRuntime runtime, Value table, Value index, Value count, Value value, Label leaf)
    {
        var b = f.B;
        var array = b.NewVariable(b.LoadField(table, LuaTypes.TableArray), "array");
        var isArrayOnly = EmitIsArrayOnly(f, runtime, table);
        var grow = b.NewLabel("append.grow", cold: true);
        var first = b.NewLabel("append.first", cold: true);
        var larger = b.NewLabel("append.larger", cold: true);
        var room = b.NewLabel("append.room");
        var store = b.NewLabel("append.store");
        var successors = b.NewLabel("append.successors");
        b.BranchIf(b.IsNull(b.Read(array)), grow);
        b.BranchIf(b.Compare(CompareOp.Ult, count, b.HybridLength(b.Read(array))), room);
        b.Jump(grow);

        b.PlaceSealed(grow);
        var full = b.NewLabel("append.full");
        b.BranchUnless(isArrayOnly, full);
        b.BranchIf(b.IsNull(b.Read(array)), first);
        b.Branch(b.IsNull(b.LoadField(table, LuaTypes.TableMetatable)), larger, leaf);
        b.PlaceSealed(first);
        b.Write(array, b.NewHybrid(LuaTypes.Values, b.Int64(FirstCapacity)));
        b.StoreField(table, LuaTypes.TableArray, b.Read(array));
        b.Jump(store);
        b.PlaceSealed(larger);
        var twice = b.NewHybrid(LuaTypes.Values, b.Add(count, count));
        b.Common(CommonOp.CopyElements, [LuaTypes.Value], b.VarPart(twice), b.VarPart(b.Read(array)), count);
        b.Write(array, twice);
        b.StoreField(table, LuaTypes.TableArray, twice);
        b.Jump(store);

        b.PlaceSealed(full);
        var there = EmitIntegerNode(f, table, index, leaf);
        b.BranchIf(f.IsNil(b.LoadField(there, LuaTypes.NodeValue)), leaf);
        b.StoreField(there, LuaTypes.NodeValue, value);
        b.Return();

        b.PlaceSealed(room);
        b.Branch(isArrayOnly, store, successors);
        b.PlaceSealed(successors);
        var successor = EmitIntegerNode(f, table, b.Add(index, b.Int64(1)), store);
        b.BranchUnless(f.IsNil(b.LoadField(successor, LuaTypes.NodeValue)), leaf);
        b.Jump(store);

        b.PlaceSealed(store);
        b.Store(f.Item(b.Read(array), count), value);
        b.StoreField(table, LuaTypes.TableCount, b.Add(count, b.Int64(1)));
    }

    /// <summary>Adds element count + 1 to a table without metatable and hash part whose array part has room for it; else goes to <paramref name="other"/>.</summary>
    public static void EmitAppendInPlace(LuaFunctionBuilder f, LuaRuntime runtime, Value table, Value index, Value value, Label other)
    {
        var b = f.B;
        var count = b.LoadField(table, LuaTypes.TableCount);
        b.BranchUnless(b.Eq(b.Sub(index, b.Int64(1)), count), other);
        b.BranchUnless(b.IsNull(b.LoadField(table, LuaTypes.TableMetatable)), other);
        b.BranchUnless(EmitIsArrayOnly(f, runtime, table), other);
        var array = b.LoadField(table, LuaTypes.TableArray);
        b.BranchIf(b.IsNull(array), other);
        b.BranchUnless(b.Compare(CompareOp.Ult, count, b.HybridLength(array)), other);
        b.Store(f.Item(array, count), value);
        b.StoreField(table, LuaTypes.TableCount, b.Add(count, b.Int64(1)));
    }

    /// <summary>Whether a table has nothing in its hash part, nor ever had.</summary>
    private static Value EmitIsArrayOnly(LuaFunctionBuilder f, LuaRuntime runtime, Value table) =>
        f.B.Eq(f.B.LoadField(table, LuaTypes.TableNodes), f.B.Load(runtime.State(f, RootCell.SharedNodes)));

    /// <summary>The node of a small integer.</summary>
    private static Value EmitIntegerNode(LuaFunctionBuilder f, Value table, Value integer, Label absent)
    {
        var b = f.B;
        var nodes = b.LoadField(table, LuaTypes.TableNodes);
        var key = f.Tagged.FromInt(b.Convert(ConvertOp.Trunc, IntType.I52, integer));
        var main = NodeSearch.EmitMainPosition(f, nodes, NodeSearch.EmitIntegerHash(f, integer));
        return b.VarElement(nodes, NodeSearch.EmitFind(f, nodes, key, main, absent));
    }

    /// <summary>Writes the value of a node. A key whose value was nil comes back to life, which ends what is known about its absence.</summary>
    private static void EmitOverwrite(LuaFunctionBuilder f, Value table, Value node, Value value)
    {
        var b = f.B;
        b.StoreField(node, LuaTypes.NodeValue, value);
        EmitForgetAbsence(f, table);
    }

    private static void EmitForgetAbsence(LuaFunctionBuilder f, Value table)
    {
        var b = f.B;
        var flags = b.Field(table, LuaTypes.TableFlags);
        b.Store(flags, b.And(b.Load(flags), b.Constant(IntType.I64, 0xFFFFFFFF00000000)));
    }

    /// <summary>
    /// Adds a key, which is absent, at its main position; at a free node when a key of the same chain has that (Brent's variation: what is in a foreign main
    /// position would have to give way, and the leaf sees to that). The first keys of a table get a hash part here, unless they are integers, which may belong into the array part.
    /// </summary>
    private static void EmitInsert(LuaFunctionBuilder f, LuaRuntime runtime, Value table, Value oldNodes, Value key, Value oldMain, Value value, Value? cache, Label leaf)
    {
        var b = f.B;
        var nodes = b.NewVariable(oldNodes, "nodes");
        var main = b.NewVariable(oldMain, "main");
        var shared = b.NewLabel("insert.first", cold: true);
        var own = b.NewLabel("insert.own");
        var collides = b.NewLabel("insert.collides");
        var place = b.NewLabel("insert.place");
        b.Branch(b.Eq(oldNodes, b.Load(runtime.State(f, RootCell.SharedNodes))), shared, own);

        b.PlaceSealed(shared);
        b.BranchIf(f.Tagged.IsInt(key), leaf);
        var fresh = EmitFirstNodes(f);
        b.StoreField(table, LuaTypes.TableNodes, fresh);
        b.Write(nodes, fresh);
        b.Write(main, NodeSearch.EmitMainPosition(f, fresh, NodeSearch.EmitHash(f, key, leaf, leaf)));
        b.Jump(place);

        b.PlaceSealed(own);
        b.Branch(f.IsNil(b.LoadField(b.VarElement(oldNodes, oldMain), LuaTypes.NodeKey)), place, collides);

        // The chain's own key is there: the new one goes to a free node, second in the chain.
        b.PlaceSealed(collides);
        var mainNode = b.VarElement(oldNodes, oldMain);
        var otherHash = NodeSearch.EmitHash(f, b.LoadField(mainNode, LuaTypes.NodeKey), leaf, leaf);
        b.BranchUnless(b.Eq(NodeSearch.EmitMainPosition(f, oldNodes, otherHash), oldMain), leaf);
        var free = EmitTakeFree(f, oldNodes, leaf);
        var freeNode = b.VarElement(oldNodes, free);
        b.StoreField(freeNode, LuaTypes.NodeNext, b.LoadField(mainNode, LuaTypes.NodeNext));
        b.StoreField(mainNode, LuaTypes.NodeNext, b.Add(free, b.Int64(1)));
        b.Write(main, free);
        b.PlaceSealed(place);
        var node = b.VarElement(b.Read(nodes), b.Read(main));
        b.StoreField(node, LuaTypes.NodeKey, key);
        b.StoreField(node, LuaTypes.NodeValue, value);
        if (cache is not null) b.Store(cache, b.Read(main));
        EmitForgetAbsence(f, table);
    }

    private static Value EmitFirstNodes(LuaFunctionBuilder f)
    {
        var b = f.B;
        var nodes = b.NewHybrid(LuaTypes.Nodes, b.Int64(FirstCapacity));
        b.StoreField(nodes, LuaTypes.NodesLastFree, b.Int64(FirstCapacity));
        for (int i = 0; i < FirstCapacity; i++)
        {
            var node = b.VarElement(nodes, b.Int64(i));
            b.StoreField(node, LuaTypes.NodeKey, f.Nil);
            b.StoreField(node, LuaTypes.NodeValue, f.Nil);
        }
        return nodes;
    }

    /// <summary>The index of a free node, as PUC's getfreepos finds it: downwards from where the search ended last. To <paramref name="none"/> when there is no more.</summary>
    private static Value EmitTakeFree(LuaFunctionBuilder f, Value nodes, Label none)
    {
        var b = f.B;
        var free = b.NewVariable(b.LoadField(nodes, LuaTypes.NodesLastFree), "free");
        var loop = b.NewLabel("free");
        var found = b.NewLabel("free.found");
        b.Place(loop);
        b.BranchIf(b.Eq(b.Read(free), b.Int64(0)), none);
        b.Write(free, b.Sub(b.Read(free), b.Int64(1)));
        b.Branch(f.IsNil(b.LoadField(b.VarElement(nodes, b.Read(free)), LuaTypes.NodeKey)), found, loop);
        b.Seal(loop);
        b.PlaceSealed(found);
        b.StoreField(nodes, LuaTypes.NodesLastFree, b.Read(free));
        return b.Read(free);
    }
}
