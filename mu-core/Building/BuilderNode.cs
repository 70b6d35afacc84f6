using Mu.Core.IR;

namespace Mu.Core.Building;

/// <summary>An operand of an instruction on a builder: a number (a symbol, or a number's bits), an array of symbols or words, or a text.</summary>
internal readonly record struct BuilderOperand(ulong Word, ulong[]? Words = null, string? Text = null);

/// <summary>What one instruction on a builder has defined, as it was said: it is looked at when the bundle is loaded, because nodes may be built in any order.</summary>
/// <param name="Op">The instruction.</param>
/// <param name="Operands">Its operands, in the order of <see cref="BuilderSignature"/>.</param>
internal sealed record BuilderNode(CommonOp Op, BuilderOperand[] Operands)
{
    /// <summary>An operand that is a symbol, or 0.</summary>
    public int Symbol(int operand) => (int)Operands[operand].Word;

    /// <summary>An operand that is an int&lt;32&gt;.</summary>
    public int Number(int operand) => (int)Operands[operand].Word;

    /// <summary>An operand that is an int&lt;64&gt;, or a floating-point number's bits.</summary>
    public ulong Word(int operand) => Operands[operand].Word;

    /// <summary>An operand that is an array of words.</summary>
    public ulong[] Words(int operand) => Operands[operand].Words!;

    /// <summary>An operand that is an array of symbols.</summary>
    public int[] Symbols(int operand) => Array.ConvertAll(Words(operand), word => (int)word);

    /// <summary>An operand that is a text.</summary>
    public string Text(int operand) => Operands[operand].Text ?? throw new IRBuilderException($"{this}: a text is NULL");

    /// <inheritdoc/>
    public override string ToString() => $"@{CommonSignature.NameOf(Op)}{(Operands.Length > 0 ? $" of symbol {Operands[0].Word}" : "")}";
}

/// <summary>What a builder refuses, with the reason.</summary>
internal sealed class IRBuilderException(string message) : Exception(message);
