using System.Numerics;
using Mu.Core.Types;

namespace Mu.Core.Verification;

/// <summary>What a type is by value, that is without looking through references. Sizes are those of <see cref="TypeLayout"/>, but saturated, so that they can be judged.</summary>
/// <param name="Size">Bytes in memory (of a hybrid: with one element).</param>
/// <param name="Alignment">Alignment in memory.</param>
/// <param name="Depth">How deep composites nest.</param>
/// <param name="IsNativeSafe">Whether native code may see it: void, int, FP, pointers, and composites of these.</param>
/// <param name="HoldsWeak">Whether there is a weakref in it.</param>
internal readonly record struct TypeImage(long Size, long Alignment, int Depth, bool IsNativeSafe, bool HoldsWeak)
{
    // Far beyond what is supported, and far from overflow.
    private const long Saturated = 1L << 40;

    /// <summary>The beginning of a composite.</summary>
    public static TypeImage Empty { get; } = new(0, 1, 1, true, false);

    public static TypeImage OfScalar(MuType type)
    {
        int size = type switch
        {
            { Kind: TypeKind.Void } => 0,
            { Kind: TypeKind.Float } => 4,
            IntType i => i.Bits switch { <= 8 => 1, <= 16 => 2, <= 32 => 4, <= 64 => 8, _ => 16 },
            _ => 8,
        };
        bool isNativeSafe = type.Kind is TypeKind.Void or TypeKind.Int or TypeKind.Float or TypeKind.Double or TypeKind.UPtr or TypeKind.UFuncPtr;
        return new TypeImage(size, Math.Max(size, 1), 0, isNativeSafe, type.Kind == TypeKind.WeakRef);
    }

    /// <summary>A composite with one more part behind it.</summary>
    public TypeImage With(TypeImage part) => new(
        Math.Min(AlignUp(Size, part.Alignment) + part.Size, Saturated),
        Math.Max(Alignment, part.Alignment),
        Math.Max(Depth, part.Depth + 1),
        IsNativeSafe && part.IsNativeSafe,
        HoldsWeak || part.HoldsWeak);

    /// <summary>A composite without further parts.</summary>
    public TypeImage Ended() => this with { Size = AlignUp(Size, Alignment) };

    /// <summary>An array of this many.</summary>
    public TypeImage Times(ulong length) => this with
    {
        Size = Size == 0 ? 0 : length >= (ulong)(Saturated / Size) ? Saturated : Size * (long)length,
        Depth = Depth + 1,
    };

    /// <summary>An array of this many as a vector: a power of two, aligned to its size.</summary>
    public TypeImage AsVector()
    {
        long size = (long)BitOperations.RoundUpToPowerOf2((ulong)Size);
        return this with { Size = size, Alignment = Math.Max(size, 1) };
    }

    private static long AlignUp(long value, long alignment) => (value + alignment - 1) & -alignment;
}
