namespace Mu.RPython.Evaluation;

/// <summary>Folders that modules have asked for while they were imported (rpython.tool.udir); compiled code may use them too, so they are there until the program ends.</summary>
internal static class TemporaryFolders
{
    private static readonly List<DirectoryInfo> Made = [];

    public static string Make()
    {
        var folder = Directory.CreateTempSubdirectory("murpy");
        lock (Made) Made.Add(folder);
        return folder.FullName;
    }

    /// <summary>Deletes them. What cannot be deleted is left: the program's end has another meaning than that.</summary>
    public static void DeleteAll()
    {
        lock (Made)
        {
            foreach (var folder in Made)
                try
                {
                    // The program may have deleted it itself.
                    if (Path.Exists(folder.FullName)) folder.Delete(recursive: true);
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    Console.Error.WriteLine($"murpy: {folder.FullName} is left behind: {e.Message}");
                }
            Made.Clear();
        }
    }
}
