using Antlr4.Runtime;
using Mu.Lua.Generated;
using Mu.Lua.Scoping;

namespace Mu.Lua.Syntax;

/// <summary>A token whose inside is malformed (an escape, a number).</summary>
internal sealed class MalformedTokenException : Exception;

/// <summary>ANTLR's tree to the resolved syntax tree, in one walk in source order.</summary>
internal sealed partial class TreeBuilder(byte[] source, CommonTokenStream tokens, string chunkName, bool hasVisibleIdentities)
{
    private readonly LineTable lines = new(source);
    private FunctionScope scope = new(null, 0, hasVisibleIdentities);
    private int depth;

    public FunctionNode Build(LuaParser.ChunkContext chunk)
    {
        scope.IsVararg = true;
        scope.AddEnvironment();
        scope.OpenBlock(isLoop: false);
        var statements = Statements(chunk.block());
        var end = chunk.Eof().Symbol;
        var body = new Block(statements, Guard(end, scope.CloseBlock));
        return new FunctionNode(new SourcePosition(0, 1), LastLine(end), [], true, scope.UsesVararg, body, scope.Upvalues, scope.Locals, scope.Children);
    }

    /// <summary>The line of the last token before the end, where PUC puts the main function's return.</summary>
    private int LastLine(IToken end)
    {
        for (int i = end.TokenIndex - 1; i >= 0; i--)
            if (tokens.Get(i).Channel == TokenConstants.DefaultChannel) return lines.Find(tokens.Get(i).StopIndex).Line;
        return 1;
    }

    private SourcePosition At(IToken token) => lines.Find(token.StartIndex);

    private IToken After(IToken token) => tokens.Get(Math.Min(token.TokenIndex + 1, tokens.Size - 1));

    private string Name(IToken token) => System.Text.Encoding.Latin1.GetString(Bytes(token));

    private ReadOnlySpan<byte> Bytes(IToken token) => source.AsSpan(token.StartIndex, token.StopIndex - token.StartIndex + 1);

    private LuaSyntaxException Error(string message, IToken reached, bool near = false)
    {
        var at = At(reached);
        var token = reached.Type == TokenConstants.EOF ? "<eof>" : $"'{System.Text.Encoding.Latin1.GetString(Bytes(reached))}'";
        return new LuaSyntaxException($"{ChunkName.Display(chunkName)}:{at.Line}: {message}{(near ? $" near {token}" : "")}", at.Line, at.Column);
    }

    /// <summary>Does something with the scope; its error is reported at the token that PUC would have reached by then.</summary>
    private T Guard<T>(IToken reached, Func<T> act)
    {
        try
        {
            return act();
        }
        catch (ScopeException e)
        {
            throw Error(e.Message, reached, e.ShowsToken);
        }
    }

    /// <summary>A local that is not visible yet.</summary>
    private LocalVariable Declare(IToken name, LocalAttribute attribute = LocalAttribute.None) =>
        Guard(After(name), () => scope.NewLocal(Name(name), At(name), attribute));

    private void Enter(IToken at)
    {
        if (++depth > TokenNesting.Limit)
            throw new LuaSyntaxException("C stack overflow", At(at).Line, At(at).Column);
    }

    private FunctionNode Function(LuaParser.FunctionBodyContext body, IToken keyword, bool isMethod)
    {
        var inner = new FunctionScope(scope, At(keyword).Line, hasVisibleIdentities);
        scope = inner;
        inner.OpenBlock(isLoop: false);
        var parameters = new List<LocalVariable>();
        if (isMethod)
            Parameter(scope.NewLocal("self", At(keyword)));
        foreach (var parameter in body.parameters()?.parameter() ?? [])
        {
            if (inner.IsVararg)
                throw new MalformedTokenException();
            if (parameter.NAME() is { } name)
                Parameter(Declare(name.Symbol));
            else
                inner.IsVararg = true;
        }
        var end = body.END().Symbol;
        var statements = Statements(body.block());
        var block = new Block(statements, Guard(After(end), inner.CloseBlock));
        scope = inner.Parent!;
        var function = new FunctionNode(
            At(keyword), At(end).Line, parameters, inner.IsVararg, inner.UsesVararg, block, inner.Upvalues, inner.Locals, inner.Children);
        scope.Children.Add(function);
        return function;

        void Parameter(LocalVariable local)
        {
            parameters.Add(local);
            inner.Activate(local);
        }
    }
}
