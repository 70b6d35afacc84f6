using Mu.Core.Api;

namespace Mu.Lua;

/// <summary>
/// A Lua object that the host holds: it stays alive in its state until this handle is disposed of, or collected by .NET. Two handles of one object are equal.
/// </summary>
public abstract class LuaReference : IDisposable, IEquatable<LuaReference>
{
    private readonly MuValue handle;
    private int isReleased;

    private protected LuaReference(LuaState state, MuValue handle)
    {
        State = state;
        this.handle = handle;
    }

    /// <summary>Gives the object free for the state's collector.</summary>
    ~LuaReference() => Release();

    /// <summary>The state that the object lives in.</summary>
    public LuaState State { get; }

    /// <summary>The object's type.</summary>
    public abstract LuaType Type { get; }

    /// <summary>The object's word; the caller has entered the state.</summary>
    internal ulong Word
    {
        get
        {
            ObjectDisposedException.ThrowIf(Volatile.Read(ref isReleased) != 0, this);
            return State.WordOf(handle);
        }
    }

    /// <summary>The address of the object that the word refers to.</summary>
    internal ulong Address => Mu.Core.Types.TagRef64.ToAddress(Word);

    /// <summary>Gives the object free for the state's collector. The object itself goes on for programs that have it.</summary>
    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    /// <summary>Whether both are handles of one object.</summary>
    public bool Equals(LuaReference? other)
    {
        if (ReferenceEquals(this, other)) return true;
        if (other is null || other.State != State) return false;
        using var scope = State.Enter();
        return Word == other.Word;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LuaReference);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        using var scope = State.Enter();
        return (int)Runtime.Tables.Key.Hash(Word);
    }

    /// <summary>Type and identity, as Lua's tostring shows them.</summary>
    public override string ToString() => State.ToText(this);

    private void Release()
    {
        if (Interlocked.Exchange(ref isReleased, 1) == 0) State.Release(handle);
    }
}
