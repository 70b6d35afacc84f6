namespace Mu.Bench;

/// <summary>A mistake of the user, told in one line.</summary>
internal sealed class BenchException(string message) : Exception(message);
