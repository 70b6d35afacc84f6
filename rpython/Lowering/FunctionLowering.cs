using Mu.ClientLib.Building;
using Mu.Core.IR;
using Mu.Core.Types;
using Mu.RPython.Annotation;
using Mu.RPython.Flow;
using Mu.RPython.Objects;
using Mu.RPython.Syntax;

namespace Mu.RPython.Lowering;

/// <summary>One annotated function to Mu IR.</summary>
internal sealed partial class FunctionLowering
{
    private readonly ProgramLowering program;
    private readonly AnnotatedFunction function;
    private readonly FunctionBuilder b;
    private readonly Dictionary<FlowVariable, Value> values = [];
    private readonly Dictionary<FlowVariable, IteratorState> iterators = [];
    private readonly Dictionary<FlowBlock, Label> labels = [];
    private readonly HashSet<FlowVariable> used = [];
    private int scope;
    private int line;

    public FunctionLowering(ProgramLowering program, AnnotatedFunction function)
    {
        this.program = program;
        this.function = function;
        var mu = program.FunctionOf(function);
        b = new FunctionBuilder(program.Bundle, mu);
        scope = program.Sources.ScopeOf(function, 0);
        b.Version.PeelsLoops = true;
    }

    private TypeMap Types => program.Types;

    /// <summary>Instructions that follow come from the line that is being lowered.</summary>
    private void MarkSource() => b.SourceTag = program.Sources.TagOf(scope, line);

    private CompileException Error(string message) => new(new SourceLine(function.Function.Module.File, line), message);

    public void Run()
    {
        LowerBlocks([.. b.Parameters]);
        b.Finish();
    }

    private void LowerBlocks(Value[] arguments)
    {
        var blocks = ReachedBlocks();
        foreach (var operand in blocks.SelectMany(OperandsOf))
            if (operand is FlowVariable v) used.Add(v);
        foreach (var block in blocks)
        {
            var label = b.NewLabel(cold: block.End is RaiseEnd);
            labels[block] = label;
            foreach (var parameter in block.Parameters) values[parameter] = b.AddParameter(label, Types.Of(TypeOf(parameter)));
        }
        var start = function.Graph.Start;
        b.Jump(labels[start], [.. start.Parameters.Select((p, i) => Convert(arguments[i], TypeOf(p), TypeOf(p)))]);
        foreach (var block in blocks) Lower(block);
    }

    private static IEnumerable<Operand> OperandsOf(FlowBlock block)
    {
        var end = block.End switch { BranchEnd e => [e.Condition], ReturnEnd e => [e.Value], RaiseEnd e => (Operand[])[e.Value], _ => [] };
        return block.Operations.SelectMany(o => o.Operands).Concat(block.Links.SelectMany(l => l.Arguments)).Concat(end);
    }

    private static SomeValue TypeOf(FlowVariable variable) => variable.Annotation ?? SomeImpossible.Instance;

    private SomeValue TypeOf(Operand operand) => program.Annotator.Of(operand);

    /// <summary>The blocks that annotation reached, in the graph's order.</summary>
    private List<FlowBlock> ReachedBlocks()
    {
        var reached = new HashSet<FlowBlock> { function.Graph.Start };
        var work = new Stack<FlowBlock>(reached);
        while (work.TryPop(out var block))
            foreach (var link in TakenLinks(block))
                if (reached.Add(link.Target)) work.Push(link.Target);
        return [.. function.Graph.Blocks.Where(reached.Contains)];
    }

    private IEnumerable<FlowLink> TakenLinks(FlowBlock block)
    {
        var links = new List<FlowLink>();
        if (block.Exception is { } handler && block.Operations[^1].CanRaise) links.Add(handler);
        if (BlockedAt(block) >= 0)
        {
            if (block.End is NextEnd next) links.Add(next.Done);
            return links;
        }
        switch (block.End)
        {
            case BranchEnd e when TypeOf(e.Condition).Constant is bool known: links.Add(known ? e.Yes : e.No); break;
            default: links.AddRange(block.End!.Links); break;
        }
        return links;
    }

    /// <summary>Index of the operation behind which annotation did not come: its result has no type. -1 for none.</summary>
    private int BlockedAt(FlowBlock block)
    {
        for (int i = 0; i < block.Operations.Count; i++)
        {
            var o = block.Operations[i];
            if (o.Result.Annotation is null) return i;
            if (Array.Exists(o.Operands, x => TypeOf(x) is SomeImpossible)) return i;
        }
        return -1;
    }

    private void Lower(FlowBlock block)
    {
        b.Place(labels[block]);
        int blocked = BlockedAt(block);
        for (int i = 0; i < block.Operations.Count && b.IsReachable; i++)
        {
            var o = block.Operations[i];
            line = o.Line;
            MarkSource();
            bool isLast = i == block.Operations.Count - 1;
            if (i == blocked && (Array.Exists(o.Operands, x => TypeOf(x) is SomeImpossible) || (o.Operands.Length > 0 && TypeOf(o.Operands[0]) is SomeNone) || (o.Code == OpCode.Call && o.Plan is null)))
            {
                Raise("AssertionError");
                return;
            }
            if (isLast && block.Exception is { } link && o.CanRaise) LowerProtected(block, o, link, i == blocked);
            else if (isLast && block.End is NextEnd next) Next(o, next);
            else Define(o, Lower(o), i == blocked);
        }
        if (b.IsReachable) Lower(block.End!);
    }

    private void Define(Operation o, Value value, bool isBlocked)
    {
        if (!b.IsReachable) return;
        if (isBlocked) Raise("AssertionError");
        else values[o.Result] = value;
    }

    /// <summary>The last operation of a block inside a try statement.</summary>
    private void LowerProtected(FlowBlock block, Operation o, FlowLink link, bool isBlocked)
    {
        var handler = b.NewHandler();
        using (b.Try(handler))
        {
            if (block.End is NextEnd next) Next(o, next);
            else Define(o, Lower(o), isBlocked);
        }
        if (b.IsReachable) Lower(block.End!);
        b.Place(handler);
        values[block.ExceptionValue!] = Caught(handler.Exception);
        Jump(link);
    }

    /// <summary>A caught exception as an instance: NULL is the micro VM's own, exhausted memory (<see cref="OverflowFunction"/> throws what an overflown stack is).</summary>
    private Value Caught(Value exception)
    {
        var given = b.CastRef(exception, TypeMap.ObjectRef);
        var own = b.NewLabel(cold: true);
        var end = b.NewLabel();
        var result = b.AddParameter(end, TypeMap.ObjectRef);
        var other = b.NewLabel();
        b.Branch(b.IsNull(given), own, other);
        b.PlaceSealed(other);
        b.Jump(end, given);
        b.PlaceSealed(own);
        b.Jump(end, PrebuiltException("MemoryError"));
        b.PlaceSealed(end);
        return result;
    }

    private void Lower(FlowEnd end)
    {
        switch (end)
        {
            case JumpEnd e: Jump(e.Link); break;
            case BranchEnd e:
                if (TypeOf(e.Condition).Constant is bool known)
                {
                    Jump(known ? e.Yes : e.No);
                    break;
                }
                Label yes = b.NewLabel(), no = b.NewLabel();
                b.Branch(Get(e.Condition, SomeBool.Any), yes, no);
                b.PlaceSealed(yes);
                Jump(e.Yes);
                b.PlaceSealed(no);
                Jump(e.No);
                break;
            case ReturnEnd e:
                var returned = Get(e.Value, function.Result.Value);
                returns = true;
                if (returnTo is { } label) b.Jump(label, returned);
                else b.Return(returned);
                break;
            case RaiseEnd e: Throw(Get(e.Value, SomeImpossible.Instance)); break;
            default: throw new InvalidOperationException($"no rule for {end.GetType().Name}");
        }
    }

    private void Jump(FlowLink link)
    {
        var arguments = new Value[link.Arguments.Count];
        for (int i = 0; i < arguments.Length; i++)
        {
            var to = TypeOf(link.Target.Parameters[i]);
            arguments[i] = link.Arguments[i] is UndefinedOperand || TypeOf(link.Arguments[i]) is SomeImpossible ? Zero(Types.Of(to)) : Get(link.Arguments[i], to);
        }
        b.Jump(labels[link.Target], arguments);
    }

    // Values.

    /// <summary>An operand as a value of a type.</summary>
    private Value Get(Operand operand, SomeValue wanted)
    {
        var type = TypeOf(operand);
        if (operand is ConstantOperand c) return Constant(c.Value, type, wanted);
        if (type.Constant is { } known and not (PyInstance or PyList or PyDict or PyTuple or PyMethod or PyWeakReference)) return Constant(known, type, wanted);
        return Convert(values[(FlowVariable)operand], type, wanted);
    }

    /// <summary>An operand as a value of its own type.</summary>
    private Value Get(Operand operand) => Get(operand, TypeOf(operand));

    private Value Get(PlannedArgument argument, SomeValue wanted)
    {
        if (argument.IsReceiver) return Receiver(argument.Operand, wanted);
        if (argument.TupleIndex < 0) return Get(argument.Operand, wanted);
        var tuple = (SomeTuple)TypeOf(argument.Operand);
        return Convert(TupleItem(Get(argument.Operand), tuple, argument.TupleIndex), tuple.Items[argument.TupleIndex], wanted);
    }

    private Value Receiver(Operand operand, SomeValue wanted)
    {
        var self = ((SomeBuiltinMethod)TypeOf(operand)).Self;
        return operand is ConstantOperand { Value: PyMethod { Self: { } constant } } ? Constant(constant, self, wanted) : Convert(values[(FlowVariable)operand], self, wanted);
    }

    private Value Get(PlannedArgument argument) => Get(argument, program.Annotator.Of(argument));

    private Value Zero(MuType type) => type switch
    {
        IntType => b.Constant(type, 0),
        SimpleType => b.Double(0),
        _ => b.Null(type),
    };

    private static IntConstant Wide(Int128 value) => new(TypeMap.Wide, (ulong)value, (ulong)(value >> 64));

    /// <summary>A constant as a value of a type.</summary>
    private Value Constant(object value, SomeValue type, SomeValue wanted)
    {
        if (wanted is SomeImpossible) wanted = type;
        if (value is PyMethod { Self: null } unbound) value = unbound.Function;
        var mu = Types.Of(wanted);
        if (value is PyNone) return wanted is SomePbc && mu is IntType ? b.Int64(-1) : Zero(mu);
        switch (wanted)
        {
            case SomePointer: return b.Int64(0);
            case SomeInteger { Kind.IsWide: true }: return Wide(HeapImage.WideOf(value));
            case SomeInteger: return b.Int64(HeapImage.WordOf(value));
            case SomeBool: return b.Bool(value is true);
            case SomeFloat: return b.Double(HostNumbers.ToDouble(value));
            case SomeChar { IsUnicode: false }: return b.Constant(IntType.I8, ((string)value)[0]);
            case SomeChar: return b.Int32(((PyUnicode)value).CodePoints.First());
            case SomePbc: return mu switch
                {
                    IntType => b.Int64(program.NumberOf(value)),
                    FunctionReferenceType => program.Callable((PyFunction)value),
                    _ => Zero(mu),
                };
            case SomeBuiltinMethod m when value is PyMethod { Self: { } self }: return Constant(self, m.Self, m.Self);
            case SomeTuple t when ((PyTuple)value).Items.Length == 0: return b.Load(program.Heap.CellOf(PyTuple.Empty, t));
            case SomeString or SomeTuple or SomeList or SomeDict or SomeInstance or SomeMethod or SomeWords or SomeWeakReference: return b.Load(program.Heap.CellOf(value, wanted.CanBeNone ? wanted.WithNone(false) : wanted));
            default: return Zero(mu);
        }
    }

    /// <summary>A value of one type as a value of a wider one (or of a narrower one where that is known to hold).</summary>
    private Value Convert(Value value, SomeValue from, SomeValue to)
    {
        var mu = Types.Of(to);
        if (to is SomeImpossible) return value;
        if (from is SomeNone or SomeImpossible) return to is SomePbc && mu is IntType ? b.Int64(-1) : Zero(mu);
        switch (from, to)
        {
            case (SomeBool, SomeInteger): return b.Convert(ConvertOp.ZExt, mu, value);
            case (SomeBool, SomeFloat): return b.Convert(ConvertOp.SIToFP, SimpleType.Double, b.Convert(ConvertOp.ZExt, IntType.I64, value));
            case (SomeInteger i, SomeFloat): return b.Convert(i.Kind.IsSigned ? ConvertOp.SIToFP : ConvertOp.UIToFP, SimpleType.Double, value);
            case (SomeInteger i, SomeInteger { Kind.IsWide: true }): return i.Kind.IsWide ? value : b.Convert(i.Kind.IsSigned ? ConvertOp.SExt : ConvertOp.ZExt, mu, value);
            case (SomeInteger { Kind.IsWide: true }, SomeInteger j): return Wrap(b.Convert(ConvertOp.Trunc, IntType.I64, value), j.Kind);
            case (SomeInteger i, SomeInteger j): return i.Kind == j.Kind || j.Kind.Bits == 64 ? value : Wrap(value, j.Kind);
            case (SomeChar c, SomeString): return CharToString(value, c.IsUnicode);
            case (SomeTuple t, SomeTuple u) when !TypeEqualityOf(value.Type, mu):
                var struct_ = Types.TupleStruct(u);
                var items = new Value[t.Items.Length];
                for (int i = 0; i < items.Length; i++) items[i] = Convert(TupleItem(value, t, i), t.Items[i], u.Items[i]);
                return NewTuple(u, items);
            case (SomePbc { Constant: PyInstance frozen }, SomeInstance): return Constant(frozen, from, to);
            case (SomePbc, SomePbc) when from.Constant is { } known && !TypeEqualityOf(value.Type, mu): return Constant(known, from, to);
        }
        if (TypeEqualityOf(value.Type, mu)) return value;
        if (mu == WellKnownTypes.RefVoid) return Zero(mu);
        throw new InvalidOperationException($"{function.Name}, line {line}: no conversion from {from} to {to}");
    }

    private static bool TypeEqualityOf(MuType a, MuType b) => ReferenceEquals(a, b) || TypeEquality.Equal(a, b);

    private Value CharToString(Value character, bool isUnicode)
    {
        var type = isUnicode ? TypeMap.Unicode : TypeMap.String;
        var s = b.NewHybrid(type, b.Int64(1));
        b.Store(b.VarElement(s, b.Int64(0)), character);
        return s;
    }

    private Value NewTuple(SomeTuple type, Value[] items)
    {
        var tuple = b.New(Types.TupleStruct(type));
        for (int i = 0; i < items.Length; i++) b.StoreField(tuple, i, ToMemory(items[i]));
        return tuple;
    }

    private Value TupleItem(Value tuple, SomeTuple type, int index) => FromMemory(b.LoadField(tuple, index), type.Items[index]);

    private Value ToMemory(Value value) => value.Type == IntType.I1 ? b.Convert(ConvertOp.ZExt, IntType.I8, value) : value;

    private Value FromMemory(Value value, SomeValue type) => type is SomeBool ? b.Convert(ConvertOp.Trunc, IntType.I1, value) : value;

    private Value Wrap(Value value, IntegerKind kind) => kind.Bits >= 64 ? value
        : b.Convert(kind.IsSigned ? ConvertOp.SExt : ConvertOp.ZExt, IntType.I64, b.Convert(ConvertOp.Trunc, new IntType(kind.Bits), value));

    // Exceptions.

    private void Throw(Value instance) => b.Throw(b.CastRef(instance, WellKnownTypes.RefVoid));

    private Value PrebuiltException(string name) => b.Load(program.Heap.ExceptionCell(name));

    private void Raise(string name) => Throw(PrebuiltException(name));

    /// <summary>Raises a built-in exception unless a condition holds.</summary>
    private void Require(Value condition, string exception)
    {
        Label bad = b.NewLabel(cold: true), good = b.NewLabel();
        b.Branch(condition, good, bad);
        b.PlaceSealed(bad);
        Raise(exception);
        b.PlaceSealed(good);
    }
}
