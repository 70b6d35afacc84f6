using System.Runtime.CompilerServices;
using Mu.Core.Types;

namespace Mu.Core.Images;

/// <summary>A word of memory that means something else in another process.</summary>
/// <param name="Offset">Where it is.</param>
/// <param name="Type">Its type: a reference, pointer or tagref64.</param>
internal readonly record struct ImageSlot(int Offset, MuType Type);

/// <summary>
/// Where such words are in a type's memory image. A collector's map (<see cref="TypeLayout.References"/>) knows less: funcrefs and pointers do not concern it.
/// </summary>
internal sealed class ImageSlots
{
    private static readonly ConditionalWeakTable<MuType, ImageSlots> Cache = [];

    /// <summary>In the image, or in a hybrid's fixed part.</summary>
    public required ImageSlot[] Fixed { get; init; }

    /// <summary>In each element of a hybrid's variable part.</summary>
    public ImageSlot[] Element { get; private init; } = [];

    /// <summary>Of a type that has been verified.</summary>
    public static ImageSlots Of(MuType type) => Cache.TryGetValue(type, out ImageSlots? known) ? known : Cache.GetValue(type, Compute);

    private static ImageSlots Compute(MuType type)
    {
        TypeLayout layout = TypeLayout.Of(type);
        return type switch
        {
            StructType s => new ImageSlots { Fixed = Fields(s.Fields, layout) },
            HybridType h => new ImageSlots { Fixed = Fields(h.FixedFields, layout), Element = Of(h.Element).Fixed },
            SequenceType q => new ImageSlots { Fixed = Repeat(Of(q.Element).Fixed, (int)q.Length, layout.ElementSize) },
            _ => new ImageSlots { Fixed = type.IsGeneralReference || type.IsPointer || type.Kind == TypeKind.TagRef64 ? [new ImageSlot(0, type)] : [] },
        };
    }

    private static ImageSlot[] Fields(IReadOnlyList<MuType> fields, TypeLayout layout) =>
        [.. fields.SelectMany((field, i) => Of(field).Fixed.Select(slot => slot with { Offset = slot.Offset + layout.FieldOffsets[i] }))];

    private static ImageSlot[] Repeat(ImageSlot[] element, int length, int size)
    {
        if (element.Length == 0) return [];
        var all = new ImageSlot[element.Length * length];
        for (int i = 0; i < all.Length; i++) all[i] = element[i % element.Length] with { Offset = element[i % element.Length].Offset + i / element.Length * size };
        return all;
    }
}
