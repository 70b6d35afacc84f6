using System.Text;

namespace Mu.Lua.Command.Editing;

/// <summary>A line under edit: its text, the cursor, and what was cut last.</summary>
internal sealed class LineBuffer
{
    private readonly StringBuilder text = new();
    private string cut = "";

    public string Text => text.ToString();

    /// <summary>Between 0 and the length of the text.</summary>
    public int Cursor { get; private set; }

    public int Length => text.Length;

    public string BeforeCursor => text.ToString(0, Cursor);

    /// <summary>Another text, with the cursor behind it.</summary>
    public void Set(string value)
    {
        text.Clear().Append(value);
        Cursor = text.Length;
    }

    public void Insert(string value)
    {
        text.Insert(Cursor, value);
        Cursor += value.Length;
    }

    public void MoveTo(int position) => Cursor = Math.Clamp(position, 0, text.Length);

    public void Move(int by) => MoveTo(Cursor + by);

    public void MoveToWord(int direction) => MoveTo(WordBorder(direction));

    public void Delete(int count)
    {
        int from = Math.Max(Math.Min(Cursor, Cursor + count), 0), to = Math.Min(Math.Max(Cursor, Cursor + count), text.Length);
        text.Remove(from, to - from);
        Cursor = from;
    }

    /// <summary>Deletes up to a position and keeps what was deleted.</summary>
    public void CutTo(int position)
    {
        int from = Math.Min(Cursor, position), to = Math.Max(Cursor, position);
        if (from == to) return;
        cut = text.ToString(from, to - from);
        text.Remove(from, to - from);
        Cursor = from;
    }

    public void CutWord(int direction) => CutTo(WordBorder(direction));

    /// <summary>Inserts what was cut last.</summary>
    public void Paste() => Insert(cut);

    /// <summary>The nearest end of a word behind the cursor, or beginning of one before it.</summary>
    private int WordBorder(int direction)
    {
        int at = Cursor;
        while (IsInside(at, direction) && !IsWord(at, direction)) at += direction;
        while (IsInside(at, direction) && IsWord(at, direction)) at += direction;
        return at;
    }

    private bool IsInside(int at, int direction) => direction < 0 ? at > 0 : at < text.Length;

    private bool IsWord(int at, int direction) => char.IsLetterOrDigit(text[direction < 0 ? at - 1 : at]) || text[direction < 0 ? at - 1 : at] == '_';
}
