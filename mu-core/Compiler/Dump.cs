using Iced.Intel;
using Mu.Core.Compiler.Lir;
using Mu.Core.Compiler.Ssa;
using Mu.Core.Compiler.X64;
using Mu.Core.IR;

namespace Mu.Core.Compiler;

/// <summary>Prints stages of compilation as <c>MU_DUMP</c> and <c>MU_DUMP_FUNC</c> ask for (docs/debugging.md).</summary>
internal readonly struct Dump
{
    private static readonly string Stages = Environment.GetEnvironmentVariable("MU_DUMP") ?? "";
    private static readonly string? Only = Environment.GetEnvironmentVariable("MU_DUMP_FUNC");
    private static readonly TextWriter Output = Environment.GetEnvironmentVariable("MU_DUMP_FILE") is { } file ? new StreamWriter(file) { AutoFlush = true } : Console.Error;
    private readonly string? name;
    private readonly string stages;
    private readonly TextWriter output;

    private Dump(string? name, string stages, TextWriter output) => (this.name, this.stages, this.output) = (name, stages, output);

    public static Dump For(FunctionVersion version) =>
        Stages.Length == 0 || (Only is not null && version.Function.Name != Only) ? default : To(version, Stages, Output);

    /// <summary>Prints stages of one compilation.</summary>
    public static Dump To(FunctionVersion version, string stages, TextWriter output) => new(version.Function.Name ?? $"function {version.Function.Id}", stages, output);

    public bool WantsTimes => Wants("time");

    public void Line(string text) => output.WriteLine($"{text} {name}");

    private bool Wants(string stage) => name is not null && stages.Contains(stage, StringComparison.Ordinal);

    public void Ssa(SsaGraph graph)
    {
        if (!Wants("ssa")) return;
        output.WriteLine($"== ssa {name}");
        foreach (SsaBlock block in graph.Blocks)
        {
            output.WriteLine($"{block}({string.Join(" ", block.Params.Select(p => $"{p}:{p.Kind}"))}){(block.IsCold ? " cold" : "")} loop {block.LoopDepth}");
            foreach (SsaNode node in block.Nodes) output.WriteLine($"  {node} = {Describe(node)}");
            output.WriteLine($"  {Describe(block.Terminator)} -> {string.Join(", ", block.Successors.Select(e => $"{e.To}({string.Join(" ", e.Args.Select(Name))}){(e.IsExceptional ? "!" : "")}"))}");
        }
    }

    private static string Name(SsaNode node) => node.Op switch { SsaOp.Const => $"#{node.Imm:X}", SsaOp.Symbol => $"@{node.Aux}", _ => node.ToString() };

    private static string Describe(SsaNode n) =>
        $"{n.Op}{(n.Width != 0 ? $".{n.Width}" : "")} {string.Join(" ", n.Args.Select(Name))}{(n.Op == SsaOp.Cmp ? $" {n.Cond}" : "")}{(n.Imm != 0 ? $" imm {n.Imm}" : "")}{(n.Scale > 0 && n.Op == SsaOp.Lea ? $" scale {n.Scale}" : "")} :{n.Kind} ×{n.UseCount}";

    public void Lir(string stage, LirFunction function)
    {
        if (!Wants(stage)) return;
        output.WriteLine($"== {stage} {name}");
        foreach (LirBlock block in function.Blocks)
        {
            output.WriteLine($"b{block.Id}({string.Join(" ", block.Parameters)}) -> {string.Join(", ", block.Successors.Select(e => $"b{e.To.Id}({string.Join(" ", e.Arguments)})"))}");
            foreach (LirInstruction i in block.Instructions) output.WriteLine($"  {i}");
        }
    }

    public void Assembly(Emitter emitter)
    {
        if (!Wants("asm")) return;
        output.WriteLine($"== asm {name}");
        var decoder = Decoder.Create(64, emitter.Buffer.Bytes.ToArray());
        var formatter = new IntelFormatter();
        var text = new StringOutput();
        while (decoder.IP < (ulong)emitter.CodeLength)
        {
            decoder.Decode(out Iced.Intel.Instruction instruction);
            formatter.Format(instruction, text);
            output.WriteLine($"{instruction.IP:X4}  {text.ToStringAndReset()}");
        }
    }
}
