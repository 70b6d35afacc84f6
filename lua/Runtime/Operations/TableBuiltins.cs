using Mu.ClientLib.Building;
using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Lua.Runtime.Operations;

/// <summary>The common cases of library functions on tables and metatables. <see cref="FastBuiltins"/> says how they go on otherwise.</summary>
internal static class TableBuiltins
{
    private static Value Count(LuaFunctionBuilder f) => f.Parameters[1];

    private static Value Argument(LuaFunctionBuilder f, int index) => f.Parameters[2 + index];

    private static void RequireCount(LuaFunctionBuilder f, int count, Label slow) => f.B.BranchUnless(f.B.Eq(Count(f), f.B.Int32(count)), slow);

    private static Value RequireTable(LuaFunctionBuilder f, Label slow)
    {
        f.B.BranchUnless(f.IsTable(Argument(f, 0)), slow);
        return f.AsTable(Argument(f, 0));
    }

    /// <summary>The first argument, a table without metatable.</summary>
    private static Value RequirePlainTable(LuaFunctionBuilder f, Label slow)
    {
        var table = RequireTable(f, slow);
        f.B.BranchUnless(f.B.IsNull(f.B.LoadField(table, LuaTypes.TableMetatable)), slow);
        return table;
    }

    public static void EmitNext(LuaFunctionBuilder f, LuaRuntime runtime, Label slow)
    {
        var b = f.B;
        var table = RequireTable(f, slow);
        var key = Argument(f, 1);
        var position = b.NewVariable(b.Int64(0), "position");
        b.If(b.Not(f.IsNil(key)), () => b.Write(position, Traversal.EmitPositionAfter(f, table, key, slow)));
        var next = b.Call(runtime.Functions.NextFrom, table, b.Read(position));
        var end = b.NewLabel("end");
        b.BranchIf(f.IsNil(next[1]), end);
        f.ReturnList(next[1], next[2]);
        b.PlaceSealed(end);
        f.ReturnList(f.Nil);
    }

    /// <summary>pairs(t) without __pairs.</summary>
    public static void EmitPairs(LuaFunctionBuilder f, LuaRuntime runtime, Label slow)
    {
        var b = f.B;
        var metatable = b.LoadField(RequireTable(f, slow), LuaTypes.TableMetatable);
        b.If(b.Not(b.IsNull(metatable)), () => RequireAbsent(f, runtime, metatable, slow, Metamethods.Pairs));
        f.ReturnList(b.Load(runtime.State(f, RootCell.NextFunction)), Argument(f, 0), f.Nil);
    }

    public static void EmitIpairs(LuaFunctionBuilder f, LuaRuntime runtime, Label slow)
    {
        RequireTable(f, slow);
        f.ReturnList(f.B.Load(runtime.State(f, RootCell.IpairsIterator)), Argument(f, 0), f.B.TagRefWord(TagRef64.FromInt(0)));
    }

    public static void EmitRawGet(LuaFunctionBuilder f, LuaRuntime runtime, Label slow)
    {
        RequireCount(f, 2, slow);
        f.ReturnList(RawTables.EmitGet(f, runtime, RequireTable(f, slow), Argument(f, 1)));
    }

    public static void EmitRawSet(LuaFunctionBuilder f, LuaRuntime runtime, Label slow)
    {
        RequireCount(f, 3, slow);
        f.B.Call(runtime.Functions.RawSet, RequireTable(f, slow), Argument(f, 1), Argument(f, 2));
        f.ReturnList(Argument(f, 0));
    }

    public static void EmitRawEqual(LuaFunctionBuilder f, LuaRuntime runtime, Label slow)
    {
        var b = f.B;
        RequireCount(f, 2, slow);
        var differ = b.NewLabel("differ");
        // The same word is the same value but for a NaN, which is slow's.
        b.BranchIf(f.Tagged.IsDouble(Argument(f, 0)), slow);
        b.BranchUnless(f.Tagged.Same(Argument(f, 0), Argument(f, 1)), differ);
        f.ReturnList(f.True);
        b.PlaceSealed(differ);
        b.BranchUnless(f.IsTable(Argument(f, 0)), slow);
        f.ReturnList(f.False);
    }

    public static void EmitRawLength(LuaFunctionBuilder f, LuaRuntime runtime, Label slow) =>
        f.ReturnList(Traversal.EmitIntegerKey(f, Lengths.EmitBorder(f, runtime, RequireTable(f, slow), slow)));

    /// <summary>setmetatable(t, mt) of a table that has none, when mt is known to have neither __mode nor __gc.</summary>
    public static void EmitSetMetatable(LuaFunctionBuilder f, LuaRuntime runtime, Label slow)
    {
        var b = f.B;
        RequireCount(f, 2, slow);
        var table = RequirePlainTable(f, slow);
        b.BranchUnless(f.IsTable(Argument(f, 1)), slow);
        var metatable = f.AsTable(Argument(f, 1));
        RequireAbsent(f, runtime, metatable, slow, Metamethods.Mode, Metamethods.Gc);
        b.StoreField(table, LuaTypes.TableMetatable, metatable);
        f.ReturnList(Argument(f, 0));
    }

    public static void EmitGetMetatable(LuaFunctionBuilder f, LuaRuntime runtime, Label slow)
    {
        var b = f.B;
        var metatable = b.LoadField(RequireTable(f, slow), LuaTypes.TableMetatable);
        var none = b.NewLabel("none");
        b.BranchIf(b.IsNull(metatable), none);
        RequireAbsent(f, runtime, metatable, slow, Metamethods.Metatable);
        f.ReturnList(f.TableValue(metatable));
        b.PlaceSealed(none);
        f.ReturnList(f.Nil);
    }

    /// <summary>Goes to slow unless a metatable is known to lack some metamethods.</summary>
    private static void RequireAbsent(LuaFunctionBuilder f, LuaRuntime runtime, Value metatable, Label slow, params ReadOnlySpan<int> metamethods)
    {
        var b = f.B;
        long bits = 0;
        foreach (int metamethod in metamethods) bits |= 1L << metamethod;
        var known = b.NewLabel("known");
        b.BranchIf(b.Eq(b.And(b.LoadField(metatable, LuaTypes.TableFlags), b.Int64(bits)), b.Int64(bits)), known);
        // A metatable that nobody has looked at yet: many classes make one for each object.
        foreach (int metamethod in metamethods)
        {
            var absent = b.NewLabel("absent");
            Indexing.EmitMetamethod(f, runtime, metatable, metamethod, absent);
            b.Jump(slow);
            b.PlaceSealed(absent);
        }
        b.PlaceSealed(known);
    }

    /// <summary>table.insert(t, v).</summary>
    public static void EmitInsert(LuaFunctionBuilder f, LuaRuntime runtime, Label slow)
    {
        var b = f.B;
        RequireCount(f, 2, slow);
        var table = RequirePlainTable(f, slow);
        var end = b.Add(Lengths.EmitBorder(f, runtime, table, slow), b.Int64(1));
        b.Call(runtime.Functions.RawSet, table, Traversal.EmitIntegerKey(f, end), Argument(f, 1));
        f.ReturnList();
    }

    /// <summary>table.remove(t): the last element.</summary>
    public static void EmitRemove(LuaFunctionBuilder f, LuaRuntime runtime, Label slow)
    {
        var b = f.B;
        RequireCount(f, 1, slow);
        var table = RequirePlainTable(f, slow);
        var last = Lengths.EmitBorder(f, runtime, table, slow);
        var removed = b.Load(Indexing.EmitArrayLocation(f, table, last, slow));
        b.Call(runtime.Functions.RawSet, table, Traversal.EmitIntegerKey(f, last), f.Nil);
        f.ReturnList(removed);
    }

    /// <summary>table.unpack(t), table.unpack(t, i), table.unpack(t, i, j), of elements that are all in the array part.</summary>
    public static void EmitUnpack(LuaFunctionBuilder f, LuaRuntime runtime, Label slow)
    {
        var b = f.B;
        var table = RequirePlainTable(f, slow);
        var first = b.NewVariable(b.Int64(1), "first");
        b.If(b.Not(f.IsNil(Argument(f, 1))), () => b.Write(first, RequireInteger(f, 1, slow)));
        var last = b.NewVariable(IntType.I64, "last");
        b.If(f.IsNil(Argument(f, 2)), () => b.Write(last, Lengths.EmitBorder(f, runtime, table, slow)), () => b.Write(last, RequireInteger(f, 2, slow)));
        var some = b.NewLabel("some");
        var none = b.NewLabel("none");
        b.Branch(b.Compare(CompareOp.Sle, b.Read(first), b.Read(last)), some, none);
        b.PlaceSealed(none);
        f.ReturnList();
        b.PlaceSealed(some);
        b.BranchIf(b.Compare(CompareOp.Slt, b.Read(first), b.Int64(1)), slow);
        b.BranchIf(b.Compare(CompareOp.Sgt, b.Read(last), b.LoadField(table, LuaTypes.TableCount)), slow);
        var count = b.Add(b.Sub(b.Read(last), b.Read(first)), b.Int64(1));
        b.BranchIf(b.Compare(CompareOp.Sgt, count, b.Int64(MaxUnpacked)), slow);
        ValueLists.EmitReturnSlice(f, b.LoadField(table, LuaTypes.TableArray), b.Sub(b.Read(first), b.Int64(1)), count);
    }

    private static Value RequireInteger(LuaFunctionBuilder f, int argument, Label slow)
    {
        f.B.BranchUnless(f.Tagged.IsInt(Argument(f, argument)), slow);
        return f.Tagged.ToInt64(Argument(f, argument));
    }

    /// <summary>Longer lists are rare, and some of them an error.</summary>
    private const int MaxUnpacked = 100_000;
}
