using Mu.Core.IR;

namespace Mu.Core.Threads;

/// <summary>How a thread that has been interrupted at a safepoint goes on (<see cref="MuWorld.RequestInterrupt"/>).</summary>
/// <param name="Function">Takes nothing, and ends with an exception.</param>
/// <param name="Handler">Decides, on the thread, which is inside and whose frames can be walked.</param>
internal sealed record Interruption(Function Function, Func<MuThread, InterruptDecision> Handler);

/// <summary>The client's answer.</summary>
internal enum InterruptDecision
{
    /// <summary>The thread goes on.</summary>
    GoOn,
    /// <summary>The thread goes on to its next safepoint, where it asks again.</summary>
    AskAgain,
    /// <summary>The function is called.</summary>
    Raise,
}
