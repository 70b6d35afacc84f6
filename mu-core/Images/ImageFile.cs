using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Mu.Core.Images;

/// <summary>The envelope of a boot image (docs/images.md): what it is, of which version, how long, and a checksum of its contents.</summary>
internal static class ImageFile
{
    /// <summary>Changes with every change of the format.</summary>
    private const uint Version = 1;

    /// <summary>Changes with the memory layout of types and the bits of tagref64, which an image has in it.</summary>
    private const uint Layout = 1;

    private const int HeaderSize = 24 + SHA256.HashSizeInBytes;

    private static ReadOnlySpan<byte> Magic => "MUIMAGE\n"u8;

    /// <summary>Whether a file begins as an image does.</summary>
    public static bool IsImage(ReadOnlySpan<byte> beginning) => beginning.StartsWith(Magic);

    /// <summary>Writes contents with their envelope.</summary>
    public static void Write(Stream file, ReadOnlySpan<byte> contents)
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], Version);
        BinaryPrimitives.WriteUInt32LittleEndian(header[12..], Layout);
        BinaryPrimitives.WriteUInt64LittleEndian(header[16..], (ulong)contents.Length);
        SHA256.HashData(contents, header[24..]);
        file.Write(header);
        file.Write(contents);
    }

    /// <summary>Reads the contents, or says why not.</summary>
    public static byte[] Read(Stream file)
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        int size = file.ReadAtLeast(header, HeaderSize, throwOnEndOfStream: false);
        if (!IsImage(header[..size])) throw new MuImageException("the file is no boot image");
        if (size < HeaderSize) throw new MuImageException("the image is damaged: it ends within its header");
        uint version = BinaryPrimitives.ReadUInt32LittleEndian(header[8..]), layout = BinaryPrimitives.ReadUInt32LittleEndian(header[12..]);
        if (version != Version) throw new MuImageException($"the image has format version {version}; this micro VM reads version {Version}");
        if (layout != Layout) throw new MuImageException($"the image has memory layout {layout}; this micro VM has layout {Layout}");
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(header[16..]);
        if (length > (ulong)Array.MaxLength || (file.CanSeek && length != (ulong)(file.Length - file.Position)))
            throw new MuImageException($"the image is damaged: its contents are to have {length} bytes, and have {(file.CanSeek ? file.Length - file.Position : 0)}");
        byte[] contents = ReadContents(file, (int)length);
        Span<byte> sum = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(contents, sum);
        return sum.SequenceEqual(header[24..]) ? contents : throw new MuImageException("the image is damaged: its checksum is wrong");
    }

    private static byte[] ReadContents(Stream file, int length)
    {
        using var contents = new MemoryStream();
        file.CopyTo(contents);
        return contents.Length == length ? contents.ToArray() : throw new MuImageException($"the image is damaged: its contents are to have {length} bytes, and have {contents.Length}");
    }
}
