namespace Mu.Lua.Syntax.Diagnosis;

/// <summary>A token as the diagnosis sees it: keywords and operators by their text, the rest by class.</summary>
internal readonly record struct Word(string Kind, string Text, int Line, int Column)
{
    public const string Name = "<name>", Number = "<number>", String = "<string>", End = "<eof>";

    /// <summary>How messages show it.</summary>
    public string Shown => Kind == End ? End : $"'{Visible(Text)}'";

    /// <summary>C's idea of where a string ends.</summary>
    public static string Visible(string text) => text.IndexOf('\0') is >= 0 and var end ? text[..end] : text;
}
