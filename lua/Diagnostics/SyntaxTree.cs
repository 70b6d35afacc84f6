using System.Collections;
using System.Reflection;
using Mu.Lua.Scoping;
using Mu.Lua.Syntax;

namespace Mu.Lua.Diagnostics;

/// <summary>The syntax tree as parts with names, whatever the kind of node: by reflection over the records, so that a new kind needs nothing here. For people, not for compilation.</summary>
internal static class SyntaxTree
{
    /// <summary>What a node consists of, in the order of its declaration: variables and constants as well as nodes.</summary>
    public static IEnumerable<(string Name, object Value)> Parts(object node)
    {
        foreach (PropertyInfo property in node.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
            if (property.GetMethod is { IsAbstract: false } && property.SetMethod is not null && property.GetValue(node) is { } value) yield return (property.Name, value);
    }

    /// <summary>Whether a part is a node, or a list of nodes.</summary>
    public static bool IsNode(object value) => value is Statement or Expression or Block or IfClause or TableField or FunctionNode;

    /// <summary>All nodes of a function but those of the functions in it.</summary>
    public static IEnumerable<object> Nodes(FunctionNode function) => Nodes((object)function.Body);

    private static IEnumerable<object> Nodes(object value)
    {
        if (value is FunctionNode) yield break;
        if (IsNode(value))
        {
            yield return value;
            foreach (var (_, part) in Parts(value))
                foreach (object inner in Nodes(part)) yield return inner;
        }
        else if (value is IEnumerable list and not (string or byte[]))
        {
            foreach (object? element in list)
                if (element is not null and not (LocalVariable or Upvalue))
                    foreach (object inner in Nodes(element)) yield return inner;
        }
    }
}
