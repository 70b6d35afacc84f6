namespace Mu.Core.Api;

/// <summary>What the code generator has done so far.</summary>
/// <param name="Functions">Number of compilations.</param>
/// <param name="CodeBytes">Machine code made.</param>
/// <param name="Time">Time from Mu IR to machine code.</param>
public sealed record CompilerStatistics(long Functions, long CodeBytes, TimeSpan Time)
{
    internal static CompilerStatistics None { get; } = new(0, 0, TimeSpan.Zero);

    /// <summary>One line for people.</summary>
    public override string ToString() => FormattableString.Invariant($"{Functions} functions in {Time.TotalMilliseconds:F1} ms, {CodeBytes >> 10} KB of machine code");
}
