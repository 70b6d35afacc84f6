using Antlr4.Runtime;
using Antlr4.Runtime.Misc;

namespace Mu.Lua.Syntax;

/// <summary>
/// Source bytes as ANTLR's characters. Bytes above 0x7E look all the same, as 0x7F: no token but strings and comments may hold them, and there they
/// are read from the bytes. So the lexer stays within the 128 characters whose transitions ANTLR caches.
/// </summary>
internal sealed class ByteCharStream(byte[] source) : ICharStream
{
    private int position;

    public byte[] Source => source;

    public int Index => position;

    public int Size => source.Length;

    public string SourceName => "chunk";

    public void Consume() => position++;

    public int LA(int i)
    {
        var at = position + i - (i > 0 ? 1 : 0);
        if ((uint)at >= (uint)source.Length)
            return IntStreamConstants.EOF;
        return Math.Min(source[at], (byte)0x7F);
    }

    public int Mark() => 0;

    public void Release(int marker)
    {
        // The whole source stays in memory: a mark holds nothing.
    }

    public void Seek(int index) => position = index;

    public string GetText(Interval interval) =>
        System.Text.Encoding.Latin1.GetString(source.AsSpan(interval.a, Math.Min(interval.b, source.Length - 1) - interval.a + 1));
}
