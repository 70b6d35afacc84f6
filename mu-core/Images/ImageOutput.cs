using System.Text;

namespace Mu.Core.Images;

/// <summary>The parts of an image on their way into a file: numbers of seven bits to a byte, low ones first; texts with their lengths.</summary>
internal sealed class ImageOutput
{
    private byte[] bytes = new byte[4096];
    private int length;

    /// <summary>What has been written.</summary>
    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, length);

    /// <summary>A number that is seldom large.</summary>
    public void Number(ulong value)
    {
        Reserve(10);
        while (value >= 0x80)
        {
            bytes[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        bytes[length++] = (byte)value;
    }

    /// <summary>A count or an index.</summary>
    public void Number(int value) => Number((ulong)value);

    /// <summary>A number of either sign.</summary>
    public void Signed(long value) => Number(((ulong)value << 1) ^ (ulong)(value >> 63));

    /// <summary>A truth value.</summary>
    public void Truth(bool value) => Number(value ? 1UL : 0);

    /// <summary>A text, or null.</summary>
    public void Text(string? text)
    {
        if (text is null)
        {
            Number(0);
            return;
        }

        int size = Encoding.UTF8.GetByteCount(text);
        Number(size + 1);
        Reserve(size);
        length += Encoding.UTF8.GetBytes(text, bytes.AsSpan(length));
    }

    /// <summary>Bytes as they are; how many, the reader knows.</summary>
    public Span<byte> Raw(int size)
    {
        Reserve(size);
        length += size;
        return bytes.AsSpan(length - size, size);
    }

    private void Reserve(int more)
    {
        if (bytes.Length - length >= more) return;
        Array.Resize(ref bytes, (int)Math.Min(Array.MaxLength, Math.Max(checked((long)length + more), 2L * bytes.Length)));
    }
}
