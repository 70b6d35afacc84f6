using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Api;

/// <summary>
/// Accesses to memory locations by type. The caller vouches for the address: it comes from a handle of an iref that is not NULL, or of a uptr, which is the client's risk.
/// </summary>
internal static unsafe class TypedMemory
{
    /// <summary>Reads the words of a value.</summary>
    public static ulong[] Read(MuType type, ulong address) => Array.ConvertAll(ScalarPart.Of(type), part => ReadScalar(part.Type, address + (ulong)part.Offset));

    /// <summary>Writes the words of a value.</summary>
    public static void Write(MuType type, ulong address, ReadOnlySpan<ulong> words)
    {
        ScalarPart[] parts = ScalarPart.Of(type);
        for (int i = 0; i < parts.Length; i++) WriteScalar(parts[i].Type, address + (ulong)parts[i].Offset, words[i]);
    }

    /// <summary>Compares and exchanges; gives the old word.</summary>
    public static ulong CompareExchange(MuType type, ulong address, ulong expected, ulong desired, out bool succeeded)
    {
        ulong comparand = ScalarWord.ToMemory(type, expected);
        ulong old = CompareExchangeRaw(TypeLayout.Of(type).Size, address, comparand, ScalarWord.ToMemory(type, desired));
        succeeded = old == Truncate(type, comparand);
        return ScalarWord.FromMemory(type, old);
    }

    /// <summary>Reads, computes and writes in one step; gives the old word.</summary>
    public static ulong ReadModifyWrite(AtomicRmwOp op, MuType type, ulong address, ulong operand)
    {
        while (true)
        {
            ulong old = ReadScalar(type, address);
            CompareExchange(type, address, old, op == AtomicRmwOp.Xchg ? operand : Compute(op, (IntType)type, old, operand), out bool succeeded);
            if (succeeded) return old;
        }
    }

    private static ulong ReadScalar(MuType type, ulong address) => ScalarWord.FromMemory(type, TypeLayout.Of(type).Size switch
    {
        1 => Volatile.Read(ref *(byte*)address),
        2 => Volatile.Read(ref *(ushort*)address),
        4 => Volatile.Read(ref *(uint*)address),
        _ => Volatile.Read(ref *(ulong*)address),
    });

    private static void WriteScalar(MuType type, ulong address, ulong word)
    {
        ulong stored = ScalarWord.ToMemory(type, word);
        switch (TypeLayout.Of(type).Size)
        {
            case 1: Volatile.Write(ref *(byte*)address, (byte)stored); break;
            case 2: Volatile.Write(ref *(ushort*)address, (ushort)stored); break;
            case 4: Volatile.Write(ref *(uint*)address, (uint)stored); break;
            default: Volatile.Write(ref *(ulong*)address, stored); break;
        }
    }

    private static ulong CompareExchangeRaw(int size, ulong address, ulong comparand, ulong desired) => size switch
    {
        1 => Interlocked.CompareExchange(ref *(byte*)address, (byte)desired, (byte)comparand),
        2 => Interlocked.CompareExchange(ref *(ushort*)address, (ushort)desired, (ushort)comparand),
        4 => Interlocked.CompareExchange(ref *(uint*)address, (uint)desired, (uint)comparand),
        _ => Interlocked.CompareExchange(ref *(ulong*)address, desired, comparand),
    };

    private static ulong Truncate(MuType type, ulong stored) => TypeLayout.Of(type).Size == 8 ? stored : stored & ((1UL << (8 * TypeLayout.Of(type).Size)) - 1);

    private static ulong Compute(AtomicRmwOp op, IntType type, ulong oldWord, ulong operandWord)
    {
        ulong a = ScalarWord.ToInteger(type, oldWord), b = ScalarWord.ToInteger(type, operandWord);
        long Signed(ulong value) => (long)(value << (64 - type.Bits));
        return ScalarWord.FromInteger(type, op switch
        {
            AtomicRmwOp.Add => a + b,
            AtomicRmwOp.Sub => a - b,
            AtomicRmwOp.And => a & b,
            AtomicRmwOp.Nand => ~(a & b),
            AtomicRmwOp.Or => a | b,
            AtomicRmwOp.Xor => a ^ b,
            AtomicRmwOp.Max => Signed(a) > Signed(b) ? a : b,
            AtomicRmwOp.Min => Signed(a) < Signed(b) ? a : b,
            AtomicRmwOp.UMax => Math.Max(a, b),
            AtomicRmwOp.UMin => Math.Min(a, b),
            _ => throw new ArgumentOutOfRangeException(nameof(op)),
        });
    }
}
