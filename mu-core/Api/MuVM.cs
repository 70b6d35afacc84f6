using Mu.Core.Compiler;
using Mu.Core.Heap;
using Mu.Core.Interpreter;
using Mu.Core.IR;
using Mu.Core.Stacks;
using Mu.Core.Text;
using Mu.Core.Threads;
using Mu.Core.Types;
using Mu.Core.Verification;

namespace Mu.Core.Api;

/// <summary>A micro VM: loaded bundles, heap, code (the specification's <c>MuVM</c>).</summary>
public sealed unsafe class MuVM : INameResolver, Building.INodeResolver, IDisposable
{
    private readonly EntityTable table = new();
    private readonly Lock loading = new();
    private readonly Metacircular metacircular;

    /// <summary>Starts a micro VM.</summary>
    public MuVM(MuVMOptions? options = null)
    {
        options ??= new MuVMOptions();
        var heap = new HeapOptions { Stress = options.CollectorStress, StressInterval = options.StressInterval, Verify = options.VerifyHeap };
        if (options.MaxHeap is { } limit) heap = heap with { MaxHeap = limit };
        Machine = new MuMachine(heap, new StackSizes(options.StackSize, options.MainStackSize), options.NativeLibraries)
        {
            TrapHandler = HandleTrap,
            MaxStacks = options.MaxStacks ?? MuMachine.DefaultMaxStacks,
            KeepsBodies = options.KeepsBodies,
        };
        Machine.Started.Failed = ReportFailure;
        Machine.Started.Limit = options.MaxThreads ?? StartedThreads.DefaultLimit;
        Machine.CodeGenerator = new CodeGenerator(Machine);
        table.Add([.. Predefined.All]);
        metacircular = new Metacircular(this);
        Machine.Metacircular = metacircular;
        if (options.Engine == EngineKind.Interpreter) Machine.Engine = new InterpreterEngine(Machine, (long)options.MainStackSize);
    }

    /// <summary>Asked when a function without definition is called; it may load a bundle that has one.</summary>
    public Action<Function>? UndefinedFunction
    {
        get => Machine.UndefinedFunction;
        set => Machine.UndefinedFunction = value;
    }

    /// <summary>Called at traps, on the thread that trapped (<c>set_trap_handler</c>).</summary>
    public Func<TrapEvent, TrapResult>? TrapHandler { get; set; }

    /// <summary>
    /// Called on a thread that NEWTHREAD or <see cref="MuContext.NewThread"/> has started and that ends with an exception which nothing caught (<see cref="UncaughtMuException"/>), or with the .NET
    /// exception of a handler. Without it, such an exception ends the process, as those of .NET threads do.
    /// </summary>
    public Action<MuContext, Exception>? ThreadFailed { get; set; }

    internal MuMachine Machine { get; }

    /// <summary>Opens a context (<c>new_context</c>).</summary>
    public MuContext NewContext() => new(this);

    /// <summary>The id of a name (<c>id_of</c>). Entities of function bodies have names that begin with their version's.</summary>
    public int IdOf(string name) => Find(name).Id;

    /// <summary>The name of an id, or null for an anonymous entity (<c>name_of</c>).</summary>
    public string? NameOf(int id) => Find(id).Name;

    /// <summary>The entity with a name.</summary>
    public Entity Find(string name) => table.Find(name) ?? throw new KeyNotFoundException($"nothing is named {name}");

    /// <summary>The entity with an id.</summary>
    public Entity Find(int id) => table.Find(id) ?? throw new KeyNotFoundException($"nothing has id {id}");

    /// <inheritdoc/>
    Entity? INameResolver.Find(string name) => table.Find(name);

    /// <inheritdoc/>
    Entity? Building.INodeResolver.Find(string name) => table.TopLevel(name);

    /// <inheritdoc/>
    Entity? Building.INodeResolver.Find(int id) => table.Find(id);

    /// <summary>Gives the symbol of EXTERN constants an address, such as a runtime function's.</summary>
    public void RegisterSymbol(string symbol, nint address) => Machine.Symbols.Register(symbol, address);

    /// <summary>From now on WATCHPOINT instructions of this number trap, and WPBRANCH takes its second destination (<c>enable_watchpoint</c>).</summary>
    public void EnableWatchpoint(int id) => Machine.Watchpoints.Set(RequireWatchpoint(id), enable: true);

    /// <summary>Ends <see cref="EnableWatchpoint"/> (<c>disable_watchpoint</c>). Watchpoints are disabled at first.</summary>
    public void DisableWatchpoint(int id) => Machine.Watchpoints.Set(RequireWatchpoint(id), enable: false);

    private static int RequireWatchpoint(int id) => id > 0 ? id : throw new ArgumentOutOfRangeException(nameof(id), "watchpoints are numbered from 1");

    /// <summary>What the collector has done so far.</summary>
    public CollectorStatistics CollectorStatistics => CollectorStatistics.Of(Machine.Heap.Statistics);

    /// <summary>What the code generator has done so far.</summary>
    public CompilerStatistics CompilerStatistics => Machine.CodeGenerator?.Statistics ?? CompilerStatistics.None;

    /// <summary>Checks every reference that can be reached, with all threads stopped.</summary>
    /// <exception cref="HeapCorruptionException">A reference is wrong.</exception>
    public void VerifyHeap() => Machine.Heap.VerifyNow();

    /// <summary>Writes a stage of a function version's compilation: ssa, lir, ra or asm (docs/debugging.md).</summary>
    public void Disassemble(FunctionVersion version, string stage, TextWriter output) =>
        FunctionCompiler.Compile(version, new MachineEnvironment(Machine), Dump.To(version, stage, output));

    /// <summary>Reads the text form of Mu IR and loads it (<c>load_bundle</c>).</summary>
    /// <param name="text">The bundle's text.</param>
    /// <param name="fileName">Its name in error messages.</param>
    public Bundle LoadText(string text, string fileName = "bundle")
    {
        Bundle bundle = UirReader.Read(text, fileName, this);
        Load(bundle);
        return bundle;
    }

    /// <summary>
    /// Loads a bundle: names and ids, global cells, and definitions, which replace earlier ones of the same functions (frames of those go on). When it throws, nothing of the
    /// bundle is visible.
    /// </summary>
    /// <param name="bundle">The bundle.</param>
    /// <param name="verify">Whether it is verified first. A client whose compiler is tested with verification may leave it out; a bundle that is ill-formed then does harm.</param>
    /// <exception cref="MalformedBundleException">The bundle is ill-formed, or uses what is not supported yet; with all findings.</exception>
    public void Load(Bundle bundle, bool verify = true)
    {
        lock (loading)
        {
            if (verify && BundleVerifier.Verify(bundle, table) is { Count: > 0 } findings) throw new MalformedBundleException(Finding.Located(findings, bundle));
            IReadOnlyList<Entity> contents = new BundleContents(bundle).Entities;
            CheckNames(contents);
            foreach (Entity entity in contents) CheckLoadable(entity);
            foreach (Entity entity in contents)
                if (entity is GlobalCell or Function) _ = Machine.Addresses.Of((GlobalValue)entity);
            table.Add(contents);
            foreach (FunctionVersion version in bundle.Versions) Machine.Define(version);
        }
    }

    /// <summary>What is wrong with a bundle.</summary>
    internal IReadOnlyList<Finding> Verify(Bundle bundle)
    {
        lock (loading) return BundleVerifier.Verify(bundle, table);
    }

    /// <summary>All that is loaded outside of function bodies.</summary>
    internal IReadOnlyList<Entity> Loaded() => table.All();

    /// <summary>Waits until all started threads have ended. False: some still run.</summary>
    public bool WaitForThreads(TimeSpan timeout) => Machine.Started.Wait(timeout);

    /// <summary>Ends the micro VM. Started threads end at their next safepoint, and are waited for: those in native code too.</summary>
    public void Dispose() => Machine.Dispose();

    /// <summary>Address of a global cell, allocated at the first request.</summary>
    internal ulong AddressOf(GlobalCell cell) => Machine.Addresses.Of(cell);

    private void CheckNames(IReadOnlyList<Entity> contents)
    {
        var inBundle = new HashSet<string>();
        foreach (Entity entity in contents)
        {
            if (entity.Name is not { } name) continue;
            Entity? other = table.TopLevel(name);
            if (other == entity) continue;
            if (other is not null || !inBundle.Add(name)) throw new ArgumentException($"the name {name} is taken");
        }
    }

    /// <summary>Whatever could fail later fails here, before anything is changed.</summary>
    private void CheckLoadable(Entity entity)
    {
        switch (entity)
        {
            case GlobalCell { CellType: HybridType type } cell: throw new ArgumentException($"global cell {cell.Name} is of hybrid type {type}");
            case GlobalCell cell: _ = TypeLayout.Of(cell.CellType); break;
            case ExternConstant external: _ = Machine.Addresses.Of(external); break;
        }
    }

    private void ReportFailure(MuThread thread, Exception? failure)
    {
        using var context = new MuContext(this, thread);
        Exception reported = failure ?? context.TakeUncaught();
        if (ThreadFailed is { } handler) handler(context, reported);
        else throw new InvalidOperationException($"Mu thread {thread.Id} failed and the client has no ThreadFailed handler", reported);
    }

    private TrapDecision HandleTrap(MuThread thread, TrapPoint point)
    {
        if (metacircular.HandlesTraps) return metacircular.Handle(thread, point);
        Func<TrapEvent, TrapResult> handler = TrapHandler ?? throw new InvalidOperationException("TRAP without a trap handler");
        using var context = new MuContext(this, thread);
        var trap = new TrapEvent(context, point);
        thread.GoOutside();
        TrapResult result;
        try
        {
            result = handler(trap);
        }
        finally
        {
            thread.ComeInside();
        }
        return context.Decide(result, trap.Stack);
    }
}
