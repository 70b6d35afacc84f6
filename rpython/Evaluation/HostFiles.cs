using System.Text;
using Mu.RPython.Objects;

namespace Mu.RPython.Evaluation;

/// <summary>Files that modules read while they are imported.</summary>
internal static class HostFiles
{
    private static readonly PyClass FileType = new("file", [BuiltinTypes.Object], "__builtin__");

    public static PyInstance Open(string path)
    {
        string text;
        try
        {
            text = Encoding.Latin1.GetString(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Evaluator.Raise("IOError", e.Message);
        }
        var file = new PyInstance(FileType);
        file.Fields["read"] = new PyBuiltin("read", (_, _, _) => text);
        file.Fields["readlines"] = new PyBuiltin("readlines", (_, _, _) => new PyList(text.Split('\n').Select(l => l + "\n")));
        file.Fields["close"] = new PyBuiltin("close", (_, _, _) => PyNone.Value);
        return file;
    }
}
