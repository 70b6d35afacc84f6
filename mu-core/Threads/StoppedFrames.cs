using Mu.Core.Types;

namespace Mu.Core.Threads;

/// <summary>What stopped frames wait for.</summary>
internal static class StoppedFrames
{
    /// <summary>The types of the values that a frame waits for: its arguments, or the results of the instruction where it stopped.</summary>
    public static IReadOnlyList<MuType> AwaitedTypes(this IStoppedFrame frame) => frame switch
    {
        { IsFresh: true } => frame.Function.Signature.Parameters,
        { Instruction: { } instruction } => Array.ConvertAll(instruction.Results, r => r.Type),
        _ => throw new InvalidOperationException($"a frame of {frame.Function} did not stop at an instruction of the program"),
    };
}
