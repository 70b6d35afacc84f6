using System.Text;

namespace Mu.Core.Images;

/// <summary>The other side of <see cref="ImageOutput"/>. What it reads may be anything: each step checks that it stays within the bytes and within the limits that its caller knows.</summary>
internal sealed class ImageInput(byte[] bytes)
{
    private static readonly UTF8Encoding StrictText = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Where the next part begins.</summary>
    public int Position { get; set; }

    /// <summary>Bytes that follow.</summary>
    public int Remaining => bytes.Length - Position;

    /// <summary>A number.</summary>
    public ulong Number()
    {
        ulong value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            byte next = Byte();
            if (shift == 63 && next > 1) break;
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }

        throw Bad("a number of more than 64 bits");
    }

    /// <summary>A number below <paramref name="limit"/>.</summary>
    public int Below(int limit, string what) => Number() is var value && value < (ulong)limit ? (int)value : throw Bad($"{what} {value} of {limit}");

    /// <summary>A number of parts of which each takes a byte at least.</summary>
    public int Count(string what) => Number() is var value && value <= (ulong)Remaining ? (int)value : throw Bad($"{value} {what}");

    /// <summary>A number of either sign.</summary>
    public long Signed() => Number() is var value ? (long)(value >> 1) ^ -(long)(value & 1) : 0;

    /// <summary>A truth value.</summary>
    public bool Truth() => Below(2, "truth value") != 0;

    /// <summary>A text, or null.</summary>
    public string? Text()
    {
        int size = Count("bytes of a text");
        if (size == 0) return null;
        try
        {
            return StrictText.GetString(Raw(size - 1));
        }
        catch (DecoderFallbackException)
        {
            throw Bad("a text that is not UTF-8");
        }
    }

    /// <summary>A text.</summary>
    public string NeededText() => Text() ?? throw Bad("a text that is missing");

    /// <summary>Bytes as they are.</summary>
    public ReadOnlySpan<byte> Raw(int size)
    {
        if (size < 0 || size > Remaining) throw Bad($"{size} bytes behind its end");
        Position += size;
        return bytes.AsSpan(Position - size, size);
    }

    /// <summary>What is wrong here.</summary>
    public MuImageException Bad(string what) => new($"the image is damaged: {what}, at byte {Position} of its contents");

    private byte Byte() => Position < bytes.Length ? bytes[Position++] : throw Bad("it ends too early");
}
