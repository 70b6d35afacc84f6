using Antlr4.Runtime;
using Antlr4.Runtime.Atn;
using Antlr4.Runtime.Dfa;
using Mu.Lua.Generated;

namespace Mu.Lua.Syntax;

/// <summary>
/// Takes the one decision of the grammar that is not made on a single token by the grammar itself: whether an expression goes on with another suffix.
/// It does whenever the next token can begin one (manual, section 3.3.1), so nothing has to be predicted adaptively.
/// </summary>
internal sealed class LuaPrediction(Parser parser, ATN atn, DFA[] states, PredictionContextCache cache) : ParserATNSimulator(parser, atn, states, cache)
{
    private const int GoOn = 1, Stop = 2;

    public override int AdaptivePredict(ITokenStream input, int decision, ParserRuleContext outerContext)
    {
        if (outerContext is not LuaParser.SuffixedContext)
            throw new InvalidOperationException($"Decision {decision} of the grammar needs more than one token.");
        return input.LA(1) is LuaParser.DOT or LuaParser.OPEN_BRACKET or LuaParser.COLON or LuaParser.OPEN_PAREN or LuaParser.OPEN_BRACE
            or LuaParser.STRING or LuaParser.LONG_STRING ? GoOn : Stop;
    }
}
