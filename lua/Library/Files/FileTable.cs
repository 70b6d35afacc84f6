namespace Mu.Lua.Library.Files;

/// <summary>The open files of a state by number: a userdata holds the number. The standard streams are 0, 1 and 2.</summary>
internal sealed class FileTable : IDisposable
{
    private readonly Dictionary<int, LuaFile> files = [];
    private int next = 3;

    /// <summary>With the process's standard streams where none are given. A host sees at once what is written to its own.</summary>
    public FileTable(Stream? input, Stream? output, Stream? error)
    {
        StandardOutput = new(output ?? Console.OpenStandardOutput(), canRead: false, canWrite: true)
        {
            IsStandard = true,
            Buffering = output is not null ? Buffering.None : Console.IsOutputRedirected ? Buffering.Full : Buffering.Line,
        };
        StandardError = new(error ?? Console.OpenStandardError(), canRead: false, canWrite: true) { IsStandard = true, Buffering = Buffering.None, TiedOutput = StandardOutput };
        var tied = input is not null || Console.IsInputRedirected ? null : StandardOutput;
        files.Add(0, new(input ?? Console.OpenStandardInput(), canRead: true, canWrite: false) { IsStandard = true, TiedOutput = tied });
        files.Add(1, StandardOutput);
        files.Add(2, StandardError);
    }

    public LuaFile StandardOutput { get; }

    public LuaFile StandardError { get; }

    public int Add(LuaFile file)
    {
        files.Add(next, file);
        return next++;
    }

    /// <summary>The open file of a number; null when it is closed.</summary>
    public LuaFile? Find(int number) => files.GetValueOrDefault(number);

    public void Remove(int number) => files.Remove(number);

    public void FlushAll()
    {
        foreach (var file in files.Values) file.TryFlush(out _);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (number, file) in files.ToArray())
        {
            if (file.IsStandard) file.TryFlush(out _);
            else
            {
                file.TryClose(out _, out _);
                files.Remove(number);
            }
        }
    }

    /// <summary>fopen. Throws what <see cref="SystemError.From"/> knows.</summary>
    public static LuaFile Open(string name, string mode)
    {
        bool updates = mode.Contains('+');
        bool reads = mode[0] == 'r' || updates, writes = mode[0] != 'r' || updates;
        var access = reads ? writes ? FileAccess.ReadWrite : FileAccess.Read : FileAccess.Write;
        var kind = mode[0] == 'r' ? FileMode.Open : mode[0] == 'w' ? FileMode.Create : FileMode.OpenOrCreate;
        if (Directory.Exists(name)) return writes ? throw new IOException("", SystemError.Directory.Number) : new LuaFile(new DirectoryStream(), true, false);
        var stream = new FileStream(name, kind, access, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        return new LuaFile(mode[0] == 'a' ? new AppendingStream(stream) : stream, reads, writes);
    }

    /// <summary>Directories open for reading, and fail then.</summary>
    private sealed class DirectoryStream : MemoryStream
    {
        public override int Read(Span<byte> buffer) => throw new IOException("", SystemError.Directory.Number);
    }
}
