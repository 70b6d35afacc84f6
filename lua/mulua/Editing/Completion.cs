using System.Text.RegularExpressions;

namespace Mu.Lua.Command.Editing;

/// <summary>What can be named in a program.</summary>
internal interface ISymbols
{
    /// <summary>Names of the fields of what a path of names leads to; of the globals for an empty path.</summary>
    /// <param name="path">Names of a global and of fields.</param>
    /// <param name="onlyMethods">Whether functions only are wanted.</param>
    IEnumerable<string> Names(IReadOnlyList<string> path, bool onlyMethods);
}

/// <summary>How the word before the cursor can go on.</summary>
/// <param name="Start">Where the word begins.</param>
/// <param name="Candidates">Whole words, in order.</param>
internal sealed record Choices(int Start, IReadOnlyList<string> Candidates)
{
    /// <summary>What all candidates begin with.</summary>
    public string CommonPrefix => Candidates.Count == 0 ? "" : Candidates.Aggregate(Common);

    private static string Common(string a, string b) => a[..a.AsSpan().CommonPrefixLength(b)];
}

/// <summary>Completes names of globals, fields and methods, and keywords.</summary>
internal sealed partial class Completion(ISymbols symbols)
{
    private static readonly string[] Keywords =
    [
        "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in", "local", "nil", "not", "or", "repeat", "return", "then", "true", "until", "while",
    ];

    /// <summary>The choices at the end of a text.</summary>
    public Choices Find(string text)
    {
        Match match = Chain().Match(text);
        string word = match.Groups["word"].Value;
        int start = text.Length - word.Length;
        if (IsFieldOfUnknown(text, match.Index)) return new Choices(start, []);
        string[] path = [.. match.Groups["name"].Captures.Select(name => name.Value)];
        bool isMethod = path.Length > 0 && text[start - 1] == ':';
        IEnumerable<string> names = symbols.Names(path, isMethod);
        if (path.Length == 0) names = names.Concat(Keywords);
        return new Choices(start, [.. names.Where(name => name.StartsWith(word, StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal)]);
    }

    /// <summary>Whether a field is named of something that is no chain of names, such as a call's result. Two dots are a concatenation, two colons a label.</summary>
    private static bool IsFieldOfUnknown(string text, int start) =>
        start > 0 && text[start - 1] is '.' or ':' && !(start > 1 && text[start - 2] == text[start - 1]);

    [GeneratedRegex(@"(?:(?<name>[A-Za-z_][A-Za-z0-9_]*)[.:])*(?<word>(?:[A-Za-z_][A-Za-z0-9_]*)?)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Chain();
}
