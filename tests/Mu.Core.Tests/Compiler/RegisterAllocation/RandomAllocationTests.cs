using Mu.Core.Compiler.Lir;
using Mu.Core.Compiler.RegisterAllocation;
using Xunit;

namespace Mu.Core.Tests.Compiler.RegisterAllocation;

public class RandomAllocationTests
{
    [Theory]
    [InlineData(4, 1500)]
    [InlineData(6, 700)]
    [InlineData(14, 700)]
    public void Random_functions_are_allocated_rightly_and_do_the_same(int registers, int seeds)
    {
        for (int seed = 0; seed < seeds; seed++) Check(seed, registers, 20 + seed % 120);
    }

    private static void Check(int seed, int registers, int size)
    {
        LirFunction function = new RandomLir(seed, registers).Make(size);
        string before = LirPrinter.Print(function);
        long expected = new ToySimulator(function, false).Run(60);
        try
        {
            AllocationChecker.RunChecked(function, new ToyTarget(registers));
            Assert.Equal(expected, new ToySimulator(function, true).Run(60));
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"seed {seed}, {registers} registers, size {size}: {e.Message}\n{before}", e);
        }
    }
}
