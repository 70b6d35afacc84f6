namespace Mu.Lua;

/// <summary>The types of Lua values.</summary>
public enum LuaType
{
    /// <summary>Nil.</summary>
    Nil,
    /// <summary>False or true.</summary>
    Boolean,
    /// <summary>An integer or a float.</summary>
    Number,
    /// <summary>A string of bytes.</summary>
    String,
    /// <summary>A table.</summary>
    Table,
    /// <summary>A function, of Lua or of the host.</summary>
    Function,
    /// <summary>An object of the host or of a library.</summary>
    Userdata,
    /// <summary>A coroutine.</summary>
    Thread,
}
