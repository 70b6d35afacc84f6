using Mu.RPython.Flow;
using Mu.RPython.Objects;

namespace Mu.RPython.Annotation;

// What the built-in functions need of the annotator.
internal sealed partial class Annotator
{
    public SomeValue AnnotateStr(Operation o, SomeValue a) => Str(o, a, 's');

    public SomeValue CallSpecialMethod(Operation o, SomeInstance instance, string name, PlannedArgument[] arguments)
    {
        var special = new Operation(o.Code, Array.ConvertAll(arguments, a => a.Operand), o.Result, o.Line);
        var result = CallSpecial(special, instance, name);
        o.Plan = special.Plan;
        return result;
    }

    private readonly Dictionary<(string Name, object Source), PyClass> iteratorClasses = [];

    /// <summary>An iterator object: of a copy of the library's class for each type of source.</summary>
    public SomeValue NewIterator(Operation o, string name, SomeValue source, PlannedArgument[] arguments)
    {
        object key = source switch { SomeList l => l.Type.Root, SomeDict d => d.Type.Root, SomeString { IsUnicode: true } or SomeChar { IsUnicode: true } => "unicode", _ => "str" };
        if (!iteratorClasses.TryGetValue((name, key), out var type)) iteratorClasses[(name, key)] = type = CopyOf((PyClass)evaluator.Loader.Library(evaluator, "rt.iterators").Names[name]);
        var plan = PlanInstance(o, type, arguments);
        o.Plan = plan;
        return new SomeInstance(plan.Class, false);
    }

    private static PyClass CopyOf(PyClass template)
    {
        var copy = new PyClass(template.Name, [BuiltinTypes.Object], template.Module) { Source = template.Source };
        foreach (var c in template.Mro.Reverse())
            foreach (var (name, value) in c.Names)
                if (c != BuiltinTypes.Object) copy.Names[name] = value is PyFunction f ? f.Copy(copy) : value;
        return copy;
    }

    public void Watch(ClassType c)
    {
        if (Current is { } watcher) c.Watchers.Add(watcher);
    }

    public SomeValue ClassOf(Operation o, SomeInstance instance, PlannedArgument[] arguments)
    {
        o.Plan = new BuiltinPlan("class_of", arguments);
        return ClassesOf(instance.Class);
    }

    /// <summary>instantiate(cls): an instance without initialization.</summary>
    public SomeValue Instantiated(Operation o, SomeValue classes)
    {
        if (classes is not SomePbc { Members.Items: [PyClass, ..] members }) throw Error($"instantiate of {classes}");
        var plans = members.Cast<PyClass>().ToDictionary(c => c, c => new InstantiatePlan(Classes.Of(c), null, []));
        foreach (var c in plans.Keys) NeedFinalizer(c);
        o.Plan = plans.Count == 1 ? plans.Values.First() : new InstantiateAnyPlan(plans);
        SomeValue result = SomeImpossible.Instance;
        foreach (var plan in plans.Values) result = Lattice.Union(this, result, new SomeInstance(plan.Class, false));
        return result;
    }
}
