using Antlr4.Runtime;
using Antlr4.Runtime.Misc;
using Mu.Core.Generated;

namespace Mu.Core.Text;

/// <summary>What error messages call the words of the text form.</summary>
internal static class TokenNames
{
    /// <summary>A set of words as a choice: <c>'(', '[' or a global name (@…)</c>. An instruction may begin with many words, which are told by kind.</summary>
    public static string OfAll(IntervalSet tokens, IVocabulary vocabulary)
    {
        List<string> names = [.. tokens.ToList().Select(t => Of(t, tokens, vocabulary)).Distinct()];
        return names.Count == 1 ? names[0] : $"{string.Join(", ", names.SkipLast(1))} or {names[^1]}";
    }

    private static string Of(int token, IntervalSet expected, IVocabulary vocabulary) => token switch
    {
        TokenConstants.EOF => "the end of the file",
        MuIRLexer.GLOBAL => "a global name (@…)",
        MuIRLexer.LOCAL => "a local name (%…)",
        MuIRLexer.FLAG => "a flag (#…)",
        MuIRLexer.INT => "an integer",
        MuIRLexer.FP => "a floating-point number (1.0d, 1.0f)",
        MuIRLexer.STRING => "a string in quotes",
        MuIRLexer.ORDER => "a memory order (SEQ_CST, …)",
        MuIRLexer.BINOP when expected.Contains(MuIRLexer.RMWOP) => "an operation (XCHG, ADD, …)",
        MuIRLexer.RMWOP => "an operation (XCHG, ADD, …)",
        _ when expected.Contains(MuIRLexer.BINOP) && StartsInstruction(token) => "an instruction",
        >= MuIRLexer.DOT_TYPEDEF and <= MuIRLexer.DOT_FUNCDEF when vocabulary.GetLiteralName(token)?.StartsWith("'.", StringComparison.Ordinal) == true => "a definition (.typedef, …)",
        _ => vocabulary.GetDisplayName(token),
    };

    private static bool StartsInstruction(int token) =>
        token is MuIRLexer.BINOP or MuIRLexer.COMPARE or MuIRLexer.CONVERT or (>= MuIRLexer.KEY_SELECT and <= MuIRLexer.KEY_COMMINST);
}
