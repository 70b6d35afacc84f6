using Mu.Core.IR;

namespace Mu.Core.Verification;

/// <summary>An instruction's operation as the text form spells it, with the instruction's name if it has one.</summary>
internal static class InstructionText
{
    public static string Of(Instruction instruction) => instruction.Name is { } name ? $"{Operation(instruction)} [@{name}]" : Operation(instruction);

    public static string Operation(Instruction instruction) => instruction switch
    {
        BinaryInstruction i => i.Op.ToString().ToUpperInvariant(),
        CompareInstruction i => i.Op.ToString().ToUpperInvariant(),
        ConvertInstruction i => i.Op.ToString().ToUpperInvariant(),
        CompareExchangeInstruction => "CMPXCHG",
        ReturnInstruction => "RET",
        WatchpointBranchInstruction => "WPBRANCH",
        CommonInstruction i => $"@{Name(i.Op)}",
        _ => instruction.GetType().Name.Replace("Instruction", "", StringComparison.Ordinal).ToUpperInvariant(),
    };

    private static string Name(CommonOp op) => Enum.IsDefined(op) ? CommonSignature.NameOf(op) : $"common instruction {(int)op:x}";
}
