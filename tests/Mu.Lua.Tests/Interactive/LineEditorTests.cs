using Mu.Lua.Command.Editing;
using Xunit;

namespace Mu.Lua.Tests.Interactive;

/// <summary>The line editor, key by key and without a terminal.</summary>
public sealed class LineEditorTests
{
    private sealed class Symbols : ISymbols
    {
        public IEnumerable<string> Names(IReadOnlyList<string> path, bool onlyMethods) => string.Join('.', path) switch
        {
            "" => ["print", "pairs", "pcall", "table", "tostring"],
            "table" => onlyMethods ? ["insert"] : ["insert", "concat", "n"],
            _ => [],
        };
    }

    private readonly History history = new();

    private LineEditor NewEditor() => new(history, new Completion(new Symbols()));

    /// <summary>Keys as text: characters, and names in angle brackets, "C-" and "M-" for Control and Alt.</summary>
    private static EditOutcome Type(LineEditor editor, string keys)
    {
        var outcome = EditOutcome.Editing;
        for (int i = 0; i < keys.Length; i++)
        {
            string name = keys[i].ToString();
            if (keys[i] == '<') name = keys[(i + 1)..(i = keys.IndexOf('>', i))];
            outcome = editor.Handle(KeyOf(name));
        }
        return outcome;
    }

    private static ConsoleKeyInfo KeyOf(string name)
    {
        bool control = name.StartsWith("C-", StringComparison.Ordinal), alt = name.StartsWith("M-", StringComparison.Ordinal);
        string plain = control || alt ? name[2..] : name;
        if (plain.Length > 1) return new ConsoleKeyInfo(plain switch { "Enter" => '\r', "Tab" => '\t', "Backspace" => '\b', _ => '\0' }, Enum.Parse<ConsoleKey>(plain), false, alt, control);
        char character = control ? (char)(plain[0] - '@') : plain[0];
        return new ConsoleKeyInfo(character, char.IsAsciiLetter(plain[0]) ? (ConsoleKey)char.ToUpperInvariant(plain[0]) : default, false, alt, control);
    }

    [Theory]
    [InlineData("abc", "abc", 3)]
    [InlineData("abc<LeftArrow><LeftArrow>x", "axbc", 2)]
    [InlineData("abc<Home>x<End>y", "xabcy", 5)]
    [InlineData("abc<C-A>x<C-E>y<C-B><C-B><C-F>z", "xabczy", 5)]
    [InlineData("abc<Backspace><Backspace>d", "ad", 2)]
    [InlineData("abc<Home><Delete><C-D>", "c", 0)]
    [InlineData("<Backspace><LeftArrow><Delete>a<RightArrow>", "a", 1)]
    [InlineData("one two.three<C-LeftArrow>x<C-LeftArrow><C-LeftArrow>y", "one ytwo.xthree", 5)]
    [InlineData("one two<Home><C-RightArrow>x<M-F>y", "onex twoy", 9)]
    [InlineData("one two<C-W>x<C-Y>", "one xtwo", 8)]
    [InlineData("one two<M-B><C-K><Home><C-Y>", "twoone ", 3)]
    [InlineData("one two<M-B><C-U><End><C-Y>", "twoone ", 7)]
    [InlineData("one two<Home><M-D>", " two", 0)]
    [InlineData("grün<LeftArrow><Backspace>ü", "grün", 3)]
    [InlineData("a<F5><C-G><Escape>b", "ab", 2)]
    public void Keys_edit_the_line(string keys, string text, int cursor)
    {
        LineEditor editor = NewEditor();
        Assert.Equal(EditOutcome.Editing, Type(editor, keys));
        Assert.Equal((text, cursor), (editor.Line.Text, editor.Line.Cursor));
    }

    [Fact]
    public void Lines_end_in_several_ways()
    {
        Assert.Equal(EditOutcome.Accepted, Type(NewEditor(), "x<Enter>"));
        Assert.Equal(EditOutcome.EndOfInput, Type(NewEditor(), "<C-D>"));
        Assert.Equal(EditOutcome.EndOfInput, Type(NewEditor(), "x<Backspace><C-D>"));
        Assert.Equal(EditOutcome.Cancelled, Type(NewEditor(), "x<C-C>"));
        Assert.Equal(EditOutcome.ClearScreen, Type(NewEditor(), "x<C-L>"));
        Assert.Equal(["x"], history.Lines);
    }

    [Fact]
    public void Earlier_lines_come_back()
    {
        foreach (string line in (string[])["first", "second", "second", "   "]) Type(NewEditor(), line + "<Enter>");
        Assert.Equal(["first", "second"], history.Lines);
        LineEditor editor = NewEditor();
        Type(editor, "new");
        string[] seen = [.. ((string[])["UpArrow", "UpArrow", "UpArrow", "C-N", "DownArrow", "DownArrow"]).Select(key =>
        {
            Type(editor, $"<{key}>");
            return editor.Line.Text;
        })];
        Assert.Equal(["second", "first", "first", "second", "new", "new"], seen);
        Type(editor, "<C-P>!<Enter>");
        Assert.Equal("second!", history.Lines[^1]);
    }

    [Theory]
    [InlineData("pri<Tab>", "print")]
    [InlineData("x = pai<Tab>(t)", "x = pairs(t)")]
    [InlineData("ta<Tab>.con<Tab>", "table.concat")]
    [InlineData("table:i<Tab>", "table:insert")]
    [InlineData("a..to<Tab>", "a..tostring")]
    [InlineData("f().i<Tab>", "f().i")]
    [InlineData("::pri<Tab>", "::print")]
    [InlineData("whi<Tab>", "while")]
    [InlineData("table.whi<Tab>", "table.whi")]
    [InlineData("nothing.x<Tab>", "nothing.x")]
    [InlineData("<Tab>x", "  x")]
    [InlineData("pri)<LeftArrow><Tab>", "print)")]
    public void Names_are_completed(string keys, string text)
    {
        LineEditor editor = NewEditor();
        Assert.Equal(EditOutcome.Editing, Type(editor, keys));
        Assert.Equal(text, editor.Line.Text);
    }

    [Fact]
    public void Where_there_are_choices_they_are_shown()
    {
        LineEditor editor = NewEditor();
        Assert.Equal(EditOutcome.Choices, Type(editor, "p<Tab>"));
        Assert.Equal(["pairs", "pcall", "print"], editor.Choices);
        Assert.Equal("p", editor.Line.Text);
        Assert.Equal(EditOutcome.Choices, Type(editor, "<C-U>table.<Tab>"));
        Assert.Equal(["concat", "insert", "n"], editor.Choices);
    }

    [Theory]
    [InlineData("> ", "abc", 3, 80, "\r> abc\e[K\r\e[5C")]
    [InlineData("> ", "abc", 0, 80, "\r> abc\e[K\r\e[2C")]
    [InlineData("", "", 0, 80, "\r\e[K\r")]
    [InlineData("> ", "0123456789abcdef", 16, 13, "\r> 6789abcdef\e[K\r\e[12C")]
    [InlineData("> ", "0123456789abcdef", 2, 13, "\r> 0123456789\e[K\r\e[4C")]
    public void A_row_shows_the_part_around_the_cursor(string prompt, string text, int cursor, int width, string row) => Assert.Equal(row, LineView.Row(prompt, text, cursor, width));

    [Fact]
    public void Choices_stand_in_columns() =>
        Assert.Equal("aa    b     cccc\nd     e\n", LineView.Columns(["aa", "b", "cccc", "d", "e"], 19));

    [Fact]
    public void The_history_survives_in_a_file()
    {
        string file = Path.GetTempFileName();
        try
        {
            var first = new History(file);
            for (int i = 0; i < 1500; i++) first.Add($"line {i}");
            Assert.True(first.TrySave());
            Assert.Equal(1000, new History(file).Lines.Count);
            Assert.Equal("line 1499", new History(file).Step(-1, ""));
            Assert.False(new History(Path.Combine(file, "not", "there")).TrySave());
        }
        finally
        {
            File.Delete(file);
        }
    }
}
