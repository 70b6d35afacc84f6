using System.Numerics;
using System.Runtime.CompilerServices;

namespace Mu.Core.Types;

/// <summary>A word of a memory image that a collector must know of.</summary>
/// <param name="Offset">Distance from the start of the image in bytes.</param>
/// <param name="Kind">How the word refers; never <see cref="SlotKind.None"/>.</param>
internal readonly record struct ReferenceSlot(int Offset, SlotKind Kind);

/// <summary>
/// The memory image of a type: natural alignment as in the System V ABI, odd integer widths as docs/abi.md has them.
/// The specification's native interface (chapter "Native Interface") wants this of every native-safe type; the others follow suit.
/// <para>
/// Objects are aligned to 8 bytes only, so vectors and int&lt;128&gt; in the heap need unaligned moves, whatever <see cref="Alignment"/> says
/// about their place inside an aggregate.
/// </para>
/// </summary>
internal sealed class TypeLayout
{
    private static readonly ConditionalWeakTable<MuType, TypeLayout> Cache = [];

    private TypeLayout() { }

    /// <summary>The type that this is the layout of.</summary>
    public required MuType Type { get; init; }

    /// <summary>Size in bytes, a multiple of <see cref="Alignment"/>. Of a hybrid: of the fixed part, up to where the variable part begins.</summary>
    public required int Size { get; init; }

    /// <summary>Alignment inside an aggregate, a power of two.</summary>
    public required int Alignment { get; init; }

    /// <summary>Offsets of a struct's fields, or of a hybrid's fixed fields.</summary>
    public int[] FieldOffsets { get; private init; } = [];

    /// <summary>Layout of the element of an array, a vector or a hybrid's variable part.</summary>
    public TypeLayout? Element { get; private init; }

    /// <summary>Where references are in the image (in a hybrid: in its fixed part), by ascending offset.</summary>
    public ReferenceSlot[] References { get; private init; } = [];

    /// <summary>Distance between elements of an array, a vector or a hybrid's variable part; 0 for other types.</summary>
    public int ElementSize => Element?.Size ?? 0;

    /// <summary>Offset of a hybrid's variable part.</summary>
    public int VariablePartOffset =>
        IsHybrid ? Size : throw new InvalidOperationException($"type {Type} has no variable part");

    /// <summary>Whether objects of the type have a variable part.</summary>
    public bool IsHybrid => Type.Kind == TypeKind.Hybrid;

    /// <summary>How a word of this type refers; <see cref="SlotKind.None"/> for aggregates as well.</summary>
    public SlotKind Kind => KindOf(Type);

    /// <summary>The layout of a type, computed once.</summary>
    public static TypeLayout Of(MuType type) => Cache.TryGetValue(type, out TypeLayout? known) ? known : Cache.GetValue(type, Compute);

    /// <summary>How a word of this type refers.</summary>
    public static SlotKind KindOf(MuType type) => type.Kind switch
    {
        TypeKind.Ref or TypeKind.StackRef or TypeKind.ThreadRef => SlotKind.Ref,
        TypeKind.IRef => SlotKind.IRef,
        TypeKind.WeakRef => SlotKind.WeakRef,
        TypeKind.TagRef64 => SlotKind.TagRef64,
        _ => SlotKind.None,
    };

    private static TypeLayout Compute(MuType type) => type switch
    {
        IntType i => Scalar(type, IntSize(i.Bits)),
        StructType s => Struct(s),
        HybridType h => Hybrid(h),
        SequenceType { Kind: TypeKind.Array } a => Array(a),
        SequenceType v => Vector(v),
        { Kind: TypeKind.Float } => Scalar(type, 4),
        { Kind: TypeKind.Void } => new TypeLayout { Type = type, Size = 0, Alignment = 1 },
        _ => Scalar(type, 8),
    };

    private static int IntSize(int bits) => bits switch { <= 8 => 1, <= 16 => 2, <= 32 => 4, <= 64 => 8, _ => 16 };

    private static TypeLayout Scalar(MuType type, int size)
    {
        SlotKind kind = KindOf(type);
        return new TypeLayout { Type = type, Size = size, Alignment = size, References = kind == SlotKind.None ? [] : [new(0, kind)] };
    }

    private static TypeLayout Struct(StructType type)
    {
        int[] offsets = Place(type.Fields, out int end, out int alignment, out ReferenceSlot[] references);
        return new TypeLayout { Type = type, Size = AlignUp(end, alignment), Alignment = alignment, FieldOffsets = offsets, References = references };
    }

    private static TypeLayout Hybrid(HybridType type)
    {
        int[] offsets = Place(type.FixedFields, out int end, out int alignment, out ReferenceSlot[] references);
        TypeLayout element = Of(type.Element);
        return new TypeLayout
        {
            Type = type,
            Size = AlignUp(end, element.Alignment),
            Alignment = Math.Max(alignment, element.Alignment),
            FieldOffsets = offsets,
            References = references,
            Element = element,
        };
    }

    private static TypeLayout Array(SequenceType type)
    {
        TypeLayout element = Of(type.Element);
        int length = checked((int)type.Length);
        return new TypeLayout
        {
            Type = type,
            Size = checked(element.Size * length),
            Alignment = element.Alignment,
            Element = element,
            References = Repeat(element, length),
        };
    }

    private static TypeLayout Vector(SequenceType type)
    {
        TypeLayout element = Of(type.Element);
        int length = checked((int)type.Length);
        int size = (int)BitOperations.RoundUpToPowerOf2((uint)checked(element.Size * length));
        return new TypeLayout { Type = type, Size = size, Alignment = size, Element = element, References = Repeat(element, length) };
    }

    private static ReferenceSlot[] Repeat(TypeLayout element, int length)
    {
        if (element.References.Length == 0) return [];
        var all = new ReferenceSlot[checked(element.References.Length * length)];
        int next = 0;
        for (int i = 0; i < length; i++)
            foreach (ReferenceSlot slot in element.References)
                all[next++] = slot with { Offset = slot.Offset + i * element.Size };
        return all;
    }

    private static int[] Place(IReadOnlyList<MuType> fields, out int end, out int alignment, out ReferenceSlot[] references)
    {
        var offsets = new int[fields.Count];
        var found = new List<ReferenceSlot>();
        end = 0;
        alignment = 1;
        for (int i = 0; i < fields.Count; i++)
        {
            TypeLayout field = Of(fields[i]);
            offsets[i] = end = AlignUp(end, field.Alignment);
            foreach (ReferenceSlot slot in field.References) found.Add(slot with { Offset = slot.Offset + end });
            end = checked(end + field.Size);
            alignment = Math.Max(alignment, field.Alignment);
        }
        references = [.. found];
        return offsets;
    }

    private static int AlignUp(int value, int alignment) => checked(value + alignment - 1) & -alignment;
}
