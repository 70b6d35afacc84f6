namespace Mu.Core.Stacks;

/// <summary>Sizes of stacks: address space, of which only touched pages take memory.</summary>
/// <param name="Small">Bytes of an ordinary stack (a coroutine's); a power of two.</param>
/// <param name="Large">Bytes of a thread's main stack; a power of two.</param>
internal readonly record struct StackSizes(ulong Small, ulong Large)
{
    /// <summary>1 MB and 256 MB.</summary>
    public static readonly StackSizes Default = new(1UL << 20, 256UL << 20);
}

/// <summary>
/// Carves stacks out of few large mappings: one mapping each would stop at the kernel's limit of about 65,000. There are no guard pages; the limit of the stack
/// check, <see cref="RedZone"/> above the lowest address, is the guard. With <c>everySafepoint</c>, stacks have a limit that makes every check and poll take its slow path.
/// </summary>
internal sealed unsafe class StackSpace(StackSizes sizes, bool everySafepoint = false) : IDisposable
{
    /// <summary>Room below the limit for small frames, stubs and the operating system's signal frames (AVX-512 state takes over 3 KB).</summary>
    public const ulong RedZone = 16 << 10;

    /// <summary>Room above the red zone that only the client's overflow function and what it calls may use.</summary>
    public const ulong Reserve = 64 << 10;

    private const ulong ChunkSize = 16UL << 30;
    private const int WarmStacks = 256;
    private readonly Lock gate = new();
    private readonly List<ulong> chunks = [];
    private readonly SizeClass[] classes = [new(sizes.Small), new(sizes.Large)];
    private ulong lastId;

    /// <summary>Number of stacks in use.</summary>
    public int Live { get; private set; }

    /// <summary>Null if there is no address space left; else: a ready stack whose bottom function is the one of <paramref name="cell"/>; values or an exception may be passed to it at once.</summary>
    public StackControl* Allocate(bool large, ulong cell, ulong startFresh, ulong bottomReturn)
    {
        StackControl* control;
        lock (gate)
        {
            control = Take(large ? 1 : 0);
            if (control == null) return null;
            control->Id = ++lastId;
            Live++;
        }
        control->Cell = cell;
        control->HeapObject = 0;
        // The bottom function is entered with rsp at its return address, and rsp + 8 a multiple of 16.
        ulong* top = (ulong*)control - 2;
        *top = bottomReturn;
        *--top = cell;
        *--top = startFresh;
        control->StackPointer = (ulong)top;
        control->State = StackState.Ready;
        return control;
    }

    /// <summary>Marks a stack dead and gives back its pages, all but the one with the control block, which lives as long as the stack object.</summary>
    public static void Kill(StackControl* control)
    {
        if (control->State == StackState.Dead) return;
        control->State = StackState.Dead;
        ulong bottom = control->StackPointer & ~(LinuxMemory.PageSize - 1), end = control->High - LinuxMemory.PageSize;
        // Pages below the last rsp may have been touched by deeper calls; only the collector's Free gives those back.
        if (bottom < end) LinuxMemory.Release(bottom, end - bottom);
    }

    /// <summary>Takes a stack back whose stack object is gone. A few keep their pages, for the next ones.</summary>
    public void Free(StackControl* control)
    {
        control->State = StackState.Dead;
        lock (gate)
        {
            SizeClass c = classes[control->SizeClass];
            Live--;
            if (c.FreeCount >= WarmStacks || control->SizeClass != 0)
            {
                ulong low = control->Low;
                LinuxMemory.Release(low, control->High - low);
                c.Cold.Push(low);
                return;
            }
            control->Next = c.Free;
            c.Free = control;
            c.FreeCount++;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (ulong chunk in chunks) LinuxMemory.Unmap(chunk, ChunkSize);
    }

    private StackControl* Take(int index)
    {
        SizeClass c = classes[index];
        if (c.Free != null)
        {
            StackControl* warm = c.Free;
            c.Free = warm->Next;
            c.FreeCount--;
            if (warm->InReserve != 0) SetReserve(warm, false);
            return warm;
        }
        if (!c.Cold.TryPop(out ulong low)) low = Carve(c);
        if (low == 0) return null;
        var control = (StackControl*)(low + c.Size - StackControl.Size);
        *control = new StackControl { Low = low, High = low + c.Size, SizeClass = index };
        control->StackLimit = everySafepoint ? ulong.MaxValue : control->TrueLimit;
        return control;
    }

    /// <summary>Opens the reserve, or closes it.</summary>
    public static void SetReserve(StackControl* control, bool isOpen)
    {
        control->InReserve = isOpen ? 1UL : 0;
        if (control->StackLimit != ulong.MaxValue) control->StackLimit = control->TrueLimit;
    }

    private ulong Carve(SizeClass c)
    {
        if (c.Next == c.End)
        {
            ulong chunk = LinuxMemory.TryReserveReadWrite(ChunkSize);
            if (chunk == 0) return 0;
            c.Next = chunk;
            c.End = chunk + ChunkSize;
            chunks.Add(chunk);
        }
        ulong low = c.Next;
        c.Next += c.Size;
        return low;
    }

    private sealed class SizeClass(ulong size)
    {
        public readonly ulong Size = size;
        public readonly Stack<ulong> Cold = new();
        public StackControl* Free;
        public int FreeCount;
        public ulong Next, End;
    }
}
