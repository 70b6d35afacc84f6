using Mu.Lua.Scoping;

namespace Mu.Lua.Syntax.Diagnosis;

internal sealed partial class Diagnoser
{
    private FunctionScope scope = new(null, 0, hasVisibleIdentities: false);

    /// <summary>The variable that the expression read last is, if it is one.</summary>
    private LocalVariable? named;

    private LuaSyntaxException Error(string message) => new($"{ChunkName.Display(chunkName)}:{word.Line}: {message}", word.Line, word.Column);

    private void Guard(Action act)
    {
        try
        {
            act();
        }
        catch (ScopeException e)
        {
            throw e.ShowsToken ? reader.Error(e.Message, word) : Error(e.Message);
        }
    }

    private void CloseBlock() => Guard(() => scope.CloseBlock());

    /// <summary>Reads a name.</summary>
    private string Name()
    {
        var name = word.Text;
        Expect(Word.Name);
        return name;
    }

    private LocalVariable Declare() => Declare(Name());

    private LocalVariable Declare(string name, LocalAttribute attribute = LocalAttribute.None)
    {
        LocalVariable? local = null;
        Guard(() => local = scope.NewLocal(name, default, attribute));
        return local!;
    }

    private LocalAttribute Attribute()
    {
        if (!Skip("<")) return LocalAttribute.None;
        var name = Name();
        Expect(">");
        return name switch
        {
            "const" => LocalAttribute.Const,
            "close" => LocalAttribute.Close,
            _ => throw Error($"unknown attribute '{name}'"),
        };
    }

    /// <summary>The local variable of this function or one around it; null for a global.</summary>
    private LocalVariable? Resolve(string name)
    {
        LocalVariable? found = null;
        Guard(() =>
        {
            var (local, upvalue) = scope.Resolve(name);
            if (local is null && upvalue is null) scope.Resolve("_ENV");
            found = local ?? upvalue?.Origin;
        });
        return found;
    }

    private void RejectConstant(LocalVariable? target)
    {
        if (target is not null && target.Attribute != LocalAttribute.None) throw Error($"attempt to assign to const variable '{target.Name}'");
    }

    private void Goto()
    {
        var at = new SourcePosition(word.Line, word.Column);
        scope.Goto(Name(), at);
    }

    /// <summary>lparser.c's labelstat: labels and semicolons that follow come first.</summary>
    private void Label(int line)
    {
        var name = Name();
        Expect("::");
        while (Is(";") || Is("::")) Statement();
        var endsBlock = Is("else") || Is("elseif") || Is("end") || Is(Word.End);
        Guard(() => scope.DefineLabel(name, new SourcePosition(line, 0), endsBlock));
    }
}
