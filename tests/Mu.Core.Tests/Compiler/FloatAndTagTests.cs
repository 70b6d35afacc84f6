using Mu.Core.IR;
using Mu.Core.Types;
using Xunit;

namespace Mu.Core.Tests.Compiler;

/// <summary>Floating point and tagref64 against C#.</summary>
public sealed class FloatAndTagTests
{
    private static readonly MuType F64 = SimpleType.Double, Tag = SimpleType.TagRef64;
    private static readonly double[] Doubles = [0, -0.0, 1, -1.5, 2.5, 1e300, -1e300, double.Epsilon, double.PositiveInfinity, double.NegativeInfinity, double.NaN, 4e18, -9.3e18, 9.3e18, 1.8e19, 1.9e19, 12345.678];

    private static Function Unary(Jit jit, MuType from, MuType to, Func<Value, Instruction> make) =>
        jit.Define([from], [to], (_, e, p) => e.Add(new ReturnInstruction(e.Add(make(p[0])).Results[0])));

    private static ulong Bits(double d) => BitConverter.DoubleToUInt64Bits(d);

    [Fact]
    public void Arithmetic()
    {
        using var jit = new Jit();
        foreach (BinaryOp op in (BinaryOp[])[BinaryOp.FAdd, BinaryOp.FSub, BinaryOp.FMul, BinaryOp.FDiv, BinaryOp.FRem])
        {
            Function f = jit.Define([F64, F64], [F64], (_, e, p) => e.Add(new ReturnInstruction(e.Add(new BinaryInstruction(op, F64, p[0], p[1])).Result)));
            foreach (double a in Doubles)
                foreach (double b in Doubles)
                {
                    double expected = op switch { BinaryOp.FAdd => a + b, BinaryOp.FSub => a - b, BinaryOp.FMul => a * b, BinaryOp.FDiv => a / b, _ => a % b };
                    Assert.Equal(expected, BitConverter.UInt64BitsToDouble(CallFloat(jit, f, a, b)));
                }
        }
    }

    private static ulong CallFloat(Jit jit, Function f, params object[] arguments) => jit.Call(f, arguments);

    [Fact]
    public void Comparisons_treat_NaN_as_the_specification_says()
    {
        using var jit = new Jit();
        foreach (CompareOp op in Enum.GetValues<CompareOp>().Where(o => o > CompareOp.FTrue))
        {
            Function f = jit.Define([F64, F64], [IntType.I1], (_, e, p) => e.Add(new ReturnInstruction(e.Add(new CompareInstruction(op, F64, p[0], p[1])).Result)));
            Function g = jit.Define([F64, F64], [F64], (_, e, p) =>
            {
                Value c = e.Add(new CompareInstruction(op, F64, p[0], p[1])).Result;
                e.Add(new ReturnInstruction(e.Add(new SelectInstruction(IntType.I1, F64, c, p[0], p[1])).Result));
            });
            foreach (double a in Doubles)
                foreach (double b in Doubles)
                {
                    bool unordered = double.IsNaN(a) || double.IsNaN(b);
                    bool expected = op switch
                    {
                        CompareOp.FUno => unordered, CompareOp.FOrd => !unordered,
                        CompareOp.FOeq => a == b, CompareOp.FOne => !unordered && a != b, CompareOp.FOgt => a > b, CompareOp.FOge => a >= b, CompareOp.FOlt => a < b, CompareOp.FOle => a <= b,
                        CompareOp.FUeq => unordered || a == b, CompareOp.FUne => a != b, CompareOp.FUgt => unordered || a > b, CompareOp.FUge => unordered || a >= b,
                        CompareOp.FUlt => unordered || a < b, _ => unordered || a <= b,
                    };
                    Assert.True(jit.Call(f, a, b) == (expected ? 1UL : 0), $"{op} {a} {b}");
                    Assert.True(jit.Call(g, a, b) == Bits(expected ? a : b), $"select {op} {a} {b}");
                }
        }
    }

    [Fact]
    public void Rounding_and_conversions()
    {
        using var jit = new Jit();
        Function Common(CommonOp op) => Unary(jit, F64, F64, v => new CommonInstruction(op, [], [F64], [], v));
        Function floor = Common(CommonOp.Floor), ceil = Common(CommonOp.Ceil), trunc = Common(CommonOp.Truncate), sqrt = Common(CommonOp.Sqrt), abs = Common(CommonOp.Abs);
        Function signed = Unary(jit, F64, IntType.I64, v => new ConvertInstruction(ConvertOp.FPToSI, F64, IntType.I64, v));
        Function unsigned = Unary(jit, F64, IntType.I64, v => new ConvertInstruction(ConvertOp.FPToUI, F64, IntType.I64, v));
        Function narrow = Unary(jit, F64, IntType.I32, v => new ConvertInstruction(ConvertOp.FPToSI, F64, IntType.I32, v));
        foreach (double a in Doubles)
        {
            Assert.Equal(Math.Floor(a), BitConverter.UInt64BitsToDouble(jit.Call(floor, a)));
            Assert.Equal(Math.Ceiling(a), BitConverter.UInt64BitsToDouble(jit.Call(ceil, a)));
            Assert.Equal(Math.Truncate(a), BitConverter.UInt64BitsToDouble(jit.Call(trunc, a)));
            Assert.Equal(Math.Sqrt(a), BitConverter.UInt64BitsToDouble(jit.Call(sqrt, a)));
            Assert.Equal(Math.Abs(a), BitConverter.UInt64BitsToDouble(jit.Call(abs, a)));
            Assert.Equal(double.IsNaN(a) ? 0 : a >= 9.3e18 ? long.MaxValue : a <= -9.3e18 ? long.MinValue : (long)a, (long)jit.Call(signed, a));
            Assert.Equal(double.IsNaN(a) || a <= 0 ? 0 : a >= 18446744073709551616.0 ? ulong.MaxValue : (ulong)a, jit.Call(unsigned, a));
            Assert.Equal(double.IsNaN(a) ? 0 : (int)Math.Clamp(a, int.MinValue, int.MaxValue), (int)jit.Call(narrow, a));
        }

        Function fromSigned = Unary(jit, IntType.I64, F64, v => new ConvertInstruction(ConvertOp.SIToFP, IntType.I64, F64, v));
        Function fromUnsigned = Unary(jit, IntType.I64, F64, v => new ConvertInstruction(ConvertOp.UIToFP, IntType.I64, F64, v));
        foreach (ulong v in (ulong[])[0, 1, 1UL << 53, (1UL << 53) + 1, long.MaxValue, 1UL << 63, ulong.MaxValue, 0x8000000000000401])
        {
            Assert.Equal((double)(long)v, BitConverter.UInt64BitsToDouble(jit.Call(fromSigned, v)));
            Assert.Equal((double)v, BitConverter.UInt64BitsToDouble(jit.Call(fromUnsigned, v)));
        }
    }

    [Fact]
    public void Tagged_values()
    {
        using var jit = new Jit();
        Function Op(CommonOp op, MuType from, MuType to) => Unary(jit, from, to, v => new CommonInstruction(op, v));
        Function fromFp = Op(CommonOp.TagRefFromDouble, F64, Tag), toFp = Op(CommonOp.TagRefToDouble, Tag, F64), isInt = Op(CommonOp.TagRefIsInt, Tag, IntType.I1),
            isRef = Op(CommonOp.TagRefIsRef, Tag, IntType.I1), isFp = Op(CommonOp.TagRefIsDouble, Tag, IntType.I1), toTag = Op(CommonOp.TagRefToTag, Tag, IntType.I6),
            fromInt = Op(CommonOp.TagRefFromInt, IntType.I52, Tag), toInt = Op(CommonOp.TagRefToInt, Tag, IntType.I52);
        foreach (double a in Doubles)
        {
            Assert.Equal(TagRef64.FromDouble(a), jit.Call(fromFp, a));
            Assert.Equal(a, BitConverter.UInt64BitsToDouble(jit.Call(toFp, TagRef64.FromDouble(a))));
        }

        foreach (long v in (long[])[0, 1, -1, (1L << 51) - 1, -(1L << 51)])
        {
            Assert.Equal(TagRef64.FromInt(v), jit.Call(fromInt, v << 12));
            Assert.Equal((ulong)v << 12, jit.Call(toInt, TagRef64.FromInt(v)));
        }

        ulong[] words = [.. Doubles.Select(TagRef64.FromDouble), TagRef64.FromInt(0), TagRef64.FromInt(-1), TagRef64.FromRef(0, 0), TagRef64.FromRef(0x7FFF_1234_5678, 63), TagRef64.FromRef(4096, 5)];
        foreach (ulong w in words)
        {
            Assert.Equal(TagRef64.IsInt(w), jit.Call(isInt, w) == 1);
            Assert.Equal(TagRef64.IsRef(w), jit.Call(isRef, w) == 1);
            Assert.Equal(TagRef64.IsDouble(w), jit.Call(isFp, w) == 1);
            if (TagRef64.IsRef(w)) Assert.Equal((ulong)TagRef64.ToTag(w) << 58, jit.Call(toTag, w));
        }
    }

    [Fact]
    public void Tagged_addition_overflows_to_the_slow_path()
    {
        using var jit = new Jit();
        Function f = jit.Define([Tag, Tag], [Tag], (v, e, p) =>
        {
            BasicBlock slow = v.AddBlock(), ints = v.AddBlock(), ok = v.AddBlock();
            BlockParameter a = ints.AddParameter(Tag), b = ints.AddParameter(Tag), r = ok.AddParameter(IntType.I52);
            Value both = e.Add(new BinaryInstruction(BinaryOp.And, IntType.I1, e.Add(new CommonInstruction(CommonOp.TagRefIsInt, p[0])).Result, e.Add(new CommonInstruction(CommonOp.TagRefIsInt, p[1])).Result)).Result;
            e.Add(new Branch2Instruction(both, new Destination(ints, p[0], p[1]), new Destination(slow)));
            var add = ints.Add(new BinaryInstruction(BinaryOp.Add, IntType.I52, ints.Add(new CommonInstruction(CommonOp.TagRefToInt, a)).Result, ints.Add(new CommonInstruction(CommonOp.TagRefToInt, b)).Result, StatusFlags.V));
            ints.Add(new Branch2Instruction(add.FlagResult(StatusFlags.V), new Destination(slow), new Destination(ok, add.Results[0])));
            ok.Add(new ReturnInstruction(ok.Add(new CommonInstruction(CommonOp.TagRefFromInt, r)).Result));
            slow.Add(new ReturnInstruction(new TagRefConstant(Tag, 0)));
        }, "tagadd");
        Assert.Equal(TagRef64.FromInt(5), jit.Call(f, TagRef64.FromInt(2), TagRef64.FromInt(3)));
        Assert.Equal(TagRef64.FromInt(-5), jit.Call(f, TagRef64.FromInt(-8), TagRef64.FromInt(3)));
        Assert.Equal(0UL, jit.Call(f, TagRef64.FromInt((1L << 51) - 1), TagRef64.FromInt(1)));
        Assert.Equal(0UL, jit.Call(f, TagRef64.FromDouble(1), TagRef64.FromInt(1)));
    }
}
