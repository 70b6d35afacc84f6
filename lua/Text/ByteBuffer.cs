using System.Buffers;

namespace Mu.Lua.Text;

/// <summary>A growable run of bytes that is cleared and used again, so that building a string allocates nothing but the string.</summary>
internal sealed class ByteBuffer : IBufferWriter<byte>
{
    private byte[] _bytes = new byte[256];
    private int _length;

    /// <summary>How many bytes it takes before it throws <see cref="OutOfMemoryException"/>.</summary>
    public long MaxLength { get; init; } = Array.MaxLength;

    /// <summary>Bytes written so far.</summary>
    public int Length => _length;

    /// <summary>What was written; valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <summary>Forgets the contents and keeps the memory.</summary>
    public void Clear() => _length = 0;

    /// <summary>Adds one byte.</summary>
    public void Append(byte value)
    {
        if (_length == _bytes.Length) Grow(1);
        _bytes[_length++] = value;
    }

    /// <summary>Adds bytes, which must not be part of this buffer.</summary>
    public void Append(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Extend(bytes.Length));

    /// <summary>Adds the same byte many times.</summary>
    public void Append(byte value, int count) => Extend(count).Fill(value);

    /// <summary>Adds bytes whose contents the caller writes at once.</summary>
    public Span<byte> Extend(int count)
    {
        if (_bytes.Length - _length < count) Grow(count);
        Span<byte> added = _bytes.AsSpan(_length, count);
        _length += count;
        return added;
    }

    void IBufferWriter<byte>.Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(_bytes.Length - _length), nameof(count));
        _length += count;
    }

    Memory<byte> IBufferWriter<byte>.GetMemory(int sizeHint)
    {
        Free(sizeHint);
        return _bytes.AsMemory(_length);
    }

    Span<byte> IBufferWriter<byte>.GetSpan(int sizeHint)
    {
        Free(sizeHint);
        return _bytes.AsSpan(_length);
    }

    private void Free(int sizeHint)
    {
        if (_bytes.Length - _length < Math.Max(sizeHint, 1)) Grow(Math.Max(sizeHint, 1));
    }

    private void Grow(int count)
    {
        long needed = (long)_length + count;
        if (needed > MaxLength) throw new OutOfMemoryException();
        Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(needed, 2L * _bytes.Length)));
    }
}
