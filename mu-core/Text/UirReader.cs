using Antlr4.Runtime;
using Mu.Core.Generated;
using Mu.Core.IR;

namespace Mu.Core.Text;

/// <summary>Reads the text form of Mu IR (docs/uir.md).</summary>
public static class UirReader
{
    // Well-formed texts nest two or three deep. The parser is recursive, so the depth is bounded before it runs.
    private const int MaximumDepth = 200;

    /// <summary>Reads a bundle.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="fileName">Its name in error messages.</param>
    /// <param name="alreadyLoaded">Where names are looked up that the text does not define.</param>
    /// <exception cref="UirException">The text is no bundle.</exception>
    public static Bundle Read(string text, string fileName, INameResolver? alreadyLoaded = null)
    {
        var errors = new SyntaxErrors(fileName);
        var lexer = new MuIRLexer(new AntlrInputStream(text));
        lexer.RemoveErrorListeners();
        lexer.AddErrorListener(errors);
        var tokens = new CommonTokenStream(lexer);
        tokens.Fill();
        CheckDepth(tokens, errors);
        ThrowIfAny(errors);
        var parser = new MuIRParser(tokens);
        parser.RemoveErrorListeners();
        parser.AddErrorListener(errors);
        MuIRParser.BundleContext tree = parser.bundle();
        ThrowIfAny(errors);
        Bundle bundle = new BundleReader(errors, alreadyLoaded, new SourcePositions(fileName)).Read(tree);
        ThrowIfAny(errors);
        return bundle;
    }

    private static void CheckDepth(CommonTokenStream tokens, SyntaxErrors errors)
    {
        int depth = 0;
        foreach (IToken token in tokens.GetTokens())
        {
            if (token.Text is "<" or "(") depth++;
            else if (token.Text is ">" or ")" && depth > 0) depth--;
            if (depth <= MaximumDepth) continue;
            errors.Add(token, $"nested deeper than {MaximumDepth}");
            return;
        }
    }

    private static void ThrowIfAny(SyntaxErrors errors)
    {
        if (errors.All.Count > 0) throw new UirException(errors.All);
    }
}
