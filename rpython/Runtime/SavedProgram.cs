using System.Globalization;
using System.Text;
using Mu.Core.Api;
using Mu.Core.Images;

namespace Mu.RPython.Runtime;

/// <summary>
/// The file of a saved program: a line that says what it is, the number of classes, a line with number and name for each (messages need them), then a boot image (docs/images.md).
/// </summary>
internal static class SavedProgram
{
    private const string Mark = "murpy program 1";

    /// <summary>Whether a file begins as a saved program does.</summary>
    public static bool IsSaved(string file)
    {
        using var stream = File.OpenRead(file);
        var start = new byte[Mark.Length];
        return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && Encoding.ASCII.GetString(start) == Mark;
    }

    public static void WriteHead(Stream file, IReadOnlyDictionary<int, string> classNames)
    {
        var text = new StringBuilder($"{Mark}\n{classNames.Count}\n");
        foreach (var (number, name) in classNames) text.Append(CultureInfo.InvariantCulture, $"{number} {name}\n");
        file.Write(Encoding.UTF8.GetBytes(text.ToString()));
    }

    /// <summary>The names of classes by their numbers; the file stands at the boot image then.</summary>
    public static IReadOnlyDictionary<int, string> ReadHead(Stream file)
    {
        if (Line(file) != Mark) throw new MuImageException("the file is no saved program");
        int count = Number(Line(file));
        var names = new Dictionary<int, string>();
        for (int i = 0; i < count; i++)
        {
            string[] parts = Line(file).Split(' ', 2);
            names[Number(parts[0])] = parts[^1];
        }
        return names;
    }

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : throw new MuImageException("the head of the saved program is damaged");

    private static string Line(Stream file)
    {
        var bytes = new List<byte>();
        for (int next = file.ReadByte(); next != '\n'; next = file.ReadByte())
            bytes.Add(next >= 0 ? (byte)next : throw new MuImageException("the head of the saved program ends early"));
        return Encoding.UTF8.GetString([.. bytes]);
    }
}
