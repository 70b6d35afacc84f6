using Mu.Core.Compiler;
using Mu.Core.Heap;
using Mu.Core.IR;
using Mu.Core.Stacks;
using Mu.Core.Threads;
using Mu.Core.Types;

namespace Mu.Core.Api;

/// <summary>Sizes and modes of a micro VM.</summary>
public sealed record MuVMOptions
{
    /// <summary>Most bytes of the heap; null for three quarters of the machine's memory.</summary>
    public ulong? MaxHeap { get; init; }

    /// <summary>Collect and move at every slow path and safepoint.</summary>
    public bool CollectorStress { get; init; }

    /// <summary>Address space of an ordinary stack, a power of two.</summary>
    public ulong StackSize { get; init; } = StackSizes.Default.Small;

    /// <summary>Address space of a main stack, a power of two.</summary>
    public ulong MainStackSize { get; init; } = StackSizes.Default.Large;
}

/// <summary>A micro VM: loaded bundles, heap, code (the specification's <c>MuVM</c>).</summary>
public sealed unsafe class MuVM : IDisposable
{
    private readonly Dictionary<string, Entity> names = [];
    private readonly Dictionary<int, Entity> entities = [];
    private readonly Dictionary<GlobalCell, ulong> globals = [];
    private readonly Lock gate = new();
    private int lastId;

    /// <summary>Starts a micro VM.</summary>
    public MuVM(MuVMOptions? options = null)
    {
        options ??= new MuVMOptions();
        var heap = new HeapOptions { Stress = options.CollectorStress };
        if (options.MaxHeap is { } limit) heap = heap with { MaxHeap = limit };
        Machine = new MuMachine(heap, new StackSizes(options.StackSize, options.MainStackSize))
        {
            TrapHandler = HandleTrap,
        };
        Machine.CodeGenerator = new CodeGenerator(Machine);
    }

    /// <summary>Asked when a function without definition is called; it may load a bundle that has one.</summary>
    public Action<Function>? UndefinedFunction
    {
        get => Machine.UndefinedFunction;
        set => Machine.UndefinedFunction = value;
    }

    /// <summary>Called at traps, on the thread that trapped (<c>set_trap_handler</c>).</summary>
    public Func<TrapEvent, TrapResult>? TrapHandler { get; set; }

    internal MuMachine Machine { get; }

    /// <summary>Opens a context (<c>new_context</c>).</summary>
    public MuContext NewContext() => new(this);

    /// <summary>The id of a name (<c>id_of</c>).</summary>
    public int IdOf(string name) => Find(name).Id;

    /// <summary>The name of an id, or null (<c>name_of</c>).</summary>
    public string? NameOf(int id)
    {
        lock (gate) return entities.TryGetValue(id, out Entity? entity) ? entity.Name : throw new KeyNotFoundException($"nothing has id {id}");
    }

    /// <summary>The entity with a name.</summary>
    public Entity Find(string name)
    {
        lock (gate) return names.TryGetValue(name, out Entity? entity) ? entity : throw new KeyNotFoundException($"nothing is named {name}");
    }

    /// <summary>Loads a bundle (<c>load_bundle</c>): names and ids, global cells, and definitions, which replace earlier ones of the same functions.</summary>
    public void Load(Bundle bundle)
    {
        lock (gate)
        {
            Entity[] listed = [.. bundle.Types, .. bundle.Signatures, .. bundle.Constants, .. bundle.Globals, .. bundle.Functions, .. bundle.Versions, .. bundle.Exposed];
            var inBundle = new HashSet<string>();
            foreach (Entity entity in listed)
                if (entity.Name is { } name && (!inBundle.Add(name) || (names.TryGetValue(name, out Entity? other) && other != entity)))
                    throw new ArgumentException($"the name {name} is taken");
            if (bundle.Exposed.Count > 0) throw new NotSupportedException("exposed functions");
            foreach (Entity entity in listed) Register(entity);
            foreach (GlobalCell cell in bundle.Globals) _ = AddressOf(cell);
        }
        foreach (Function function in bundle.Functions) _ = Machine.Functions.CellOf(function);
        foreach (FunctionVersion version in bundle.Versions) Machine.Define(version);
    }

    /// <inheritdoc/>
    public void Dispose() => Machine.Dispose();

    /// <summary>Address of a global cell, allocated at the first request.</summary>
    internal ulong AddressOf(GlobalCell cell)
    {
        lock (gate)
        {
            if (!globals.TryGetValue(cell, out ulong address)) globals.Add(cell, address = Machine.Heap.AllocateGlobal(TypeLayout.Of(cell.CellType)));
            return address;
        }
    }

    private TrapDecision HandleTrap(MuThread thread, TrapPoint point)
    {
        Func<TrapEvent, TrapResult> handler = TrapHandler ?? throw new InvalidOperationException("TRAP without a trap handler");
        using var context = new MuContext(this, thread);
        return context.Decide(handler(new TrapEvent(context, point)));
    }

    private void Register(Entity entity)
    {
        if (entity.Id == 0) entity.Id = ++lastId;
        entities[entity.Id] = entity;
        if (entity.Name is { } name) names[name] = entity;
    }
}
