namespace Mu.RPython.Flow;

/// <summary>The names of a function at a point, and what they hold.</summary>
internal sealed class FlowState
{
    public FlowState() => Locals = [];

    private FlowState(Dictionary<string, Operand> locals) => Locals = new(locals);

    public Dictionary<string, Operand> Locals { get; }

    public FlowState Copy() => new(Locals);
}

/// <summary>A place that several ways lead to. When all are known, names that hold different things become parameters of its block.</summary>
internal sealed class JoinPoint(FlowGraph graph)
{
    private readonly List<(FlowLink Link, FlowState State)> sources = [];

    public FlowBlock Block { get; } = graph.NewBlock();

    public bool IsReached => sources.Count > 0;

    /// <summary>The ways that lead here so far.</summary>
    public IReadOnlyList<(FlowLink Link, FlowState State)> Sources => sources;

    /// <summary>Whether a local is a constant on some way, and not the same on all.</summary>
    public bool DiffersInConstants(string name)
    {
        var values = sources.ConvertAll(s => s.State.Locals.GetValueOrDefault(name));
        return values.Count > 1 && values.TrueForAll(v => v is not null) && values.Exists(v => v is ConstantOperand) && !values.TrueForAll(v => IsSame(v!, values[0]!));
    }

    public FlowLink From(FlowState state)
    {
        var link = new FlowLink(Block);
        sources.Add((link, state.Copy()));
        return link;
    }

    /// <summary>The state in which the block starts.</summary>
    public FlowState Join()
    {
        var state = new FlowState();
        foreach (string name in sources.SelectMany(s => s.State.Locals.Keys).Distinct())
        {
            var values = sources.ConvertAll(s => s.State.Locals.TryGetValue(name, out var value) ? value : new UndefinedOperand(name));
            if (values.TrueForAll(v => IsSame(v, values[0])))
            {
                state.Locals[name] = values[0];
                continue;
            }
            var parameter = graph.NewVariable(name);
            Block.Parameters.Add(parameter);
            for (int i = 0; i < values.Count; i++) sources[i].Link.Arguments.Add(values[i]);
            state.Locals[name] = parameter;
        }
        return state;
    }

    private static bool IsSame(Operand a, Operand b) =>
        ReferenceEquals(a, b)
        || (a is ConstantOperand x && b is ConstantOperand y && (ReferenceEquals(x.Value, y.Value) || (x.Value.GetType() == y.Value.GetType() && x.Value is long or bool or double or string && x.Value.Equals(y.Value))))
        || (a is UndefinedOperand && b is UndefinedOperand);
}
