using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Mu.ClientLib.Building;
using Mu.Core.Api;
using Mu.Core.IR;
using Mu.Core.Types;
using Mu.RPython.Lowering;
using Mu.RPython.Objects;

namespace Mu.RPython.Runtime;

/// <summary>What compiled code has from C#: the operating system, and floats as text. None of these calls guest code. A float comes back as its bits.</summary>
internal static unsafe partial class Leaves
{
    private static readonly Dictionary<string, (ExternConstant Constant, nint Address)> Table = Make();

    private static int lastIdentity;

    private static int lastThread = 1;

    /// <summary>A leaf by the name of its intrinsic. It is a symbol, so that saved programs find it in another process.</summary>
    public static Constant? Find(string name) => Table.GetValueOrDefault(name).Constant;

    /// <summary>Gives the symbols of all leaves their addresses.</summary>
    public static void Register(MuVM vm)
    {
        foreach (var (constant, address) in Table.Values) vm.RegisterSymbol(constant.Symbol, address);
    }

    /// <summary>Whether argument 0 is a float, so that an int is converted.</summary>
    public static bool WantsFloat(string name) => name is "format_double";

    private static Dictionary<string, (ExternConstant Constant, nint Address)> Make()
    {
        MuType i = IntType.I64, s = TypeMap.StringRef, d = SimpleType.Double;
        return new()
        {
            ["next_identity"] = Leaf("next_identity", (nint)(delegate* unmanaged<nint, long>)&NextIdentity, [], i),
            ["object_identity"] = Leaf("object_identity", (nint)(delegate* unmanaged<nint, ulong, long>)&ObjectIdentity, [WellKnownTypes.RefVoid], i),
            ["write"] = Leaf("write", (nint)(delegate* unmanaged<nint, long, ulong, long, long, long>)&Write, [i, s, i, i], i),
            ["read"] = Leaf("read", (nint)(delegate* unmanaged<nint, long, ulong, long>)&Read, [i, s], i),
            ["open"] = Leaf("open", (nint)(delegate* unmanaged<nint, ulong, long, long, long>)&Open, [s, i, i], i),
            ["close"] = Leaf("close", (nint)(delegate* unmanaged<nint, long, long>)&Close, [i], i),
            ["lseek"] = Leaf("lseek", (nint)(delegate* unmanaged<nint, long, long, long, long>)&Seek, [i, i, i], i),
            ["unlink"] = Leaf("unlink", (nint)(delegate* unmanaged<nint, ulong, long>)&Unlink, [s], i),
            ["getcwd"] = Leaf("getcwd", (nint)(delegate* unmanaged<nint, ulong, long>)&CurrentFolder, [s], i),
            ["isatty"] = Leaf("isatty", (nint)(delegate* unmanaged<nint, long, long>)&IsTerminal, [i], i),
            ["mkdir"] = Leaf("mkdir", (nint)(delegate* unmanaged<nint, ulong, long, long>)&MakeFolder, [s, i], i),
            ["rmdir"] = Leaf("rmdir", (nint)(delegate* unmanaged<nint, ulong, long>)&RemoveFolder, [s], i),
            ["rename"] = Leaf("rename", (nint)(delegate* unmanaged<nint, ulong, ulong, long>)&Rename, [s, s], i),
            ["is_folder"] = Leaf("is_folder", (nint)(delegate* unmanaged<nint, ulong, long>)&IsFolder, [s], i),
            ["raw_malloc"] = Leaf("raw_malloc", (nint)(delegate* unmanaged<nint, long, long, nint>)&AllocateRaw, [i, i], i),
            ["raw_free"] = Leaf("raw_free", (nint)(delegate* unmanaged<nint, nint, long>)&FreeRaw, [i], i),
            ["raw_copy"] = Leaf("raw_copy", (nint)(delegate* unmanaged<nint, ulong, nint>)&CopyRaw, [s], i),
            ["status"] = Leaf("status", (nint)(delegate* unmanaged<nint, ulong, long, ulong, long>)&Status, [s, i, s], i),
            ["next_thread"] = Leaf("next_thread", (nint)(delegate* unmanaged<nint, long>)&NextThread, [], i),
            ["thread_failed"] = Leaf("thread_failed", (nint)(delegate* unmanaged<nint, ulong, long>)&ThreadFailed, [TypeMap.ObjectRef], i),
            ["environment"] = Leaf("environment", (nint)(delegate* unmanaged<nint, ulong>)&CopyEnvironment, [], s),
            ["sleep"] = Leaf("sleep", (nint)(delegate* unmanaged<nint, long, long>)&Sleep, [i], i),
            ["getpid"] = Leaf("getpid", (nint)(delegate* unmanaged<nint, long>)&ProcessId, [], i),
            ["signal_set"] = Leaf("signal_set", (nint)(delegate* unmanaged<nint, long, long, long>)&Signals.Set, [i, i], i),
            ["signal_poll"] = Leaf("signal_poll", (nint)(delegate* unmanaged<nint, long>)&Signals.Poll, [], i),
            ["getuid"] = Leaf("getuid", (nint)(delegate* unmanaged<nint, long>)&UserId, [], i),
            ["register_finalizer"] = Leaf("register_finalizer", (nint)(delegate* unmanaged<nint, ulong, long>)&RegisterFinalizer, [TypeMap.ObjectRef], i),
            ["take_finalizable"] = Leaf("take_finalizable", (nint)(delegate* unmanaged<nint, ulong>)&TakeFinalizable, [], TypeMap.ObjectRef),
            ["leave_stack_reserve"] = Leaf("leave_stack_reserve", (nint)(delegate* unmanaged<nint, long>)&LeaveStackReserve, [], i),
            ["keepalive"] = Leaf("keepalive", (nint)(delegate* unmanaged<nint, ulong, long>)&KeepAlive, [TypeMap.ObjectRef], i),
            ["collect"] = Leaf("collect", (nint)(delegate* unmanaged<nint, long>)&Collect, [], i),
            ["errno"] = Leaf("errno", (nint)(delegate* unmanaged<nint, long>)&ErrorNumber, [], i),
            ["exit"] = Leaf("exit", (nint)(delegate* unmanaged<nint, long, long>)&Exit, [i], i),
            ["time"] = Leaf("time", (nint)(delegate* unmanaged<nint, long>)&Time, [], i),
            ["clock"] = Leaf("clock", (nint)(delegate* unmanaged<nint, long>)&Clock, [], i),
            ["format_double"] = Leaf("format_double", (nint)(delegate* unmanaged<nint, double, long, long, ulong>)&FormatDouble, [d, i, i], s),
            ["is_double"] = Leaf("is_double", (nint)(delegate* unmanaged<nint, ulong, long>)&IsDouble, [s], i),
            ["parse_double"] = Leaf("parse_double", (nint)(delegate* unmanaged<nint, ulong, long>)&ParseDouble, [s], i),
        };
    }

    private static (ExternConstant Constant, nint Address) Leaf(string name, nint address, MuType[] parameters, MuType result) =>
        (new ExternConstant(new FunctionReferenceType(TypeKind.UFuncPtr, new FunctionSignature(parameters, [result])), "murpy." + name), address);

    /// <summary>The bytes of a str; valid until the next allocation.</summary>
    private static Span<byte> Bytes(ulong s) => new((void*)(s + (ulong)StringOffset), (int)(*(ulong*)(s - 8) >> 32));

    private static readonly int StringOffset = MemoryLayout.VariablePart(TypeMap.String).Offset;

    private static int error;

    private static long Checked(long result)
    {
        if (result < 0) error = Marshal.GetLastPInvokeError();
        return result;
    }

    [UnmanagedCallersOnly]
    private static long NextIdentity(nint context) => Interlocked.Increment(ref lastIdentity);

    /// <summary>The number of an object that is no instance; None has 0.</summary>
    [UnmanagedCallersOnly]
    private static long ObjectIdentity(nint context, ulong value) =>
        value == 0 ? 0 : ((RPythonMachine)new Mutator(context).ClientState!).Identities.Of(value, () => Interlocked.Increment(ref lastIdentity));

    [UnmanagedCallersOnly]
    private static long NextThread(nint context) => Interlocked.Increment(ref lastThread);

    /// <summary>An exception that a thread does not catch ends the program.</summary>
    [UnmanagedCallersOnly]
    private static long ThreadFailed(nint context, ulong exception)
    {
        Console.Error.WriteLine(((RPythonMachine)new Mutator(context).ClientState!).MessageOf(exception == 0 ? 0 : *(int*)exception, exception == 0));
        Native._exit(134);
        return 0;
    }

    [UnmanagedCallersOnly]
    private static long Write(nint context, long fd, ulong s, long start, long count)
    {
        fixed (byte* bytes = Bytes(s)) return Checked(Native.write((int)fd, bytes + start, (nuint)count));
    }

    [UnmanagedCallersOnly]
    private static long Read(nint context, long fd, ulong s)
    {
        var to = Bytes(s);
        fixed (byte* bytes = to) return Checked(Native.read((int)fd, bytes, (nuint)to.Length));
    }

    /// <summary>The path ends with a zero byte.</summary>
    [UnmanagedCallersOnly]
    private static long Open(nint context, ulong path, long flags, long mode)
    {
        fixed (byte* bytes = Bytes(path)) return Checked(Native.open(bytes, (int)flags, (uint)mode));
    }

    [UnmanagedCallersOnly]
    private static long Close(nint context, long fd) => Checked(Native.close((int)fd));

    [UnmanagedCallersOnly]
    private static long Seek(nint context, long fd, long offset, long whence) => Checked(Native.lseek((int)fd, offset, (int)whence));

    [UnmanagedCallersOnly]
    private static long Unlink(nint context, ulong path)
    {
        fixed (byte* bytes = Bytes(path)) return Checked(Native.unlink(bytes));
    }

    [UnmanagedCallersOnly]
    private static long CurrentFolder(nint context, ulong s)
    {
        byte[] folder = Encoding.UTF8.GetBytes(System.Environment.CurrentDirectory);
        var to = Bytes(s);
        if (folder.Length > to.Length) return -1;
        folder.CopyTo(to);
        return folder.Length;
    }

    [UnmanagedCallersOnly]
    private static long IsTerminal(nint context, long fd) => Native.isatty((int)fd);

    [UnmanagedCallersOnly]
    private static long MakeFolder(nint context, ulong path, long mode)
    {
        fixed (byte* bytes = Bytes(path)) return Checked(Native.mkdir(bytes, (uint)mode));
    }

    [UnmanagedCallersOnly]
    private static long RemoveFolder(nint context, ulong path)
    {
        fixed (byte* bytes = Bytes(path)) return Checked(Native.rmdir(bytes));
    }

    [UnmanagedCallersOnly]
    private static long Rename(nint context, ulong path, ulong to)
    {
        fixed (byte* old = Bytes(path))
        fixed (byte* made = Bytes(to))
            return Checked(Native.rename(old, made));
    }

    /// <summary>1 for a folder, 0 for a file, -1 for nothing.</summary>
    [UnmanagedCallersOnly]
    private static long IsFolder(nint context, ulong path)
    {
        string name = Encoding.UTF8.GetString(Bytes(path)).TrimEnd('\0');
        return Directory.Exists(name) ? 1 : File.Exists(name) ? 0 : -1;
    }

    /// <summary>stat of a path (follows links), lstat (fd -2), fstat when there is a descriptor; the buffer takes a struct stat.</summary>
    [UnmanagedCallersOnly]
    private static long Status(nint context, ulong path, long fd, ulong buffer)
    {
        fixed (byte* name = Bytes(path))
        fixed (byte* to = Bytes(buffer))
            return Checked(fd >= 0 ? Native.fstat((int)fd, to) : fd == -2 ? Native.lstat(name, to) : Native.stat(name, to));
    }

    /// <summary>Raw memory, 0 when there is none left.</summary>
    [UnmanagedCallersOnly]
    private static nint AllocateRaw(nint context, long bytes, long isZeroed)
    {
        try
        {
            return (nint)(isZeroed != 0 ? NativeMemory.AllocZeroed((nuint)bytes) : NativeMemory.Alloc((nuint)bytes));
        }
        catch (OutOfMemoryException)
        {
            return 0;
        }
    }

    [UnmanagedCallersOnly]
    private static long FreeRaw(nint context, nint address)
    {
        NativeMemory.Free((void*)address);
        return 0;
    }

    /// <summary>A str as C has it, with a zero byte at its end; NULL for None.</summary>
    [UnmanagedCallersOnly]
    private static nint CopyRaw(nint context, ulong s)
    {
        if (s == 0) return 0;
        var bytes = Bytes(s);
        byte* copy = (byte*)NativeMemory.Alloc((nuint)bytes.Length + 1);
        bytes.CopyTo(new Span<byte>(copy, bytes.Length));
        copy[bytes.Length] = 0;
        return (nint)copy;
    }

    [UnmanagedCallersOnly]
    private static long Sleep(nint context, long milliseconds)
    {
        Thread.Sleep((int)milliseconds);
        return 0;
    }

    [UnmanagedCallersOnly]
    private static long ProcessId(nint context) => System.Environment.ProcessId;

    [UnmanagedCallersOnly]
    private static long UserId(nint context) => Native.getuid();

    [UnmanagedCallersOnly]
    private static long RegisterFinalizer(nint context, ulong instance)
    {
        ((RPythonMachine)new Mutator(context).ClientState!).RegisterFinalizer(instance);
        return 0;
    }

    /// <summary>An instance to be finalized; None when there is none.</summary>
    [UnmanagedCallersOnly]
    private static ulong TakeFinalizable(nint context) => ((RPythonMachine)new Mutator(context).ClientState!).TakeFinalizable();

    [UnmanagedCallersOnly]
    private static long LeaveStackReserve(nint context)
    {
        new Mutator(context).LeaveStackReserve();
        return 0;
    }

    [UnmanagedCallersOnly]
    private static long KeepAlive(nint context, ulong instance) => 0;

    [UnmanagedCallersOnly]
    private static long Collect(nint context)
    {
        ((RPythonMachine)new Mutator(context).ClientState!).Collect();
        return 0;
    }

    [UnmanagedCallersOnly]
    private static long ErrorNumber(nint context) => error;

    [UnmanagedCallersOnly]
    private static long Exit(nint context, long code)
    {
        Evaluation.TemporaryFolders.DeleteAll();
        Native._exit((int)code);
        return 0;
    }

    [UnmanagedCallersOnly]
    private static long Time(nint context) => BitConverter.DoubleToInt64Bits((DateTime.UtcNow - DateTime.UnixEpoch).TotalSeconds);

    [UnmanagedCallersOnly]
    private static long Clock(nint context) => BitConverter.DoubleToInt64Bits(Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds);

    /// <summary>A float as text: code 'f', 'e', 'g' with a precision, or 'r' for the shortest text that reads back.</summary>
    [UnmanagedCallersOnly]
    private static ulong FormatDouble(nint context, double value, long code, long precision)
    {
        return NewString(context, Formatted(value, (char)code, (int)precision));
    }

    /// <summary>A float as text: f, e and g as C has them, r as the shortest text that reads back as the same float.</summary>
    public static string Formatted(double value, char code, int precision)
    {
        if (!double.IsFinite(value)) return HostText.Float(value, precision);
        switch (code)
        {
            case 'f': return value.ToString($"F{precision}", CultureInfo.InvariantCulture);
            case 'e': return value.ToString(precision == 0 ? "0e+00" : $"0.{new string('0', precision)}e+00", CultureInfo.InvariantCulture);
            case 'r':
                string shortest = HostText.Float(value, 17);
                return shortest.EndsWith(".0", StringComparison.Ordinal) ? shortest[..^2] : shortest;
            default: return HostText.General(value, precision);
        }
    }

    private static ulong NewString(nint context, string text)
    {
        var mutator = new Mutator(context);
        ulong s = mutator.NewHybrid(((RPythonMachine)mutator.ClientState!).StringType, (ulong)text.Length);
        Encoding.Latin1.GetBytes(text, Bytes(s));
        return s;
    }

    /// <summary>The environment's variables, NAME=VALUE with a zero byte behind each; a character for each byte.</summary>
    public static string Environment()
    {
        var text = new StringBuilder();
        foreach (System.Collections.DictionaryEntry e in System.Environment.GetEnvironmentVariables())
            text.Append(Encoding.Latin1.GetString(Encoding.UTF8.GetBytes($"{e.Key}={e.Value}"))).Append('\0');
        return text.ToString();
    }

    [UnmanagedCallersOnly]
    private static ulong CopyEnvironment(nint context) => NewString(context, Environment());

    private static bool TryParse(ulong s, out double value)
    {
        string text = Encoding.Latin1.GetString(Bytes(s)).Trim();
        switch (text.ToLowerInvariant())
        {
            case "inf" or "+inf" or "infinity": value = double.PositiveInfinity; return true;
            case "-inf" or "-infinity": value = double.NegativeInfinity; return true;
            case "nan": value = double.NaN; return true;
            default: return double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value);
        }
    }

    [UnmanagedCallersOnly]
    private static long IsDouble(nint context, ulong s) => TryParse(s, out _) ? 1 : 0;

    [UnmanagedCallersOnly]
    private static long ParseDouble(nint context, ulong s) => BitConverter.DoubleToInt64Bits(TryParse(s, out double value) ? value : double.NaN);

    /// <summary>Functions of C's library.</summary>
    internal static partial class Native
    {
        [LibraryImport("libc", SetLastError = true)]
        public static partial nint write(int fd, byte* bytes, nuint count);

        [LibraryImport("libc", SetLastError = true)]
        public static partial nint read(int fd, byte* bytes, nuint count);

        [LibraryImport("libc", SetLastError = true)]
        public static partial int open(byte* path, int flags, uint mode);

        [LibraryImport("libc", SetLastError = true)]
        public static partial int close(int fd);

        [LibraryImport("libc", SetLastError = true)]
        public static partial long lseek(int fd, long offset, int whence);

        [LibraryImport("libc", SetLastError = true)]
        public static partial int unlink(byte* path);

        [LibraryImport("libc", SetLastError = true)]
        public static partial int mkdir(byte* path, uint mode);

        [LibraryImport("libc", SetLastError = true)]
        public static partial int rmdir(byte* path);

        [LibraryImport("libc", SetLastError = true)]
        public static partial int rename(byte* path, byte* to);

        [LibraryImport("libc", SetLastError = true)]
        public static partial int stat(byte* path, byte* to);

        [LibraryImport("libc", SetLastError = true)]
        public static partial int lstat(byte* path, byte* to);

        [LibraryImport("libc", SetLastError = true)]
        public static partial int fstat(int fd, byte* to);

        [LibraryImport("libc")]
        public static partial uint getuid();

        [LibraryImport("libc")]
        public static partial int isatty(int fd);

        [LibraryImport("libc")]
        public static partial void _exit(int code);
    }
}
