using Mu.Core.Types;

namespace Mu.Lua.Runtime;

/// <summary>Names of Lua's types, as <c>type</c> gives them.</summary>
internal static class LuaTypeNames
{
    public static string Of(ulong word)
    {
        if (!TagRef64.IsRef(word)) return "number";
        return TagRef64.ToTag(word) switch
        {
            LuaTag.Nil => "nil",
            LuaTag.False or LuaTag.True => "boolean",
            LuaTag.Table => "table",
            LuaTag.String => "string",
            LuaTag.Function => "function",
            LuaTag.Userdata or LuaTag.LightUserdata => "userdata",
            LuaTag.Coroutine => "thread",
            LuaTag.BoxedInteger => "number",
            _ => throw new InvalidOperationException($"no Lua value has tag {TagRef64.ToTag(word)}"),
        };
    }
}
