namespace Mu.RPython.Flow;

/// <summary>
/// Removes block parameters that nothing uses but links to other such parameters, and blocks that nothing leads to; the rest are put in reverse postorder. It matters for annotation: a name that means different
/// things in different places would otherwise have conflicting types where the places meet.
/// </summary>
internal static class DeadParameters
{
    public static void Remove(FlowGraph graph)
    {
        RemoveUnreachable(graph);
        var live = new HashSet<FlowVariable>();
        var work = new Stack<FlowVariable>();
        var sources = new Dictionary<FlowVariable, List<Operand>>();
        foreach (var block in graph.Blocks)
        {
            foreach (var operation in block.Operations)
                foreach (var operand in operation.Operands) Use(operand);
            switch (block.End)
            {
                case BranchEnd e: Use(e.Condition); break;
                case ReturnEnd e: Use(e.Value); break;
                case RaiseEnd e: Use(e.Value); break;
            }
            foreach (var link in block.Links)
                for (int i = 0; i < link.Arguments.Count; i++)
                {
                    var parameter = link.Target.Parameters[i];
                    if (!sources.TryGetValue(parameter, out var list)) sources[parameter] = list = [];
                    list.Add(link.Arguments[i]);
                }
        }
        while (work.TryPop(out var variable))
            foreach (var source in sources.GetValueOrDefault(variable, [])) Use(source);
        foreach (var block in graph.Blocks)
            foreach (var link in block.Links)
                for (int i = link.Arguments.Count - 1; i >= 0; i--)
                    if (!live.Contains(link.Target.Parameters[i])) link.Arguments.RemoveAt(i);
        foreach (var block in graph.Blocks.Skip(1)) block.Parameters.RemoveAll(p => !live.Contains(p));

        void Use(Operand operand)
        {
            if (operand is FlowVariable variable && live.Add(variable)) work.Push(variable);
        }
    }

    private static void RemoveUnreachable(FlowGraph graph)
    {
        // In reverse postorder a block comes after those that dominate it.
        var reached = new HashSet<FlowBlock> { graph.Start };
        var order = new List<FlowBlock>();
        // Blocks on the way from the start, and the links of each that are still to follow, of which the last is the next.
        var path = new Stack<(FlowBlock Block, List<FlowLink> Links)>();
        path.Push((graph.Start, [.. graph.Start.Links]));
        while (path.TryPeek(out var top))
            if (top.Links.Count == 0)
            {
                path.Pop();
                order.Add(top.Block);
            }
            else
            {
                var target = top.Links[^1].Target;
                top.Links.RemoveAt(top.Links.Count - 1);
                if (reached.Add(target)) path.Push((target, [.. target.Links]));
            }
        order.Reverse();
        graph.Blocks.Clear();
        graph.Blocks.AddRange(order);
    }
}
