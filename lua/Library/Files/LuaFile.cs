using System.Diagnostics;
using Mu.Lua.Text;

namespace Mu.Lua.Library.Files;

/// <summary>How writes are buffered (setvbuf).</summary>
internal enum Buffering
{
    None,
    Line,
    Full,
}

/// <summary>
/// A file with C's buffering (stdio) over a stream without any. Either the read buffer or the write buffer is in use; a change of direction writes out, or seeks back over what was
/// read ahead. Operations give false and an error instead of throwing.
/// </summary>
internal sealed class LuaFile(Stream stream, bool canRead, bool canWrite)
{
    private const int BufferSize = 16 * 1024;
    private readonly ByteBuffer writeBuffer = new();
    private byte[] readBuffer = [];
    private int readPosition, readEnd;

    /// <summary>Which buffering; full at first.</summary>
    public Buffering Buffering { get; set; } = Buffering.Full;

    /// <summary>The process of popen.</summary>
    public Process? Process { get; init; }

    /// <summary>Standard streams are not closed by programs.</summary>
    public bool IsStandard { get; init; }

    /// <summary>Written out before this one waits for input, or writes out itself: the order of what the user sees.</summary>
    public LuaFile? TiedOutput { get; init; }

    public bool IsClosed { get; private set; }

    /// <summary>The next byte without taking it; -1 at the end or on error.</summary>
    public int Peek(ref SystemError? error) => readPosition < readEnd || Fill(ref error) ? readBuffer[readPosition] : -1;

    /// <summary>Takes the byte that <see cref="Peek"/> gave.</summary>
    public void Skip() => readPosition++;

    /// <summary>Reads up to <paramref name="count"/> bytes; gives how many.</summary>
    public long Read(long count, ByteBuffer to, ref SystemError? error)
    {
        long done = 0;
        while (done < count && (readPosition < readEnd || Fill(ref error)))
        {
            int part = (int)Math.Min(count - done, readEnd - readPosition);
            to.Append(readBuffer.AsSpan(readPosition, part));
            readPosition += part;
            done += part;
        }
        return done;
    }

    /// <summary>Reads a line; false at the end of the file.</summary>
    public bool ReadLine(bool keepsEnd, ByteBuffer to, ref SystemError? error)
    {
        bool any = false;
        while (readPosition < readEnd || Fill(ref error))
        {
            any = true;
            var rest = readBuffer.AsSpan(readPosition, readEnd - readPosition);
            int end = rest.IndexOf((byte)'\n');
            to.Append(end < 0 ? rest : rest[..(keepsEnd ? end + 1 : end)]);
            readPosition += end < 0 ? rest.Length : end + 1;
            if (end >= 0) return true;
        }
        return any;
    }

    public bool TryWrite(ReadOnlySpan<byte> bytes, out SystemError? error)
    {
        error = null;
        if (!canWrite)
        {
            error = SystemError.WrongDirection;
            return false;
        }
        try
        {
            DropReadAhead();
            writeBuffer.Append(bytes);
            bool isDue = Buffering == Buffering.None || writeBuffer.Length >= BufferSize || (Buffering == Buffering.Line && bytes.Contains((byte)'\n'));
            if (isDue) WriteOut();
            return true;
        }
        catch (Exception e) when (SystemError.From(e) is { } known)
        {
            error = known;
            return false;
        }
    }

    public bool TryFlush(out SystemError? error)
    {
        error = null;
        try
        {
            if (!IsClosed) WriteOut();
            return true;
        }
        catch (Exception e) when (SystemError.From(e) is { } known)
        {
            error = known;
            return false;
        }
    }

    public bool TrySeek(SeekOrigin origin, long offset, out long position, out SystemError? error)
    {
        position = 0;
        error = stream.CanSeek ? null : SystemError.NotSeekable;
        if (error is not null) return false;
        try
        {
            WriteOut();
            if (origin == SeekOrigin.Current) offset -= readEnd - readPosition;
            position = stream.Seek(offset, origin);
            readPosition = readEnd = 0;
            return true;
        }
        catch (Exception e) when (SystemError.From(e) is { } known)
        {
            error = known;
            return false;
        }
    }

    /// <summary>Writes out and closes; the exit code of popen's process.</summary>
    public bool TryClose(out int exitCode, out SystemError? error)
    {
        exitCode = 0;
        bool done = TryFlush(out error);
        IsClosed = true;
        try
        {
            stream.Dispose();
        }
        catch (Exception e) when (SystemError.From(e) is { } known)
        {
            error = known;
            done = false;
        }
        if (Process is null) return done;
        Process.WaitForExit();
        exitCode = Process.ExitCode;
        Process.Dispose();
        return done;
    }

    private bool Fill(ref SystemError? error)
    {
        if (!canRead)
        {
            error ??= SystemError.WrongDirection;
            return false;
        }
        try
        {
            WriteOut();
            TiedOutput?.WriteOut();
            if (readBuffer.Length == 0) readBuffer = new byte[BufferSize];
            readPosition = 0;
            readEnd = stream.Read(readBuffer);
            return readEnd > 0;
        }
        catch (Exception e) when (SystemError.From(e) is { } known)
        {
            error = known;
            readEnd = 0;
            return false;
        }
    }

    private void DropReadAhead()
    {
        if (readPosition < readEnd && stream.CanSeek) stream.Seek(readPosition - readEnd, SeekOrigin.Current);
        readPosition = readEnd = 0;
    }

    private void WriteOut()
    {
        if (writeBuffer.Length == 0) return;
        try
        {
            TiedOutput?.WriteOut();
            stream.Write(writeBuffer.Written);
            stream.Flush();
        }
        finally
        {
            writeBuffer.Clear();
        }
    }
}
