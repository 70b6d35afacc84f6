using Mu.Lua.Scoping;

namespace Mu.Lua.Syntax;

/// <summary>A function whose names are resolved. The main function is vararg and has the one upvalue <c>_ENV</c>, which has no source.</summary>
internal sealed record FunctionNode(
    SourcePosition At,
    int LastLine,
    IReadOnlyList<LocalVariable> Parameters,
    bool IsVararg,
    bool UsesVararg,
    Block Body,
    IReadOnlyList<Upvalue> Upvalues,
    IReadOnlyList<LocalVariable> Locals,
    IReadOnlyList<FunctionNode> Children);
