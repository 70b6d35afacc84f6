using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Images;

/// <summary>Writes function bodies. Blocks and their parameters come first, then instructions; a local variable is its number in that order, names are written without what their block's name says.</summary>
internal sealed class VersionWriter(EntityWriter entities)
{
    /// <summary>The first character of a name that is written without its scope's.</summary>
    public const char Relative = '\0';

    private readonly Dictionary<Value, int> locals = [];
    private readonly Dictionary<BasicBlock, int> blocks = [];

    /// <summary>Adds what a body refers to.</summary>
    public void Visit(FunctionVersion version)
    {
        foreach (BasicBlock block in version.Blocks)
        {
            foreach (BlockParameter parameter in block.Parameters) entities.NumberOf((Entity)parameter.Type);
            if (block.ExceptionParameter is { } caught) entities.NumberOf((Entity)caught.Type);
            foreach (Instruction instruction in block.Instructions)
            {
                foreach (Entity type in InstructionForm.Of(instruction).Types) entities.NumberOf(type);
                Visit(instruction.Operands);
                if (instruction is SwitchInstruction s) Visit(s.Keys);
                foreach (Destination destination in instruction.Destinations) Visit(destination.Arguments);
            }
        }
    }

    /// <summary>Writes a body.</summary>
    public void Write(ImageOutput output, FunctionVersion version)
    {
        locals.Clear();
        blocks.Clear();
        output.Number(entities.NumberOf(version.Function));
        output.Text(version.Name);
        output.Truth(version.SplitsCold);
        output.Truth(version.PeelsLoops);
        output.Number(version.Blocks.Count);
        foreach (BasicBlock block in version.Blocks) WriteHead(output, version, block);
        foreach (BasicBlock block in version.Blocks)
        {
            output.Number(block.Instructions.Count);
            foreach (Instruction instruction in block.Instructions) Write(output, block, instruction);
        }
    }

    private void Visit(IEnumerable<Value> values)
    {
        foreach (Value value in values)
            if (value is GlobalValue global) entities.NumberOf(global);
    }

    private void WriteHead(ImageOutput output, FunctionVersion version, BasicBlock block)
    {
        blocks.Add(block, blocks.Count);
        WriteName(output, block.Name, version.Name);
        output.Number((block.IsCold ? 1 : 0) | (block.ExceptionParameter is null ? 0 : 2));
        output.Number(block.Parameters.Count);
        foreach (BlockParameter parameter in block.Parameters) WriteParameter(output, block, parameter);
        if (block.ExceptionParameter is { } caught) WriteParameter(output, block, caught);
    }

    private void WriteParameter(ImageOutput output, BasicBlock block, BlockParameter parameter)
    {
        output.Number(entities.NumberOf((Entity)parameter.Type));
        WriteName(output, parameter.Name, block.Name);
        locals.Add(parameter, locals.Count);
    }

    private void Write(ImageOutput output, BasicBlock block, Instruction instruction)
    {
        InstructionForm form = InstructionForm.Of(instruction);
        output.Number((int)form.Kind);
        WriteName(output, instruction.Name, block.Name);
        output.Signed(instruction.SourceTag);
        output.Number(form.Numbers.Length);
        foreach (long number in form.Numbers) output.Signed(number);
        output.Number(form.Types.Length);
        foreach (Entity type in form.Types) output.Number(entities.NumberOf(type));
        output.Number(form.Flags.Length);
        foreach (string flag in form.Flags) output.Text(flag);
        WriteValues(output, instruction.Operands);
        WriteValues(output, instruction is SwitchInstruction s ? s.Keys : []);
        output.Truth(instruction.HasExceptionClause);
        output.Number(instruction.Destinations.Length);
        foreach (Destination destination in instruction.Destinations) output.Number(blocks[destination.Target]);
        foreach (InstructionResult result in instruction.Results)
        {
            WriteName(output, result.Name, block.Name);
            locals.Add(result, locals.Count);
        }

        // Behind the results, which are in scope on the instruction's own destinations.
        foreach (Destination destination in instruction.Destinations) WriteValues(output, destination.Arguments);
        WriteValues(output, instruction.KeepAlives);
    }

    private void WriteValues(ImageOutput output, IReadOnlyList<Value> values)
    {
        output.Number(values.Count);
        foreach (Value value in values) output.Number(value is GlobalValue global ? entities.NumberOf(global) * 2 : locals[value] * 2 + 1);
    }

    /// <summary>A name that begins with its scope's is written as a mark and the rest.</summary>
    private static void WriteName(ImageOutput output, string? name, string? scope) =>
        output.Text(name is not null && scope is not null && name.StartsWith(scope + ".", StringComparison.Ordinal) ? Relative + name[scope.Length..] : name);
}
