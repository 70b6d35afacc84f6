using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.ClientLib.Building;

// Constants are anonymous and shared inside one function.
public sealed partial class FunctionBuilder
{
    private readonly Dictionary<(MuType Type, ulong Bits), Constant> constants = [];

    /// <summary>An integer constant (also a uptr or ufuncptr) from its low bits.</summary>
    public Constant Constant(MuType type, ulong bits) => Shared(type, bits, static (t, b) => new IntConstant(t, b));

    /// <summary>An int&lt;1&gt; constant.</summary>
    public Constant Bool(bool value) => Constant(IntType.I1, value ? 1UL : 0);

    /// <summary>An int&lt;32&gt; constant.</summary>
    public Constant Int32(int value) => Constant(IntType.I32, (uint)value);

    /// <summary>An int&lt;64&gt; constant.</summary>
    public Constant Int64(long value) => Constant(IntType.I64, (ulong)value);

    /// <summary>A double constant.</summary>
    public Constant Double(double value) =>
        Shared(SimpleType.Double, BitConverter.DoubleToUInt64Bits(value), static (t, b) => new DoubleConstant(t, BitConverter.UInt64BitsToDouble(b)));

    /// <summary>NULL of a type.</summary>
    public Constant Null(MuType type) => Shared(type, 0, static (t, _) => new NullConstant(t));

    /// <summary>A tagref64 constant from its word (<see cref="TagRef64"/>).</summary>
    public Constant TagRefWord(ulong word) => Shared(SimpleType.TagRef64, word, static (t, w) => new TagRefConstant(t, w));

    private Constant Shared(MuType type, ulong bits, Func<MuType, ulong, Constant> make)
    {
        if (constants.TryGetValue((type, bits), out var constant)) return constant;
        return constants[(type, bits)] = make(type, bits);
    }
}
