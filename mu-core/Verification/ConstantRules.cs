using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Verification;

/// <summary>Rules of global variables: constants against their types, cells, functions, exposed functions.</summary>
internal sealed class ConstantRules(FindingList findings, TypeRules types)
{
    private const int MaximumDepth = 500;
    private readonly Dictionary<GlobalValue, bool> seen = new(ReferenceEqualityComparer.Instance);

    /// <summary>The variables looked at. To be marked as verified if nothing was found.</summary>
    public IEnumerable<Entity> Seen => seen.Keys;

    /// <summary>Checks a global variable. False if its type cannot be worked with.</summary>
    public bool Check(GlobalValue value) => Check(value, 0);

    private bool Check(GlobalValue value, int depth)
    {
        if (value.IsVerified) return true;
        if (seen.TryGetValue(value, out bool isUsable)) return isUsable;
        if (depth > MaximumDepth)
        {
            findings.Add($"constants nest deeper than {MaximumDepth}");
            return false;
        }
        FindingPlace mention = findings.Place;
        if (value.Name is not null) findings.Place = new FindingPlace(value);
        isUsable = types.Check(value.Type);
        seen.Add(value, isUsable);
        if (isUsable) CheckValue(value, depth);
        findings.Place = mention;
        return isUsable;
    }

    private void CheckValue(GlobalValue value, int depth)
    {
        switch (value)
        {
            case IntConstant c: CheckInt(c); break;
            case FloatConstant: Expect(value.Type.Kind == TypeKind.Float, "a float constant", value.Type); break;
            case DoubleConstant: Expect(value.Type.Kind == TypeKind.Double, "a double constant", value.Type); break;
            case NullConstant:
                Expect(value.Type.Kind != TypeKind.WeakRef && (value.Type.IsGeneralReference || value.Type.IsPointer), "NULL", value.Type);
                break;
            case ExternConstant c:
                Expect(value.Type.IsPointer, "EXTERN", value.Type);
                if (c.Symbol.Length == 0) findings.Add("EXTERN names no symbol");
                break;
            case TagRefConstant c:
                Expect(value.Type.Kind == TypeKind.TagRef64, "a tagref constant", value.Type);
                if (TagRef64.IsRef(c.Word) && TagRef64.ToAddress(c.Word) != 0) findings.Add("a tagref constant holds no reference but NULL");
                break;
            case CompositeConstant c: CheckComposite(c, depth); break;
            case GlobalCell { CellType.Kind: TypeKind.Hybrid }: findings.Add("a global cell is of fixed size, so not a hybrid"); break;
            case ExposedFunction e: CheckExposed(e); break;
        }
    }

    private void Expect(bool fits, string what, MuType type)
    {
        if (!fits) findings.Add($"{what} is not of type {EntityText.Of(type)}");
    }

    private void CheckInt(IntConstant constant)
    {
        Expect(constant.Type is IntType || constant.Type.IsPointer, "an integer constant", constant.Type);
        int highBits = constant.Type is IntType { Bits: > 64 } wide ? wide.Bits - 64 : 0;
        if (highBits < 64 && constant.High >> highBits != 0) findings.Add($"the value does not fit {EntityText.Of(constant.Type)}");
    }

    private void CheckComposite(CompositeConstant constant, int depth)
    {
        if (!types.IsValueType(constant.Type))
        {
            findings.Add($"there are no values of type {EntityText.Of(constant.Type)}");
            return;
        }
        ulong expected = constant.Type switch { StructType s => (ulong)s.Fields.Count, SequenceType q => q.Length, _ => 0 };
        if (expected == 0)
            findings.Add($"{{…}} is not of type {EntityText.Of(constant.Type)}");
        else if (expected != (ulong)constant.Elements.Count)
            findings.Add($"{EntityText.Of(constant.Type)} has {expected} parts, found {constant.Elements.Count}");
        else
            CheckElements(constant, depth);
    }

    private void CheckElements(CompositeConstant constant, int depth)
    {
        for (int i = 0; i < constant.Elements.Count; i++)
        {
            GlobalValue element = constant.Elements[i];
            MuType type = constant.Type is StructType s ? s.Fields[i] : ((SequenceType)constant.Type).Element;
            if (Check(element, depth + 1) && !SameType.Of(element.Type, type))
                findings.Add($"part {i}: expected {EntityText.Of(type)}, found {EntityText.Of(element.Type)}");
        }
    }

    private void CheckExposed(ExposedFunction exposed)
    {
        if (exposed.Convention != "DEFAULT") findings.Add($"found the convention #{exposed.Convention}, expected #DEFAULT");
        if (!Check(exposed.Function, 0) || !Check(exposed.Cookie, 0)) return;
        if (exposed.Cookie.Type is not IntType { Bits: 64 }) findings.Add($"a cookie is an int<64>, found {EntityText.Of(exposed.Cookie.Type)}");
        FunctionSignature signature = exposed.Function.Signature;
        if (exposed.Type is not FunctionReferenceType { Kind: TypeKind.UFuncPtr } pointer || !SameType.Of(pointer.Signature, signature))
            findings.Add($"expected ufuncptr<{EntityText.Of(signature)}>, found {EntityText.Of(exposed.Type)}");
        types.CheckNative(signature, type => findings.Add($"{EntityText.Of(type)} is not native-safe"));
        if (signature.Results.Count > 1) findings.Add("native code takes one result at most");
    }
}
