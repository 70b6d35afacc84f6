using Mu.Core.IR;

namespace Mu.Core.Verification;

/// <summary>A place in a bundle: a top-level entity; or a function version, perhaps one of its blocks, perhaps an instruction of that.</summary>
/// <param name="Entity">The top-level entity (a type, signature, constant, global cell, function, exposed function), or null.</param>
/// <param name="Version">The function version, or null.</param>
/// <param name="Block">The block of the version, or null.</param>
/// <param name="InstructionIndex">The instruction's place in its block, counted from 0; −1 for the block or version as such.</param>
public readonly record struct FindingPlace(Entity? Entity, FunctionVersion? Version = null, BasicBlock? Block = null, int InstructionIndex = -1)
{
    /// <summary>The instruction, or null.</summary>
    public Instruction? Instruction => Block is not null && (uint)InstructionIndex < (uint)Block.Instructions.Count ? Block.Instructions[InstructionIndex] : null;

    /// <inheritdoc/>
    public override string ToString()
    {
        if (Version is null) return EntityText.Of(Entity);
        if (Block is null) return EntityText.Of(Version);
        string block = Block.Name is { } name ? $"@{name}" : $"{EntityText.Of(Version)}, block {Version.Blocks.IndexOf(Block)}";
        return Instruction is { } instruction ? $"{block}, instruction {InstructionIndex} ({InstructionText.Of(instruction)})" : block;
    }
}
