using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Compiler.Ssa;

/// <summary>A vector type that fills machine vectors of 16 bytes: lanes of 8, 16, 32 or 64 bits. All others are computed lane by lane.</summary>
internal readonly record struct VectorShape(MuType Lane, byte LaneBytes, int Lanes)
{
    /// <summary>Bytes of a machine vector.</summary>
    public const int Bytes = 16;

    /// <summary>Lanes of one machine vector.</summary>
    public int PerChunk => Bytes / LaneBytes;

    /// <summary>Machine vectors of a value.</summary>
    public int Chunks => Lanes / PerChunk;

    public int Bits => 8 * LaneBytes;

    /// <summary>The shape of a type, or null if its values are scalars in the graph.</summary>
    public static VectorShape? Of(MuType type)
    {
        if (type is not SequenceType { Kind: TypeKind.Vector } vector) return null;
        byte bytes = vector.Element switch
        {
            IntType { Bits: 8 or 16 or 32 or 64 } lane => (byte)(lane.Bits / 8),
            { Kind: TypeKind.Float } => 4,
            { Kind: TypeKind.Double } => 8,
            _ => 0,
        };
        return bytes > 0 && vector.Length * bytes % Bytes == 0 ? new VectorShape(vector.Element, bytes, checked((int)vector.Length)) : null;
    }

    /// <summary>Whether the machine has the operation for these lanes.</summary>
    public bool Has(BinaryOp op) => op switch
    {
        BinaryOp.FAdd or BinaryOp.FSub or BinaryOp.FMul or BinaryOp.FDiv => true,
        BinaryOp.Add or BinaryOp.Sub or BinaryOp.And or BinaryOp.Or or BinaryOp.Xor => true,
        BinaryOp.Mul => LaneBytes is 2 or 4,
        _ => false,
    };

    /// <summary>A constant in all lanes.</summary>
    public UInt128 Splat(ulong value)
    {
        UInt128 all = UInt128.Zero;
        for (int k = 0; k < PerChunk; k++) all |= At(value, k);
        return all;
    }

    /// <summary>A constant in one lane.</summary>
    public UInt128 At(ulong value, int lane) => (UInt128)(LaneBytes == 8 ? value : value & ((1UL << Bits) - 1)) << Bits * lane;
}
