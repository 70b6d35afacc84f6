using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Building;

/// <summary>Function bodies: all blocks with their parameters, then the instructions of each.</summary>
internal sealed partial class BundleAssembler
{
    private static readonly ReferenceType RefVoid = new(TypeKind.Ref, SimpleType.Void);
    private readonly Dictionary<int, BasicBlock> blocks = [];

    private void AssembleVersion(int symbol, BuilderNode node)
    {
        blocks.Clear();
        var version = Keep(symbol, new FunctionVersion(Global<Function>(node.Symbol(1), "function")));
        int[] order = node.Symbols(2);
        foreach (int block in order) AddBlock(version, block);
        foreach (int block in order) AddInstructions(blocks[block], nodes[block]);
        bundle.Versions.Add(version);
    }

    private void AddBlock(FunctionVersion version, int symbol)
    {
        BuilderNode node = Node(symbol, "block");
        if (node.Op != CommonOp.BuilderNewBlock) throw new IRBuilderException($"symbol {Describe(symbol)} is no block");
        BasicBlock block = Keep(symbol, version.AddBlock());
        blocks.Add(symbol, block);
        int[] parameters = node.Symbols(1), types = node.Symbols(2);
        for (int i = 0; i < parameters.Length; i++) Keep(parameters[i], block.AddParameter(Type(types[i])));
        if (node.Symbol(3) is var caught and not 0) Keep(caught, block.AddExceptionParameter(RefVoid));
    }

    private void AddInstructions(BasicBlock block, BuilderNode node)
    {
        foreach (int symbol in node.Symbols(4)) block.Add(AssembleInstruction(symbol, Node(symbol, "instruction")));
    }

    private Instruction AssembleInstruction(int symbol, BuilderNode node)
    {
        InstructionParts parts = PartsOf(node);
        // An instruction's results are in scope on its own destinations, which therefore get their arguments afterwards.
        Destination[] destinations = Array.ConvertAll(parts.Destinations, TargetOf);
        Instruction instruction = Make(node, parts, destinations);
        Keep(symbol, instruction);
        if (parts.Results.Length != instruction.Results.Length) throw new IRBuilderException($"{node} has {instruction.Results.Length} results, and symbols for {parts.Results.Length}");
        for (int i = 0; i < parts.Results.Length; i++) Keep(parts.Results[i], instruction.Results[i]);
        for (int i = 0; i < destinations.Length; i++) destinations[i].Arguments = Values(Clause(parts.Destinations[i], CommonOp.BuilderNewDestinationClause).Symbols(2));
        if (parts.Exception != 0) SetExceptionClause(node, instruction, Clause(parts.Exception, CommonOp.BuilderNewExceptionClause));
        if (parts.KeepAlive != 0) instruction.KeepAlives = Values(Clause(parts.KeepAlive, CommonOp.BuilderNewKeepAliveClause).Symbols(1));
        return instruction;
    }

    private static Instruction Make(BuilderNode node, InstructionParts parts, Destination[] destinations)
    {
        try
        {
            return new InstructionMaker(parts.Form, parts.Operands, destinations, parts.Keys).Make();
        }
        catch (InstructionFormException failure)
        {
            throw new IRBuilderException($"{node}: {failure.Message}");
        }
    }

    private void SetExceptionClause(BuilderNode node, Instruction instruction, BuilderNode clause)
    {
        if (instruction.IsTerminator) throw new IRBuilderException($"{node} cannot have an exception clause");
        Destination normal = TargetOf(clause.Symbol(1)), exceptional = TargetOf(clause.Symbol(2));
        normal.Arguments = Values(Clause(clause.Symbol(1), CommonOp.BuilderNewDestinationClause).Symbols(2));
        exceptional.Arguments = Values(Clause(clause.Symbol(2), CommonOp.BuilderNewDestinationClause).Symbols(2));
        instruction.SetExceptionClause(normal, exceptional);
    }

    private BuilderNode Clause(int symbol, CommonOp kind) =>
        Node(symbol, "clause") is { } node && node.Op == kind ? node : throw new IRBuilderException($"symbol {Describe(symbol)} is not of {CommonSignature.NameOf(kind)}");

    private Destination TargetOf(int symbol)
    {
        int target = Clause(symbol, CommonOp.BuilderNewDestinationClause).Symbol(1);
        return blocks.TryGetValue(target, out BasicBlock? block) ? new Destination(block) : throw new IRBuilderException($"symbol {Describe(target)} is no block of the function");
    }

    private Value Value(int symbol)
    {
        if (made.TryGetValue(symbol, out Entity? entity)) return entity as Value ?? throw new IRBuilderException($"symbol {Describe(symbol)} is no variable");
        return symbols.ContainsKey(symbol) && !nodes.ContainsKey(symbol) ? throw new IRBuilderException($"variable {Describe(symbol)} is not defined before its use") : Global(symbol);
    }

    private Value[] Values(int[] list) => Array.ConvertAll(list, Value);
}
