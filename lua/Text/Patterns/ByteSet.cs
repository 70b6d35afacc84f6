using System.Numerics;
using System.Runtime.CompilerServices;

namespace Mu.Lua.Text.Patterns;

/// <summary>A set of bytes as a bitmap.</summary>
internal readonly struct ByteSet : IEquatable<ByteSet>
{
    private static readonly Dictionary<byte, ByteSet> Classes = [];

    private readonly Words words;

    private ByteSet(ulong w0, ulong w1, ulong w2, ulong w3)
    {
        words[0] = w0;
        words[1] = w1;
        words[2] = w2;
        words[3] = w3;
    }

    /// <summary>All bytes.</summary>
    public static ByteSet All { get; } = new(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue);

    /// <summary>Number of bytes in it.</summary>
    public int Count => BitOperations.PopCount(words[0]) + BitOperations.PopCount(words[1]) + BitOperations.PopCount(words[2]) + BitOperations.PopCount(words[3]);

    /// <summary>The least byte in it, which must not be empty.</summary>
    public byte Least
    {
        get
        {
            int word = 0;
            while (words[word] == 0) word++;
            return (byte)(word * 64 + BitOperations.TrailingZeroCount(words[word]));
        }
    }

    /// <summary>The set of one byte.</summary>
    public static ByteSet Of(byte c) => Range(c, c);

    /// <summary>The bytes from one to another; empty when they are in the wrong order.</summary>
    public static ByteSet Range(byte from, byte to)
    {
        var set = new Words();
        for (int c = from; c <= to; c++) set[c >> 6] |= 1UL << c;
        return new(set[0], set[1], set[2], set[3]);
    }

    /// <summary>The bytes of a class (<c>%a</c> …); an unknown letter stands for itself.</summary>
    public static ByteSet OfClass(byte letter)
    {
        if (!char.IsAsciiLetter((char)letter)) return Of(letter);
        lock (Classes)
        {
            if (!Classes.TryGetValue(letter, out var known)) Classes.Add(letter, known = MakeClass(letter));
            return known;
        }
    }

    private static ByteSet MakeClass(byte letter)
    {
        var set = new Words();
        for (int c = 0; c < 256; c++)
            if (CharacterClass.Contains(letter, (byte)c)) set[c >> 6] |= 1UL << c;
        return new(set[0], set[1], set[2], set[3]);
    }

    /// <summary>Membership. A shift takes the count's low six bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Contains(byte c) => ((Unsafe.Add(ref Unsafe.As<Words, ulong>(ref Unsafe.AsRef(in words)), c >> 6) >> c) & 1) != 0;

    public static ByteSet operator |(in ByteSet a, in ByteSet b) =>
        new(a.words[0] | b.words[0], a.words[1] | b.words[1], a.words[2] | b.words[2], a.words[3] | b.words[3]);

    public static ByteSet operator &(in ByteSet a, in ByteSet b) =>
        new(a.words[0] & b.words[0], a.words[1] & b.words[1], a.words[2] & b.words[2], a.words[3] & b.words[3]);

    public static ByteSet operator ~(in ByteSet a) => new(~a.words[0], ~a.words[1], ~a.words[2], ~a.words[3]);

    public bool Equals(ByteSet other) => (this & ~other).Count == 0 && (other & ~this).Count == 0;

    public override bool Equals(object? obj) => obj is ByteSet other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(words[0], words[1], words[2], words[3]);

    [InlineArray(4)]
    private struct Words
    {
        private ulong first;
    }
}
