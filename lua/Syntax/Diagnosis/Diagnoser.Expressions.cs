using Mu.Lua.Scoping;

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

    /// <summary>Precedence does not matter for where an error is; each operator of a right-associative chain is a level, as brackets and unary operators are.</summary>
    private void Expression()
    {
        Enter();
        int outer = levels, entered = outer;
        do
        {
            while (Is("not") || Is("-") || Is("#") || Is("~"))
            {
                Next();
                Enter();
            }
            Simple();
            levels = entered;
            if (Is("..") || Is("^"))
                Enter();
            else
                levels = outer;
            entered = levels;
        }
        while (BinaryOperators.Contains(word.Kind) && Skip(word.Kind));
        levels--;
    }

    private void Simple()
    {
        switch (word.Kind)
        {
            case "..." when !scope.IsVararg: throw reader.Error("cannot use '...' outside a vararg function", word);
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
            named = null;
        }
    }

    private Form Primary()
    {
        if (Is(Word.Name))
        {
            named = Resolve(Name());
            return Form.Variable;
        }
        named = null;
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

    private void Body(int line, bool isMethod = false)
    {
        scope = new FunctionScope(scope, line, hasVisibleIdentities: false);
        scope.OpenBlock(isLoop: false);
        Expect("(");
        if (isMethod)
            scope.Activate(scope.NewLocal("self", default));
        if (!Is(")"))
        {
            do
            {
                if (Skip("..."))
                {
                    scope.IsVararg = true;
                    break;
                }
                if (!Is(Word.Name))
                    throw reader.Error("<name> or '...' expected", word);
                scope.Activate(Declare());
            }
            while (Skip(","));
        }
        Expect(")");
        Statements();
        ExpectMatch("end", "function", line);
        CloseBlock();
        scope = scope.Parent!;
    }
}
