using System.Runtime.InteropServices;
using Mu.Core.Compiler.Code;

namespace Mu.Core.Threads;

/// <summary>
/// The C# sides of the stubs. No .NET exception may leave one, since Mu frames are no frames to the .NET runtime: a failure of a client's handler ends the run, and
/// <see cref="MuThread"/> rethrows it.
/// </summary>
internal static unsafe class StubHandlers
{
    /// <summary>Addresses of the handlers.</summary>
    public static StubEntryPoints EntryPoints => new(
        (nint)(delegate* unmanaged<ThreadContext*, ulong>)&Poll, (nint)(delegate* unmanaged<ThreadContext*, ulong>)&StackCheck,
        (nint)(delegate* unmanaged<ThreadContext*, ulong>)&Allocate, (nint)(delegate* unmanaged<ThreadContext*, ulong>)&Compile,
        (nint)(delegate* unmanaged<ThreadContext*, ulong>)&Throw, (nint)(delegate* unmanaged<ThreadContext*, ulong>)&Trap,
        (nint)(delegate* unmanaged<ThreadContext*, void>)&ComeInside);

    [UnmanagedCallersOnly] private static ulong Poll(ThreadContext* context) => Guard(context, static thread => thread.OnPoll());

    [UnmanagedCallersOnly] private static ulong StackCheck(ThreadContext* context) => Guard(context, static thread => thread.OnStackCheck());

    [UnmanagedCallersOnly] private static ulong Allocate(ThreadContext* context) => Guard(context, static thread => thread.OnAllocate());

    [UnmanagedCallersOnly] private static ulong Compile(ThreadContext* context) => Guard(context, static thread => thread.OnFirstCall());

    [UnmanagedCallersOnly] private static ulong Throw(ThreadContext* context) => Guard(context, static thread => thread.OnThrow());

    [UnmanagedCallersOnly] private static ulong Trap(ThreadContext* context) => Guard(context, static thread => thread.OnTrap());

    [UnmanagedCallersOnly] private static void ComeInside(ThreadContext* context) => MuThread.Of(context).ComeInside();

    private static ulong Guard(ThreadContext* context, Func<MuThread, ulong> handler)
    {
        MuThread thread = MuThread.Of(context);
        try
        {
            return handler(thread);
        }
        catch (Exception failure)
        {
            return thread.LeaveWith(failure);
        }
    }
}
