using System.Text;
using Antlr4.Runtime;
using Antlr4.Runtime.Misc;
using Mu.RPython.Generated;

namespace Mu.RPython.Syntax;

/// <summary>Python source to a syntax tree.</summary>
internal static class PythonFrontEnd
{
    /// <summary>Parses a file's bytes. <paramref name="file"/> is its name in messages.</summary>
    /// <exception cref="PythonSyntaxException">It is no Python 2 program.</exception>
    public static ModuleNode Parse(ReadOnlySpan<byte> source, string file)
    {
        string text = Encoding.Latin1.GetString(source);
        var lexer = new RPythonLexer(new AntlrInputStream(text), TextWriter.Null, TextWriter.Null);
        lexer.RemoveErrorListeners();
        lexer.AddErrorListener(new LexicalErrors(file));
        var indenting = new IndentingTokenSource(lexer, text, file) { PrintIsName = text.Contains("import print_function", StringComparison.Ordinal) };
        var tokens = new CommonTokenStream(indenting);
        var parser = new RPythonParser(tokens, TextWriter.Null, TextWriter.Null);
        parser.RemoveErrorListeners();
        parser.AddErrorListener(new SyntaxErrors(file));
        return new TreeBuilder(file).Module(parser.file());
    }

    private sealed class LexicalErrors(string file) : IAntlrErrorListener<int>
    {
        public void SyntaxError(TextWriter output, IRecognizer recognizer, int offendingSymbol, int line, int column, string message, RecognitionException e) =>
            throw new PythonSyntaxException(file, line, $"no token begins at column {column + 1}");
    }

    private sealed class SyntaxErrors(string file) : BaseErrorListener
    {
        public override void SyntaxError(TextWriter output, IRecognizer recognizer, IToken offendingSymbol, int line, int column, string message, RecognitionException e) =>
            throw new PythonSyntaxException(file, line, $"invalid syntax near '{offendingSymbol.Text.Trim('\n', '\r')}' (column {column + 1})");
    }
}
