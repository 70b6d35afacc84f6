using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Mu.Core.Stacks;

/// <summary>The memory calls of Linux that stacks and code memory need.</summary>
internal static unsafe partial class LinuxMemory
{
    /// <summary>Page size on x64.</summary>
    public const ulong PageSize = 4096;

    private const int Read = 1, Write = 2, Execute = 4, Shared = 1, Private = 2, Fixed = 0x10, Anonymous = 0x20, NoReserve = 0x4000, DontNeed = 4, NoHugePage = 15;

    /// <summary>A private range that reads as zero and takes memory where it is touched, in 4 KB pages; 0 if there is no address space for it.</summary>
    public static ulong TryReserveReadWrite(ulong size)
    {
        nint address = MMap(0, (nuint)size, Read | Write, Private | Anonymous | NoReserve, -1, 0);
        if (address == -1) return 0;
        _ = MAdvise(address, (nuint)size, NoHugePage); // a hint: kernels without huge pages refuse it
        return (ulong)address;
    }

    /// <summary>Address space without access.</summary>
    public static ulong ReserveNothing(ulong size) => Check(MMap(0, (nuint)size, 0, Private | Anonymous | NoReserve, -1, 0), "reserve address space");

    /// <summary>Makes part of a reserved range readable and writable.</summary>
    public static void CommitReadWrite(ulong address, ulong size) =>
        Check(MMap((nint)address, (nuint)size, Read | Write, Private | Anonymous | NoReserve | Fixed, -1, 0), "commit memory");

    /// <summary>An anonymous file.</summary>
    public static int CreateFile(string name, ulong size)
    {
        int file = MemFdCreate(name, 1);
        if (file < 0 || FTruncate(file, (nint)size) != 0) throw new Win32Exception(Marshal.GetLastPInvokeError(), "cannot create code memory");
        return file;
    }

    /// <summary>A view of a file for writing.</summary>
    public static ulong MapWritable(int file, ulong size) => Check(MMap(0, (nuint)size, Read | Write, Shared, file, 0), "map code memory");

    /// <summary>A view of a file for execution, at a given place.</summary>
    public static void MapExecutable(int file, ulong address, ulong size) =>
        Check(MMap((nint)address, (nuint)size, Read | Execute, Shared | Fixed, file, 0), "map executable memory");

    /// <summary>Closes a file; its views stay.</summary>
    public static void CloseFile(int file) => _ = Close(file);

    /// <summary>Gives pages back; they read as zero afterwards.</summary>
    public static void Release(ulong address, ulong size)
    {
        if (size != 0 && MAdvise((nint)address, (nuint)size, DontNeed) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError(), "cannot release memory");
    }

    /// <summary>Ends a mapping.</summary>
    public static void Unmap(ulong address, ulong size) => _ = MUnmap((nint)address, (nuint)size);

    private static ulong Check(nint address, string what) =>
        address != -1 ? (ulong)address : throw new Win32Exception(Marshal.GetLastPInvokeError(), $"cannot {what}");

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint MMap(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static partial int MUnmap(nint address, nuint length);

    [LibraryImport("libc", EntryPoint = "madvise", SetLastError = true)]
    private static partial int MAdvise(nint address, nuint length, int advice);

    [LibraryImport("libc", EntryPoint = "memfd_create", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MemFdCreate(string name, uint flags);

    [LibraryImport("libc", EntryPoint = "ftruncate", SetLastError = true)]
    private static partial int FTruncate(int file, nint size);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int file);
}
