using Mu.Core.Api;

namespace Mu.Lua;

/// <summary>A userdata: an object of the host (<see cref="LuaState.Wrap"/>), or one of a library, such as a file.</summary>
public sealed class LuaUserdata : LuaReference
{
    internal LuaUserdata(LuaState state, MuValue handle)
        : base(state, handle)
    {
    }

    /// <inheritdoc/>
    public override LuaType Type => LuaType.Userdata;

    /// <summary>The object of the host; null for a userdata of a library.</summary>
    public object? Target
    {
        get
        {
            using var scope = State.Enter();
            return State.TargetOf(Word);
        }
    }

    /// <summary>The metatable; null for none.</summary>
    public LuaTable? Metatable
    {
        get => State.GetMetatable(this);
        set => State.SetMetatable(this, value);
    }
}
