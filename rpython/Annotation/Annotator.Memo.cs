using Mu.RPython.Evaluation;
using Mu.RPython.Flow;
using Mu.RPython.Objects;

namespace Mu.RPython.Annotation;

// Functions marked specialize.memo: computed while the program is compiled, once for each combination of arguments that there can be.
internal sealed partial class Annotator
{
    private readonly Dictionary<string, object> memoized = [];
    private readonly HashSet<AnnotatedFunction> memoizers = [];

    private SomeValue Memo(Operation operation, PyFunction f, PlannedArgument[] arguments)
    {
        var types = Array.ConvertAll(arguments, Of);
        var cases = new List<MemoCase>();
        SomeValue result = SomeImpossible.Instance;
        foreach (var values in Combinations([.. types.Select(t => PossibleValues(f, t))]))
            if (Memoized(f, values, canFail: Array.Exists(types, t => t is SomeInstance { Constant: null })) is { } value)
            {
                cases.Add(new MemoCase(values, value));
                result = Lattice.Union(this, result, OfConstant(value));
            }
        operation.Plan = cases.Count == 1 ? new ConstantPlan(cases[0].Result) : new MemoPlan(arguments, cases);
        return result;
    }

    private object? Memoized(PyFunction f, object[] values, bool canFail)
    {
        string key = $"{Identity(f)}({string.Join(',', values.Select(ConstantKey))})";
        if (memoized.TryGetValue(key, out object? known)) return known;
        try
        {
            return memoized[key] = evaluator.Call(f, values);
        }
        catch (PyRaise) when (canFail)
        {
            // Among all frozen instances of a class there may be some that the function is never called with.
            return null;
        }
    }

    private object[] PossibleValues(PyFunction f, SomeValue type)
    {
        switch (type)
        {
            case { Constant: { } constant }: return [constant];
            case SomeBool: return [false, true];
            case SomePbc pbc: return pbc.Nullable ? [.. pbc.Members.Items, PyNone.Value] : [.. pbc.Members.Items];
            case SomeInstance i when i.Class.Class.Find("_freeze_") is not null:
                if (Current is { } reader) memoizers.Add(reader);
                object[] frozen = [.. prebuilt.Where(p => p is { Key: PyInstance, Value: SomeInstance known } && known.Class.IsSubclassOf(i.Class)).Select(p => p.Key)];
                return i.Nullable ? [.. frozen, PyNone.Value] : frozen;
            default: throw Error($"{f.QualifiedName} is specialize.memo, and an argument of it is not constant: {type}");
        }
    }

    private static IEnumerable<object[]> Combinations(object[][] choices)
    {
        IEnumerable<object[]> all = [[]];
        foreach (var choice in choices) all = all.SelectMany(before => choice.Select(value => (object[])[.. before, value]));
        return all;
    }
}
