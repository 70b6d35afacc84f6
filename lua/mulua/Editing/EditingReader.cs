namespace Mu.Lua.Command.Editing;

/// <summary>Lines from a terminal, edited there.</summary>
internal sealed class EditingReader(History history, Completion completion) : ILineReader
{
    /// <summary>Whether there is a terminal to edit on.</summary>
    public static bool IsPossible => !Console.IsInputRedirected && !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");

    public string? ReadLine(string prompt)
    {
        var editor = new LineEditor(history, completion);
        Console.TreatControlCAsInput = true;
        try
        {
            while (true)
            {
                Console.Write(LineView.Row(prompt, editor.Line.Text, editor.Line.Cursor, Width));
                switch (editor.Handle(Console.ReadKey(intercept: true)))
                {
                    case EditOutcome.Accepted:
                        Console.WriteLine(LineView.Row(prompt, editor.Line.Text, editor.Line.Length, Width));
                        return editor.Line.Text;
                    case EditOutcome.EndOfInput: return null;
                    case EditOutcome.Cancelled:
                        Console.WriteLine("^C");
                        editor.Line.Set("");
                        throw new LineCancelledException();
                    case EditOutcome.ClearScreen: Console.Write("\e[H\e[2J"); break;
                    case EditOutcome.Choices:
                        Console.WriteLine();
                        Console.Write(LineView.Columns(editor.Choices, Width));
                        break;
                }
            }
        }
        finally
        {
            Console.TreatControlCAsInput = false;
        }
    }

    private static int Width => Math.Max(Console.WindowWidth, 20);
}

/// <summary>A statement is given up while it is written.</summary>
internal sealed class LineCancelledException : Exception;
