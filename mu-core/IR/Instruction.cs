using Mu.Core.Types;

namespace Mu.Core.IR;

/// <summary>
/// An instruction. Operands, results, destinations and keep-alive values have one place for all kinds, so that passes need not know the kinds;
/// the subclasses name them.
/// </summary>
public abstract class Instruction : Entity
{
    private static readonly Value[] NoValues = [];
    private static readonly Destination[] NoDestinations = [];

    private protected Instruction(params Value[] operands) => Operands = operands;

    /// <summary>The values used, except those that destinations pass and those kept alive.</summary>
    public Value[] Operands { get; private set; }

    /// <summary>The values given.</summary>
    public InstructionResult[] Results { get; private protected init; } = [];

    /// <summary>Where control may go: the destinations of a branch in textual order, or normal then exceptional of an EXC clause. Empty: the next instruction.</summary>
    public Destination[] Destinations { get; private protected set; } = NoDestinations;

    /// <summary>The KEEPALIVE clause: local values that introspection can read while the frame stops here.</summary>
    public Value[] KeepAlives { get; set; } = NoValues;

    /// <summary>A number for the client: it comes back with every frame that stops here, and is typically an index of a source position. 0: none.</summary>
    public int SourceTag { get; set; }

    /// <summary>Whether the instruction has an EXC clause. Then it ends its block.</summary>
    public bool HasExceptionClause { get; private set; }

    /// <summary>Whether the instruction ends a block by its nature.</summary>
    protected virtual bool AlwaysTerminates => false;

    /// <summary>Whether the instruction ends its block.</summary>
    public bool IsTerminator => AlwaysTerminates || HasExceptionClause;

    /// <summary>The only result.</summary>
    public InstructionResult Result => Results.Length == 1 ? Results[0] : throw new InvalidOperationException($"{this} has {Results.Length} results");

    /// <summary>Destination on normal completion, if there is an EXC clause.</summary>
    public Destination? NormalDestination => HasExceptionClause ? Destinations[0] : null;

    /// <summary>Destination on an exception, if there is an EXC clause.</summary>
    public Destination? ExceptionalDestination => HasExceptionClause ? Destinations[1] : null;

    /// <summary>Adds an EXC clause.</summary>
    public void SetExceptionClause(Destination normal, Destination exceptional)
    {
        if (AlwaysTerminates) throw new InvalidOperationException($"{this} cannot have an EXC clause");
        Destinations = [normal, exceptional];
        HasExceptionClause = true;
    }

    /// <summary>Lets go of the body around; what frames that stop here are asked for stays.</summary>
    internal void Release()
    {
        Operands = NoValues;
        Destinations = NoDestinations;
    }

    private protected InstructionResult[] MakeResults(params ReadOnlySpan<MuType> types)
    {
        var results = new InstructionResult[types.Length];
        for (int i = 0; i < types.Length; i++) results[i] = new InstructionResult(types[i], this, i);
        return results;
    }

    private protected InstructionResult[] MakeResults(IReadOnlyList<MuType> types)
    {
        var results = new InstructionResult[types.Count];
        for (int i = 0; i < results.Length; i++) results[i] = new InstructionResult(types[i], this, i);
        return results;
    }

    private protected static Value[] Join(Value first, ReadOnlySpan<Value> rest) => [first, .. rest];

    /// <inheritdoc/>
    public override string ToString() => Name is null ? GetType().Name : $"{GetType().Name} [{Name}]";
}
