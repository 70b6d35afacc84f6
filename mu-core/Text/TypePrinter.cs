using System.Text;
using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Text;

/// <summary>
/// Types and signatures. Named ones are defined, anonymous ones stand inline unless they contain themselves or are long: these get a name too,
/// which also bounds the text of types that share their parts.
/// </summary>
internal sealed class TypePrinter(NameTable names, Func<Entity, bool> isDefinedElsewhere)
{
    private const int MaximumInlineLength = 60;
    private readonly Dictionary<Entity, string> texts = [];
    private readonly HashSet<Entity> inside = [];
    private readonly Queue<Entity> undefined = new();

    /// <summary>How the text refers to a type.</summary>
    public string Text(MuType type) => Reference(type);

    /// <summary>How the text refers to a signature.</summary>
    public string Text(FunctionSignature signature) => Reference(signature);

    /// <summary>Types or signatures in a row.</summary>
    public string Text(IEnumerable<Entity> entities) => string.Join(' ', entities.Select(Reference));

    /// <summary>Writes the definitions of everything that was referred to by name, and of what these reach.</summary>
    public void WriteDefinitions(StringBuilder types, StringBuilder signatures)
    {
        while (undefined.TryDequeue(out Entity? entity))
        {
            bool isType = entity is MuType;
            string body = Body(entity);
            (isType ? types : signatures).Append(isType ? ".typedef " : ".funcsig ").Append(texts[entity]).Append(" = ").Append(body).Append('\n');
        }
    }

    private string Reference(Entity entity)
    {
        if (texts.TryGetValue(entity, out string? known)) return known;
        if (entity.Name is not null || inside.Contains(entity)) return Name(entity);
        inside.Add(entity);
        string body = Body(entity);
        inside.Remove(entity);
        if (texts.TryGetValue(entity, out known)) return known;
        if (body.Length > MaximumInlineLength) return Name(entity);
        return texts[entity] = body;
    }

    private string Name(Entity entity)
    {
        if (!isDefinedElsewhere(entity)) undefined.Enqueue(entity);
        return texts[entity] = "@" + names.Of(entity, () => entity is MuType t ? t.Kind.ToString().ToLowerInvariant() : "sig");
    }

    private string Body(Entity entity) => entity switch
    {
        IntType i => $"int<{i.Bits}>",
        SimpleType s => s.Describe(),
        ReferenceType r => $"{Keyword(r)}<{Reference(r.Referent)}>",
        FunctionReferenceType f => $"{Keyword(f)}<{Reference(f.Signature)}>",
        StructType s => $"struct<{Text(s.Fields)}>",
        HybridType h => $"hybrid<{Text(h.FixedFields.Append(h.Element))}>",
        SequenceType q => $"{Keyword(q)}<{Reference(q.Element)} {q.Length}>",
        FunctionSignature s => $"({Text(s.Parameters)}) -> ({Text(s.Results)})",
        _ => throw new InvalidOperationException($"{entity} is neither type nor signature"),
    };

    private static string Keyword(MuType type) => type.Kind.ToString().ToLowerInvariant();
}
