namespace Mu.Lua.Command.Editing;

/// <summary>Lines that were entered, and the place in them while one is chosen.</summary>
internal sealed class History
{
    private const int MaxLines = 1000;
    private readonly List<string> lines = [];
    private readonly string? file;
    private int place;
    private string pending = "";

    /// <summary>Empty, or what a file has that an earlier run has written.</summary>
    public History(string? file = null)
    {
        this.file = file;
        if (file is not null && File.Exists(file)) lines.AddRange(File.ReadLines(file).TakeLast(MaxLines));
        place = lines.Count;
    }

    public IReadOnlyList<string> Lines => lines;

    /// <summary>Remembers a line, unless it is empty or the last one again.</summary>
    public void Add(string line)
    {
        if (line.Trim().Length > 0 && (lines.Count == 0 || lines[^1] != line))
        {
            lines.Add(line);
            if (lines.Count > MaxLines) lines.RemoveAt(0);
        }
        place = lines.Count;
    }

    /// <summary>An earlier line (−1) or a later one (1); behind the last is the line that was being written. Null when there is none.</summary>
    public string? Step(int direction, string current)
    {
        if (place == lines.Count) pending = current;
        int next = place + direction;
        if (next < 0 || next > lines.Count) return null;
        place = next;
        return place == lines.Count ? pending : lines[place];
    }

    /// <summary>Writes the lines to the file, if there is one. Without right to it they are forgotten.</summary>
    public bool TrySave()
    {
        if (file is null) return true;
        try
        {
            File.WriteAllLines(file, lines);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
