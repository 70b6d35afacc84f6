using Mu.ClientLib.Building;
using Mu.ClientLib.Tagged;
using Mu.Core.Api;
using Mu.Core.IR;
using Mu.Core.Types;
using Xunit;

namespace Mu.ClientLib.Tests.Tagged;

public sealed class TaggedValuesTests
{
    private const long TooWide = -999;

    [Theory, ClassData(typeof(Engines))]
    public void Integers_that_fit_come_back_and_wider_ones_take_the_exit(EngineKind engine)
    {
        const long largest = (1L << 51) - 1, smallest = -(1L << 51);
        long[] values = [0, -1, largest, smallest, largest + 1, smallest - 1, long.MinValue, long.MaxValue];
        Assert.Equal([0, -1, largest, smallest, TooWide, TooWide, TooWide, TooWide], values.Select(value => TestProgram.Run(engine, b =>
        {
            var tagged = new TaggedValues(b);
            var wide = b.NewLabel();
            b.Return(tagged.ToInt64(tagged.FromInt64(b.Parameters[0], wide)));
            b.PlaceSealed(wide);
            b.Return(b.Int64(TooWide));
        }, value)));
    }

    [Theory]
    [InlineData(EngineKind.Jit, BinaryOp.Add), InlineData(EngineKind.Interpreter, BinaryOp.Add)]
    [InlineData(EngineKind.Jit, BinaryOp.Sub), InlineData(EngineKind.Interpreter, BinaryOp.Sub)]
    [InlineData(EngineKind.Jit, BinaryOp.Mul), InlineData(EngineKind.Interpreter, BinaryOp.Mul)]
    public void Arithmetic_is_exact_or_takes_the_exit(EngineKind engine, BinaryOp op)
    {
        const long limit = 1L << 51;
        long[] values = [0, 1, -1, 2, 3, -3, 1000, 1 << 25, 1 << 26, -(1 << 26), limit - 1, limit - 2, -limit, 1 - limit, limit / 2, -limit / 2];
        using var program = new TestProgram(engine);
        var function = program.Define(2, b =>
        {
            var tagged = new TaggedValues(b);
            var exit = b.NewLabel();
            Value Box(Value value) => tagged.FromInt(b.Convert(ConvertOp.Trunc, IntType.I52, value));
            b.Return(tagged.ToInt64(tagged.IntArithmetic(op, Box(b.Parameters[0]), Box(b.Parameters[1]), exit)));
            b.PlaceSealed(exit);
            b.Return(b.Int64(long.MinValue));
        });
        foreach (long x in values)
            foreach (long y in values)
            {
                Int128 exact = op switch { BinaryOp.Add => (Int128)x + y, BinaryOp.Sub => (Int128)x - y, _ => (Int128)x * y };
                long expected = exact >= -limit && exact < limit ? (long)exact : long.MinValue;
                Assert.True(expected == program.Call(function, x, y), $"{op} {x} {y}");
            }
    }

    [Theory, ClassData(typeof(Engines))]
    public void The_kinds_are_told_apart(EngineKind engine)
    {
        Assert.Equal(0b001, Kinds(engine, (b, t) => t.FromInt(b.Constant(IntType.I52, 5))));
        Assert.Equal(0b010, Kinds(engine, (b, t) => t.FromDouble(b.Double(1.5))));
        Assert.Equal(0b010, Kinds(engine, (b, t) => t.FromDouble(b.Double(double.NaN))));
        Assert.Equal(0b010, Kinds(engine, (b, t) => t.FromDouble(b.Double(double.NegativeInfinity))));
        Assert.Equal(0b1100, Kinds(engine, (b, t) => t.FromRef(b.New(IntType.I64), 9)));
        Assert.Equal(0b0100, Kinds(engine, (b, t) => t.FromRef(b.New(IntType.I64), 8)));
        Assert.Equal(0b1100, Kinds(engine, (b, t) => b.TagRefWord(TaggedValues.NullWord(9))));

        static long Kinds(EngineKind engine, Func<FunctionBuilder, TaggedValues, Value> make) => TestProgram.Run(engine, b =>
        {
            var tagged = new TaggedValues(b);
            var value = make(b, tagged);
            Value Bit(Value condition, long bit) => b.Select(condition, b.Int64(bit), b.Int64(0));
            b.Return(b.Or(b.Or(Bit(tagged.IsInt(value), 1), Bit(tagged.IsDouble(value), 2)), b.Or(Bit(tagged.IsRef(value), 4), Bit(tagged.HasTag(value, 9), 8))));
        });
    }

    [Theory, ClassData(typeof(Engines))]
    public void Both_must_be_integers(EngineKind engine)
    {
        Assert.Equal([0, 0, 0, 1], new long[] { 0, 1, 2, 3 }.Select(mask => TestProgram.Run(engine, b =>
        {
            var tagged = new TaggedValues(b);
            Value Choose(long bit) => b.Select(b.Eq(b.And(b.Parameters[0], b.Int64(bit)), b.Int64(0)), tagged.FromDouble(b.Double(1)), tagged.FromInt(b.Constant(IntType.I52, 1)));
            b.Return(b.ToUnsigned(IntType.I64, tagged.BothInt(Choose(1), Choose(2))));
        }, mask)));
    }

    [Theory, ClassData(typeof(Engines))]
    public void References_come_back_with_what_they_refer_to(EngineKind engine) =>
        Assert.Equal(31, TestProgram.Run(engine, b =>
        {
            var tagged = new TaggedValues(b);
            var cell = b.New(IntType.I64);
            b.Store(b.GetIRef(cell), b.Parameters[0]);
            var back = tagged.ToRef(tagged.FromRef(cell, 3), new ReferenceType(TypeKind.Ref, IntType.I64));
            b.Return(b.Load(b.GetIRef(back)));
        }, 31));

    [Theory, ClassData(typeof(Engines))]
    public void Sameness_is_of_words(EngineKind engine) =>
        Assert.Equal(0b1001, TestProgram.Run(engine, b =>
        {
            var tagged = new TaggedValues(b);
            Value object1 = b.New(IntType.I64), object2 = b.New(IntType.I64);
            Value Bit(Value condition, long bit) => b.Select(condition, b.Int64(bit), b.Int64(0));
            var same = Bit(tagged.Same(tagged.FromRef(object1, 1), tagged.FromRef(object1, 1)), 1);
            var otherTag = Bit(tagged.Same(tagged.FromRef(object1, 1), tagged.FromRef(object1, 2)), 2);
            var other = Bit(tagged.Same(tagged.FromRef(object1, 1), tagged.FromRef(object2, 1)), 4);
            var ints = Bit(tagged.Same(tagged.FromInt(b.Constant(IntType.I52, 7)), tagged.FromInt(b.Constant(IntType.I52, 7))), 8);
            b.Return(b.Or(b.Or(same, otherTag), b.Or(other, ints)));
        }));

    [Theory, ClassData(typeof(Engines))]
    public void Double_arithmetic_and_numbers_as_doubles(EngineKind engine)
    {
        Assert.Equal(-75, TestProgram.Run(engine, b => Scaled(b, t => t.DoubleArithmetic(BinaryOp.FMul, t.FromDouble(b.Double(-1.5)), t.FromDouble(b.Double(0.5))))));
        Assert.Equal(-700, TestProgram.Run(engine, b => Scaled(b, t => t.FromInt(b.Constant(IntType.I52, unchecked((ulong)-7L) & ((1UL << 52) - 1))))));
        Assert.Equal(TooWide, TestProgram.Run(engine, b => Scaled(b, t => t.FromRef(b.New(IntType.I64), 1))));

        static void Scaled(FunctionBuilder b, Func<TaggedValues, Value> make)
        {
            var tagged = new TaggedValues(b);
            var exit = b.NewLabel();
            var number = tagged.ToDoubleFromNumber(make(tagged), exit);
            b.Return(b.Convert(ConvertOp.FPToSI, IntType.I64, b.Binary(BinaryOp.FMul, number, b.Double(100))));
            b.PlaceSealed(exit);
            b.Return(b.Int64(TooWide));
        }
    }
}
