using Antlr4.Runtime;
using Antlr4.Runtime.Atn;
using Antlr4.Runtime.Misc;
using Mu.Lua.Generated;
using Mu.Lua.Syntax.Diagnosis;

namespace Mu.Lua.Syntax;

/// <summary>Lua source to a resolved tree.</summary>
internal static class LuaFrontEnd
{
    /// <summary>Parses a chunk and resolves its names. <paramref name="chunkName"/> is as in <c>load</c>: <c>@file</c>, <c>=name</c> or the source itself.</summary>
    /// <param name="source">The chunk.</param>
    /// <param name="chunkName">Its name.</param>
    /// <param name="hasVisibleIdentities">Whether debug can tell captured variables from copies of them.</param>
    /// <exception cref="LuaSyntaxException">The chunk is no Lua program.</exception>
    public static FunctionNode Parse(ReadOnlySpan<byte> source, string chunkName, bool hasVisibleIdentities = false)
    {
        var bytes = source.ToArray();
        var lexer = new LuaLexer(new ByteCharStream(bytes), TextWriter.Null, TextWriter.Null);
        lexer.RemoveErrorListeners();
        var rejection = new LexicalRejection();
        lexer.AddErrorListener(rejection);
        var tokens = new CommonTokenStream(lexer);
        tokens.Fill();
        if (rejection.Happened || TokenNesting.IsTooDeep(tokens))
            throw Diagnose(bytes, chunkName);
        var tree = ParseTree(tokens) ?? throw Diagnose(bytes, chunkName);
        try
        {
            return new TreeBuilder(bytes, tokens, chunkName, hasVisibleIdentities).Build(tree);
        }
        catch (MalformedTokenException)
        {
            throw Diagnose(bytes, chunkName);
        }
    }

    /// <summary>Where the source of a script file begins: after a byte order mark and a first line that starts with '#' (luaL_loadfilex). Its line break stays, but before a binary chunk.</summary>
    public static int SkipFirstLine(ReadOnlySpan<byte> file)
    {
        var start = file.StartsWith("\uFEFF"u8) ? 3 : 0;
        if (start >= file.Length || file[start] != '#')
            return start;
        var length = file[start..].IndexOf((byte)'\n');
        if (length < 0) return file.Length;
        start += length;
        return start + 1 < file.Length && file[start + 1] == 0x1B ? start + 1 : start;
    }

    private static LuaParser.ChunkContext? ParseTree(CommonTokenStream tokens)
    {
        var parser = new GreedyParser(tokens) { ErrorHandler = new BailErrorStrategy() };
        parser.RemoveErrorListeners();
        try
        {
            return parser.chunk();
        }
        catch (ParseCanceledException)
        {
            return null;
        }
    }

    private static LuaSyntaxException Diagnose(byte[] source, string chunkName)
    {
        var error = new Diagnoser(source, chunkName).FindError();
        return error ?? throw new InvalidOperationException("The grammar rejects a chunk in which the diagnosis finds no error.");
    }

    private sealed class GreedyParser : LuaParser
    {
        public GreedyParser(ITokenStream tokens)
            : base(tokens, TextWriter.Null, TextWriter.Null) =>
            Interpreter = new LuaPrediction(this, Atn, Interpreter.decisionToDFA, new PredictionContextCache());
    }

    private sealed class LexicalRejection : IAntlrErrorListener<int>
    {
        public bool Happened { get; private set; }

        public void SyntaxError(TextWriter output, IRecognizer recognizer, int offendingSymbol, int line, int column, string message, RecognitionException e) =>
            Happened = true;
    }
}
