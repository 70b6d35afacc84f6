using System.Runtime.InteropServices;
using Mu.Core.Heap;
using Mu.Core.Stacks;

namespace Mu.Core.Threads;

/// <summary>Functions with the runtime convention behind instructions on stacks and on memory.</summary>
internal static unsafe class StackFunctions
{
    /// <summary>NEW_STACK: (context, function cell) → stackref, 0 if the heap is exhausted.</summary>
    public static ulong NewStackAddress => (ulong)(delegate* unmanaged<ThreadContext*, ulong, ulong>)&NewStack;

    /// <summary>KILL_STACK: (context, stackref).</summary>
    public static ulong KillStackAddress => (ulong)(delegate* unmanaged<ThreadContext*, ulong, void>)&KillStack;

    /// <summary>CURRENT_STACK: (context) → stackref.</summary>
    public static ulong CurrentStackAddress => (ulong)(delegate* unmanaged<ThreadContext*, ulong>)&CurrentStack;

    /// <summary>Pin: (context, location or reference).</summary>
    public static ulong PinAddress => (ulong)(delegate* unmanaged<ThreadContext*, ulong, void>)&Pin;

    /// <summary>Unpin: (context, location or reference).</summary>
    public static ulong UnpinAddress => (ulong)(delegate* unmanaged<ThreadContext*, ulong, void>)&Unpin;

    /// <summary>FREM on doubles: (context, a in xmm0, b in xmm1) → xmm0.</summary>
    public static ulong FloatRemainderAddress => (ulong)(delegate* unmanaged<ThreadContext*, double, double, double>)&FloatRemainder;

    /// <summary>Copies bytes between locations that may overlap: (context, destination, source, count).</summary>
    public static ulong MoveBytesAddress => (ulong)(delegate* unmanaged<ThreadContext*, ulong, ulong, ulong, void>)&MoveBytes;

    [UnmanagedCallersOnly]
    private static ulong NewStack(ThreadContext* context, ulong cell)
    {
        MuThread thread = MuThread.Of(context);
        StackControl* stack = thread.Machine.NewStack(thread.Buffer, cell);
        return stack == null ? 0 : stack->HeapObject;
    }

    [UnmanagedCallersOnly] private static void KillStack(ThreadContext* context, ulong stack) => StackSpace.Kill(*(StackControl**)stack);

    [UnmanagedCallersOnly] private static ulong CurrentStack(ThreadContext* context) => context->CurrentStack->HeapObject;

    [UnmanagedCallersOnly]
    private static void Pin(ThreadContext* context, ulong location)
    {
        MuHeap heap = MuThread.Of(context).Machine.Heap;
        heap.Pin(heap.FindObject(location));
    }

    [UnmanagedCallersOnly]
    private static void Unpin(ThreadContext* context, ulong location)
    {
        MuHeap heap = MuThread.Of(context).Machine.Heap;
        heap.Unpin(heap.FindObject(location));
    }

    [UnmanagedCallersOnly] private static double FloatRemainder(ThreadContext* context, double a, double b) => a % b;

    [UnmanagedCallersOnly]
    private static void MoveBytes(ThreadContext* context, ulong destination, ulong source, ulong count) =>
        Buffer.MemoryCopy((void*)source, (void*)destination, count, count);
}
