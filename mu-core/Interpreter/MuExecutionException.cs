namespace Mu.Core.Interpreter;

/// <summary>
/// The program did what the specification leaves undefined (a NULL function called, a dead stack resumed, NULL dereferenced without an EXC clause), and the interpreter, being
/// the engine that tells rather than guesses, says so.
/// </summary>
internal sealed class MuExecutionException(string message) : Exception(message);
