using Antlr4.Runtime;
using Mu.Lua.Generated;

namespace Mu.Lua.Syntax;

/// <summary>Stops deep nesting before the recursive parser meets it: a bracket or block costs PUC at least one of its 200 levels.</summary>
internal static class TokenNesting
{
    public const int Limit = 200;

    public static bool IsTooDeep(CommonTokenStream tokens)
    {
        var depth = 0;
        foreach (var token in tokens.GetTokens())
        {
            switch (token.Type)
            {
                case LuaParser.OPEN_PAREN or LuaParser.OPEN_BRACE or LuaParser.OPEN_BRACKET
                    or LuaParser.DO or LuaParser.IF or LuaParser.FUNCTION or LuaParser.REPEAT:
                    if (++depth > Limit)
                        return true;
                    break;
                case LuaParser.CLOSE_PAREN or LuaParser.CLOSE_BRACE or LuaParser.CLOSE_BRACKET or LuaParser.END or LuaParser.UNTIL:
                    depth = Math.Max(0, depth - 1);
                    break;
            }
        }
        return false;
    }
}
