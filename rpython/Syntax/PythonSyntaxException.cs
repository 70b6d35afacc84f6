namespace Mu.RPython.Syntax;

/// <summary>A source file is no Python 2 program: file, line and what is wrong there.</summary>
internal sealed class PythonSyntaxException(string file, int line, string message) : Exception(message)
{
    public string File { get; } = file;

    public int Line { get; } = line;
}
