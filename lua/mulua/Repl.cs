using System.Text;
using Mu.Lua.Command.Editing;
using Mu.Lua.Syntax;

namespace Mu.Lua.Command;

/// <summary>The interactive mode: a line is an expression to print, or a statement that may go on over several lines (lua.c's doREPL).</summary>
internal sealed class Repl(Session session, ILineReader lines)
{
    private const string ChunkName = "=stdin";

    public void Run()
    {
        while (ReadChunk() is { } function) Evaluate(function);
        session.Flush();
        Console.WriteLine();
    }

    /// <summary>The function of the next chunk; 0 when there is none (after a message), null at the end of the input.</summary>
    private ulong? ReadChunk()
    {
        try
        {
            session.Flush();
            if (lines.ReadLine(session.GlobalText("_PROMPT") ?? "> ") is not { } text) return null;
            // As in Lua 5.2.
            if (text.StartsWith('=')) text = "return " + text[1..];
            return LoadExpression(text) ?? ReadStatement(text);
        }
        catch (LineCancelledException)
        {
            return 0;
        }
    }

    private ulong? LoadExpression(string text)
    {
        try
        {
            return session.Load(Encoding.UTF8.GetBytes("return " + text), ChunkName);
        }
        catch (LuaSyntaxException)
        {
            return null;
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
                if (lines.ReadLine(session.GlobalText("_PROMPT2") ?? ">> ") is { } more)
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
        if (function != 0 && session.Call(function) is { Length: > 0 } results) session.Print(results);
    }
}
