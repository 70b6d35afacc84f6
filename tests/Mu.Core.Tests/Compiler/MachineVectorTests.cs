using Mu.Core.Compiler;
using Mu.Core.Compiler.Ssa;
using Mu.Core.IR;
using Mu.Core.Tests.Text;
using Mu.Core.Text;
using Xunit;

namespace Mu.Core.Tests.Compiler;

/// <summary>What the code generator makes of vectors (that it is right is shown by the programs and the random bundles).</summary>
public sealed class MachineVectorTests
{
    private static List<SsaNode> NodesOf(string function)
    {
        using var jit = new Jit();
        Bundle bundle = UirReader.Read(ProgramFiles.Read("machine_vectors.uir"), "machine_vectors.uir");
        SsaGraph graph = FunctionCompiler.BuildGraph(bundle.Versions.Single(v => v.Function.Name == function), jit.Generator.Environment);
        return [.. graph.Blocks.SelectMany(b => b.Nodes)];
    }

    [Fact]
    public void A_loop_computes_in_machine_vectors()
    {
        List<SsaNode> nodes = NodesOf("mandelbrot");
        Assert.DoesNotContain(nodes, n => n.Op is SsaOp.FAdd or SsaOp.FSub or SsaOp.FMul or SsaOp.FCmp);
        Assert.Equal(4, nodes.Count(n => n.Op == SsaOp.VBinary && n.Code == (byte)BinaryOp.FMul));
    }

    [Fact]
    public void Whether_any_lane_is_left_is_one_test()
    {
        List<SsaNode> nodes = NodesOf("mandelbrot");
        SsaNode mask = Assert.Single(nodes, n => n.Op == SsaOp.VMask);
        SsaNode test = Assert.Single(nodes, n => n.Args.Contains(mask));
        Assert.True(test is { Op: SsaOp.And } && test.Args[1].IsConstOf(15));
    }

    [Fact]
    public void A_mask_is_a_number_without_being_bits_first() => Assert.DoesNotContain(NodesOf("bytes"), n => n.Op == SsaOp.VSelect && n.Args[0].Op != SsaOp.VCompare);

    [Fact]
    public void Lanes_that_no_machine_vector_has_are_scalars()
    {
        using var jit = new Jit();
        Bundle bundle = Jit.Read("""
            .typedef @v = vector<int<24> 4>
            .funcdef @f <(@v @v) -> (@v)> {
              %entry(<@v> %a <@v> %b):
                %c = ADD <@v> %a %b
                RET %c
            }
            """);
        SsaGraph graph = FunctionCompiler.BuildGraph(bundle.Versions[0], jit.Generator.Environment);
        Assert.Equal(4, graph.Blocks.SelectMany(b => b.Nodes).Count(n => n.Op == SsaOp.Add));
    }
}
