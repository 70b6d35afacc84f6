using System.Runtime.InteropServices;

namespace Mu.Core.Stacks;

/// <summary>States of a stack, as in the specification (a stack's state is that of its top frame).</summary>
internal enum StackState
{
    /// <summary>Waits for values or an exception; no thread is bound.</summary>
    Ready,
    /// <summary>A thread is bound.</summary>
    Active,
    /// <summary>Killed, or its bottom function has returned.</summary>
    Dead,
}

/// <summary>
/// The control block of a stack: at the top of the stack's own memory, so that it costs no page of its own. The payload word of a stack object is its address.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Size)]
internal unsafe struct StackControl
{
    /// <summary>Bytes of the block; a multiple of 16.</summary>
    public const int Size = 80;

    /// <summary>Offsets of the fields.</summary>
    public const int StackPointerOffset = 0, StackLimitOffset = 8, StateOffset = 16, SizeClassOffset = 20, LowOffset = 24, HighOffset = 32,
        HeapObjectOffset = 40, IdOffset = 48, CellOffset = 56, NextOffset = 64, InReserveOffset = 72;

    /// <summary>rsp of a stack that does not run: it points at the address where it goes on.</summary>
    [FieldOffset(StackPointerOffset)] public ulong StackPointer;

    /// <summary>What code compares with: <see cref="TrueLimit"/>, or all-ones when every safepoint is to take its slow path.</summary>
    [FieldOffset(StackLimitOffset)] public ulong StackLimit;

    /// <summary>The state; 32 bits in native code.</summary>
    [FieldOffset(StateOffset)] public StackState State;

    /// <summary>Which class of <c>StackSpace</c> the memory belongs to.</summary>
    [FieldOffset(SizeClassOffset)] public int SizeClass;

    /// <summary>Lowest address.</summary>
    [FieldOffset(LowOffset)] public ulong Low;

    /// <summary>The address behind this block.</summary>
    [FieldOffset(HighOffset)] public ulong High;

    /// <summary>The stack object on the heap (stackref); the collector keeps it up to date.</summary>
    [FieldOffset(HeapObjectOffset)] public ulong HeapObject;

    /// <summary>A number for dumps.</summary>
    [FieldOffset(IdOffset)] public ulong Id;

    /// <summary>Cell of the bottom function.</summary>
    [FieldOffset(CellOffset)] public ulong Cell;

    /// <summary>Not 0 while the overflow function runs, which has the reserve.</summary>
    [FieldOffset(InReserveOffset)] public ulong InReserve;

    /// <summary>The lowest address plus the red zone and, unless it is in use, the reserve: where the stack ends for code.</summary>
    public readonly ulong TrueLimit => Low + StackSpace.RedZone + (InReserve != 0 ? 0 : StackSpace.Reserve);

    /// <summary>The next block of a free list.</summary>
    [FieldOffset(NextOffset)] public StackControl* Next;
}
