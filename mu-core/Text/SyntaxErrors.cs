using Antlr4.Runtime;

namespace Mu.Core.Text;

/// <summary>Collects errors with their places, and words the parser's own.</summary>
internal sealed class SyntaxErrors(string file) : BaseErrorListener, IAntlrErrorListener<int>
{
    public List<UirError> All { get; } = [];

    public void Add(IToken at, string reason) => All.Add(new UirError(file, at.Line, at.Column + 1, reason));

    public override void SyntaxError(TextWriter output, IRecognizer recognizer, IToken offendingSymbol, int line, int charPositionInLine, string msg, RecognitionException e)
    {
        string found = offendingSymbol.Type == TokenConstants.EOF ? "the end of the file" : $"'{offendingSymbol.Text}'";
        string expected = TokenNames.OfAll(((Parser)recognizer).GetExpectedTokens(), recognizer.Vocabulary);
        All.Add(new UirError(file, line, charPositionInLine + 1, $"found {found}, expected {expected}"));
    }

    public void SyntaxError(TextWriter output, IRecognizer recognizer, int offendingSymbol, int line, int charPositionInLine, string msg, RecognitionException e) =>
        All.Add(new UirError(file, line, charPositionInLine + 1, $"no word of Mu IR starts here: {msg}"));
}
