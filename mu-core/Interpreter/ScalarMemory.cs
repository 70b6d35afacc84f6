using System.Runtime.CompilerServices;
using Mu.Core.Types;

namespace Mu.Core.Interpreter;

/// <summary>How a scalar type is laid out in memory, and plain access to it. Addresses are what the program computed; the folder's memory accesses all end up here or in
/// <see cref="AtomicMemory"/>.</summary>
internal readonly unsafe struct ScalarMemory
{
    /// <summary>Bytes in memory: 1, 2, 4 or 8.</summary>
    public readonly int Size;

    /// <summary>Distance of the value from bit 0 in memory: 33 to 63 bits are stored left-justified.</summary>
    public readonly int Shift;

    /// <summary>The value's bits.</summary>
    public readonly ulong Mask;

    /// <summary>The form of a scalar type.</summary>
    public ScalarMemory(MuType type)
    {
        int bits = IntWord.BitsOf(type);
        Size = TypeLayout.Of(type).Size;
        Shift = bits is > 32 and < 64 ? 64 - bits : 0;
        Mask = IntWord.Mask(bits);
    }

    /// <summary>The interpreter's word of memory contents.</summary>
    public ulong Decode(ulong raw) => (raw >> Shift) & Mask;

    /// <summary>Memory contents of the interpreter's word.</summary>
    public ulong Encode(ulong word) => word << Shift;

    /// <summary>Reads a value.</summary>
    public ulong Read(ulong address) => Decode(Size switch
    {
        1 => *(byte*)address,
        2 => Unsafe.ReadUnaligned<ushort>((void*)address),
        4 => Unsafe.ReadUnaligned<uint>((void*)address),
        _ => Unsafe.ReadUnaligned<ulong>((void*)address),
    });

    /// <summary>Writes a value.</summary>
    public void Write(ulong address, ulong word)
    {
        ulong raw = Encode(word);
        switch (Size)
        {
            case 1: *(byte*)address = (byte)raw; break;
            case 2: Unsafe.WriteUnaligned((void*)address, (ushort)raw); break;
            case 4: Unsafe.WriteUnaligned((void*)address, (uint)raw); break;
            default: Unsafe.WriteUnaligned((void*)address, raw); break;
        }
    }
}

/// <summary>A scalar of a value in memory.</summary>
/// <param name="Offset">Distance from the value's address.</param>
/// <param name="Memory">Its form.</param>
internal readonly record struct MemoryPart(int Offset, ScalarMemory Memory)
{
    /// <summary>The scalars of a type, in order.</summary>
    public static MemoryPart[] Of(MuType type)
    {
        var parts = new List<MemoryPart>();
        Add(type, 0, parts);
        return [.. parts];
    }

    private static void Add(MuType type, int offset, List<MemoryPart> parts)
    {
        TypeLayout layout = TypeLayout.Of(type);
        switch (type)
        {
            case StructType s:
                for (int i = 0; i < s.Fields.Count; i++) Add(s.Fields[i], offset + layout.FieldOffsets[i], parts);
                break;
            case SequenceType q:
                for (int i = 0; i < (int)q.Length; i++) Add(q.Element, offset + i * layout.ElementSize, parts);
                break;
            case IntType { Bits: > 64 }:
                parts.Add(new MemoryPart(offset, new ScalarMemory(IntType.I64)));
                parts.Add(new MemoryPart(offset + 8, new ScalarMemory(IntType.I64)));
                break;
            default:
                parts.Add(new MemoryPart(offset, new ScalarMemory(type)));
                break;
        }
    }
}
