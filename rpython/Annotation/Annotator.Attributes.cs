using Mu.RPython.Flow;
using Mu.RPython.Objects;

namespace Mu.RPython.Annotation;

// Attributes.
internal sealed partial class Annotator
{
    private SomeValue GetAttribute(Operation operation, SomeValue owner, string name)
    {
        operation.Plan = null;
        switch (owner)
        {
            case SomeInstance instance: return GetAttribute(operation, instance, name);
            case SomePbc { Members.Items: [PyInstance frozen] }: return OfFrozen(operation, frozen, name);
            case SomePbc { Members.Items: [PyClass, ..] } pbc: return OfClasses(pbc, name);
            case SomePointer pointer: return RawField(operation, pointer, name);
            case SomePbc or SomeNone: throw Error($"{owner} has no attribute '{name}'");
            case SomeString or SomeChar or SomeList or SomeDict or SomeTuple: return new SomeBuiltinMethod(owner, name);
            default: throw Error($"{owner} has no attribute '{name}'");
        }
    }

    private SomeValue GetAttribute(Operation operation, SomeInstance instance, string name)
    {
        var c = instance.Class;
        if (name == "__class__") return ClassesOf(c);
        if (c.Class.Find(name) is PyProperty { Getter: PyFunction getter }) return CallFunction(operation, getter, [new PlannedArgument(operation.Operands[0])], CallShape.Plain(0));
        if (Current is { } reader) c.Watchers.Add(reader);
        if (ClassTable.IsMethod(c, name)) return new SomeMethod(instance with { Nullable = false }, name);
        return Classes.Attribute(c, name).Read(this);
    }

    private SomePbc ClassesOf(ClassType c)
    {
        if (Current is { } watcher) c.Watchers.Add(watcher);
        var members = new PbcSet(c.SelfAndSubclasses.Select(s => (object)s.Class));
        return new SomePbc(members, false) { Constant = members.Items.Count == 1 ? members.Items[0] : null };
    }

    private SomeValue OfFrozen(Operation operation, PyInstance frozen, string name)
    {
        if (!Evaluation.HostAttributes.TryGet(evaluator, frozen, name, out var value)) throw Error($"{frozen} has no attribute '{name}'");
        operation.Plan = new ConstantPlan(value);
        return OfConstant(value);
    }

    /// <summary>An attribute of one of several classes: what all of them have.</summary>
    private SomeValue OfClasses(SomePbc pbc, string name)
    {
        SomeValue result = SomeImpossible.Instance;
        foreach (var c in pbc.Members.Items.Cast<PyClass>())
        {
            object value = AttributeOf(c, name) ?? throw Error($"class {c.Name} has no attribute '{name}'");
            result = Lattice.Union(this, result, OfConstant(value));
        }
        return result;
    }

    public static object? AttributeOf(PyClass c, string name) => c.Find(name) switch
    {
        null => name == "__name__" ? c.Name : null,
        PyStaticMethod s => s.Function,
        PyClassMethod m => new PyMethod(c, m.Function, c),
        var found => found,
    };

    private SomeValue SetAttribute(Operation operation, SomeValue owner, SomeValue value, string name)
    {
        operation.Plan = null;
        if (owner is SomePointer pointer) return SetRawField(operation, pointer, name, value);
        if (owner is not SomeInstance instance) throw Error($"an attribute '{name}' of {owner} cannot be set");
        if (instance.Class.Class.Find(name) is PyProperty { Setter: PyFunction setter })
        {
            CallWith(operation, setter, [new PlannedArgument(operation.Operands[0]), new PlannedArgument(operation.Operands[1])]);
            return SomeNone.Instance;
        }
        Classes.Attribute(instance.Class, name).Add(this, value);
        return SomeNone.Instance;
    }
}
