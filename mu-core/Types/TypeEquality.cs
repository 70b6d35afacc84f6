namespace Mu.Core.Types;

/// <summary>
/// Structural equality of types. Recursive types are compared coinductively: a pair already under comparison counts as equal
/// (Amadio and Cardelli, "Subtyping recursive types", TOPLAS 1993).
/// </summary>
public static class TypeEquality
{
    /// <summary>Whether two types have the same structure.</summary>
    public static bool Equal(MuType a, MuType b)
    {
        if (ReferenceEquals(a, b)) return true;
        if (a.Kind != b.Kind) return false;
        return a switch
        {
            IntType i => i.Bits == ((IntType)b).Bits,
            SimpleType => true,
            ReferenceType r when ReferenceEquals(r.Referent, ((ReferenceType)b).Referent) => true,
            FunctionReferenceType f when ReferenceEquals(f.Signature, ((FunctionReferenceType)b).Signature) => true,
            _ => Equal(a, b, []),
        };
    }

    /// <summary>Whether two signatures have the same structure.</summary>
    public static bool Equal(FunctionSignature a, FunctionSignature b) => ReferenceEquals(a, b) || Equal(a, b, []);

    /// <summary>Whether two lists of types are equal element by element.</summary>
    public static bool Equal(IReadOnlyList<MuType> a, IReadOnlyList<MuType> b)
    {
        if (a.Count != b.Count) return false;
        for (int i = 0; i < a.Count; i++)
            if (!Equal(a[i], b[i])) return false;
        return true;
    }

    private static bool Equal(MuType a, MuType b, HashSet<(object, object)> assumed)
    {
        if (ReferenceEquals(a, b)) return true;
        if (a.Kind != b.Kind) return false;
        if (a is SimpleType) return true;
        if (a is IntType i) return i.Bits == ((IntType)b).Bits;
        if (!assumed.Add((a, b))) return true;
        return a switch
        {
            ReferenceType r => Equal(r.Referent, ((ReferenceType)b).Referent, assumed),
            FunctionReferenceType f => Equal(f.Signature, ((FunctionReferenceType)b).Signature, assumed),
            StructType s => Equal(s.Fields, ((StructType)b).Fields, assumed),
            HybridType h => Equal(h.FixedFields, ((HybridType)b).FixedFields, assumed) && Equal(h.Element, ((HybridType)b).Element, assumed),
            SequenceType q => q.Length == ((SequenceType)b).Length && Equal(q.Element, ((SequenceType)b).Element, assumed),
            _ => throw new InvalidOperationException($"unknown type {a.Kind}"),
        };
    }

    private static bool Equal(IReadOnlyList<MuType> a, IReadOnlyList<MuType> b, HashSet<(object, object)> assumed)
    {
        if (a.Count != b.Count) return false;
        for (int i = 0; i < a.Count; i++)
            if (!Equal(a[i], b[i], assumed)) return false;
        return true;
    }

    private static bool Equal(FunctionSignature a, FunctionSignature b, HashSet<(object, object)> assumed)
    {
        if (ReferenceEquals(a, b) || !assumed.Add((a, b))) return true;
        return Equal(a.Parameters, b.Parameters, assumed) && Equal(a.Results, b.Results, assumed);
    }
}
