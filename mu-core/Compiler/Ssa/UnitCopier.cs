namespace Mu.Core.Compiler.Ssa;

/// <summary>
/// Copies all that comes from some blocks of IR. For passes that run while blocks of IR are self-contained: values come into them through parameters alone, so that copying needs no repair.
/// </summary>
internal sealed class UnitCopier(SsaGraph graph)
{
    /// <summary>The number of what is no block of IR any more, or not the only one.</summary>
    public const int NoUnit = -1;

    private readonly Dictionary<SsaBlock, SsaBlock> copies = [];
    private readonly Dictionary<SsaNode, SsaNode> nodes = [];

    /// <summary>A block's copy, or the block itself when it was not copied.</summary>
    public SsaBlock CopyOf(SsaBlock block) => copies.GetValueOrDefault(block, block);

    /// <summary>Copies the units; where the copy of an edge leads, <paramref name="target"/> says. Whether copies run as often as the originals even if they are in no natural loop, is what <paramref name="asOften"/> says.</summary>
    public void Copy(HashSet<int> units, bool asOften, Func<SsaEdge, SsaBlock> target)
    {
        List<SsaBlock> originals = graph.Blocks.FindAll(b => units.Contains(b.Unit));
        foreach (SsaBlock block in originals)
        {
            SsaBlock copy = graph.NewBlock(block.IsCold);
            (copy.CopiedDepth, copy.Unit) = (asOften ? block.LoopDepth : block.CopiedDepth, NoUnit);
            copies.Add(block, copy);
            foreach (SsaNode param in block.Params) nodes.Add(param, graph.AddParam(copy, param.Kind));
            foreach (SsaNode node in block.Nodes) SsaGraph.Append(copy, Shell(node));
        }

        foreach (SsaBlock block in originals) Fill(block, copies[block], target);
    }

    /// <summary>A copy without arguments.</summary>
    private SsaNode Shell(SsaNode node)
    {
        SsaNode copy = graph.NewNode(node.Op, node.Kind);
        (copy.Width, copy.Code, copy.Scale, copy.Part, copy.Imm, copy.Aux, copy.Source) = (node.Width, node.Code, node.Scale, node.Part, node.Imm, node.Aux, node.Source);
        nodes.Add(node, copy);
        return copy;
    }

    private void Fill(SsaBlock block, SsaBlock copy, Func<SsaEdge, SsaBlock> target)
    {
        foreach (SsaNode node in block.Nodes) Connect(node, nodes[node]);
        SsaNode terminator = Shell(block.Terminator);
        Connect(block.Terminator, terminator);
        SsaGraph.Terminate(copy, terminator, Array.ConvertAll(block.Successors, e => new SsaEdge(copy, target(e), Map(e.Args)) { IsExceptional = e.IsExceptional }));
    }

    private void Connect(SsaNode node, SsaNode copy)
    {
        copy.Args = Map(node.Args);
        copy.KeepAlives = Map(node.KeepAlives);
        // A result's node may stand in a later block than the operation.
        if (node.Op != SsaOp.Proj) return;
        SsaNode operation = copy.Args[0];
        if (operation.Projections is null || operation.Projections.Length <= copy.Imm) Array.Resize(ref operation.Projections, (int)copy.Imm + 1);
        operation.Projections[copy.Imm] = copy;
    }

    private SsaNode[] Map(SsaNode[] args) => args.Length == 0 ? SsaNode.None : Array.ConvertAll(args, a => nodes.GetValueOrDefault(a, a));
}
