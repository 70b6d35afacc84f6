using System.Runtime.InteropServices;
using Mu.Core.Types;

namespace Mu.Core.Threads;

/// <summary>
/// The block of native memory that register r15 points at while a Mu thread runs (docs/abi.md). Compiled code, stubs, runtime functions and the collector
/// share it, so its layout is explicit, and the constants here are the only source of offsets.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = TotalSize)]
internal unsafe struct ThreadContext
{
    /// <summary>Offsets of the fields.</summary>
    public const int AllocationCursorOffset = 0, AllocationLimitOffset = 8, StackLimitOffset = 16, NativeStackPointerOffset = 24, CurrentStackOffset = 32,
        ThreadLocalOffset = 40, WalkStackPointerOffset = 48, LandingAddressOffset = 56, LandingStackPointerOffset = 64, ExceptionOffset = 72,
        AllocationLengthOffset = 80, PendingFunctionOffset = 88, OutcomeOffset = 92, ThreadOffset = 96, RootCountOffset = 104, RequestsOffset = 108,
        AllocationResultOffset = 112, OutsideOffset = 120, GeneralRegistersOffset = 128, VectorRegistersOffset = 256, ArgumentBufferOffset = 512,
        RootKindsOffset = ArgumentBufferOffset + 8 * ArgumentBufferWords, RootsOffset = RootKindsOffset + RootCapacity;

    /// <summary>Capacities of the arrays.</summary>
    public const int ArgumentBufferWords = ScalarPart.MostPassed, RootCapacity = 2048;

    /// <summary>Bytes of the whole block.</summary>
    public const int TotalSize = ThrowLogOffset + ThrowLog.Size;

    /// <summary>Where the <see cref="ThrowLog"/> is.</summary>
    public const int ThrowLogOffset = RootsOffset + RootCapacity * 8;

    /// <summary>Where the next object's header goes.</summary>
    [FieldOffset(AllocationCursorOffset)] public ulong AllocationCursor;

    /// <summary>End of the zeroed memory that starts at the cursor.</summary>
    [FieldOffset(AllocationLimitOffset)] public ulong AllocationLimit;

    /// <summary>Compared with rsp at function entries and back edges; all-ones requests a safepoint.</summary>
    [FieldOffset(StackLimitOffset)] public ulong StackLimit;

    /// <summary>The native stack's rsp to switch to when leaving Mu code; a multiple of 16.</summary>
    [FieldOffset(NativeStackPointerOffset)] public ulong NativeStackPointer;

    /// <summary>Control block of the stack that the thread is bound to; null when it is bound to none.</summary>
    [FieldOffset(CurrentStackOffset)] public Stacks.StackControl* CurrentStack;

    /// <summary>The thread-local reference.</summary>
    [FieldOffset(ThreadLocalOffset)] public ulong ThreadLocal;

    /// <summary>The Mu stack's rsp while the thread is in native code: it points at a return address.</summary>
    [FieldOffset(WalkStackPointerOffset)] public ulong WalkStackPointer;

    /// <summary>Where an exception lands, for the stub that goes there.</summary>
    [FieldOffset(LandingAddressOffset)] public ulong LandingAddress;

    /// <summary>rsp of the frame where an exception lands.</summary>
    [FieldOffset(LandingStackPointerOffset)] public ulong LandingStackPointer;

    /// <summary>The exception (a ref) on its way, or the uncaught one.</summary>
    [FieldOffset(ExceptionOffset)] public ulong Exception;

    /// <summary>Length of the hybrid that the allocation stub is to make, all 64 bits of it.</summary>
    [FieldOffset(AllocationLengthOffset)] public ulong AllocationLength;

    /// <summary>Id of the function whose arguments are in the register save area and the argument buffer while it is compiled; 0 if none is.</summary>
    [FieldOffset(PendingFunctionOffset)] public int PendingFunction;

    /// <summary>How Mu code was left (<see cref="MuOutcome"/>).</summary>
    [FieldOffset(OutcomeOffset)] public int Outcome;

    /// <summary>GC handle of the <c>MuThread</c>.</summary>
    [FieldOffset(ThreadOffset)] public nint Thread;

    /// <summary>Number of root slots in use.</summary>
    [FieldOffset(RootCountOffset)] public int RootCount;

    /// <summary>What other threads ask for (<see cref="ThreadRequests"/>).</summary>
    [FieldOffset(RequestsOffset)] public int Requests;

    /// <summary>The new object, between the C# part of the allocation stub and its end.</summary>
    [FieldOffset(AllocationResultOffset)] public ulong AllocationResult;

    /// <summary>1 while a collection need not wait for the thread (<see cref="MuWorld"/>); 32 bits in native code.</summary>
    [FieldOffset(OutsideOffset)] public int Outside;

    /// <summary>The general registers by their x64 numbers: saved at slow paths, or loaded when a stack is resumed.</summary>
    [FieldOffset(GeneralRegistersOffset)] public fixed ulong GeneralRegisters[16];

    /// <summary>xmm0–xmm15, two words each.</summary>
    [FieldOffset(VectorRegistersOffset)] public fixed ulong VectorRegisters[32];

    /// <summary>Arguments and results that found no register.</summary>
    [FieldOffset(ArgumentBufferOffset)] public fixed ulong ArgumentBuffer[ArgumentBufferWords];

    /// <summary>The kind of each root slot (<see cref="Types.SlotKind"/>).</summary>
    [FieldOffset(RootKindsOffset)] public fixed byte RootKinds[RootCapacity];

    /// <summary>Slots where runtime functions keep references over an allocation (<see cref="RootScope"/>).</summary>
    [FieldOffset(RootsOffset)] public fixed ulong Roots[RootCapacity];
}

/// <summary>How a run of Mu code ended.</summary>
internal enum MuOutcome
{
    /// <summary>The bottom function returned; results are in the registers and the argument buffer.</summary>
    Returned,
    /// <summary>No frame caught the exception.</summary>
    Uncaught,
    /// <summary><c>@uvm.thread_exit</c>, or a trap handler said so.</summary>
    Exited,
    /// <summary>A .NET exception of a client's handler; it is rethrown where the run started.</summary>
    HostFailure,
}

/// <summary>Bits of <see cref="ThreadContext.Requests"/>.</summary>
[Flags]
internal enum ThreadRequests
{
    /// <summary>Nothing.</summary>
    None = 0,
    /// <summary>Stop at the next safepoint, or on the way back inside.</summary>
    Stop = 1,
    /// <summary>End at the next safepoint: the micro VM is being disposed of.</summary>
    End = 2,
    /// <summary>Ask the client at the next safepoint whether to go on.</summary>
    Interrupt = 4,
}
