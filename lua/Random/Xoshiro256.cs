using System.Numerics;

namespace Mu.Lua.Random;

/// <summary>xoshiro256** by Blackman and Vigna, seeded and projected as <c>math.random</c> of Lua 5.4 (lmathlib.c).</summary>
internal struct Xoshiro256
{
    private ulong _s0, _s1, _s2, _s3;

    /// <summary>The state <c>math.randomseed(low, high)</c> gives; the first 16 values are dropped.</summary>
    public Xoshiro256(long low, long high)
    {
        (_s0, _s1, _s2, _s3) = ((ulong)low, 0xff, (ulong)high, 0);
        for (int i = 0; i < 16; i++) NextBits();
    }

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        ulong s0 = _s0, s1 = _s1, s2 = _s2 ^ s0, s3 = _s3 ^ s1;
        ulong result = BitOperations.RotateLeft(s1 * 5, 7) * 9;
        _s0 = s0 ^ s3;
        _s1 = s1 ^ s2;
        _s2 = s2 ^ (s1 << 17);
        _s3 = BitOperations.RotateLeft(s3, 45);
        return result;
    }

    /// <summary>A float in [0,1) from the upper 53 bits.</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1L << 53));

    /// <summary>An integer in [low, high]; the caller has raised "interval is empty" for low &gt; high.</summary>
    public long Next(long low, long high) => (long)(Project(NextBits(), (ulong)high - (ulong)low) + (ulong)low);

    // Rejection below the smallest 2^b-1 that is not less than the limit (5.4.0 to 5.4.7).
    private ulong Project(ulong random, ulong limit)
    {
        if ((limit & (limit + 1)) == 0) return random & limit;
        ulong mask = ulong.MaxValue >> BitOperations.LeadingZeroCount(limit);
        while ((random &= mask) > limit) random = NextBits();
        return random;
    }
}
