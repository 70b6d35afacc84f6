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
        RuntimeEntry.NewThread => (ulong)(delegate* unmanaged<ThreadContext*, ulong, ulong, ulong>)&NewThread,
        RuntimeEntry.NewThreadThrow => (ulong)(delegate* unmanaged<ThreadContext*, ulong, ulong, ulong, ulong>)&NewThreadThrow,
        RuntimeEntry.FutexWait => (ulong)(delegate* unmanaged<ThreadContext*, ulong, ulong, ulong, int>)&FutexWait,
        RuntimeEntry.FutexWaitTimeout => (ulong)(delegate* unmanaged<ThreadContext*, ulong, ulong, ulong, ulong, int>)&FutexWaitTimeout,
        RuntimeEntry.FutexWake => (ulong)(delegate* unmanaged<ThreadContext*, ulong, ulong, int>)&FutexWake,
        RuntimeEntry.FutexCmpRequeue => (ulong)(delegate* unmanaged<ThreadContext*, ulong, ulong, ulong, ulong, ulong, int>)&FutexCompareAndRequeue,
        RuntimeEntry.KillStack => (ulong)(delegate* unmanaged<ThreadContext*, ulong, void>)&KillStack,
        RuntimeEntry.Pin => (ulong)(delegate* unmanaged<ThreadContext*, ulong, ulong>)&Pin,
        RuntimeEntry.Unpin => (ulong)(delegate* unmanaged<ThreadContext*, ulong, void>)&Unpin,
        RuntimeEntry.Expose => (ulong)(delegate* unmanaged<ThreadContext*, ulong, ulong, ulong>)&Expose,
        RuntimeEntry.Unexpose => (ulong)(delegate* unmanaged<ThreadContext*, ulong, void>)&Unexpose,
        RuntimeEntry.GetCookie => (ulong)(delegate* unmanaged<ThreadContext*, ulong>)&GetCookie,
        RuntimeEntry.MetaWide => (ulong)(delegate* unmanaged<ThreadContext*, ulong, ulong, ulong, ulong, ulong, ulong, ulong, ulong, ulong, ulong, ulong, ulong, ulong, ulong, ulong, ulong, MetaResult>)&MetaWide,
        RuntimeEntry.Meta => (ulong)(delegate* unmanaged<ThreadContext*, ulong, ulong, ulong, ulong, ulong, ulong, ulong, MetaResult>)&Meta,
        RuntimeEntry.FloatRemainder => (ulong)(delegate* unmanaged<ThreadContext*, double, double, double>)&FloatRemainder,
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

    [UnmanagedCallersOnly]
    private static ulong NewThread(ThreadContext* context, ulong stack, ulong threadLocal) => StartThread(context, stack, threadLocal, throws: false);

    [UnmanagedCallersOnly]
    private static ulong NewThreadThrow(ThreadContext* context, ulong stack, ulong threadLocal, ulong exception)
    {
        context->Exception = exception;
        ulong started = StartThread(context, stack, threadLocal, throws: true);
        context->Exception = 0;
        return started;
    }

    /// <summary>A stack that is not ready is the program's error; it fails like a thread that cannot be made.</summary>
    private static ulong StartThread(ThreadContext* context, ulong stack, ulong threadLocal, bool throws)
    {
        MuThread parent = MuThread.Of(context);
        StackControl* control = *(StackControl**)stack;
        return control->State == StackState.Ready ? parent.Machine.Started.Start(parent, control, threadLocal, throws) : 0;
    }

    [UnmanagedCallersOnly]
    private static int FutexWait(ThreadContext* context, ulong location, ulong expected, ulong size)
    {
        MuThread thread = MuThread.Of(context);
        return thread.Machine.Futexes.Wait(thread, location, expected, (int)size, nanoseconds: -1);
    }

    [UnmanagedCallersOnly]
    private static int FutexWaitTimeout(ThreadContext* context, ulong location, ulong expected, ulong nanoseconds, ulong size)
    {
        MuThread thread = MuThread.Of(context);
        return thread.Machine.Futexes.Wait(thread, location, expected, (int)size, (long)Math.Min(nanoseconds, long.MaxValue));
    }

    [UnmanagedCallersOnly]
    private static int FutexWake(ThreadContext* context, ulong location, ulong most) => MuThread.Of(context).Machine.Futexes.Wake(location, (int)most);

    [UnmanagedCallersOnly]
    private static int FutexCompareAndRequeue(ThreadContext* context, ulong from, ulong to, ulong expected, ulong most, ulong size) =>
        MuThread.Of(context).Machine.Futexes.CompareAndRequeue(from, to, expected, (int)size, (int)most);

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
    private static ulong Expose(ThreadContext* context, ulong cell, ulong cookie)
    {
        MuMachine machine = MuThread.Of(context).Machine;
        return machine.NativeEntries.Expose(machine.Functions.FunctionAt(cell), cookie);
    }

    /// <summary>Of an address that is no exposed function's there is nothing to do.</summary>
    [UnmanagedCallersOnly]
    private static void Unexpose(ThreadContext* context, ulong address) => _ = MuThread.Of(context).Machine.NativeEntries.Unexpose(address);

    [UnmanagedCallersOnly]
    private static ulong GetCookie(ThreadContext* context) => MuThread.Of(context).Cookie;

    [UnmanagedCallersOnly]
    private static MetaResult Meta(ThreadContext* context, ulong op, ulong a, ulong b, ulong c, ulong d, ulong e, ulong f)
    {
        MuThread thread = MuThread.Of(context);
        return thread.Machine.Metacircular!.Execute(thread, (IR.CommonOp)op, [a, b, c, d, e, f]);
    }

    [UnmanagedCallersOnly]
    private static MetaResult MetaWide(ThreadContext* context, ulong op, ulong a, ulong b, ulong c, ulong d, ulong e, ulong f, ulong g, ulong h, ulong i, ulong j, ulong k, ulong l, ulong m, ulong n, ulong o)
    {
        MuThread thread = MuThread.Of(context);
        return thread.Machine.Metacircular!.Execute(thread, (IR.CommonOp)op, [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o]);
    }

    [UnmanagedCallersOnly]
    private static double FloatRemainder(ThreadContext* context, double a, double b) => a % b;
}
