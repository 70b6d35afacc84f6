using Mu.ClientLib.Building;
using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Lua.Runtime.Operations;

/// <summary>Value lists (n, v0…v3, extra): the form in which arguments and results travel.</summary>
internal static class ValueLists
{
    /// <summary><c>prepend (value, list) -> list</c></summary>
    public static void DefinePrepend(LuaRuntime runtime, Bundle bundle)
    {
        var f = new LuaFunctionBuilder(bundle, runtime.Functions.Prepend, "lua.prepend.v1");
        var b = f.B;
        var p = f.Parameters;
        var n = b.Add(p[1], b.Int32(1));
        var spills = b.NewLabel("spills", cold: true);
        b.BranchUnless(b.Compare(CompareOp.Sle, n, b.Int32(LuaTypes.RegisterValues)), spills);
        b.Return(n, p[0], p[2], p[3], p[4], p[6]);
        // The fourth value moves to the front of the extra ones.
        b.PlaceSealed(spills);
        var old = b.Sub(b.ToSigned(IntType.I64, p[1]), b.Int64(LuaTypes.RegisterValues));
        var extra = b.NewHybrid(LuaTypes.Values, b.Add(old, b.Int64(1)));
        b.Store(f.Item(extra, b.Int64(0)), p[5]);
        b.If(b.Compare(CompareOp.Sgt, old, b.Int64(0)), () =>
            b.Common(CommonOp.CopyElements, [LuaTypes.Value], f.Item(extra, b.Int64(1)), f.Item(p[6], b.Int64(0)), old));
        b.Return(n, p[0], p[2], p[3], p[4], extra);
        b.Finish();
    }

    /// <summary><c>drop_first (list) -> list</c>; of an empty list the empty one.</summary>
    public static void DefineDropFirst(LuaRuntime runtime, Bundle bundle)
    {
        var f = new LuaFunctionBuilder(bundle, runtime.Functions.DropFirst, "lua.drop_first.v1");
        var b = f.B;
        var p = f.Parameters;
        var n = p[0];
        var empty = b.NewLabel("empty");
        var spilled = b.NewLabel("spilled", cold: true);
        b.BranchIf(b.Eq(n, b.Int32(0)), empty);
        b.BranchUnless(b.Compare(CompareOp.Sle, n, b.Int32(LuaTypes.RegisterValues)), spilled);
        b.Return(b.Sub(n, b.Int32(1)), p[2], p[3], p[4], f.Nil, f.NoExtra);
        b.PlaceSealed(empty);
        b.Return(n, f.Nil, f.Nil, f.Nil, f.Nil, f.NoExtra);
        b.PlaceSealed(spilled);
        var fourth = b.Load(f.Item(p[5], b.Int64(0)));
        var rest = b.NewVariable(f.NoExtra, "rest");
        b.If(b.Compare(CompareOp.Sgt, n, b.Int32(LuaTypes.RegisterValues + 1)), () =>
        {
            var count = b.Sub(b.ToSigned(IntType.I64, n), b.Int64(LuaTypes.RegisterValues + 1));
            b.Write(rest, EmitCopy(f, p[5], b.Int64(1), count));
        });
        b.Return(b.Sub(n, b.Int32(1)), p[2], p[3], p[4], fourth, b.Read(rest));
        b.Finish();
    }

    /// <summary><c>spread (array) -> list</c>: all elements of an array of exact length; NULL is the empty one.</summary>
    public static void DefineSpread(LuaRuntime runtime, Bundle bundle)
    {
        var f = new LuaFunctionBuilder(bundle, runtime.Functions.Spread, "lua.spread.v1");
        var b = f.B;
        var array = f.Parameters[0];
        var end = b.NewLabel("end");
        var values = new Variable[LuaTypes.RegisterValues];
        for (int i = 0; i < values.Length; i++) values[i] = b.NewVariable(f.Nil);
        var count = b.NewVariable(b.Int64(0), "n");
        var rest = b.NewVariable(f.NoExtra, "rest");
        b.BranchIf(b.IsNull(array), end);
        b.Write(count, b.HybridLength(array));
        for (int i = 0; i < values.Length; i++)
        {
            b.BranchUnless(b.Compare(CompareOp.Sgt, b.Read(count), b.Int64(i)), end);
            b.Write(values[i], b.Load(f.Item(array, b.Int64(i))));
        }
        b.BranchUnless(b.Compare(CompareOp.Sgt, b.Read(count), b.Int64(values.Length)), end);
        b.Write(rest, EmitCopy(f, array, b.Int64(values.Length), b.Sub(b.Read(count), b.Int64(values.Length))));
        b.PlaceSealed(end);
        b.Return([b.ToUnsigned(IntType.I32, b.Read(count)), .. Array.ConvertAll(values, b.Read), b.Read(rest)]);
        b.Finish();
    }

    /// <summary>A list with a value before it: in registers up to three values, else by call.</summary>
    public static Value[] EmitPrepend(LuaFunctionBuilder f, LuaRuntime runtime, Value first, IReadOnlyList<Value> list)
    {
        var b = f.B;
        return EmitEither(f, b.Compare(CompareOp.Slt, list[0], b.Int32(LuaTypes.RegisterValues)),
            () => [b.Add(list[0], b.Int32(1)), first, list[1], list[2], list[3], f.NoExtra],
            () => b.Call(runtime.Functions.Prepend, [first, .. list]));
    }

    /// <summary>A list without its first value, which must be there: in registers up to four values, else by call.</summary>
    public static Value[] EmitDropFirst(LuaFunctionBuilder f, LuaRuntime runtime, IReadOnlyList<Value> list)
    {
        var b = f.B;
        return EmitEither(f, b.Compare(CompareOp.Sle, list[0], b.Int32(LuaTypes.RegisterValues)),
            () => [b.Sub(list[0], b.Int32(1)), list[2], list[3], list[4], f.Nil, f.NoExtra],
            () => b.Call(runtime.Functions.DropFirst, [.. list]));
    }

    /// <summary>One list or another.</summary>
    public static Value[] EmitEither(LuaFunctionBuilder f, Value isShort, Func<IReadOnlyList<Value>> inRegisters, Func<IReadOnlyList<Value>> byCall)
    {
        var b = f.B;
        var result = new Variable[LuaTypes.ValueList.Length];
        for (int i = 0; i < result.Length; i++) result[i] = b.NewVariable(LuaTypes.ValueList[i]);
        var fits = b.NewLabel("list.short");
        var longer = b.NewLabel("list.long", cold: true);
        var end = b.NewLabel("list.end");
        b.Branch(isShort, fits, longer);
        b.PlaceSealed(fits);
        Write(inRegisters());
        b.Jump(end);
        b.PlaceSealed(longer);
        Write(byCall());
        b.PlaceSealed(end);
        return Array.ConvertAll(result, b.Read);

        void Write(IReadOnlyList<Value> values)
        {
            for (int i = 0; i < result.Length; i++) b.Write(result[i], values[i]);
        }
    }

    /// <summary>An array of <paramref name="count"/> elements of another, from an index on.</summary>
    private static Value EmitCopy(LuaFunctionBuilder f, Value source, Value first, Value count)
    {
        var copy = f.B.NewHybrid(LuaTypes.Values, count);
        f.B.Common(CommonOp.CopyElements, [LuaTypes.Value], f.B.VarPart(copy), f.Item(source, first), count);
        return copy;
    }

    /// <summary><c>list_table (list) -> table</c>: the table {...}.</summary>
    public static void DefineTable(LuaRuntime runtime, Bundle bundle)
    {
        var f = new LuaFunctionBuilder(bundle, runtime.Functions.ListTable, "lua.list_table.v1");
        var b = f.B;
        var p = f.Parameters;
        var table = b.New(LuaTypes.Table);
        b.StoreField(table, LuaTypes.TableNodes, b.Load(runtime.State(f, RootCell.SharedNodes)));
        var count = b.ToSigned(IntType.I64, p[0]);
        var end = b.NewLabel("end");
        var filled = b.NewLabel("filled");
        b.BranchIf(b.Eq(count, b.Int64(0)), end);
        var array = b.NewHybrid(LuaTypes.Values, count);
        for (int i = 0; i < LuaTypes.RegisterValues; i++)
        {
            if (i > 0) b.BranchIf(b.Eq(count, b.Int64(i)), filled);
            b.Store(f.Item(array, b.Int64(i)), p[1 + i]);
        }
        var more = b.Sub(count, b.Int64(LuaTypes.RegisterValues));
        b.BranchIf(b.Eq(more, b.Int64(0)), filled);
        b.Common(CommonOp.CopyElements, [LuaTypes.Value], f.Item(array, b.Int64(LuaTypes.RegisterValues)), f.Item(p[^1], b.Int64(0)), more);
        b.PlaceSealed(filled);
        b.StoreField(table, LuaTypes.TableArray, array);
        b.StoreField(table, LuaTypes.TableCount, count);
        RawTables.EmitShorten(f, table);
        b.PlaceSealed(end);
        b.Return(table);
        b.Finish();
    }

    /// <summary>Returns <paramref name="count"/> (at least one) elements of an array from an index on.</summary>
    public static void EmitReturnSlice(LuaFunctionBuilder f, Value array, Value first, Value count)
    {
        var b = f.B;
        var values = new Variable[LuaTypes.RegisterValues];
        for (int i = 0; i < values.Length; i++) values[i] = b.NewVariable(f.Nil);
        var rest = b.NewVariable(f.NoExtra, "rest");
        var end = b.NewLabel("sliced");
        for (int i = 0; i < values.Length; i++)
        {
            if (i > 0) b.BranchUnless(b.Compare(CompareOp.Sgt, count, b.Int64(i)), end);
            b.Write(values[i], b.Load(f.Item(array, b.Add(first, b.Int64(i)))));
        }
        var more = b.Sub(count, b.Int64(values.Length));
        b.BranchUnless(b.Compare(CompareOp.Sgt, more, b.Int64(0)), end);
        b.Write(rest, EmitCopy(f, array, b.Add(first, b.Int64(values.Length)), more));
        b.PlaceSealed(end);
        b.Return([b.Convert(ConvertOp.Trunc, IntType.I32, count), .. Array.ConvertAll(values, b.Read), b.Read(rest)]);
    }

    /// <summary>Raises "not enough memory" when a leaf gave NULL.</summary>
    public static void EmitOutOfMemoryCheck(LuaFunctionBuilder f, LuaRuntime runtime, Value reference)
    {
        var b = f.B;
        var failed = b.NewLabel("nomemory", cold: true);
        var ok = b.NewLabel("ok");
        b.Branch(b.IsNull(reference), failed, ok);
        b.PlaceSealed(failed);
        Errors.EmitRaise(f, runtime, b.Load(runtime.State(f, RootCell.OutOfMemoryMessage)));
        b.PlaceSealed(ok);
    }
}
