using Mu.Core.IR;
using Mu.Core.Text;
using Xunit;

namespace Mu.Core.Tests.Generation;

public class RandomBundleTests
{
    [Fact]
    public void Random_bundles_come_back_from_their_text()
    {
        for (int seed = 0; seed < 150; seed++)
        {
            Bundle bundle = RandomBundle.Make(seed, 50 + seed * 5);
            string text = UirPrinter.Print(bundle);
            Bundle again = UirReader.Read(text, $"seed {seed}");
            Assert.Null(BundleEquality.Difference(bundle, again));
            Assert.Equal(text, UirPrinter.Print(again));
        }
    }

    [Fact]
    public void Bodies_use_what_is_in_scope_and_edges_fit_their_blocks()
    {
        for (int seed = 0; seed < 150; seed++)
            foreach (BasicBlock block in RandomBundle.Make(seed, 600).Versions.SelectMany(v => v.Blocks)) Check(block);
    }

    [Fact]
    public void A_shrunk_list_of_choices_still_fails_and_is_small()
    {
        byte[] choices = Choices.Random(3, 400);
        static bool Divides(byte[] c) => RandomBundle.Make(c).Versions.SelectMany(v => v.Blocks).SelectMany(b => b.Instructions)
            .Any(i => i is BinaryInstruction { IsIntegerDivision: true, HasExceptionClause: true });
        Assert.True(Divides(choices));
        byte[] small = ChoiceShrinker.Shrink(choices, Divides);
        Assert.True(Divides(small));
        Assert.True(small.Length <= 10, $"{small.Length} choices are left");
    }

    private static void Check(BasicBlock block)
    {
        Assert.NotNull(block.Terminator);
        HashSet<Value> scope = [.. block.Parameters];
        if (block.ExceptionParameter is { } caught) scope.Add(caught);
        foreach (Instruction instruction in block.Instructions)
        {
            Assert.All(instruction.Operands.Concat(instruction.KeepAlives), v => Assert.True(v.IsGlobal || scope.Contains(v)));
            scope.UnionWith(instruction.Results);
            Assert.Equal(instruction == block.Terminator, instruction.IsTerminator);
            foreach (Destination destination in instruction.Destinations)
            {
                Assert.All(destination.Arguments, v => Assert.True(v.IsGlobal || scope.Contains(v)));
                Assert.True(Types.TypeEquality.Equal([.. destination.Arguments.Select(a => a.Type)], [.. destination.Target.Parameters.Select(p => p.Type)]));
            }
        }
    }
}
