using Mu.Core.Types;

namespace Mu.Core.Interpreter;

/// <summary>Struct, array and vector values are kept as their scalars in order, one word each; int&lt;128&gt; is two words, the low one first.</summary>
internal static class FlatValue
{
    /// <summary>Number of words of a value.</summary>
    public static int Words(MuType type) => type switch
    {
        { IsWord: true } => 1,
        { IsScalar: true } => 2,
        StructType s => Words(s.Fields),
        SequenceType q => checked((int)q.Length * Words(q.Element)),
        _ => throw new NotSupportedException($"there are no values of type {type}"),
    };

    /// <summary>Number of words of several values.</summary>
    public static int Words(IReadOnlyList<MuType> types)
    {
        int words = 0;
        for (int i = 0; i < types.Count; i++) words += Words(types[i]);
        return words;
    }

    /// <summary>Distance in words of a field from the beginning of its struct value.</summary>
    public static int FieldOffset(StructType type, int field)
    {
        int words = 0;
        for (int i = 0; i < field; i++) words += Words(type.Fields[i]);
        return words;
    }

    /// <summary>Appends the types of a value's words.</summary>
    public static void AddScalars(MuType type, List<MuType> into)
    {
        switch (type)
        {
            case StructType s:
                foreach (MuType field in s.Fields) AddScalars(field, into);
                break;
            case SequenceType q:
                for (ulong i = 0; i < q.Length; i++) AddScalars(q.Element, into);
                break;
            case IntType { Bits: > 64 }:
                into.Add(IntType.I64);
                into.Add(IntType.I64);
                break;
            default:
                into.Add(type);
                break;
        }
    }

    /// <summary>The types of the words of several values.</summary>
    public static MuType[] Scalars(IReadOnlyList<MuType> types)
    {
        var scalars = new List<MuType>();
        for (int i = 0; i < types.Count; i++) AddScalars(types[i], scalars);
        return [.. scalars];
    }

    /// <summary>The scalar operated on by an operation on a scalar or, lane by lane, on a vector.</summary>
    public static MuType Lane(MuType type) => type is SequenceType { Kind: TypeKind.Vector } v ? v.Element : type;

    /// <summary>Number of lanes: 1 for a scalar.</summary>
    public static int Lanes(MuType type) => type is SequenceType { Kind: TypeKind.Vector } v ? checked((int)v.Length) : 1;
}
