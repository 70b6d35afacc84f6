using System.Text;
using Mu.Lua.Runtime;
using Mu.Lua.Syntax;

namespace Mu.Lua.Command;

/// <summary>The interactive mode: a line is an expression to print, or a statement that may go on over several lines (lua.c's doREPL).</summary>
internal sealed class Repl(Session session)
{
    private const string ChunkName = "=stdin";

    public void Run()
    {
        while (ReadChunk() is { } function) Evaluate(function);
        Console.WriteLine();
    }

    /// <summary>The function of the next chunk; 0 when it is no Lua (after a message), null at the end of the input.</summary>
    private ulong? ReadChunk()
    {
        Console.Write("> ");
        if (Console.ReadLine() is not { } text) return null;
        try
        {
            return session.Load(Encoding.UTF8.GetBytes("return " + text), ChunkName);
        }
        catch (LuaSyntaxException)
        {
            return ReadStatement(text);
        }
    }

    private ulong? ReadStatement(string text)
    {
        while (true)
        {
            try
            {
                return session.Load(Encoding.UTF8.GetBytes(text), ChunkName);
            }
            catch (LuaSyntaxException e) when (e.Message.EndsWith("<eof>", StringComparison.Ordinal))
            {
                Console.Write(">> ");
                if (Console.ReadLine() is { } more)
                {
                    text += "\n" + more;
                    continue;
                }
                session.Report(e.Message);
                return null;
            }
            catch (LuaSyntaxException e)
            {
                session.Report(e.Message);
                return 0;
            }
        }
    }

    private void Evaluate(ulong function)
    {
        if (function == 0) return;
        var results = session.Call(function);
        if (results is { Length: > 0 }) session.Call(session.Global("print"), results);
    }
}
