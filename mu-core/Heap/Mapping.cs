using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Mu.Core.Heap;

/// <summary>A range of anonymous memory from the operating system. Untouched pages cost nothing and read as zero.</summary>
internal sealed unsafe partial class Mapping : IDisposable
{
    /// <summary>The operating system's page size on x64.</summary>
    public const ulong PageSize = 4096;

    private const int ReadWrite = 1 | 2, Private = 0x02, Anonymous = 0x20, NoReserve = 0x4000, DontNeed = 4, HugePage = 14;
    private readonly ulong mappedAddress, mappedSize;

    private Mapping(ulong mappedAddress, ulong mappedSize, ulong address, ulong size) =>
        (this.mappedAddress, this.mappedSize, Address, Size) = (mappedAddress, mappedSize, address, size);

    /// <summary>Start of the range.</summary>
    public ulong Address { get; }

    /// <summary>Size in bytes.</summary>
    public ulong Size { get; }

    /// <summary>
    /// Reserves a range that starts at a multiple of <paramref name="alignment"/>. User addresses on x64 Linux are below 2^47. The page after the range stays unused: an iref to the end of a
    /// space's last object must not be the address of another mapping's first cell.
    /// </summary>
    public static Mapping Reserve(ulong size, ulong alignment = PageSize)
    {
        size = (size + PageSize - 1) & ~(PageSize - 1);
        ulong mapped = size + PageSize + (alignment > PageSize ? alignment : 0);
        nint start = MMap(0, (nuint)mapped, ReadWrite, Private | Anonymous | NoReserve, -1, 0);
        if (start == -1) throw new Win32Exception(Marshal.GetLastPInvokeError(), $"cannot reserve {mapped} bytes of address space");
        return new Mapping((ulong)start, mapped, ((ulong)start + alignment - 1) & ~(alignment - 1), size);
    }

    /// <summary>Asks for 2 MB pages, which make the first touch of fresh memory several times cheaper. A hint: failure changes nothing.</summary>
    public void PreferHugePages() => _ = MAdvise((nint)Address, (nuint)Size, HugePage);

    /// <summary>Gives pages back; they read as zero afterwards.</summary>
    public static void Release(ulong address, ulong size)
    {
        if (MAdvise((nint)address, (nuint)size, DontNeed) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError(), "cannot release memory");
    }

    /// <inheritdoc/>
    public void Dispose() => _ = MUnmap((nint)mappedAddress, (nuint)mappedSize);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint MMap(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static partial int MUnmap(nint address, nuint length);

    [LibraryImport("libc", EntryPoint = "madvise", SetLastError = true)]
    private static partial int MAdvise(nint address, nuint length, int advice);
}
