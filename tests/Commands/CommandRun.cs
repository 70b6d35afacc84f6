namespace Mu.Tests.Commands;

/// <summary>What a run of the command left.</summary>
/// <param name="ExitCode">The exit code.</param>
/// <param name="Output">Standard output, a character per byte.</param>
/// <param name="Error">Standard error, a character per byte.</param>
/// <param name="Time">How long it took.</param>
internal sealed record CommandRun(int ExitCode, string Output, string Error, TimeSpan Time);
