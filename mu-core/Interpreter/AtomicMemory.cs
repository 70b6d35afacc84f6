using Mu.Core.IR;

namespace Mu.Core.Interpreter;

/// <summary>Atomic access to scalars in memory. Orders weaker than the method used are kept a fortiori.</summary>
internal static unsafe class AtomicMemory
{
    /// <summary>Reads the raw contents.</summary>
    public static ulong Read(ulong address, int size, MemoryOrder order)
    {
        if (order == MemoryOrder.SeqCst) Interlocked.MemoryBarrier();
        return size switch
        {
            1 => Volatile.Read(ref *(byte*)address),
            2 => Volatile.Read(ref *(ushort*)address),
            4 => Volatile.Read(ref *(uint*)address),
            _ => Volatile.Read(ref *(ulong*)address),
        };
    }

    /// <summary>Writes raw contents.</summary>
    public static void Write(ulong address, int size, MemoryOrder order, ulong raw)
    {
        switch (size)
        {
            case 1: Volatile.Write(ref *(byte*)address, (byte)raw); break;
            case 2: Volatile.Write(ref *(ushort*)address, (ushort)raw); break;
            case 4: Volatile.Write(ref *(uint*)address, (uint)raw); break;
            default: Volatile.Write(ref *(ulong*)address, raw); break;
        }

        if (order == MemoryOrder.SeqCst) Interlocked.MemoryBarrier();
    }

    /// <summary>Replaces the expected raw contents; gives the old ones. A full barrier.</summary>
    public static ulong CompareExchange(ulong address, int size, ulong expected, ulong desired) => size switch
    {
        1 => Interlocked.CompareExchange(ref *(byte*)address, (byte)desired, (byte)expected),
        2 => Interlocked.CompareExchange(ref *(ushort*)address, (ushort)desired, (ushort)expected),
        4 => Interlocked.CompareExchange(ref *(uint*)address, (uint)desired, (uint)expected),
        _ => Interlocked.CompareExchange(ref *(ulong*)address, desired, expected),
    };

    /// <summary>What ATOMICRMW stores.</summary>
    public static ulong Combine(AtomicRmwOp op, int bits, ulong old, ulong operand)
    {
        ulong result = op switch
        {
            AtomicRmwOp.Xchg => operand,
            AtomicRmwOp.Add => old + operand,
            AtomicRmwOp.Sub => old - operand,
            AtomicRmwOp.And => old & operand,
            AtomicRmwOp.Nand => ~(old & operand),
            AtomicRmwOp.Or => old | operand,
            AtomicRmwOp.Xor => old ^ operand,
            AtomicRmwOp.Max => IntWord.Signed(old, bits) >= IntWord.Signed(operand, bits) ? old : operand,
            AtomicRmwOp.Min => IntWord.Signed(old, bits) <= IntWord.Signed(operand, bits) ? old : operand,
            AtomicRmwOp.UMax => Math.Max(old, operand),
            AtomicRmwOp.UMin => Math.Min(old, operand),
            _ => throw new NotSupportedException($"ATOMICRMW {op}"),
        };
        return result & IntWord.Mask(bits);
    }
}
