using Mu.Core.Api;
using Mu.Core.Types;
using Mu.Lua.Runtime;
using Mu.Lua.Runtime.Host;
using Mu.Lua.Runtime.Tables;

namespace Mu.Lua;

// Values between the host and the state. What these methods give as a word is good until the next allocation.
public sealed unsafe partial class LuaState
{
    private readonly HostObjects objects;

    /// <summary>Has the state for the current thread until it is disposed of. Nests.</summary>
    internal Scope Enter() => new(this);

    /// <summary>A handle that nobody uses any more; from any thread.</summary>
    internal void Release(MuValue handle) => released.Enqueue(handle);

    internal ulong WordOf(MuValue handle) => runtime.Context.ToAddress(handle);

    internal LuaRuntime Runtime => runtime;

    internal HostObjects Objects => objects;

    /// <summary>The word of an object of this state.</summary>
    internal ulong Own(LuaReference reference) =>
        reference.State == this ? reference.Word : throw new ArgumentException("the object belongs to another Lua state");

    /// <summary>The word of a value; strings and wide integers are allocated.</summary>
    internal ulong ToWord(in LuaValue value)
    {
        switch (value.Type)
        {
            case LuaType.Nil: return LuaTag.NilWord;
            case LuaType.Boolean: return LuaTag.Boolean(value.BooleanContent);
            case LuaType.Number when value.IsFloat: return TagRef64.FromDouble(value.FloatContent);
            case LuaType.Number:
                ulong integer = LuaNumbers.FromInteger(runtime.Heap, value.IntegerContent);
                return integer == 0 && value.IntegerContent != 0 ? throw Exhausted() : integer;
            case LuaType.String:
                var s = runtime.Heap.NewString(value.Bytes);
                return s == null ? throw Exhausted() : TagRef64.FromRef((ulong)s, LuaTag.String);
            default: return Own(value.Reference!);
        }
    }

    /// <summary>The value of a word.</summary>
    internal LuaValue FromWord(ulong word)
    {
        if (word == LuaTag.NilWord) return default;
        if (word == LuaTag.TrueWord || word == LuaTag.FalseWord) return word == LuaTag.TrueWord;
        if (LuaNumbers.TryGet(word, out bool isInteger, out long integer, out double number)) return isInteger ? (LuaValue)integer : number;
        if (LuaTag.Has(word, LuaTag.String)) return StringObject.Bytes((StringObject*)TagRef64.ToAddress(word)).ToArray();
        MuValue handle = runtime.Context.FromTagRef(word);
        return TagRef64.ToTag(word) switch
        {
            LuaTag.Table => new LuaTable(this, handle),
            LuaTag.Function => new LuaFunction(this, handle),
            LuaTag.Coroutine => new LuaCoroutine(this, handle),
            _ => new LuaUserdata(this, handle),
        };
    }

    /// <summary>A handle of a value, for the call that is made next.</summary>
    private MuValue ToHandle(in LuaValue value) => runtime.Context.FromTagRef(ToWord(value));

    /// <summary>table[key] without metamethods.</summary>
    internal LuaValue GetRaw(ulong table, in LuaValue key)
    {
        using var roots = runtime.Heap.OpenRoots();
        ref ulong rooted = ref roots.Tagged(table);
        ulong word = ToWord(key);
        return FromWord(TableAccess.Get((TableObject*)TagRef64.ToAddress(rooted), word));
    }

    /// <summary>table[key] = value without metamethods.</summary>
    internal void SetRaw(ulong table, in LuaValue key, in LuaValue value)
    {
        if (key.IsNil || (key.IsFloat && double.IsNaN(key.FloatContent))) throw new ArgumentException($"table index is {(key.IsNil ? "nil" : "NaN")}");
        using var roots = runtime.Heap.OpenRoots();
        ref ulong rooted = ref roots.Tagged(table);
        ref ulong keyWord = ref roots.Tagged(ToWord(key));
        ulong valueWord = ToWord(value);
        if (!TableInsertion.Set(runtime.Heap, (TableObject*)TagRef64.ToAddress(rooted), keyWord, valueWord)) throw Exhausted();
    }

    /// <summary>What allocates, with its failure as the host's exception.</summary>
    internal LuaException Exhausted() => new("not enough memory");

    private ulong Checked(Func<ulong> allocate)
    {
        try
        {
            return allocate();
        }
        catch (LuaFailure)
        {
            throw Exhausted();
        }
    }

    /// <summary>The time in which a thread works in a state.</summary>
    internal readonly ref struct Scope
    {
        private readonly LuaState state;
        private readonly HeapScope heap;

        public Scope(LuaState state)
        {
            this.state = state;
            Monitor.Enter(state.gate);
            if (state.isDisposed)
            {
                Monitor.Exit(state.gate);
                throw new ObjectDisposedException(nameof(LuaState));
            }
            heap = state.runtime.Context.OpenHeap();
            while (state.released.TryDequeue(out MuValue handle)) state.runtime.Context.Delete(handle);
        }

        public void Dispose()
        {
            heap.Dispose();
            Monitor.Exit(state.gate);
        }
    }
}
