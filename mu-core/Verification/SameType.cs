using Mu.Core.Types;

namespace Mu.Core.Verification;

/// <summary>Structural equality of types that are mostly the same object, or references to the same object.</summary>
internal static class SameType
{
    // Longer chains of references are left to the general comparison, which ends for cyclic types too.
    private const int ShortChain = 4;

    public static bool Of(MuType a, MuType b)
    {
        for (int i = 0; i < ShortChain; i++)
        {
            if (ReferenceEquals(a, b)) return true;
            if (a.Kind != b.Kind) return false;
            if (a is not ReferenceType left) break;
            (a, b) = (left.Referent, ((ReferenceType)b).Referent);
        }
        return TypeEquality.Equal(a, b);
    }

    public static bool Of(FunctionSignature a, FunctionSignature b) => TypeEquality.Equal(a, b);

    public static bool Of(IReadOnlyList<MuType> a, IReadOnlyList<MuType> b)
    {
        if (a.Count != b.Count) return false;
        for (int i = 0; i < a.Count; i++)
            if (!Of(a[i], b[i])) return false;
        return true;
    }
}
