using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Compiler;

/// <summary>
/// What the code generator asks of the micro VM around it: layouts, addresses, offsets. Everything that it answers is fixed for the life of the process, since it is
/// burnt into code.
/// </summary>
internal interface ICompilationEnvironment
{
    /// <summary>Bytes of a memory location of the type, a multiple of its alignment: the stride of an array of it.</summary>
    int SizeOf(MuType type);

    /// <summary>Offset of a field of a struct, or of a hybrid's fixed part.</summary>
    int FieldOffset(MuType type, int field);

    /// <summary>Offset of a hybrid's variable part.</summary>
    int VariablePartOffset(HybridType type);

    /// <summary>The id in headers of objects of the type.</summary>
    uint TypeId(MuType type);

    /// <summary>Address of what a Symbol node names: function cell, global cell, native symbol, exposed function.</summary>
    ulong AddressOf(object entity);

    /// <summary>Address of a helper function with the runtime convention.</summary>
    ulong RuntimeFunction(RuntimeEntry entry);

    /// <summary>Address of a stub.</summary>
    ulong Stub(StubEntry stub);

    /// <summary>Offset of a field of the thread context.</summary>
    int ContextOffset(ContextField field);

    /// <summary>Offset of the stack object's reference in a stack's control block.</summary>
    int StackObjectOffset { get; }

    /// <summary>Offsets in the thread context of the words that hold values passed to a stack, for scalars of these kinds in order (true: FP).</summary>
    int[] ArgumentOffsets(ReadOnlySpan<bool> isFloat);

    /// <summary>Objects from this size (with header) on always take the slow path of allocation.</summary>
    int LargeObjectThreshold { get; }
}

/// <summary>Operations that compiled code leaves to C# functions with the runtime convention.</summary>
internal enum RuntimeEntry : byte
{
    NewStack, KillStack, NewThread, NewThreadThrow, FutexWait, FutexWaitTimeout, FutexWake, FutexCmpRequeue, Pin, Unpin, Expose, Unexpose, GetCookie, FloatRemainder, MoveBytes, Meta, MetaWide,
    WideSDiv, WideSRem, WideUDiv, WideURem, WideMultiplyCarries, WideMultiplyOverflows, FloatToSignedWide, FloatToUnsignedWide, WideToDouble, WideToSingle,
}

/// <summary>Stubs that compiled code calls; docs/abi.md has their protocols.</summary>
internal enum StubEntry : byte
{
    Poll, StackCheck, Allocate, AllocateHybrid, Throw, Trap, RuntimeCall, RuntimeCallWide, NativeCall, NativeCallWide, SwapStack, SwapStackThrow, SwapStackKill, SwapStackKillThrow, ThreadExit,
}

/// <summary>Fields of the thread context that compiled code reads and writes.</summary>
internal enum ContextField : byte
{
    AllocationCursor, AllocationLimit, StackLimit, CurrentStack, ThreadLocal, Exception, ArgumentBuffer, AllocationLength,
}
