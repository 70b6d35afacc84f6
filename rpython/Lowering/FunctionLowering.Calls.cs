using Mu.Core.IR;
using Mu.Core.Types;
using Mu.RPython.Annotation;
using Mu.RPython.Flow;
using Mu.RPython.Objects;

namespace Mu.RPython.Lowering;

// Calls, instances, classes.
internal sealed partial class FunctionLowering
{
    private Value Lower(CallPlan plan, Operation o)
    {
        var result = TypeOf(o.Result);
        switch (plan)
        {
            case ConstantPlan p: return Constant(p.Value, program.Annotator.OfConstant(p.Value), result);
            case DirectPlan p: return Finish(CallOrInline(p.Target, Arguments(p.Target, p.Arguments)), p.Target, result);
            case VirtualPlan p: return Virtual(p, result);
            case IndirectPlan p when Get(o.Operands[0]) is { Type: IntType } number:
                return Among(number, p.Targets.Select(t => ((object)t.Key, (Func<Value>)(() => Finish(CallOrInline(t.Value, Arguments(t.Value, p.Arguments)), t.Value, result)))), result);
            case SwitchPlan p: return Among(Get(p.On ?? o.Operands[0]), p.Cases.Select(c => (c.Member, (Func<Value>)(() => Lower(c.Plan, o)))), result);
            case IndirectPlan p:
                var any = p.Targets.Values.First();
                foreach (var target in p.Targets.Values) program.FunctionOf(target);
                return Finish(b.CallOne(Get(o.Operands[0]), Arguments(any, p.Arguments)), any, result);
            case InstantiatePlan p: return Instantiate(p);
            case InstantiateAnyPlan p: return InstantiateAny(p, o);
            case MemoPlan p: return Memo(p, result);
            case BuiltinPlan p: return Builtin(p, o, result);
            case ThreadPlan p: return StartThread(p.Function);
            case RawPlan p: return Raw(p, result);
            case NativePlan p: return Native(p, result);
            case FunctionPointerPlan p: return b.Convert(ConvertOp.PtrCast, IntType.I64, Exposed(p.Function, p.Type));
            default: throw new InvalidOperationException($"no rule for {plan.GetType().Name}");
        }
    }

    /// <summary>What a call gave, as the operation's result.</summary>
    private Value Finish(Value value, AnnotatedFunction target, SomeValue result)
    {
        var type = target.Result.Value;
        if (!b.IsReachable) return value;
        if (type is SomeImpossible)
        {
            // It never returns.
            Raise("AssertionError");
            return b.Null(Mu.ClientLib.Building.WellKnownTypes.RefVoid);
        }
        return result is SomeBool && type is SomeBool or SomeImpossible ? value : Convert(value, type, result);
    }

    private Value[] Arguments(AnnotatedFunction target, PlannedArgument[] arguments, Value? self = null)
    {
        var list = new Value[arguments.Length];
        for (int i = 0; i < list.Length; i++)
        {
            var parameter = target.Parameters[i].Value;
            if (i == 0 && self is not null) list[i] = self;
            else if (i == 0 && target.IsMethod) list[i] = Get(arguments[i], new SomeInstance(program.Annotator.Classes.Root, true));
            else list[i] = parameter is SomeImpossible ? Zero(Types.Of(parameter)) : Get(arguments[i], parameter);
        }
        return list;
    }

    private Value Virtual(VirtualPlan p, SomeValue result)
    {
        var any = p.Targets.Values.First();
        var arguments = Arguments(any, p.Arguments);
        var distinct = p.Targets.Values.Distinct().ToArray();
        if (distinct.Length == 1) return Finish(CallOrInline(any, arguments), any, result);
        var table = program.TableOf(p.Class, p.Targets);
        var number = b.Convert(ConvertOp.ZExt, IntType.I64, b.LoadField(arguments[0], 0));
        var callee = b.Load(b.Element(table.Cell, table.First == 0 ? number : b.Sub(number, b.Int64(table.First))));
        return Finish(b.CallOne(callee, arguments), any, result);
    }

    private Value NewInstance(ClassType type)
    {
        program.Finalizers?.Emit(b);
        var layout = Types.LayoutOf(type);
        var instance = b.New(layout.Struct);
        b.StoreField(instance, 0, b.Int32(program.NumbersOf(type).First));
        // Attributes that the class body gives and no assignment hides.
        foreach (var (name, cell) in layout.Attributes)
            if (type.Class.Find(name) is { } value and not (PyFunction or PyProperty))
                b.StoreField(instance, layout.IndexOf(name), ToMemory(Constant(Unwrap(value), program.Annotator.OfConstant(Unwrap(value)), cell.Value)));
        var made = b.CastRef(instance, TypeMap.ObjectRef);
        if (type.Class.Find("__del__") is PyFunction) Leaf("register_finalizer", made);
        return made;
    }

    /// <summary>Runs finalizers that are due, but not within what operations need of the library, whose lists and dicts may be half done.</summary>
    private void PollFinalizers()
    {
        if (!function.Function.Module.File.StartsWith("<library>/rt/", StringComparison.Ordinal)) program.Finalizers?.Emit(b);
    }

    private static object Unwrap(object value) => value is PyStaticMethod s ? s.Function : value;

    private Value Instantiate(InstantiatePlan p)
    {
        var instance = NewInstance(p.Class);
        if (p.Initializer is { } init) CallOrInline(init, Arguments(init, p.Arguments, instance));
        else if (p.Class.Class.IsSubclassOf(BuiltinTypes.Exception("EnvironmentError"))) SetErrorAttributes(instance, p);
        return instance;
    }

    /// <summary>The arguments of an OSError or IOError: its text alone, or errno, text, file name.</summary>
    private void SetErrorAttributes(Value instance, InstantiatePlan p)
    {
        int first = p.Arguments is [var only] && program.Annotator.Of(only) is SomeString or SomeChar ? 1 : 0;
        foreach (var (name, argument) in BuiltinTypes.EnvironmentErrorAttributes.Skip(first).Zip(p.Arguments))
        {
            var (location, cell) = Attribute(instance, p.Class, name);
            b.Store(location, Get(argument, cell.Value));
        }
    }

    private Value InstantiateAny(InstantiateAnyPlan p, Operation o)
    {
        var number = Get(o.Code == OpCode.Call && o.Operands.Length > 1 && TypeOf(o.Operands[0]) is SomePbc { Members.Items: [PyBuiltin] } ? o.Operands[1] : o.Operands[0]);
        return Among(number, p.Classes.Select(c => ((object)c.Key, (Func<Value>)(() => Instantiate(c.Value)))), new SomeInstance(program.Annotator.Classes.Root, false));
    }

    /// <summary>What is done for the member of a family that a number stands for.</summary>
    private Value Among(Value number, IEnumerable<(object Member, Func<Value> Do)> cases, SomeValue result)
    {
        var end = b.NewLabel();
        var found = b.AddParameter(end, Types.Of(result));
        foreach (var (member, @do) in cases)
        {
            var next = b.NewLabel();
            b.BranchUnless(b.Eq(number, b.Int64(program.NumberOf(member))), next);
            var value = @do();
            if (b.IsReachable) b.Jump(end, value);
            b.PlaceSealed(next);
        }
        Raise("TypeError");
        b.PlaceSealed(end);
        return found;
    }

    private Value Memo(MemoPlan p, SomeValue result)
    {
        var types = Array.ConvertAll(p.Arguments, program.Annotator.Of);
        var end = b.NewLabel();
        var found = b.AddParameter(end, Types.Of(result));
        foreach (var (values, value) in p.Cases)
        {
            var next = b.NewLabel();
            for (int i = 0; i < values.Length; i++)
                if (types[i].Constant is null) b.BranchUnless(b.Eq(Get(p.Arguments[i], types[i]), Constant(values[i], program.Annotator.OfConstant(values[i]), types[i])), next);
            b.Jump(end, Constant(value, program.Annotator.OfConstant(value), result));
            b.PlaceSealed(next);
        }
        Raise("AssertionError");
        b.PlaceSealed(end);
        return found;
    }

    /// <summary>The number of a class that is given as a value.</summary>
    private Value ClassNumber(PlannedArgument argument) =>
        program.Annotator.Of(argument) is SomePbc { Constant: PyClass known } ? b.Int64(program.NumbersOf(program.Annotator.Classes.Of(known)).First) : Get(argument);

    /// <summary>Whether a class, by its number, is one of those that a value can be, or a subclass of it.</summary>
    private Value IsSubclass(Value number, PlannedArgument classes)
    {
        PyClass[] members = program.Annotator.Of(classes) switch
        {
            SomePbc { Members.Items: var items } => [.. items.Cast<PyClass>()],
            { Constant: PyTuple t } => [.. t.Items.Cast<PyClass>()],
            var other => throw Error($"{other} is no class"),
        };
        number = b.Convert(ConvertOp.Trunc, IntType.I32, number);
        if (program.Annotator.Of(classes).Constant is not null) return IsInRanges(number, members);
        var wanted = ClassNumber(classes);
        Value result = b.Bool(false);
        foreach (var c in members)
        {
            var isThis = b.Eq(wanted, b.Int64(program.NumbersOf(program.Annotator.Classes.Of(c)).First));
            result = b.Binary(BinaryOp.Or, result, b.Binary(BinaryOp.And, isThis, IsInRanges(number, [c])));
        }
        return result;
    }

    /// <summary>isinstance with a class that is not constant: None is no instance.</summary>
    private Value IsInstanceOfAny(PlannedArgument instance, PlannedArgument classes)
    {
        Value Test() => IsSubclass(b.Convert(ConvertOp.ZExt, IntType.I64, b.LoadField(Get(instance), 0)), classes);
        if (!program.Annotator.Of(instance).CanBeNone) return Test();
        Mu.ClientLib.Building.Label end = b.NewLabel(), some = b.NewLabel(), none = b.NewLabel();
        var result = b.AddParameter(end, IntType.I1);
        b.Branch(b.IsNull(Get(instance)), none, some);
        b.PlaceSealed(none);
        b.Jump(end, b.Bool(false));
        b.PlaceSealed(some);
        b.Jump(end, Test());
        b.PlaceSealed(end);
        return result;
    }

    /// <summary>Whether an instance is of one of some classes.</summary>
    private Value IsInstance(Value instance, PyClass[] classes, bool isNullable)
    {
        if (!isNullable) return IsOneOf(instance, classes);
        Mu.ClientLib.Building.Label end = b.NewLabel(), some = b.NewLabel(), none = b.NewLabel();
        var result = b.AddParameter(end, IntType.I1);
        b.Branch(b.IsNull(instance), none, some);
        b.PlaceSealed(none);
        b.Jump(end, b.Bool(false));
        b.PlaceSealed(some);
        b.Jump(end, IsOneOf(instance, classes));
        b.PlaceSealed(end);
        return result;
    }

    private Value IsOneOf(Value instance, PyClass[] classes) => IsInRanges(b.LoadField(instance, 0), classes);

    private Value IsInRanges(Value number, PyClass[] classes)
    {
        Value result = b.Bool(false);
        // A mixin has no range of numbers: its users are tested one by one.
        foreach (var (first, last) in classes.SelectMany(RangesOf))
        {
            var inRange = first == last ? b.Eq(number, b.Int32(first)) : b.Compare(CompareOp.Ule, b.Sub(number, b.Int32(first)), b.Int32(last - first));
            result = result is Constant ? inRange : b.Binary(BinaryOp.Or, result, inRange);
        }
        return result;
    }

    private IEnumerable<(int First, int Last)> RangesOf(PyClass c)
    {
        foreach (var type in program.Annotator.Classes.All)
            if (type.Class.IsSubclassOf(c) && (type.Base is null || !type.Base.Class.IsSubclassOf(c))) yield return program.NumbersOf(type);
    }
}
