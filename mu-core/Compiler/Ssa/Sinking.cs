namespace Mu.Core.Compiler.Ssa;

/// <summary>
/// Moves what is computed in hot code and used in cold code alone to where it is used: boxes that only slow paths and exits want. A condition that is also used in cold code is computed again there,
/// so that the hot branch can be fused with its comparison.
/// </summary>
internal sealed class Sinking
{
    /// <summary>Blocks that may get a copy of one node; of a box, which is not made on the way at all then, more.</summary>
    private const int MostCopies = 6, MostBoxes = 64;

    private readonly SsaGraph graph;
    private readonly Dictionary<SsaNode, List<SsaNode>> users = [];
    private readonly HashSet<SsaNode> flagged = [];

    private Sinking(SsaGraph graph) => this.graph = graph;

    public static void Run(SsaGraph graph)
    {
        Layout.SpreadCold(graph);
        var pass = new Sinking(graph);
        foreach (SsaBlock block in graph.Blocks) pass.FindUsers(block);
        for (int i = graph.Blocks.Count - 1; i >= 0; i--) pass.Sink(graph.Blocks[i]);
        DeadCode.Remove(graph);
    }

    private void FindUsers(SsaBlock block)
    {
        foreach (SsaNode node in block.Nodes)
        {
            AddUses(node);
            if (node.Op is SsaOp.Overflow or SsaOp.Carry) flagged.Add(node.Args[0]);
        }

        AddUses(block.Terminator);
        foreach (SsaEdge edge in block.Successors)
            foreach (SsaNode arg in edge.Args) AddUse(arg, block.Terminator);
    }

    private void AddUses(SsaNode user)
    {
        foreach (SsaNode arg in user.Args) AddUse(arg, user);
        foreach (SsaNode arg in user.KeepAlives) AddUse(arg, user);
    }

    private void AddUse(SsaNode node, SsaNode user)
    {
        if (!node.IsPure) return;
        if (!users.TryGetValue(node, out List<SsaNode>? list)) users.Add(node, list = []);
        list.Add(user);
    }

    private void Sink(SsaBlock block)
    {
        if (block.IsCold && block.LoopDepth == 0) return;
        for (int i = block.Nodes.Count - 1; i >= 0; i--)
        {
            SsaNode node = block.Nodes[i];
            if (!node.IsPure || node.Op is SsaOp.Overflow or SsaOp.Carry or SsaOp.FRem || flagged.Contains(node) || !users.TryGetValue(node, out List<SsaNode>? list)) continue;
            List<SsaBlock>? targets = Targets(node, list, block);
            if (targets is null) continue;
            foreach (SsaBlock target in targets) CopyInto(node, list, target);
            if (list.Count == 0) block.Nodes.RemoveAt(i);
        }
    }

    /// <summary>The rarer blocks that use the node, if it is worth a copy there.</summary>
    private static List<SsaBlock>? Targets(SsaNode node, List<SsaNode> list, SsaBlock block)
    {
        List<SsaBlock>? targets = null;
        bool stays = false;
        foreach (SsaNode user in list)
        {
            SsaBlock at = user.Block!;
            if (at == block || !(at.IsCold && !block.IsCold || at.LoopDepth < block.LoopDepth)) stays = true;
            else if (targets is null || !targets.Contains(at)) (targets ??= []).Add(at);
            if (targets?.Count > (node.Op == SsaOp.TagFromFp ? MostBoxes : MostCopies)) return null;
        }

        return stays && node.Kind != ValueKind.Bool ? null : targets;
    }

    private void CopyInto(SsaNode node, List<SsaNode> list, SsaBlock target)
    {
        SsaNode copy = graph.NewNode(node.Op, node.Kind, (SsaNode[])node.Args.Clone());
        (copy.Width, copy.Code, copy.Scale, copy.Imm, copy.Aux, copy.Source, copy.Block) = (node.Width, node.Code, node.Scale, node.Imm, node.Aux, node.Source, target);
        target.Nodes.Insert(target.IsLanding ? 1 : 0, copy);
        AddUses(copy);
        foreach (SsaNode user in list)
        {
            if (user.Block != target) continue;
            Replace(user.Args, node, copy);
            Replace(user.KeepAlives, node, copy);
            if (user == target.Terminator)
                foreach (SsaEdge edge in target.Successors) Replace(edge.Args, node, copy);
            AddUse(copy, user);
        }

        list.RemoveAll(u => u.Block == target);
        if (list.Count > 0) return;
        foreach (SsaNode arg in node.Args)
            if (users.TryGetValue(arg, out List<SsaNode>? ofArg)) ofArg.Remove(node);
    }

    private static void Replace(SsaNode[] args, SsaNode from, SsaNode to)
    {
        for (int i = 0; i < args.Length; i++)
            if (args[i] == from) args[i] = to;
    }
}
