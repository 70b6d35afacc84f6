using Mu.RPython.Evaluation;

namespace Mu.RPython.Objects;

/// <summary>Equality and hashing of an r_dict that is made while modules are imported: functions of the program.</summary>
internal sealed class CustomEquality(Evaluator evaluator, object equal, object hash) : IEqualityComparer<object>
{
    public object Equal => equal;

    public object Hash => hash;

    bool IEqualityComparer<object>.Equals(object? x, object? y) => evaluator.IsTrue(evaluator.Call(equal, x!, y!));

    int IEqualityComparer<object>.GetHashCode(object key) => HostNumbers.ToBig(evaluator.Call(hash, key)).GetHashCode();
}
