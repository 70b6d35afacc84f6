using Mu.Core.Types;

namespace Mu.Core.Compiler.Ssa;

/// <summary>Struct, array and vector values live in the graph as their scalars, in order; an int&lt;128&gt; as two words, the low one first.</summary>
internal static class Scalars
{
    public static ValueKind KindOf(MuType type) => type.Kind switch
    {
        TypeKind.Int => new IntShape(((IntType)type).Bits).Kind,
        TypeKind.Float => ValueKind.F32,
        TypeKind.Double => ValueKind.F64,
        TypeKind.UPtr or TypeKind.UFuncPtr or TypeKind.FuncRef or TypeKind.FrameCursorRef or TypeKind.IRBuilderRef => ValueKind.I64,
        TypeKind.Ref or TypeKind.WeakRef or TypeKind.StackRef or TypeKind.ThreadRef => ValueKind.Ref,
        TypeKind.IRef => ValueKind.IRef,
        TypeKind.TagRef64 => ValueKind.Tag,
        _ => throw new NotSupportedException($"values of type {type} are not supported by the code generator"),
    };

    public static int Count(MuType type)
    {
        if (type.IsWord) return 1;
        switch (type)
        {
            case StructType s:
                int n = 0;
                for (int i = 0; i < s.Fields.Count; i++) n += Count(s.Fields[i]);
                return n;
            case SequenceType a:
                return checked((int)a.Length * Count(a.Element));
            case IntType:
                return 2;
            case { Kind: TypeKind.Void }:
                return 0;
            default:
                throw new NotSupportedException($"values of type {type} are not supported by the code generator");
        }
    }

    public static void AddKinds(MuType type, List<ValueKind> kinds)
    {
        if (type.IsWord)
        {
            kinds.Add(KindOf(type));
            return;
        }

        switch (type)
        {
            case StructType s:
                for (int i = 0; i < s.Fields.Count; i++) AddKinds(s.Fields[i], kinds);
                break;
            case SequenceType a:
                for (ulong i = 0; i < a.Length; i++) AddKinds(a.Element, kinds);
                break;
            case IntType:
                kinds.Add(ValueKind.I64);
                kinds.Add(ValueKind.I64);
                break;
            case { Kind: TypeKind.Void }:
                break;
            default:
                throw new NotSupportedException($"values of type {type} are not supported by the code generator");
        }
    }

    public static ValueKind[] Kinds(IReadOnlyList<MuType> types)
    {
        var kinds = new List<ValueKind>(types.Count);
        for (int i = 0; i < types.Count; i++) AddKinds(types[i], kinds);
        return [.. kinds];
    }

    /// <summary>Number of scalars before a field.</summary>
    public static int Offset(StructType type, int field)
    {
        int n = 0;
        for (int i = 0; i < field; i++) n += Count(type.Fields[i]);
        return n;
    }
}
