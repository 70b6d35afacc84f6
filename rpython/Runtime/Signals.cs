using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Mu.RPython.Runtime;

/// <summary>Signals of the operating system as rlib.rsignal has them: a flag is kept until the program asks.</summary>
internal static class Signals
{
    private static readonly Dictionary<int, PosixSignalRegistration> Registered = [];

    private static readonly ConcurrentQueue<int> Pending = new();

    /// <summary>What a signal does: 0 its default, 1 nothing, 2 it is kept for <see cref="Poll"/>. The result is 0, or -1 for what is no signal.</summary>
    [UnmanagedCallersOnly]
    public static long Set(nint context, long signal, long action)
    {
        int number = (int)signal;
        lock (Registered)
        {
            if (Registered.Remove(number, out var old)) old.Dispose();
            if (action == 0) return 0;
            try
            {
                Registered[number] = PosixSignalRegistration.Create((PosixSignal)number, c =>
                {
                    c.Cancel = true;
                    if (action == 2 && !Pending.Contains(number)) Pending.Enqueue(number);
                });
            }
            catch (Exception e) when (e is ArgumentException or IOException)
            {
                return -1;
            }
        }
        return 0;
    }

    /// <summary>The next signal that has arrived; -1 when there is none.</summary>
    [UnmanagedCallersOnly]
    public static long Poll(nint context) => Pending.TryDequeue(out int signal) ? signal : -1;
}
