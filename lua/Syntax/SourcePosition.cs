namespace Mu.Lua.Syntax;

/// <summary>A place in a chunk; line and column start at 1.</summary>
internal readonly record struct SourcePosition(int Line, int Column);
