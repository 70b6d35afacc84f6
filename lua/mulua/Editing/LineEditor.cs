namespace Mu.Lua.Command.Editing;

/// <summary>What a key has led to.</summary>
internal enum EditOutcome
{
    /// <summary>The line goes on.</summary>
    Editing,
    /// <summary>The line is complete.</summary>
    Accepted,
    /// <summary>The line is given up.</summary>
    Cancelled,
    /// <summary>There are no more lines.</summary>
    EndOfInput,
    /// <summary>The screen is to be cleared.</summary>
    ClearScreen,
    /// <summary>The choices of a completion are to be shown.</summary>
    Choices,
}

/// <summary>Edits one line key by key, with the keys that shells have. It knows no terminal.</summary>
internal sealed class LineEditor(History history, Completion completion)
{
    public LineBuffer Line { get; } = new();

    /// <summary>The candidates of the last completion that was not unique.</summary>
    public IReadOnlyList<string> Choices { get; private set; } = [];

    public EditOutcome Handle(ConsoleKeyInfo key)
    {
        if (key.Key == ConsoleKey.Enter || key.KeyChar is '\r' or '\n') return Accept();
        if (key.Modifiers.HasFlag(ConsoleModifiers.Alt)) return HandleAlt(key);
        if (key.Modifiers.HasFlag(ConsoleModifiers.Control) || (key.KeyChar is > '\0' and < ' ' && key.Key != ConsoleKey.Tab && key.Key != ConsoleKey.Backspace)) return HandleControl(key);
        switch (key.Key)
        {
            case ConsoleKey.LeftArrow: Line.Move(-1); break;
            case ConsoleKey.RightArrow: Line.Move(1); break;
            case ConsoleKey.Home: Line.MoveTo(0); break;
            case ConsoleKey.End: Line.MoveTo(Line.Length); break;
            case ConsoleKey.Backspace: Line.Delete(-1); break;
            case ConsoleKey.Delete: Line.Delete(1); break;
            case ConsoleKey.UpArrow: Recall(-1); break;
            case ConsoleKey.DownArrow: Recall(1); break;
            case ConsoleKey.Tab: return Complete();
            default:
                if (key.KeyChar >= ' ' && key.KeyChar != '\x7F') Line.Insert(key.KeyChar.ToString());
                break;
        }
        return EditOutcome.Editing;
    }

    private EditOutcome HandleControl(ConsoleKeyInfo key)
    {
        switch (key.Key)
        {
            case ConsoleKey.A: Line.MoveTo(0); break;
            case ConsoleKey.E: Line.MoveTo(Line.Length); break;
            case ConsoleKey.B: Line.Move(-1); break;
            case ConsoleKey.F: Line.Move(1); break;
            case ConsoleKey.LeftArrow: Line.MoveToWord(-1); break;
            case ConsoleKey.RightArrow: Line.MoveToWord(1); break;
            case ConsoleKey.H: Line.Delete(-1); break;
            case ConsoleKey.K: Line.CutTo(Line.Length); break;
            case ConsoleKey.U: Line.CutTo(0); break;
            case ConsoleKey.W or ConsoleKey.Backspace: Line.CutWord(-1); break;
            case ConsoleKey.Y: Line.Paste(); break;
            case ConsoleKey.P: Recall(-1); break;
            case ConsoleKey.N: Recall(1); break;
            case ConsoleKey.L: return EditOutcome.ClearScreen;
            case ConsoleKey.C: return EditOutcome.Cancelled;
            case ConsoleKey.D:
                if (Line.Length == 0) return EditOutcome.EndOfInput;
                Line.Delete(1);
                break;
        }
        return EditOutcome.Editing;
    }

    private EditOutcome HandleAlt(ConsoleKeyInfo key)
    {
        switch (key.Key)
        {
            case ConsoleKey.B or ConsoleKey.LeftArrow: Line.MoveToWord(-1); break;
            case ConsoleKey.F or ConsoleKey.RightArrow: Line.MoveToWord(1); break;
            case ConsoleKey.D: Line.CutWord(1); break;
            case ConsoleKey.Backspace: Line.CutWord(-1); break;
        }
        return EditOutcome.Editing;
    }

    private EditOutcome Accept()
    {
        history.Add(Line.Text);
        return EditOutcome.Accepted;
    }

    private void Recall(int direction)
    {
        if (history.Step(direction, Line.Text) is { } line) Line.Set(line);
    }

    /// <summary>Adds what all candidates have in common; nothing to add: they are shown. At the beginning of a line it indents.</summary>
    private EditOutcome Complete()
    {
        string before = Line.BeforeCursor;
        if (before.Trim().Length == 0)
        {
            Line.Insert("  ");
            return EditOutcome.Editing;
        }
        Choices found = completion.Find(before);
        int written = before.Length - found.Start;
        string common = found.CommonPrefix;
        if (common.Length > written) Line.Insert(common[written..]);
        else if (found.Candidates.Count > 1)
        {
            Choices = found.Candidates;
            return EditOutcome.Choices;
        }
        return EditOutcome.Editing;
    }
}
