using Mu.ClientLib.Building;
using Mu.Core.IR;
using Mu.Core.Types;
using Mu.RPython.Annotation;
using Mu.RPython.Flow;
using Mu.RPython.Objects;

namespace Mu.RPython.Lowering;

/// <summary>An iterator that only its loop sees: no object, but a position and what it goes over.</summary>
internal sealed record IteratorState(SomeIterator Type, Value? Source, Variable Position, Value? Stop, Value? Step);

// Iterators.
internal sealed partial class FunctionLowering
{
    private Value Iterate(Operation o)
    {
        var type = (SomeIterator)TypeOf(o.Result);
        if (o.Operands.Length > 0 && o.Operands[0] is FlowVariable from && iterators.TryGetValue(from, out var known)) iterators[o.Result] = known;
        else if (type.Kind == "range") iterators[o.Result] = Range(o, type);
        else
        {
            var source = o.Plan is { } plan ? Lower(plan, o)
                : TypeOf(o.Operands[0]) is SomeTuple t ? ListOf(Get(o.Operands[0]), t, (SomeList)type.Source)
                : Convert(Get(o.Operands[0]), TypeOf(o.Operands[0]) is SomeIterator i ? i.Source : TypeOf(o.Operands[0]), Plain(type.Source));
            if (type.Kind == "object")
            {
                return source;
            }
            var start = type.Kind == "reversed" ? Length(source, type.Source) : b.Int64(0);
            iterators[o.Result] = new IteratorState(type, source, b.NewVariable(start), null, null);
        }
        return Zero(WellKnownTypes.RefVoid);
    }

    private IteratorState Range(Operation o, SomeIterator type)
    {
        Value Bound(int index) => Get(o.Operands[index], SomeInteger.Any);
        var step = o.Operands.Length == 3 ? Bound(2) : b.Int64(1);
        if (step is not IntConstant) Require(b.Ne(step, b.Int64(0)), "ValueError");
        var start = o.Operands.Length == 1 ? b.Int64(0) : Bound(0);
        return new IteratorState(type, null, b.NewVariable(start), Bound(o.Operands.Length == 1 ? 0 : 1), step);
    }

    /// <summary>Advances an iterator and goes on where there is an item, or where there is none.</summary>
    private void Next(Operation o, NextEnd end)
    {
        if (TypeOf(o.Operands[0]) is SomeIterator { Kind: "object" })
        {
            NextOfObject(o, end);
            return;
        }
        if (o.Operands[0] is not FlowVariable variable || !iterators.TryGetValue(variable, out var state)) throw Error("an iterator that is not used by one loop is not supported yet");
        var position = b.Read(state.Position);
        Label some = b.NewLabel(), done = b.NewLabel();
        var item = TypeOf(o.Result);
        switch (state.Type.Kind)
        {
            case "range":
                b.Branch(IsBefore(position, state.Stop!, state.Step!), some, done);
                b.PlaceSealed(some);
                b.Write(state.Position, b.Add(position, state.Step!));
                values[o.Result] = position;
                break;
            case "items":
                b.Branch(b.Compare(CompareOp.Slt, position, ItemCount(state)), some, done);
                b.PlaceSealed(some);
                b.Write(state.Position, b.Add(position, b.Int64(1)));
                if (item is not SomeImpossible) values[o.Result] = ItemAt(state, position);
                break;
            case "reversed":
                b.Branch(b.Compare(CompareOp.Sgt, position, b.Int64(0)), some, done);
                b.PlaceSealed(some);
                var below = b.Sub(position, b.Int64(1));
                b.Write(state.Position, below);
                if (item is not SomeImpossible) values[o.Result] = ItemAt(state, below);
                break;
            default: NextOfDict(o, state, some, done); break;
        }
        if (item is SomeImpossible) Raise("AssertionError");
        else Jump(end.Item);
        b.PlaceSealed(done);
        Jump(end.Done);
    }

    private Value ListOf(Value tuple, SomeTuple type, SomeList list)
    {
        var made = NewListOf(list, b.Int64(type.Items.Length));
        for (int i = 0; i < type.Items.Length; i++)
            b.Store(b.VarElement(b.LoadField(made, 1), b.Int64(i)), ToMemory(Convert(TupleItem(tuple, type, i), type.Items[i], list.Type.Root.Item.Value)));
        return made;
    }

    /// <summary>Whether a range with a step has not reached its end.</summary>
    private Value IsBefore(Value position, Value stop, Value step)
    {
        Value up = b.Compare(CompareOp.Slt, position, stop), down = b.Compare(CompareOp.Sgt, position, stop);
        return step is IntConstant { Value: var known } ? (long)known > 0 ? up : down : b.Select(b.Compare(CompareOp.Sgt, step, b.Int64(0)), up, down);
    }

    private Value ItemCount(IteratorState state) => state.Type.Source is SomeChar ? b.Int64(1) : Length(state.Source!, state.Type.Source);

    private Value ItemAt(IteratorState state, Value position) => state.Type.Source switch
    {
        SomeList l => FromMemory(b.Load(ItemLocation(state.Source!, position)), l.Type.Root.Item.Value),
        SomeChar => state.Source!,
        _ => b.Load(b.VarElement(state.Source!, position)),
    };

    /// <summary>The next live entry of a dict: deleted ones have hash -1.</summary>
    private void NextOfDict(Operation o, IteratorState state, Label some, Label done)
    {
        var dict = (SomeDict)state.Type.Source;
        var entries = b.LoadField(state.Source!, 3);
        Label head = b.NewLabel(), inside = b.NewLabel();
        b.Place(head);
        var at = b.Read(state.Position);
        b.Branch(b.Compare(CompareOp.Slt, at, b.LoadField(state.Source!, 1)), inside, done);
        b.PlaceSealed(inside);
        b.Write(state.Position, b.Add(at, b.Int64(1)));
        var entry = b.VarElement(entries, at);
        b.Branch(b.Eq(b.LoadField(entry, 2), b.Int64(-1)), head, some);
        b.Seal(head);
        b.PlaceSealed(some);
        if (TypeOf(o.Result) is SomeImpossible) return;
        Value Key() => FromMemory(b.LoadField(b.VarElement(b.LoadField(state.Source!, 3), at), 0), dict.Type.Root.Key.Value);
        Value Item() => FromMemory(b.LoadField(b.VarElement(b.LoadField(state.Source!, 3), at), 1), dict.Type.Root.Value.Value);
        values[o.Result] = state.Type.Kind switch
        {
            "keys" => Key(),
            "values" => Item(),
            _ => NewTuple((SomeTuple)TypeOf(o.Result), [Key(), Item()]),
        };
    }

    /// <summary>An iterator with a method next(): StopIteration ends the loop.</summary>
    private void NextOfObject(Operation o, NextEnd end)
    {
        var handler = b.NewHandler();
        using (b.Try(handler)) values[o.Result] = Lower(o.Plan!, o);
        if (b.IsReachable) Jump(end.Item);
        b.Place(handler);
        var exception = Caught(handler.Exception);
        Label stop = b.NewLabel(), other = b.NewLabel(cold: true);
        b.Branch(IsInstance(exception, [BuiltinTypes.Exception("StopIteration")], false), stop, other);
        b.PlaceSealed(other);
        Throw(exception);
        b.PlaceSealed(stop);
        Jump(end.Done);
    }
}
