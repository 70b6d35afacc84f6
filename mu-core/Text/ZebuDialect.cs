using System.Text;
using System.Text.RegularExpressions;

namespace Mu.Core.Text;

/// <summary>
/// The relaxed text form of Zebu's tools and tests: names without sigils, constants in the place of values (<c>&lt;int&lt;64&gt;&gt; 5</c>). The text is rewritten to
/// the ordinary form, line by line, so that errors are told with the right line.
/// </summary>
public static partial class ZebuDialect
{
    private static readonly HashSet<string> Words =
    [
        "int", "float", "double", "void", "ref", "iref", "weakref", "tagref64", "uptr", "ufuncptr", "funcref", "threadref", "stackref", "framecursorref", "irbuilderref", "struct", "hybrid", "array",
        "vector", "default", "bitsf", "bitsd", "tagref", "null", "nan", "inf",
    ];

    private enum Kind
    {
        Space,
        Name,
        Sigiled,
        Number,
        Word,
        Other,
    }

    private readonly record struct Token(Kind Kind, string Text);

    /// <summary>The same bundle in the ordinary form.</summary>
    public static string ToStandard(string text) => new Rewriter(Split(text)).Run();

    [GeneratedRegex("""(?<space>\s+|//[^\r\n]*|/\*.*?\*/)|(?<other>->|"[^"\r\n]*"|\#[A-Za-z0-9_]+)|(?<sigiled>[@%][0-9A-Za-z_.-]+)|(?<number>[+-]?(0x[0-9A-Fa-f]+|[0-9]+(\.[0-9]+([eE][+-]?[0-9]+)?)?(\s*[fd])?)(?![0-9A-Za-z_.]|-(?!>))|[+-]?(inf|nan)\s*[fd](?![0-9A-Za-z_.-]))|(?<name>\.?[0-9A-Za-z_](?:[0-9A-Za-z_.]|-(?!>))*)|(?<other>.)""",
        RegexOptions.Singleline)]
    private static partial Regex Pieces();

    private static List<Token> Split(string text)
    {
        var tokens = new List<Token>();
        foreach (Match match in Pieces().Matches(text))
        {
            string piece = match.Value;
            Kind kind = match.Groups["space"].Success ? Kind.Space
                : match.Groups["sigiled"].Success ? Kind.Sigiled
                : match.Groups["number"].Success ? Kind.Number
                : !match.Groups["name"].Success ? Kind.Other
                : piece[0] == '.' || Words.Contains(piece) || IsKeyword(piece) ? Kind.Word : Kind.Name;
            tokens.Add(new(kind, kind == Kind.Number ? string.Concat(piece.Where(c => !char.IsWhiteSpace(c))) : piece));
        }

        return tokens;
    }

    /// <summary>Instructions and clauses are written in capitals.</summary>
    private static bool IsKeyword(string name) => name.Length > 1 && name.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '_');

    private sealed class Rewriter(List<Token> tokens)
    {
        private readonly StringBuilder output = new(), constants = new();
        private readonly Dictionary<(string Type, string Value), string> inline = [];
        private HashSet<string> values = [], labels = [];
        private bool inBody;

        public string Run()
        {
            for (int i = 0; i < tokens.Count; i++)
            {
                Token token = tokens[i];
                if (token.Text == "<" && inBody && InlineConstant(i) is { } end) i = end;
                else if (token.Kind == Kind.Name) output.Append(Name(i));
                else output.Append(token.Text);
                if (token.Text == ".funcdef") i = Head(i);
                else if (token.Text == "}" && inBody && Next(i) is var next && (next < 0 || tokens[next].Text.StartsWith('.'))) inBody = false;
            }

            return output.Append(' ').Append(constants).ToString();
        }

        /// <summary>From the name of a function to its opening brace.</summary>
        private int Head(int i)
        {
            for (i++; i < tokens.Count && tokens[i].Text != "{"; i++) output.Append(tokens[i].Kind == Kind.Name ? "@" + tokens[i].Text : tokens[i].Text);
            if (i == tokens.Count) return i;
            output.Append('{');
            FindNames(i);
            inBody = true;
            return i;
        }

        /// <summary>Labels, parameters and results of a function: what else is named is global.</summary>
        private void FindNames(int start)
        {
            (values, labels) = ([], []);
            int depth = 0;
            for (int i = start; i < tokens.Count; i++)
            {
                if (tokens[i].Text == "{") depth++;
                else if (tokens[i].Text == "}" && --depth == 0) return;
                else if (tokens[i].Kind == Kind.Name) FindName(i);
            }
        }

        private void FindName(int i)
        {
            int next = Next(i);
            if (next < 0) return;
            if (tokens[next].Text == "=" || IsInResults(i)) values.Add(tokens[i].Text);
            else if (tokens[next].Text == "(" && Closing(next) is var close && close >= 0 && IsLabel(close))
            {
                labels.Add(tokens[i].Text);
                for (int k = next; k < close; k++)
                    if (tokens[k].Kind == Kind.Name && tokens[Previous(k)].Text == ">") values.Add(tokens[k].Text);
                if (Next(close) is var bracket && tokens[bracket].Text == "[" && tokens[Next(bracket)].Kind == Kind.Name) values.Add(tokens[Next(bracket)].Text);
            }
        }

        /// <summary>After the parameters of a block: a colon, or an exception parameter and a colon.</summary>
        private bool IsLabel(int close)
        {
            int next = Next(close);
            if (next >= 0 && tokens[next].Text == "[")
            {
                int name = Next(next);
                int end = name < 0 ? -1 : Next(name);
                next = end < 0 || tokens[end].Text != "]" ? -1 : Next(end);
            }

            return next >= 0 && tokens[next].Text == ":";
        }

        /// <summary>Names in parentheses before an equals sign.</summary>
        private bool IsInResults(int i)
        {
            int before = i, after = i;
            while (before >= 0 && tokens[before].Kind is Kind.Name or Kind.Sigiled) before = Previous(before);
            while (after >= 0 && tokens[after].Kind is Kind.Name or Kind.Sigiled) after = Next(after);
            return before >= 0 && after >= 0 && tokens[before].Text == "(" && tokens[after].Text == ")" && Next(after) is var equals && equals >= 0 && tokens[equals].Text == "=";
        }

        private string Name(int i)
        {
            string name = tokens[i].Text;
            if (!inBody) return "@" + name;
            int next = Next(i), previous = Previous(i);
            bool isLabel = next >= 0 && tokens[next].Text == "(" && tokens[previous].Text is not (">" or "COMMINST" or "SELECT") && labels.Contains(name);
            return (isLabel || values.Contains(name) ? "%" : "@") + name;
        }

        /// <summary>A type and a value: the name of a constant instead. The index of the value, or null.</summary>
        private int? InlineConstant(int i)
        {
            int close = Closing(i), value = close < 0 ? -1 : Next(close);
            if (value < 0 || tokens[value].Kind != Kind.Number && tokens[value].Text is not ("NULL" or "EXTERN")) return null;
            var type = new StringBuilder();
            for (int k = i + 1; k < close; k++) type.Append(tokens[k].Kind == Kind.Name ? "@" + tokens[k].Text : tokens[k].Text);
            int last = tokens[value].Text == "EXTERN" ? Next(value) : value;
            string text = last == value ? tokens[value].Text : $"EXTERN {tokens[last].Text}", typeText = type.ToString().Trim();
            if (typeText is "double" or "float" && char.IsAsciiDigit(text[^1])) text += (text.Contains('.', StringComparison.Ordinal) ? "" : ".0") + typeText[0];
            if (!inline.TryGetValue((typeText, text), out string? name))
            {
                inline.Add((typeText, text), name = $"@inline.{inline.Count}");
                constants.Append($".const {name} <{typeText}> = {text} ");
            }

            output.Append(' ').Append(name).Append(' ');
            return last;
        }

        private int Next(int i)
        {
            for (i++; i < tokens.Count; i++)
                if (tokens[i].Kind != Kind.Space) return i;
            return -1;
        }

        private int Previous(int i)
        {
            for (i--; i >= 0; i--)
                if (tokens[i].Kind != Kind.Space) return i;
            return -1;
        }

        private int Closing(int open)
        {
            string opening = tokens[open].Text, closing = opening == "(" ? ")" : ">";
            for (int i = open, depth = 0; i < tokens.Count; i++)
            {
                if (tokens[i].Text == opening) depth++;
                else if (tokens[i].Text == closing && --depth == 0) return i;
                else if (tokens[i].Text is "{" or "}") return -1;
            }

            return -1;
        }
    }
}
