using Mu.Core.Stacks;

namespace Mu.Core.Api;

/// <summary>What runs Mu code; the results are the same.</summary>
public enum EngineKind
{
    /// <summary>Code compiled at a function's first call.</summary>
    Jit,
    /// <summary>The reference interpreter: slow, for platforms without a code generator and for finding the code generator's errors.</summary>
    Interpreter,
}

/// <summary>Sizes and modes of a micro VM.</summary>
public sealed record MuVMOptions
{
    /// <summary>Most bytes of the heap; null for three quarters of the machine's memory.</summary>
    public ulong? MaxHeap { get; init; }

    /// <summary>Most stacks alive at a time; null for as many as fill three quarters of the machine's memory with two pages each. One more is an exception, as when the heap is full.</summary>
    public int? MaxStacks { get; init; }

    /// <summary>Most threads, started by NEWTHREAD or the client, that run at a time; null for 8192. One more is an exception, as when the heap is full.</summary>
    public int? MaxThreads { get; init; }

    /// <summary>Collect and move at every slow path and safepoint: at each allocation that leaves its buffer, function entry, first call and loop back edge.</summary>
    public bool CollectorStress { get; init; }

    /// <summary>With <see cref="CollectorStress"/>: at every n-th of them.</summary>
    public int StressInterval { get; init; } = 1;

    /// <summary>Check every reference of the heap after each collection; slow, for finding errors.</summary>
    public bool VerifyHeap { get; init; }

    /// <summary>What runs Mu code.</summary>
    public EngineKind Engine { get; init; }

    /// <summary>Address space of an ordinary stack, a power of two.</summary>
    public ulong StackSize { get; init; } = StackSizes.Default.Small;

    /// <summary>Address space of a main stack, a power of two.</summary>
    public ulong MainStackSize { get; init; } = StackSizes.Default.Large;

    /// <summary>
    /// Whether the bodies of functions stay when they have been compiled. Without, they can no longer be printed, nor be found by the ids of what is in them; frames still know the
    /// instruction at which they stop. For clients that make much code.
    /// </summary>
    public bool KeepsBodies { get; init; } = true;

    /// <summary>Shared libraries where symbols of EXTERN constants are looked up, in order, before the process itself, the C and the mathematical library.</summary>
    public IReadOnlyList<string> NativeLibraries { get; init; } = [];
}
