namespace Mu.Lua;

/// <summary>A host function that takes its arguments as they come. It may use the state, call Lua functions, and throw: exceptions become Lua errors.</summary>
public delegate LuaResult LuaHostFunction(LuaCall call);

/// <summary>A host function whose results come later: the coroutine that calls it waits (<see cref="LuaFunction.CallAsync(LuaValue[])"/>).</summary>
public delegate Task<LuaResult> LuaAsyncHostFunction(LuaCall call);

/// <summary>A call of a host function: its arguments, numbered from 0. What checks them raises Lua's error "bad argument #1 to 'f' (number expected, got nil)".</summary>
public sealed class LuaCall
{
    private readonly LuaValue[] arguments;
    private readonly int first;

    internal LuaCall(LuaState state, LuaValue[] arguments, int first = 0) => (State, this.arguments, this.first) = (state, arguments, first);

    /// <summary>The state that calls.</summary>
    public LuaState State { get; }

    /// <summary>Number of arguments.</summary>
    public int Count => Math.Max(arguments.Length - first, 0);

    /// <summary>All arguments.</summary>
    public IReadOnlyList<LuaValue> Arguments => first == 0 ? arguments : arguments[Math.Min(first, arguments.Length)..];

    /// <summary>An argument; nil when there are fewer.</summary>
    public LuaValue this[int index] => first + index < arguments.Length ? arguments[first + index] : LuaValue.Nil;

    /// <summary>An argument as a .NET type (<see cref="LuaValue.To"/>).</summary>
    public T Get<T>(int index) => this[index] is T same ? same : (T)Get(index, typeof(T))!;

    /// <summary>An argument as a .NET type; a given value when it is nil or missing.</summary>
    public T Get<T>(int index, T otherwise) => this[index].IsNil ? otherwise : Get<T>(index);

    /// <summary>The error that an argument is not what it should be.</summary>
    public static LuaException ArgumentError(int index, string message) => new LuaArgumentException(index, message);

    internal object? Get(int index, Type type)
    {
        try
        {
            // Nil is null only where a value is said to be optional.
            return this[index].IsNil && !type.IsValueType && type != typeof(object) ? throw new InvalidCastException() : LuaConversion.To(this[index], type);
        }
        catch (InvalidCastException)
        {
            throw new LuaArgumentException(first + index, Expected(type, index));
        }
    }

    /// <summary>The call of a method, whose object comes first.</summary>
    internal LuaCall WithoutFirst() => new(State, arguments, first + 1);

    private string Expected(Type type, int index)
    {
        if (this[index].IsFloat && LuaConversion.NameOf(type) == "number") return "number has no integer representation";
        return $"{LuaConversion.NameOf(type)} expected, got {(index >= Count ? "no value" : LuaValue.TypeName(this[index].Type))}";
    }
}

/// <summary>A bad argument: where the call came from Lua, it becomes PUC's message with the function's name.</summary>
internal sealed class LuaArgumentException(int index, string problem) : LuaException($"bad argument #{index + 1} ({problem})")
{
    public int Index { get; } = index;

    public string Problem { get; } = problem;
}
