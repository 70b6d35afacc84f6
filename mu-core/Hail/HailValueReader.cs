using System.Numerics;
using Antlr4.Runtime;
using Mu.Core.IR;
using Mu.Core.Text;
using Mu.Core.Types;
using static Mu.Core.Generated.HailParser;

namespace Mu.Core.Hail;

/// <summary>Right-hand sides of initialisations. References and pointers fit if only what they refer to differs, as if they were cast.</summary>
internal sealed class HailValueReader(SyntaxErrors errors, INameResolver loaded, Dictionary<string, int> names, List<HailObject> objects, Func<PlaceContext, HailPlace?> placeOf)
{
    /// <summary>A value of a type; null after an error.</summary>
    public HailValue? Read(MuType type, InitialContext initial)
    {
        (HailValue? value, MuType? found) = initial switch
        {
            IntInitialContext i => (Int(type, i.INT().Symbol), type),
            FPInitialContext f => Number(type, f.FP().GetText()),
            BitsInitialContext b => Bits(type, b),
            NullInitialContext when (type.IsGeneralReference && type.Kind != TypeKind.WeakRef) || type.IsPointer => (new HailWords([0]), type),
            GlobalInitialContext g => Global(g.GLOBAL().Symbol),
            ObjectInitialContext o => Object(o.OBJECT().Symbol),
            AddressInitialContext a => Address(a),
            ContentsInitialContext c => Contents(c),
            ListInitialContext l when type.Kind == TypeKind.TagRef64 => (Tagged(l), type),
            _ => (null, null),
        };
        if (value is not null && found is not null && Fits(type, found)) return value;
        errors.Add(initial.Start, $"{initial.GetText()} is no value for a location of type {type}");
        return null;
    }

    private static bool Fits(MuType type, MuType found) =>
        found.Kind == type.Kind && (type.Kind is TypeKind.Ref or TypeKind.IRef or TypeKind.FuncRef or TypeKind.UPtr or TypeKind.UFuncPtr || TypeEquality.Equal(type, found));

    private static HailValue? Int(MuType type, IToken token)
    {
        BigInteger value = Literals.Integer(token.Text);
        int bits = type switch { IntType i => i.Bits, { IsPointer: true } => 64, { Kind: TypeKind.TagRef64 } => 52, _ => 0 };
        BigInteger size = BigInteger.One << bits;
        if (bits == 0 || value >= size || value < -(size >> 1)) return null;
        value &= size - 1;
        var low = (ulong)(value & ulong.MaxValue);
        return type switch
        {
            IntType { Bits: > 64 } => new HailWords([low, (ulong)(value >> 64)]),
            IntType i => new HailInteger(i, low),
            { Kind: TypeKind.TagRef64 } => new HailWords([TagRef64.FromInt((long)low)]),
            _ => new HailWords([low]),
        };
    }

    private static (HailValue?, MuType?) Number(MuType type, string text)
    {
        bool isFloat = text[^1] == 'f';
        if (type.Kind == TypeKind.TagRef64 && !isFloat) return (new HailWords([TagRef64.FromDouble(Literals.Double(text))]), type);
        return isFloat ? (new HailWords([BitConverter.SingleToUInt32Bits(Literals.Single(text))]), SimpleType.Float) : (new HailWords([BitConverter.DoubleToUInt64Bits(Literals.Double(text))]), SimpleType.Double);
    }

    private (HailValue?, MuType?) Bits(MuType type, BitsInitialContext context)
    {
        ulong bits = Literals.Unsigned(context.INT().Symbol, errors);
        bool isFloat = context.kind.Text == "bitsf";
        if (isFloat && bits > uint.MaxValue) return (null, null);
        if (type.Kind == TypeKind.TagRef64 && !isFloat) return (new HailWords([TagRef64.FromDouble(BitConverter.UInt64BitsToDouble(bits))]), type);
        return (new HailWords([bits]), isFloat ? SimpleType.Float : SimpleType.Double);
    }

    private (HailValue?, MuType?) Global(IToken name) => loaded.Find(name.Text[1..]) is GlobalValue value ? (new HailGlobal(value), value.Type) : (null, null);

    private (HailValue?, MuType?) Object(IToken name) =>
        names.TryGetValue(name.Text, out int number) ? (new HailReference(number), new ReferenceType(TypeKind.Ref, objects[number].Type)) : (null, null);

    private (HailValue?, MuType?) Address(AddressInitialContext context)
    {
        // The iref to a variable part is that to its first element.
        return placeOf(context.place()) is { } place ? (new HailAddress(place), new ReferenceType(TypeKind.IRef, place.Type)) : (null, null);
    }

    private (HailValue?, MuType?) Contents(ContentsInitialContext context) =>
        placeOf(context.place()) is { Elements: null, Type: not HybridType and not { Kind: TypeKind.Void } } place ? (new HailContents(place), LoadInstruction.StrongVariant(place.Type)) : (null, null);

    private HailTagged? Tagged(ListInitialContext list)
    {
        if (list.initial() is not [var reference, IntInitialContext tag]) return null;
        BigInteger bits = Literals.Integer(tag.INT().GetText());
        return bits >= 0 && bits < 64 && Read(Predefined.RefVoid, reference) is { } value ? new HailTagged(value, (int)bits) : null;
    }
}
