using Mu.Core.Types;

namespace Mu.Core.IR;

/// <summary>One definition of a function: its body.</summary>
public sealed class FunctionVersion(Function function) : Entity
{
    /// <summary>The function that it defines.</summary>
    public Function Function { get; } = function;

    /// <summary>The basic blocks; the first is the entry, whose parameters are the function's.</summary>
    public List<BasicBlock> Blocks { get; } = [];

    /// <summary>
    /// Whether cold blocks are exceptions to what the version was compiled for: the code generator may then copy what follows them, so that the hot code is without their influence.
    /// A hint of ours, for clients that compile by feedback; not part of the text form.
    /// </summary>
    public bool SplitsCold { get; set; }

    /// <summary>Whether small innermost loops get code of their own for their first turn, so that what it tests and loads is known in the others: more code, faster loops. A hint of ours.</summary>
    public bool PeelsLoops { get; set; }

    /// <summary>Appends a new, empty block.</summary>
    public BasicBlock AddBlock(string? name = null)
    {
        var block = new BasicBlock(this) { Name = name };
        Blocks.Add(block);
        return block;
    }

    /// <summary>Lets go of the body, which has been compiled: it takes many times the memory of its machine code.</summary>
    internal void Release()
    {
        foreach (BasicBlock block in Blocks)
            foreach (Instruction instruction in block.Instructions) instruction.Release();
        Blocks.Clear();
        Blocks.TrimExcess();
    }
}

/// <summary>A basic block: parameters, perhaps an exception parameter, instructions of which the last is a terminator.</summary>
public sealed class BasicBlock(FunctionVersion version) : Entity
{
    /// <summary>The function version that owns the block.</summary>
    public FunctionVersion Version { get; } = version;

    /// <summary>The normal parameters.</summary>
    public List<BlockParameter> Parameters { get; } = [];

    /// <summary>The exception parameter, of type ref&lt;void&gt;, when control arrives on an exceptional edge.</summary>
    public BlockParameter? ExceptionParameter { get; private set; }

    /// <summary>The instructions.</summary>
    public List<Instruction> Instructions { get; } = [];

    /// <summary>The last instruction, if it ends the block.</summary>
    public Instruction? Terminator => Instructions.Count > 0 && Instructions[^1].IsTerminator ? Instructions[^1] : null;

    /// <summary>Whether the block is expected to run rarely; the code generator lays it out apart and gives registers to others. A hint of ours.</summary>
    public bool IsCold { get; set; }

    /// <summary>A number free for whoever works on the function at the moment: its builder, then one pass after the other.</summary>
    public int Slot { get; set; } = -1;

    /// <summary>Adds a parameter.</summary>
    public BlockParameter AddParameter(MuType type, string? name = null)
    {
        var parameter = new BlockParameter(type, this) { Name = name };
        Parameters.Add(parameter);
        return parameter;
    }

    /// <summary>Adds the exception parameter.</summary>
    public BlockParameter AddExceptionParameter(MuType refVoid, string? name = null) =>
        ExceptionParameter = new BlockParameter(refVoid, this) { Name = name };

    /// <summary>Appends an instruction and gives it back.</summary>
    public T Add<T>(T instruction) where T : Instruction
    {
        Instructions.Add(instruction);
        return instruction;
    }

    /// <inheritdoc/>
    public override string ToString() => Name ?? $"block#{Id}";
}

/// <summary>Where an edge goes and the values that it passes to the target's parameters.</summary>
public sealed class Destination(BasicBlock target, params Value[] arguments)
{
    /// <summary>The block.</summary>
    public BasicBlock Target { get; set; } = target;

    /// <summary>Values for the target's normal parameters.</summary>
    public Value[] Arguments { get; set; } = arguments;
}
