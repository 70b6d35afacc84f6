namespace Mu.Core.Api;

/// <summary>How a thread ended.</summary>
/// <param name="Returned">The bottom function of the stack that the thread was bound to last has returned. Otherwise the thread exited: by itself, or by a trap handler's answer.</param>
/// <param name="Values">What the bottom function returned.</param>
public sealed record RunResult(bool Returned, MuValue[] Values);

/// <summary>A called function never returned: its thread exited.</summary>
public sealed class MuThreadExitException() : Exception("the Mu thread exited before the function returned");
