namespace Mu.Lua.Syntax;

/// <summary>A chunk that is no Lua program. The message is PUC's, chunk name and line included.</summary>
internal sealed class LuaSyntaxException(string message, int line, int column) : Exception(message)
{
    public int Line { get; } = line;

    public int Column { get; } = column;
}
