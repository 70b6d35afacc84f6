using Mu.Core.Heap;
using Mu.Core.IR;
using Mu.Core.Stacks;
using Mu.Core.Threads;
using Mu.Core.Types;

namespace Mu.Core.Compiler;

/// <summary>The code generator's view of a machine.</summary>
internal sealed unsafe class MachineEnvironment(MuMachine machine) : ICompilationEnvironment
{
    public int LargeObjectThreshold => (int)MuHeap.LargeObjectThreshold;

    public int SizeOf(MuType type) => TypeLayout.Of(type).Size;

    public int FieldOffset(MuType type, int field) => TypeLayout.Of(type).FieldOffsets[field];

    public int VariablePartOffset(HybridType type) => TypeLayout.Of(type).VariablePartOffset;

    public uint TypeId(MuType type) => (uint)machine.Heap.Types.TypeIdOf(type);

    public ulong AddressOf(object entity) => machine.Addresses.Of((GlobalValue)entity);

    public int[] ArgumentOffsets(ReadOnlySpan<bool> isFloat)
    {
        var offsets = new int[isFloat.Length];
        ThreadContext* context = stackalloc ThreadContext[1];
        var cursor = new ArgumentLocation.Cursor(context);
        for (int i = 0; i < offsets.Length; i++) offsets[i] = (int)((byte*)cursor.Next(isFloat[i] ? SimpleType.Double : IntType.I64) - (byte*)context);
        return offsets;
    }

    public ulong RuntimeFunction(RuntimeEntry entry) => entry == RuntimeEntry.MoveBytes ? machine.Stubs.MoveBytes : RuntimeFunctions.AddressOf(entry);

    public ulong Stub(StubEntry stub) => stub switch
    {
        StubEntry.Poll => machine.Stubs.Poll,
        StubEntry.StackCheck => machine.Stubs.StackCheck,
        StubEntry.Allocate => machine.Stubs.Allocate,
        StubEntry.AllocateHybrid => machine.Stubs.AllocateHybrid,
        StubEntry.Throw => machine.Stubs.Throw,
        StubEntry.Trap => machine.Stubs.Trap,
        StubEntry.RuntimeCall => machine.Stubs.RuntimeCall,
        StubEntry.RuntimeCallWide => machine.Stubs.RuntimeCallWide,
        StubEntry.NativeCall => machine.Stubs.NativeCall,
        StubEntry.NativeCallWide => machine.Stubs.NativeCallWide,
        StubEntry.SwapStack => machine.Stubs.SwapStack,
        StubEntry.SwapStackThrow => machine.Stubs.SwapStackThrow,
        StubEntry.SwapStackKill => machine.Stubs.SwapStackKill,
        StubEntry.SwapStackKillThrow => machine.Stubs.SwapStackKillThrow,
        StubEntry.ThreadExit => machine.Stubs.ThreadExit,
        _ => throw new ArgumentOutOfRangeException(nameof(stub)),
    };

    public int StackObjectOffset => StackControl.HeapObjectOffset;

    public int ContextOffset(ContextField field) => field switch
    {
        ContextField.AllocationCursor => ThreadContext.AllocationCursorOffset,
        ContextField.AllocationLimit => ThreadContext.AllocationLimitOffset,
        ContextField.StackLimit => ThreadContext.StackLimitOffset,
        ContextField.CurrentStack => ThreadContext.CurrentStackOffset,
        ContextField.ThreadLocal => ThreadContext.ThreadLocalOffset,
        ContextField.Exception => ThreadContext.ExceptionOffset,
        ContextField.ArgumentBuffer => ThreadContext.ArgumentBufferOffset,
        ContextField.AllocationLength => ThreadContext.AllocationLengthOffset,
        _ => throw new ArgumentOutOfRangeException(nameof(field)),
    };
}
