using Mu.Core.Api;
using Mu.Core.IR;
using Mu.Core.Text;
using Mu.Lua.Compilation;

namespace Mu.Lua.Diagnostics;

/// <summary>Prints what becomes of a function, each time that it is compiled: syntax tree, Mu IR, stages of the code generator.</summary>
/// <param name="stages">Names of stages, separated by commas.</param>
/// <param name="wanted">The function's name as it is written, "main" for main chunks, the line of its first word or FILE:LINE, or "*" for all.</param>
/// <param name="output">Where to.</param>
internal sealed class FunctionDumps(string stages, string wanted, TextWriter output)
{
    /// <summary>The stages that can be printed.</summary>
    public static readonly string[] Stages = ["ast", "ir", "ssa", "lir", "ra", "asm"];

    private readonly FunctionNames names = new();
    private readonly string[] chosen = stages.Split(',');

    /// <summary>The function that was asked for.</summary>
    public string Wanted { get; } = wanted;

    /// <summary>Whether a function has been printed.</summary>
    public bool HasPrinted { get; private set; }

    /// <summary>A function, or the part of it from a loop on, has been translated to Mu IR.</summary>
    public void Translated(MuVM vm, Prototype prototype, Tier tier, bool isLoop, FunctionVersion version)
    {
        if (prototype.IsLibrary || !IsWanted(prototype)) return;
        HasPrinted = true;
        string title = $"{names.Of(prototype)} ({prototype.ChunkName}:{prototype.Node.At.Line}) {tier.ToString().ToLowerInvariant()}{(isLoop ? " from a loop on" : "")}";
        foreach (string stage in chosen)
        {
            output.WriteLine($"=== {stage} of {title}");
            switch (stage)
            {
                case "ast": new SyntaxText(output).Write(prototype.Node); break;
                case "ir": output.Write(UirPrinter.Print(version)); break;
                default: vm.Disassemble(version, stage, output); break;
            }
        }
        output.Flush();
    }

    private bool IsWanted(Prototype prototype)
    {
        string line = prototype.Node.At.Line.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Wanted == "*" || (prototype.IsMain ? Wanted == "main" : Wanted.Replace(':', '.') == names.Of(prototype) || Wanted == line || Wanted == $"{prototype.ChunkName}:{line}");
    }
}
