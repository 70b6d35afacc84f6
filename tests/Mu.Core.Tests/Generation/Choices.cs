namespace Mu.Core.Tests.Generation;

/// <summary>
/// The decisions of a generator as a list of bytes. Where it ends every further decision is 0, which generators take for the simplest: so any list of bytes
/// is an input, and one that is shorter or has smaller bytes makes something simpler (as in Hypothesis; MacIver and Donaldson, ECOOP 2020).
/// </summary>
internal sealed class Choices(byte[] bytes)
{
    private int position;

    /// <summary>Whether all decisions that follow are 0.</summary>
    public bool AtEnd => position >= bytes.Length;

    /// <summary>Random decisions.</summary>
    public static byte[] Random(int seed, int size)
    {
        var bytes = new byte[size];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public int Byte() => AtEnd ? 0 : bytes[position++];

    /// <summary>A number below <paramref name="count"/>, at most 256.</summary>
    public int Below(int count) => count <= 1 ? 0 : Byte() % count;

    public bool Coin() => (Byte() & 1) != 0;

    public T Of<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    public ulong Word()
    {
        ulong word = 0;
        for (int i = 0; i < 8; i++) word = (word << 8) | (uint)Byte();
        return word;
    }
}
