using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Interpreter;

internal sealed partial class Decoder
{
    private CompareExchangeOperation DecodeCompareExchange(CompareExchangeInstruction i) =>
        new(new ScalarMemory(i.LocationType), Operand(i.Operands[0]), Operand(i.Operands[1]), Operand(i.Operands[2]));

    private AtomicRmwOperation DecodeAtomicRmw(AtomicRmwInstruction i)
    {
        if (i.LocationType is not IntType && i.Op != AtomicRmwOp.Xchg) throw new NotSupportedException($"ATOMICRMW {i.Op} of {i.LocationType}");
        return new AtomicRmwOperation(new ScalarMemory(i.LocationType), i.Op, IntWord.BitsOf(i.LocationType), Operand(i.Operands[0]), Operand(i.Operands[1]));
    }
}

/// <summary>LOAD with an order.</summary>
internal sealed class AtomicLoadOperation(ScalarMemory memory, MemoryOrder order, int location) : LocationOperation(location)
{
    /// <inheritdoc/>
    protected override void Access(Frame frame, ulong address) => frame.Words[ResultSlot] = memory.Decode(AtomicMemory.Read(address, memory.Size, order));
}

/// <summary>STORE with an order.</summary>
internal sealed class AtomicStoreOperation(ScalarMemory memory, MemoryOrder order, int location, int value) : LocationOperation(location)
{
    /// <inheritdoc/>
    protected override void Access(Frame frame, ulong address) => AtomicMemory.Write(address, memory.Size, order, memory.Encode(frame.Get(value)));
}

/// <summary>CMPXCHG; a weak one never fails spuriously.</summary>
internal sealed class CompareExchangeOperation(ScalarMemory memory, int location, int expected, int desired) : LocationOperation(location)
{
    /// <inheritdoc/>
    protected override void Access(Frame frame, ulong address)
    {
        ulong wanted = memory.Encode(frame.Get(expected));
        ulong old = AtomicMemory.CompareExchange(address, memory.Size, wanted, memory.Encode(frame.Get(desired)));
        frame.Words[ResultSlot] = memory.Decode(old);
        frame.Words[ResultSlot + 1] = old == wanted ? 1UL : 0;
    }
}

/// <summary>ATOMICRMW.</summary>
internal sealed class AtomicRmwOperation(ScalarMemory memory, AtomicRmwOp op, int bits, int location, int operand) : LocationOperation(location)
{
    /// <inheritdoc/>
    protected override void Access(Frame frame, ulong address)
    {
        ulong value = frame.Get(operand), old, seen = AtomicMemory.Read(address, memory.Size, MemoryOrder.SeqCst);
        do
        {
            old = seen;
            ulong desired = memory.Encode(AtomicMemory.Combine(op, bits, memory.Decode(old), value));
            seen = AtomicMemory.CompareExchange(address, memory.Size, old, desired);
        }
        while (seen != old);
        frame.Words[ResultSlot] = memory.Decode(old);
    }
}

/// <summary>FENCE, of any order.</summary>
internal sealed class FenceOperation : Operation
{
    /// <inheritdoc/>
    public override bool Execute(InterpreterThread thread, Frame frame)
    {
        Interlocked.MemoryBarrier();
        return true;
    }
}
