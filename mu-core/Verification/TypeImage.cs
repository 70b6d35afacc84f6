using System.Numerics;
using Mu.Core.Types;

namespace Mu.Core.Verification;

/// <summary>What a type is by value, that is without looking through references. Sizes are those of <see cref="TypeLayout"/>, but saturated, so that they can be judged.</summary>
/// <param name="Size">Bytes in memory (of a hybrid: with one element).</param>
/// <param name="Alignment">Alignment in memory.</param>
/// <param name="Depth">How deep composites nest.</param>
/// <param name="IsNativeSafe">Whether native code may see it: void, int, FP, pointers, and composites of these.</param>
/// <param name="HoldsWeak">Whether there is a weakref in it.</param>
/// <param name="HoldsVector">Whether there is a vector in it.</param>
/// <param name="Words">Number of words that a value is.</param>
internal readonly record struct TypeImage(long Size, long Alignment, int Depth, bool IsNativeSafe, bool HoldsWeak, bool HoldsVector, long Words)
{
    // Far beyond what is supported, and far from overflow.
    private const long Saturated = 1L << 40;

    /// <summary>The beginning of a composite.</summary>
    public static TypeImage Empty { get; } = new(0, 1, 1, true, false, false, 0);

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
        return new TypeImage(size, Math.Max(size, 1), 0, isNativeSafe, type.Kind == TypeKind.WeakRef, false, (size + 7) / 8);
    }

    /// <summary>A composite with one more part behind it.</summary>
    public TypeImage With(TypeImage part) => new(
        Math.Min(AlignUp(Size, part.Alignment) + part.Size, Saturated),
        Math.Max(Alignment, part.Alignment),
        Math.Max(Depth, part.Depth + 1),
        IsNativeSafe && part.IsNativeSafe,
        HoldsWeak || part.HoldsWeak,
        HoldsVector || part.HoldsVector,
        Math.Min(Words + part.Words, Saturated));

    /// <summary>A composite without further parts.</summary>
    public TypeImage Ended() => this with { Size = AlignUp(Size, Alignment) };

    /// <summary>An array of this many.</summary>
    public TypeImage Times(ulong length) => this with
    {
        Size = Product(Size, length),
        Words = Product(Words, length),
        Depth = Depth + 1,
    };

    /// <summary>An array of this many as a vector: a power of two, aligned to its size.</summary>
    public TypeImage AsVector()
    {
        long size = (long)BitOperations.RoundUpToPowerOf2((ulong)Size);
        return this with { Size = size, Alignment = Math.Max(size, 1), HoldsVector = true };
    }

    private static long Product(long each, ulong length) => each == 0 ? 0 : length >= (ulong)(Saturated / each) ? Saturated : each * (long)length;

    private static long AlignUp(long value, long alignment) => (value + alignment - 1) & -alignment;
}
