using System.Runtime.InteropServices;
using Mu.Core.Heap;
using Mu.Core.Stacks;
using Mu.Core.Threads;

namespace Mu.Core.Compiler;

/// <summary>The C# functions behind instructions that compiled code does not do itself.</summary>
internal static unsafe class RuntimeFunctions
{
    public static ulong AddressOf(RuntimeEntry entry) => entry switch
    {
        RuntimeEntry.NewStack => (ulong)(delegate* unmanaged<ThreadContext*, ulong, ulong>)&NewStack,
        RuntimeEntry.KillStack => (ulong)(delegate* unmanaged<ThreadContext*, ulong, void>)&KillStack,
        RuntimeEntry.Pin => (ulong)(delegate* unmanaged<ThreadContext*, ulong, ulong>)&Pin,
        RuntimeEntry.Unpin => (ulong)(delegate* unmanaged<ThreadContext*, ulong, void>)&Unpin,
        RuntimeEntry.FloatRemainder => (ulong)(delegate* unmanaged<ThreadContext*, double, double, double>)&FloatRemainder,
        RuntimeEntry.MoveBytes => (ulong)(delegate* unmanaged<ThreadContext*, ulong, ulong, ulong, void>)&MoveBytes,
        >= RuntimeEntry.WideSDiv and <= RuntimeEntry.WideToSingle => WideFunctions.AddressOf(entry),
        _ => throw new NotSupportedException($"{entry} is not supported by compiled code yet"),
    };

    [UnmanagedCallersOnly]
    private static ulong NewStack(ThreadContext* context, ulong cell)
    {
        MuThread thread = MuThread.Of(context);
        StackControl* stack = thread.Machine.NewStack(thread.Buffer, cell);
        return stack == null ? 0 : stack->HeapObject;
    }

    [UnmanagedCallersOnly]
    private static void KillStack(ThreadContext* context, ulong stack) => (*(StackControl**)stack)->State = StackState.Dead;

    /// <summary>Of a ref or an iref.</summary>
    [UnmanagedCallersOnly]
    private static ulong Pin(ThreadContext* context, ulong location)
    {
        MuHeap heap = MuThread.Of(context).Machine.Heap;
        heap.Pin(heap.FindObject(location));
        return location;
    }

    [UnmanagedCallersOnly]
    private static void Unpin(ThreadContext* context, ulong location)
    {
        MuHeap heap = MuThread.Of(context).Machine.Heap;
        heap.Unpin(heap.FindObject(location));
    }

    [UnmanagedCallersOnly]
    private static double FloatRemainder(ThreadContext* context, double a, double b) => a % b;

    [UnmanagedCallersOnly]
    private static void MoveBytes(ThreadContext* context, ulong to, ulong from, ulong count) => Buffer.MemoryCopy((void*)from, (void*)to, count, count);
}
