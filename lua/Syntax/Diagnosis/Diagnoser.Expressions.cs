namespace Mu.Lua.Syntax.Diagnosis;

internal sealed partial class Diagnoser
{
    private enum Form { Variable, Call, Value }

    private void Expressions()
    {
        do
            Expression();
        while (Skip(","));
    }

    /// <summary>Precedence does not matter for where an error is; the levels count as in a right-associative chain only for brackets and unary operators.</summary>
    private void Expression()
    {
        Enter();
        var entered = levels;
        do
        {
            while (Is("not") || Is("-") || Is("#") || Is("~"))
            {
                Next();
                Enter();
            }
            Simple();
            levels = entered;
        }
        while (BinaryOperators.Contains(word.Kind) && Skip(word.Kind));
        levels--;
    }

    private void Simple()
    {
        switch (word.Kind)
        {
            case Word.Number or Word.String or "nil" or "true" or "false" or "...": Next(); break;
            case "{": Table(); break;
            case "function":
                var line = word.Line;
                Next();
                Body(line);
                break;
            default: Suffixed(); break;
        }
    }

    private Form Suffixed()
    {
        var form = Primary();
        while (true)
        {
            switch (word.Kind)
            {
                case ".":
                    Next();
                    Expect(Word.Name);
                    form = Form.Variable;
                    break;
                case "[":
                    Next();
                    Expression();
                    Expect("]");
                    form = Form.Variable;
                    break;
                case ":":
                    Next();
                    Expect(Word.Name);
                    Arguments();
                    form = Form.Call;
                    break;
                case "(" or "{" or Word.String:
                    Arguments();
                    form = Form.Call;
                    break;
                default: return form;
            }
        }
    }

    private Form Primary()
    {
        if (Skip(Word.Name))
            return Form.Variable;
        if (!Is("("))
            throw reader.Error("unexpected symbol", word);
        var line = word.Line;
        Next();
        Expression();
        ExpectMatch(")", "(", line);
        return Form.Value;
    }

    private void Arguments()
    {
        if (Is("{"))
        {
            Table();
            return;
        }
        if (Skip(Word.String))
            return;
        if (!Is("("))
            throw reader.Error("function arguments expected", word);
        var line = word.Line;
        Next();
        if (!Is(")"))
            Expressions();
        ExpectMatch(")", "(", line);
    }

    private void Table()
    {
        var line = word.Line;
        Expect("{");
        while (!Is("}"))
        {
            Field();
            if (!Skip(",") && !Skip(";"))
                break;
        }
        ExpectMatch("}", "{", line);
    }

    private void Field()
    {
        if (Skip("["))
        {
            Expression();
            Expect("]");
            Expect("=");
        }
        else if (Is(Word.Name) && (ahead ??= reader.Read()).Kind == "=")
        {
            Next();
            Next();
        }
        Expression();
    }

    private void Body(int line)
    {
        Expect("(");
        if (!Is(")"))
        {
            do
            {
                if (Skip("..."))
                    break;
                if (!Skip(Word.Name))
                    throw reader.Error("<name> or '...' expected", word);
            }
            while (Skip(","));
        }
        Expect(")");
        Block();
        ExpectMatch("end", "function", line);
    }
}
