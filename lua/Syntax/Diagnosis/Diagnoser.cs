namespace Mu.Lua.Syntax.Diagnosis;

/// <summary>
/// Finds the words of PUC's message for a chunk that the grammar has rejected. It follows lparser.c, since the messages are those of that parser's
/// order of questions; it builds nothing, and never runs on a correct chunk.
/// </summary>
internal sealed partial class Diagnoser
{
    private static readonly HashSet<string> BinaryOperators =
    [
        "or", "and", "<", ">", "<=", ">=", "~=", "==", "|", "~", "&", "<<", ">>", "..", "+", "-", "*", "/", "//", "%", "^",
    ];

    private readonly WordReader reader;
    private Word word;
    private Word? ahead;
    private int previousLine = 1;
    private int levels;

    public Diagnoser(byte[] source, string chunkName) => reader = new WordReader(source, chunkName);

    /// <summary>The first error in the chunk; null when there is none.</summary>
    public LuaSyntaxException? FindError()
    {
        try
        {
            word = reader.Read();
            Block();
            Expect(Word.End);
            return null;
        }
        catch (LuaSyntaxException e)
        {
            return e;
        }
    }

    private bool Is(string kind) => word.Kind == kind;

    private void Next()
    {
        previousLine = word.Line;
        word = ahead ?? reader.Read();
        ahead = null;
    }

    private bool Skip(string kind)
    {
        if (!Is(kind))
            return false;
        Next();
        return true;
    }

    private void Expect(string kind)
    {
        if (!Skip(kind) && kind != Word.End)
            throw reader.Error($"{Quoted(kind)} expected", word);
        if (kind == Word.End && !Is(Word.End))
            throw reader.Error("<eof> expected", word);
    }

    private static string Quoted(string kind) => kind == Word.Name ? kind : $"'{kind}'";

    private void ExpectMatch(string kind, string opener, int line)
    {
        if (Skip(kind))
            return;
        throw reader.Error(line == word.Line ? $"'{kind}' expected" : $"'{kind}' expected (to close '{opener}' at line {line})", word);
    }

    private void Enter()
    {
        if (++levels > TokenNesting.Limit)
            throw new LuaSyntaxException("C stack overflow", word.Line, word.Column);
    }

    private void Block()
    {
        while (!(Is("else") || Is("elseif") || Is("end") || Is("until") || Is(Word.End)))
        {
            if (Is("return"))
            {
                Statement();
                return;
            }
            Statement();
        }
    }

    private void Statement()
    {
        var line = word.Line;
        Enter();
        switch (word.Kind)
        {
            case ";": Next(); break;
            case "if": If(line); break;
            case "while":
                Next();
                Expression();
                Expect("do");
                Block();
                ExpectMatch("end", "while", line);
                break;
            case "do":
                Next();
                Block();
                ExpectMatch("end", "do", line);
                break;
            case "for": For(line); break;
            case "repeat":
                Next();
                Block();
                ExpectMatch("until", "repeat", line);
                Expression();
                break;
            case "function": FunctionStatement(line); break;
            case "local":
                Next();
                if (Skip("function"))
                {
                    Expect(Word.Name);
                    Body(previousLine);
                }
                else
                {
                    Local();
                }
                break;
            case "::":
                Next();
                Expect(Word.Name);
                Expect("::");
                break;
            case "return":
                Next();
                if (!(Is("else") || Is("elseif") || Is("end") || Is("until") || Is(Word.End) || Is(";")))
                    Expressions();
                Skip(";");
                break;
            case "break": Next(); break;
            case "goto":
                Next();
                Expect(Word.Name);
                break;
            default: ExpressionStatement(); break;
        }
        levels--;
    }

    private void If(int line)
    {
        do
        {
            Next();
            Expression();
            Expect("then");
            Block();
        }
        while (Is("elseif"));
        if (Skip("else"))
            Block();
        ExpectMatch("end", "if", line);
    }

    private void For(int line)
    {
        Next();
        Expect(Word.Name);
        if (Skip("="))
        {
            Expression();
            Expect(",");
            Expression();
            if (Skip(","))
                Expression();
        }
        else if (Is(",") || Is("in"))
        {
            while (Skip(","))
                Expect(Word.Name);
            Expect("in");
            Expressions();
        }
        else
        {
            throw reader.Error("'=' or 'in' expected", word);
        }
        Expect("do");
        Block();
        ExpectMatch("end", "for", line);
    }

    private void FunctionStatement(int line)
    {
        Next();
        Expect(Word.Name);
        while (Skip("."))
            Expect(Word.Name);
        if (Skip(":"))
            Expect(Word.Name);
        Body(line);
    }

    private void Local()
    {
        do
        {
            Expect(Word.Name);
            if (Skip("<"))
            {
                Expect(Word.Name);
                Expect(">");
            }
        }
        while (Skip(","));
        if (Skip("="))
            Expressions();
    }

    private void ExpressionStatement()
    {
        var form = Suffixed();
        if (!Is("=") && !Is(","))
        {
            if (form != Form.Call)
                throw reader.Error("syntax error", word);
            return;
        }
        while (true)
        {
            if (form != Form.Variable)
                throw reader.Error("syntax error", word);
            if (!Skip(","))
                break;
            form = Suffixed();
        }
        Expect("=");
        Expressions();
    }
}
