using Antlr4.Runtime;
using Mu.RPython.Generated;

namespace Mu.RPython.Syntax;

/// <summary>
/// The lexer's tokens with indentation (Language Reference, section 2.1): NEWLINE ends logical lines only, INDENT and DEDENT stand where a logical line is indented
/// differently from the one before it. Tabs go to the next multiple of eight.
/// </summary>
internal sealed class IndentingTokenSource(RPythonLexer lexer, string text, string file) : ITokenSource
{
    private const int TabSize = 8;

    private readonly Queue<IToken> ready = new();
    private readonly Stack<int> indents = new([0]);
    private int brackets;
    private bool atLineStart = true;
    private bool ended;

    public int Line => lexer.Line;

    public int Column => lexer.Column;

    public ICharStream InputStream => (ICharStream)lexer.InputStream;

    public string SourceName => file;

    public ITokenFactory TokenFactory { get => lexer.TokenFactory; set => lexer.TokenFactory = value; }

    /// <summary>Whether <c>print</c> is a name: after <c>from __future__ import print_function</c>.</summary>
    public bool PrintIsName { get; init; }

    public IToken NextToken()
    {
        while (ready.Count == 0) Read();
        return ready.Dequeue();
    }

    private void Read()
    {
        var token = lexer.NextToken();
        switch (token.Type)
        {
            case TokenConstants.EOF:
                End(token);
                return;
            case RPythonLexer.NEWLINE:
                if (brackets > 0 || atLineStart) return;
                atLineStart = true;
                ready.Enqueue(token);
                return;
            case RPythonLexer.OPEN_PAREN or RPythonLexer.OPEN_BRACKET or RPythonLexer.OPEN_BRACE: brackets++; break;
            case RPythonLexer.CLOSE_PAREN or RPythonLexer.CLOSE_BRACKET or RPythonLexer.CLOSE_BRACE: brackets = Math.Max(0, brackets - 1); break;
            case RPythonLexer.PRINT when PrintIsName: ((CommonToken)token).Type = RPythonLexer.NAME; break;
        }
        if (atLineStart)
        {
            atLineStart = false;
            Indent(token);
        }
        ready.Enqueue(token);
    }

    private void End(IToken token)
    {
        if (!ended)
        {
            ended = true;
            if (!atLineStart) ready.Enqueue(Make(RPythonLexer.NEWLINE, token));
            for (; indents.Peek() > 0; indents.Pop()) ready.Enqueue(Make(RPythonLexer.DEDENT, token));
        }
        ready.Enqueue(token);
    }

    private void Indent(IToken token)
    {
        int width = WidthBefore(token);
        if (width > indents.Peek())
        {
            indents.Push(width);
            ready.Enqueue(Make(RPythonLexer.INDENT, token));
            return;
        }
        for (; width < indents.Peek(); indents.Pop()) ready.Enqueue(Make(RPythonLexer.DEDENT, token));
        if (width != indents.Peek()) throw new PythonSyntaxException(file, token.Line, "unindent does not match any outer indentation level");
    }

    private int WidthBefore(IToken token)
    {
        int start = token.StartIndex - token.Column, width = 0;
        for (int i = start; i < token.StartIndex; i++)
            width = text[i] switch { '\t' => (width / TabSize + 1) * TabSize, '\f' => 0, ' ' => width + 1, _ => width };
        return width;
    }

    private CommonToken Make(int type, IToken before) => new(new Tuple<ITokenSource, ICharStream>(this, InputStream), type, TokenConstants.DefaultChannel, before.StartIndex, before.StartIndex - 1)
    {
        Line = before.Line,
        Column = before.Column,
        Text = type switch { RPythonLexer.INDENT => "indentation", RPythonLexer.DEDENT => "the end of an indented block", _ => "end of line" },
    };
}
