using System.Collections;
using System.Globalization;
using System.Text;
using Mu.Lua.Scoping;
using Mu.Lua.Syntax;

namespace Mu.Lua.Diagnostics;

/// <summary>A syntax tree as indented text: a node a line, with its place, its names and constants.</summary>
internal sealed class SyntaxText(TextWriter output)
{
    /// <summary>Writes a function's tree, and those of the functions in it.</summary>
    public void Write(FunctionNode function) => Write("", function, 0);

    private void Write(string role, object node, int depth)
    {
        var line = new StringBuilder().Append(' ', 2 * depth).Append(role).Append(role.Length > 0 ? ": " : "").Append(KindOf(node));
        var below = new List<(string Role, object Node)>();
        foreach (var (name, value) in SyntaxTree.Parts(node)) Add(line, below, name, value);
        output.WriteLine(line);
        foreach (var (name, inner) in below) Write(name, inner, depth + 1);
    }

    private static void Add(StringBuilder line, List<(string Role, object Node)> below, string name, object value)
    {
        // A function's variables and children stand where they are used.
        if (name is "Locals" or "Children" or "Then" or "IsMultiple") return;
        if (SyntaxTree.IsNode(value)) below.Add((name, value));
        else if (value is IEnumerable list and not (string or byte[]))
        {
            foreach (object? element in list)
            {
                if (element is null) continue;
                if (SyntaxTree.IsNode(element)) below.Add((name, element));
                else line.Append(' ').Append(Text(element));
            }
        }
        else line.Append(' ').Append(value is bool flag ? flag ? name : "" : Text(value));
    }

    private static string KindOf(object node)
    {
        string name = node.GetType().Name;
        foreach (string suffix in (string[])["Statement", "Expression", "Node"])
            if (name.EndsWith(suffix, StringComparison.Ordinal)) return name[..^suffix.Length];
        return name;
    }

    private static string Text(object value) => value switch
    {
        SourcePosition at => $"{at.Line}:{at.Column}",
        LocalVariable { NeedsCell: true } local => local.Name + " (cell)",
        LocalVariable local => local.Name,
        Upvalue upvalue => "^" + upvalue.Name,
        byte[] bytes => $"\"{Encoding.Latin1.GetString(bytes)}\"",
        LuaLabel label => label.Name,
        GotoTarget target => target.Label?.Name ?? "",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
