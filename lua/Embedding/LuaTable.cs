using System.Collections;
using Mu.Core.Api;
using Mu.Core.Types;
using Mu.Lua.Runtime;
using Mu.Lua.Runtime.Tables;

namespace Mu.Lua;

/// <summary>A table. Enumeration gives all fields as Lua's <c>next</c> does; fields may be changed or cleared meanwhile, but not added.</summary>
public sealed unsafe class LuaTable : LuaReference, IEnumerable<KeyValuePair<LuaValue, LuaValue>>
{
    internal LuaTable(LuaState state, MuValue handle)
        : base(state, handle)
    {
    }

    /// <inheritdoc/>
    public override LuaType Type => LuaType.Table;

    /// <summary>A field, with metamethods.</summary>
    /// <exception cref="LuaException">A metamethod's error.</exception>
    public LuaValue this[LuaValue key]
    {
        get
        {
            using var scope = State.Enter();
            LuaValue value = State.GetRaw(Word, key);
            return value.IsNil && HasMetatable ? State.Operators.Index(this, key) : value;
        }
        set
        {
            using var scope = State.Enter();
            if (HasMetatable) State.Operators.SetIndex(this, key, value);
            else State.SetRaw(Word, key, value);
        }
    }

    /// <summary>The length: what <c>#</c> gives, with metamethods.</summary>
    public long Length
    {
        get
        {
            using var scope = State.Enter();
            return HasMetatable ? State.Operators.Length(this).AsInteger() : TableAccess.Border(Table);
        }
    }

    /// <summary>The metatable; null for none.</summary>
    public LuaTable? Metatable
    {
        get
        {
            using var scope = State.Enter();
            return HasMetatable ? (LuaTable)State.FromWord(TagRef64.FromRef((ulong)Table->Metatable, LuaTag.Table)).Reference! : null;
        }
        set => State.SetMetatable(this, value);
    }

    private TableObject* Table => (TableObject*)Address;

    private bool HasMetatable => Table->Metatable != null;

    /// <summary>A field, without metamethods.</summary>
    public LuaValue RawGet(LuaValue key)
    {
        using var scope = State.Enter();
        return State.GetRaw(Word, key);
    }

    /// <summary>Sets a field, without metamethods; nil removes it.</summary>
    /// <exception cref="ArgumentException">The key is nil or NaN.</exception>
    public void RawSet(LuaValue key, LuaValue value)
    {
        using var scope = State.Enter();
        State.SetRaw(Word, key, value);
    }

    /// <summary>Adds a value behind the last.</summary>
    public void Add(LuaValue value)
    {
        using var scope = State.Enter();
        this[Length + 1] = value;
    }

    /// <summary>The field <paramref name="name"/>, which is a function, called with the table as first argument: <c>t:name(…)</c>.</summary>
    /// <exception cref="LuaException">An error.</exception>
    public LuaValue[] CallMethod(string name, params ReadOnlySpan<LuaValue> arguments)
    {
        using var scope = State.Enter();
        return State.Operators.Call(this[name], [this, .. arguments]);
    }

    /// <summary>All fields.</summary>
    public IEnumerator<KeyValuePair<LuaValue, LuaValue>> GetEnumerator()
    {
        LuaValue key = LuaValue.Nil;
        while (Next(key, out KeyValuePair<LuaValue, LuaValue> field))
        {
            yield return field;
            key = field.Key;
        }
    }

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private bool Next(LuaValue key, out KeyValuePair<LuaValue, LuaValue> field)
    {
        using var scope = State.Enter();
        ulong word = State.ToWord(key);
        if (!TableAccess.Next(Table, word, out ulong nextKey, out ulong value, out bool found))
        {
            field = default;
            return found ? false : throw new InvalidOperationException("the table has been changed in a way that its enumeration does not survive");
        }
        // No allocation between: both words are good.
        field = new(State.FromWord(nextKey), State.FromWord(value));
        return true;
    }
}
