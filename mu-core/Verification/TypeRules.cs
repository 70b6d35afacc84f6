using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Verification;

/// <summary>
/// Rules of types and signatures (specification, chapter "Type System"). Each type is looked at once; types that passed an earlier verification are marked and not
/// looked at again, so that functions compiled at run time pay for new types only.
/// </summary>
internal sealed class TypeRules(FindingList findings)
{
    private const int MaximumDepth = 200;
    // Sizes in bytes fit an int: offsets and lengths of objects are 32 bits wide.
    private const long MaximumSize = int.MaxValue - 4096;
    private readonly Dictionary<Entity, bool> seen = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<MuType, TypeImage?> images = new(ReferenceEqualityComparer.Instance);
    private readonly Stack<Entity> pending = [];

    /// <summary>The types and signatures looked at. To be marked as verified if nothing was found.</summary>
    public IEnumerable<Entity> Seen => seen.Keys;

    /// <summary>
    /// Checks a type or signature and what it reaches. False if it cannot be worked with: it is incomplete or contains itself; whoever uses it is not checked then.
    /// </summary>
    public bool Check(Entity typeOrSignature) =>
        typeOrSignature.IsVerified || (seen.TryGetValue(typeOrSignature, out bool isUsable) ? isUsable : CheckNew(typeOrSignature));

    /// <summary>What a type that <see cref="Check"/> accepted is by value.</summary>
    public TypeImage ImageOf(MuType type) => type.IsScalar || type.Kind == TypeKind.Void
        ? TypeImage.OfScalar(type)
        : Image(type, 0) ?? throw new InvalidOperationException($"type {EntityText.Of(type)} has not been checked");

    /// <summary>Whether there are SSA variables of the type, of those that <see cref="Check"/> accepted.</summary>
    public bool IsValueType(MuType type) => type.Kind switch
    {
        TypeKind.WeakRef or TypeKind.Void or TypeKind.Hybrid => false,
        TypeKind.Struct or TypeKind.Array or TypeKind.Vector => !ImageOf(type).HoldsWeak,
        _ => true,
    };

    private bool CheckNew(Entity root)
    {
        FindingPlace mention = findings.Place;
        var batch = new List<Entity>();
        bool isUsable = true;
        Visit(root);
        while (pending.TryPop(out Entity? entity))
        {
            batch.Add(entity);
            if (entity.Name is not null) findings.Place = new FindingPlace(entity);
            isUsable &= entity is MuType type ? CheckShape(type) : CheckSignature((FunctionSignature)entity);
            findings.Place = mention;
        }
        if (!isUsable)
            foreach (Entity entity in batch) seen[entity] = false;
        return isUsable;
    }

    private void Visit(Entity entity)
    {
        if (!entity.IsVerified && seen.TryAdd(entity, true)) pending.Push(entity);
    }

    private void Visit(IReadOnlyList<MuType> types)
    {
        for (int i = 0; i < types.Count; i++) Visit(types[i]);
    }

    private bool CheckShape(MuType type)
    {
        if (!EntityText.HasFittingKind(type))
        {
            findings.Add($"the kind {type.Kind} does not fit {type.GetType().Name}");
            return false;
        }
        switch (type)
        {
            case ReferenceType { IsComplete: false } or FunctionReferenceType { IsComplete: false } or HybridType { IsComplete: false } or SequenceType { IsComplete: false }:
                findings.Add($"the type {EntityText.Of(type)} is incomplete: its parts have not been set");
                return false;
            case IntType i:
                CheckWidth(i);
                return true;
            case SimpleType:
                return true;
            case ReferenceType r:
                Visit(r.Referent);
                return r.Kind != TypeKind.UPtr || CheckPointer(r);
            case FunctionReferenceType f:
                Visit(f.Signature);
                return f.Kind != TypeKind.UFuncPtr || CheckFunctionPointer(f);
            default:
                return CheckComposite(type);
        }
    }

    private void CheckWidth(IntType type)
    {
        if (type.Bits is < 1 or > 64 and not 128) findings.Add($"{EntityText.Of(type)}: an int has 1 to 64 bits, or 128");
    }

    private bool CheckPointer(ReferenceType type)
    {
        if (Image(type.Referent, 0) is not { } image) return false;
        if (!image.IsNativeSafe) findings.Add($"{EntityText.Of(type)}: {EntityText.Of(type.Referent)} is not native-safe");
        return true;
    }

    // Pointers to runtime functions (docs/abi.md) take references and tagref64 too, so that only what no native function can take is refused here; CCALL #DEFAULT says the rest.
    private bool CheckFunctionPointer(FunctionReferenceType type) =>
        CheckNative(type, type.Signature.Parameters) & CheckNative(type, type.Signature.Results);

    private bool CheckNative(FunctionReferenceType pointer, IReadOnlyList<MuType> types)
    {
        bool isUsable = true;
        for (int i = 0; i < types.Count; i++)
        {
            if (Image(types[i], 0) is not { } image) isUsable = false;
            else if (!types[i].IsScalar && !image.IsNativeSafe) findings.Add($"{EntityText.Of(pointer)}: {EntityText.Of(types[i])} is not native-safe");
        }
        return isUsable;
    }

    private bool CheckComposite(MuType type)
    {
        switch (type)
        {
            case StructType s:
                if (s.Fields.Count == 0) findings.Add("a struct has at least one field");
                CheckParts(s.Fields, "field");
                break;
            case HybridType h:
                CheckParts(h.FixedFields, "field");
                CheckPart(h.Element, "the variable part's element");
                break;
            case SequenceType q:
                string kind = q.Kind == TypeKind.Array ? "an array" : "a vector";
                if (q.Length == 0) findings.Add($"{kind} has at least one element");
                CheckPart(q.Element, "the element");
                if (q.Kind == TypeKind.Vector && !q.Element.IsScalar) findings.Add($"elements of a vector are scalars, found {EntityText.Of(q.Element)}");
                break;
        }
        if (Image(type, 0) is not { } image)
        {
            findings.Add($"{EntityText.Of(type)} contains itself by value, or an incomplete type, or nests deeper than {MaximumDepth}");
            return false;
        }
        if (image.Size > MaximumSize) findings.Require(EngineFeature.LargeTypes);
        return true;
    }

    private void CheckParts(IReadOnlyList<MuType> fields, string role)
    {
        for (int i = 0; i < fields.Count; i++) CheckPart(fields[i], $"{role} {i}");
    }

    private void CheckPart(MuType part, string role)
    {
        if (part.Kind == TypeKind.Void) findings.Add($"{role} is void");
        else if (part.Kind == TypeKind.Hybrid) findings.Add($"{role} is the hybrid {EntityText.Of(part)}, which cannot be part of another type");
        Visit(part);
    }

    private bool CheckSignature(FunctionSignature signature)
    {
        Visit(signature.Parameters);
        Visit(signature.Results);
        return CheckValues(signature.Parameters, "parameter") & CheckValues(signature.Results, "result");
    }

    /// <summary>Whether there are not more words in a list of values than can be passed: of parameters, results, or what is passed to a stack.</summary>
    public void CheckWords(IReadOnlyList<MuType> types, string role)
    {
        long words = 0;
        for (int i = 0; i < types.Count; i++) words += ImageOf(types[i]).Words;
        if (words > ScalarPart.MostPassed) findings.Add($"{role} of {words} words: not more than {ScalarPart.MostPassed} are supported");
    }

    private bool CheckValues(IReadOnlyList<MuType> types, string role)
    {
        bool isUsable = true;
        for (int i = 0; i < types.Count; i++)
        {
            if (Image(types[i], 0) is null)
            {
                isUsable = false;
                continue;
            }
            if (!IsValueType(types[i])) findings.Add($"{role} {i}: there are no values of type {EntityText.Of(types[i])}");
        }
        if (isUsable) CheckWords(types, $"{role}s");
        return isUsable;
    }

    /// <summary>What goes to and comes from native code by the platform's convention: <paramref name="refuse"/> gets what is not native-safe.</summary>
    public void CheckNative(FunctionSignature signature, Action<MuType> refuse)
    {
        bool isPassed = true;
        foreach (MuType type in signature.Parameters.Concat(signature.Results))
        {
            TypeImage image = ImageOf(type);
            isPassed &= IsValueType(type);
            if (!image.IsNativeSafe) refuse(type);
            else if (image.HoldsVector) findings.Require(EngineFeature.NativeVectors);
            else if (image.Size > 8 * ScalarPart.MostPassed) findings.Add($"{EntityText.Of(type)} has {image.Size} bytes: not more than {8 * ScalarPart.MostPassed} are passed by value");
            else continue;
            isPassed = false;
        }
        if (isPassed && NativeSignature.Of(signature).StackedWords is > ScalarPart.MostPassed and var words)
            findings.Add($"arguments of {words} words on the native stack: not more than {ScalarPart.MostPassed} are supported");
    }

    /// <summary>Null where there is none: the type contains itself, is incomplete, or nests too deep.</summary>
    private TypeImage? Image(MuType type, int depth)
    {
        if (type.IsScalar || type.Kind == TypeKind.Void) return TypeImage.OfScalar(type);
        if (images.TryGetValue(type, out TypeImage? known)) return known;
        if (depth > MaximumDepth) return null;
        // While the type is under way it has no image: that finds those that contain themselves.
        images.Add(type, null);
        TypeImage? image = type switch
        {
            StructType s => Image(s.Fields, depth)?.Ended(),
            HybridType { IsComplete: true } h => Image(h.FixedFields, depth) is { } head && Image(h.Element, depth + 1) is { } tail ? head.With(tail).Ended() : null,
            SequenceType { IsComplete: true, Kind: TypeKind.Array } q => Image(q.Element, depth + 1)?.Times(q.Length),
            SequenceType { IsComplete: true } q => Image(q.Element, depth + 1)?.Times(q.Length).AsVector(),
            _ => null,
        };
        if (image is { } found && found.Depth > MaximumDepth) image = null;
        images[type] = image;
        return image;
    }

    private TypeImage? Image(IReadOnlyList<MuType> fields, int depth)
    {
        TypeImage all = TypeImage.Empty;
        for (int i = 0; i < fields.Count; i++)
        {
            if (Image(fields[i], depth + 1) is not { } field) return null;
            all = all.With(field);
        }
        return all;
    }
}
