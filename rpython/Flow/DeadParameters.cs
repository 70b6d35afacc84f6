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
        var path = new Stack<(FlowBlock Block, IEnumerator<FlowLink> Links)>();
        path.Push((graph.Start, graph.Start.Links.Reverse().GetEnumerator()));
        while (path.TryPeek(out var top))
            if (!top.Links.MoveNext())
            {
                path.Pop();
                order.Add(top.Block);
            }
            else if (reached.Add(top.Links.Current.Target)) path.Push((top.Links.Current.Target, top.Links.Current.Target.Links.Reverse().GetEnumerator()));
        order.Reverse();
        graph.Blocks.Clear();
        graph.Blocks.AddRange(order);
    }
}
