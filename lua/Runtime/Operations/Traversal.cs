using Mu.ClientLib.Building;
using Mu.Core.IR;
using Mu.Core.Types;
using Mu.Lua.Runtime.Tables;

namespace Mu.Lua.Runtime.Operations;

/// <summary>
/// Traversal of tables in Mu code. A loop over <c>pairs</c> keeps a position and so needs not find the last key again: elements of the array part first, then nodes,
/// whose positions begin behind the array's capacity, since the count may fall while the traversal goes on (as in <see cref="TableAccess.Next"/>).
/// </summary>
internal static class Traversal
{
    /// <summary><c>next_from (table, position) -> (position behind it, key, value)</c>: the first entry at or behind a position; key nil at the end.</summary>
    public static void DefineNextFrom(LuaRuntime runtime, Bundle bundle)
    {
        var f = new LuaFunctionBuilder(bundle, runtime.Functions.NextFrom, "lua.next_from.v1");
        var b = f.B;
        var table = f.Parameters[0];
        var array = b.LoadField(table, LuaTypes.TableArray);
        var count = b.LoadField(table, LuaTypes.TableCount);
        var position = b.NewVariable(f.Parameters[1], "position");
        var elements = b.NewLabel("elements");
        var element = b.NewLabel("element");
        var nodePart = b.NewLabel("nodepart");
        b.Place(elements);
        b.BranchUnless(b.Compare(CompareOp.Ult, b.Read(position), count), nodePart);
        var item = b.Load(f.Item(array, b.Read(position)));
        b.Write(position, b.Add(b.Read(position), b.Int64(1)));
        b.Branch(f.IsNil(item), elements, element);
        b.Seal(elements);
        b.PlaceSealed(element);
        b.Return(b.Read(position), EmitIntegerKey(f, b.Read(position)), item);

        b.PlaceSealed(nodePart);
        var capacity = b.NewVariable(b.Int64(0), "capacity");
        b.If(b.Not(b.IsNull(array)), () => b.Write(capacity, b.HybridLength(array)));
        var nodes = b.LoadField(table, LuaTypes.TableNodes);
        var size = b.HybridLength(nodes);
        var past = b.Sub(b.Read(position), b.Read(capacity));
        var index = b.NewVariable(b.Select(b.Compare(CompareOp.Sgt, past, b.Int64(0)), past, b.Int64(0)), "index");
        var walk = b.NewLabel("nodes");
        var found = b.NewLabel("node");
        var end = b.NewLabel("end");
        b.Place(walk);
        b.BranchUnless(b.Compare(CompareOp.Ult, b.Read(index), size), end);
        var node = b.VarElement(nodes, b.Read(index));
        b.Write(index, b.Add(b.Read(index), b.Int64(1)));
        b.Branch(f.IsNil(b.LoadField(node, LuaTypes.NodeValue)), walk, found);
        b.Seal(walk);
        b.PlaceSealed(found);
        b.Return(b.Add(b.Read(capacity), b.Read(index)), b.LoadField(node, LuaTypes.NodeKey), b.LoadField(node, LuaTypes.NodeValue));
        b.PlaceSealed(end);
        b.Return(b.Read(position), f.Nil, f.Nil);
        b.Finish();
    }

    /// <summary>The position behind a key, which is not nil; to <paramref name="slow"/> for a key that only C# can find, or that is not there.</summary>
    public static Value EmitPositionAfter(LuaFunctionBuilder f, Value table, Value key, Label slow)
    {
        var b = f.B;
        var position = b.NewVariable(IntType.I64, "position");
        var inNodes = b.NewLabel("innodes");
        var end = b.NewLabel("positioned");
        b.BranchUnless(f.Tagged.IsInt(key), inNodes);
        b.Write(position, f.Tagged.ToInt64(key));
        var inArray = b.Compare(CompareOp.Ult, b.Sub(b.Read(position), b.Int64(1)), b.LoadField(table, LuaTypes.TableCount));
        b.Branch(inArray, end, inNodes);

        b.PlaceSealed(inNodes);
        var nodes = b.LoadField(table, LuaTypes.TableNodes);
        var main = NodeSearch.EmitMainPosition(f, nodes, NodeSearch.EmitHash(f, key, slow, slow));
        b.Write(position, b.Add(NodeSearch.EmitFind(f, nodes, key, main, slow), b.Int64(1)));
        var array = b.LoadField(table, LuaTypes.TableArray);
        b.BranchIf(b.IsNull(array), end);
        b.Write(position, b.Add(b.Read(position), b.HybridLength(array)));
        b.PlaceSealed(end);
        return b.Read(position);
    }

    public static Value EmitIntegerKey(LuaFunctionBuilder f, Value integer) => f.Tagged.FromInt(f.B.Convert(ConvertOp.Trunc, IntType.I52, integer));
}
