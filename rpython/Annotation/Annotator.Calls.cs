using Mu.RPython.Flow;
using Mu.RPython.Objects;
using Mu.RPython.Syntax;

namespace Mu.RPython.Annotation;

// Calls: which function, which specialisation of it, with which arguments.
internal sealed partial class Annotator
{
    private readonly Dictionary<(PyFunction Function, string Key), AnnotatedFunction> specializations = [];
    private readonly Dictionary<object, int> identities = new(ReferenceEqualityComparer.Instance);

    private SomeValue Call(Operation operation, SomeValue callee)
    {
        var shape = (CallShape)operation.Detail!;
        if (callee is SomeMethod { Self.Class.Class: var hinting } && IsJitDriver(hinting) || callee is SomePbc { Constant: PyMethod { Self: PyInstance { Class: var driver } } } && IsJitDriver(driver))
        {
            operation.Plan = new ConstantPlan(PyNone.Value);
            return SomeNone.Instance;
        }
        switch (callee)
        {
            case SomePbc { Members.Items: var members } pbc: return CallPrebuilt(operation, pbc, members, shape);
            case SomeMethod method: return CallMethod(operation, method, shape);
            case SomePointer { Target: { Kind: "func" } type }: return CallNative(operation, NativeFunction.Of(type), Plain(operation, shape), new PlannedArgument(operation.Operands[0]));
            case SomeBuiltinMethod method: return BuiltinMethods.Call(this, operation, method, Plain(operation, shape), shape.IsLoopSource);
            case SomeWeakReference weak:
                operation.Plan = new BuiltinPlan("weak_target", [new PlannedArgument(operation.Operands[0])]);
                return weak.Target is null ? SomeNone.Instance : weak.Target with { Nullable = true };
            case SomeInstance instance when ClassTable.IsMethod(instance.Class, "__call__"):
                return CallMethod(operation, new SomeMethod(instance, "__call__"), shape);
            default: throw Error($"{callee} is not callable");
        }
    }

    /// <summary>Whether a class is rlib.jit's JitDriver: its methods do nothing.</summary>
    public static bool IsJitDriver(PyClass type) => Array.Exists(type.Mro, c => c is { Name: "JitDriver", Module: "rpython.rlib.jit" });

    private SomeValue CallPrebuilt(Operation operation, SomePbc pbc, IReadOnlyList<object> members, CallShape shape)
    {
        switch (members[0])
        {
            case PyFunction when members.Count == 1: return CallFunction(operation, (PyFunction)members[0], [], shape);
            case PyFunction when members.Any(m => Specialization((PyFunction)m).Length > 0) || members.Select(m => ParameterCount((PyFunction)m)).Distinct().Count() > 1:
            case PyMethod { Self: PyClass or PyInstance } or PyBuiltin or PyInstance when members.Count > 1:
                return CallAny(operation, members, shape);
            case PyFunction:
                var targets = new Dictionary<PyFunction, AnnotatedFunction>();
                PlannedArgument[]? arguments = null;
                foreach (var f in members.Cast<PyFunction>())
                {
                    arguments = Bind(f, [], operation, shape);
                    targets[f] = Enter(operation, f, arguments);
                }
                JoinAll(targets.Values);
                Families.Call(members[0], targets.Values);
                operation.Plan = new IndirectPlan(targets, arguments!);
                return targets.Values.First().Result.Read(this);
            case PyClass when members.Count == 1: return Instantiate(operation, (PyClass)members[0], shape);
            case PyClass: return InstantiateAny(operation, members, shape);
            case PyBuiltin builtin when members.Count == 1: return BuiltinFunctions.Call(this, operation, builtin.Name, Plain(operation, shape));
            case PyMethod { Self: PyInstance self, Function: PyFunction f } when members.Count == 1: return CallFunction(operation, f, [new PlannedArgument(new ConstantOperand(self))], shape);
            case PyMethod { Self: PyClass self, Function: PyFunction f }: return CallFunction(operation, f, [new PlannedArgument(new ConstantOperand(self))], shape);
            case PyInstance native when members.Count == 1 && LowLevelType.IsNativeFunction(native): return CallNative(operation, NativeFunction.Of(native), Plain(operation, shape));
            case PyInstance frozen when members.Count == 1 && frozen.Class.Find("__call__") is PyFunction call: return CallFunction(operation, call, [new PlannedArgument(new ConstantOperand(frozen))], shape);
            default: throw Error($"{pbc} is not callable");
        }
    }

    /// <summary>How many values a function takes; all those of *args count as one more.</summary>
    private static int ParameterCount(PyFunction f) => f.Node.Rest is null ? f.Node.Parameters.Length : -1 - f.Node.Parameters.Length;

    /// <summary>A call of one of several objects that are not called alike: as many calls, of which one happens.</summary>
    private SomeValue CallAny(Operation operation, IReadOnlyList<object> members, CallShape shape)
    {
        Families.Number(members[0]);
        var cases = new List<(object Member, CallPlan Plan)>();
        SomeValue result = SomeImpossible.Instance;
        foreach (object member in members)
        {
            var call = new Operation(OpCode.Call, operation.Operands, operation.Result, operation.Line) { Detail = shape };
            result = Lattice.Union(this, result, CallPrebuilt(call, SomePbc.Of(member), [member], shape));
            if (call.Plan is { } plan) cases.Add((member, plan));
        }
        operation.Plan = new SwitchPlan(cases);
        return result;
    }

    /// <summary>The number that stands for a member of a family of callable objects.</summary>
    public int NumberOf(object member) => Identity(member is PyMethod m ? Shared(m) : member);

    private void JoinAll(IEnumerable<AnnotatedFunction> targets)
    {
        AnnotatedFunction? first = null;
        foreach (var target in targets)
            if (first is null) first = target;
            else first.Join(this, target);
    }

    /// <summary>The arguments of a call without keywords and with known items only.</summary>
    private PlannedArgument[] Plain(Operation operation, CallShape shape)
    {
        if (shape.Keywords.Length > 0) throw Error($"built-in functions take no keywords ({string.Join(", ", shape.Keywords)})");
        return Positional(operation, shape);
    }

    private PlannedArgument[] Positional(Operation operation, CallShape shape)
    {
        List<PlannedArgument> list = [.. operation.Operands.Skip(1).Take(shape.Positional).Select(o => new PlannedArgument(o))];
        if (!shape.HasStar) return [.. list];
        var star = operation.Operands[^1];
        if (Of(star) is not SomeTuple tuple) throw Error($"* needs a tuple, not {Of(star)}");
        for (int i = 0; i < tuple.Items.Length; i++) list.Add(new PlannedArgument(star, i));
        return [.. list];
    }

    public SomeValue Of(PlannedArgument argument)
    {
        var type = Of(argument.Operand);
        if (argument.IsReceiver) return ((SomeBuiltinMethod)type).Self;
        return argument.TupleIndex < 0 ? type : ((SomeTuple)type).Items[argument.TupleIndex];
    }

    /// <summary>Matches arguments to parameters.</summary>
    private PlannedArgument[] Bind(PyFunction f, PlannedArgument[] before, Operation operation, CallShape shape)
    {
        PlannedArgument[] positional = [.. before, .. Positional(operation, shape)];
        var parameters = f.Node.Parameters;
        if (positional.Length > parameters.Length && f.Node.Rest is null) throw Error($"{f.QualifiedName}() takes {parameters.Length} arguments, {positional.Length} are given");
        var bound = new PlannedArgument?[parameters.Length];
        for (int i = 0; i < Math.Min(positional.Length, bound.Length); i++) bound[i] = positional[i];
        for (int i = 0; i < shape.Keywords.Length; i++)
        {
            int at = Array.FindIndex(parameters, p => p.Target is NameExpression n && n.Name == shape.Keywords[i]);
            if (at < 0) throw Error($"{f.QualifiedName}() has no parameter '{shape.Keywords[i]}'");
            bound[at] = new PlannedArgument(operation.Operands[1 + shape.Positional + i]);
        }
        int firstDefault = parameters.Length - f.Defaults.Length;
        for (int i = 0; i < bound.Length; i++)
            bound[i] ??= i >= firstDefault ? new PlannedArgument(new ConstantOperand(f.Defaults[i - firstDefault])) : throw Error($"{f.QualifiedName}() needs an argument for '{parameters[i].NameAt(i)}'");
        return [.. bound.Select(b => b!.Value), .. positional.Skip(parameters.Length)];
    }

    /// <summary>Plans a call of a function and gives its result.</summary>
    public SomeValue CallFunction(Operation operation, PyFunction f, PlannedArgument[] before, CallShape shape) => CallWith(operation, f, Bind(f, before, operation, shape));

    /// <summary>Plans a call of a function of the library.</summary>
    public SomeValue CallLibrary(Operation operation, string module, string function, params PlannedArgument[] arguments)
    {
        var f = LibraryFunction(module, function);
        int missing = f.Node.Parameters.Length - arguments.Length;
        if (missing < 0 || missing > f.Defaults.Length) throw Error($"{function} takes {f.Node.Parameters.Length} arguments, {arguments.Length} are given");
        return CallWith(operation, f, [.. arguments, .. f.Defaults[^missing..].Select(d => new PlannedArgument(new ConstantOperand(d)))]);
    }

    public PyFunction LibraryFunction(string module, string function) => evaluator.Loader.Library(evaluator, module).Names.GetValueOrDefault(function) as PyFunction ?? throw Error($"{module}.{function} is not supported yet");

    private SomeValue CallWith(Operation operation, PyFunction f, PlannedArgument[] arguments)
    {
        if (Specialization(f) == "specialize:memo") return Memo(operation, f, arguments);
        var target = Enter(operation, f, arguments);
        operation.Plan = new DirectPlan(target, arguments);
        return target.Result.Read(this);
    }

    /// <summary>The specialisation of a function for these arguments; they flow into its parameters.</summary>
    public AnnotatedFunction Enter(Operation? operation, PyFunction f, PlannedArgument[] arguments)
    {
        var types = Array.ConvertAll(arguments, Of);
        var constants = new Dictionary<int, object>();
        string key = Key(operation, f, types, constants);
        int stars = Math.Max(0, types.Length - f.Node.Parameters.Length);
        if (f.Node.Rest is not null) key += $"*{stars}";
        if (!specializations.TryGetValue((f, key), out var target))
        {
            string name = f.QualifiedName + (key.Length > 0 ? $"[{key}]" : "");
            FlowGraph graph;
            try
            {
                graph = f.Graph ?? FlowBuilder.Build(evaluator, f, name, constants, stars);
            }
            catch (PyRaise e)
            {
                throw Error($"in {f.QualifiedName}: {e.Message}");
            }
            target = new AnnotatedFunction(f, name, graph, IsMethod(f)) { CalledFrom = Current is { } from ? (from, line) : null };
            specializations.Add((f, key), target);
            functions.Add(target);
            Enqueue(target);
        }
        for (int i = 0; i < types.Length; i++) target.Parameters[i].Add(this, constants.ContainsKey(i) ? types[i] : types[i]);
        return target;
    }

    /// <summary>Whether a function stands in a class, so that its first parameter is an instance; static methods are wrapped.</summary>
    private static bool IsMethod(PyFunction f) => f.Class is { } owner && f.Node.Parameters.Length > 0 && owner.Names.Values.Contains(f, ReferenceEqualityComparer.Instance);

    private static string Specialization(PyFunction f) => f.Attributes.GetValueOrDefault("_annspecialcase_") as string ?? "";

    /// <summary>What distinguishes specialisations of a function (rlib.objectmodel.specialize).</summary>
    private string Key(Operation? operation, PyFunction f, SomeValue[] types, Dictionary<int, object> constants)
    {
        string how = Specialization(f);
        if (how.Length == 0) return "";
        return string.Join('&', how.Split('&').Select(part => Key(operation, f, part, types, constants)));
    }

    private string Key(Operation? operation, PyFunction f, string how, SomeValue[] types, Dictionary<int, object> constants)
    {
        int open = how.IndexOf('(', StringComparison.Ordinal);
        int[] at = open < 0 ? [] : [.. how[(open + 1)..^1].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];
        switch (open < 0 ? how : how[..open])
        {
            case "specialize:arg":
                foreach (int i in at)
                    if (i < types.Length) constants[i] = types[i].Constant ?? throw Error($"argument {i} of {f.QualifiedName} must be constant (specialize.arg), and is {types[i]}");
                return string.Join(',', at.Where(i => i < types.Length).Select(i => ConstantKey(constants[i])));
            case "specialize:argtype" or "specialize:arg_or_var": return string.Join(',', at.Select(i => ShapeKey(types[i], deep: false)));
            case "specialize:call_location": return $"{operation?.Line}@{Current?.Name}#{(operation is null ? 0 : Identity(operation))}";
            case "specialize:shape" or "specialize:ll": return string.Join(',', types.Select(t => ShapeKey(t, deep: true)));
            case "specialize:memo": return "";
            default: throw Error($"{how} is not supported yet");
        }
    }

    private int Identity(object value)
    {
        if (!identities.TryGetValue(value, out int number)) identities[value] = number = identities.Count;
        return number;
    }

    private string ConstantKey(object value) => value is long or bool or string or PyNone ? HostText.Repr(value) : $"{value}#{Identity(value)}";

    private string ShapeKey(SomeValue type, bool deep) => type switch
    {
        SomeInteger i => i.Kind.Name,
        SomeBool => "bool",
        SomeFloat => "float",
        SomeChar c => c.IsUnicode ? "unichar" : "char",
        SomeString s => s.IsUnicode ? "unicode" : "str",
        SomeNone => "None",
        SomeList l => $"list{l.Type.Root.Number}",
        SomePointer p => $"pointer#{Identity(p.Target.Host)}",
        SomeDict d => $"dict{d.Type.Root.Number}",
        SomeInstance i => deep ? "object" : i.Class.Name,
        SomeTuple t => $"({string.Join(',', t.Items.Select(i => ShapeKey(i, deep)))})",
        _ => type.ToString(),
    };

    // Methods.

    private SomeValue CallMethod(Operation operation, SomeMethod method, CallShape shape)
    {
        var self = method.Self;
        if (Current is { } watcher) self.Class.Watchers.Add(watcher);
        var targets = new Dictionary<ClassType, AnnotatedFunction>();
        var entered = new Dictionary<PyFunction, (ClassType Class, AnnotatedFunction Target)>();
        PlannedArgument[]? arguments = null;
        foreach (var c in self.Class.SelfAndSubclasses)
        {
            if (c.Class.Find(method.Name) is not PyFunction f) continue;
            if (entered.TryGetValue(f, out var known) && c.IsSubclassOf(known.Class) && Specialization(f).Length == 0)
            {
                // Inherited: self can be no more than it is already.
                targets[c] = known.Target;
                continue;
            }
            arguments = Bind(f, [new PlannedArgument(operation.Operands[0])], operation, shape);
            targets[c] = EnterMethod(operation, f, arguments, self, c);
            entered[f] = (c, targets[c]);
        }
        if (arguments is null) throw Error($"{self.Class.Name} has no method '{method.Name}'");
        JoinAll(targets.Values.Distinct());
        operation.Plan = new VirtualPlan(self.Class, targets, arguments);
        return targets.Values.First().Result.Read(this);
    }

    /// <summary>As <see cref="Enter"/>, with self an instance of the class in which the method was found.</summary>
    private AnnotatedFunction EnterMethod(Operation operation, PyFunction f, PlannedArgument[] arguments, SomeInstance self, ClassType c)
    {
        var stand = new FlowVariable("self", -1) { Annotation = new SomeInstance(c, false) { Constant = self.Constant } };
        return Enter(operation, f, [new PlannedArgument(stand), .. arguments.Skip(1)]);
    }

    // Instances.

    private SomeValue Instantiate(Operation operation, PyClass c, CallShape shape)
    {
        if (c.IsBuiltin && !c.IsSubclassOf(BuiltinTypes.BaseException) && c != BuiltinTypes.Object) return BuiltinFunctions.Convert(this, operation, c, Plain(operation, shape));
        var plan = PlanInstance(operation, c, shape);
        operation.Plan = plan;
        return new SomeInstance(plan.Class, false);
    }

    private InstantiatePlan PlanInstance(Operation operation, PyClass c, CallShape shape)
    {
        var type = Classes.Of(c);
        NeedFinalizer(c);
        if (c.Find("__init__") is PyFunction init)
        {
            var arguments = Bind(init, [NewSelf(type)], operation, shape);
            return new InstantiatePlan(type, Enter(operation, init, arguments), arguments);
        }
        var given = Positional(operation, shape);
        if (c.IsSubclassOf(BuiltinTypes.Exception("EnvironmentError"))) return new InstantiatePlan(type, null, given);
        if (given.Length > 0 && !c.IsSubclassOf(BuiltinTypes.BaseException)) throw Error($"{c.Name}() takes no arguments");
        return new InstantiatePlan(type, null, []);
    }

    private readonly HashSet<AnnotatedFunction> collecting = [];

    /// <summary>Whether there are finalizers to run.</summary>
    public bool HasFinalizers { get; private set; }

    /// <summary>Instances of a class with <c>__del__</c> are registered with the collector, and finalizers run now and then.</summary>
    private void NeedFinalizer(PyClass c)
    {
        if (c.Find("__del__") is PyFunction) NeedFinalizers();
    }

    /// <summary>Finalizers run where the program allocates.</summary>
    public void NeedFinalizers()
    {
        if (HasFinalizers) return;
        HasFinalizers = true;
        Enter(null, LibraryFunction("rt.finalizers", "run"), []);
        foreach (var function in collecting) Enqueue(function);
    }

    /// <summary>Runs what finalizers are due, if the program has any.</summary>
    public SomeValue RunFinalizers(Operation o)
    {
        if (Current is { } reader) collecting.Add(reader);
        if (HasFinalizers) return CallLibrary(o, "rt.finalizers", "run");
        o.Plan = new ConstantPlan(PyNone.Value);
        return SomeNone.Instance;
    }

    private static PlannedArgument NewSelf(ClassType type) => new(new FlowVariable("self", -1) { Annotation = new SomeInstance(type, false) });

    /// <summary>A new instance of a class of the library, with an initializer.</summary>
    private InstantiatePlan PlanInstance(Operation operation, PyClass c, PlannedArgument[] given)
    {
        var type = Classes.Of(c);
        PlannedArgument[] arguments = [NewSelf(type), .. given];
        return new InstantiatePlan(type, Enter(operation, (PyFunction)c.Find("__init__")!, arguments), arguments);
    }

    private SomeValue InstantiateAny(Operation operation, IReadOnlyList<object> members, CallShape shape)
    {
        var plans = members.Cast<PyClass>().ToDictionary(c => c, c => PlanInstance(operation, c, shape));
        operation.Plan = new InstantiateAnyPlan(plans);
        SomeValue result = SomeImpossible.Instance;
        foreach (var plan in plans.Values) result = Lattice.Union(this, result, new SomeInstance(plan.Class, false));
        return result;
    }
}
