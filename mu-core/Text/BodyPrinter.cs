using System.Text;
using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Text;

/// <summary>Writes one function body.</summary>
internal sealed class BodyPrinter(BundlePrinter bundle, StringBuilder text, FunctionVersion version)
{
    private readonly Dictionary<Entity, string> locals = [];
    private string scope = "";

    public void Print()
    {
        string function = bundle.Global(version.Function);
        string versionName = bundle.Names.Of(version, () => function[1..] + ".v");
        DeclareBlocks(versionName);
        text.Append($"\n.funcdef {function} VERSION {Relative(versionName, function[1..])} <{bundle.Types.Text(version.Function.Signature)}> {{\n");
        foreach (BasicBlock block in version.Blocks) PrintBlock(block);
        text.Append("}\n");
    }

    public string Type(MuType type) => bundle.Types.Text(type);

    public string Types(IEnumerable<MuType> types) => bundle.Types.Text(types);

    public string Signature(FunctionSignature signature) => bundle.Types.Text(signature);

    public string Signatures(IEnumerable<FunctionSignature> signatures) => bundle.Types.Text(signatures);

    public string Value(Value value) => value is GlobalValue global ? bundle.Global(global) : Local(value);

    public string Values(IEnumerable<Value> values) => string.Join(' ', values.Select(Value));

    public string Destination(Destination destination) => $"{Block(destination.Target)}({Values(destination.Arguments)})";

    // A block of another function is an error of the bundle, but dumps are made of wrong bundles above all.
    private string Block(BasicBlock block) => locals.TryGetValue(block, out string? name) ? name : "@" + bundle.Names.Of(block, () => "foreign");

    // Blocks first, so that branches go forward, and with them what they define.
    private void DeclareBlocks(string versionName)
    {
        for (int i = 0; i < version.Blocks.Count; i++)
        {
            int number = i;
            BasicBlock block = version.Blocks[i];
            locals[block] = Relative(bundle.Names.Of(block, () => $"{versionName}.b{number}"), versionName);
        }
    }

    private void PrintBlock(BasicBlock block)
    {
        scope = bundle.Names.Of(block, () => "b");
        text.Append($"  {locals[block]}({string.Join(' ', block.Parameters.Select(p => $"<{Type(p.Type)}> {Local(p)}"))})");
        if (block.ExceptionParameter is { } caught) text.Append($" [{Local(caught)}]");
        text.Append(block.IsCold ? " COLD:\n" : ":\n");
        foreach (Instruction instruction in block.Instructions) PrintInstruction(instruction);
    }

    private void PrintInstruction(Instruction instruction)
    {
        text.Append("    ");
        if (instruction.Results.Length == 1) text.Append($"{Local(instruction.Results[0])} = ");
        else if (instruction.Results.Length > 1) text.Append($"({Values(instruction.Results)}) = ");
        text.Append(Site(instruction)).Append(InstructionText.Of(instruction, this));
        if (instruction.HasExceptionClause) text.Append($" EXC({Destination(instruction.Destinations[0])} {Destination(instruction.Destinations[1])})");
        if (instruction.KeepAlives.Length > 0) text.Append($" KEEPALIVE({Values(instruction.KeepAlives)})");
        text.Append('\n');
    }

    private string Site(Instruction instruction)
    {
        string name = instruction.Name is null ? "" : Relative(bundle.Names.Of(instruction, () => scope + ".site"), scope);
        string tag = instruction.SourceTag == 0 ? "" : Invariant(instruction.SourceTag);
        return name == "" && tag == "" ? "" : $"[{name}{(name != "" && tag != "" ? " " : "")}{tag}] ";
    }

    private static string Invariant(int value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private string Local(Value value)
    {
        if (locals.TryGetValue(value, out string? known)) return known;
        return locals[value] = Relative(bundle.Names.Of(value, () => $"{scope}.{(value is BlockParameter ? 'p' : 'r')}"), scope);
    }

    private static string Relative(string name, string scope) =>
        name.Length > scope.Length + 1 && name.StartsWith(scope, StringComparison.Ordinal) && name[scope.Length] == '.' ? "%" + name[(scope.Length + 1)..] : "@" + name;
}
