using System.Text;
using Mu.RPython.Lowering;
using Mu.Core.Images;

namespace Mu.RPython.Runtime;

/// <summary>
/// The file of a saved program: a line that says what it is, the names of classes by their numbers (messages need them), what it takes from native libraries, then a boot image (docs/images.md).
/// </summary>
internal static class SavedProgram
{
    private const string Mark = "murpy program 4\n";

    /// <summary>How the mark of every version begins.</summary>
    private const string AnyMark = "murpy program ";

    /// <summary>Whether a file begins as a saved program does.</summary>
    public static bool IsSaved(string file)
    {
        using var stream = File.OpenRead(file);
        return Begins(stream, AnyMark);
    }

    private static bool Begins(Stream stream, string mark)
    {
        var start = new byte[mark.Length];
        return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && Encoding.ASCII.GetString(start) == mark;
    }

    public static void WriteHead(Stream file, SavedHead head)
    {
        file.Write(Encoding.ASCII.GetBytes(Mark));
        using var to = new BinaryWriter(file, Encoding.UTF8, leaveOpen: true);
        to.Write(head.ClassNames.Count);
        foreach (var (number, name) in head.ClassNames)
        {
            to.Write(number);
            to.Write(name);
        }
        to.Write(head.Sources.Functions.Count);
        foreach (var function in head.Sources.Functions)
        {
            to.Write(function.File);
            to.Write(function.Name);
            to.Write(function.Line);
        }
        to.Write(head.Sources.Scopes.Count);
        foreach (var scope in head.Sources.Scopes)
        {
            to.Write(scope.Function);
            to.Write(scope.Call);
        }
        to.Write(head.Natives.Count);
        foreach (var origin in head.Natives)
        {
            to.Write(origin.Compiled.Length);
            to.Write(origin.Compiled);
            foreach (string[] names in (string[][])[origin.Libraries, origin.LibraryFolders, origin.Functions])
            {
                to.Write(names.Length);
                foreach (string name in names) to.Write(name);
            }
        }
    }

    /// <summary>Reads the head; the file stands at the boot image then.</summary>
    public static SavedHead ReadHead(Stream file)
    {
        if (!Begins(file, Mark)) throw new MuImageException("the file is no saved program of this version of murpy");
        using var from = new BinaryReader(file, Encoding.UTF8, leaveOpen: true);
        try
        {
            var names = new Dictionary<int, string>();
            for (int i = Count(from, file); i > 0; i--)
            {
                int number = from.ReadInt32();
                names[number] = from.ReadString();
            }
            var functions = new List<SourceFunction>();
            for (int i = Count(from, file); i > 0; i--) functions.Add(new SourceFunction(from.ReadString(), from.ReadString(), from.ReadInt32()));
            var scopes = new List<SourceScope>();
            for (int i = Count(from, file); i > 0; i--) scopes.Add(new SourceScope(Below(functions.Count, from.ReadInt32()), from.ReadInt32()));
            var natives = new List<NativeOriginUse>();
            for (int i = Count(from, file); i > 0; i--) natives.Add(new NativeOriginUse(from.ReadBytes(Count(from, file)), Texts(from, file), Texts(from, file), Texts(from, file)));
            return new SavedHead(names, new SourceTable(functions, scopes), natives);
        }
        catch (Exception e) when (e is IOException or FormatException or DecoderFallbackException)
        {
            throw new MuImageException("the head of the saved program is damaged");
        }
    }

    private static string[] Texts(BinaryReader from, Stream file)
    {
        var texts = new string[Count(from, file)];
        for (int i = 0; i < texts.Length; i++) texts[i] = from.ReadString();
        return texts;
    }

    private static int Below(int count, int number) => (uint)number < (uint)count ? number : throw new MuImageException("the head of the saved program is damaged");

    /// <summary>A number of things of which each takes a byte at least.</summary>
    private static int Count(BinaryReader from, Stream file)
    {
        int count = from.ReadInt32();
        return count >= 0 && count <= file.Length - file.Position ? count : throw new MuImageException("the head of the saved program is damaged");
    }
}

/// <summary>What a saved program has before its boot image.</summary>
/// <param name="ClassNames">Names of classes by their numbers.</param>
/// <param name="Sources">Where instructions come from, for tracebacks.</param>
/// <param name="Natives">What it takes from native libraries.</param>
internal sealed record SavedHead(IReadOnlyDictionary<int, string> ClassNames, SourceTable Sources, IReadOnlyList<NativeOriginUse> Natives);
