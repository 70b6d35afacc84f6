using Mu.Lua.Scoping;

namespace Mu.Lua.Syntax.Diagnosis;

/// <summary>
/// Finds the words of PUC's message for a chunk that the grammar has rejected. It follows lparser.c, since the messages are those of that parser's
/// order of questions; it builds nothing but scopes, whose errors may come before that of the syntax, and never runs on a correct chunk.
/// </summary>
internal sealed partial class Diagnoser
{
    private static readonly HashSet<string> BinaryOperators =
    [
        "or", "and", "<", ">", "<=", ">=", "~=", "==", "|", "~", "&", "<<", ">>", "..", "+", "-", "*", "/", "//", "%", "^",
    ];

    private readonly WordReader reader;
    private readonly string chunkName;
    private Word word;
    private Word? ahead;
    private int previousLine = 1;
    private int levels;

    public Diagnoser(byte[] source, string chunkName)
    {
        reader = new WordReader(source, chunkName);
        this.chunkName = chunkName;
    }

    /// <summary>The first error in the chunk; null when there is none.</summary>
    public LuaSyntaxException? FindError()
    {
        try
        {
            word = reader.Read();
            scope.IsVararg = true;
            scope.AddEnvironment();
            scope.OpenBlock(isLoop: false);
            Statements();
            Expect(Word.End);
            CloseBlock();
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

    private void Block(bool isLoop = false)
    {
        scope.OpenBlock(isLoop);
        Statements();
        CloseBlock();
    }

    private void Statements()
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
                Block(isLoop: true);
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
                scope.OpenBlock(isLoop: true);
                Statements();
                ExpectMatch("until", "repeat", line);
                Expression();
                CloseBlock();
                break;
            case "function": FunctionStatement(line); break;
            case "local":
                Next();
                if (Skip("function"))
                {
                    scope.Activate(Declare());
                    Body(previousLine);
                }
                else
                {
                    Local();
                }
                break;
            case "::":
                Next();
                Label(line);
                break;
            case "return":
                Next();
                if (!(Is("else") || Is("elseif") || Is("end") || Is("until") || Is(Word.End) || Is(";")))
                    Expressions();
                Skip(";");
                break;
            case "break":
                scope.Break(new SourcePosition(word.Line, word.Column));
                Next();
                break;
            case "goto":
                Next();
                Goto();
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
        var first = Name();
        var variables = new List<LocalVariable>();
        scope.OpenBlock(isLoop: true);
        if (Is("="))
        {
            Guard(() => scope.Declare(3));
            variables.Add(Declare(first));
            Next();
            Expression();
            Expect(",");
            Expression();
            if (Skip(","))
                Expression();
        }
        else if (Is(",") || Is("in"))
        {
            Guard(() => scope.Declare(4));
            variables.Add(Declare(first));
            while (Skip(","))
                variables.Add(Declare());
            Expect("in");
            Expressions();
        }
        else
        {
            throw reader.Error("'=' or 'in' expected", word);
        }
        Expect("do");
        variables.ForEach(scope.Activate);
        Statements();
        CloseBlock();
        ExpectMatch("end", "for", line);
    }

    private void FunctionStatement(int line)
    {
        Next();
        var target = Resolve(Name());
        while (Skip("."))
        {
            Expect(Word.Name);
            target = null;
        }
        var isMethod = Skip(":");
        if (isMethod)
        {
            Expect(Word.Name);
            target = null;
        }
        Body(line, isMethod);
        RejectConstant(target);
    }

    private void Local()
    {
        var variables = new List<LocalVariable>();
        do
        {
            variables.Add(Declare(Name(), Attribute()));
            if (variables.Count(variable => variable.Attribute == LocalAttribute.Close) > 1)
                throw Error("multiple to-be-closed variables in local list");
        }
        while (Skip(","));
        if (Skip("="))
            Expressions();
        variables.ForEach(scope.Activate);
    }

    private void ExpressionStatement()
    {
        var outer = levels;
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
            RejectConstant(named);
            if (!Skip(","))
                break;
            form = Suffixed();
            Enter();
        }
        levels = outer;
        Expect("=");
        Expressions();
    }
}
