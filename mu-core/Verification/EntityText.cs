using System.Globalization;
using System.Text;
using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Verification;

/// <summary>Text of entities for findings. Unlike <see cref="MuType.Describe"/> it ends for every object model: cyclic, incomplete or deep.</summary>
internal static class EntityText
{
    private const int MaximumDepth = 4;
    private const int MaximumParts = 8;

    public static string Of(object? entity) => entity switch
    {
        null => "bundle",
        MuType type => Of(type),
        FunctionSignature signature => Of(signature),
        FunctionVersion version => version.Name is { } name ? $"@{name}" : $"version of {Of(version.Function)}",
        Value { Name: null } value => Anonymous(value),
        Entity { Name: { } name } => $"@{name}",
        _ => $"anonymous {entity.GetType().Name}",
    };

    public static string Of(MuType type) => Append(new StringBuilder(), type, 0).ToString();

    public static string Of(FunctionSignature signature) => Append(new StringBuilder(), signature, 0).ToString();

    /// <summary>Whether the type's kind is one that its class is for.</summary>
    public static bool HasFittingKind(MuType type) => type switch
    {
        IntType => type.Kind == TypeKind.Int,
        ReferenceType => type.Kind is TypeKind.Ref or TypeKind.IRef or TypeKind.WeakRef or TypeKind.UPtr,
        FunctionReferenceType => type.Kind is TypeKind.FuncRef or TypeKind.UFuncPtr,
        SequenceType => type.Kind is TypeKind.Array or TypeKind.Vector,
        SimpleType => type.Kind is TypeKind.Float or TypeKind.Double or TypeKind.Void or TypeKind.TagRef64 || type is { IsOpaqueReference: true, Kind: not TypeKind.FuncRef },
        _ => type.Kind is TypeKind.Struct or TypeKind.Hybrid,
    };

    private static string Anonymous(Value value) => value switch
    {
        IntConstant c => $"{Of(c.Type)} {c.Value.ToString(CultureInfo.InvariantCulture)}",
        DoubleConstant c => $"{Of(c.Type)} {c.Value.ToString("R", CultureInfo.InvariantCulture)}",
        FloatConstant c => $"{Of(c.Type)} {c.Value.ToString("R", CultureInfo.InvariantCulture)}",
        NullConstant c => $"{Of(c.Type)} NULL",
        Constant c => $"a constant of type {Of(c.Type)}",
        BlockParameter p when p.Block.Parameters.IndexOf(p) is >= 0 and var i => $"parameter {i} of the block",
        InstructionResult r => $"result {r.Index} of {InstructionText.Of(r.Instruction)}",
        Function => "an anonymous function",
        _ => $"anonymous {value.GetType().Name}",
    };

    private static StringBuilder Append(StringBuilder text, MuType type, int depth)
    {
        if (type.Name is { } name) return text.Append('@').Append(name);
        if (depth > MaximumDepth) return text.Append('…');
        switch (type)
        {
            case ReferenceType { IsComplete: false } or FunctionReferenceType { IsComplete: false } or HybridType { IsComplete: false } or SequenceType { IsComplete: false }:
                return text.Append(Keyword(type.Kind)).Append("<?>");
            case ReferenceType r: return Append(text.Append(Keyword(type.Kind)).Append('<'), r.Referent, depth + 1).Append('>');
            case FunctionReferenceType f: return Append(text.Append(Keyword(type.Kind)).Append('<'), f.Signature, depth + 1).Append('>');
            case StructType s: return Append(text.Append("struct<"), s.Fields, depth + 1).Append('>');
            case HybridType h:
                if (h.FixedFields.Count > 0) Append(text.Append("hybrid<"), h.FixedFields, depth + 1).Append(' ');
                else text.Append("hybrid<");
                return Append(text, h.Element, depth + 1).Append('>');
            case SequenceType q: return Append(text.Append(Keyword(type.Kind)).Append('<'), q.Element, depth + 1).Append(' ').Append(q.Length).Append('>');
            default: return text.Append(HasFittingKind(type) ? type.Describe() : Keyword(type.Kind));
        }
    }

    private static StringBuilder Append(StringBuilder text, FunctionSignature signature, int depth)
    {
        if (signature.Name is { } name) return text.Append('@').Append(name);
        Append(text.Append('('), signature.Parameters, depth).Append(") -> (");
        return Append(text, signature.Results, depth).Append(')');
    }

    private static StringBuilder Append(StringBuilder text, IReadOnlyList<MuType> types, int depth)
    {
        for (int i = 0; i < types.Count; i++)
        {
            if (i > 0) text.Append(' ');
            if (i == MaximumParts) return text.Append('…');
            Append(text, types[i], depth);
        }
        return text;
    }

    private static string Keyword(TypeKind kind) => kind.ToString().ToLowerInvariant();
}
