using System.Text;

namespace Mu.Lua.Command.Editing;

/// <summary>What a terminal is to show of a line under edit: one row, whose text moves when the line is longer.</summary>
internal static class LineView
{
    /// <summary>Control sequences that draw the row and put the cursor in its place.</summary>
    public static string Row(string prompt, string text, int cursor, int width)
    {
        int room = Math.Max(width - prompt.Length - 1, 1);
        int first = Math.Max(cursor - room, 0);
        string shown = text.Substring(first, Math.Min(text.Length - first, room));
        int column = prompt.Length + cursor - first;
        // Carriage return, the row, nothing to its right; then the cursor's column, from the left.
        return $"\r{prompt}{shown}\e[K\r{(column > 0 ? $"\e[{column}C" : "")}";
    }

    /// <summary>Words in columns, each as wide as the longest.</summary>
    public static string Columns(IReadOnlyList<string> words, int width)
    {
        int column = words.Max(word => word.Length) + 2, perRow = Math.Max(width / column, 1);
        var text = new StringBuilder();
        for (int i = 0; i < words.Count; i++)
        {
            bool isLast = (i + 1) % perRow == 0 || i + 1 == words.Count;
            text.Append(isLast ? words[i] + "\n" : words[i].PadRight(column));
        }
        return text.ToString();
    }
}
