using Mu.Core.Compiler.Code;
using Mu.Core.Heap;
using Mu.Core.IR;
using Mu.Core.Stacks;
using Mu.Core.Types;

namespace Mu.Core.Threads;

/// <summary>What the threads of one micro VM share: heap, stacks, code. The client API stands on it.</summary>
internal sealed unsafe class MuMachine : IDisposable
{
    private readonly Dictionary<Function, FunctionVersion> newest = [];
    private readonly Lock gate = new(), compiling = new();
    private long stacksSinceCollection;

    /// <summary>An empty machine.</summary>
    public MuMachine(HeapOptions heapOptions, StackSizes stackSizes, IEnumerable<string>? nativeLibraries = null)
    {
        Symbols = new NativeSymbols(nativeLibraries ?? []);
        Heap = new MuHeap(heapOptions) { World = World };
        Stacks = new StackSpace(stackSizes, heapOptions.Stress);
        Watchpoints = new Watchpoints(Memory);
        Stubs = new Stubs(Memory, StubHandlers.EntryPoints, CodeMap.Unwinding);
        Functions = new FunctionTable(Memory, Stubs.Lazy);
        NativeEntries = new NativeEntries(this);
        Addresses = new GlobalAddresses(Heap, Functions, Symbols, NativeEntries);
        Walker = new StackWalker(CodeMap, Stubs, Functions, Stacks);
        Heap.StackScanner = Walker;
        Heap.AddRootSource(Futexes);
        Started = new StartedThreads(this);
        Engine = new CompiledEngine(this);
    }

    /// <summary>The threads, which a collection stops.</summary>
    public MuWorld World { get; } = new();

    /// <summary>Threads that wait at locations.</summary>
    public FutexTable Futexes { get; } = new();

    /// <summary>Threads with operating-system threads of their own.</summary>
    public StartedThreads Started { get; }

    /// <summary>The heap.</summary>
    public MuHeap Heap { get; }

    /// <summary>Memory of stacks.</summary>
    public StackSpace Stacks { get; }

    /// <summary>Memory of code.</summary>
    public CodeMemory Memory { get; } = new();

    /// <summary>Functions that native code can call.</summary>
    public NativeEntries NativeEntries { get; }

    /// <summary>Watchpoints.</summary>
    public Watchpoints Watchpoints { get; }

    /// <summary>Call sites and code by address.</summary>
    public CodeMap CodeMap { get; } = new();

    /// <summary>The stubs.</summary>
    public Stubs Stubs { get; }

    /// <summary>Function cells.</summary>
    public FunctionTable Functions { get; }

    /// <summary>Native symbols.</summary>
    public NativeSymbols Symbols { get; }

    /// <summary>Addresses of functions, global cells and native symbols.</summary>
    public GlobalAddresses Addresses { get; }

    /// <summary>Walks stacks.</summary>
    public StackWalker Walker { get; }

    /// <summary>The code generator; without one, only functions whose code is installed by hand can run.</summary>
    public ICodeGenerator? CodeGenerator { get; set; }

    /// <summary>Whether bodies stay when they have been compiled.</summary>
    public bool KeepsBodies { get; init; } = true;

    /// <summary>Looks at stacks and changes them.</summary>
    public IStackSurgeon Surgeon => Engine.Surgeon;

    /// <summary>What the client attached, for its runtime functions.</summary>
    public object? ClientState { get; set; }

    /// <summary>What runs function versions; compiled code unless something else is set before anything runs.</summary>
    public IEngine Engine { get; set; }

    /// <summary>Metacircular instructions; the client API has them.</summary>
    public IMetacircular? Metacircular { get; set; }

    /// <summary>Asked when a function without version is called; it may load one.</summary>
    public Action<Function>? UndefinedFunction { get; set; }

    /// <summary>Most stacks that may be alive. Of each, two pages are touched at least.</summary>
    public int MaxStacks { get; init; } = DefaultMaxStacks;

    /// <summary>As many as fill three quarters of the machine's memory.</summary>
    public static int DefaultMaxStacks { get; } = (int)Math.Min(int.MaxValue, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4 * 3 / (2 * (long)LinuxMemory.PageSize));

    /// <summary>Called instead of a function for which a stack has no room, with a reserve of stack; it takes nothing and ends with an exception. Without it NULL is thrown.</summary>
    public Function? OverflowFunction { get; set; }

    /// <summary>What a thread does that was interrupted.</summary>
    public Interruption? Interruption { get; set; }

    /// <summary>Called at traps, on the thread that trapped, which is inside.</summary>
    public Func<MuThread, TrapPoint, TrapDecision>? TrapHandler { get; set; }

    /// <summary>Makes a version the newest of its function: the next call compiles it; frames of older versions go on.</summary>
    public void Define(FunctionVersion version)
    {
        lock (gate)
        {
            newest[version.Function] = version;
            Functions.Reset(version.Function);
        }
    }

    /// <summary>The newest version of a function, or null.</summary>
    public FunctionVersion? NewestVersion(Function function)
    {
        lock (gate) return newest.GetValueOrDefault(function);
    }

    /// <summary>Adds code and lets calls of its function enter it, unless the function has been redefined meanwhile.</summary>
    public void Install(CompiledFunction code)
    {
        CodeMap.Add(code);
        Watchpoints.Add(code);
        lock (gate)
        {
            if (code.Version is null || newest.GetValueOrDefault(code.Function) == code.Version) Functions.Install(code.Function, code.Entry);
        }
    }

    /// <summary>
    /// The entry of a function that is called for the first time, by threads that are outside. One thread compiles, and asks the client, at a time; the others wait, and find the code there.
    /// </summary>
    public ulong CompileNow(Function function)
    {
        lock (compiling)
        {
            if (Functions.EntryOf(function) is { } installed) return installed;
            if (NewestVersion(function) is null) UndefinedFunction?.Invoke(function);
            FunctionVersion version = NewestVersion(function) ?? throw new InvalidOperationException($"function {function.Name ?? "#" + function.Id} is called and has no definition");
            ICodeGenerator generator = CodeGenerator ?? throw new InvalidOperationException("the micro VM has no code generator");
            CompiledFunction code = generator.Compile(version);
            Install(code);
            if (!KeepsBodies) version.Release();
            return code.Entry;
        }
    }

    /// <summary>Asks the client for a definition, from the interpreter; one thread at a time.</summary>
    public void DefineNow(Function function)
    {
        lock (compiling)
            if (NewestVersion(function) is null) UndefinedFunction?.Invoke(function);
    }

    /// <summary>
    /// A ready stack for the function of a cell, with its stack object. Null if the heap is exhausted, or <see cref="MaxStacks"/> stacks are alive. The object is reachable from nowhere yet.
    /// </summary>
    public StackControl* NewStack(AllocationBuffer* buffer, ulong cell, bool large = false)
    {
        CollectDeadStacks();
        if (Engine.LiveStacks >= MaxStacks)
        {
            Heap.Collect();
            if (Engine.LiveStacks >= MaxStacks) return null;
        }
        return Engine.NewStack(buffer, Functions.FunctionAt(cell), large);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Started.EndAll();
        Engine.Dispose();
        NativeEntries.Dispose();
        Heap.Dispose();
        Stacks.Dispose();
        Memory.Dispose();
        CodeMap.Dispose();
    }

    /// <summary>The heap sees 16 bytes of a stack, whose pages are 8 KB at least: many new stacks are a reason to collect too.</summary>
    private void CollectDeadStacks()
    {
        if (Interlocked.Increment(ref stacksSinceCollection) < Math.Max(16384, Engine.LiveStacks / 2)) return;
        stacksSinceCollection = 0;
        Heap.Collect();
    }
}

/// <summary>Where a thread trapped: its unbound stack and the frame on top.</summary>
/// <param name="stack">The stack, ready for values or an exception.</param>
/// <param name="frame">The trapping frame.</param>
internal readonly unsafe struct TrapPoint(StackControl* stack, IStoppedFrame frame)
{
    /// <summary>The stack.</summary>
    public StackControl* Stack { get; } = stack;

    /// <summary>The trapping frame.</summary>
    public IStoppedFrame Frame { get; } = frame;
}

/// <summary>How a thread goes on after a trap.</summary>
internal enum TrapAction
{
    /// <summary>The thread ends.</summary>
    Exit,
    /// <summary>The stack goes on with the values that the handler has put into the thread's argument words.</summary>
    PassValues,
    /// <summary>The exception that the handler has put into the context is raised.</summary>
    Throw,
}

/// <summary>A trap handler's answer.</summary>
/// <param name="Action">What to do.</param>
/// <param name="Stack">Control block of the stack to bind to; 0: the one that trapped.</param>
internal readonly record struct TrapDecision(TrapAction Action, ulong Stack = 0);
