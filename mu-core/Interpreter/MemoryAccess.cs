using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Interpreter;

internal sealed partial class Decoder
{
    private OffsetOperation DecodeFieldAddress(GetFieldIRefInstruction i) => new(Operand(i.Operands[0]), TypeLayout.Of(i.LocationType).FieldOffsets[i.Index]);

    private IndexOperation DecodeIndexedAddress(Value[] operands, MuType indexType, MuType element) =>
        new(Operand(operands[0]), Operand(operands[1]), IntWord.BitsOf(indexType), TypeLayout.Of(element).Size);

    private Operation DecodeLoad(LoadInstruction i) =>
        i.Order == MemoryOrder.NotAtomic || !i.LocationType.IsScalar
            ? new LoadOperation(MemoryPart.Of(i.LocationType), Operand(i.Location))
            : new AtomicLoadOperation(new ScalarMemory(i.LocationType), i.Order, Operand(i.Location));

    private Operation DecodeStore(StoreInstruction i) =>
        i.Order == MemoryOrder.NotAtomic || !i.LocationType.IsScalar
            ? new StoreOperation(MemoryPart.Of(i.LocationType), Operand(i.Location), Operand(i.StoredValue))
            : new AtomicStoreOperation(new ScalarMemory(i.LocationType), i.Order, Operand(i.Location), Operand(i.StoredValue));
}

/// <summary>GETIREF and other instructions that give their operand.</summary>
internal sealed class MoveOperation(int operand) : Operation
{
    /// <inheritdoc/>
    public override bool Execute(InterpreterThread thread, Frame frame)
    {
        for (int i = 0; i < ResultWords; i++) frame.Words[ResultSlot + i] = frame.Get(operand, i);
        return true;
    }
}

/// <summary>GETFIELDIREF and GETVARPARTIREF.</summary>
internal sealed class OffsetOperation(int location, int offset) : Operation
{
    /// <inheritdoc/>
    public override bool Execute(InterpreterThread thread, Frame frame)
    {
        frame.Words[ResultSlot] = frame.Get(location) + (ulong)offset;
        return true;
    }
}

/// <summary>GETELEMIREF and SHIFTIREF: the index is signed.</summary>
internal sealed class IndexOperation(int location, int index, int indexBits, int stride) : Operation
{
    /// <inheritdoc/>
    public override bool Execute(InterpreterThread thread, Frame frame)
    {
        frame.Words[ResultSlot] = frame.Get(location) + (ulong)(IntWord.Signed(frame.Get(index), indexBits) * stride);
        return true;
    }
}

/// <summary>An operation on a memory location: NULL takes the exceptional edge.</summary>
internal abstract class LocationOperation(int location) : Operation
{
    /// <inheritdoc/>
    public sealed override bool Execute(InterpreterThread thread, Frame frame)
    {
        ulong address = frame.Get(location);
        if (address == 0)
            return Exceptional is not null ? Fail(thread, frame) : throw new MuExecutionException($"{Describe()} of {frame.Function} accesses NULL and has no EXC clause");
        Access(frame, address);
        return Finish(frame);
    }

    /// <summary>Reads or writes the location.</summary>
    protected abstract void Access(Frame frame, ulong address);
}

/// <summary>LOAD, not atomic.</summary>
internal sealed class LoadOperation(MemoryPart[] parts, int location) : LocationOperation(location)
{
    /// <inheritdoc/>
    protected override void Access(Frame frame, ulong address)
    {
        for (int i = 0; i < parts.Length; i++) frame.Words[ResultSlot + i] = parts[i].Memory.Read(address + (ulong)parts[i].Offset);
    }
}

/// <summary>STORE, not atomic.</summary>
internal sealed class StoreOperation(MemoryPart[] parts, int location, int value) : LocationOperation(location)
{
    /// <inheritdoc/>
    protected override void Access(Frame frame, ulong address)
    {
        for (int i = 0; i < parts.Length; i++) parts[i].Memory.Write(address + (ulong)parts[i].Offset, frame.Get(value, i));
    }
}
