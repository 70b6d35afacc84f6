using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Mu.Bench;

/// <summary>What one run took and gave.</summary>
internal sealed record Run(int ExitCode, bool TimedOut, TimeSpan Wall, TimeSpan User, long PeakBytes, string Output, string FirstErrorLine);

/// <summary>
/// Runs a command to its end and measures it with wait4. The child gets a process group of its own, so that a time-out stops
/// whatever it has started as well.
/// </summary>
internal static unsafe partial class ChildProcess
{
    private const int SigKill = 9;
    private const short SetProcessGroup = 2;     // POSIX_SPAWN_SETPGROUP
    private const int WriteCreateTruncate = 0x241; // O_WRONLY | O_CREAT | O_TRUNC on Linux
    private static readonly TimeSpan SampleEvery = TimeSpan.FromMilliseconds(5);

    public static Run Measure(IReadOnlyList<string> command, TimeSpan timeout)
    {
        var folder = Directory.CreateTempSubdirectory("mubench");
        try
        {
            var output = Path.Combine(folder.FullName, "stdout");
            var errors = Path.Combine(folder.FullName, "stderr");
            var clock = Stopwatch.StartNew();
            var ownPeak = PeakOf(Environment.ProcessId);
            var pid = Spawn(command, output, errors);
            using var watcher = new Watcher(pid, timeout);
            int status;
            ResourceUsage usage;
            while (Wait4(pid, &status, 0, &usage) < 0)
            {
                var error = Marshal.GetLastPInvokeError();
                if (error != 4) // EINTR
                    throw new Win32Exception(error);
            }
            var wall = clock.Elapsed;
            watcher.Dispose();

            // execve keeps the peak of the memory that the child shared with us until then; below that, only samples tell.
            var reported = usage.MaxResidentKilobytes * 1024;
            var peak = reported > ownPeak ? reported : watcher.PeakBytes;
            var exitCode = (status & 0x7f) == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f);
            return new Run(exitCode, watcher.TimedOut, wall, usage.User, peak, File.ReadAllText(output), FirstLine(errors));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string FirstLine(string path) =>
        File.ReadLines(path).FirstOrDefault(line => line.Length > 0) ?? "";

    private static long PeakOf(int pid)
    {
        try
        {
            foreach (var line in File.ReadLines($"/proc/{pid}/status"))
            {
                if (line.StartsWith("VmHWM:", StringComparison.Ordinal))
                    return long.Parse(line.AsSpan(6, line.Length - 6 - 3).Trim(), CultureInfo.InvariantCulture) * 1024;
            }
        }
        catch (IOException)
        {
            // The process ended between two samples: there is nothing left to read.
        }
        return 0;
    }

    private static int Spawn(IReadOnlyList<string> command, string output, string errors)
    {
        var actions = stackalloc byte[512]; // posix_spawn_file_actions_t and posix_spawnattr_t are opaque, and smaller than this
        var attributes = stackalloc byte[1024];
        Check(FileActionsInit(actions));
        Check(AttributesInit(attributes));
        var arguments = ToNativeArray(command);
        var environment = ToNativeArray([.. Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>().Select(e => $"{e.Key}={e.Value}")]);
        try
        {
            Check(FileActionsAddOpen(actions, 0, "/dev/null", 0, 0));
            Check(FileActionsAddOpen(actions, 1, output, WriteCreateTruncate, 0x180));
            Check(FileActionsAddOpen(actions, 2, errors, WriteCreateTruncate, 0x180));
            Check(AttributesSetFlags(attributes, SetProcessGroup));
            int pid;
            var error = PosixSpawn(&pid, command[0], actions, attributes, arguments, environment);
            return error == 0 ? pid : throw new BenchException($"cannot start {command[0]}: {new Win32Exception(error).Message}");
        }
        finally
        {
            FreeNativeArray(arguments);
            FreeNativeArray(environment);
            _ = FileActionsDestroy(actions);
            _ = AttributesDestroy(attributes);
        }
    }

    private static void Check(int error)
    {
        if (error != 0)
            throw new Win32Exception(error);
    }

    private static byte** ToNativeArray(IReadOnlyList<string> words)
    {
        var array = (byte**)NativeMemory.Alloc((nuint)(words.Count + 1), (nuint)sizeof(byte*));
        for (var i = 0; i < words.Count; i++)
            array[i] = (byte*)Marshal.StringToCoTaskMemUTF8(words[i]);
        array[words.Count] = null;
        return array;
    }

    private static void FreeNativeArray(byte** array)
    {
        for (var entry = array; *entry != null; entry++)
            Marshal.FreeCoTaskMem((nint)(*entry));
        NativeMemory.Free(array);
    }

    /// <summary>Samples a child's peak memory and stops it when its time is over.</summary>
    private sealed class Watcher : IDisposable
    {
        private readonly ManualResetEventSlim _ended = new();
        private readonly Thread _thread;

        public Watcher(int pid, TimeSpan timeout)
        {
            _thread = new Thread(() => Watch(pid, timeout)) { IsBackground = true };
            _thread.Start();
        }

        public long PeakBytes { get; private set; }

        public bool TimedOut { get; private set; }

        public void Dispose()
        {
            _ended.Set();
            _thread.Join();
        }

        private void Watch(int pid, TimeSpan timeout)
        {
            var clock = Stopwatch.StartNew();
            do
            {
                PeakBytes = Math.Max(PeakBytes, PeakOf(pid));
                if (!TimedOut && clock.Elapsed > timeout)
                {
                    TimedOut = true;
                    _ = Kill(-pid, SigKill);
                }
            }
            while (!_ended.Wait(SampleEvery));
        }
    }

    /// <summary>struct rusage of 64-bit Linux.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct ResourceUsage
    {
        private readonly long _userSeconds, _userMicroseconds, _systemSeconds, _systemMicroseconds;
        public readonly long MaxResidentKilobytes;
        private fixed long _rest[13];

        public readonly TimeSpan User => TimeSpan.FromMicroseconds((_userSeconds * 1_000_000) + _userMicroseconds);
    }

    [LibraryImport("libc", EntryPoint = "wait4", SetLastError = true)]
    private static partial int Wait4(int pid, int* status, int options, ResourceUsage* usage);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int pid, int signal);

    [LibraryImport("libc", EntryPoint = "posix_spawn", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int PosixSpawn(int* pid, string path, byte* actions, byte* attributes, byte** arguments, byte** environment);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    private static partial int FileActionsInit(byte* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    private static partial int FileActionsDestroy(byte* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addopen", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int FileActionsAddOpen(byte* actions, int descriptor, string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_init")]
    private static partial int AttributesInit(byte* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_destroy")]
    private static partial int AttributesDestroy(byte* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setflags")]
    private static partial int AttributesSetFlags(byte* attributes, short flags);
}
