using Antlr4.Runtime;
using Mu.Core.IR;
using Mu.Core.Types;
using static Mu.Core.Generated.MuIRParser;

namespace Mu.Core.Text;

/// <summary>Reads one function body. All blocks are made before any instruction, since branches go forward; variables live in their block only.</summary>
internal sealed class BodyReader(BundleReader bundle, FunctionVersion version)
{
    private readonly Dictionary<string, BasicBlock> blocks = [];
    private readonly Dictionary<string, LocalValue> locals = [];
    private BasicBlock current = null!;

    public void Read(FunctionDefinitionContext context)
    {
        foreach (BlockContext block in context.block()) Declare(block);
        int index = 0;
        foreach (BlockContext block in context.block()) ReadBlock(block, version.Blocks[index++]);
    }

    public SyntaxErrors Errors => bundle.Errors;

    public MuType Type(TypeContext context) => bundle.Types.Read(context);

    public MuType[] Types(TypeListContext context) => bundle.Types.Read(context);

    public FunctionSignature Signature(SignatureRefContext context) => bundle.Types.Read(context);

    public Value Value(ValueContext context)
    {
        IToken token = context.Start;
        if (locals.TryGetValue(Expand(token.Text, current.Name), out LocalValue? local)) return local;
        if (token.Text[0] == '@') return bundle.Global(token);
        Errors.Add(token, $"{token.Text} is not defined in this block before its use");
        return new NullConstant(SimpleType.Void);
    }

    public Value[] Values(ValueContext[] contexts) => Array.ConvertAll(contexts, Value);

    public Destination Destination(DestinationContext context) => new(Target(context), Values(context.value()));

    public BasicBlock Target(DestinationContext context)
    {
        IToken name = context.name().Start;
        if (blocks.TryGetValue(Expand(name.Text, version.Name), out BasicBlock? target)) return target;
        Errors.Add(name, $"{name.Text} is no block of this function");
        return current;
    }

    public GlobalValue Global(IToken name) => bundle.Global(name);

    private static string Expand(string text, string? scope) => text[0] == '@' ? text[1..] : $"{scope}.{text[1..]}";

    private void Declare(BlockContext context)
    {
        string name = Expand(context.label.GetText(), version.Name);
        BasicBlock block = version.AddBlock(name);
        bundle.Locate(block, context.label.Start);
        if (!blocks.TryAdd(name, block)) Errors.Add(context.label.Start, $"block {context.label.GetText()} is defined already");
        current = block;
        locals.Clear();
        foreach (ParameterContext p in context.parameter()) block.AddParameter(Type(p.type()), Expand(p.name().GetText(), name));
        block.IsCold = context.cold is not null;
        if (context.caught is { } caught)
            block.AddExceptionParameter(new ReferenceType(TypeKind.Ref, SimpleType.Void), Expand(caught.GetText(), name));
    }

    private void ReadBlock(BlockContext context, BasicBlock block)
    {
        current = block;
        locals.Clear();
        for (int i = 0; i < block.Parameters.Count; i++) Define(block.Parameters[i], context.parameter(i).name().Start);
        if (block.ExceptionParameter is { } caught) Define(caught, context.caught.Start);
        foreach (InstructionContext instruction in context.instruction()) ReadInstruction(instruction);
    }

    private void Define(LocalValue value, IToken name)
    {
        value.Name = Expand(name.Text, current.Name);
        if (!locals.TryAdd(value.Name, value)) Errors.Add(name, $"{name.Text} is defined already in this block");
    }

    private void ReadInstruction(InstructionContext context)
    {
        NameContext[] names = context.results()?.name() ?? [];
        if (new InstructionReader(this).Read(context.operation()) is not { } instruction)
        {
            DefineStandIns(names);
            return;
        }
        current.Add(instruction);
        bundle.Locate(instruction, context.operation().Start);
        if (context.site is { } site) instruction.Name = Expand(site.GetText(), current.Name);
        if (context.tag is { } tag) instruction.SourceTag = Literals.Index(tag, Errors);
        if (context.keepAlive() is { } kept) instruction.KeepAlives = Values(kept.value());
        DefineResults(instruction, names, context.operation().Start);
        // An instruction's results are in scope on its own destinations, so these are read after the results have names.
        if (context.operation() is WatchpointContext watchpoint)
            for (int i = 0; i < instruction.Destinations.Length; i++) instruction.Destinations[i].Arguments = Values(watchpoint.destination(i).value());
        if (context.exceptionClause() is not { } clause) return;
        if (instruction.IsTerminator) Errors.Add(clause.Start, $"{context.operation().Start.Text} cannot have an EXC clause");
        else instruction.SetExceptionClause(Destination(clause.destination(0)), Destination(clause.destination(1)));
    }

    private void DefineResults(Instruction instruction, NameContext[] names, IToken op)
    {
        if (names.Length != instruction.Results.Length)
            Errors.Add(op, $"{op.Text} gives {instruction.Results.Length} results, but {names.Length} are named");
        for (int i = 0; i < names.Length && i < instruction.Results.Length; i++) Define(instruction.Results[i], names[i].Start);
        for (int i = instruction.Results.Length; i < names.Length; i++) DefineStandIns([names[i]]);
    }

    // After an error its results still have names, so that one mistake is reported once.
    private void DefineStandIns(NameContext[] names)
    {
        foreach (NameContext name in names) Define(new BlockParameter(SimpleType.Void, current), name.Start);
    }
}
