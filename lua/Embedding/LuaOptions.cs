using Mu.Core.Api;

namespace Mu.Lua;

/// <summary>Parts of the standard library.</summary>
[Flags]
public enum LuaLibraries
{
    /// <summary>Nothing.</summary>
    None = 0,
    /// <summary>The basic functions, but for those that load chunks.</summary>
    Base = 1,
    /// <summary><c>load</c>: chunks from strings.</summary>
    Load = 2,
    /// <summary><c>loadfile</c>, <c>dofile</c>, <c>require</c> and <c>package</c>: chunks from files.</summary>
    Package = 4,
    /// <summary><c>coroutine</c>.</summary>
    Coroutine = 8,
    /// <summary><c>string</c>, and the methods of strings.</summary>
    String = 16,
    /// <summary><c>utf8</c>.</summary>
    Utf8 = 32,
    /// <summary><c>table</c>.</summary>
    Table = 64,
    /// <summary><c>math</c>.</summary>
    Math = 128,
    /// <summary>Of <c>os</c> what only tells the time: <c>clock</c>, <c>date</c>, <c>difftime</c>, <c>time</c>.</summary>
    Time = 256,
    /// <summary>All of <c>os</c>: files, processes, environment variables. <c>os.exit</c> ends the process.</summary>
    Os = 512 | Time,
    /// <summary><c>io</c>: files and processes.</summary>
    Io = 1024,
    /// <summary><c>debug</c>, with which a program reaches everything that it does not hide.</summary>
    Debug = 2048,

    /// <summary>What a program needs that is not trusted: it reaches nothing outside of its state but the time, and <c>print</c>.</summary>
    Sandbox = Base | Load | Coroutine | String | Utf8 | Table | Math | Time,
    /// <summary>Everything.</summary>
    All = Sandbox | Package | Os | Io | Debug,
}

/// <summary>
/// Limits of a state. A run that exceeds time or memory is ended by an error that the program cannot catch, and the host gets a <see cref="LuaInterruptedException"/>; __close handlers have a moment
/// to run. The state can be used afterwards.
/// </summary>
public sealed record LuaLimits
{
    /// <summary>No limits.</summary>
    public static LuaLimits None { get; } = new();

    /// <summary>Bytes that objects and stacks of the state may take; the state itself needs about two million. A single request that cannot be met is the error "not enough memory", which a program may catch.</summary>
    public long? Memory { get; init; }

    /// <summary>How long each call by the host may run: looked at in loops and calls, at no cost.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>
    /// About how many calls of functions may nest in a coroutine, or outside of one: the size of stacks follows from it. Beyond is the error "stack overflow", which a program may catch.
    /// </summary>
    public int? CallDepth { get; init; }
}

/// <summary>How a state is made.</summary>
public sealed record LuaOptions
{
    /// <summary>What programs find of the standard library.</summary>
    public LuaLibraries Libraries { get; init; } = LuaLibraries.All;

    /// <summary>Limits; none at first.</summary>
    public LuaLimits Limits { get; init; } = LuaLimits.None;

    /// <summary>What runs the code; the results are the same.</summary>
    public EngineKind Engine { get; init; } = EngineKind.Jit;

    /// <summary>Where <c>print</c> and <c>io.write</c> write; null for the process's standard output. The state does not close it.</summary>
    public Stream? Output { get; init; }

    /// <summary>Where <c>io.stderr</c> and warnings go; null for the process's standard error. The state does not close it.</summary>
    public Stream? Error { get; init; }

    /// <summary>Where <c>io.read</c> reads; null for the process's standard input. The state does not close it.</summary>
    public Stream? Input { get; init; }

    /// <summary>Collects and moves objects at every opportunity, to find errors of hosts and of this library.</summary>
    public bool StressesCollector { get; init; }

    /// <summary>Runs of a function after which it is compiled again, for what it has been given; null for the usual number.</summary>
    internal int? HotRuns { get; init; }

    /// <summary>An untrusted program's state: <see cref="LuaLibraries.Sandbox"/>, and these limits.</summary>
    public static LuaOptions Sandbox(LuaLimits limits) => new() { Libraries = LuaLibraries.Sandbox, Limits = limits };
}
