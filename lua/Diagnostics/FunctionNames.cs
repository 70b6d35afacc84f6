using System.Runtime.CompilerServices;
using System.Text;
using Mu.Lua.Compilation;
using Mu.Lua.Syntax;

namespace Mu.Lua.Diagnostics;

/// <summary>What functions are called where they are written: <c>local function f</c>, <c>a.b = function</c>, <c>{ f = function }</c>.</summary>
internal sealed class FunctionNames
{
    private readonly ConditionalWeakTable<Prototype, string> known = [];

    /// <summary>A function's name; "anonymous" when it is written without.</summary>
    public string Of(Prototype prototype) => known.GetValue(prototype, Find);

    private static string Find(Prototype prototype)
    {
        if (prototype.Parent is not { } parent) return "main chunk";
        foreach (object node in SyntaxTree.Nodes(parent.Node))
            if (NameIn(node, prototype.Node) is { } name) return name;
        return "anonymous";
    }

    private static string? NameIn(object node, FunctionNode function)
    {
        switch (node)
        {
            case LocalFunctionStatement statement when ReferenceEquals(statement.Function.Function, function): return statement.Variable.Name;
            case LocalStatement statement when IndexOf(statement.Values, function) is >= 0 and var i && i < statement.Variables.Count: return statement.Variables[i].Name;
            case AssignStatement statement when IndexOf(statement.Values, function) is >= 0 and var i && i < statement.Targets.Count: return Text(statement.Targets[i]);
            case TableField { Key: StringExpression key, Value: FunctionExpression value } when ReferenceEquals(value.Function, function): return Text(key.Value);
            default: return null;
        }
    }

    private static int IndexOf(IReadOnlyList<Expression> values, FunctionNode function)
    {
        for (int i = 0; i < values.Count; i++)
            if (values[i] is FunctionExpression value && ReferenceEquals(value.Function, function)) return i;
        return -1;
    }

    private static string? Text(Expression target) => target switch
    {
        LocalExpression local => local.Variable.Name,
        UpvalueExpression upvalue => upvalue.Upvalue.Name,
        GlobalExpression global => Text(global.Name),
        IndexExpression { Key: StringExpression key } index => Text(index.Object) is { } outer ? $"{outer}.{Text(key.Value)}" : Text(key.Value),
        _ => null,
    };

    private static string Text(byte[] name) => Encoding.Latin1.GetString(name);
}
