using System.Diagnostics;
using Mu.Core.Types;

namespace Mu.Core.Heap;

/// <summary>
/// The garbage-collected heap: exact, moving, mark-region (docs/heap.md). This file is what a mutator calls; <c>MuHeap.Collection.cs</c> is the collector's
/// sequence of steps.
/// <para>
/// References are addresses of payloads. Any call that allocates may collect, which moves objects: raw addresses held across it must be in root slots.
/// </para>
/// </summary>
internal sealed unsafe partial class MuHeap : IDisposable
{
    /// <summary>Objects with a larger payload have pages of their own.</summary>
    public const ulong LargeObjectThreshold = 8192;

    private readonly HeapOptions options;
    private readonly Lock gate = new();
    private readonly ImmixSpace immix;
    private readonly LargeObjectSpace large;
    private readonly GlobalSpace globals = new();
    private readonly Tracer tracer;
    private readonly WeakProcessing weak;
    private readonly HashSet<nint> buffers = [];
    private AllocationBuffer overflow;
    private ulong allocatedSinceCollection, largeSinceCollection, threshold;
    private int stressCountdown;

    /// <summary>A heap with its own address ranges.</summary>
    public MuHeap(HeapOptions? options = null)
    {
        this.options = options ??= new HeapOptions();
        immix = new ImmixSpace(options.BlockSpaceReserve, Types, options.Stress ? 2 : Block.Lines);
        large = new LargeObjectSpace(options.LargeSpaceReserve);
        tracer = new Tracer(Types, immix, large);
        weak = new WeakProcessing(Types, tracer);
        threshold = options.MinimumThreshold;
        stressCountdown = options.StressInterval;
        roots.Add(globals);
    }

    /// <summary>The types of objects.</summary>
    public HeapTypeTable Types { get; } = new();

    /// <summary>Stops and resumes the mutators.</summary>
    public IWorldStopper World { get; set; } = new SingleMutatorWorld();

    /// <summary>Knows what stacks contain; needed once a stack object is allocated.</summary>
    public IStackScanner? StackScanner
    {
        get => tracer.StackScanner;
        set => tracer.StackScanner = value;
    }

    /// <summary>Whether collections happen at every safepoint.</summary>
    public bool IsStressed => options.Stress;

    /// <summary>Bytes of blocks and of large objects in use.</summary>
    public ulong HeapBytes => immix.BlocksInUse * Block.Size + large.UsedBytes;

    /// <summary>What lived after the last collection, and what has been allocated since.</summary>
    public ulong UsedBytes
    {
        get
        {
            lock (gate)
            {
                ulong unused = overflow.Limit - overflow.Cursor;
                foreach (nint buffer in buffers) unused += ((AllocationBuffer*)buffer)->Limit - ((AllocationBuffer*)buffer)->Cursor;
                return immix.LiveBytes + large.UsedBytes + allocatedSinceCollection - largeSinceCollection - unused;
            }
        }
    }

    /// <summary>How often a request could not be met.</summary>
    public long Exhaustions { get; private set; }

    /// <summary>Whether collections wait until memory is short, however much is allocated.</summary>
    public bool IsPaused { get; set; }

    /// <summary>Makes a thread context's buffer known: a collection empties it. Its address is stable native memory.</summary>
    public void AttachBuffer(AllocationBuffer* buffer)
    {
        lock (gate) buffers.Add((nint)buffer);
    }

    /// <summary>Forgets a buffer, when its thread ends.</summary>
    public void DetachBuffer(AllocationBuffer* buffer)
    {
        lock (gate) buffers.Remove((nint)buffer);
        *buffer = default;
    }

    /// <summary>A zeroed object of a type without variable part: NEW. 0 if the heap is exhausted.</summary>
    public ulong AllocateFixed(AllocationBuffer* buffer, int typeId) =>
        Allocate(buffer, ObjectHeader.Fresh(typeId), Types[typeId].ObjectSize(0));

    /// <summary>A zeroed object of a hybrid type with <paramref name="length"/> elements: NEWHYBRID. 0 if the heap is exhausted, or can never hold that much.</summary>
    public ulong AllocateHybrid(AllocationBuffer* buffer, int typeId, ulong length) =>
        length > uint.MaxValue ? 0 : Allocate(buffer, ObjectHeader.Fresh(typeId, (uint)length), Types[typeId].ObjectSize((uint)length));

    /// <summary>A stack object for a native control block. 0 if the heap is exhausted.</summary>
    public ulong AllocateStack(AllocationBuffer* buffer, ulong control)
    {
        ulong stack = AllocateFixed(buffer, HeapTypeTable.StackTypeId);
        if (stack == 0) return 0;
        *(ulong*)stack = control;
        lock (gate) stacks.Add(stack);
        return stack;
    }

    /// <summary>A cell that is never moved or freed, with zero contents: a global cell's address is its iref.</summary>
    public ulong AllocateGlobal(TypeLayout layout)
    {
        lock (gate) return globals.Allocate(layout);
    }

    /// <summary>
    /// Gives the buffer another hole of zeroed lines, at least one, collecting if that is due. What was left of the old one is lost until the
    /// next collection. False if the heap is exhausted.
    /// </summary>
    public bool RefillBuffer(AllocationBuffer* buffer)
    {
        CollectIfDue();
        for (int attempt = 0; ; attempt++)
        {
            lock (gate)
            {
                Debug.Assert(buffers.Contains((nint)buffer), "a collection must be able to empty the buffer");
                if (immix.TryTakeHole(MayTake(Block.Size), out buffer->Cursor, out buffer->Limit))
                {
                    allocatedSinceCollection += buffer->Limit - buffer->Cursor;
                    return true;
                }
            }
            *buffer = default;
            if (attempt == 2) return false;
            Collect(squeeze: attempt > 0);
        }
    }

    /// <summary>Turns an object into another variant of its type with the same layout: what setmetatable does for <c>__mode</c>.</summary>
    public void ChangeTypeId(ulong reference, int typeId)
    {
        ref ulong header = ref ObjectHeader.Of(reference);
        ref HeapTypeInfo from = ref Types[ObjectHeader.TypeId(header)], to = ref Types[typeId];
        if ((from.FixedSize, from.ElementSize) != (to.FixedSize, to.ElementSize))
            throw new ArgumentException($"type {typeId} has another layout than type {ObjectHeader.TypeId(header)}");
        // Another thread may pin the object just now.
        ulong seen = header, old;
        do
        {
            old = seen;
            seen = Interlocked.CompareExchange(ref header, (old & ~((ulong)ObjectHeader.TypeMask << ObjectHeader.TypeShift)) | ((ulong)(uint)typeId << ObjectHeader.TypeShift), old);
        }
        while (seen != old);
    }

    /// <summary>The object whose payload a location is in (or just behind), or 0 if it is not in an object of the heap.</summary>
    public ulong FindObject(ulong location)
    {
        lock (gate) return tracer.FindObject(location);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        tracer.Dispose();
        immix.Dispose();
        large.Dispose();
        globals.Dispose();
        stacks.Dispose();
        finalizable.Dispose();
        dead.Dispose();
        Types.Dispose();
    }

    private ulong Allocate(AllocationBuffer* buffer, ulong header, ulong size)
    {
        ulong place = TryAllocate(buffer, header, size);
        if (place == 0) Exhaustions++;
        return place;
    }

    private ulong TryAllocate(AllocationBuffer* buffer, ulong header, ulong size)
    {
        if (size > LargeObjectThreshold + ObjectHeader.Size) return AllocateLarge(header, size);
        if (buffer->Cursor + size > buffer->Limit)
        {
            if (size > Line.Size) return AllocateOverflow(header, size);
            if (!RefillBuffer(buffer)) return 0;
        }
        return Bump(ref *buffer, header, size);
    }

    private static ulong Bump(ref AllocationBuffer buffer, ulong header, ulong size)
    {
        ulong place = buffer.Cursor;
        buffer.Cursor = place + size;
        *(ulong*)place = header;
        return place + ObjectHeader.Size;
    }

    /// <summary>
    /// Medium objects that do not fit the current hole go to a free block, so that a search for a large enough hole does not waste small ones
    /// (section 3.1.1 of the paper, "overflow allocation").
    /// </summary>
    private ulong AllocateOverflow(ulong header, ulong size)
    {
        CollectIfDue();
        for (int attempt = 0; ; attempt++)
        {
            lock (gate)
            {
                if (overflow.Cursor + size <= overflow.Limit || RefillOverflow()) return Bump(ref overflow, header, size);
            }
            if (attempt == 2) return 0;
            Collect(squeeze: attempt > 0);
        }
    }

    private bool RefillOverflow()
    {
        if (!MayTake(Block.Size) || !immix.TryTakeWholeBlock(out overflow.Cursor, out overflow.Limit)) return false;
        allocatedSinceCollection += Block.Size;
        return true;
    }

    private ulong AllocateLarge(ulong header, ulong size)
    {
        ulong footprint = LargeObjectSpace.Footprint(size);
        if (footprint > options.MaxHeap) return 0;
        CollectIfDue();
        for (int attempt = 0; ; attempt++)
        {
            lock (gate)
            {
                ulong place = MayTake(footprint) ? large.Allocate(size) : 0;
                if (place != 0)
                {
                    allocatedSinceCollection += footprint;
                    largeSinceCollection += footprint;
                    *(ulong*)place = header;
                    return place + ObjectHeader.Size;
                }
            }
            if (attempt == 2) return 0;
            Collect(squeeze: attempt > 0);
        }
    }

    private bool MayTake(ulong bytes) => HeapBytes + bytes <= options.MaxHeap;
}
