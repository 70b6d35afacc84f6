using Mu.Core.Types;

namespace Mu.Lua.Runtime;

/// <summary>Names of Lua's types, as <c>type</c> gives them.</summary>
internal static class LuaTypeNames
{
    public static string Of(ulong word) => TagRef64.IsRef(word) ? OfTag(TagRef64.ToTag(word)) : "number";

    /// <summary>The name for a reference's tag.</summary>
    public static string OfTag(int tag) => tag switch
    {
        LuaTag.Nil => "nil",
        LuaTag.False or LuaTag.True => "boolean",
        LuaTag.Table => "table",
        LuaTag.String => "string",
        LuaTag.Function => "function",
        LuaTag.Userdata or LuaTag.LightUserdata => "userdata",
        LuaTag.Coroutine => "thread",
        LuaTag.BoxedInteger => "number",
        _ => throw new InvalidOperationException($"no Lua value has tag {tag}"),
    };
}
