using System.Diagnostics;
using Mu.ClientLib.Building;
using Mu.Core.Api;
using Mu.Core.IR;
using Xunit;

namespace Mu.ClientLib.Tests.Building;

/// <summary>Very long and very deeply nested functions: no recursion over blocks, and time in proportion to the length.</summary>
public sealed class SizeTests
{
    [Theory, ClassData(typeof(Engines))]
    public void Ten_thousand_blocks_in_a_row(EngineKind engine) => Assert.Equal(10_000, TestProgram.Run(engine, b => Chain(b, 10_000), 0));

    [Theory, ClassData(typeof(Engines))]
    public void A_read_ten_thousand_blocks_behind_the_write(EngineKind engine) =>
        Assert.Equal(5, TestProgram.Run(engine, b =>
        {
            for (int i = 0; i < 10_000; i++) b.PlaceSealed(b.NewLabel());
            b.Return(b.Parameters[0]);
        }, 5));

    [Theory, ClassData(typeof(Engines))]
    public void A_thousand_ifs_one_in_another(EngineKind engine)
    {
        Assert.Equal([1000, 999, 3], new long[] { 5000, 999, 3 }.Select(n => TestProgram.Run(engine, b =>
        {
            var reached = b.NewVariable(b.Int64(0));
            Nest(b, reached, 0);
            b.Return(b.Read(reached));
        }, n)));

        static void Nest(FunctionBuilder b, Variable reached, int depth)
        {
            if (depth == 1000) return;
            b.If(b.Compare(CompareOp.Slt, b.Int64(depth), b.Parameters[0]), () =>
            {
                b.Write(reached, b.Int64(depth + 1));
                Nest(b, reached, depth + 1);
            });
        }
    }

    [Theory, ClassData(typeof(Engines))]
    public void A_hundred_loops_one_in_another(EngineKind engine) =>
        Assert.Equal(100, TestProgram.Run(engine, b =>
        {
            var rounds = b.NewVariable(b.Int64(0));
            Nest(b, rounds, 100);
            b.Return(b.Read(rounds));

            static void Nest(FunctionBuilder b, Variable rounds, int depth)
            {
                if (depth == 0) return;
                var once = b.NewVariable(b.Parameters[0]);
                b.While(() => b.Ne(b.Read(once), b.Int64(0)), () =>
                {
                    b.Write(once, b.Int64(0));
                    b.Write(rounds, b.Add(b.Read(rounds), b.Int64(1)));
                    Nest(b, rounds, depth - 1);
                });
            }
        }, 1));

    [Fact]
    public void Block_parameters_are_in_proportion_to_the_length()
    {
        Assert.InRange(Parameters(39_000) / (double)Parameters(3_900), 9.9, 10.1);

        static int Parameters(int blocks)
        {
            using var program = new TestProgram(EngineKind.Interpreter);
            int parameters = 0;
            program.Define(1, b =>
            {
                Chain(b, blocks / 3);
                parameters = b.Version.Blocks.Sum(block => block.Parameters.Count);
            });
            return parameters;
        }
    }

    /// <summary>Diamonds in a row; each adds one on the side that is taken.</summary>
    private static void Chain(FunctionBuilder b, int length)
    {
        var count = b.NewVariable(b.Int64(0));
        for (int i = 0; i < length; i++)
            b.If(b.Eq(b.Parameters[0], b.Int64(0)), () => b.Write(count, b.Add(b.Read(count), b.Int64(1))), () => b.Write(count, b.Int64(-1)));
        b.Return(b.Read(count));
    }
}
