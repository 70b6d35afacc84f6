using System.Buffers.Binary;
using System.Text;
using Mu.Lua.Text;
using Mu.Lua.Text.Strings;

namespace Mu.Lua.Compilation;

/// <summary>
/// A function as string.dump writes it: the source of its whole chunk and the way to the function in it, as child numbers from the main function. Only so do names mean in the copy
/// what they mean in the original, and positions stay right. The text is checked by a hash; its first byte is that of PUC's binary chunks, which no source begins with.
/// </summary>
internal sealed record FunctionDump(string SourceName, bool IsStripped, int[] Path, byte[] Source)
{
    /// <summary>The first byte of a binary chunk.</summary>
    public const byte FirstByte = 0x1B;

    private const byte Version = 1;
    private const int HashSize = sizeof(ulong);

    /// <summary>
    /// PUC's header (signature, version 5.4, format 0, LUAC_DATA, sizes of instruction, integer and number, LUAC_INT, LUAC_NUM), by which tools know binary chunks, and ours: what follows is
    /// not PUC's bytecode.
    /// </summary>
    private static readonly byte[] Signature =
        [0x1B, .. "Lua"u8, 0x54, 0, 0x19, 0x93, 13, 10, 0x1A, 10, 4, 8, 8, 0x78, 0x56, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x28, 0x77, 0x40, .. "Mua"u8];

    /// <summary>What to write for a prototype.</summary>
    public static FunctionDump Of(Prototype prototype, bool isStripped)
    {
        var path = new List<int>();
        for (var inner = prototype; inner.Parent is { } parent; inner = parent)
        {
            int child = 0;
            while (!ReferenceEquals(parent.Node.Children[child], inner.Node)) child++;
            path.Insert(0, child);
        }
        return new(isStripped ? "=?" : prototype.SourceName, isStripped, [.. path], prototype.Source);
    }

    /// <summary>Adds the binary chunk.</summary>
    public void Write(ByteBuffer to)
    {
        int start = to.Length;
        to.Append(Signature);
        to.Append(Version);
        to.Append((byte)(IsStripped ? 1 : 0));
        WriteBytes(Encoding.Latin1.GetBytes(SourceName), to);
        WriteNumber(Path.Length, to);
        foreach (int child in Path) WriteNumber(child, to);
        WriteBytes(Source, to);
        ulong hash = StringHash.Of(to.Written[start..], Version);
        BinaryPrimitives.WriteUInt64LittleEndian(to.Extend(HashSize), hash);
    }

    /// <summary>Reads a binary chunk; null with what is wrong, in PUC's words.</summary>
    public static FunctionDump? Read(ReadOnlySpan<byte> chunk, out string problem)
    {
        int known = Math.Min(chunk.Length, Signature.Length);
        problem = !chunk[..known].SequenceEqual(Signature.AsSpan(0, known)) ? "not a binary chunk" : "truncated chunk";
        if (chunk.Length < Signature.Length + 2 + HashSize || problem[0] == 'n') return null;
        if (chunk[Signature.Length] != Version)
        {
            problem = "version mismatch";
            return null;
        }
        var body = chunk[..^HashSize];
        // A part of a chunk has the wrong hash too, which is the likelier damage.
        if (StringHash.Of(body, Version) != BinaryPrimitives.ReadUInt64LittleEndian(chunk[^HashSize..])) return null;
        var rest = body[(Signature.Length + 1)..];
        bool isStripped = rest[0] != 0;
        rest = rest[1..];
        string sourceName = Encoding.Latin1.GetString(ReadBytes(ref rest));
        var path = new int[ReadNumber(ref rest)];
        for (int i = 0; i < path.Length; i++) path[i] = ReadNumber(ref rest);
        return new(sourceName, isStripped, path, ReadBytes(ref rest).ToArray());
    }

    private static void WriteNumber(int value, ByteBuffer to) => BinaryPrimitives.WriteInt32LittleEndian(to.Extend(sizeof(int)), value);

    private static void WriteBytes(ReadOnlySpan<byte> bytes, ByteBuffer to)
    {
        WriteNumber(bytes.Length, to);
        to.Append(bytes);
    }

    private static int ReadNumber(ref ReadOnlySpan<byte> rest)
    {
        int value = BinaryPrimitives.ReadInt32LittleEndian(rest);
        rest = rest[sizeof(int)..];
        return value;
    }

    private static ReadOnlySpan<byte> ReadBytes(ref ReadOnlySpan<byte> rest)
    {
        int length = ReadNumber(ref rest);
        var bytes = rest[..length];
        rest = rest[length..];
        return bytes;
    }
}
