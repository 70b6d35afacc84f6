using Mu.Core.IR;

namespace Mu.ClientLib.Building;

/// <summary>
/// A place that control can jump to: one basic block. It is <em>placed</em> once, where its code goes, and <em>sealed</em> when no more
/// jumps to it will be made (Braun et al., "Simple and Efficient Construction of Static Single Assignment Form", CC 2013).
/// </summary>
public sealed class Label
{
    internal Label(FunctionBuilder owner, BasicBlock block, int index)
    {
        Owner = owner;
        Block = block;
        Index = index;
    }

    /// <summary>The basic block.</summary>
    public BasicBlock Block { get; }

    /// <summary>Whether any jump to the label has been made.</summary>
    public bool IsTargeted => Predecessors.Count > 0;

    /// <summary>The exception of a label made by <see cref="FunctionBuilder.NewHandler"/>, of type ref&lt;void&gt;.</summary>
    public Value Exception => Pad is not null ? Block.Parameters[0] : throw new InvalidOperationException($"label {this} is not an exception handler");

    internal FunctionBuilder Owner { get; }

    internal int Index { get; }

    /// <summary>Of a handler: the block where exceptional edges land. It passes the exception on as an ordinary parameter, so that a THROW in the same function can come too.</summary>
    internal Label? Pad { get; set; }

    internal bool IsSealed { get; set; }

    internal bool IsPlaced { get; set; }

    internal List<Edge> Predecessors { get; } = [];

    /// <summary>Parameters made before all predecessors were known, with the key of what they stand for.</summary>
    internal List<(int Key, BlockParameter Parameter)> Incomplete { get; } = [];

    /// <summary>Number of parameters that the user declared; jumps give them explicitly.</summary>
    internal int DeclaredParameters { get; set; }

    /// <inheritdoc/>
    public override string ToString() => Block.Name ?? $"L{Index}";
}

/// <summary>A jump under construction: its arguments grow as the target turns out to need values.</summary>
internal sealed class Edge(Label from, Destination destination)
{
    public Label From { get; } = from;

    public Destination Destination { get; } = destination;

    public List<Value> Arguments { get; } = [];
}
