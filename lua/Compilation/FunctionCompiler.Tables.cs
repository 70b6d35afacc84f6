using Mu.Core.IR;
using Mu.Core.Types;
using Mu.Lua.Runtime;
using Mu.Lua.Runtime.Operations;
using Mu.Lua.Syntax;

namespace Mu.Lua.Compilation;

// Table constructors.
internal sealed partial class FunctionCompiler
{
    /// <summary>Positional elements that are collected before they are stored.</summary>
    private const int MaxBatch = 50;

    /// <summary>Constant elements in a row that are stored from an array instead of one by one.</summary>
    private const int LeastConstants = 20;

    /// <summary>Finalisers that are due run where programs allocate; not in code that has hardly run, which does not allocate much.</summary>
    private void CheckFinalizers()
    {
        if (tier != Tier.Compact && !prototype.IsLibrary) Finalization.EmitCheck(f, runtime);
    }

    private Value Table(TableExpression e)
    {
        At(e.At);
        CheckFinalizers();
        int positional = e.Fields.Count(field => field.Key is null);
        int keyed = e.Fields.Count - positional;
        if (e.Fields is [{ Key: null, Value: { IsMultiple: true } all }])
        {
            var values = MultipleList(all);
            At(e.At);
            return f.TableValue(b.CallOne(runtime.Functions.ListTable, [.. values]));
        }
        if (keyed == 0 && positional > 0 && positional <= MaxBatch && !e.Fields[^1].Value.IsMultiple) return ArrayTable(e);
        if (tier != Tier.Compact && positional == 0 && keyed > 0 && keyed <= MaxBatch && IsRecord(e)) return RecordTable(e);

        var table = keyed == 0 && positional == 0 ? EmptyTable() : NewTable(positional, keyed);
        var value = f.TableValue(table);
        var batch = new List<Value>();
        long next = 1;
        // A key that may be an element's is overwritten by it or not as PUC does it, which stores batches. Observed functions have an event for each line.
        bool storesRuns = !isObserved && e.Fields.All(field => field.Key is null or StringExpression);
        for (int i = 0; i < e.Fields.Count; i++)
        {
            var field = e.Fields[i];
            int constants = storesRuns ? ConstantElements(e, i) : 0;
            if (constants >= LeastConstants)
            {
                next = Flush(table, batch, next);
                EmitSetList(table, b.Int64(next), b.Int64(constants), Cells.Array([.. e.Fields.Skip(i).Take(constants).Select(f => f.Value)]));
                next += constants;
                i += constants - 1;
            }
            else if (field.Key is not null) SetField(value, field);
            else if (i == e.Fields.Count - 1 && field.Value.IsMultiple)
            {
                next = Flush(table, batch, next);
                StoreAll(table, next, MultipleList(field.Value));
            }
            else
            {
                batch.Add(InRegister(field.Value));
                if (batch.Count == MaxBatch) next = Flush(table, batch, next);
            }
        }
        Flush(table, batch, next);
        return value;
    }

    /// <summary>How many elements in a row are constants, from an index on.</summary>
    private static int ConstantElements(TableExpression e, int from)
    {
        int end = from;
        while (end < e.Fields.Count && e.Fields[end].Key is null && Literals.Is(e.Fields[end].Value)) end++;
        return end - from;
    }

    private Value EmptyTable()
    {
        var table = b.New(LuaTypes.Table);
        b.StoreField(table, LuaTypes.TableNodes, b.Load(runtime.State(f, RootCell.SharedNodes)));
        return table;
    }

    private Value NewTable(int arraySize, int hashSize)
    {
        var table = b.CCall(NativeConvention.Runtime, runtime.Leaves.NewTable, b.Int64(arraySize), b.Int64(hashSize))[0];
        ValueLists.EmitOutOfMemoryCheck(f, runtime, table);
        return table;
    }

    /// <summary>{a, b, c}: the array is made with its elements in place. Trailing nils are cut off by a leaf, since the array part ends with a value.</summary>
    private Value ArrayTable(TableExpression e)
    {
        var values = new List<Value>();
        foreach (var field in e.Fields) values.Add(InRegister(field.Value));
        At(e.At);
        var array = ArrayOf(values, 0);
        var table = EmptyTable();
        b.StoreField(table, LuaTypes.TableArray, array);
        b.StoreField(table, LuaTypes.TableCount, b.Int64(values.Count));
        if (!IsNeverNil(e.Fields[^1].Value))
            b.If(f.IsNil(values[^1]), () => b.CCall(NativeConvention.Runtime, runtime.Leaves.TrimArray, table));
        return f.TableValue(table);
    }

    /// <summary>{x = 1, y = 2}: constant, distinct, short names.</summary>
    private static bool IsRecord(TableExpression e)
    {
        var names = new HashSet<string>();
        foreach (var field in e.Fields)
            if (!IsShortName(field.Key!) || !names.Add(System.Text.Encoding.Latin1.GetString(((StringExpression)field.Key!).Value))) return false;
        return true;
    }

    /// <summary>
    /// A record: the node array is a copy of a template, which has the names in place and is made by a leaf at the first execution. The names' places are
    /// found through inline caches that the leaf fills; a place is written without looking, since nobody has seen the table yet.
    /// </summary>
    private Value RecordTable(TableExpression e)
    {
        var values = e.Fields.Select(field => Expression(field.Value)).ToList();
        At(e.At);
        var template = b.Bundle.AddGlobal(null, LuaTypes.NodesRef);
        var places = b.Bundle.AddGlobal(null, new SequenceType(TypeKind.Array, IntType.I64, (ulong)values.Count));
        var nodes = b.NewVariable(b.Load(template), "template");
        b.If(b.IsNull(b.Read(nodes)), () =>
        {
            var names = ArrayOf(e.Fields.Select(field => Cells.String(((StringExpression)field.Key!).Value)).ToList<Value>(), 0);
            var made = b.CCall(NativeConvention.Runtime, runtime.Leaves.MakeTemplate, names, b.Element(places, b.Int64(0)))[0];
            ValueLists.EmitOutOfMemoryCheck(f, runtime, made);
            b.Store(template, made);
            b.Write(nodes, made);
        });
        var size = b.HybridLength(b.Read(nodes));
        var copy = b.NewHybrid(LuaTypes.Nodes, size);
        b.StoreField(copy, LuaTypes.NodesLastFree, b.LoadField(b.Read(nodes), LuaTypes.NodesLastFree));
        b.Common(CommonOp.CopyElements, [LuaTypes.Node], b.VarPart(copy), b.VarPart(b.Read(nodes)), size);
        for (int i = 0; i < values.Count; i++)
        {
            var index = b.Load(b.Element(places, b.Int64(i)));
            b.StoreField(b.VarElement(copy, index), LuaTypes.NodeValue, values[i]);
        }
        var table = b.New(LuaTypes.Table);
        b.StoreField(table, LuaTypes.TableNodes, copy);
        return f.TableValue(table);
    }

    private static bool IsNeverNil(Expression e) =>
        e is IntegerExpression or FloatExpression or StringExpression or BooleanExpression or TableExpression or FunctionExpression;

    private void SetField(Value table, TableField field)
    {
        var key = Expression(field.Key!);
        var value = Expression(field.Value);
        At(field.At);
        if (IsShortName(field.Key!)) Indexing.EmitSetName(f, runtime, SiteOf(field), table, key, value);
        else Indexing.EmitSet(f, runtime, SiteOf(field), table, key, value);
    }

    private long Flush(Value table, List<Value> batch, long next)
    {
        if (batch.Count == 0) return next;
        EmitSetList(table, b.Int64(next), b.Int64(batch.Count), ArrayOf(batch, 0));
        next += batch.Count;
        batch.Clear();
        return next;
    }

    /// <summary>table[next], table[next+1], … = all values of a list.</summary>
    private void StoreAll(Value table, long next, IReadOnlyList<Value> list)
    {
        var inRegisters = new List<Value>();
        for (int i = 0; i < LuaTypes.RegisterValues; i++) inRegisters.Add(list[1 + i]);
        var n = b.ToSigned(IntType.I64, list[0]);
        var isShort = b.Compare(CompareOp.Slt, n, b.Int64(LuaTypes.RegisterValues));
        var count = b.Select(isShort, n, b.Int64(LuaTypes.RegisterValues));
        EmitSetList(table, b.Int64(next), count, ArrayOf(inRegisters, 0));
        b.If(b.Compare(CompareOp.Sgt, n, b.Int64(LuaTypes.RegisterValues)), () =>
            EmitSetList(table, b.Int64(next + LuaTypes.RegisterValues), b.Sub(n, b.Int64(LuaTypes.RegisterValues)), list[^1]));
    }

    private void EmitSetList(Value table, Value first, Value count, Value array)
    {
        var ok = b.CCall(NativeConvention.Runtime, runtime.Leaves.SetList, table, first, count, array)[0];
        b.If(b.Eq(ok, b.Int64(0)), () => Errors.EmitRaise(f, runtime, b.Load(runtime.State(f, RootCell.OutOfMemoryMessage))));
    }
}
