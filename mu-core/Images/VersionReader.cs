using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Images;

/// <summary>Reads one function body (<see cref="VersionWriter"/>).</summary>
internal sealed class VersionReader(EntityReader entities, ImageInput input)
{
    private readonly List<LocalValue> locals = [];
    private FunctionVersion version = null!;

    /// <summary>The definition.</summary>
    public FunctionVersion Read()
    {
        version = new FunctionVersion(entities.Global<Function>()) { Name = input.Text(), SplitsCold = input.Truth(), PeelsLoops = input.Truth() };
        int blocks = input.Count("blocks");
        for (int i = 0; i < blocks; i++) ReadHead(version.AddBlock());
        foreach (BasicBlock block in version.Blocks)
        {
            int count = input.Count("instructions");
            for (int i = 0; i < count; i++) block.Add(ReadInstruction(block));
        }

        return version;
    }

    private void ReadHead(BasicBlock block)
    {
        block.Name = ReadName(version.Name);
        int flags = input.Below(4, "flags of a block");
        block.IsCold = (flags & 1) != 0;
        int parameters = input.Count("parameters");
        for (int i = 0; i < parameters; i++) locals.Add(block.AddParameter(entities.Type(), ReadName(block.Name)));
        if ((flags & 2) != 0) locals.Add(block.AddExceptionParameter(entities.Type(), ReadName(block.Name)));
    }

    private Instruction ReadInstruction(BasicBlock block)
    {
        var kind = (InstructionKind)input.Below((int)InstructionKind.Common + 1, "kind of instruction");
        string? name = ReadName(block.Name);
        int tag = input.Signed() is >= int.MinValue and <= int.MaxValue and var given ? (int)given : throw input.Bad("a source tag of more than 32 bits");
        var numbers = new long[input.Count("numbers")];
        for (int i = 0; i < numbers.Length; i++) numbers[i] = input.Signed();
        var types = new Entity[input.Count("types")];
        for (int i = 0; i < types.Length; i++) types[i] = entities.TypeOrSignature();
        var flags = new string[input.Count("flags")];
        for (int i = 0; i < flags.Length; i++) flags[i] = input.NeededText();
        Value[] operands = ReadValues();
        GlobalValue[] keys = Array.ConvertAll(ReadValues(), v => v as GlobalValue ?? throw input.Bad("a local variable as key"));
        bool hasClause = input.Truth();
        var destinations = new Destination[input.Count("destinations")];
        for (int i = 0; i < destinations.Length; i++) destinations[i] = new Destination(version.Blocks[input.Below(version.Blocks.Count, "block")]);
        Instruction instruction = Make(new InstructionForm(kind, numbers, types, flags), operands, hasClause ? [] : destinations, keys);
        (instruction.Name, instruction.SourceTag) = (name, tag);
        foreach (InstructionResult result in instruction.Results)
        {
            result.Name = ReadName(block.Name);
            locals.Add(result);
        }

        // An instruction's results are in scope on its own destinations.
        foreach (Destination destination in destinations) destination.Arguments = ReadValues();
        if (hasClause) SetClause(instruction, destinations);
        instruction.KeepAlives = ReadValues();
        return instruction;
    }

    private Instruction Make(InstructionForm form, Value[] operands, Destination[] destinations, GlobalValue[] keys)
    {
        try
        {
            return new InstructionMaker(form, operands, destinations, keys).Make();
        }
        catch (InstructionFormException failure)
        {
            throw input.Bad(failure.Message);
        }
    }

    private void SetClause(Instruction instruction, Destination[] destinations)
    {
        if (destinations.Length != 2 || instruction.IsTerminator) throw input.Bad("an EXC clause where none can be");
        instruction.SetExceptionClause(destinations[0], destinations[1]);
    }

    private Value[] ReadValues()
    {
        var values = new Value[input.Count("values")];
        for (int i = 0; i < values.Length; i++) values[i] = ReadValue();
        return values;
    }

    private Value ReadValue()
    {
        int number = input.Below(int.MaxValue, "value");
        if ((number & 1) == 0) return entities.Global(number / 2);
        return number / 2 < locals.Count ? locals[number / 2] : throw input.Bad($"local variable {number / 2}, which is not before it");
    }

    private string? ReadName(string? scope) => input.Text() is { } name ? name.StartsWith(VersionWriter.Relative) ? scope + name[1..] : name : null;
}
