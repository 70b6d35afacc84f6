using System.Runtime.InteropServices;
using System.Text;
using Mu.RPython.Objects;
using Mu.RPython.Runtime;

namespace Mu.RPython.Evaluation;

/// <summary>Bytes that the operating system fills at compile time (<c>_mu.str_new</c>); slices of it are strs.</summary>
internal sealed class PyBuffer(int length)
{
    public byte[] Bytes { get; } = new byte[length];

    public override string ToString() => Encoding.Latin1.GetString(Bytes);
}

/// <summary>The operating system for modules that are imported: the same functions of C as compiled code calls.</summary>
internal static unsafe class HostSystem
{
    private static int error;

    /// <summary>The intrinsics; paths end with a zero byte, and what fails gives -1.</summary>
    public static readonly Dictionary<string, Func<object[], object>> Table = new()
    {
        ["str_new"] = a => new PyBuffer((int)(long)a[1]),
        ["errno"] = _ => (long)error,
        ["getpid"] = _ => (long)Environment.ProcessId,
        ["getuid"] = _ => (long)Leaves.Native.getuid(),
        ["isatty"] = a => (long)Leaves.Native.isatty((int)(long)a[0]),
        ["open"] = a => WithPath(a[0], path => Leaves.Native.open(path, (int)(long)a[1], (uint)(long)a[2])),
        ["close"] = a => Checked(Leaves.Native.close((int)(long)a[0])),
        ["lseek"] = a => Checked(Leaves.Native.lseek((int)(long)a[0], (long)a[1], (int)(long)a[2])),
        ["read"] = a => Read((int)(long)a[0], ((PyBuffer)a[1]).Bytes),
        ["write"] = a => Write((int)(long)a[0], Encoding.Latin1.GetBytes((string)a[1]).AsSpan((int)(long)a[2], (int)(long)a[3])),
        ["unlink"] = a => WithPath(a[0], path => Leaves.Native.unlink(path)),
        ["mkdir"] = a => WithPath(a[0], path => Leaves.Native.mkdir(path, (uint)(long)a[1])),
        ["rmdir"] = a => WithPath(a[0], path => Leaves.Native.rmdir(path)),
        ["rename"] = a => WithPath(a[0], path => (int)WithPath(a[1], to => Leaves.Native.rename(path, to))),
        ["is_folder"] = a => Directory.Exists(PathOf(a[0])) ? 1L : File.Exists(PathOf(a[0])) ? 0L : -1L,
        ["getcwd"] = a => CurrentFolder(((PyBuffer)a[0]).Bytes),
        ["status"] = a => Status(a[0], (long)a[1], ((PyBuffer)a[2]).Bytes),
    };

    private delegate long OnPath(byte* path);

    private static string PathOf(object text) => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes((string)text)).TrimEnd('\0');

    private static long WithPath(object path, OnPath action)
    {
        fixed (byte* bytes = Encoding.Latin1.GetBytes((string)path)) return Checked(action(bytes));
    }

    private static long Checked(long result)
    {
        if (result < 0) error = Marshal.GetLastPInvokeError();
        return result;
    }

    private static object Read(int fd, byte[] to)
    {
        fixed (byte* bytes = to) return Checked(Leaves.Native.read(fd, bytes, (nuint)to.Length));
    }

    private static object Write(int fd, ReadOnlySpan<byte> from)
    {
        fixed (byte* bytes = from) return Checked(Leaves.Native.write(fd, bytes, (nuint)from.Length));
    }

    private static object CurrentFolder(byte[] to)
    {
        byte[] folder = Encoding.UTF8.GetBytes(Environment.CurrentDirectory);
        if (folder.Length > to.Length) return -1L;
        folder.CopyTo(to, 0);
        return (long)folder.Length;
    }

    private static object Status(object path, long fd, byte[] buffer)
    {
        fixed (byte* to = buffer)
        {
            byte* target = to;
            return fd >= 0 ? Checked(Leaves.Native.fstat((int)fd, target)) : WithPath(path, name => fd == -2 ? Leaves.Native.lstat(name, target) : Leaves.Native.stat(name, target));
        }
    }
}
