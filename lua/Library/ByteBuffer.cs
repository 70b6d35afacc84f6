using System.Buffers;

namespace Mu.Lua.Library;

/// <summary>A growing byte array that is used again and again.</summary>
internal sealed class ByteBuffer : IBufferWriter<byte>
{
    private const int KeptSize = 1 << 20;
    private byte[] bytes = new byte[256];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, Length);

    /// <summary>Empties it. A very large array of an earlier use is given up.</summary>
    public ByteBuffer Clear()
    {
        if (bytes.Length > KeptSize) bytes = new byte[256];
        Length = 0;
        return this;
    }

    public void Add(byte value)
    {
        if (Length == bytes.Length) Grow(1);
        bytes[Length++] = value;
    }

    public void Add(ReadOnlySpan<byte> values)
    {
        values.CopyTo(GetSpan(values.Length));
        Length += values.Length;
    }

    /// <summary>Makes it <paramref name="length"/> bytes longer and gives them.</summary>
    public Span<byte> Extend(int length)
    {
        var span = GetSpan(length)[..length];
        Length += length;
        return span;
    }

    /// <summary>Takes bytes off the end.</summary>
    public void Truncate(int length) => Length = Math.Min(Length, length);

    /// <inheritdoc/>
    public void Advance(int count) => Length += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (bytes.Length - Length < Math.Max(sizeHint, 1)) Grow(Math.Max(sizeHint, 1));
        return bytes.AsMemory(Length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        if (bytes.Length - Length < Math.Max(sizeHint, 1)) Grow(Math.Max(sizeHint, 1));
        return bytes.AsSpan(Length);
    }

    private void Grow(int more) => Array.Resize(ref bytes, (int)Math.Min(Array.MaxLength, Math.Max((long)Length + more, bytes.Length * 2L)));
}
