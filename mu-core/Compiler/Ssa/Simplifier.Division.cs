using System.Numerics;

namespace Mu.Core.Compiler.Ssa;

/// <summary>Signed division by constants without a division (Warren, "Hacker's Delight", 2nd edition, chapter 10).</summary>
internal sealed partial class Simplifier
{
    private SsaNode DivideSigned(SsaNode n, SsaNode x, long divisor)
    {
        bool power = (divisor & (divisor - 1)) == 0;
        SsaNode quotient = power ? DivideByPower(x, BitOperations.TrailingZeroCount(divisor)) : DivideByMultiplying(x, divisor);
        if (n.Op == SsaOp.SDiv) return quotient;
        return Make(SsaOp.Sub, ValueKind.I64, 64, x, Make(SsaOp.Mul, ValueKind.I64, 64, quotient, Word(divisor)));
    }

    /// <summary>Negative values are rounded up: 2^k − 1 is added first.</summary>
    private SsaNode DivideByPower(SsaNode x, int k)
    {
        SsaNode sign = Make(SsaOp.Sar, ValueKind.I64, 64, x, Word(63)), correction = Make(SsaOp.Shr, ValueKind.I64, 64, sign, Word(64 - k));
        return Make(SsaOp.Sar, ValueKind.I64, 64, Make(SsaOp.Add, ValueKind.I64, 64, x, correction), Word(k));
    }

    /// <summary>The upper word of the product with 2^p / divisor, rounded up, for the least p that is exact for every x.</summary>
    private SsaNode DivideByMultiplying(SsaNode x, long divisor)
    {
        UInt128 d = (UInt128)(ulong)divisor, most = ((UInt128)1 << 63) - 1 - ((UInt128)1 << 63) % d;
        int p = 64;
        while ((UInt128)1 << p <= most * (d - ((UInt128)1 << p) % d)) p++;
        ulong factor = (ulong)((((UInt128)1 << p) + d - ((UInt128)1 << p) % d) / d);
        SsaNode high = Make(SsaOp.MulHigh, ValueKind.I64, 64, x, Word((long)factor));
        if ((long)factor < 0) high = Make(SsaOp.Add, ValueKind.I64, 64, high, x);
        SsaNode shifted = p == 64 ? high : Make(SsaOp.Sar, ValueKind.I64, 64, high, Word(p - 64));
        return Make(SsaOp.Add, ValueKind.I64, 64, shifted, Make(SsaOp.Shr, ValueKind.I64, 64, x, Word(63)));
    }

    private SsaNode Word(long value) => graph.Constant(ValueKind.I64, value);
}
