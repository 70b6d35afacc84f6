using System.Runtime.CompilerServices;

namespace Mu.Core.Types;

/// <summary>A word of a value: a struct, array or vector value is its scalars in order, an int&lt;128&gt; two words.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Offset">Where it is in the value's memory image.</param>
internal readonly record struct ScalarPart(MuType Type, int Offset)
{
    /// <summary>Most words that a call, a return or a switch of stacks passes.</summary>
    public const int MostPassed = 1024;

    private static readonly ConditionalWeakTable<MuType, ScalarPart[]> Cache = [];

    /// <summary>The scalars of a type's values.</summary>
    public static ScalarPart[] Of(MuType type) => Cache.TryGetValue(type, out ScalarPart[]? known) ? known : Cache.GetValue(type, Compute);

    /// <summary>Number of scalars before a field or an element.</summary>
    public static int Before(MuType type, int index) => type switch
    {
        StructType s => s.Fields.Take(index).Sum(field => Of(field).Length),
        SequenceType q => index * Of(q.Element).Length,
        _ => throw new ArgumentException($"{type} has no parts"),
    };

    private static ScalarPart[] Compute(MuType type)
    {
        if (type.IsWord) return [new ScalarPart(type, 0)];
        if (type.IsWideInt) return [new ScalarPart(IntType.I64, 0), new ScalarPart(IntType.I64, 8)];
        TypeLayout layout = TypeLayout.Of(type);
        return type switch
        {
            StructType s => [.. s.Fields.SelectMany((field, i) => Shifted(field, layout.FieldOffsets[i]))],
            SequenceType q => [.. Enumerable.Range(0, checked((int)q.Length)).SelectMany(i => Shifted(q.Element, i * layout.ElementSize))],
            _ => throw new ArgumentException($"there are no values of type {type}"),
        };
    }

    private static IEnumerable<ScalarPart> Shifted(MuType type, int offset) => Of(type).Select(part => part with { Offset = part.Offset + offset });
}
